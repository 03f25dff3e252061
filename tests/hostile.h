/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hostile.h - mails by which a sender tries to make a library keep memory
 *
 * Each shape lost memory, or was near one that did, in GMime 3.2.13, GLib or
 * iconv(3) where the mail was given to them as it is.  In a shape "@" stands for
 * a run of characters that no two mails share, and "#" for an "@".
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <stddef.h>

size_t hostile_count(void);
const char *hostile_shape(size_t shape);

/* The mail of a shape that no other number gives; the caller's. */
char *hostile_mail(size_t shape, unsigned number);

/* Do all that the daemon does with a mail's bytes. */
void hostile_read(const char *mail);

#endif

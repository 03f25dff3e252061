/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	whose - for which mailbox a delivered mail is
 *
 * DESCRIPTION
 *	--as's, else Delivered-To's, else the only address's of To.
 */
#ifndef WHOSE_H
#define WHOSE_H

#include <stddef.h>

#include "ctl/options.h"

/* The recipient's address, in lower case and with its detail; NULL: nobody can say. */
char *whose_mail(const Options *options, const char *mail, size_t length);

#endif

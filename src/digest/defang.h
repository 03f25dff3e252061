/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	defang - a text from a mail in which a mail program finds no link
 *
 * DESCRIPTION
 *	Mail programs make links of what looks like one.  A dot between a host's
 *	labels becomes "[.]", "://" becomes "[:]//" and "@" between words "[@]", as
 *	people write who talk of phishing: it can be read, and not be clicked.
 *	Numbers and initials stay as they are.
 */
#ifndef DEFANG_H
#define DEFANG_H

/* text: valid UTF-8; the caller's. */
char *defang(const char *text);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	unescape - a note that was written in one line
 */
#ifndef UNESCAPE_H
#define UNESCAPE_H

/* "\n" is a line break of the note, "\\" a backslash; the caller's. */
char *unescape(const char *line);

#endif

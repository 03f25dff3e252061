/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	charset - files and values of any charset as UTF-8
 *
 * DESCRIPTION
 *	Exports come as UTF-8, as UTF-16 from spreadsheets, and from old
 *	programs in a charset that they name or that nobody names.  Reading is
 *	lenient: something is read of whatever stands there.
 *
 * OWNERSHIP
 *	What is returned is the caller's.
 *
 * SEE ALSO
 *	charset-name.h; import/lines.h, which walks the lines
 */
#ifndef CHARSET_H
#define CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* Is it valid UTF-8 without zero bytes?  Quick where most of it is ASCII. */
bool charset_is_utf8(const char *text, size_t length);

/*
 * What stands behind a byte order mark, and as UTF-8 where that said UTF-16.
 * May point into bytes, which must live as long as it.
 */
GBytes *charset_unmarked(const char *bytes, size_t length);

/*
 * Append text as UTF-8.  name: the charset's as a sender gives it, any string,
 * or NULL.  What cannot be converted is U+FFFD.  Where the name tells nothing,
 * the text is UTF-16 by its zeros, ISO-2022-JP or HZ by their escapes, else
 * UTF-8 if it is valid, else windows-1252.  What says UTF-8 is handed on as it
 * is, valid or not.
 */
void charset_append(GString *out, const char *bytes, size_t length, const char *name);

/* The same as valid UTF-8, its zero bytes blanks. */
char *charset_text(const char *bytes, size_t length, const char *charset);

#endif

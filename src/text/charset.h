/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	charset - files and values of any charset as UTF-8
 *
 * DESCRIPTION
 *	Exports come as UTF-8, as UTF-16 from spreadsheets, and from old
 *	programs in another charset, which they name or do not name.  Reading
 *	never fails: what cannot be converted becomes U+FFFD.
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
 * The text without its byte order mark, converted to UTF-8 if the mark says UTF-16.
 * The result may point into bytes, which must live as long as it.
 */
GBytes *charset_unmarked(const char *bytes, size_t length);

/*
 * Append text as UTF-8.  name: the charset's as a sender gives it, any string,
 * or NULL.  What cannot be converted is U+FFFD.  Where the name tells nothing,
 * the text is UTF-16 by its zeros, ISO-2022-JP or HZ by their escapes, else
 * UTF-8 if it is valid, else windows-1252.  Text named UTF-8 is appended as it
 * is, valid or not.
 */
void charset_append(GString *out, const char *bytes, size_t length, const char *name);

/* The same as valid UTF-8, its zero bytes blanks. */
char *charset_text(const char *bytes, size_t length, const char *charset);

#endif

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
 * or NULL.  What cannot be converted is U+FFFD.  Where the name tells nothing or
 * UTF-8, the text is UTF-16 by its mark or its zeros, ISO-2022-JP by its escapes.
 * Else, where the name tells nothing, it is HZ by its escapes, UTF-8 if it is
 * valid, or windows-1252; and text named UTF-8 is appended as it is, valid or not.
 * Text named windows-1252, iso-8859-1 or iso-8859-15 that surely is UTF-8 is read
 * so.
 * Text named UTF-16 without a mark has its low bytes first, but where the high
 * bytes are all zero.
 */
void charset_append(GString *out, const char *bytes, size_t length, const char *name);

/* Is text that is named by one of these surely UTF-8? */
bool charset_is_misnamed_utf8(const char *bytes, size_t length, const char *name);

/* What charset_append() appends, as valid UTF-8, its zero bytes blanks. */
char *charset_text(const char *bytes, size_t length, const char *charset);

#endif

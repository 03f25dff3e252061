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
 *	lines.h, which walks the lines; mail/transfer.h, for the parts of a mail
 */
#ifndef CHARSET_H
#define CHARSET_H

#include <stddef.h>

#include <glib.h>

/*
 * What stands behind a byte order mark, and as UTF-8 where that said UTF-16.
 * May point into bytes, which must live as long as it.
 */
GBytes *charset_unmarked(const char *bytes, size_t length);

/*
 * Valid UTF-8, its zero bytes blanks.  charset: the one they say, or NULL; then
 * what is no UTF-8 is Windows-1252, which nearly all such programs wrote.
 */
char *charset_text(const char *bytes, size_t length, const char *charset);

#endif

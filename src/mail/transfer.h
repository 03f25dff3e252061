/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	transfer - from a part's raw content to its text, and back
 *
 * DESCRIPTION
 *	The content of a part was encoded twice: by a charset into bytes, then
 *	by a transfer encoding into lines of ASCII.  These functions decode and
 *	encode both.
 *
 *	Reading is lenient: it never fails, and what is written correctly is
 *	read correctly.  Base64 goes on behind an
 *	inner "=", since some senders encode in pieces and pad each; bytes
 *	foreign to it are skipped.  In quoted-printable a "=" that begins
 *	nothing stands for itself.  Writing is strict: a charset that lacks a
 *	letter is an answer, and nothing is replaced.
 *
 *	transfer_to_utf8() does not promise valid UTF-8: a part that says it is
 *	UTF-8 is handed on as it is, since its readers (visible.h, html.h) take
 *	any bytes.
 *
 * OWNERSHIP
 *	What is returned is the caller's, and so is out, which is added to.
 *
 * SEE ALSO
 *	RFC 2045, section 6; encoded.h, which reads encoded words
 */
#ifndef TRANSFER_H
#define TRANSFER_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* Up to TRANSFER_BINARY the raw content is the bytes. */
typedef enum {
	TRANSFER_7BIT,
	TRANSFER_8BIT,
	TRANSFER_BINARY,
	TRANSFER_QUOTED,
	TRANSFER_BASE64,
	TRANSFER_UNKNOWN, /* decoded, it stays as it is */
} Transfer;

/* The encoding that a Content-Transfer-Encoding names; NULL, no field, is 7bit. */
Transfer transfer_of(const char *field);

/* How many bytes of a line end stand here: 2, 1 or 0. */
size_t transfer_line_end(const char *bytes, size_t length);

/* Decode into out.  False where bytes were skipped that are no base64. */
bool transfer_decode(Transfer transfer, const char *raw, size_t length, GString *out);

/* Decode "=3D" and the like into out, and nothing else (RFC 2047, section 4.2). */
void transfer_decode_escapes(const char *text, size_t length, GString *out);

/*
 * How many raw bytes of quoted-printable make so many decoded ones, with the
 * soft line break behind them.
 */
size_t transfer_quoted_place(const char *raw, size_t length, size_t decoded);

/* Encode bytes whose lines end in CRLF. */
GString *transfer_encode_quoted(const GString *bytes);

/* Lines of 76 columns with CRLF between them, none behind the last. */
GString *transfer_encode_base64(const GString *bytes);

/*
 * Does ASCII stand for itself in it, as a search for tags or "=" takes for
 * granted?  False where nobody knows the charset.
 */
bool transfer_keeps_ascii(const char *charset);

/* NULL where the charset lacks a letter of the text. */
char *transfer_from_utf8(const char *text, size_t length, const char *charset,
			 size_t *length_out);

/* charset: as in charset_append(). */
GString *transfer_to_utf8(const GString *bytes, const char *charset);

#endif

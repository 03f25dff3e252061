/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	insert - put a block on top of a mail's text and HTML parts, in place of others
 *
 * DESCRIPTION
 *	insert_into() writes the body of a mail anew with a block on top of its
 *	text/plain and text/html parts.  Only these parts' contents change, each
 *	in its own charset and transfer encoding; every other byte stays, and
 *	the head stays as it is.
 *
 *	Blocks of invite-milter's that stand in the mail (block.h), whoever
 *	wrote them, are taken off all parts that are shown, so that blocks are
 *	replaced and never stacked.
 *
 *	Parts that get it: the single part of a mail; each text part of a
 *	multipart/alternative; the first part of a multipart/mixed, the root of
 *	a multipart/related; all by the same rule, at most INSERT_MAX_DEPTH
 *	deep.  An attachment (Content-Disposition) gets nothing.  A mail that is
 *	signed or encrypted anywhere (multipart/signed, multipart/encrypted,
 *	application/pkcs7-mime, inline PGP) gets nothing at all.
 *
 *	A part that cannot hold the block (7bit and a block beyond ASCII, a
 *	charset without its letters, one that is not ASCII-based, UTF-8 that is
 *	called iso-8859-1 and a block beyond ASCII, an unknown transfer encoding,
 *	two fields that tell it, a boundary that would come to stand in the
 *	text) is left, and a reason says so.
 *
 *	In text the block comes first; in HTML behind <body>, or before the
 *	content where that begins without the tag.  It gets lines of its own,
 *	and lines that are written anew end in CRLF.
 *
 *	message_init() must have run.  The caller limits mails in size and
 *	number of parts (message.h).
 *
 * RETURN VALUE
 *	The new body, what follows the head's empty line, to be handed to the
 *	MTA, or NULL where it is as it was.  reasons_out, an array with
 *	g_free(), gets each reason for which a part was left, once; it holds
 *	nothing of the mail and is fit for a log line.
 *
 * SEE ALSO
 *	block.h, which finds the block again; RFC 2045, RFC 2046, RFC 3676
 */
#ifndef INSERT_H
#define INSERT_H

#include <stddef.h>

#include <glib.h>

#include "mail/mime.h"

#define INSERT_MAX_DEPTH 5

/*
 * mime: NULL for a mail without parts.  text: UTF-8, lines ended by "\n", ready to
 * stand alone.  html: ASCII (others as character references), a fragment that can
 * stand first in <body>.  Both NULL: blocks are only taken off.
 */
GString *insert_into_mime(Mime *mime, const char *text, const char *html,
			  GPtrArray *reasons_out);

/* mail: with CRLF, its MIME fields at least and its body. */
GString *insert_into(const char *mail, size_t length, const char *text, const char *html,
		     GPtrArray *reasons_out);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mask-mail - a mail's skeleton: its shape without what anybody wrote
 *
 * DESCRIPTION
 *	mask_mail() writes a mail anew: the same fields and the same parts of
 *	the same types, charsets and encodings, with their texts masked
 *	(mask-text.h, mask-html.h, mask-calendar.h) and everything else empty:
 *	attachments, images, enclosed mails, and what stands before and behind
 *	parts.  invite-milter's own blocks are left out.  What is not understood
 *	is left out or masked, so a broken mail says less and not more.  No more
 *	is written of a text and of a head than is read of them (message.h,
 *	head.h).
 *
 * RETURN VALUE
 *	NULL with error set (message.h) where the bytes are no mail or are more than
 *	MASK_MAIL_MAX_BYTES.
 *
 * OWNERSHIP
 *	The result is the caller's.
 */
#ifndef MASK_MAIL_H
#define MASK_MAIL_H

#include "mail/mask.h"

/* A person reads a skeleton before sending it, and nobody reads more. */
#define MASK_MAIL_MAX_BYTES (10 * 1024 * 1024)

/* Hide the names and addresses in the head, and in a calendar (NULL: none). */
void mask_mail_hide(Mask *mask, const char *mail, size_t length);

/* fields: names in lower case that the program's data know. */
GString *mask_mail(const Mask *mask, GHashTable *fields, const char *mail, size_t length,
		   GError **error);

#endif

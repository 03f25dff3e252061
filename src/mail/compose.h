/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	compose - a mail of ours, as text and as HTML
 *
 * DESCRIPTION
 *	A mail that a program writes to a person: multipart/alternative in UTF-8, ASCII
 *	on its way.  It says that no person sent it (RFC 3834), so that nobody's
 *	absence answers it, and is of a list (RFC 2919), so that it can be filed.
 *
 * RETURN VALUE
 *	compose_mail(): NULL with error set where an address cannot stand in a mail.
 *
 * SEE ALSO
 *	RFC 2046, section 5.1.4
 */
#ifndef COMPOSE_H
#define COMPOSE_H

#include <glib.h>

#define COMPOSE_ERROR (compose_error_quark())
GQuark compose_error_quark(void);

/* All borrowed. */
typedef struct {
	const char *from_name, *from; /* address */
	const char *to;
	const char *subject;
	const char *list;       /* the local part of the List-Id: "invitations" */
	const char *message_id; /* without brackets */
	GDateTime *date;
	const char *text, *html;
} ComposeMail;

/* Lines end in "\n", as sendmail(1) takes them. */
GString *compose_mail(const ComposeMail *mail, GError **error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	smtp-client - hands one mail to an MTA by SMTP, as another host does
 *
 * DESCRIPTION
 *	The sender is empty, so that a mail which cannot be delivered comes back to
 *	nobody.  It waits SMTP_CLIENT_PATIENCE seconds for each answer.
 *
 * RETURN VALUE
 *	False with error set where the mail was not taken: SMTP_CLIENT_ERROR_REFUSED
 *	with the MTA's own words, or SMTP_CLIENT_ERROR_NOBODY where nobody serves SMTP.
 */
#ifndef SMTP_CLIENT_H
#define SMTP_CLIENT_H

#include <stdbool.h>

#include <glib.h>

#define SMTP_CLIENT_PATIENCE 20
#define SMTP_CLIENT_PORT     25

#define SMTP_CLIENT_ERROR (smtp_client_error_quark())
GQuark smtp_client_error_quark(void);

typedef enum {
	SMTP_CLIENT_ERROR_NOBODY,
	SMTP_CLIENT_ERROR_REFUSED,
} SmtpClientError;

/* place: HOST:PORT.  mail: with LF. */
bool smtp_client_send(const char *place, const char *recipient, const char *mail,
		      GError **error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	milter-client - hands one mail to a milter, as an MTA does
 *
 * DESCRIPTION
 *	Speaks as much of the milter protocol, version 6, as one mail needs.  It
 *	waits MILTER_CLIENT_PATIENCE seconds for each answer, and reads no more of
 *	them than a filter has reason to send.
 */
#ifndef MILTER_CLIENT_H
#define MILTER_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#define MILTER_CLIENT_PATIENCE 10

/*
 * name: unix:PATH, inet:PORT@HOST or inet6:PORT@HOST.  mail: with LF.  *value_out is
 * the value of the field of that name that was added, the caller's; NULL: none was.
 * False with error set where the milter cannot be asked; of G_IO_ERROR.
 */
bool milter_client_send(const char *name, const char *mail, const char *recipient,
			const char *field, char **value_out, GError **error);

#endif

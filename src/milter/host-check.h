/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	host-check - would the daemon's user and Postfix's find the host as they need it?
 *
 * DESCRIPTION
 *	For "invite-milter --check".  Only root can ask for others; for whoever is
 *	not root both functions look at nothing that is another's.
 *
 * SEE ALSO
 *	as-user.h; "doctor" in invitectl(1) looks at a daemon that runs
 */
#ifndef HOST_CHECK_H
#define HOST_CHECK_H

#include <stdbool.h>

#include <glib.h>

#include "milter/listener.h"
#include "milter/user.h"

/* Can the daemon's user make the socket, and make it again where it is removed? */
bool host_check_socket(const ListenerPlace *place, const User *user, GError **error);

/*
 * What will not work as it should although the daemon starts, in lines for people:
 * Postfix's way to the socket, and curators who are no users.  The caller's.
 */
GPtrArray *host_check_doubts(const Settings *settings, const ListenerPlace *place,
			     const User *user);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	control - the socket at which users ask for their own people
 *
 * DESCRIPTION
 *	A user cannot open the store, so invitectl sends requests (requests.h)
 *	to this socket.  The kernel says which user connects (SO_PEERCRED).
 *	Root, the daemon's own user and the curators may name any owner; others
 *	ask for the mailbox that is theirs (owner.h).
 *
 *	How the daemon stands (status.h) any user may ask.
 *
 *	The number of clients is limited, and so is that of one user's; so are
 *	the size of a request, the time in which it must come and the time in
 *	which its answer must be read.  Mail goes first: the store is opened
 *	with STORE_WORK (store.h).
 *
 * SEE ALSO
 *	requests.h, listener.h; unix(7)
 */
#ifndef CONTROL_H
#define CONTROL_H

#include <stdbool.h>

#include <glib.h>

#include "judge/assess.h"
#include "milter/listener.h"

/* Returns the Assessor in use, with a reference that is the caller's. */
typedef Assessor *ControlAssessor(void);

/* Returns the answer to {"do":"status"}, a line that is the caller's. */
typedef char *ControlStatus(Store *store);

/* Serve the borrowed socket, from threads of its own, until the process ends. */
bool control_start(const Listener *listener, ControlAssessor *assessor,
		   ControlStatus *status);

#endif

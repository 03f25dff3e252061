/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	control - the socket at which users ask for their own people
 *
 * DESCRIPTION
 *	A user cannot open the store; invitectl asks here, in the words of
 *	requests.h.  The kernel says who connects (SO_PEERCRED): root, the daemon's
 *	own user and the curators may name any owner, others the mailbox that
 *	is theirs (owner.h).
 *
 *	Few clients are served at a time, and of one user fewer; a request has
 *	a largest size, and it and its answer a longest time, so that nobody
 *	holds it up.  Mail does not come by here, and goes first: the store is
 *	opened to work (store.h).
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

/* The Assessor of the moment; a reference to it, the caller's. */
typedef Assessor *ControlAssessor(void);

/* Serve this socket from threads of its own, until the process ends; borrowed for as long. */
bool control_start(const Listener *listener, ControlAssessor *assessor);

#endif

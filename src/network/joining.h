/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	joining - what in an event's description tells how to join it?
 *
 * DESCRIPTION
 *	Calendars and meeting services write below a description, or in place of
 *	one, how to join: a link to the meeting, its label, numbers and words to
 *	pass.  No such line is the organizer's, and none sells anything.  They are
 *	known by their shape, in any language: around a link to a network or to
 *	one of the hosts that a network's file names.
 *
 *	What stands between two rules is left out before (reading.h).
 */
#ifndef JOINING_H
#define JOINING_H

#include "network/networks.h"
#include "network/rewriter.h"

/*
 * The description without such lines, the caller's; NULL where nothing else is left, or
 * links alone.
 * inviter: the organizer's name, or NULL.
 */
char *joining_without(const char *description, const Networks *networks,
		      const Rewriters *rewriters, const char *inviter);

#endif

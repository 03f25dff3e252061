/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation-state.c - does an invitation still wait for an answer? */

#include "config.h"

#include "people/invitation-state.h"

#define OPEN     (1U << INVITATION_STATE_OPEN)
#define ANSWERED (1U << INVITATION_STATE_ANSWERED)
#define ACCEPTED (1U << INVITATION_STATE_ACCEPTED)
#define IGNORED  (1U << INVITATION_STATE_IGNORED)
#define EXPIRED  (1U << INVITATION_STATE_EXPIRED)
#define CLOSED   (ANSWERED | ACCEPTED | IGNORED | EXPIRED)

#define MOVED   (1U << INVITATION_WHY_MOVED)
#define ANY_WHY (~0U)

/* From these states, if they came about so, to this one. */
static const struct {
	unsigned from, by;
	InvitationState to;
	InvitationWhy why;
} rules[INVITATION_EVENT_LAST] = {
	[INVITATION_CAME] = { CLOSED, ANY_WHY, INVITATION_STATE_OPEN,
			      INVITATION_WHY_CAME },
	/* They still wait, but who was ignored or answered stays so. */
	[INVITATION_REMINDED] = { EXPIRED, ANY_WHY, INVITATION_STATE_OPEN,
				  INVITATION_WHY_CAME },
	[INVITATION_NOTICED_ACCEPTED] = { OPEN | ANSWERED | IGNORED | EXPIRED, ANY_WHY,
					  INVITATION_STATE_ACCEPTED,
					  INVITATION_WHY_NOTICE },
	[INVITATION_NOTICED_REPLIED] = { OPEN | EXPIRED, ANY_WHY,
					 INVITATION_STATE_ANSWERED,
					 INVITATION_WHY_NOTICE },
	[INVITATION_MAILED] = { OPEN | IGNORED | EXPIRED, ANY_WHY,
				INVITATION_STATE_ANSWERED, INVITATION_WHY_MAIL },
	[INVITATION_MOVED_AWAY] = { OPEN | EXPIRED, ANY_WHY, INVITATION_STATE_IGNORED,
				    INVITATION_WHY_MOVED },
	[INVITATION_MOVED_BACK] = { IGNORED, MOVED, INVITATION_STATE_OPEN,
				    INVITATION_WHY_MOVED },
	[INVITATION_TIMED_OUT] = { OPEN, ANY_WHY, INVITATION_STATE_EXPIRED,
				   INVITATION_WHY_TIME },
	[INVITATION_SAID_OPEN] = { CLOSED, ANY_WHY, INVITATION_STATE_OPEN,
				   INVITATION_WHY_HAND },
	[INVITATION_SAID_ANSWERED] = { OPEN | ACCEPTED | IGNORED | EXPIRED, ANY_WHY,
				       INVITATION_STATE_ANSWERED, INVITATION_WHY_HAND },
	[INVITATION_SAID_ACCEPTED] = { OPEN | ANSWERED | IGNORED | EXPIRED, ANY_WHY,
				       INVITATION_STATE_ACCEPTED, INVITATION_WHY_HAND },
	[INVITATION_SAID_IGNORED] = { OPEN | ANSWERED | ACCEPTED | EXPIRED, ANY_WHY,
				      INVITATION_STATE_IGNORED, INVITATION_WHY_HAND },
};

bool
invitation_state_after(InvitationState state, InvitationWhy why, InvitationEvent event,
		       InvitationState *state_out, InvitationWhy *why_out)
{
	if ((rules[event].from & (1U << state)) == 0 ||
	    (rules[event].by & (1U << why)) == 0)
		return false;
	*state_out = rules[event].to;
	*why_out = rules[event].why;

	return true;
}

static const char *const state_names[INVITATION_STATE_LAST] = {
	[INVITATION_STATE_OPEN] = "open",
	[INVITATION_STATE_ANSWERED] = "answered",
	[INVITATION_STATE_ACCEPTED] = "accepted",
	[INVITATION_STATE_IGNORED] = "ignored",
	[INVITATION_STATE_EXPIRED] = "expired",
};

const char *
invitation_state_name(int state)
{
	return state_names[state > 0 && state < INVITATION_STATE_LAST ? state : 0];
}

const char *
invitation_state_why_name(int why)
{
	static const char *const names[INVITATION_WHY_LAST] = {
		[INVITATION_WHY_CAME] = "came", [INVITATION_WHY_NOTICE] = "notice",
		[INVITATION_WHY_MAIL] = "mail", [INVITATION_WHY_MOVED] = "moved",
		[INVITATION_WHY_HAND] = "hand", [INVITATION_WHY_TIME] = "time",
	};

	return names[why > 0 && why < INVITATION_WHY_LAST ? why : 0];
}

InvitationState
invitation_state_of(const char *name)
{
	for (int i = 0; i < INVITATION_STATE_LAST; i++)
		if (g_strcmp0(name, state_names[i]) == 0)
			return (InvitationState)i;

	return INVITATION_STATE_LAST;
}

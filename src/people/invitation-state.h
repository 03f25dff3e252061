/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	invitation-state - does an invitation still wait for an answer?
 *
 * DESCRIPTION
 *	An invitation is open until something is learnt of its answer.  What may
 *	happen to it is an event; one table says which state each event leads to, and
 *	from which.  An event that does not fit the state changes nothing.
 *
 *	What the owner says by hand goes before all else.  What a mail that comes in
 *	may say of somebody else's invitation, anybody can write: the caller makes
 *	sure that a notice is verified.
 *
 * SEE ALSO
 *	invitation.h; "THE LIST OF INVITATIONS" in invite-milter(8)
 */
#ifndef INVITATION_STATE_H
#define INVITATION_STATE_H

#include <stdbool.h>

#include <glib.h>

/* Kept in the store by number: append only. */
typedef enum {
	INVITATION_STATE_OPEN,
	INVITATION_STATE_ANSWERED,
	INVITATION_STATE_ACCEPTED,
	INVITATION_STATE_IGNORED,
	INVITATION_STATE_EXPIRED,
	INVITATION_STATE_LAST
} InvitationState;

/* What led to the state.  Kept in the store by number: append only. */
typedef enum {
	INVITATION_WHY_CAME,   /* the invitation itself, or a reminder of it */
	INVITATION_WHY_NOTICE, /* the network says so */
	INVITATION_WHY_MAIL,   /* its owner wrote to the inviter */
	INVITATION_WHY_MOVED,  /* its owner filed it */
	INVITATION_WHY_HAND,   /* its owner says so */
	INVITATION_WHY_TIME,
	INVITATION_WHY_LAST
} InvitationWhy;

typedef enum {
	INVITATION_CAME, /* another one of the same inviter, after it was closed */
	INVITATION_REMINDED,
	INVITATION_NOTICED_ACCEPTED, /* a verified notice: the two are connected */
	INVITATION_NOTICED_REPLIED,  /* a verified notice: the two are writing */
	INVITATION_MAILED,
	INVITATION_MOVED_AWAY, /* filed as a stranger's, or with a pitch for a note */
	INVITATION_MOVED_BACK, /* filed as somebody's who is known, or as worth reading */
	INVITATION_TIMED_OUT,
	INVITATION_SAID_OPEN,
	INVITATION_SAID_ANSWERED,
	INVITATION_SAID_ACCEPTED,
	INVITATION_SAID_IGNORED,
	INVITATION_EVENT_LAST
} InvitationEvent;

/*
 * Where the event leads from a state that came about so.  False, and outputs
 * untouched, where it changes nothing.
 */
bool invitation_state_after(InvitationState state, InvitationWhy why,
			    InvitationEvent event, InvitationState *state_out,
			    InvitationWhy *why_out);

/* "open", "answered", …; "came", "notice", …; "open" and "came" for any other number. */
const char *invitation_state_name(int state);
const char *invitation_state_why_name(int why);

/* INVITATION_STATE_LAST where it names none; NULL is none. */
InvitationState invitation_state_of(const char *name);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	invitation-judgement - what a further mail changes of what an invitation tells
 *
 * DESCRIPTION
 *	Mails of one invitation may be read in any order, and what is told of it is
 *	the same; invitation.h says which of them counts.
 */
#ifndef INVITATION_JUDGEMENT_H
#define INVITATION_JUDGEMENT_H

#include "people/store-invitation.h"

/* A further mail, which came at that time; the row's times are as before it. */
void invitation_judgement_add(StoreInvitation *row, const StoreInvitation *said,
			      gint64 when);

/*
 * What the mail says takes the place of what is there; what it does not say stays, and
 * so does who the inviter is.
 */
void invitation_judgement_take(StoreInvitation *row, const StoreInvitation *said);

#endif

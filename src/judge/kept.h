/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	kept - what of a judged mail goes onto its owner's list of invitations
 *
 * DESCRIPTION
 *	A mail that asks for something goes onto it, and so does a forgery.  A
 *	meeting goes only where it is spammy or forged: the owner's calendar lists
 *	all others.
 *
 *	The daemon and invitectl list the same: kept_invitation(), and
 *	invitation_record() or invitation_keep().
 *
 * SEE ALSO
 *	invitation.h
 */
#ifndef KEPT_H
#define KEPT_H

#include <stdbool.h>

#include "judge/assess.h"
#include "people/invitation.h"

/* The caller's; NULL where the mail is nothing for the list. */
StoreInvitation *kept_invitation(const Assessment *assessment);

/* The inviter of an invitation, or whom a notice is about; the caller's. */
StoreInvitation *kept_inviter(const Assessment *assessment);

/* Is it the first mail of its invitation, or a reminder, as far as the mail says? */
InvitationMail kept_mail(const Assessment *assessment);

/* Does the owner want a list?  False for NULL. */
bool kept_is_wanted(const Assessor *assessor, const char *owner);

/*
 * How much the invitation is worth an answer: the more, the higher it stands; 0 or
 * less: it waits for none.
 */
int kept_worth(Verdict verdict, Answer answer);

#endif

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

/*
 * What a verified notice tells of the invitation of whom it is about; NOTICE_NONE for
 * any other mail, because nobody's word but the network's tells that.
 */
Notice kept_notice(const Assessment *assessment);

/* Is the owner the only one in To?  A signed mail can be sent again to anybody. */
bool kept_is_to(const Assessment *assessment, const char *owner);

/*
 * The invitation of whom a notice is about, which came at that time, is settled by it.
 * One that came only after the notice is not.  False with error set where the store
 * cannot be used.
 */
bool kept_settle(const Assessment *assessment, const char *owner, gint64 when, gint64 now,
		 GError **error);

/* Does the owner want a list?  False for NULL. */
bool kept_is_wanted(const Assessor *assessor, const char *owner);

/* What no mail came of since then is not on the owner's list: G_MAXINT64 for no list. */
gint64 kept_since(const Assessor *assessor, const char *owner, gint64 now);

/*
 * How much the invitation is worth an answer: the more, the higher it stands; 0 or
 * less: it waits for none.
 */
int kept_worth(Verdict verdict, Answer answer);

#endif

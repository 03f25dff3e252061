/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests-inviter - who invites in a mail that its owner filed by hand?
 *
 * DESCRIPTION
 *	The mail is judged as it was when it came: its header fields are not
 *	believed, ours among them, for whoever files it may have it from
 *	anywhere.  An invitation teaches its inviter's profile, name, company
 *	and the address that reaches them.  A forgery teaches nothing, for what
 *	it says of people is made up; nor does a mail that poses as somebody
 *	known, whom it would spoil.
 *
 *	An unverified invitation does teach: the owner who files it vouches for
 *	it.  But nothing is added to somebody known: else a sender who writes a
 *	friend's profile and an address of his own into a mail would pass for
 *	the friend, even in a signed one, for networks do not sign an absent
 *	Reply-To.
 *
 * SEE ALSO
 *	learn.h, requests.h
 */
#ifndef REQUESTS_INVITER_H
#define REQUESTS_INVITER_H

#include "judge/assess.h"
#include "people/contact.h"

/* What a mail teaches that its owner filed by hand. */
typedef enum {
	REQUESTS_INVITER_TEACHES,
	REQUESTS_INVITER_KNOWN,         /* they are known: it must add nothing to them */
	REQUESTS_INVITER_NO_INVITATION, /* no network's, or it invites to nothing */
	REQUESTS_INVITER_FORGED,
	REQUESTS_INVITER_IMPOSTOR, /* it poses as somebody known */
	REQUESTS_INVITER_LAST
} RequestsInviter;

/*
 * Who invites in a mail?  *contact_out is the caller's, and nobody where the mail
 * says nothing of people that could be believed.  False with error set where the
 * mail, or the store, cannot be read.
 */
bool requests_inviter_find(Assessor *assessor, const char *owner, const char *mail,
			   size_t length, gint64 now, RequestsInviter *inviter_out,
			   Contact *contact_out, GError **error);

/* "no invitation", … */
const char *requests_inviter_name(RequestsInviter inviter);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests-invitation - does what is asked about an owner's list of invitations
 *
 * DESCRIPTION
 *	The owner is found, and may be asked about (requests.h has the requests and
 *	their answers).  An invitation is named by its number, the Message-ID of one of
 *	its mails, "<…>", or its inviter's profile, address or name.
 *
 *	To file a mail says who its inviter is, or what its note is; what that means
 *	for the invitation is in invitation-state.h.  The mail is judged anew, as
 *	requests-person.h says.
 *
 * RETURN VALUE
 *	False with error set where the request is wrong, and where the store, or the
 *	mail, cannot be read or written.
 */
#ifndef REQUESTS_INVITATION_H
#define REQUESTS_INVITATION_H

#include <stdbool.h>

#include <glib.h>

#include "requests/requests-query.h"
#include "people/invitation-state.h"

bool requests_invitation_list(RequestsQuery *query, GError **error);
bool requests_invitation_show(RequestsQuery *query, GError **error);
bool requests_invitation_close(RequestsQuery *query, GError **error);

/* The owner filed the request's mail. */
bool requests_invitation_filed(RequestsQuery *query, InvitationEvent event,
			       GError **error);

/*
 * The owner's invitations of whom an address, a page or a name means, and of the
 * people of these numbers (of gint64), are dropped, and counted in the query.
 */
bool requests_invitation_forget(RequestsQuery *query, const char *owner, const char *who,
				const GArray *people, GError **error);

#endif

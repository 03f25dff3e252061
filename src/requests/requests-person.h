/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests-person - who is meant by a mail, an address, a page or a name?
 *
 * DESCRIPTION
 *	A mail is one that its owner filed by hand, and its inviter is meant.  It
 *	is judged as it was when it came: its header fields are not believed,
 *	ours among them, because the owner may have it from anywhere.  An
 *	invitation teaches its inviter's profile, name, company and the address
 *	that reaches them.  A forgery teaches nothing, for what
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
#ifndef REQUESTS_PERSON_H
#define REQUESTS_PERSON_H

#include <stdbool.h>

#include <glib.h>

#include "judge/assess.h"
#include "people/contact.h"
#include "people/store.h"

/* What a mail teaches that its owner filed by hand. */
typedef enum {
	REQUESTS_PERSON_TEACHES,
	REQUESTS_PERSON_KNOWN,         /* they are known: it must add nothing to them */
	REQUESTS_PERSON_NO_INVITATION, /* no network's, or it invites to nothing */
	REQUESTS_PERSON_FORGED,
	REQUESTS_PERSON_IMPOSTOR, /* it poses as somebody known */
	REQUESTS_PERSON_LAST
} RequestsPerson;

/*
 * Find the inviter of a mail.  *contact_out is the caller's, and empty where the mail
 * says nothing of people that could be believed.  False with error set where the
 * mail, or the store, cannot be read.
 */
bool requests_person_of_mail(Assessor *assessor, const char *owner, const char *mail,
			     size_t length, gint64 now, RequestsPerson *found_out,
			     Contact *contact_out, GError **error);

/*
 * Who is the inviter of a mail to its owner, judged as above?  *known_out is the
 * caller's.  False with error set where the mail, or the store, cannot be read.
 */
bool requests_person_relation(Assessor *assessor, const char *owner, const char *mail,
			      size_t length, gint64 now, AssessRelation *known_out,
			      GError **error);

/* "no invitation", … */
const char *requests_person_name(RequestsPerson found);

/*
 * The owner's people whom an address, a page's URL or a name may mean.  ids_out:
 * of gint64, each once; the caller's.  False with error set where the store could
 * not be asked.
 */
bool requests_person_meant(Store *store, const Assessor *assessor, const char *owner,
			   const char *who, GArray **ids_out, GError **error);

#endif

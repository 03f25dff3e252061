/* SPDX-License-Identifier: BSD-2-Clause */
/* requests-inviter.c - who invites in a mail that its owner filed by hand? */

#include "config.h"

#include "judge/requests-inviter.h"
#include "network/networks.h"

static RequestsInviter
inviter_of(const Assessment *assessment)
{
	if (!assessment_is_recognised(assessment))
		return REQUESTS_INVITER_NO_INVITATION;
	if (assessment->authenticity == AUTHENTICITY_FORGED)
		return REQUESTS_INVITER_FORGED;
	if (assessment->relation == RELATION_IMPOSTOR)
		return REQUESTS_INVITER_IMPOSTOR;

	return assessment->relation == RELATION_KNOWN ? REQUESTS_INVITER_KNOWN
						      : REQUESTS_INVITER_TEACHES;
}

static void
take_inviter(Contact *contact, const Networks *networks, const Invite *invite, gint64 now)
{
	contact->seen = now;
	if (invite->name != NULL)
		contact_set_name(contact, invite->name);
	if (invite->company != NULL)
		contact_set_company(contact, invite->company);
	if (invite->profile != NULL)
		contact_add_url(contact, invite->profile);
	if (invite->address != NULL)
		contact_add_address(contact, invite->address);
	networks_find_profiles(networks, contact);
}

bool
requests_inviter_find(Assessor *assessor, const char *owner, const char *mail,
		      size_t length, gint64 now, RequestsInviter *inviter_out,
		      Contact *contact_out, GError **error)
{
	Delivery delivery = { .owner = owner, .now = now };
	g_autoptr(Assessment) assessment =
	    assess(assessor, mail, length, &delivery, error);
	RequestsInviter inviter;

	if (assessment == NULL)
		return false;
	/* Where nobody can look whether it is an impostor, it must not be let in. */
	if (assessment->store_trouble != NULL) {
		g_set_error_literal(error, STORE_ERROR, STORE_ERROR_SYSTEM,
				    assessment->store_trouble);
		return false;
	}
	inviter = inviter_of(assessment);
	contact_init(contact_out, SOURCE_HAND);
	if (inviter == REQUESTS_INVITER_TEACHES || inviter == REQUESTS_INVITER_KNOWN)
		take_inviter(contact_out, assessor_networks(assessor), assessment->invite,
			     now);
	*inviter_out = inviter;

	return true;
}

const char *
requests_inviter_name(RequestsInviter inviter)
{
	static const char *const names[REQUESTS_INVITER_LAST] = {
		[REQUESTS_INVITER_TEACHES] = "teaches",
		[REQUESTS_INVITER_KNOWN] = "known already",
		[REQUESTS_INVITER_NO_INVITATION] = "no invitation",
		[REQUESTS_INVITER_FORGED] = "forged",
		[REQUESTS_INVITER_IMPOSTOR] = "poses as somebody known",
	};

	return names[inviter];
}

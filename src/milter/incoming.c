/* SPDX-License-Identifier: BSD-2-Clause */
/* incoming.c - what is kept of a mail that came in? */

#include "config.h"

#include "mail/mailbox.h"
#include "milter/incoming.h"
#include "milter/report.h"
#include "network/networks.h"
#include "people/bulk.h"

/* A person who accepted the owner's invitation is known, if the network says so. */
static bool
remember_notice(const Incoming *incoming, gint64 now, char **told_out, GError **error)
{
	const Invite *invite = incoming->assessment->invite;
	g_auto(Contact) contact = { 0 };
	Learnt learnt;

	contact_init(&contact, SOURCE_ACCEPTED);
	contact.seen = now;
	if (invite->name != NULL)
		contact_set_name(&contact, invite->name);
	if (invite->company != NULL)
		contact_set_company(&contact, invite->company);
	if (invite->profile != NULL)
		contact_add_url(&contact, invite->profile);
	networks_find_profiles(assessor_networks(incoming->assessor), &contact);
	if (!learn_contacts(assessor_store(incoming->assessor),
			    assessor_rules(incoming->assessor), incoming->owner, &contact,
			    1, now, &learnt, error))
		return false;
	*told_out =
	    report_learnt(incoming->assessor, incoming->owner, "accepted", &learnt, 1);
	if (*told_out == NULL)
		*told_out = g_strdup_printf("accepted person=%s", learn_name(learnt));

	return true;
}

static bool
is_acceptance(const Assessment *assessment)
{
	return assessment->authenticity == AUTHENTICITY_VERIFIED &&
	       assessment->kind != NULL && assessment->kind->notice == NOTICE_ACCEPTED;
}

/* A signed mail can be sent again to anybody, but its To is signed with it. */
static bool
is_to_owner(const Incoming *incoming)
{
	const char *to = head_get(incoming->head, "To");
	g_auto(Mailbox) mailbox = { 0 };
	g_autofree char *owner = NULL;

	if (to == NULL || mailbox_parse(to, &mailbox) != 1)
		return false;
	owner = owners_of_address(assessor_rules(incoming->assessor)->owners,
				  mailbox.address);

	return g_str_equal(owner, incoming->owner);
}

/* For each owner, so that an answer to the invitation does not make its inviter known. */
static bool
remember_invitation(const Incoming *incoming, gint64 now, GError **error)
{
	const Invite *invite = incoming->assessment->invite;

	for (size_t i = 0; i < incoming->owners->len; i++)
		if (assessor_learns(incoming->assessor, incoming->owners->pdata[i]) &&
		    !learn_invitation(assessor_store(incoming->assessor),
				      incoming->owners->pdata[i], incoming->head,
				      invite->address, now, error))
			return false;

	return true;
}

/* The note is counted for the mailbox that the network wrote to, and for no other. */
static bool
remember_note(const Incoming *incoming, gint64 now, GError **error)
{
	const Assessment *assessment = incoming->assessment;

	if (assessment->bulk_inviter == NULL)
		return true;
	for (size_t i = 0; i < incoming->owners->len; i++)
		if (g_str_equal(incoming->owners->pdata[i], assessment->addressee) &&
		    assessor_learns(incoming->assessor, incoming->owners->pdata[i]))
			return bulk_record(assessor_store(incoming->assessor),
					   assessment->addressee,
					   assessment->bulk_inviter,
					   &assessment->note->fingerprint, now, error);

	return true;
}

bool
incoming_remember(const Incoming *incoming, gint64 now, char **told_out, GError **error)
{
	const Assessment *assessment = incoming->assessment;

	/* Once is enough to wait for a store in trouble, and to be told of it. */
	if (assessment->store_trouble != NULL)
		return true;
	if (is_acceptance(assessment))
		return !assessor_learns(incoming->assessor, incoming->owner) ||
		       !is_to_owner(incoming) ||
		       remember_notice(incoming, now, told_out, error);

	/* A forgery's, too: to answer it must not make its author known. */
	return !assess_is_recognised(assessment) ||
	       (remember_invitation(incoming, now, error) &&
		remember_note(incoming, now, error));
}

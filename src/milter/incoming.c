/* SPDX-License-Identifier: BSD-2-Clause */
/* incoming.c - what is kept of a mail that came in? */

#include "config.h"

#include "judge/kept.h"
#include "milter/incoming.h"
#include "edit/report.h"
#include "network/networks.h"
#include "people/bulk.h"

/* A person who accepted the owner's invitation is known, if the network says so. */
static bool
remember_notice(const Incoming *incoming, gint64 now, LogRecord **told_out,
		GError **error)
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
	if (*told_out == NULL) {
		*told_out = log_record_new("accepted");
		log_record_add(*told_out, "person", learn_name(learnt));
	}

	return true;
}

/* What a mail leaves of an invitation, on its way through a transaction. */
typedef struct {
	const Incoming *incoming;
	gint64 now;
} Arrival;

/* The note is counted for the mailbox that the network wrote to, and for no other. */
static bool
remember_note(StoreWriter *writer, const Arrival *arrival, const char *owner,
	      GError **error)
{
	const Assessment *assessment = arrival->incoming->assessment;

	return assessment->bulk_inviter == NULL ||
	       !g_str_equal(owner, assessment->addressee) ||
	       bulk_record(writer, owner, assessment->bulk_inviter,
			   fingerprint_of_sketch(&assessment->note->sketch), arrival->now,
			   error);
}

/* As it was judged for this owner, or as it may be told to all. */
static bool
list(StoreWriter *writer, const Arrival *arrival, const char *owner, GError **error)
{
	const Incoming *incoming = arrival->incoming;
	const Assessment *own = incoming->judged != NULL
				    ? g_hash_table_lookup(incoming->judged, owner)
				    : NULL;
	const Assessment *assessment = own != NULL ? own : incoming->assessment;
	g_autoptr(StoreInvitation) said = kept_invitation(assessment);
	InvitationKept kept;

	return said == NULL ||
	       invitation_record(writer, owner, said, kept_mail(assessment), arrival->now,
				 &kept, error);
}

/* For each owner, so that an answer to the invitation does not make its inviter known. */
static bool
remember_invitation(StoreWriter *writer, void *context, GError **error)
{
	const Arrival *arrival = context;
	const Incoming *incoming = arrival->incoming;

	for (size_t i = 0; i < incoming->owners->len; i++) {
		const char *owner = incoming->owners->pdata[i];

		if (assessor_learns(incoming->assessor, owner) &&
		    (!learn_invitation(writer, owner, incoming->head,
				       incoming->assessment->invite->address,
				       arrival->now, error) ||
		     !remember_note(writer, arrival, owner, error)))
			return false;
		if (kept_is_wanted(incoming->assessor, owner) &&
		    !list(writer, arrival, owner, error))
			return false;
	}

	return true;
}

/* Does any of them want anything kept? */
static bool
is_for_somebody(const Incoming *incoming)
{
	for (size_t i = 0; i < incoming->owners->len; i++)
		if (assessor_learns(incoming->assessor, incoming->owners->pdata[i]) ||
		    kept_is_wanted(incoming->assessor, incoming->owners->pdata[i]))
			return true;

	return false;
}

bool
incoming_remember(const Incoming *incoming, gint64 now, LogRecord **told_out,
		  GError **error)
{
	const Assessment *assessment = incoming->assessment;
	Arrival arrival = { incoming, now };
	Notice notice = kept_notice(assessment);

	/* A store in trouble is waited for once in a mail, and told of once. */
	if (assessment->store_trouble != NULL)
		return true;
	if (notice != NOTICE_NONE) {
		if (incoming->owner == NULL || !kept_is_to(assessment, incoming->owner))
			return true;
		if (kept_is_wanted(incoming->assessor, incoming->owner) &&
		    !kept_settle(assessment, incoming->owner, now, now, error))
			return false;
		return notice != NOTICE_ACCEPTED ||
		       !assessor_learns(incoming->assessor, incoming->owner) ||
		       remember_notice(incoming, now, told_out, error);
	}

	/*
	 * A forgery is remembered, too: an answer to it must not make its author
	 * known.
	 */
	return !assess_is_recognised(assessment) || !is_for_somebody(incoming) ||
	       store_change(assessor_store(incoming->assessor), remember_invitation,
			    &arrival, error);
}

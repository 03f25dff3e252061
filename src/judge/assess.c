/* SPDX-License-Identifier: BSD-2-Clause */
/* assess.c - walks a mail's route once, from its bytes to the suggestion */

#include "config.h"

#include "judge/assess.h"
#include "judge/assess-note.h"
#include "mail/received.h"
#include "network/joining.h"
#include "network/network-kind.h"
#include "network/networks.h"
#include "network/wanted.h"
#include "people/colleague.h"

static void
add_reason(Assessment *assessment, const char *kind, const char *what)
{
	g_ptr_array_add(assessment->reasons, g_strconcat(kind, what, NULL));
}

/* Is it this network's mail, or a forgery of it? */
static bool
take_network(Assessment *assessment, const Network *network, const Claim *claim,
	     const Reading *reading, const Trust *trust)
{
	g_auto(AuthenticityProof) proof = { 0 };
	const Kind *kind;

	if (!network_claims(network, claim))
		return false;
	kind = network_kind(network, reading);
	authenticity_find(&proof, network, reading, kind, trust);
	if (proof.authenticity != AUTHENTICITY_FORGED &&
	    !network_sent(network, claim, reading, kind))
		return false;

	assessment->network = network;
	assessment->kind = kind;
	assessment->authenticity = proof.authenticity;
	assessment->has_doubtful_links = proof.has_doubtful_links;
	if (proof.reason != NULL)
		add_reason(assessment, proof.reason, "");

	return true;
}

/* Find the network of the mail, the kind, and whether the network sent it. */
static void
find_network(Assessment *assessment, const Assessor *assessor, const Reading *reading,
	     const Claim *claim, const char *client)
{
	g_auto(GStrv) own_hosts =
	    settings_words(assessor_settings(assessor), SETTING_TRUST_OWN_HOSTS);
	g_autofree char *border = received_border(message_head(reading->message),
						  (const char *const *)own_hosts, client);
	Trust trust = { .names = settings_text(assessor_settings(assessor),
					       SETTING_TRUST_AUTHSERV_ID),
			.sealers = settings_text(assessor_settings(assessor),
						 SETTING_TRUST_ARC_SEALERS),
			.client = border };
	const Networks *networks = assessor_networks(assessor);

	/* A generic network gets only the mails that no other one claims. */
	for (int is_generic = 0; is_generic <= 1; is_generic++)
		for (size_t i = 0; i < networks_length(networks); i++) {
			const Network *network = networks_get(networks, i);

			if (network->is_generic == is_generic &&
			    take_network(assessment, network, claim, reading, &trust))
				return;
		}
}

static bool
has_request(const Assessment *assessment)
{
	return assessment->kind != NULL && assessment->kind->request != REQUEST_NONE;
}

/* The mail of a network that its recipient does not want judged is ordinary mail. */
static void
drop_unwanted(Assessment *assessment, const Assessor *assessor, const char *owner)
{
	const char *list = settings_text_for(assessor_settings(assessor),
					     SETTING_POLICY_NETWORKS, owner);

	if (assessment->network == NULL ||
	    wanted_network(list, assessment->network, assessment->kind))
		return;
	assessment->network = NULL;
	assessment->kind = NULL;
	assessment->authenticity = AUTHENTICITY_UNVERIFIED;
	assessment->is_unwanted = true;
	g_ptr_array_set_size(assessment->reasons, 0);
}

/*
 * The relation is unknown where nobody can be asked, or where the mail
 * has no single owner.  Returns the reason.
 */
static char *
find_relation(Assessment *assessment, const Assessor *assessor, const Delivery *delivery)
{
	const Settings *settings = assessor_settings(assessor);
	const AssessRelation *known = delivery->known;
	const char *owner = delivery->owner;
	gint64 since = assessor_kept_since(assessor, owner, delivery->now);
	Store *store = assessor_store(assessor);
	g_autoptr(GError) error = NULL;
	char *reason = NULL;

	/* Nobody is asked about the person in a forgery, see walk(). */
	if (owner != NULL && assessment->authenticity == AUTHENTICITY_FORGED)
		assessment->relation = RELATION_STRANGER;
	else if (owner != NULL && known != NULL) {
		assessment->relation = known->relation;
		assessment->known_since = known->since;
		reason = g_strdup(known->reason);
	} else if (owner != NULL && store != NULL &&
		   !relation_find(store, assessor_rules(assessor), owner,
				  assessment->invite, since, &assessment->relation,
				  &reason, &assessment->known_since, &error))
		assessment->store_trouble = g_strdup(error->message);
	if (assessment->authenticity != AUTHENTICITY_FORGED &&
	    assessment->relation != RELATION_KNOWN &&
	    colleague_wrote(assessment->message,
			    settings_text_for(settings, SETTING_PEOPLE_COLLEAGUES, owner),
			    settings_text(settings, SETTING_TRUST_AUTHSERV_ID),
			    assessor_rules(assessor)->network_domains)) {
		assessment->relation = RELATION_KNOWN;
		assessment->known_since = 0;
		g_free(reason);
		reason = g_strdup("known colleague");
	}

	return reason != NULL ? reason : g_strdup(relation_name(assessment->relation));
}

/* Does the owner know the inviter, and what does the note say? */
static void
judge_inviter(Assessment *assessment, const Assessor *assessor, const Reading *reading,
	      const Delivery *delivery)
{
	g_autofree char *relation = find_relation(assessment, assessor, delivery);

	assess_note_judge(assessment, reading, delivery);
	for (size_t i = 0; i < assessment->note->reasons->len; i++)
		add_reason(assessment, assessment->note->reasons->pdata[i], "");
	if (assessment->invite->lacks_headline)
		add_reason(assessment, "profile:", "no-headline");
	add_reason(assessment, "relation:", relation);
}

Findings
assess_findings(const Assessment *assessment)
{
	const Kind *kind = assessment->kind;
	const Note *note = assessment->note;
	const Network *network = assessment->network;
	Findings findings = {
		.authenticity = assessment->authenticity,
		.relation = assessment->relation,
		.request = kind != NULL ? kind->request : REQUEST_NONE,
		.note = note != NULL ? note->class : NOTE_NONE,
		.takes_replies = network != NULL && network->takes_replies,
		.tells_past = note != NULL && note->among == WEIGHTS_AMONG_ACQUAINTED,
		.has_foreign_block = assessment->blocks == MESSAGE_FOREIGN_BLOCK,
		.has_doubtful_links = assessment->has_doubtful_links,
		.network = network != NULL ? network->name : NULL,
	};

	/* A pitch may be the network's own words, where nobody has read its mails. */
	if (network != NULL && !network->is_seen && findings.note == NOTE_PITCH &&
	    !note->is_taught)
		findings.note = NOTE_VAGUE;

	return findings;
}

/* The word for it, and what to do. */
static void
decide(Assessment *assessment, const Assessor *assessor, const char *owner)
{
	const Findings findings = assess_findings(assessment);
	const char *note_language =
	    assessment->note != NULL ? assessment->note->language : NULL;
	const char *languages[] = {
		note_language != NULL ? note_language : "",
		assessment->invite->language != NULL ? assessment->invite->language : "",
		settings_text_for(assessor_settings(assessor),
				  SETTING_SUGGESTION_LANGUAGE, owner),
		settings_text(assessor_settings(assessor), SETTING_SUGGESTION_LANGUAGE),
		NULL,
	};
	Voice voice = assessor_voice(assessor, owner);
	Answer answer;

	assessment->verdict = verdict_of(&findings, &answer);
	voice.language = replies_language(&voice, languages);
	assessment->suggestion =
	    suggestion_new(&voice, assessment->network, assessment->invite, &findings,
			   assessment->verdict, answer);
	voice.language = replies_language(&voice, languages + 1);
	assessment->suggestion->hint =
	    suggestion_hint(&voice, assessment->network, assessment->invite, &findings,
			    assessment->suggestion);
	assessment->voice = voice;
}

/* A calendar's way to join is no note. */
static Invite *
read_invite(const Assessment *assessment, const Assessor *assessor,
	    const Reading *reading)
{
	Invite *invite = invite_read(assessment->network, assessment->kind, reading,
				     assessor_rules(assessor)->names);
	g_autofree char *description =
	    network_kind_is_calendar(assessment->kind) ? invite->note : NULL;

	if (description != NULL)
		invite->note =
		    joining_without(description, assessor_networks(assessor),
				    assessor_rewriters(assessor), invite->name);

	return invite;
}

/* Takes over the message. */
static Assessment *
walk(Assessor *assessor, Message *message, const Claim *claim, const Delivery *delivery)
{
	Assessment *assessment = g_new0(Assessment, 1);
	const Reading *reading;

	assessment->assessor = assessor_ref(assessor);
	assessment->message = message;
	reading = assessment->reading =
	    reading_new(message, assessor_rewriters(assessor));
	assessment->reasons = g_ptr_array_new_with_free_func(g_free);
	assessment->message_id = message_field(message, "Message-ID");
	assessment->blocks = message_blocks(message);

	find_network(assessment, assessor, reading, claim, delivery->client);
	drop_unwanted(assessment, assessor, delivery->owner);
	/* A forgery's words about people are made up. */
	if (assessment->authenticity == AUTHENTICITY_FORGED)
		assessment->invite = invite_new();
	else if (has_request(assessment) ||
		 (assessment->kind != NULL && assessment->kind->notice != NOTICE_NONE))
		assessment->invite = read_invite(assessment, assessor, reading);
	if (assess_is_recognised(assessment)) {
		if (assessment->blocks == MESSAGE_FOREIGN_BLOCK)
			add_reason(assessment, "banner:", "foreign");
		judge_inviter(assessment, assessor, reading, delivery);
		decide(assessment, assessor, delivery->owner);
	}

	return assessment;
}

Assessment *
assess(Assessor *assessor, const char *mail, size_t length, const Delivery *delivery,
       GError **error)
{
	g_autofree char *mark = assessor_mark(assessor, delivery->owner);
	Message *message = message_new(mail, length, mark, error);
	g_auto(Claim) claim = { 0 };

	if (message == NULL)
		return NULL;
	claim_init(&claim, message_head(message));

	return walk(assessor, message, &claim, delivery);
}

Assessment *
assess_claim(Assessor *assessor, const Claim *claim, Mime *mime, const Delivery *delivery,
	     GError **error)
{
	g_autofree char *mark = assessor_mark(assessor, delivery->owner);
	Message *message = message_of_head(claim->head, mime, mark, error);

	return message != NULL ? walk(assessor, message, claim, delivery) : NULL;
}

void
assess_relation_clear(AssessRelation *known)
{
	g_free(known->reason);
}

void
assess_free(Assessment *assessment)
{
	if (assessment == NULL)
		return;

	invite_free(assessment->invite);
	note_free(assessment->note);
	suggestion_free(assessment->suggestion);
	g_ptr_array_unref(assessment->reasons);
	g_free(assessment->message_id);
	g_free(assessment->bulk_inviter);
	g_free(assessment->addressee);
	g_free(assessment->store_trouble);
	reading_free(assessment->reading);
	message_free(assessment->message);
	assessor_unref(assessment->assessor);
	g_free(assessment);
}

bool
assess_is_recognised(const Assessment *assessment)
{
	return has_request(assessment) || assessment->authenticity == AUTHENTICITY_FORGED;
}

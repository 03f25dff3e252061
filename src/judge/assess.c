/* SPDX-License-Identifier: BSD-2-Clause */
/* assess.c - walks a mail's route once, from its bytes to the suggestion */

#include <string.h>

#include "base/data.h"
#include "base/keyfile.h"
#include "text/text.h"
#include "judge/assess.h"
#include "network/claim-index.h"
#include "judge/colleague.h"
#include "judge/hand.h"
#include "mail/message.h"
#include "mail/received.h"
#include "people/bulk.h"

struct Assessor {
	gatomicrefcount count;
	Settings *settings;
	Networks *networks;
	ClaimIndex *gate; /* of these */
	Languages *languages;
	Replies *replies;
	Rewriters *rewriters;
	NameRules *names;
	Owners *owners;
	Policy *policy;
	const char **network_domains;
	LearnRules rules; /* of the three above, and of ourselves */
	CsvColumns *columns;
	Store *store; /* or NULL */
};

#define DAY (24 * 3600)

/* Each kind of data file, and what reads it. */
static bool
load(Assessor *assessor, const char *network_path, GError **error)
{
	const char *folder = settings_folder(assessor->settings);
	g_autoptr(GPtrArray) networks =
	    data_load_with(folder, "networks", ".network", network_path, error);
	g_autoptr(GPtrArray) languages =
	    networks != NULL ? data_load(folder, "languages", ".language", error) : NULL;
	g_autoptr(GPtrArray) replies =
	    languages != NULL ? data_load(folder, "replies", ".reply", error) : NULL;
	g_autoptr(GPtrArray) rewriters =
	    replies != NULL ? data_load(folder, "rewriters", ".rewriter", error) : NULL;
	g_autoptr(GPtrArray) people =
	    rewriters != NULL ? data_load(folder, "people", ".people", error) : NULL;

	return people != NULL &&
	       (assessor->networks = networks_new(networks, error)) != NULL &&
	       (assessor->languages = languages_new(languages, error)) != NULL &&
	       (assessor->replies = replies_new(replies, error)) != NULL &&
	       (assessor->rewriters = rewriters_new(rewriters, error)) != NULL &&
	       (assessor->names = name_rules_new(people, error)) != NULL &&
	       (assessor->columns = csv_columns_new(people, error)) != NULL &&
	       (assessor->owners = owners_new(assessor->settings, error)) != NULL &&
	       (assessor->policy =
		    policy_new(assessor->settings, assessor->owners, error)) != NULL;
}

/* The files that the settings name, for whomever. */
static bool
load_own_replies(Assessor *assessor, GError **error)
{
	g_autoptr(GPtrArray) values =
	    settings_values(assessor->settings, SETTING_SUGGESTION_REPLIES);

	for (size_t i = 0; i < values->len; i++)
		if (!replies_add_own(assessor->replies, values->pdata[i],
				     settings_folder(assessor->settings), error)) {
			g_prefix_error(error, "settings: [suggestion] replies: ");
			return false;
		}

	return true;
}

/* How an owner speaks, in a language yet to be found. */
static Voice
voice_for(const Assessor *assessor, const char *owner)
{
	const Settings *settings = assessor->settings;

	return (Voice){
		.replies = assessor->replies,
		.own = settings_text_for(settings, SETTING_SUGGESTION_REPLIES, owner),
		.tone = settings_text_for(settings, SETTING_SUGGESTION_TONE, owner),
	};
}

/* The language of last resort must be one that a reply file speaks. */
static bool
has_language(const Assessor *assessor, GError **error)
{
	Voice voice = voice_for(assessor, NULL);
	const char *languages[] = {
		settings_text(assessor->settings, SETTING_SUGGESTION_LANGUAGE), NULL
	};

	if (replies_language(&voice, languages) != NULL)
		return true;
	g_set_error(
	    error, KEYFILE_ERROR, KEYFILE_ERROR_VALUE,
	    "settings: [suggestion] language: no reply file speaks \"%s\"; give a "
	    "code such as \"en\", or add replies/%s.reply",
	    languages[0], languages[0]);

	return false;
}

/* A LearnProfileOf: people/ knows of no network. */
static char *
profile_of(const void *networks, const char *url)
{
	return networks_profile(networks, url);
}

Assessor *
assessor_trial(const char *settings_path, const char *network_path, GError **error)
{
	g_autoptr(Assessor) assessor = g_new0(Assessor, 1);

	g_atomic_ref_count_init(&assessor->count);
	assessor->settings = settings_new(settings_path, error);
	if (assessor->settings == NULL || !load(assessor, network_path, error) ||
	    !load_own_replies(assessor, error) || !has_language(assessor, error))
		return NULL;
	assessor->gate = claim_index_new(assessor->networks);
	assessor->network_domains = networks_domains(assessor->networks);
	assessor->rules =
	    (LearnRules){ assessor->names, assessor->owners,   assessor->network_domains,
			  profile_of,      assessor->networks, hand_inviter_of,
			  assessor };

	return g_steal_pointer(&assessor);
}

Assessor *
assessor_new(const char *settings_path, GError **error)
{
	return assessor_trial(settings_path, NULL, error);
}

Assessor *
assessor_ref(Assessor *assessor)
{
	g_atomic_ref_count_inc(&assessor->count);

	return assessor;
}

void
assessor_unref(Assessor *assessor)
{
	if (assessor == NULL || !g_atomic_ref_count_dec(&assessor->count))
		return;

	settings_unref(assessor->settings);
	claim_index_free(assessor->gate);
	networks_free(assessor->networks);
	languages_free(assessor->languages);
	replies_free(assessor->replies);
	rewriters_free(assessor->rewriters);
	name_rules_free(assessor->names);
	csv_columns_free(assessor->columns);
	policy_free(assessor->policy);
	owners_free(assessor->owners);
	g_free(assessor->network_domains);
	store_unref(assessor->store);
	g_free(assessor);
}

const Settings *
assessor_settings(const Assessor *assessor)
{
	return assessor->settings;
}

const Languages *
assessor_languages(const Assessor *assessor)
{
	return assessor->languages;
}

const Networks *
assessor_networks(const Assessor *assessor)
{
	return assessor->networks;
}

const Policy *
assessor_policy(const Assessor *assessor)
{
	return assessor->policy;
}

const LearnRules *
assessor_rules(const Assessor *assessor)
{
	return &assessor->rules;
}

const CsvColumns *
assessor_columns(const Assessor *assessor)
{
	return assessor->columns;
}

void
assessor_set_store(Assessor *assessor, Store *store)
{
	store_unref(assessor->store);
	assessor->store = store;
}

Assessor *
assessor_open(const char *settings_path, StoreMode mode, GError **error)
{
	Assessor *assessor = assessor_new(settings_path, error);

	if (assessor != NULL)
		assessor->store = store_new(
		    settings_text(assessor->settings, SETTING_PEOPLE_STORE), mode);

	return assessor;
}

Store *
assessor_store(const Assessor *assessor)
{
	return assessor->store;
}

bool
assessor_claims(const Assessor *assessor, const Head *head)
{
	g_auto(Claim) claim = { 0 };

	claim_init(&claim, head);

	return claim_index_opens(assessor->gate, &claim);
}

char *
assessor_fence(const Assessor *assessor, const char *owner)
{
	const char *mark =
	    settings_text_for(assessor->settings, SETTING_SUGGESTION_MARK, owner);

	return mark[0] == '\0' ? g_strdup("invite-milter")
			       : g_strconcat("invite-milter-", mark, NULL);
}

static void
add_reason(Assessment *assessment, const char *kind, const char *what)
{
	g_ptr_array_add(assessment->reasons, g_strconcat(kind, what, NULL));
}

/* Steps 4 to 6 of the route: whose mail, of which kind, and did they send it? */
static void
find_network(Assessment *assessment, const Assessor *assessor, const Reading *reading,
	     const char *client)
{
	g_auto(Claim) claim = { 0 };
	g_auto(GStrv) own_hosts =
	    settings_words(assessor->settings, SETTING_TRUST_OWN_HOSTS);
	g_autofree char *border = received_border(message_head(reading->message),
						  (const char *const *)own_hosts, client);
	Trust trust = { .names =
			    settings_text(assessor->settings, SETTING_TRUST_AUTHSERV_ID),
			.client = border };

	claim_init(&claim, message_head(reading->message));
	for (size_t i = 0; i < networks_length(assessor->networks); i++) {
		const Network *network = networks_get(assessor->networks, i);
		const Kind *kind;
		Authenticity authenticity;
		g_autofree char *reason = NULL;

		if (!network_claims(network, &claim))
			continue;
		kind = network_kind(network, reading);
		authenticity = authenticity_of(network, reading, kind, &trust, &reason);
		if (authenticity != AUTHENTICITY_FORGED &&
		    !network_sent(network, &claim, reading, kind))
			continue;

		assessment->network = network;
		assessment->kind = kind;
		assessment->authenticity = authenticity;
		if (reason != NULL)
			add_reason(assessment, reason, "");
		return;
	}
}

static bool
has_request(const Assessment *assessment)
{
	return assessment->kind != NULL && assessment->kind->request != REQUEST_NONE;
}

static bool
has_notice(const Assessment *assessment)
{
	return assessment->kind != NULL && assessment->kind->notice != NOTICE_NONE;
}

/* Step 7: who cannot be asked is unknown, and so is everybody where there is no single owner. */
static void
find_relation(Assessment *assessment, const Assessor *assessor, const char *owner,
	      gint64 now)
{
	size_t keep = settings_number_for(assessor->settings, SETTING_PEOPLE_KEEP, owner);
	gint64 since = keep > 0 ? now - (gint64)keep * DAY : 0;
	g_autoptr(GError) error = NULL;
	g_autofree char *reason = NULL;

	/* What a forgery says of people is made up. */
	if (owner != NULL && assessment->authenticity == AUTHENTICITY_FORGED) {
		assessment->relation = RELATION_STRANGER;
	} else if (owner != NULL && assessor->store != NULL &&
		   assessment->store_trouble == NULL &&
		   !relation_find(assessor->store, &assessor->rules, owner,
				  assessment->invite, since, &assessment->relation,
				  &reason, &error)) {
		assessment->store_trouble = g_strdup(error->message);
	}
	if (assessment->authenticity != AUTHENTICITY_FORGED &&
	    assessment->relation != RELATION_KNOWN &&
	    colleague_wrote(
		assessment->message,
		settings_text_for(assessor->settings, SETTING_PEOPLE_COLLEAGUES, owner),
		settings_text(assessor->settings, SETTING_TRUST_AUTHSERV_ID),
		assessor->network_domains)) {
		assessment->relation = RELATION_KNOWN;
		g_free(reason);
		reason = g_strdup("known colleague");
	}
	add_reason(assessment, "relation:",
		   reason != NULL ? reason : relation_name(assessment->relation));
}

/* "a, b, \"c d\"" as a list. */
static char **
facts_of(const Assessor *assessor, const char *owner)
{
	char **facts = g_strsplit(
	    settings_text_for(assessor->settings, SETTING_PEOPLE_ABOUT, owner), ",", -1);

	for (size_t i = 0; facts[i] != NULL; i++)
		g_strdelimit(facts[i], "\"", ' ');

	return facts;
}

/* A link that leads to none of the networks, or NULL; meetings are held at some. */
static const ReadingLink *
find_foreign_link(const Assessor *assessor, const Network *network,
		  const Reading *reading)
{
	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			const ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);

			if (link->host[0] != '\0' && !link->is_hidden &&
			    !network_signs(network, link->host) &&
			    !networks_own_domain(assessor->networks, link->host))
				return link;
		}

	return NULL;
}

/* What comes into a calendar by itself sells with its title, and with links. */
static void
judge_event(Assessment *assessment, const Assessor *assessor, const Reading *reading,
	    const NoteNames *names)
{
	const ReadingLink *link =
	    find_foreign_link(assessor, assessment->network, reading);
	g_autoptr(Note) title =
	    note_judge(assessor->languages, reading->calendar.summary, names);
	g_autofree char *host =
	    link != NULL ? text_token(link->host, TEXT_NAME_MAX) : NULL;

	for (size_t i = 0; title->class == NOTE_PITCH && i < title->reasons->len; i++)
		note_is_pitch(assessment->note, g_strdup(title->reasons->pdata[i]));
	if (host != NULL)
		note_is_pitch(assessment->note,
			      g_strconcat("pitch:event-link ", host, NULL));
}

static void
judge_note(Assessment *assessment, const Assessor *assessor, const Reading *reading,
	   const char *owner)
{
	const Message *message = reading->message;
	Invite *invite = assessment->invite;
	const char *recipient =
	    invite->recipient != NULL ? invite->recipient : message_to(message)->name;
	g_auto(GStrv) facts = facts_of(assessor, owner);
	NoteNames names = { .inviter = invite->name,
			    .recipient = recipient,
			    .network = assessment->network->title,
			    .rules = assessor->names,
			    .about = (const char *const *)facts };

	assessment->note = note_judge(assessor->languages, invite->note, &names);
	if (network_kind_is_calendar(assessment->kind) &&
	    assessment->authenticity != AUTHENTICITY_FORGED)
		judge_event(assessment, assessor, reading, &names);
	if (invite->recipient == NULL)
		invite->recipient = g_strdup(assessment->note->greeted);
	if (invite->recipient == NULL && message_to(message)->name[0] != '\0')
		invite->recipient = text_clean(message_to(message)->name, TEXT_NAME_MAX);
}

/*
 * Whose note may be counted: a signed one's, for anybody could send others in
 * somebody's name.  And signed mail can be sent again to anybody, so it counts
 * for the mailbox alone that it is addressed to.
 */
static void
find_bulk_inviter(Assessment *assessment, const Assessor *assessor,
		  const Message *message)
{
	const char *profile = assessment->invite->profile;
	const char *to = message_to(message)->address;

	if (assessment->authenticity != AUTHENTICITY_VERIFIED || profile == NULL ||
	    to[0] == '\0' || fingerprint_is_none(&assessment->note->fingerprint))
		return;
	assessment->bulk_inviter = learn_profile_key(&assessor->rules, profile);
	assessment->addressee = owners_of_address(assessor->owners, to);
}

/* A note that several of us got is a script's. */
static void
judge_bulk(Assessment *assessment, const Assessor *assessor, const char *owner,
	   gint64 now)
{
	g_autoptr(GError) error = NULL;
	size_t recipients, days;

	if (owner == NULL || assessor->store == NULL ||
	    assessment->bulk_inviter == NULL ||
	    !g_str_equal(assessment->addressee, owner))
		return;
	if (!bulk_find(assessor->store, owner, assessment->bulk_inviter,
		       &assessment->note->fingerprint, now, &recipients, &days, &error))
		assessment->store_trouble = g_strdup(error->message);
	else if (recipients >= BULK_RECIPIENTS)
		note_is_bulk(assessment->note, recipients, days);
}

static void
add_note_reasons(Assessment *assessment)
{
	const GPtrArray *reasons = assessment->note->reasons;

	for (size_t i = 0; i < reasons->len; i++)
		add_reason(assessment, reasons->pdata[i], "");
	if (assessment->invite->lacks_headline)
		add_reason(assessment, "profile:", "no-headline");
}

/* Steps 9 and 10: the word for it, and what to do. */
static void
decide(Assessment *assessment, const Assessor *assessor, const char *owner)
{
	const Kind *kind = assessment->kind;
	Findings findings = {
		.authenticity = assessment->authenticity,
		.relation = assessment->relation,
		.request = kind != NULL ? kind->request : REQUEST_NONE,
		.note = assessment->note != NULL ? assessment->note->class : NOTE_NONE,
		.takes_replies = assessment->network->takes_replies,
	};
	const char *note_language =
	    assessment->note != NULL ? assessment->note->language : NULL;
	const char *languages[] = {
		note_language != NULL ? note_language : "",
		assessment->invite->language != NULL ? assessment->invite->language : "",
		settings_text_for(assessor->settings, SETTING_SUGGESTION_LANGUAGE, owner),
		settings_text(assessor->settings, SETTING_SUGGESTION_LANGUAGE),
		NULL,
	};
	Voice voice = voice_for(assessor, owner);
	Answer answer;

	assessment->verdict = verdict_of(&findings, &answer);
	voice.language = replies_language(&voice, languages);
	assessment->suggestion =
	    suggestion_new(&voice, assessment->network, assessment->invite, &findings,
			   assessment->verdict, answer);
	voice.language = replies_language(&voice, languages + 1);
	assessment->voice = voice;
}

Assessment *
assess(Assessor *assessor, const char *mail, size_t length, const Delivery *delivery,
       GError **error)
{
	const char *owner = delivery->owner;
	g_autofree char *fence = assessor_fence(assessor, owner);
	g_autoptr(Message) message = message_new(mail, length, fence, error);
	g_autoptr(Assessment) assessment = NULL;
	const Reading *reading;

	if (message == NULL)
		return NULL;
	assessment = g_new0(Assessment, 1);
	assessment->assessor = assessor_ref(assessor);
	assessment->reading = reading_new(message, assessor->rewriters);
	assessment->message = g_steal_pointer(&message);
	reading = assessment->reading;
	assessment->reasons = g_ptr_array_new_with_free_func(g_free);
	assessment->message_id = message_field(reading->message, "Message-ID");
	assessment->has_fence = message_has_fence(reading->message);

	find_network(assessment, assessor, reading, delivery->client);
	/* What a forgery says of people is made up. */
	if (assessment->authenticity == AUTHENTICITY_FORGED)
		assessment->invite = invite_new();
	else if (has_request(assessment) || has_notice(assessment))
		assessment->invite =
		    invite_read(assessment->network, assessment->kind, reading);
	if (assessment_is_recognised(assessment)) {
		judge_note(assessment, assessor, reading, owner);
		find_bulk_inviter(assessment, assessor, reading->message);
		judge_bulk(assessment, assessor, owner, delivery->now);
		add_note_reasons(assessment);
		find_relation(assessment, assessor, owner, delivery->now);
	}
	if (assessment_is_recognised(assessment))
		decide(assessment, assessor, owner);

	return g_steal_pointer(&assessment);
}

void
assessment_free(Assessment *assessment)
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
assessment_is_recognised(const Assessment *assessment)
{
	return has_request(assessment) || assessment->authenticity == AUTHENTICITY_FORGED;
}

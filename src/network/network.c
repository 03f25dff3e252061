/* SPDX-License-Identifier: BSD-2-Clause */
/* network.c - which network's mail is it, and what kind of mail? */

#include "config.h"

#include <string.h>

#include "network/network.h"
#include "network/network-profile.h"
#include "network/network-kind.h"
#include "network/list-address.h"
#include "text/address.h"
#include "mail/url.h"

static const char *const requests[REQUEST_LAST + 1] = {
	[REQUEST_NONE] = "none",           [REQUEST_CONNECT] = "connect",
	[REQUEST_RECOMMEND] = "recommend", [REQUEST_ENDORSE] = "endorse",
	[REQUEST_GROUP] = "group",         [REQUEST_FOLLOW] = "follow",
	[REQUEST_EVENT] = "event",         [REQUEST_JOIN] = "join",
};

static const char *const notices[NOTICE_LAST + 1] = {
	[NOTICE_NONE] = "none",
	[NOTICE_ACCEPTED] = "accepted",
	[NOTICE_REPLIED] = "replied",
	[NOTICE_MESSAGE] = "message",
};

static void
kind_free(gpointer data)
{
	Kind *kind = data;

	for (size_t i = 0; i < KIND_LAST; i++)
		pattern_list_free(kind->lists[i]);
	g_free(kind->name);
	g_free(kind);
}

static void
profile_free(gpointer data)
{
	ProfileForm *form = data;

	pattern_list_free(form->links);
	g_free(form->url);
	g_free(form);
}

static void
field_free(gpointer data)
{
	FieldClaim *field = data;

	g_free(field->name);
	pattern_free(field->value);
	g_free(field);
}

Network *
network_new(const Keyfile *file)
{
	Network *network = g_new0(Network, 1);

	network->file = file;
	for (size_t i = 0; i < NETWORK_LIST_LAST; i++)
		network->lists[i] = pattern_list_new();
	network->domains = g_new0(char *, 1);
	network->signers = g_new0(char *, 1);
	network->brands = g_new0(char *, 1);
	network->senders = g_new0(char *, 1);
	network->excepted = g_new0(char *, 1);
	network->hosts = g_new0(char *, 1);
	network->mailboxes = g_new0(char *, 1);
	network->is_seen = true;
	network->fields = g_ptr_array_new_with_free_func(field_free);
	network->kinds = g_ptr_array_new_with_free_func(kind_free);
	network->profiles = g_ptr_array_new_with_free_func(profile_free);

	return network;
}

void
network_free(Network *network)
{
	if (network == NULL)
		return;

	for (size_t i = 0; i < NETWORK_LIST_LAST; i++)
		pattern_list_free(network->lists[i]);
	g_ptr_array_unref(network->kinds);
	g_ptr_array_unref(network->profiles);
	g_ptr_array_unref(network->fields);
	g_strfreev(network->domains);
	g_strfreev(network->signers);
	g_strfreev(network->brands);
	g_strfreev(network->senders);
	g_strfreev(network->excepted);
	g_strfreev(network->hosts);
	g_strfreev(network->mailboxes);
	g_free(network->name);
	g_free(network->title);
	g_free(network->page);
	g_free(network->field);
	g_free(network);
}

bool
network_owns_domain(const Network *network, const char *domain)
{
	return address_is_under_any(domain, (const char *const *)network->domains);
}

bool
network_owns_author(const Network *network, const Mailbox *author)
{
	return network_owns_domain(network, author->domain) ||
	       g_strv_contains((const char *const *)network->senders, author->address);
}

bool
network_gives_address(const Network *network, const char *name)
{
	g_auto(GStrv) words = g_strsplit_set(name, " '\"<>()[]", -1);

	for (size_t i = 0; words[i] != NULL; i++) {
		g_autofree char *lower = g_ascii_strdown(words[i], -1);
		const char *domain = address_domain(lower);

		if (domain != NULL && network_owns_domain(network, domain))
			return true;
	}

	return false;
}

bool
network_signs(const Network *network, const char *domain)
{
	return network_owns_domain(network, domain) ||
	       address_is_under_any(domain, (const char *const *)network->signers);
}

bool
network_owns_url(const Network *network, const char *url)
{
	g_autofree char *host = url_host(url);

	return host != NULL && network_owns_domain(network, host);
}

Lookalike
network_lookalike(const Network *network, const char *domain)
{
	Lookalike most = LOOKALIKE_NOT, found;

	if (network_signs(network, domain))
		return LOOKALIKE_NOT;
	for (size_t i = 0; network->brands[i] != NULL; i++) {
		found = lookalike_of(domain, network->brands[i]);
		most = MAX(most, found);
	}

	return most;
}

bool
network_is_disguised(const Network *network, const Folded *name)
{
	for (size_t i = 0; network->brands[i] != NULL; i++)
		if (lookalike_in_text(name, network->brands[i]))
			return true;

	return false;
}

static bool
is_within(const Folded *folded, size_t place, const PatternHit *hit)
{
	return folded->offsets[place] >= hit->start && folded->offsets[place] < hit->end;
}

static bool
has_colon(const Folded *folded, const PatternHit *hit)
{
	for (size_t i = 0; i < folded->length; i++)
		if (folded->chars[i] == ':' && is_within(folded, i, hit))
			return true;

	return false;
}

const PatternListEntry *
network_subject_fitting(const PatternList *list, const Folded *subject)
{
	PatternHit hits[HOLE_LAST];
	const PatternListEntry *phrase = pattern_list_fitting(list, subject, hits);

	if (phrase == NULL || has_colon(subject, &hits[HOLE_INVITER]) ||
	    has_colon(subject, &hits[HOLE_RECIPIENT]) ||
	    has_colon(subject, &hits[HOLE_COMPANY]))
		return NULL;

	return phrase;
}

/* Words that nobody read in its mail claim nothing: its senders alone do. */
static bool
claims_by_subject(const Network *network, const Folded *subject)
{
	for (size_t i = 0; network->is_seen && i < network->kinds->len; i++) {
		const Kind *kind = network->kinds->pdata[i];

		if (kind->request != REQUEST_NONE &&
		    network_subject_fitting(kind->lists[KIND_SUBJECT], subject) != NULL)
			return true;
	}

	return false;
}

static bool
claims_by_sender(const Network *network, const Claim *claim)
{
	for (size_t i = 0; i < claim->n_addresses; i++) {
		const char *domain = claim->addresses[i].domain;

		if (network_owns_domain(network, domain) ||
		    network_lookalike(network, domain) != LOOKALIKE_NOT)
			return true;
	}
	for (size_t i = 0; i < claim->n_senders; i++)
		if (pattern_list_fitting(network->lists[NETWORK_LIST_CLAIM_NAME],
					 &claim->senders[i], NULL) != NULL ||
		    network_is_disguised(network, &claim->senders[i]))
			return true;

	return false;
}

bool
network_field_claim_fits(const FieldClaim *field, const Head *head)
{
	const char *value = head_get(head, field->name);
	g_auto(Folded) folded = { 0 };

	if (value == NULL || field->value == NULL)
		return value != NULL;
	folded_init(&folded, value);

	return pattern_fits(field->value, &folded, NULL);
}

/* Does the head have a field that only the network writes? */
static bool
has_own_field(const Network *network, const Head *head)
{
	for (size_t i = 0; i < network->fields->len; i++)
		if (network_field_claim_fits(network->fields->pdata[i], head))
			return true;

	return false;
}

static bool
has_address(const Claim *claim, ClaimField field, char *const *addresses)
{
	for (size_t i = 0; i < claim->n_addresses; i++)
		if (claim->addresses[i].field == field &&
		    g_strv_contains((const char *const *)addresses,
				    claim->addresses[i].text))
			return true;

	return false;
}

bool
network_has_own_trait(const Network *network, const Head *head, const Folded *message_id)
{
	return pattern_list_fitting(network->lists[NETWORK_LIST_CLAIM_MESSAGE_ID],
				    message_id, NULL) != NULL ||
	       has_own_field(network, head);
}

static bool
claims_by_mark(const Network *network, const Claim *claim)
{
	return network_has_own_trait(network, claim->head, &claim->message_id) ||
	       has_address(claim, CLAIM_SENDER, network->senders) ||
	       has_address(claim, CLAIM_FROM, network->senders);
}

/* Every address, so that one in a display name excepts nothing. */
static bool
is_excepted(const Network *network, const Claim *claim)
{
	size_t authors = 0;

	for (size_t i = 0; i < claim->n_addresses; i++) {
		const ClaimAddress *address = &claim->addresses[i];

		if (address->field != CLAIM_FROM)
			continue;
		if (!g_strv_contains((const char *const *)network->excepted,
				     address->text))
			return false;
		authors++;
	}

	return authors > 0;
}

/* Hosts that mail everything may have mailed a meeting request, and no answer is one. */
static bool
claims_by_new_message_id(const Network *network, const Claim *claim)
{
	return pattern_list_fitting(network->lists[NETWORK_LIST_CLAIM_NEW_MESSAGE_ID],
				    &claim->message_id, NULL) != NULL &&
	       head_get(claim->head, "In-Reply-To") == NULL &&
	       head_get(claim->head, "References") == NULL;
}

bool
network_claims(const Network *network, const Claim *claim)
{
	return !is_excepted(network, claim) &&
	       (claims_by_sender(network, claim) ||
		claims_by_subject(network, &claim->subject) ||
		claims_by_mark(network, claim) ||
		claims_by_new_message_id(network, claim));
}

bool
network_has_link(const Network *network, const Reading *reading, const PatternList *list)
{
	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);

			if (network_owns_domain(network, link->host) &&
			    reading_link_fitting(list, link, NULL) != NULL)
				return true;
		}

	return false;
}

static bool
is_request(const Kind *kind)
{
	return kind != NULL && kind->request != REQUEST_NONE;
}

/* A machine of the network's mailed it for the author, says Sender. */
static bool
has_own_sender(const Network *network, const Claim *claim)
{
	for (size_t i = 0; i < claim->n_addresses; i++)
		if (claim->addresses[i].field == CLAIM_SENDER &&
		    network_owns_domain(network, claim->addresses[i].domain))
			return true;

	return false;
}

/* Does the author's name begin with the words that stood in the hole? */
static bool
is_author(const Reading *reading, const PatternHit *hit)
{
	const Folded *subject = &reading->folded_subject,
		     *author = &reading->folded_author;
	size_t length = 0;

	for (size_t i = 0; i < subject->length; i++) {
		if (!is_within(subject, i, hit))
			continue;
		if (length == author->length ||
		    author->chars[length] != subject->chars[i])
			return false;
		length++;
	}

	return length == 0 || length == author->length || author->chars[length] == ' ';
}

/*
 * A request in the inviter's own name and from an own address, as LinkedIn mailed to
 * guests until 2013?  Somebody else quotes it, or passes it on.
 */
static bool
is_from_inviter(const Network *network, const Reading *reading)
{
	const Kind *kind = network_kind_by(network, reading, KIND_SUBJECT);
	PatternHit hits[HOLE_LAST];

	return network->is_seen && is_request(kind) && !reading_is_answer(reading) &&
	       pattern_list_fitting(kind->lists[KIND_SUBJECT], &reading->folded_subject,
				    hits) &&
	       is_author(reading, &hits[HOLE_INVITER]);
}

bool
network_sent(const Network *network, const Claim *claim, const Reading *reading,
	     const Kind *kind)
{
	const char *domain = message_author(reading->message)->domain;

	/*
	 * No network mails without an author, or with two: forged, unless it is signed.
	 * Anybody's calendar does.
	 */
	if (domain[0] == '\0' && !network_kind_is_calendar(kind))
		return is_request(kind) && !reading_is_answer(reading) &&
		       network_has_link(network, reading,
					network->lists[NETWORK_LIST_ACCEPT]);
	if (network_owns_domain(network, domain))
		return true;

	if (claims_by_mark(network, claim) ||
	    (network_kind_is_calendar(kind) && claims_by_new_message_id(network, claim)))
		return true;

	return is_request(kind) &&
	       (has_own_sender(network, claim) || is_from_inviter(network, reading) ||
		list_address_passes_on(reading->message, network)) &&
	       network_has_link(network, reading, network->lists[NETWORK_LIST_ACCEPT]);
}

size_t
network_patterns(const Network *network)
{
	size_t count = network->fields->len;

	for (size_t i = 0; i < NETWORK_LIST_LAST; i++)
		count += pattern_list_length(network->lists[i]);
	for (size_t i = 0; i < network->kinds->len; i++)
		for (size_t level = 0; level < KIND_LAST; level++)
			count += pattern_list_length(
			    ((const Kind *)network->kinds->pdata[i])->lists[level]);
	for (size_t i = 0; i < network->profiles->len; i++)
		count += pattern_list_length(
		    ((const ProfileForm *)network->profiles->pdata[i])->links);

	return count;
}

const char *
network_reply_hint(const Network *network, const char *language)
{
	for (size_t i = 0; network->file != NULL && i < keyfile_length(network->file);
	     i++) {
		const KeyfileEntry *entry = keyfile_entry(network->file, i);

		if (g_str_equal(entry->key, "reply-hint") &&
		    g_strcmp0(entry->language, language) == 0)
			return entry->value;
	}

	return NULL;
}

const char *
network_request_name(Request request)
{
	return requests[request];
}

const char *const *
network_request_names(void)
{
	return requests;
}

const char *
network_notice_name(Notice notice)
{
	return notices[notice];
}

const char *const *
network_notice_names(void)
{
	return notices;
}

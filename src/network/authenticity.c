/* SPDX-License-Identifier: BSD-2-Clause */
/* authenticity.c - did the network send it? */

#include "config.h"

#include <string.h>

#include "text/folded.h"
#include "text/text.h"
#include "network/authenticity.h"
#include "network/change.h"
#include "network/network-kind.h"
#include "network/unknown-gateway.h"
#include "network/ways.h"
#include "mail/results.h"

/* A name with fewer characters may be a person's. */
#define DISTINCT_MIN 5

/* Is the author's domain the network's, or has its name in it, plain or in disguise? */
static bool
has_name_in_domain(const Network *network, const Reading *reading)
{
	const Mailbox *author = message_author(reading->message);
	Lookalike how = network_lookalike(network, author->domain);

	return network_owns_author(network, author) || how == LOOKALIKE_WITHIN ||
	       how == LOOKALIKE_SAME;
}

/*
 * Is the name one that the network's mail has: its own, or the inviter's via it?
 * People are called Xing, too, and sign by letters: the shortest names are the
 * network's only where the mail asks something, or the domain says it, too.
 */
static bool
has_network_name(const Network *network, const Reading *reading, bool is_request)
{
	const Folded *name = &reading->folded_author;

	if (pattern_list_fitting(network->lists[NETWORK_LIST_AUTHOR_SELF], name, NULL) ==
		NULL &&
	    pattern_list_fitting(network->lists[NETWORK_LIST_AUTHOR], name, NULL) == NULL)
		return false;

	return name->length >= DISTINCT_MIN || is_request ||
	       has_name_in_domain(network, reading);
}

/* title: the network's, folded. */
static bool
says_name(const Network *network, const Folded *title, const Folded *text)
{
	return pattern_list_fitting(network->lists[NETWORK_LIST_CLAIM_NAME], text,
				    NULL) != NULL ||
	       folded_has_words(text, title);
}

/*
 * A link to a profile, as in a signature or below a newsletter, is no word of the
 * mail, nor is what it quotes.
 */
static bool
is_wording(const ReadingLine *line)
{
	return line->url == NULL && !line->is_link && !reading_is_quoted(line);
}

/* Does any line, or the subject, name the network? */
static bool
names_network(const Network *network, const Reading *reading)
{
	g_auto(Folded) title = { 0 };

	folded_init(&title, network->title);
	if (says_name(network, &title, &reading->folded_subject))
		return true;
	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->lines[part]->len; i++) {
			const ReadingLine *line =
			    &g_array_index(reading->lines[part], ReadingLine, i);

			if (is_wording(line) && says_name(network, &title, &line->folded))
				return true;
		}

	return false;
}

/* Is the line one of the kind's own, or one of the network's that names it? */
static bool
is_own_line(const Network *network, const Kind *kind, const Folded *title,
	    const ReadingLine *line)
{
	static const NetworkList own[] = { NETWORK_LIST_FRAME, NETWORK_LIST_START,
					   NETWORK_LIST_END };

	if (!is_wording(line))
		return false;
	if (pattern_list_fitting(kind->lists[KIND_LINE], &line->folded, NULL) != NULL)
		return true;
	/* The name alone stands below many mails, beside others'. */
	if (!says_name(network, title, &line->folded) ||
	    folded_same(&line->folded, title))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
		if (pattern_list_fitting(network->lists[own[i]], &line->folded, NULL) !=
		    NULL)
			return true;

	return false;
}

/*
 * Is it worded as the network's requests are?  "Follow us on" below a club's
 * invitation is no such word, nor is a subject that anybody may write.
 */
static bool
is_worded(const Network *network, const Reading *reading, const Kind *kind)
{
	g_auto(Folded) title = { 0 };

	folded_init(&title, network->title);
	if (network_kind_by(network, reading, KIND_SUBJECT) != NULL &&
	    says_name(network, &title, &reading->folded_subject))
		return true;
	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->lines[part]->len; i++)
			if (is_own_line(
				network, kind, &title,
				&g_array_index(reading->lines[part], ReadingLine, i)))
				return true;

	return false;
}

/*
 * Does the author's domain look like the network's?  One that is a letter off may be
 * another word, and one with the network's name in it a fan's: the mail has to name
 * the network, too.
 */
static bool
has_likeness(const Network *network, const Reading *reading)
{
	Lookalike how =
	    network_lookalike(network, message_author(reading->message)->domain);

	return how == LOOKALIKE_SAME ||
	       (how != LOOKALIKE_NOT && names_network(network, reading));
}

/* Does its author say that the mail is the network's, by name or by domain? */
static bool
poses_by_author(const Network *network, const Reading *reading, bool is_request)
{
	const Mailbox *author = message_author(reading->message);

	return has_network_name(network, reading, is_request) ||
	       (is_request && (network_owns_author(network, author) ||
			       network_gives_address(network, author->name) ||
			       has_likeness(network, reading)));
}

/*
 * Does it act the network's part, by its author or by its words?  A mail that only
 * quotes a request, or answers one, has links of its own.
 */
static bool
poses_as_network(const Network *network, const Reading *reading, const Kind *kind)
{
	return poses_by_author(network, reading, true) ||
	       (network->is_seen && !reading_is_answer(reading) &&
		is_worded(network, reading, kind));
}

/*
 * Is it from the domain of a network whose mail nobody read?  Its labels are a guess,
 * so a link that leads away may be a partner's, or count the clicks.
 */
static bool
has_unread_labels(const Network *network, const Reading *reading)
{
	return !network->is_seen &&
	       network_owns_author(network, message_author(reading->message));
}

/*
 * A mail of the network does not lead away.  The links of an event are its
 * organizer's, and a mail that only quotes a request, or answers one, has links
 * of its own.
 */
static bool
is_led_elsewhere(const Network *network, const Reading *reading, const Kind *kind,
		 const Ways *ways)
{
	bool is_request = kind != NULL && kind->request != REQUEST_NONE;

	if (network_kind_is_calendar(kind) || has_unread_labels(network, reading))
		return false;
	if (poses_by_author(network, reading, is_request))
		return ways_lead_elsewhere(ways,
					   is_request && !ways_were_changed(reading));

	return network->is_seen && is_request && ways_lead_elsewhere(ways, false) &&
	       !reading_is_answer(reading) && is_worded(network, reading, kind);
}

static bool
claims_to_be_network(const Network *network, const Reading *reading, bool is_request)
{
	return network_owns_author(network, message_author(reading->message)) ||
	       poses_by_author(network, reading, is_request) ||
	       (is_request && names_network(network, reading));
}

/* Is what was signed what we and the reader see? */
static bool
is_as_signed(const Network *network, const Reading *reading,
	     G_GNUC_UNUSED bool is_request)
{
	const Head *head = message_head(reading->message);

	return results_cover(head) &&
	       (network->field == NULL || head_count(head, network->field) <= 1);
}

/*
 * What a result about the network's domain means; the first that is there decides.
 * Networks sign twice: a signature that fails tells nothing where another one may
 * have held.  A mail has one author, and one result of DMARC.
 */
static const struct {
	const char *method, *result;
	const char *despite; /* beside such a result it says nothing */
	bool (*counts)(const Network *network, const Reading *reading, bool is_request);
	Authenticity authenticity;
	const char *reason;
} meanings[] = {
	{ "dkim", "pass", NULL, is_as_signed, AUTHENTICITY_VERIFIED, "verified:dkim" },
	{ "dkim", "fail", RESULTS_UNREADABLE, claims_to_be_network, AUTHENTICITY_FORGED,
	  "forged:dkim-fail" },
	{ "dmarc", "fail", NULL, claims_to_be_network, AUTHENTICITY_FORGED,
	  "forged:dmarc-fail" },
};

/*
 * What the verifiers that are trusted say; reason_out is untouched where it is nothing.
 * change_out: what makes a failure nothing.
 */
static Authenticity
authenticity_by_results(const Network *network, const Reading *reading,
			const Trust *trust, bool is_request, char **reason_out,
			Change *change_out)
{
	g_autoptr(GPtrArray) fields =
	    results_trusted(message_head(reading->message), trust->names);

	for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++) {
		const char *domain = change_domain_with(
		    network, fields, meanings[i].method, meanings[i].result);
		g_autofree char *signer = NULL;

		if (domain == NULL ||
		    (meanings[i].despite != NULL &&
		     change_domain_with(network, fields, meanings[i].method,
					meanings[i].despite) != NULL))
			continue;
		if (!meanings[i].counts(network, reading, is_request))
			break;
		if (meanings[i].authenticity == AUTHENTICITY_FORGED)
			*change_out = change_of(network, reading, fields, trust);
		if (*change_out != CHANGE_NONE)
			break;
		signer = text_token(domain, strlen(domain));
		*reason_out = meanings[i].authenticity == AUTHENTICITY_VERIFIED
				  ? g_strdup_printf("%s %s", meanings[i].reason, signer)
				  : g_strdup(meanings[i].reason);
		return meanings[i].authenticity;
	}

	return AUTHENTICITY_UNVERIFIED;
}

/* Did one of its hosts hand the mail in?  Then the token that says so. */
static char *
verified_by_client(const Network *network, const char *client)
{
	g_auto(Folded) folded = { 0 };
	g_autofree char *host = NULL;

	if (client == NULL)
		return NULL;
	folded_init(&folded, client);
	if (pattern_list_fitting(network->lists[NETWORK_LIST_CLIENT], &folded, NULL) ==
	    NULL)
		return NULL;
	host = text_token(client, strlen(client));

	return g_strconcat("verified:client ", host, NULL);
}

/* The network's name in letters that only look like its own. */
static bool
is_in_disguise(const Network *network, const Reading *reading)
{
	return network_is_disguised(network, &reading->folded_author) &&
	       !network_owns_domain(network, message_author(reading->message)->domain);
}

/* A domain in disguise, and some part of the act. */
static bool
is_disguised_domain(const Network *network, const Reading *reading, const Kind *kind)
{
	Lookalike how =
	    network_lookalike(network, message_author(reading->message)->domain);

	if (how < LOOKALIKE_CLOSE)
		return false;
	if (has_network_name(network, reading, kind != NULL))
		return true;

	/* All calendars use the same methods: that is no network's word. */
	return kind != NULL &&
	       (how == LOOKALIKE_SAME || !network_kind_is_calendar(kind)) &&
	       has_likeness(network, reading);
}

/* From elsewhere in the network's very name, and nothing leads to the network. */
static bool
is_in_their_name(const Network *network, const Reading *reading, const Ways *ways)
{
	const char *domain = message_author(reading->message)->domain;

	return pattern_list_fitting(network->lists[NETWORK_LIST_AUTHOR_SELF],
				    &reading->folded_author, NULL) != NULL &&
	       domain[0] != '\0' && !network_signs(network, domain) &&
	       ways->all[WAY_HOME] == 0 && ways->all[WAY_HIDDEN] == 0 &&
	       !ways_were_changed(reading);
}

/* The token for a mail whose very words or links forge it, or NULL. */
static const char *
forged_by_links(const Network *network, const Reading *reading, const Kind *kind,
		const Ways *ways, UnknownGateway gateway)
{
	bool is_request = kind != NULL && kind->request != REQUEST_NONE;

	if (gateway == UNKNOWN_GATEWAY_NONE &&
	    is_led_elsewhere(network, reading, kind, ways))
		return "forged:links-elsewhere";
	/* A network asks for it on its own page alone. */
	if (reading->asks_password && !reading_is_answer(reading) &&
	    poses_by_author(network, reading, is_request))
		return "forged:asks-password";
	if (!is_request || network_kind_is_calendar(kind))
		return NULL;
	/* Nobody, two authors or a group, where the answer leads to the network. */
	if (message_author(reading->message)->domain[0] == '\0' &&
	    ways->accept[WAY_HOME] > 0 && !reading_is_answer(reading) &&
	    !ways_were_changed(reading))
		return "forged:no-author";

	return is_in_their_name(network, reading, ways) ? "forged:display-name" : NULL;
}

/* Why a request is in doubt, or NULL.  Lists add no links to one; phishers have to. */
static const char *
doubt_of(const Network *network, const Reading *reading, const Kind *kind,
	 const Ways *ways, const Ways parts[READING_LAST], Change change)
{
	if (change == CHANGE_MAYBE)
		return "arc:stranger";
	if (change == CHANGE_CLAIMED && ways->all[WAY_AWAY] > 0)
		return "failed:changed";
	if (ways_are_apart(parts) ||
	    (has_unread_labels(network, reading) && ways_lead_elsewhere(ways, true)))
		return "links:elsewhere";

	return poses_as_network(network, reading, kind)
		   ? ways_doubt(ways, network, reading)
		   : NULL;
}

void
authenticity_find(AuthenticityProof *proof_out, const Network *network,
		  const Reading *reading, const Kind *kind, const Trust *trust)
{
	bool is_request = kind != NULL && kind->request != REQUEST_NONE;
	UnknownGateway gateway;
	g_autofree char *by_results = NULL;
	const char *forged = is_in_disguise(network, reading) ? "forged:look-alike-name"
			     : is_disguised_domain(network, reading, kind)
				 ? "forged:look-alike-domain"
				 : NULL;
	Authenticity found = AUTHENTICITY_FORGED;
	Change change = CHANGE_NONE;
	Ways ways, parts[READING_LAST];

	*proof_out = (AuthenticityProof){ 0 };
	if (forged == NULL)
		found = authenticity_by_results(network, reading, trust, is_request,
						&by_results, &change);
	if (found == AUTHENTICITY_VERIFIED) {
		proof_out->authenticity = found;
		proof_out->reason = g_steal_pointer(&by_results);
		return;
	}

	ways = ways_of(network, reading, parts);
	gateway = unknown_gateway_of(network, reading, parts);
	if (forged == NULL)
		forged = forged_by_links(network, reading, kind, &ways, gateway);
	/* A gateway that changes links breaks signatures. */
	if (forged != NULL ||
	    (found == AUTHENTICITY_FORGED && gateway != UNKNOWN_GATEWAY_LIKELY)) {
		proof_out->authenticity = AUTHENTICITY_FORGED;
		proof_out->reason =
		    forged != NULL ? g_strdup(forged) : g_steal_pointer(&by_results);
		return;
	}

	proof_out->reason = verified_by_client(network, trust->client);
	if (proof_out->reason != NULL) {
		proof_out->authenticity = AUTHENTICITY_VERIFIED;
		return;
	}
	if (!is_request || network_kind_is_calendar(kind))
		return;
	proof_out->reason =
	    g_strdup(gateway != UNKNOWN_GATEWAY_NONE
			 ? "links:rewritten"
			 : doubt_of(network, reading, kind, &ways, parts, change));
	proof_out->has_doubtful_links = proof_out->reason != NULL;
}

void
authenticity_proof_clear(AuthenticityProof *proof)
{
	g_clear_pointer(&proof->reason, g_free);
}

const char *
authenticity_name(Authenticity authenticity)
{
	static const char *const names[AUTHENTICITY_LAST] = {
		[AUTHENTICITY_UNVERIFIED] = "unverified",
		[AUTHENTICITY_VERIFIED] = "verified",
		[AUTHENTICITY_FORGED] = "forged",
	};

	return names[authenticity];
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* network.c - which network's mail is it, and what kind of mail? */

#include <string.h>

#include "judge/network.h"
#include "mail/encoded.h"
#include "mail/mailbox.h"
#include "mail/url.h"

/* Fields whose addresses say who mails; a list rewrites From and keeps the author elsewhere. */
static const char *const sender_fields[] = { "From", "Sender", "Reply-To" };

const Phrase *
phrase_fitting(const GArray *list, const Folded *folded, PatternHit *hits_out)
{
	for (size_t i = 0; i < list->len; i++) {
		const Phrase *phrase = &g_array_index(list, Phrase, i);

		if (pattern_fits(phrase->pattern, folded, hits_out))
			return phrase;
	}

	return NULL;
}

static const Phrase *
phrase_fitting_text(const GArray *list, const char *text)
{
	g_auto(Folded) folded;

	folded_init(&folded, text);

	return phrase_fitting(list, &folded, NULL);
}

bool
network_owns_domain(const Network *network, const char *domain)
{
	for (size_t i = 0; network->domains[i] != NULL; i++)
		if (domain_is_under(domain, network->domains[i]))
			return true;

	return false;
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

	if (network_owns_domain(network, domain))
		return LOOKALIKE_NOT;
	for (size_t i = 0; network->domains[i] != NULL; i++) {
		found = lookalike_of(domain, network->domains[i]);
		most = MAX(most, found);
	}

	return most;
}

/* Any address in a raw field whose domain is the network's? Errs towards yes. */
static bool
has_own_address(const Network *network, const char *raw)
{
	for (const char *at = strchr(raw, '@'); at != NULL; at = strchr(at + 1, '@')) {
		size_t length = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz0123456789.-"
					       "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		g_autofree char *domain = g_ascii_strdown(at + 1, (gssize)length);

		if (network_owns_domain(network, domain) ||
		    network_lookalike(network, domain) != LOOKALIKE_NOT)
			return true;
	}

	return false;
}

static bool
claims_by_subject(const Network *network, const char *raw)
{
	g_autofree char *subject = encoded_decode(raw);
	g_auto(Folded) folded;

	folded_init(&folded, subject_without_tags(subject));
	for (size_t i = 0; i < network->kinds->len; i++) {
		const Kind *kind = network->kinds->pdata[i];

		if (kind->request != REQUEST_NONE &&
		    phrase_fitting(kind->lists[KIND_SUBJECT], &folded, NULL) != NULL)
			return true;
	}

	return false;
}

static bool
claims_by_author(const Network *network, const char *raw)
{
	g_autofree char *decoded = encoded_decode(raw);

	return has_own_address(network, raw) ||
	       phrase_fitting_text(network->lists[LIST_CLAIM_NAME], decoded) != NULL;
}

static bool
claims_by_field_name(const Network *network, const char *name)
{
	const GArray *list = network->lists[LIST_CLAIM_FIELD];

	for (size_t i = 0; i < list->len; i++)
		if (g_ascii_strcasecmp(
			pattern_text(g_array_index(list, Phrase, i).pattern), name) == 0)
			return true;

	return false;
}

bool
network_claims(const Network *network, const Head *head)
{
	for (size_t i = 0; i < head_length(head); i++) {
		const char *name = head_name(head, i), *value = head_value(head, i);

		for (size_t j = 0; j < G_N_ELEMENTS(sender_fields); j++)
			if (g_ascii_strcasecmp(name, sender_fields[j]) == 0 &&
			    claims_by_author(network, value))
				return true;
		if (g_ascii_strcasecmp(name, "Subject") == 0 &&
		    claims_by_subject(network, value))
			return true;
		if (g_ascii_strcasecmp(name, "Message-ID") == 0 &&
		    phrase_fitting_text(network->lists[LIST_CLAIM_MESSAGE_ID], value) != NULL)
			return true;
		if (claims_by_field_name(network, name))
			return true;
	}

	return false;
}

/* The kind that lists this text at this level of evidence, or NULL. */
static const Kind *
kind_of_folded(const Network *network, KindList level, const Folded *folded)
{
	for (size_t i = 0; i < network->kinds->len; i++) {
		const Kind *kind = network->kinds->pdata[i];

		if (phrase_fitting(kind->lists[level], folded, NULL) != NULL)
			return kind;
	}

	return NULL;
}

static const Kind *
kind_of_template(const Network *network, const char *template)
{
	g_auto(Folded) folded;

	folded_init(&folded, template);

	return kind_of_folded(network, KIND_TEMPLATE, &folded);
}

/* The template's name stands in a field of the head, or in every link. */
static const Kind *
kind_by_template(const Network *network, const Reading *reading)
{
	g_autofree char *field = network->field != NULL
				     ? message_field(reading->message, network->field)
				     : NULL;
	PatternHit hits[HOLE_LAST];
	const Kind *kind;

	if (field != NULL && (kind = kind_of_template(network, field)) != NULL)
		return kind;

	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			const ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);
			const PatternHit *hit = &hits[HOLE_TEMPLATE];
			g_autofree char *name = NULL;

			if (!network_owns_url(network, link->url) ||
			    phrase_fitting(network->lists[LIST_TEMPLATE],
					   &link->folded_url, hits) == NULL)
				continue;
			name = g_strndup(link->url + hit->start, hit->end - hit->start);
			if ((kind = kind_of_template(network, name)) != NULL)
				return kind;
		}

	return NULL;
}

static const Kind *
kind_by_line(const Network *network, const Reading *reading)
{
	for (size_t k = 0; k < network->kinds->len; k++) {
		const Kind *kind = network->kinds->pdata[k];

		for (size_t part = 0; part < READING_LAST; part++)
			for (size_t i = 0; i < reading->lines[part]->len; i++)
				if (phrase_fitting(kind->lists[KIND_LINE],
						   &g_array_index(reading->lines[part],
								  ReadingLine, i)
							.folded,
						   NULL) != NULL)
					return kind;
	}

	return NULL;
}

/* Does one of the network's own links fit the list? */
static bool
has_link(const Network *network, const Reading *reading, const GArray *list)
{
	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			const ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);

			if (phrase_fitting(list, &link->folded_url, NULL) != NULL &&
			    network_owns_url(network, link->url))
				return true;
		}

	return false;
}

static const Kind *
kind_by_link(const Network *network, const Reading *reading)
{
	for (size_t i = 0; i < network->kinds->len; i++) {
		const Kind *kind = network->kinds->pdata[i];

		if (has_link(network, reading, kind->lists[KIND_LINK]))
			return kind;
	}

	return NULL;
}

const Kind *
network_kind(const Network *network, const Reading *reading)
{
	const Mailbox *author = message_author(reading->message);
	const Kind *kind = kind_by_template(network, reading);

	if (kind == NULL)
		kind = kind_by_line(network, reading);
	if (kind == NULL)
		kind = kind_by_link(network, reading);
	if (kind == NULL)
		kind = kind_of_folded(network, KIND_SUBJECT, &reading->folded_subject);
	if (kind == NULL && network_owns_domain(network, author->domain))
		kind = kind_of_folded(network, KIND_FROM, &reading->folded_address);

	return kind;
}

bool
network_sent(const Network *network, const Reading *reading, const Kind *kind)
{
	const Head *head = message_head(reading->message);

	const char *domain = message_author(reading->message)->domain;

	/* No network mails without an author, or with two. */
	if (domain[0] == '\0')
		return false;
	if (network_owns_domain(network, domain))
		return true;

	for (size_t i = 0; i < head_length(head); i++)
		if (claims_by_field_name(network, head_name(head, i)) ||
		    (g_ascii_strcasecmp(head_name(head, i), "Message-ID") == 0 &&
		     phrase_fitting_text(network->lists[LIST_CLAIM_MESSAGE_ID],
					 head_value(head, i)) != NULL))
			return true;

	return kind != NULL && kind->request != REQUEST_NONE &&
	       has_link(network, reading, network->lists[LIST_ACCEPT]);
}

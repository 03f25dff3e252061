/* SPDX-License-Identifier: BSD-2-Clause */
/* claim-index.c - could any network have sent a mail with this head? */

#include "config.h"

#include <string.h>

#include "network/claim-index.h"

struct ClaimIndex {
	const Networks *networks; /* borrowed, as all that the tables hold */
	GHashTable *domains;      /* → Network, as the next two */
	GHashTable *senders;
	GHashTable *excepted;
	GHashTable *fields; /* names, in any case → GPtrArray of FieldClaim */
	Lookalikes *brands;
	PatternList *names;    /* lent by the networks, as the next two */
	PatternList *subjects; /* of kinds that ask */
	PatternList *message_ids;
};

static guint
field_hash(gconstpointer key)
{
	guint hash = 5381;

	for (const char *c = key; *c != '\0'; c++)
		hash = hash * 33 + (guint)g_ascii_tolower(*c);

	return hash;
}

static gboolean
field_equal(gconstpointer a, gconstpointer b)
{
	return g_ascii_strcasecmp(a, b) == 0;
}

/* A word that two networks have maps to the table instead of a network. */
static void
add_words(GHashTable *table, char **words, const Network *network)
{
	for (size_t i = 0; words[i] != NULL; i++)
		g_hash_table_insert(table, words[i],
				    g_hash_table_contains(table, words[i])
					? (gpointer)table
					: (gpointer)network);
}

static void
add_field(GHashTable *fields, FieldClaim *field)
{
	GPtrArray *claims = g_hash_table_lookup(fields, field->name);

	if (claims == NULL) {
		claims = g_ptr_array_new();
		g_hash_table_insert(fields, field->name, claims);
	}
	g_ptr_array_add(claims, field);
}

static void
add_network(ClaimIndex *index, const Network *network)
{
	add_words(index->domains, network->domains, network);
	add_words(index->senders, network->senders, network);
	add_words(index->excepted, network->excepted, network);
	for (size_t i = 0; network->brands[i] != NULL; i++)
		lookalikes_add(index->brands, network->brands[i], network);
	for (size_t i = 0; i < network->fields->len; i++)
		add_field(index->fields, network->fields->pdata[i]);
	pattern_list_lend(index->names, network->lists[NETWORK_LIST_CLAIM_NAME]);
	pattern_list_lend(index->message_ids,
			  network->lists[NETWORK_LIST_CLAIM_MESSAGE_ID]);
	pattern_list_lend(index->message_ids,
			  network->lists[NETWORK_LIST_CLAIM_NEW_MESSAGE_ID]);
	for (size_t i = 0; i < network->kinds->len; i++) {
		const Kind *kind = network->kinds->pdata[i];

		if (network->is_seen && kind->request != REQUEST_NONE)
			pattern_list_lend(index->subjects, kind->lists[KIND_SUBJECT]);
	}
}

ClaimIndex *
claim_index_new(const Networks *networks)
{
	ClaimIndex *index = g_new0(ClaimIndex, 1);

	index->networks = networks;
	index->domains = g_hash_table_new(g_str_hash, g_str_equal);
	index->senders = g_hash_table_new(g_str_hash, g_str_equal);
	index->excepted = g_hash_table_new(g_str_hash, g_str_equal);
	index->fields = g_hash_table_new_full(field_hash, field_equal, NULL,
					      (GDestroyNotify)g_ptr_array_unref);
	index->brands = lookalikes_new();
	index->names = pattern_list_new();
	index->subjects = pattern_list_new();
	index->message_ids = pattern_list_new();
	for (size_t i = 0; i < networks_length(networks); i++)
		add_network(index, networks_get(networks, i));

	return index;
}

void
claim_index_free(ClaimIndex *index)
{
	if (index == NULL)
		return;

	g_hash_table_unref(index->domains);
	g_hash_table_unref(index->senders);
	g_hash_table_unref(index->excepted);
	g_hash_table_unref(index->fields);
	lookalikes_free(index->brands);
	pattern_list_free(index->names);
	pattern_list_free(index->subjects);
	pattern_list_free(index->message_ids);
	g_free(index);
}

/* The network whose mail from this author never invites: the others are asked. */
static const Network *
network_excepting(const ClaimIndex *index, const Claim *claim)
{
	const Network *excepting = NULL;

	for (size_t i = 0; i < claim->n_addresses; i++) {
		const ClaimAddress *address = &claim->addresses[i];
		const Network *network;

		if (address->field != CLAIM_FROM)
			continue;
		network = g_hash_table_lookup(index->excepted, address->text);
		if (network == NULL || (excepting != NULL && network != excepting))
			return NULL;
		excepting = network;
	}

	return excepting;
}

/* The domain, or one that it is under. */
static bool
knows_domain(const ClaimIndex *index, const char *domain, const Network *but)
{
	while (domain != NULL) {
		const Network *network = g_hash_table_lookup(index->domains, domain);

		if (network != NULL && network != but)
			return true;
		domain = strchr(domain, '.');
		if (domain != NULL)
			domain++;
	}

	return false;
}

static bool
knows_addresses(const ClaimIndex *index, const Claim *claim)
{
	const Network *but = network_excepting(index, claim);
	const char *last = "";

	for (size_t i = 0; i < claim->n_addresses; i++) {
		const ClaimAddress *address = &claim->addresses[i];

		if (address->field != CLAIM_REPLY_TO &&
		    g_hash_table_contains(index->senders, address->text))
			return true;
		/* Most Reply-To fields have the author's domain, which was looked up. */
		if (g_str_equal(address->domain, last))
			continue;
		last = address->domain;
		if (knows_domain(index, last, but) ||
		    lookalikes_resemble(index->brands, last, but))
			return true;
	}

	return false;
}

static bool
knows_text(const ClaimIndex *index, const Claim *claim)
{
	for (size_t i = 0; i < claim->n_senders; i++)
		if (pattern_list_fitting(index->names, &claim->senders[i], NULL) !=
			NULL ||
		    lookalikes_in_text(index->brands, &claim->senders[i]))
			return true;

	return pattern_list_fitting(index->subjects, &claim->subject, NULL) != NULL ||
	       pattern_list_fitting(index->message_ids, &claim->message_id, NULL) != NULL;
}

/* Every mail has a Content-Type, so a field's value is looked at, too. */
static bool
knows_fields(const ClaimIndex *index, const Head *head)
{
	for (size_t i = 0; i < head_length(head); i++) {
		const GPtrArray *claims =
		    g_hash_table_lookup(index->fields, head_name(head, i));

		for (size_t j = 0; claims != NULL && j < claims->len; j++)
			if (network_field_claim_fits(claims->pdata[j], head))
				return true;
	}

	return false;
}

bool
claim_index_asks(const ClaimIndex *index, const Claim *claim)
{
	return knows_addresses(index, claim) || knows_text(index, claim) ||
	       knows_fields(index, claim->head);
}

bool
claim_index_knows(const ClaimIndex *index, const Claim *claim)
{
	if (!claim_index_asks(index, claim))
		return false;

	for (size_t i = 0; i < networks_length(index->networks); i++)
		if (network_claims(networks_get(index->networks, i), claim))
			return true;

	return false;
}

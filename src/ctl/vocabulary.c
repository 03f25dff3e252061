/* SPDX-License-Identifier: BSD-2-Clause */
/* vocabulary.c - the words of the program's own data, which a skeleton may show */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "ctl/vocabulary.h"
#include "judge/assess.h"
#include "mail/mask.h"
#include "mail/mask-mail.h"

/* The key of a language's greetings. */
#define GREETINGS "greetings"

struct Vocabulary {
	Assessor *assessor;
	Mask *mask;
	GHashTable *fields; /* names in lower case that networks' files give */
};

/* Keys whose words are hosts. */
static const char *const host_keys[] = { "domains", "signers", "hosts" };

/* What a network calls itself, by group and key. */
static const struct {
	const char *group;
	const char *key;
} brands[] = {
	{ "network", "name" }, { "network", "title" }, { "claims", "name" },
	{ "author", "name" },  { "author", "self" },
};

static const struct {
	const char *kind;
	const char *suffix;
	unsigned known; /* of the words of its sentences */
} sources[] = {
	{ "networks", ".network", MASK_FRAME },
	{ "rewriters", ".rewriter", MASK_TERM },
	{ "languages", ".language", MASK_LANGUAGE },
};

/* The names of holes are ours. */
static char *
without_holes(const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);
	bool is_hole = false;

	for (; *text != '\0'; text++) {
		is_hole = (is_hole && *text != '}') || *text == '{';
		g_string_append_c(out, is_hole || *text == '}' ? ' ' : *text);
	}

	return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
is_brand(const KeyfileEntry *entry)
{
	for (size_t i = 0; i < G_N_ELEMENTS(brands); i++)
		if (g_str_equal(entry->group, brands[i].group) &&
		    g_str_equal(entry->key, brands[i].key))
			return true;

	return false;
}

/* What is said in no language are links, addresses, names of templates. */
static void
add_entry(Vocabulary *vocabulary, const KeyfileEntry *entry, unsigned known)
{
	g_autofree char *text = without_holes(entry->value);

	if (known != MASK_LANGUAGE && entry->language == NULL)
		known = MASK_TERM;
	/* A network greets in these words, too. */
	if (g_str_equal(entry->key, GREETINGS))
		known = MASK_FRAME;
	if (is_brand(entry))
		known |= MASK_BRAND;
	mask_add(vocabulary->mask, known, text);
	for (size_t i = 0; i < G_N_ELEMENTS(host_keys); i++)
		for (size_t j = 0;
		     known != MASK_LANGUAGE && g_str_equal(entry->key, host_keys[i]) &&
		     entry->list[j] != NULL;
		     j++)
			mask_add_host(vocabulary->mask, entry->list[j]);
}

static bool
add_files(Vocabulary *vocabulary, const char *folder, GError **error)
{
	for (size_t source = 0; source < G_N_ELEMENTS(sources); source++) {
		g_autoptr(GPtrArray) files = data_load(folder, sources[source].kind,
						       sources[source].suffix, error);

		if (files == NULL)
			return false;
		for (size_t i = 0; i < files->len; i++)
			for (size_t j = 0; j < keyfile_length(files->pdata[i]); j++)
				add_entry(vocabulary, keyfile_entry(files->pdata[i], j),
					  sources[source].known);
	}

	return true;
}

static void
add_fields(Vocabulary *vocabulary, const Network *network)
{
	if (network->field != NULL)
		g_hash_table_add(vocabulary->fields, g_ascii_strdown(network->field, -1));
	for (size_t i = 0; i < network->fields->len; i++) {
		const FieldClaim *field = network->fields->pdata[i];

		g_hash_table_add(vocabulary->fields, g_ascii_strdown(field->name, -1));
	}
}

Vocabulary *
vocabulary_new(Assessor *assessor, GError **error)
{
	g_autoptr(Vocabulary) vocabulary = g_new0(Vocabulary, 1);
	const Networks *networks = assessor_networks(assessor);

	vocabulary->assessor = assessor_ref(assessor);
	vocabulary->mask = mask_new();
	vocabulary->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (size_t i = 0; i < networks_length(networks); i++)
		add_fields(vocabulary, networks_get(networks, i));
	if (!add_files(vocabulary, settings_folder(assessor_settings(assessor)), error))
		return NULL;

	return g_steal_pointer(&vocabulary);
}

void
vocabulary_free(Vocabulary *vocabulary)
{
	if (vocabulary == NULL)
		return;

	mask_free(vocabulary->mask);
	g_hash_table_unref(vocabulary->fields);
	assessor_unref(vocabulary->assessor);
	g_free(vocabulary);
}

/* Hide the inviter, what they wrote, and the recipient. */
static void
hide_people(Mask *mask, const Assessment *assessment)
{
	const Invite *invite = assessment->invite;

	if (invite == NULL)
		return;
	mask_hide(mask, MASK_OF_PERSON, invite->name);
	mask_hide(mask, MASK_OF_FIELD, invite->recipient);
	/* A network's own text tells nothing of a person. */
	if (invite->note != NULL && assessment->note != NULL &&
	    assessment->note->class != NOTE_DEFAULT)
		mask_hide_text(mask, invite->note);
	if (invite->headline != NULL)
		mask_hide_text(mask, invite->headline);
	if (invite->location != NULL)
		mask_hide_text(mask, invite->location);
	if (invite->address != NULL) {
		g_autofree char *local =
		    g_strndup(invite->address, strcspn(invite->address, "@"));

		mask_hide(mask, MASK_OF_ADDRESS, local);
	}
}

GString *
vocabulary_skeleton(Vocabulary *vocabulary, const char *mail, size_t length,
		    GError **error)
{
	const Delivery delivery = { 0 };
	g_autoptr(Assessment) assessment = NULL;

	if (length <= MASK_MAIL_MAX_BYTES)
		assessment = assess(vocabulary->assessor, mail, length, &delivery, NULL);
	mask_forget(vocabulary->mask);
	mask_mail_hide(vocabulary->mask, mail, length);
	if (assessment != NULL)
		hide_people(vocabulary->mask, assessment);

	return mask_mail(vocabulary->mask, vocabulary->fields, mail, length, error);
}

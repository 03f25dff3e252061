/* SPDX-License-Identifier: BSD-2-Clause */
/* network-file.c - reads a network from its file */

#include "config.h"

#include <string.h>

#include "network/network-file.h"
#include "network/network-kind.h"
#include "text/address.h"
#include "network/network-profile.h"

static const char *const hole_names[] = { [HOLE_INVITER] = "inviter",
					  [HOLE_RECIPIENT] = "recipient",
					  [HOLE_HEADLINE] = "headline",
					  [HOLE_COMPANY] = "company",
					  [HOLE_LOCATION] = "location",
					  [HOLE_ADDRESS] = "address",
					  [HOLE_COUNT] = "count",
					  [HOLE_TEMPLATE] = "template",
					  [HOLE_ID] = "id",
					  NULL };

/* In the order of NotePlace. */
static const char *const place_names[] = {
	"above-block", "below-block", "before-answer", "after-answer", "quoted",
	"description", NULL
};

/* Where the patterns of a key go. */
static const struct {
	const char *group;
	const char *key;
	NetworkList list;
} network_keys[] = {
	{ "claims", "name", NETWORK_LIST_CLAIM_NAME },
	{ "claims", "message-id", NETWORK_LIST_CLAIM_MESSAGE_ID },
	{ "claims", "new-message-id", NETWORK_LIST_CLAIM_NEW_MESSAGE_ID },
	{ "author", "name", NETWORK_LIST_AUTHOR },
	{ "author", "self", NETWORK_LIST_AUTHOR_SELF },
	{ "author", "reply-to", NETWORK_LIST_REPLY_TO },
	{ "lines", "frame", NETWORK_LIST_FRAME },
	{ "lines", "start", NETWORK_LIST_START },
	{ "lines", "end", NETWORK_LIST_END },
	{ "lines", "banner", NETWORK_LIST_BANNER },
	{ "lines", "company", NETWORK_LIST_COMPANY },
	{ "links", "accept-label", NETWORK_LIST_ACCEPT_LABEL },
	{ "links", "action", NETWORK_LIST_ACTION },
	{ "links", "profile-label", NETWORK_LIST_PROFILE_LABEL },
	{ "links", "accept", NETWORK_LIST_ACCEPT },
	{ "links", "template", NETWORK_LIST_TEMPLATE },
	{ "network", "client", NETWORK_LIST_CLIENT },
};

/* Where the words of a key go, as they are. */
static const struct {
	const char *group;
	const char *key;
	size_t offset; /* of a char ** of Network */
} word_lists[] = {
	{ "network", "domains", offsetof(Network, domains) },
	{ "network", "signers", offsetof(Network, signers) },
	{ "network", "brands", offsetof(Network, brands) },
	{ "network", "hosts", offsetof(Network, hosts) },
	{ "network", "mailboxes", offsetof(Network, mailboxes) },
	{ "claims", "sender", offsetof(Network, senders) },
	{ "claims", "except", offsetof(Network, excepted) },
};

/* The keys that say something else than a list. */
static const char *const word_keys[] = { "name",    "title",      "page",
					 "field",   "replies",    "seen",
					 "generic", "reply-hint", NULL };
static const char *const claim_keys[] = { "field", NULL };
static const char *const kind_word_keys[] = { "request", "notice", "reminder", "note",
					      NULL };
static const char *const profile_keys[] = { "link", "url", "id", NULL };
static const char *const sections[] = { "network", "claims",  "author", "lines",
					"links",   "profile", "kind",   NULL };

static bool
read_patterns(PatternList *list, const Keyfile *file, const KeyfileEntry *entry,
	      GError **error)
{
	bool is_sound = true;

	for (size_t i = 0; entry->list[i] != NULL; i++) {
		g_autoptr(GError) fault = NULL;
		Pattern *pattern = keyfile_pattern(file, entry, i, hole_names, &fault);

		if (pattern == NULL)
			is_sound =
			    keyfile_error(file, entry, error, "%s", fault->message);
		else
			pattern_list_add(list, pattern, entry);
	}

	return is_sound;
}

/* words, more: keys that the section has besides those of the table; or NULL. */
static bool
no_such_key(const Keyfile *file, const KeyfileEntry *entry, const char *const *words,
	    const char *const *more, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (; words != NULL && *words != NULL; words++)
		g_ptr_array_add(names, (gpointer)*words);
	for (; more != NULL && *more != NULL; more++)
		g_ptr_array_add(names, (gpointer)*more);
	for (size_t i = 0; i < G_N_ELEMENTS(word_lists); i++)
		if (g_str_equal(word_lists[i].group, entry->group))
			g_ptr_array_add(names, (gpointer)word_lists[i].key);
	for (size_t i = 0; i < G_N_ELEMENTS(network_keys); i++)
		if (g_str_equal(network_keys[i].group, entry->group))
			g_ptr_array_add(names, (gpointer)network_keys[i].key);
	g_ptr_array_add(names, NULL);

	return keyfile_unknown(file, entry, "key", entry->key,
			       (const char *const *)names->pdata, error);
}

/* The place of a name in a list that NULL closes, or -1. */
static int
index_of(const char *const *names, const char *name)
{
	for (size_t i = 0; names[i] != NULL; i++)
		if (g_str_equal(names[i], name))
			return (int)i;

	return -1;
}

static bool
read_yes_no(bool *flag_out, const Keyfile *file, const KeyfileEntry *entry,
	    GError **error)
{
	if (!g_str_equal(entry->value, "yes") && !g_str_equal(entry->value, "no"))
		return keyfile_error(file, entry, error, "give yes or no");
	*flag_out = g_str_equal(entry->value, "yes");

	return true;
}

static void
read_word(char **word, const KeyfileEntry *entry)
{
	g_free(*word);
	*word = g_strdup(entry->value);
}

/* The words are addresses and domains, so their case does not matter. */
static void
read_words(char ***list, const KeyfileEntry *entry)
{
	g_autoptr(GStrvBuilder) all = g_strv_builder_new();
	g_auto(GStrv) old = g_steal_pointer(list);

	g_strv_builder_addv(all, (const char **)old);
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		g_autofree char *lower = g_ascii_strdown(entry->list[i], -1);

		g_strv_builder_add(all, lower);
	}
	*list = g_strv_builder_end(all);
}

/* "Name", or "Name: value" with a pattern for the value. */
static bool
read_field(Network *network, const char *text, const Keyfile *file,
	   const KeyfileEntry *entry, GError **error)
{
	FieldClaim *field = g_new0(FieldClaim, 1);
	const char *colon = strchr(text, ':');
	g_autoptr(GError) fault = NULL;

	g_ptr_array_add(network->fields, field);
	field->from = entry;
	field->name =
	    g_strndup(text, colon != NULL ? (size_t)(colon - text) : strlen(text));
	if (field->name[0] == '\0' || strpbrk(field->name, " \t{}*") != NULL)
		return keyfile_error(file, entry, error,
				     "\"%s\": give a field's name, or \"Name: value\"",
				     text);
	if (colon == NULL)
		return true;
	field->value = pattern_new(colon + 1, hole_names, &fault);
	if (field->value == NULL)
		return keyfile_error(file, entry, error, "%s", fault->message);

	return true;
}

static bool
has_lists(const char *section)
{
	for (size_t i = 0; i < G_N_ELEMENTS(network_keys); i++)
		if (g_str_equal(network_keys[i].group, section))
			return true;

	return false;
}

static bool
no_such_section(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	g_autofree char *word = g_strndup(entry->group, strcspn(entry->group, " "));

	if (g_str_equal(word, "kind") || g_str_equal(word, "profile"))
		return keyfile_error(file, entry, error,
				     "the section needs a name: [%s NAME]", word);

	return keyfile_unknown(file, entry, "section", word, sections, error);
}

/* words: keys of the section that are no lists; or NULL. */
static bool
read_list(Network *network, const Keyfile *file, const KeyfileEntry *entry,
	  const char *const *words, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(word_lists); i++)
		if (g_str_equal(word_lists[i].group, entry->group) &&
		    g_str_equal(word_lists[i].key, entry->key)) {
			read_words(G_STRUCT_MEMBER_P(network, word_lists[i].offset),
				   entry);
			return true;
		}
	for (size_t i = 0; i < G_N_ELEMENTS(network_keys); i++)
		if (g_str_equal(network_keys[i].group, entry->group) &&
		    g_str_equal(network_keys[i].key, entry->key))
			return read_patterns(network->lists[network_keys[i].list], file,
					     entry, error);

	return no_such_key(file, entry, words, NULL, error);
}

/* [network]: name, title, page, field, replies, seen, generic */
static bool
read_network_word(Network *network, const Keyfile *file, const KeyfileEntry *entry,
		  GError **error)
{
	if (g_str_equal(entry->key, "replies"))
		return read_yes_no(&network->takes_replies, file, entry, error);
	if (g_str_equal(entry->key, "seen"))
		return read_yes_no(&network->is_seen, file, entry, error);
	if (g_str_equal(entry->key, "generic"))
		return read_yes_no(&network->is_generic, file, entry, error);

	if (g_str_equal(entry->key, "name"))
		read_word(&network->name, entry);
	else if (g_str_equal(entry->key, "title"))
		read_word(&network->title, entry);
	else if (g_str_equal(entry->key, "page"))
		read_word(&network->page, entry);
	else if (g_str_equal(entry->key, "field"))
		read_word(&network->field, entry);
	else if (!g_str_equal(entry->key, "reply-hint")) /* network_reply_hint() */
		return read_list(network, file, entry, word_keys, error);

	return true;
}

static Kind *
kind_named(Network *network, const char *name)
{
	Kind *kind;

	for (size_t i = 0; i < network->kinds->len; i++) {
		kind = network->kinds->pdata[i];
		if (g_str_equal(kind->name, name))
			return kind;
	}

	kind = g_new0(Kind, 1);
	kind->name = g_strdup(name);
	kind->has_note = true;
	for (size_t i = 0; i < KIND_LAST; i++)
		kind->lists[i] = pattern_list_new();
	g_ptr_array_add(network->kinds, kind);

	return kind;
}

/* note: yes, no, or the places where it can stand */
static bool
read_note(Kind *kind, const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	int found = index_of(place_names, entry->list[0]);

	if (found < 0)
		return read_yes_no(&kind->has_note, file, entry, error);
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		found = index_of(place_names, entry->list[i]);
		if (found < 0)
			return keyfile_unknown(file, entry, "place", entry->list[i],
					       place_names, error);
		kind->places |= 1U << found;
	}
	kind->has_note = true;

	return true;
}

/* [kind NAME]: request, notice, reminder, note, and the patterns it is known by */
static bool
read_kind(Network *network, const char *name, const Keyfile *file,
	  const KeyfileEntry *entry, GError **error)
{
	Kind *kind = kind_named(network, name);
	int found = index_of(network_kind_list_names(), entry->key);

	if (found >= 0)
		return read_patterns(kind->lists[found], file, entry, error);
	if (g_str_equal(entry->key, "reminder"))
		return read_yes_no(&kind->is_reminder, file, entry, error);
	if (g_str_equal(entry->key, "note"))
		return read_note(kind, file, entry, error);
	if (g_str_equal(entry->key, "request")) {
		found = index_of(network_request_names(), entry->value);
		if (found < 0)
			return keyfile_unknown(file, entry, "request", entry->value,
					       network_request_names(), error);
		kind->request = (Request)found;
		return true;
	}
	if (g_str_equal(entry->key, "notice")) {
		found = index_of(network_notice_names(), entry->value);
		if (found < 0)
			return keyfile_unknown(file, entry, "notice", entry->value,
					       network_notice_names(), error);
		kind->notice = (Notice)found;
		return true;
	}

	return no_such_key(file, entry, kind_word_keys, network_kind_list_names(), error);
}

/* [profile NAME]: link, url, id */
static bool
read_profile(Network *network, bool is_new, const Keyfile *file,
	     const KeyfileEntry *entry, GError **error)
{
	ProfileForm *form;

	if (is_new) {
		form = g_new0(ProfileForm, 1);
		form->links = pattern_list_new();
		form->from = entry;
		g_ptr_array_add(network->profiles, form);
	}
	form = network->profiles->pdata[network->profiles->len - 1];
	if (g_str_equal(entry->key, "link"))
		return read_patterns(form->links, file, entry, error);
	if (g_str_equal(entry->key, "id")) {
		form->id = network_profile_id(entry->value);
		return form->id != PROFILE_ID_WHOLE ||
		       keyfile_error(file, entry, error, "give first or reversed");
	}
	if (!g_str_equal(entry->key, "url"))
		return no_such_key(file, entry, profile_keys, NULL, error);
	form->from = entry;
	read_word(&form->url, entry);

	return strstr(entry->value, "{id}") != NULL ||
	       keyfile_error(file, entry, error, "the address needs an {id}");
}

static bool
read_entry(Network *network, const Keyfile *file, size_t index, GError **error)
{
	const KeyfileEntry *entry = keyfile_entry(file, index);
	bool is_new = index == 0 ||
		      !g_str_equal(keyfile_entry(file, index - 1)->group, entry->group);
	bool is_sound = true;

	if (g_str_equal(entry->group, "network"))
		return read_network_word(network, file, entry, error);
	if (g_str_equal(entry->group, "claims") && g_str_equal(entry->key, "field")) {
		for (size_t i = 0; entry->list[i] != NULL; i++)
			is_sound &=
			    read_field(network, entry->list[i], file, entry, error);
		return is_sound;
	}
	if (g_str_equal(entry->group, "claims"))
		return read_list(network, file, entry, claim_keys, error);
	if (g_str_has_prefix(entry->group, "kind "))
		return read_kind(network, entry->group + strlen("kind "), file, entry,
				 error);
	if (g_str_has_prefix(entry->group, "profile "))
		return read_profile(network, is_new, file, entry, error);
	if (has_lists(entry->group))
		return read_list(network, file, entry, NULL, error);

	/* A section that is none is told at its first key only. */
	return is_new && no_such_section(file, entry, error);
}

/* Does the file have what every network needs? */
static bool
has_words(const Network *network, const Keyfile *file, GError **error)
{
	const struct {
		const char *key;
		const void *value;
		bool has_generic; /* programs of everybody's have neither */
	} needs[] = {
		{ "name", network->name, true },
		{ "title", network->title, true },
		{ "domains", network->domains[0], false },
		{ "page", network->page, false },
	};
	bool is_sound = true;

	for (size_t i = 0; i < G_N_ELEMENTS(needs); i++)
		if (needs[i].value == NULL &&
		    (needs[i].has_generic || !network->is_generic))
			is_sound = keyfile_error(
			    file, NULL, error, "[network] needs a key %s", needs[i].key);
	if (network->kinds->len == 0)
		is_sound = keyfile_error(file, NULL, error,
					 "a network needs at least one [kind NAME]");

	return is_sound;
}

/* The addresses are shown as the network's, so they must be under its domains. */
static bool
owns_addresses(const Network *network, const Keyfile *file, GError **error)
{
	bool is_sound = true;

	if (network->domains[0] == NULL && !network->is_generic)
		return false;
	if (network->page != NULL && !network_owns_url(network, network->page))
		is_sound = keyfile_error(
		    file, keyfile_find(file, "network", "page", network->page), error,
		    "not under the network's domains");
	for (size_t i = 0; i < network->profiles->len; i++) {
		const ProfileForm *form = network->profiles->pdata[i];

		if (form->url == NULL)
			is_sound = keyfile_error(file, form->from, error,
						 "the section needs a key url, too");
		else if (!network_owns_url(network, form->url))
			is_sound = keyfile_error(file, form->from, error,
						 "not under the network's domains");
	}

	return is_sound;
}

/* A file without brands has the first labels of its domains. */
static void
complete_brands(Network *network, const Keyfile *file)
{
	g_autoptr(GStrvBuilder) brands = g_strv_builder_new();

	if (keyfile_value(file, "network", "brands") != NULL)
		return;
	for (size_t i = 0; network->domains[i] != NULL; i++) {
		g_autofree char *brand =
		    g_strndup(network->domains[i], strcspn(network->domains[i], "."));

		g_strv_builder_add(brands, brand);
	}
	g_strfreev(network->brands);
	network->brands = g_strv_builder_end(brands);
}

const char *const *
network_file_holes(void)
{
	return hole_names;
}

Network *
network_file_read(const Keyfile *file, GError **error)
{
	Network *network = network_new(file);

	for (size_t i = 0; i < keyfile_length(file); i++)
		read_entry(network, file, i, error);
	complete_brands(network, file);
	has_words(network, file, error);
	owns_addresses(network, file, error);

	return network;
}

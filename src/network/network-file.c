/* SPDX-License-Identifier: BSD-2-Clause */
/* network-file.c - reads networks from their files */

#include <string.h>

#include "base/keyfile.h"
#include "network/network-file.h"
#include "mail/address.h"

struct Networks {
	GPtrArray *files; /* of Keyfile: languages are borrowed from them */
	GPtrArray *list;  /* of Network */
};

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

static const char *const request_names[REQUEST_LAST + 1] = {
	[REQUEST_NONE] = "none",           [REQUEST_CONNECT] = "connect",
	[REQUEST_RECOMMEND] = "recommend", [REQUEST_ENDORSE] = "endorse",
	[REQUEST_GROUP] = "group",         [REQUEST_FOLLOW] = "follow",
	[REQUEST_EVENT] = "event",         [REQUEST_JOIN] = "join",
};

/* In the order of NotePlace. */
static const char *const place_names[] = {
	"above-block", "below-block", "before-answer", "after-answer", "quoted",
	"description", NULL
};

static const char *const notice_names[NOTICE_LAST + 1] = {
	[NOTICE_NONE] = "none",
	[NOTICE_ACCEPTED] = "accepted",
	[NOTICE_REPLIED] = "replied",
	[NOTICE_MESSAGE] = "message",
};

/* Where the patterns of a key go. */
static const struct {
	const char *group;
	const char *key;
	NetworkList list;
} network_keys[] = {
	{ "claims", "name", LIST_CLAIM_NAME },
	{ "claims", "message-id", LIST_CLAIM_MESSAGE_ID },
	{ "claims", "new-message-id", LIST_CLAIM_NEW_MESSAGE_ID },
	{ "author", "name", LIST_AUTHOR },
	{ "author", "self", LIST_AUTHOR_SELF },
	{ "author", "reply-to", LIST_REPLY_TO },
	{ "lines", "frame", LIST_FRAME },
	{ "lines", "start", LIST_START },
	{ "lines", "end", LIST_END },
	{ "lines", "company", LIST_COMPANY },
	{ "links", "accept-label", LIST_ACCEPT_LABEL },
	{ "links", "action", LIST_ACTION },
	{ "links", "profile-label", LIST_PROFILE_LABEL },
	{ "links", "accept", LIST_ACCEPT },
	{ "links", "template", LIST_TEMPLATE },
	{ "network", "client", LIST_CLIENT },
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
	{ "claims", "sender", offsetof(Network, senders) },
	{ "claims", "except", offsetof(Network, excepted) },
};

static const char *const kind_keys[KIND_LAST + 1] = {
	[KIND_METHOD] = "method",
	[KIND_TEMPLATE] = "template",
	[KIND_LINE] = "line",
	[KIND_LINK] = "link",
	[KIND_SUBJECT] = "subject",
	[KIND_FROM] = "from",
	[KIND_OWN_SUBJECT] = "own-subject",
};

/* The keys that say something else than a list. */
static const char *const word_keys[] = { "name",    "title", "page",    "field",
					 "replies", "seen",  "generic", NULL };
static const char *const claim_keys[] = { "field", NULL };
static const char *const kind_word_keys[] = { "request", "notice", "reminder", "note",
					      NULL };
static const char *const profile_keys[] = { "link", "url", NULL };

static const char *const sections[] = { "network", "claims",  "author", "lines",
					"links",   "profile", "kind",   NULL };

const char *
network_request_name(Request request)
{
	return request_names[request];
}

const char *
network_notice_name(Notice notice)
{
	return notice_names[notice];
}

const char *
network_kind_list_name(KindList level)
{
	return kind_keys[level];
}

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

static char ***
word_list(Network *network, size_t index)
{
	return G_STRUCT_MEMBER_P(network, word_lists[index].offset);
}

static void
network_free(gpointer data)
{
	Network *network = data;

	for (size_t i = 0; i < LIST_LAST; i++)
		pattern_list_free(network->lists[i]);
	g_ptr_array_unref(network->kinds);
	g_ptr_array_unref(network->profiles);
	g_ptr_array_unref(network->fields);
	for (size_t i = 0; i < G_N_ELEMENTS(word_lists); i++)
		g_strfreev(*word_list(network, i));
	g_free(network->name);
	g_free(network->title);
	g_free(network->page);
	g_free(network->field);
	g_free(network);
}

static Network *
network_new(const Keyfile *file)
{
	Network *network = g_new0(Network, 1);

	network->file = file;
	for (size_t i = 0; i < LIST_LAST; i++)
		network->lists[i] = pattern_list_new();
	for (size_t i = 0; i < G_N_ELEMENTS(word_lists); i++)
		*word_list(network, i) = g_new0(char *, 1);
	network->is_seen = true;
	network->fields = g_ptr_array_new_with_free_func(field_free);
	network->kinds = g_ptr_array_new_with_free_func(kind_free);
	network->profiles = g_ptr_array_new_with_free_func(profile_free);

	return network;
}

static bool
take_patterns(PatternList *list, const Keyfile *file, const KeyfileEntry *entry,
	      GError **error)
{
	bool is_sound = true;

	for (size_t i = 0; entry->list[i] != NULL; i++) {
		g_autoptr(GError) fault = NULL;
		Pattern *pattern = pattern_new(entry->list[i], hole_names, &fault);

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

/* The place of a name in a list, or -1. */
static int
index_of(const char *const *names, size_t length, const char *name)
{
	for (size_t i = 0; i < length; i++)
		if (g_str_equal(names[i], name))
			return (int)i;

	return -1;
}

static bool
take_yes_no(bool *flag_out, const Keyfile *file, const KeyfileEntry *entry,
	    GError **error)
{
	if (!g_str_equal(entry->value, "yes") && !g_str_equal(entry->value, "no"))
		return keyfile_error(file, entry, error, "give yes or no");
	*flag_out = g_str_equal(entry->value, "yes");

	return true;
}

static void
take_word(char **word, const KeyfileEntry *entry)
{
	g_free(*word);
	*word = g_strdup(entry->value);
}

/* Addresses and domains, which know no case. */
static void
take_words(char ***list, const KeyfileEntry *entry)
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
take_field(Network *network, const char *text, const Keyfile *file,
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
take_fields(Network *network, const Keyfile *file, const KeyfileEntry *entry,
	    GError **error)
{
	bool is_sound = true;

	for (size_t i = 0; entry->list[i] != NULL; i++)
		is_sound &= take_field(network, entry->list[i], file, entry, error);

	return is_sound;
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
take_list(Network *network, const Keyfile *file, const KeyfileEntry *entry,
	  const char *const *words, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(word_lists); i++)
		if (g_str_equal(word_lists[i].group, entry->group) &&
		    g_str_equal(word_lists[i].key, entry->key)) {
			take_words(word_list(network, i), entry);
			return true;
		}
	for (size_t i = 0; i < G_N_ELEMENTS(network_keys); i++)
		if (g_str_equal(network_keys[i].group, entry->group) &&
		    g_str_equal(network_keys[i].key, entry->key))
			return take_patterns(network->lists[network_keys[i].list], file,
					     entry, error);

	return no_such_key(file, entry, words, NULL, error);
}

/* [claims]: field, and lists */
static bool
take_claim(Network *network, const Keyfile *file, const KeyfileEntry *entry,
	   GError **error)
{
	return g_str_equal(entry->key, "field")
		   ? take_fields(network, file, entry, error)
		   : take_list(network, file, entry, claim_keys, error);
}

/* [network]: name, title, page, field, replies, seen, generic */
static bool
take_network_word(Network *network, const Keyfile *file, const KeyfileEntry *entry,
		  GError **error)
{
	if (g_str_equal(entry->key, "replies"))
		return take_yes_no(&network->takes_replies, file, entry, error);
	if (g_str_equal(entry->key, "seen"))
		return take_yes_no(&network->is_seen, file, entry, error);
	if (g_str_equal(entry->key, "generic"))
		return take_yes_no(&network->is_generic, file, entry, error);

	if (g_str_equal(entry->key, "name"))
		take_word(&network->name, entry);
	else if (g_str_equal(entry->key, "title"))
		take_word(&network->title, entry);
	else if (g_str_equal(entry->key, "page"))
		take_word(&network->page, entry);
	else if (g_str_equal(entry->key, "field"))
		take_word(&network->field, entry);
	else
		return take_list(network, file, entry, word_keys, error);

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
take_note(Kind *kind, const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	int found = index_of(place_names, G_N_ELEMENTS(place_names) - 1, entry->list[0]);

	if (found < 0)
		return take_yes_no(&kind->has_note, file, entry, error);
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		found =
		    index_of(place_names, G_N_ELEMENTS(place_names) - 1, entry->list[i]);
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
take_kind(Network *network, const char *name, const Keyfile *file,
	  const KeyfileEntry *entry, GError **error)
{
	Kind *kind = kind_named(network, name);
	int found = index_of(kind_keys, KIND_LAST, entry->key);

	if (found >= 0)
		return take_patterns(kind->lists[found], file, entry, error);
	if (g_str_equal(entry->key, "reminder"))
		return take_yes_no(&kind->is_reminder, file, entry, error);
	if (g_str_equal(entry->key, "note"))
		return take_note(kind, file, entry, error);
	if (g_str_equal(entry->key, "request")) {
		found = index_of(request_names, REQUEST_LAST, entry->value);
		if (found < 0)
			return keyfile_unknown(file, entry, "request", entry->value,
					       request_names, error);
		kind->request = (Request)found;
		return true;
	}
	if (g_str_equal(entry->key, "notice")) {
		found = index_of(notice_names, NOTICE_LAST, entry->value);
		if (found < 0)
			return keyfile_unknown(file, entry, "notice", entry->value,
					       notice_names, error);
		kind->notice = (Notice)found;
		return true;
	}

	return no_such_key(file, entry, kind_word_keys, kind_keys, error);
}

/* [profile NAME]: link, url */
static bool
take_profile(Network *network, bool is_new, const Keyfile *file,
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
		return take_patterns(form->links, file, entry, error);
	if (!g_str_equal(entry->key, "url"))
		return no_such_key(file, entry, profile_keys, NULL, error);
	form->from = entry;
	take_word(&form->url, entry);
	if (strstr(entry->value, "{id}") == NULL)
		return keyfile_error(file, entry, error, "the address needs an {id}");

	return true;
}

static bool
read_entry(Network *network, const Keyfile *file, size_t index, GError **error)
{
	const KeyfileEntry *entry = keyfile_entry(file, index);
	bool is_new = index == 0 ||
		      !g_str_equal(keyfile_entry(file, index - 1)->group, entry->group);

	if (g_str_equal(entry->group, "network"))
		return take_network_word(network, file, entry, error);
	if (g_str_equal(entry->group, "claims"))
		return take_claim(network, file, entry, error);
	if (g_str_has_prefix(entry->group, "kind "))
		return take_kind(network, entry->group + strlen("kind "), file, entry,
				 error);
	if (g_str_has_prefix(entry->group, "profile "))
		return take_profile(network, is_new, file, entry, error);
	if (has_lists(entry->group))
		return take_list(network, file, entry, NULL, error);

	/* Of a section's keys the first alone is told that there is no such section. */
	return is_new && no_such_section(file, entry, error);
}

/* What must be there. */
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

/* The entry of [network] where the key has this value, or has it in its list. */
static const KeyfileEntry *
entry_of(const Network *network, const char *key, const char *value)
{
	return keyfile_find(network->file, "network", key, value);
}

/* Addresses are shown as the network's, so they must be under its domains. */
static bool
owns_addresses(const Network *network, const Keyfile *file, GError **error)
{
	bool is_sound = true;

	if (network->domains[0] == NULL && !network->is_generic)
		return false;
	if (network->page != NULL && !network_owns_url(network, network->page))
		is_sound = keyfile_error(file, entry_of(network, "page", network->page),
					 error, "not under the network's domains");
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

/* Which of two networks has a mail that both may have?  None can be told apart. */
static bool
is_apart(const Network *network, const Network *other, GError **error)
{
	const char *path = keyfile_path(other->file);
	bool is_sound = true;

	if (g_str_equal(network->name, other->name))
		is_sound = keyfile_error(
		    network->file, entry_of(network, "name", network->name), error,
		    "\"%s\" is the name in %s already", other->name, path);
	for (char **mine = network->domains; *mine != NULL; mine++)
		for (char **theirs = other->domains; *theirs != NULL; theirs++)
			if (address_is_under(*mine, *theirs) ||
			    address_is_under(*theirs, *mine))
				is_sound = keyfile_error(
				    network->file, entry_of(network, "domains", *mine),
				    error, "\"%s\": %s has \"%s\" already", *mine, path,
				    *theirs);

	return is_sound;
}

static bool
are_apart(const Networks *networks, const Network *network, GError **error)
{
	bool is_sound = true;

	for (size_t i = 0; i < networks->list->len; i++)
		is_sound &= is_apart(network, networks->list->pdata[i], error);

	return is_sound;
}

/* Without a word of the file: how its domains begin. */
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

static bool
add_file(Networks *networks, const Keyfile *file, GError **error)
{
	Network *network = network_new(file);
	bool is_sound = true;

	for (size_t i = 0; i < keyfile_length(file); i++)
		is_sound &= read_entry(network, file, i, error);
	complete_brands(network, file);
	is_sound &= has_words(network, file, error);
	is_sound &= owns_addresses(network, file, error);
	if (network->name != NULL)
		is_sound &= are_apart(networks, network, error);
	if (is_sound)
		g_ptr_array_add(networks->list, network);
	else
		network_free(network);

	return is_sound;
}

Networks *
networks_new(GPtrArray *files, GError **error)
{
	g_autoptr(Networks) networks = g_new0(Networks, 1);
	bool is_sound = true;

	networks->files = g_ptr_array_ref(files);
	networks->list = g_ptr_array_new_with_free_func(network_free);
	for (size_t i = 0; i < files->len; i++)
		is_sound &= add_file(networks, files->pdata[i], error);

	return is_sound ? g_steal_pointer(&networks) : NULL;
}

bool
networks_add(Networks *networks, Keyfile *file, GError **error)
{
	g_ptr_array_add(networks->files, file);

	return add_file(networks, file, error);
}

void
networks_free(Networks *networks)
{
	if (networks == NULL)
		return;

	g_ptr_array_unref(networks->list);
	g_ptr_array_unref(networks->files);
	g_free(networks);
}

size_t
networks_length(const Networks *networks)
{
	return networks->list->len;
}

const Network *
networks_get(const Networks *networks, size_t index)
{
	return networks->list->pdata[index];
}

const char **
networks_domains(const Networks *networks)
{
	g_autoptr(GPtrArray) domains = g_ptr_array_new();

	for (size_t i = 0; i < networks->list->len; i++) {
		const Network *network = networks->list->pdata[i];

		for (size_t d = 0; network->domains[d] != NULL; d++)
			g_ptr_array_add(domains, network->domains[d]);
	}
	g_ptr_array_add(domains, NULL);

	return (const char **)g_ptr_array_free(g_steal_pointer(&domains), FALSE);
}

bool
networks_own_domain(const Networks *networks, const char *domain)
{
	for (size_t i = 0; i < networks->list->len; i++)
		if (network_owns_domain(networks->list->pdata[i], domain))
			return true;

	return false;
}

bool
networks_link_to(const Networks *networks, const char *domain)
{
	for (size_t i = 0; i < networks->list->len; i++) {
		const Network *network = networks->list->pdata[i];

		for (char **host = network->hosts; *host != NULL; host++)
			if (address_is_under(domain, *host))
				return true;
	}

	return networks_own_domain(networks, domain);
}

char *
networks_profile(const Networks *networks, const char *url)
{
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, url);
	for (size_t i = 0; i < networks->list->len; i++) {
		const Network *network = networks->list->pdata[i];

		if (network_owns_url(network, url))
			return network_profile(network, url, &folded);
	}

	return NULL;
}

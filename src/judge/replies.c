/* SPDX-License-Identifier: BSD-2-Clause */
/* replies.c - what is said to an inviter and in the banner */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "base/settings.h"
#include "judge/relation.h"
#include "judge/replies.h"
#include "judge/verdict.h"
#include "network/network.h"
#include "people/reply-name.h"
#include "text/folded.h"

struct Replies {
	GPtrArray *files;    /* of Keyfile: those of replies/ */
	GHashTable *own;     /* value of the setting → GPtrArray of Keyfile */
	GHashTable *by_path; /* path → Keyfile, of all those; owns them */
};

/* [texts] is the friendly tone. */
#define GROUPS                                                                           \
	"reply, texts, texts brief, texts formal, texts familiar, "                      \
	"texts brief familiar, texts formal familiar, banner"
static const char *const groups[] = { "reply",
				      "texts",
				      "texts brief",
				      "texts formal",
				      "texts familiar",
				      "texts brief familiar",
				      "texts formal familiar",
				      "banner",
				      NULL };

/* The words of [reply] that are lists: those that show a form of address. */
static const char *const reply_keys[] = { "code", "name", "familiar", "polite", NULL };

static const char *const text_keys[] = {
	"greeting", "greeting-known",   "greeting-nameless",
	"signoff",  "signoff-nameless", NULL,
};

/* Each may end with whether its inviter is known, or with what is asked. */
static const char *const body_keys[] = {
	"reply-dont-accept", "consider", "accept", "decline", NULL,
};
static const char *const body_endings[] = { "-known", "-unknown", "-personal" };

static const char *const banner_keys[] = { "who",           "who-nameless", "reply-label",
					   "page-label",    "mail-label",   "subject",
					   "profile-label", "no-reply",     NULL };

static const char *
answer_at(int index)
{
	return verdict_answer_name((Answer)index);
}

static const char *
verdict_at(int index)
{
	return verdict_name((Verdict)index);
}

static const char *
relation_at(int index)
{
	return relation_name((Relation)index);
}

/* Keys of the banner that end with a name. */
static const struct {
	const char *stem;
	const char *(*name_at)(int index);
	int last;
} banner_stems[] = {
	{ "title-", answer_at, ANSWER_LAST },       { "do-", answer_at, ANSWER_LAST },
	{ "reply-label-", answer_at, ANSWER_LAST }, { "why-", verdict_at, VERDICT_LAST },
	{ "hint-", relation_at, RELATION_LAST },
};

/* A person's name, but never the network's: "Hi Orbit" greets nobody. */
static char *
fill_person(const ReplyNames *names, const char *value)
{
	g_autofree char *name = reply_name_clean(names->rules, value);

	if (name == NULL ||
	    (names->network != NULL && folded_same_text(name, names->network)))
		return NULL;

	return g_steal_pointer(&name);
}

/* A part of that name. */
static char *
fill_part(const ReplyNames *names, const char *value,
	  char *(*part_of)(const NameRules *rules, const char *name))
{
	g_autofree char *name = fill_person(names, value);
	g_autofree char *part = name != NULL ? part_of(names->rules, name) : NULL;

	return part != NULL ? fill_person(names, part) : NULL;
}

static char *
fill_first(const ReplyNames *names, const char *value)
{
	return fill_part(names, value, reply_name_first);
}

static char *
fill_whole(const ReplyNames *names, const char *value)
{
	return fill_part(names, value, reply_name_whole);
}

static char *
fill_company(const ReplyNames *names, const char *value)
{
	return reply_name_clean(names->rules, value);
}

static char *
fill_plain(const ReplyNames *names G_GNUC_UNUSED, const char *value)
{
	return g_strdup(value);
}

#define HOLES "{first}, {name}, {inviter}, {company}, {recipient}, {network}, {since}"
static const struct {
	const char *name;
	size_t value; /* where in ReplyNames it stands */
	char *(*fill)(const ReplyNames *names, const char *value);
} holes[] = {
	{ "first", offsetof(ReplyNames, inviter), fill_first },
	{ "name", offsetof(ReplyNames, inviter), fill_whole },
	{ "inviter", offsetof(ReplyNames, inviter), fill_person },
	{ "company", offsetof(ReplyNames, company), fill_company },
	{ "recipient", offsetof(ReplyNames, recipient), fill_whole },
	{ "network", offsetof(ReplyNames, network), fill_plain },
	{ "since", offsetof(ReplyNames, since), fill_plain },
};

static char *
fill(size_t hole, const ReplyNames *names)
{
	const char *const *value = G_STRUCT_MEMBER_P(names, holes[hole].value);

	return holes[hole].fill(names, *value);
}

/* text: behind the "{"; G_N_ELEMENTS(holes) where it is none. */
static size_t
hole_at(const char *text)
{
	size_t length = strcspn(text, "}"), i = 0;

	while (i < G_N_ELEMENTS(holes) &&
	       !(text[length] == '}' && strlen(holes[i].name) == length &&
		 strncmp(holes[i].name, text, length) == 0))
		i++;

	return i;
}

/* The key without what is asked at its end, "do-consider" of "do-consider-event". */
static char *
without_request(const char *key)
{
	for (int i = REQUEST_NONE + 1; i < REQUEST_LAST; i++) {
		const char *name = network_request_name((Request)i);
		const char *end = key + strlen(key) - MIN(strlen(key), strlen(name));

		if (end > key && end[-1] == '-' && g_str_equal(end, name))
			return g_strndup(key, (gsize)(end - 1 - key));
	}

	return g_strdup(key);
}

static bool
is_text_key(const char *key)
{
	g_autofree char *body = without_request(key);

	for (size_t i = 0; i < G_N_ELEMENTS(body_endings); i++)
		if (g_str_has_suffix(key, body_endings[i]))
			body[strlen(key) - strlen(body_endings[i])] = '\0';

	return g_strv_contains(text_keys, key) || g_strv_contains(body_keys, body);
}

static bool
is_banner_key(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(banner_stems); i++) {
		const char *stem = banner_stems[i].stem;

		for (int at = 0; g_str_has_prefix(key, stem) && at < banner_stems[i].last;
		     at++)
			if (g_str_equal(key + strlen(stem), banner_stems[i].name_at(at)))
				return true;
	}

	return g_strv_contains(banner_keys, key);
}

static bool
is_known_key(const char *group, const char *key)
{
	g_autofree char *general = NULL;

	if (g_str_equal(group, "reply"))
		return g_strv_contains(reply_keys, key);
	if (!g_str_equal(group, "banner"))
		return is_text_key(key);
	general = without_request(key);

	return is_banner_key(key) || is_banner_key(general);
}

static bool
unknown_key(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	bool is_text = g_str_has_prefix(entry->group, "texts");
	const char *nearest =
	    keyfile_nearest(entry->key, is_text ? text_keys : banner_keys);

	if (nearest == NULL && is_text)
		nearest = keyfile_nearest(entry->key, body_keys);
	if (nearest == NULL)
		return keyfile_error(file, entry, error, "no such key");

	return keyfile_error(file, entry, error, "no such key; did you mean \"%s\"?",
			     nearest);
}

/* Is the value fit to be sent? */
static bool
check_text(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	size_t length = (size_t)g_utf8_strlen(entry->value, -1);
	if (length > REPLIES_TEXT_MAX)
		return keyfile_error(file, entry, error,
				     "%zu characters, at most %d are sent; shorten it",
				     length, REPLIES_TEXT_MAX);

	for (const char *c = entry->value; *c != '\0'; c = g_utf8_next_char(c)) {
		if (*c != '\n' && g_unichar_iscntrl(g_utf8_get_char(c)))
			return keyfile_error(file, entry, error,
					     "a control character in the text; take it "
					     "out");
		if (*c == '{' && hole_at(c + 1) == G_N_ELEMENTS(holes)) {
			g_autofree char *hole = g_strndup(c + 1, strcspn(c + 1, "}"));

			return keyfile_error(file, entry, error,
					     "no such placeholder {%s}; there are " HOLES,
					     hole);
		}
	}

	return true;
}

/* "en", "pt-BR": as the languages of notes are named, or closer. */
static bool
is_code(const char *code)
{
	size_t length = strspn(code, "abcdefghijklmnopqrstuvwxyz");

	return (length == 2 || length == 3) && strchr("-_", code[length]) != NULL;
}

static bool
check_entry(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	if (!g_strv_contains(groups, entry->group))
		return keyfile_error(file, entry, error,
				     "no such section; there are " GROUPS);
	if (!is_known_key(entry->group, entry->key))
		return unknown_key(file, entry, error);
	if (!g_str_equal(entry->key, entry->name))
		return keyfile_error(file, entry, error,
				     "the key has no number and no language; a file is "
				     "in one language, and says it once");
	if (g_str_equal(entry->key, "code") && !is_code(entry->value))
		return keyfile_error(file, entry, error,
				     "give a language such as en or pt-BR");

	return g_str_equal(entry->group, "reply") || check_text(file, entry, error);
}

static bool
check_file(const Keyfile *file, GError **error)
{
	bool has_text = false;

	for (size_t i = 0; i < keyfile_length(file); i++) {
		if (!check_entry(file, keyfile_entry(file, i), error))
			return false;
		has_text |= !g_str_equal(keyfile_entry(file, i)->group, "reply");
	}
	if (keyfile_value(file, "reply", "code") == NULL)
		return keyfile_error(file, NULL, error,
				     "[reply] needs a code; say the language, code = en");
	if (!has_text)
		return keyfile_error(file, NULL, error,
				     "no text in it; write some below [texts]");

	return true;
}

Replies *
replies_new(GPtrArray *files, GError **error)
{
	g_autoptr(Replies) replies = NULL;

	for (size_t i = 0; i < files->len; i++)
		if (!check_file(files->pdata[i], error))
			return NULL;

	replies = g_new0(Replies, 1);
	replies->files = g_ptr_array_ref(files);
	replies->own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     (GDestroyNotify)g_ptr_array_unref);
	replies->by_path = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						 (GDestroyNotify)keyfile_free);

	return g_steal_pointer(&replies);
}

void
replies_free(Replies *replies)
{
	if (replies == NULL)
		return;

	g_ptr_array_unref(replies->files);
	g_hash_table_unref(replies->own);
	g_hash_table_unref(replies->by_path);
	g_free(replies);
}

/* A file that many name is read once. */
static const Keyfile *
read_own(Replies *replies, const char *name, const char *folder, GError **error)
{
	g_autofree char *path = g_path_is_absolute(name)
				    ? g_strdup(name)
				    : g_build_filename(folder, name, NULL);
	Keyfile *file = g_hash_table_lookup(replies->by_path, path);

	if (file != NULL)
		return file;

	file = data_read_file(path, error);
	if (file == NULL || !check_file(file, error)) {
		keyfile_free(file);
		return NULL;
	}
	g_hash_table_insert(replies->by_path, g_steal_pointer(&path), file);

	return file;
}

bool
replies_add_own(Replies *replies, const char *paths, const char *folder, GError **error)
{
	g_auto(GStrv) names = settings_split(paths);
	g_autoptr(GPtrArray) files = g_ptr_array_new();

	for (size_t i = 0; names[i] != NULL; i++) {
		const Keyfile *file = read_own(replies, names[i], folder, error);

		if (file == NULL)
			return false;
		g_ptr_array_add(files, (gpointer)file);
	}
	g_hash_table_replace(replies->own, g_strdup(paths), g_steal_pointer(&files));

	return true;
}

/* The file of "pt" also serves "pt-BR". */
static bool
is_spoken(const Keyfile *file, const char *language)
{
	const char *code = keyfile_value(file, "reply", "code");
	size_t length = strcspn(language, "-_");

	return g_str_equal(code, language) ||
	       (strlen(code) == length && strncmp(code, language, length) == 0);
}

const Keyfile *
replies_next_file(const Voice *voice, const char *language, size_t *index)
{
	const Replies *replies = voice->replies;
	const GPtrArray *own = g_hash_table_lookup(replies->own, voice->own);
	size_t owned = own != NULL ? own->len : 0;

	while (*index < owned + replies->files->len) {
		size_t i = (*index)++;
		const Keyfile *file =
		    i < owned ? own->pdata[i] : replies->files->pdata[i - owned];

		if (is_spoken(file, language))
			return file;
	}

	return NULL;
}

const char *
replies_language(const Voice *voice, const char *const *languages)
{
	for (; *languages != NULL; languages++) {
		size_t index = 0;
		const Keyfile *file = replies_next_file(voice, *languages, &index);

		if (file != NULL)
			return keyfile_value(file, "reply", "code");
	}

	return NULL;
}

/* The text with its names, or NULL where one is not known. */
static char *
filled(const char *text, const ReplyNames *names)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (;;) {
		size_t length = strcspn(text, "{");
		g_autofree char *name = NULL;

		g_string_append_len(out, text, (gssize)length);
		text += length;
		if (*text == '\0')
			return g_strdup(out->str);
		name = fill(hole_at(text + 1), names);
		if (name == NULL)
			return NULL;
		g_string_append(out, name);
		text += strcspn(text, "}") + 1;
	}
}

static char *
section_text(const Keyfile *file, const char *group, const char *const *keys,
	     const ReplyNames *names)
{
	char *said = NULL;

	for (; said == NULL && *keys != NULL; keys++) {
		const char *text = keyfile_value(file, group, *keys);

		said = text != NULL ? filled(text, names) : NULL;
	}

	return said;
}

/* A file's text: that of the tone in the form of address before that of the tone. */
static char *
file_text(const Keyfile *file, const Voice *voice, const char *group,
	  const char *const *keys, const ReplyNames *names)
{
	g_autofree char *toned = g_strconcat(group, " ", voice->tone, NULL);
	g_autofree char *toned_familiar = g_strconcat(toned, " familiar", NULL);
	g_autofree char *familiar = g_strconcat(group, " familiar", NULL);
	const char *const sections[] = { toned_familiar, familiar, toned, group };
	char *text = NULL;

	for (size_t i = voice->is_familiar ? 0 : 2;
	     text == NULL && i < G_N_ELEMENTS(sections); i++)
		text = section_text(file, sections[i], keys, names);

	return text;
}

char *
replies_text(const Voice *voice, const char *group, const char *const *keys,
	     const ReplyNames *names)
{
	g_autofree char *text = NULL;
	const Keyfile *file = NULL;
	size_t index = 0;

	while (text == NULL && voice->language != NULL &&
	       (file = replies_next_file(voice, voice->language, &index)) != NULL)
		text = file_text(file, voice, group, keys, names);

	/* An empty text in the recipient's file switches ours off. */
	return text != NULL && text[0] != '\0' ? g_steal_pointer(&text) : NULL;
}

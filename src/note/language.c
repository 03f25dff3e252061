/* SPDX-License-Identifier: BSD-2-Clause */
/* language.c - what notes of a language say before, after and instead of words */

#include "config.h"

#include <string.h>

#include <gio/gio.h>

#include "base/data.h"
#include "base/keyfile.h"
#include "base/trusted.h"
#include "text/plain-text.h"
#include "text/text.h"
#include "note/default-text.h"
#include "note/evidence.h"
#include "note/language.h"

static const char *const hole_names[] = { "name", NULL };

/* The key of [phrases] whose words are no phrases. */
#define FIELDS_KEY "fields"

/* Its other keys. */
static const struct {
	const char *key;
	EntryKind kind;
} phrase_keys[] = {
	{ "greetings", ENTRY_GREETING }, { "honorifics", ENTRY_HONORIFIC },
	{ "sign-offs", ENTRY_SIGN_OFF }, { "pleasantries", ENTRY_PLEASANTRY },
	{ "words", ENTRY_WORD },
};

bool
language_entry_counts(const Entry *entry, guint64 languages)
{
	return entry->is_neutral || (languages >> entry->language & 1) != 0;
}

size_t
language_words(const char *plain)
{
	size_t words = 0;

	for (const char *c = plain + 1; *c != '\0'; c++)
		words += *c == ' ';

	return words;
}

static void
default_clear(gpointer data)
{
	DefaultText *text = data;

	g_free(text->key);
	pattern_free(text->pattern);
	g_free(text->plain);
}

static guint64
bit_of(const Languages *languages)
{
	return (guint64)1 << (languages->codes->len - 1);
}

/* Add a phrase and what it means in the language that is being read. */
static bool
add_phrase(Languages *languages, const Keyfile *file, const KeyfileEntry *at,
	   const char *phrase, Entry meaning, GError **error)
{
	g_autoptr(GError) fault = NULL;

	meaning.language = meaning.is_neutral ? 0 : languages->codes->len - 1;
	if (!phrase_set_add(languages->phrases, phrase, languages->entries->len, &fault))
		return keyfile_error(file, at, error, "%s", fault->message);
	g_array_append_val(languages->entries, meaning);

	return true;
}

static bool
take_default(Languages *languages, const Keyfile *file, const KeyfileEntry *entry,
	     GError **error)
{
	g_autoptr(GError) fault = NULL;
	DefaultText text = {
		.language = languages->codes->pdata[languages->codes->len - 1],
		.pattern = pattern_new(entry->value, hole_names, &fault),
	};
	Entry meaning = { .kind = ENTRY_DEFAULT, .text = languages->defaults->len };

	if (text.pattern == NULL)
		return keyfile_error(file, entry, error, "%s", fault->message);
	text.key = g_strdup(entry->name);
	languages->with_defaults |= bit_of(languages);
	if (strchr(entry->value, '{') == NULL && strchr(entry->value, '*') == NULL)
		default_text_set_plain(&text, plain_text_words(entry->value));
	languages->longest_default = MAX(languages->longest_default, text.length);
	g_array_append_val(languages->defaults, text);

	return text.plain == NULL ||
	       add_phrase(languages, file, entry, entry->value, meaning, error);
}

/* The scripts of a common word are its language's. */
static void
note_scripts(Languages *languages, const char *word)
{
	g_autofree char *plain = plain_text_words(word);

	for (const char *c = plain; *c != '\0'; c = g_utf8_next_char(c)) {
		int script = g_unichar_get_script(g_utf8_get_char(c));

		if (script > G_UNICODE_SCRIPT_INHERITED && script < LANGUAGE_MAX_SCRIPTS)
			languages->writers[script] |= bit_of(languages);
	}
}

static bool
take_list(Languages *languages, const Keyfile *file, const KeyfileEntry *entry,
	  Entry meaning, GError **error)
{
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		if (!add_phrase(languages, file, entry, entry->list[i], meaning, error))
			return false;
		if (meaning.kind == ENTRY_WORD)
			note_scripts(languages, entry->list[i]);
	}

	return true;
}

static bool
take_phrases(Languages *languages, const Keyfile *file, const KeyfileEntry *entry,
	     GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(phrase_keys); i++)
		if (g_str_equal(entry->key, phrase_keys[i].key))
			return take_list(languages, file, entry,
					 (Entry){ .kind = phrase_keys[i].kind }, error);

	if (g_str_equal(entry->key, FIELDS_KEY)) {
		for (size_t i = 0; entry->list[i] != NULL; i++)
			g_ptr_array_add(languages->field_words,
					g_ascii_strdown(entry->list[i], -1));
		return true;
	}

	return keyfile_error(file, entry, error,
			     "no such key; there are greetings, honorifics, sign-offs, "
			     "pleasantries, words, " FIELDS_KEY);
}

/* Fewer gaps than words may have, as nearly all phrases, need no closer look. */
static bool
may_be_long(const char *phrase)
{
	size_t gaps = 0;

	for (; *phrase != '\0'; phrase++)
		gaps += (unsigned char)*phrase == 0xe2 ||
			((unsigned char)*phrase < 0x80 && !g_ascii_isalnum(*phrase));

	return gaps >= LANGUAGE_CUE_MAX_WORDS;
}

static bool
has_short_phrases(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		g_autofree char *plain =
		    may_be_long(entry->list[i]) ? plain_text_words(entry->list[i]) : NULL;

		if (plain != NULL && language_words(plain) > LANGUAGE_CUE_MAX_WORDS)
			return keyfile_error(file, entry, error,
					     "\"%s\" has more than %d words",
					     entry->list[i], LANGUAGE_CUE_MAX_WORDS);
	}

	return true;
}

/* "met" and "met-weak" with a kind's phrases. */
static bool
take_cues(Languages *languages, const Keyfile *file, const KeyfileEntry *entry,
	  GError **error)
{
	bool is_weak = g_str_has_suffix(entry->key, "-weak");
	g_autofree char *name =
	    g_strndup(entry->key, strlen(entry->key) - (is_weak ? strlen("-weak") : 0));
	Entry meaning = { .kind = ENTRY_CUE,
			  .cue = cue_of(name),
			  .weight = is_weak ? CUE_WEAK : CUE_STRONG };
	g_autofree char *known = NULL;

	if (meaning.cue == CUE_LAST) {
		known = cue_names();
		return keyfile_error(file, entry, error, "no such key; there are %s",
				     known);
	}

	return has_short_phrases(file, entry, error) &&
	       take_list(languages, file, entry, meaning, error);
}

static bool
take_roles(Languages *languages, const Keyfile *file, const KeyfileEntry *entry,
	   bool is_neutral, GError **error)
{
	Entry meaning = { .kind = ENTRY_ROLE,
			  .role = role_names_find(languages->roles, entry->key),
			  .is_neutral = is_neutral };

	if (meaning.role == ROLE_MAX_COUNT)
		return keyfile_error(
		    file, entry, error,
		    "no such role; those that there are stand in notes/*.rules");

	return take_list(languages, file, entry, meaning, error);
}

static bool
read_entry(Languages *languages, const Keyfile *file, const KeyfileEntry *entry,
	   GError **error)
{
	if (g_str_equal(entry->group, "default"))
		return take_default(languages, file, entry, error);
	if (g_str_equal(entry->group, "phrases"))
		return take_phrases(languages, file, entry, error);
	if (g_str_equal(entry->group, "cues"))
		return take_cues(languages, file, entry, error);
	if (g_str_equal(entry->group, "roles"))
		return take_roles(languages, file, entry, false, error);
	if (!g_str_equal(entry->group, "language"))
		return keyfile_error(
		    file, entry, error,
		    "no such section; there are language, default, phrases, cues, roles");
	if (g_str_equal(entry->key, "nouns") && g_str_equal(entry->value, "capital"))
		languages->noun_capitals |= bit_of(languages);
	else if (!g_str_equal(entry->key, "code") && !g_str_equal(entry->key, "name"))
		return keyfile_error(
		    file, entry, error,
		    "no such key; there are code, name, nouns = capital");

	return true;
}

static bool
add_file(Languages *languages, const Keyfile *file, GError **error)
{
	const char *code = keyfile_value(file, "language", "code");

	if (code == NULL || code[0] == '\0')
		return keyfile_error(file, NULL, error, "[language] needs a code");
	if (languages->codes->len == LANGUAGE_MAX_COUNT)
		return keyfile_error(file, NULL, error, "more than %d languages",
				     LANGUAGE_MAX_COUNT);
	g_ptr_array_add(languages->codes, g_strdup(code));
	for (size_t i = 0; i < keyfile_length(file); i++)
		if (!read_entry(languages, file, keyfile_entry(file, i), error))
			return false;

	return true;
}

/* [roles] names = a; b: those that words may have. */
static bool
declare_roles(Languages *languages, const Keyfile *file, GError **error)
{
	for (size_t i = 0; i < keyfile_length(file); i++) {
		const KeyfileEntry *entry = keyfile_entry(file, i);

		if (!g_str_equal(entry->group, "roles"))
			continue;
		for (size_t j = 0; entry->list[j] != NULL; j++)
			if (role_names_add(languages->roles, entry->list[j]) ==
			    ROLE_MAX_COUNT)
				return keyfile_error(file, entry, error,
						     "more than %d roles",
						     ROLE_MAX_COUNT);
	}

	return true;
}

/* The words of [words] are those of all languages. */
static bool
add_rules(Languages *languages, GPtrArray *files, GError **error)
{
	for (size_t i = 0; i < files->len; i++) {
		const Keyfile *file = files->pdata[i];

		for (size_t j = 0; j < keyfile_length(file); j++) {
			const KeyfileEntry *entry = keyfile_entry(file, j);

			if (g_str_equal(entry->group, "words") &&
			    !take_roles(languages, file, entry, true, error))
				return false;
		}
	}
	languages->rules = rules_new(files, languages->roles, error);

	return languages->rules != NULL;
}

Languages *
languages_new_with(GPtrArray *files, GPtrArray *rules, GError **error)
{
	g_autoptr(Languages) languages = g_new0(Languages, 1);

	languages->defaults = g_array_new(FALSE, FALSE, sizeof(DefaultText));
	g_array_set_clear_func(languages->defaults, default_clear);
	languages->phrases = phrase_set_new();
	languages->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
	languages->codes = g_ptr_array_new_with_free_func(g_free);
	languages->field_words = g_ptr_array_new_with_free_func(g_free);
	languages->roles = role_names_new();

	for (size_t i = 0; i < rules->len; i++)
		if (!declare_roles(languages, rules->pdata[i], error))
			return NULL;
	for (size_t i = 0; i < files->len; i++)
		if (!add_file(languages, files->pdata[i], error))
			return NULL;
	if (!add_rules(languages, rules, error))
		return NULL;
	phrase_set_seal(languages->phrases);

	return g_steal_pointer(&languages);
}

GPtrArray *
languages_feature_names(const Languages *languages)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	size_t count = evidence_feature_count(languages);

	for (size_t i = 0; i < count; i++)
		g_ptr_array_add(names, evidence_feature_name(languages, i));

	return names;
}

/* A folder's file that is not taken is told, and costs no mail.  instead: what is done. */
static void
refuse(Languages *languages, const GError *fault, const char *instead)
{
	g_autofree char *before = languages->refused;

	languages->refused =
	    g_strdup_printf("%s%s%s; %s", before != NULL ? before : "",
			    before != NULL ? "; " : "", fault->message, instead);
}

/* The folder's weights, which stand in the place of ours; NULL: none that are sound. */
static Weights *
load_their_weights(Languages *languages, const char *path, GPtrArray *names)
{
	g_autoptr(GError) fault = NULL;
	g_autoptr(GBytes) theirs = NULL;
	Weights *weights = NULL;
	g_autofree char *bytes = NULL;
	gsize length;

	if (trusted_read(path, &bytes, &length, &fault)) {
		theirs = g_bytes_new_take(g_steal_pointer(&bytes), length);
		weights = weights_new(path, theirs, names, &fault);
	}
	if (fault != NULL && !g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		refuse(languages, fault, "the shipped one is used");

	return weights;
}

static Site *
load_site(Languages *languages, const char *path, GPtrArray *names)
{
	g_autoptr(GError) fault = NULL;
	g_autoptr(Keyfile) file = data_read_file(path, &fault);
	Site *site = file != NULL ? site_new(file, names, &fault) : NULL;

	if (fault != NULL && !g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		refuse(languages, fault, "notes are judged without it");

	return site;
}

/* Ours, or the folder's where it has a sound file of its own; and what its site adds. */
static bool
load_weights(Languages *languages, const char *folder, GError **error)
{
	g_autoptr(GPtrArray) names = languages_feature_names(languages);
	g_autoptr(GBytes) ours = data_bytes(WEIGHTS_FILE, error);

	if (ours == NULL)
		return false;
	if (folder != NULL) {
		g_autofree char *path = g_build_filename(folder, WEIGHTS_FILE, NULL),
				*site = g_build_filename(folder, SITE_FILE, NULL);

		languages->weights = load_their_weights(languages, path, names);
		languages->site = load_site(languages, site, names);
	}
	if (languages->weights == NULL)
		languages->weights =
		    weights_new(DATA_BUILT_IN WEIGHTS_FILE, ours, names, error);

	return languages->weights != NULL;
}

Languages *
languages_new(GPtrArray *files, GError **error)
{
	g_autoptr(GPtrArray) rules = data_load(NULL, "notes", ".rules", error);
	g_autoptr(Languages) languages =
	    rules != NULL ? languages_new_with(files, rules, error) : NULL;

	if (languages == NULL || !load_weights(languages, NULL, error))
		return NULL;

	return g_steal_pointer(&languages);
}

Languages *
languages_load(const char *folder, GError **error)
{
	g_autoptr(GPtrArray) files = data_load(folder, "languages", ".language", error);
	g_autoptr(GPtrArray) rules =
	    files != NULL ? data_load(folder, "notes", ".rules", error) : NULL;
	g_autoptr(Languages) languages =
	    rules != NULL ? languages_new_with(files, rules, error) : NULL;

	if (languages == NULL || !load_weights(languages, folder, error))
		return NULL;

	return g_steal_pointer(&languages);
}

void
languages_free(Languages *languages)
{
	if (languages == NULL)
		return;

	g_array_unref(languages->defaults);
	phrase_set_free(languages->phrases);
	g_array_unref(languages->entries);
	g_ptr_array_unref(languages->codes);
	g_ptr_array_unref(languages->field_words);
	role_names_free(languages->roles);
	rules_free(languages->rules);
	weights_free(languages->weights);
	site_free(languages->site);
	g_free(languages->refused);
	g_free(languages);
}

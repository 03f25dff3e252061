/* SPDX-License-Identifier: BSD-2-Clause */
/* language-file.c - reads a language from its file */

#include "config.h"

#include <string.h>

#include "text/plain-text.h"
#include "text/text.h"
#include "note/language-file.h"

/* The key of [phrases] whose words are no phrases. */
#define FIELDS_KEY "fields"

/* Its other keys. */
static const struct {
	const char *key;
	EntryKind kind;
} phrase_keys[] = {
	{ "greetings", ENTRY_GREETING }, { "honorifics", ENTRY_HONORIFIC },
	{ "sign-offs", ENTRY_SIGN_OFF }, { "pleasantries", ENTRY_PLEASANTRY },
	{ "words", ENTRY_WORD },         { "idioms", ENTRY_IDIOM },
};

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
	if (!phrase_set_add(languages->phrases, phrase, languages->read->len, &fault))
		return keyfile_error(file, at, error, "%s", fault->message);
	g_array_append_val(languages->read, meaning);

	return true;
}

static bool
take_default(Languages *languages, const Keyfile *file, const KeyfileEntry *entry,
	     GError **error)
{
	Entry meaning = { .kind = ENTRY_DEFAULT, .text = languages->defaults->len };
	g_autoptr(GError) fault = NULL;

	if (!language_add_default(languages, entry->name, languages->codes->len - 1,
				  entry->value, &fault))
		return keyfile_error(file, entry, error, "%s", fault->message);

	return g_array_index(languages->defaults, DefaultText, meaning.text).plain ==
		   NULL ||
	       add_phrase(languages, file, entry, entry->value, meaning, error);
}

/* The letters that phrases are written with, as they are written. */
static void
note_letters(Languages *languages, const char *phrase)
{
	for (; *phrase != '\0'; phrase = g_utf8_next_char(phrase)) {
		gunichar c = g_unichar_tolower(g_utf8_get_char(phrase));

		if (c < LANGUAGE_LETTERS)
			languages->letters[c / 64] |= (guint64)1 << c % 64;
	}
}

/* The scripts of a common word are its language's. */
static void
note_scripts(Languages *languages, const char *word)
{
	g_autofree char *plain = plain_text_words(word);

	for (const char *c = plain; *c != '\0'; c = g_utf8_next_char(c)) {
		int script = g_unichar_get_script(g_utf8_get_char(c));

		if (script <= G_UNICODE_SCRIPT_INHERITED ||
		    script >= LANGUAGE_MAX_SCRIPTS)
			continue;
		languages->writers[script] |= bit_of(languages);
		languages->scripts = MAX(languages->scripts, (size_t)script + 1);
	}
}

/* One character, which is a word only in scripts without spaces, and in Korean. */
static bool
is_letter(const char *phrase)
{
	gunichar c = g_utf8_get_char(phrase);
	const char *behind = g_utf8_next_char(phrase);

	return (*behind == '\0' || g_str_equal(behind, "*")) && !text_is_spaceless(c) &&
	       g_unichar_get_script(c) != G_UNICODE_SCRIPT_HANGUL;
}

/*
 * A letter is in every text, as are words that begin with it.  As a common word it is
 * one of thousands, "a" and "y"; a name may follow "M" and "T".
 */
static bool
is_too_short(const char *phrase, EntryKind kind)
{
	return is_letter(phrase) && (kind == ENTRY_CUE || kind == ENTRY_PLEASANTRY ||
				     g_str_has_suffix(phrase, "*"));
}

static bool
take_list(Languages *languages, const Keyfile *file, const KeyfileEntry *entry,
	  Entry meaning, GError **error)
{
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		if (is_too_short(entry->list[i], meaning.kind))
			return keyfile_error(file, entry, error,
					     "\"%s\" is a single letter", entry->list[i]);
		if (!add_phrase(languages, file, entry, entry->list[i], meaning, error))
			return false;
		note_letters(languages, entry->list[i]);
		if (meaning.kind == ENTRY_WORD)
			note_scripts(languages, entry->list[i]);
	}

	return true;
}

/* What stands in a field's name, as plain text has it. */
static bool
take_fields(Languages *languages, const Keyfile *file, const KeyfileEntry *entry,
	    GError **error)
{
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		char *word = g_strstrip(plain_text_words(entry->list[i]));

		g_ptr_array_add(languages->field_words, word);
		if (word[0] == '\0' || is_letter(word))
			return keyfile_error(file, entry, error,
					     "\"%s\" is no word, or a single letter",
					     entry->list[i]);
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

	if (g_str_equal(entry->key, FIELDS_KEY))
		return take_fields(languages, file, entry, error);

	return keyfile_error(file, entry, error,
			     "no such key; there are greetings, honorifics, sign-offs, "
			     "pleasantries, words, idioms, " FIELDS_KEY);
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

bool
language_file_read(Languages *languages, const Keyfile *file, GError **error)
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

bool
language_file_read_words(Languages *languages, const Keyfile *file, GError **error)
{
	for (size_t i = 0; i < keyfile_length(file); i++) {
		const KeyfileEntry *entry = keyfile_entry(file, i);

		if (g_str_equal(entry->group, "words") &&
		    !take_roles(languages, file, entry, true, error))
			return false;
	}

	return true;
}

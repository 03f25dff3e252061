/* SPDX-License-Identifier: BSD-2-Clause */
/* language.c - what notes of a language say before, after and instead of words */

#include <string.h>

#include "base/keyfile.h"
#include "base/text.h"
#include "judge/language.h"

static const char *const hole_names[] = { "name", NULL };

static const char *const phrase_keys[] = { "greetings", "sign-offs", "pleasantries",
					   "words", NULL };

char *
text_plain(const char *text)
{
	g_autoptr(GString) plain = g_string_new(" ");
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, text);
	for (size_t i = 0; i < folded.length; i++) {
		if (g_unichar_isalnum(folded.chars[i]))
			g_string_append_unichar(plain, folded.chars[i]);
		else if (plain->str[plain->len - 1] != ' ')
			g_string_append_c(plain, ' ');
	}
	if (plain->str[plain->len - 1] != ' ')
		g_string_append_c(plain, ' ');

	return g_strdup(plain->str);
}

Pairs
pairs_of(const char *text)
{
	Pairs pairs = { 0 };

	for (const unsigned char *c = (const unsigned char *)text; c[0] != 0 && c[1] != 0; c++) {
		unsigned bit = (c[0] * 31U + c[1]) % 256;

		pairs.bits[bit / 64] |= (uint64_t)1 << (bit % 64);
	}

	return pairs;
}

static bool
pairs_hold(const Pairs *all, const Pairs *some)
{
	for (size_t i = 0; i < G_N_ELEMENTS(all->bits); i++)
		if ((some->bits[i] & ~all->bits[i]) != 0)
			return false;

	return true;
}

const char *
saying_in(const Saying *saying, const char *plain, const Pairs *pairs, size_t *length_out)
{
	size_t length = strlen(saying->text);
	g_autofree char *bare = NULL;

	if (length < 2 || !pairs_hold(pairs, &saying->pairs))
		return NULL;
	if (!saying->is_spaceless) {
		*length_out = length - 1;
		return strstr(plain, saying->text);
	}
	bare = g_strndup(saying->text + 1, length - 2);
	*length_out = length - 2;

	return strstr(plain, bare);
}

/* A saying of plain text, which it takes over. */
static Saying
saying_of(char *plain, const char *language)
{
	Saying saying = { .text = plain, .language = language };
	g_autofree char *bare = g_strndup(plain + 1, strlen(plain + 1) - (plain[1] != '\0'));

	saying.is_spaceless = plain[1] != '\0' && text_is_spaceless(g_utf8_get_char(plain + 1));
	saying.pairs = pairs_of(saying.is_spaceless ? bare : plain);

	return saying;
}

static void
saying_clear(gpointer data)
{
	g_free(((Saying *)data)->text);
}

static void
default_clear(gpointer data)
{
	DefaultText *text = data;

	pattern_free(text->pattern);
	g_free(text->plain);
}

static GArray *
sayings_new(void)
{
	GArray *sayings = g_array_new(FALSE, FALSE, sizeof(Saying));

	g_array_set_clear_func(sayings, saying_clear);

	return sayings;
}

static int
longest_first(gconstpointer a, gconstpointer b)
{
	size_t a_length = strlen(((const Saying *)a)->text);
	size_t b_length = strlen(((const Saying *)b)->text);

	return (a_length < b_length) - (a_length > b_length);
}

static bool
take_default(Languages *languages, const char *code, const Keyfile *file,
	     const KeyfileEntry *entry, GError **error)
{
	g_autoptr(GError) fault = NULL;
	DefaultText text = { entry->name, code,
			     pattern_new(entry->value, hole_names, &fault), NULL };

	if (text.pattern == NULL)
		return keyfile_error(file, entry, error, "%s", fault->message);
	if (strchr(entry->value, '{') == NULL && strchr(entry->value, '*') == NULL)
		text.plain = text_plain(entry->value);
	g_array_append_val(languages->defaults, text);

	return true;
}

static void
take_words(Languages *languages, const KeyfileEntry *entry)
{
	guint64 bit = (guint64)1 << (languages->codes->len - 1);

	for (size_t i = 0; entry->list[i] != NULL; i++) {
		char *word = text_plain(entry->list[i]);
		guint64 *bits = g_hash_table_lookup(languages->words, word);

		if (bits != NULL) {
			*bits |= bit;
			g_free(word);
			continue;
		}
		bits = g_new(guint64, 1);
		*bits = bit;
		g_hash_table_insert(languages->words, word, bits);
	}
}

static bool
take_phrases(Languages *languages, const char *code, const Keyfile *file,
	     const KeyfileEntry *entry, GError **error)
{
	GArray *places[] = { languages->greetings, languages->sign_offs,
			     languages->pleasantries };

	if (g_str_equal(entry->key, "words")) {
		take_words(languages, entry);
		return true;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		if (!g_str_equal(entry->key, phrase_keys[i]))
			continue;
		for (size_t j = 0; entry->list[j] != NULL; j++) {
			Saying saying = saying_of(text_plain(entry->list[j]), code);

			if (saying.text[1] == '\0') {
				g_free(saying.text);
				return keyfile_error(file, entry, error,
						     "\"%s\" holds no letter",
						     entry->list[j]);
			}
			g_array_append_val(places[i], saying);
		}
		return true;
	}

	return keyfile_error(file, entry, error,
			     "no such key; there are greetings, sign-offs, pleasantries, words");
}

static bool
take_entry(Languages *languages, const char *code, const Keyfile *file,
	   const KeyfileEntry *entry, GError **error)
{
	if (g_str_equal(entry->group, "default"))
		return take_default(languages, code, file, entry, error);
	if (g_str_equal(entry->group, "phrases"))
		return take_phrases(languages, code, file, entry, error);
	if (!g_str_equal(entry->group, "language"))
		return keyfile_error(file, entry, error,
				     "no such section; there are language, default, phrases");
	if (!g_str_equal(entry->key, "code") && !g_str_equal(entry->key, "name"))
		return keyfile_error(file, entry, error, "no such key; there are code, name");

	return true;
}

static bool
add_file(Languages *languages, const Keyfile *file, GError **error)
{
	const char *code = keyfile_value(file, "language", "code");

	if (code == NULL || code[0] == '\0')
		return keyfile_error(file, NULL, error, "[language] needs a code");
	if (languages->codes->len == LANGUAGES_MAX_COUNT)
		return keyfile_error(file, NULL, error, "more than %d languages",
				     LANGUAGES_MAX_COUNT);
	g_ptr_array_add(languages->codes, (gpointer)code);
	for (size_t i = 0; i < keyfile_length(file); i++)
		if (!take_entry(languages, code, file, keyfile_entry(file, i), error))
			return false;

	return true;
}

/* The scripts and the spaceless among all words, once for all notes. */
static void
sort_words(Languages *languages)
{
	GHashTableIter iter;
	gpointer word, bits;

	g_hash_table_iter_init(&iter, languages->words);
	while (g_hash_table_iter_next(&iter, &word, &bits)) {
		if (text_is_spaceless(g_utf8_get_char((const char *)word + 1)))
			g_ptr_array_add(languages->spaceless, word);
		for (const char *c = word; *c != '\0'; c = g_utf8_next_char(c)) {
			int script = g_unichar_get_script(g_utf8_get_char(c));

			if (script > G_UNICODE_SCRIPT_INHERITED && script < SCRIPTS_MAX)
				languages->writers[script] |= *(const guint64 *)bits;
		}
	}
}

Languages *
languages_new(GPtrArray *files, GError **error)
{
	g_autoptr(Languages) languages = g_new0(Languages, 1);

	languages->files = g_ptr_array_ref(files);
	languages->defaults = g_array_new(FALSE, FALSE, sizeof(DefaultText));
	g_array_set_clear_func(languages->defaults, default_clear);
	languages->greetings = sayings_new();
	languages->sign_offs = sayings_new();
	languages->pleasantries = sayings_new();
	languages->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	languages->spaceless = g_ptr_array_new();
	languages->codes = g_ptr_array_new();

	for (size_t i = 0; i < files->len; i++)
		if (!add_file(languages, files->pdata[i], error))
			return NULL;
	sort_words(languages);
	g_array_sort(languages->greetings, longest_first);
	g_array_sort(languages->sign_offs, longest_first);
	g_array_sort(languages->pleasantries, longest_first);

	return g_steal_pointer(&languages);
}

void
languages_free(Languages *languages)
{
	if (languages == NULL)
		return;

	g_array_unref(languages->defaults);
	g_array_unref(languages->greetings);
	g_array_unref(languages->sign_offs);
	g_array_unref(languages->pleasantries);
	g_hash_table_unref(languages->words);
	g_ptr_array_unref(languages->spaceless);
	g_ptr_array_unref(languages->codes);
	g_ptr_array_unref(languages->files);
	g_free(languages);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* language-image.c - the languages compiled, as they lie in a program */

#include "config.h"

#include <string.h>

#include "text/phrase-states.h"
#include "note/language-image.h"

#define ENTRIES_TYPE "a(yyybu)" /* of Entry */

#define WORDS_TYPE "ay" /* one behind the other, each closed by NUL */

/*
 * Codes, words of fields, default texts with their keys and languages, sets of languages
 * and of letters, and names of roles.
 */
#define ALL_TYPE                                                                         \
	"(" PHRASE_STATES_TYPE ENTRIES_TYPE WORDS_TYPE WORDS_TYPE WORDS_TYPE             \
	"tatat" WORDS_TYPE RULE_IMAGE_TYPE WEIGHTS_TYPE ")"

static void
use_entries(Languages *languages, GVariant *meanings)
{
	size_t count;

	languages->meanings = meanings;
	languages->entries = g_variant_get_fixed_array(meanings, &count, sizeof(Entry));
}

void
language_image_set_entries(Languages *languages, GArray *entries)
{
	size_t size = entries->len * sizeof(Entry);
	void *data = g_realloc(g_array_free(entries, FALSE), size);

	use_entries(languages,
		    g_variant_ref_sink(g_variant_new_from_data(
			G_VARIANT_TYPE(ENTRIES_TYPE), data, size, TRUE, g_free, data)));
}

static void
add_word(GByteArray *all, const char *word)
{
	g_byte_array_append(all, (const guint8 *)word, (guint)strlen(word) + 1);
}

static GVariant *
bytes_image(const GByteArray *all)
{
	return g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, all->data, all->len,
					 sizeof(guint8));
}

static GVariant *
defaults_image(const GArray *defaults)
{
	g_autoptr(GByteArray) all = g_byte_array_new();

	for (guint i = 0; i < defaults->len; i++) {
		const DefaultText *text = &g_array_index(defaults, DefaultText, i);

		add_word(all, text->key);
		add_word(all, text->language);
		add_word(all, pattern_text(text->pattern));
	}

	return bytes_image(all);
}

static GVariant *
words_image(const GPtrArray *words)
{
	g_autoptr(GByteArray) all = g_byte_array_new();

	for (guint i = 0; i < words->len; i++)
		add_word(all, words->pdata[i]);

	return bytes_image(all);
}

GVariant *
language_image_new(const Languages *languages)
{
	g_autoptr(GVariant) phrases = phrase_set_image(languages->phrases),
			    rules = rules_image(languages->rules),
			    weights = weights_image(languages->weights);
	GVariant *parts[] = {
		phrases,
		languages->meanings,
		words_image(languages->codes),
		words_image(languages->field_words),
		defaults_image(languages->defaults),
		g_variant_new_uint64(languages->noun_capitals),
		g_variant_new_fixed_array(G_VARIANT_TYPE_UINT64, languages->writers,
					  LANGUAGE_MAX_SCRIPTS, sizeof(guint64)),
		g_variant_new_fixed_array(G_VARIANT_TYPE_UINT64, languages->letters,
					  G_N_ELEMENTS(languages->letters),
					  sizeof(guint64)),
		words_image(languages->roles->names),
		rules,
		weights,
	};

	return g_variant_ref_sink(g_variant_new_tuple(parts, G_N_ELEMENTS(parts)));
}

/* The words of an image that are not read yet. */
typedef struct {
	const char *next;
	const char *end;
} Words;

static Words
words_of(GVariant *image)
{
	gsize length;
	const char *all = g_variant_get_fixed_array(image, &length, sizeof(char));

	return (Words){ all, all + length };
}

/* NULL behind the last. */
static const char *
next_word(Words *words)
{
	const char *word = words->next < words->end ? words->next : NULL;

	if (word != NULL)
		words->next += strlen(word) + 1;

	return word;
}

static void
read_words(GPtrArray *to, Words words)
{
	const char *word;

	while ((word = next_word(&words)) != NULL)
		g_ptr_array_add(to, g_strdup(word));
}

static void
read_roles(RoleNames *roles, Words words)
{
	const char *word;

	while ((word = next_word(&words)) != NULL)
		role_names_add(roles, word);
}

static void
read_defaults(Languages *languages, Words words)
{
	const char *key;

	while ((key = next_word(&words)) != NULL) {
		const char *code = next_word(&words);
		guint language = 0;

		g_ptr_array_find_with_equal_func(languages->codes, code, g_str_equal,
						 &language);
		g_assert(language_add_default(languages, key, language, next_word(&words),
					      NULL));
	}
}

void
language_image_read(Languages *languages, GBytes *image)
{
	g_autoptr(GVariant) all = g_variant_ref_sink(
	    g_variant_new_from_bytes(G_VARIANT_TYPE(ALL_TYPE), image, TRUE));
	g_autoptr(GVariant) phrases = NULL, codes = NULL, fields = NULL, defaults = NULL,
			    writers = NULL, letters = NULL, roles = NULL, rules = NULL,
			    weights = NULL;
	GVariant *meanings;
	size_t count;

	g_variant_get(all,
		      "(@" PHRASE_STATES_TYPE "@" ENTRIES_TYPE
		      "@ay@ay@ayt@at@at@ay@" RULE_IMAGE_TYPE "@" WEIGHTS_TYPE ")",
		      &phrases, &meanings, &codes, &fields, &defaults,
		      &languages->noun_capitals, &writers, &letters, &roles, &rules,
		      &weights);
	languages->phrases = phrase_set_of_image(phrases);
	use_entries(languages, meanings);
	read_words(languages->codes, words_of(codes));
	read_words(languages->field_words, words_of(fields));
	read_defaults(languages, words_of(defaults));
	memcpy(languages->writers,
	       g_variant_get_fixed_array(writers, &count, sizeof(guint64)),
	       sizeof(languages->writers));
	memcpy(languages->letters,
	       g_variant_get_fixed_array(letters, &count, sizeof(guint64)),
	       sizeof(languages->letters));
	for (size_t i = 0; i < LANGUAGE_MAX_SCRIPTS; i++)
		languages->scripts =
		    languages->writers[i] != 0 ? i + 1 : languages->scripts;
	read_roles(languages->roles, words_of(roles));
	languages->rules = rules_of_image(rules);
	languages->weights = weights_of_image(weights);
}

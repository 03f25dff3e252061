/* SPDX-License-Identifier: BSD-2-Clause */
/* language-image.c - the languages compiled, as they lie in a program */

#include "config.h"

#include <string.h>

#include "text/phrase-states.h"
#include "note/language-image.h"

#define ENTRIES_TYPE "a(yyybu)" /* of Entry */

/* Codes, words of fields, default texts, and sets of languages. */
#define TYPE "(" PHRASE_STATES_TYPE ENTRIES_TYPE "asasa(sus)tat)"

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

static GVariant *
defaults_image(const Languages *languages)
{
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE("a(sus)"));
	for (size_t i = 0; i < languages->defaults->len; i++) {
		const DefaultText *text =
		    &g_array_index(languages->defaults, DefaultText, i);
		guint language = 0;

		g_ptr_array_find(languages->codes, text->language, &language);
		g_variant_builder_add(&builder, "(sus)", text->key, language,
				      pattern_text(text->pattern));
	}

	return g_variant_builder_end(&builder);
}

static GVariant *
words_image(const GPtrArray *words)
{
	return g_variant_new_strv((const char *const *)words->pdata, words->len);
}

GVariant *
language_image_new(const Languages *languages)
{
	g_autoptr(GVariant) phrases = phrase_set_image(languages->phrases);
	GVariant *parts[] = {
		phrases,
		languages->meanings,
		words_image(languages->codes),
		words_image(languages->field_words),
		defaults_image(languages),
		g_variant_new_uint64(languages->noun_capitals),
		g_variant_new_fixed_array(G_VARIANT_TYPE_UINT64, languages->writers,
					  LANGUAGE_MAX_SCRIPTS, sizeof(guint64)),
	};

	return g_variant_ref_sink(g_variant_new_tuple(parts, G_N_ELEMENTS(parts)));
}

static void
read_words(GPtrArray *words, GVariant *image)
{
	gsize count;
	g_autofree const char **all = g_variant_get_strv(image, &count);

	for (gsize i = 0; i < count; i++)
		g_ptr_array_add(words, g_strdup(all[i]));
}

void
language_image_read(Languages *languages, GBytes *image)
{
	g_autoptr(GVariant) all = g_variant_ref_sink(
	    g_variant_new_from_bytes(G_VARIANT_TYPE(TYPE), image, TRUE));
	g_autoptr(GVariant) phrases = NULL, codes = NULL, fields = NULL, writers = NULL;
	g_autoptr(GVariantIter) defaults = NULL;
	GVariant *meanings;
	const char *key, *value;
	guint language;
	size_t count;

	g_variant_get(all, "(@" PHRASE_STATES_TYPE "@" ENTRIES_TYPE "@as@asa(sus)t@at)",
		      &phrases, &meanings, &codes, &fields, &defaults,
		      &languages->noun_capitals, &writers);
	languages->phrases = phrase_set_of_image(phrases);
	use_entries(languages, meanings);
	read_words(languages->codes, codes);
	read_words(languages->field_words, fields);
	while (g_variant_iter_next(defaults, "(&su&s)", &key, &language, &value))
		g_assert(language_add_default(languages, key, language, value, NULL));
	memcpy(languages->writers,
	       g_variant_get_fixed_array(writers, &count, sizeof(guint64)),
	       sizeof(languages->writers));
}

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
#include "note/language-file.h"
#include "note/language-image.h"
#include "note/language.h"

static const char *const hole_names[] = { "name", NULL };

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

bool
language_add_default(Languages *languages, const char *key, size_t language,
		     const char *value, GError **error)
{
	DefaultText text = { .language = languages->codes->pdata[language],
			     .pattern = pattern_new(value, hole_names, error) };

	if (text.pattern == NULL)
		return false;
	text.key = g_strdup(key);
	if (strchr(value, '{') == NULL && strchr(value, '*') == NULL)
		default_text_set_plain(&text, plain_text_words(value));
	languages->longest_default = MAX(languages->longest_default, text.length);
	languages->with_defaults |= (guint64)1 << language;
	g_array_append_val(languages->defaults, text);

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

static Languages *
languages_begin(void)
{
	Languages *languages = g_new0(Languages, 1);

	languages->defaults = g_array_new(FALSE, FALSE, sizeof(DefaultText));
	g_array_set_clear_func(languages->defaults, default_clear);
	languages->codes = g_ptr_array_new_with_free_func(g_free);
	languages->field_words = g_ptr_array_new_with_free_func(g_free);
	languages->roles = role_names_new();

	return languages;
}

Languages *
languages_new_with(GPtrArray *files, GPtrArray *rules, GError **error)
{
	g_autoptr(Languages) languages = languages_begin();

	for (size_t i = 0; i < rules->len; i++)
		if (!declare_roles(languages, rules->pdata[i], error))
			return NULL;
	languages->phrases = phrase_set_new();
	languages->read = g_array_new(FALSE, FALSE, sizeof(Entry));
	for (size_t i = 0; i < files->len; i++)
		if (!language_file_read(languages, files->pdata[i], error))
			return NULL;
	for (size_t i = 0; i < rules->len; i++)
		if (!language_file_read_words(languages, rules->pdata[i], error))
			return NULL;
	languages->rules = rules_new(rules, languages->roles, error);
	if (languages->rules == NULL)
		return NULL;
	phrase_set_seal(languages->phrases);
	language_image_set_entries(languages, g_steal_pointer(&languages->read));

	return g_steal_pointer(&languages);
}

static Languages *
languages_of_image(GBytes *image)
{
	Languages *languages = languages_begin();

	language_image_read(languages, image);

	return languages;
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

/*
 * A folder's file that is not taken is told, and costs no mail.  instead: what is done.
 */
static void
refuse(Languages *languages, const GError *fault, const char *instead)
{
	g_autofree char *before = languages->refused;

	languages->refused =
	    g_strdup_printf("%s%s%s; %s", before != NULL ? before : "",
			    before != NULL ? "; " : "", fault->message, instead);
}

/* The folder's weights, where they are sound, stand in the place of ours. */
static void
load_their_weights(Languages *languages, const char *path)
{
	g_autoptr(GError) fault = NULL;
	g_autofree char *bytes = NULL;
	gsize length;

	if (trusted_read(path, TRUSTED_MAX_BYTES, &bytes, &length, &fault)) {
		g_autoptr(GPtrArray) names = languages_feature_names(languages);
		g_autoptr(GBytes) theirs =
		    g_bytes_new_take(g_steal_pointer(&bytes), length);
		Weights *weights = weights_new(path, theirs, names, &fault);

		if (weights != NULL) {
			weights_free(languages->weights);
			languages->weights = weights;
		}
	}
	if (fault != NULL && !g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		refuse(languages, fault, "the shipped one is used");
}

static void
load_site(Languages *languages, const char *path)
{
	g_autoptr(GError) fault = NULL;
	g_autoptr(Keyfile) file = data_read_file(path, &fault);

	if (file != NULL) {
		g_autoptr(GPtrArray) names = languages_feature_names(languages);

		languages->site = site_new(file, names, &fault);
	}
	if (fault != NULL && !g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		refuse(languages, fault, "notes are judged without it");
}

/* Ours, which an image has already. */
static bool
load_our_weights(Languages *languages, GError **error)
{
	g_autoptr(GPtrArray) names = NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (languages->weights != NULL)
		return true;
	bytes = data_bytes(WEIGHTS_FILE, error);
	if (bytes == NULL)
		return false;
	names = languages_feature_names(languages);
	languages->weights = weights_new(DATA_BUILT_IN WEIGHTS_FILE, bytes, names, error);

	return languages->weights != NULL;
}

Languages *
languages_new(GPtrArray *files, GError **error)
{
	g_autoptr(GPtrArray) rules = data_load(NULL, "notes", ".rules", error);
	g_autoptr(Languages) languages =
	    rules != NULL ? languages_new_with(files, rules, error) : NULL;

	if (languages == NULL || !load_our_weights(languages, error))
		return NULL;

	return g_steal_pointer(&languages);
}

Languages *
languages_load(const char *folder, GError **error)
{
	g_autoptr(GBytes) image = data_has_own(folder, "languages", ".language") ||
					  data_has_own(folder, "notes", ".rules")
				      ? NULL
				      : data_image(DATA_IMAGE_LANGUAGES);
	g_autoptr(GPtrArray) files =
	    image == NULL ? data_load(folder, "languages", ".language", error) : NULL;
	g_autoptr(GPtrArray) rules =
	    files != NULL ? data_load(folder, "notes", ".rules", error) : NULL;
	g_autoptr(Languages) languages = NULL;

	if (image != NULL)
		languages = languages_of_image(image);
	else if (rules != NULL)
		languages = languages_new_with(files, rules, error);
	if (languages == NULL || !load_our_weights(languages, error))
		return NULL;
	if (folder != NULL) {
		g_autofree char *weights = g_build_filename(folder, WEIGHTS_FILE, NULL),
				*site = g_build_filename(folder, SITE_FILE, NULL);

		load_their_weights(languages, weights);
		load_site(languages, site);
	}

	return g_steal_pointer(&languages);
}

void
languages_free(Languages *languages)
{
	if (languages == NULL)
		return;

	g_array_unref(languages->defaults);
	phrase_set_free(languages->phrases);
	g_clear_pointer(&languages->read, g_array_unref);
	g_clear_pointer(&languages->meanings, g_variant_unref);
	g_ptr_array_unref(languages->codes);
	g_ptr_array_unref(languages->field_words);
	role_names_free(languages->roles);
	rules_free(languages->rules);
	weights_free(languages->weights);
	site_free(languages->site);
	g_free(languages->refused);
	g_free(languages);
}

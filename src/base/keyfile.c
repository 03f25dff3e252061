/* SPDX-License-Identifier: BSD-2-Clause */
/* keyfile.c - an INI file that knows its lines */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "text/edit-distance.h"
#include "base/keyfile-scan.h"
#include "base/keyfile.h"

enum {
	NAME_MAX_COMPARED = 64, /* bytes of a name for which a nearest one is sought */
	MISTAKES_MAX = 1 << 16, /* bytes that tell of mistakes: more is no key file */
};

G_DEFINE_QUARK(keyfile_error, keyfile_error)

void
keyfile_error_join(GError **error, GError *more)
{
	g_autoptr(GError) mistake = more;
	g_autofree char *before = NULL;
	bool is_last;

	if (error == NULL)
		return;
	if (*error == NULL) {
		*error = g_steal_pointer(&mistake);
		return;
	}
	if (strlen((*error)->message) > MISTAKES_MAX)
		return;
	before = (*error)->message;
	is_last = strlen(before) + 1 + strlen(mistake->message) > MISTAKES_MAX;
	(*error)->message = g_strconcat(before, "\n", mistake->message,
					is_last ? "\nand so on" : NULL, NULL);
}

Keyfile *
keyfile_new(const char *path, const char *bytes, size_t length, GError **error)
{
	g_autoptr(Keyfile) keyfile = keyfile_scan_nothing(path);

	return keyfile_scan_bytes(keyfile, bytes, length, error)
		   ? g_steal_pointer(&keyfile)
		   : NULL;
}

Keyfile *
keyfile_salvage(const char *path, const char *bytes, size_t length, GError **error)
{
	Keyfile *keyfile = keyfile_scan_nothing(path);

	keyfile_scan_bytes(keyfile, bytes, length, error);

	return keyfile;
}

void
keyfile_free(Keyfile *keyfile)
{
	if (keyfile == NULL)
		return;

	g_free(keyfile->path);
	g_array_unref(keyfile->entries);
	g_array_unref(keyfile->groups);
	g_free(keyfile->text);
	g_clear_pointer(&keyfile->strings, g_string_chunk_free);
	g_ptr_array_unref(keyfile->items);
	g_free(keyfile);
}

const char *
keyfile_path(const Keyfile *keyfile)
{
	return keyfile->path;
}

size_t
keyfile_length(const Keyfile *keyfile)
{
	return keyfile->entries->len;
}

const KeyfileEntry *
keyfile_entry(const Keyfile *keyfile, size_t index)
{
	g_assert(index < keyfile->entries->len);

	return &g_array_index(keyfile->entries, KeyfileEntry, index);
}

Pattern *
keyfile_pattern(const Keyfile *keyfile, const KeyfileEntry *entry, size_t item,
		const char *const *holes, GError **error)
{
	const char *const *items = (const char *const *)keyfile->items->pdata;
	uint32_t place =
	    keyfile->compiled != NULL ? keyfile->compiled[entry->list - items + item] : 0;

	return place != 0 ? (Pattern *)(gpointer)&keyfile->patterns[place]
			  : pattern_new(entry->list[item], holes, error);
}

size_t
keyfile_groups(const Keyfile *keyfile)
{
	return keyfile->groups->len;
}

const char *
keyfile_group(const Keyfile *keyfile, size_t index, unsigned *line_out)
{
	const KeyfileGroup *group = &g_array_index(keyfile->groups, KeyfileGroup, index);

	g_assert(index < keyfile->groups->len);
	*line_out = group->line;

	return group->name;
}

const char *
keyfile_value(const Keyfile *keyfile, const char *group, const char *key)
{
	for (guint i = 0; i < keyfile->entries->len; i++) {
		const KeyfileEntry *entry = keyfile_entry(keyfile, i);

		/* Most keys differ at once. */
		if (entry->key[0] == key[0] && entry->language == NULL &&
		    strcmp(entry->key, key) == 0 && strcmp(entry->group, group) == 0)
			return entry->value;
	}

	return NULL;
}

static bool
has_value(const KeyfileEntry *entry, const char *value)
{
	for (const char *const *item = entry->list; *item != NULL; item++)
		if (g_ascii_strcasecmp(*item, value) == 0)
			return true;

	return strcmp(entry->value, value) == 0;
}

const KeyfileEntry *
keyfile_find(const Keyfile *keyfile, const char *group, const char *key,
	     const char *value)
{
	for (guint i = 0; i < keyfile->entries->len; i++) {
		const KeyfileEntry *entry = keyfile_entry(keyfile, i);

		if (strcmp(entry->group, group) == 0 &&
		    (key == NULL || strcmp(entry->key, key) == 0) &&
		    (value == NULL || has_value(entry, value)))
			return entry;
	}

	return NULL;
}

char *
keyfile_place(const Keyfile *keyfile, const KeyfileEntry *entry)
{
	if (entry->key == NULL)
		return g_strdup_printf("%s:%u: [%s]", keyfile->path, entry->line,
				       entry->group);

	return g_strdup_printf("%s:%u: [%s] %s%s%s%s", keyfile->path, entry->line,
			       entry->group, entry->key,
			       entry->language != NULL ? "[" : "",
			       entry->language != NULL ? entry->language : "",
			       entry->language != NULL ? "]" : "");
}

bool
keyfile_error(const Keyfile *keyfile, const KeyfileEntry *entry, GError **error,
	      const char *format, ...)
{
	g_autofree char *what = NULL, *place = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	/* What is quoted of a value may have line ends; a mistake is one line. */
	g_strdelimit(what, "\r\n", ' ');
	place = entry != NULL ? keyfile_place(keyfile, entry) : g_strdup(keyfile->path);
	keyfile_error_join(error, g_error_new(KEYFILE_ERROR, KEYFILE_ERROR_VALUE,
					      "%s: %s", place, what));

	return false;
}

const char *
keyfile_nearest(const char *word, const char *const *names)
{
	size_t length = strlen(word), least = SIZE_MAX;
	const char *nearest = NULL;

	if (length > NAME_MAX_COMPARED)
		return NULL;

	for (; *names != NULL; names++) {
		size_t name_length = strlen(*names), steps;

		if (name_length > NAME_MAX_COMPARED)
			continue;
		/* A word of which more than a third is wrong is another word. */
		steps = edit_distance(word, length, *names, name_length);
		if (steps <= MAX(length, name_length) / 3 && steps < least) {
			least = steps;
			nearest = *names;
		}
	}

	return nearest;
}

bool
keyfile_unknown(const Keyfile *keyfile, const KeyfileEntry *entry, const char *what,
		const char *word, const char *const *names, GError **error)
{
	const char *nearest = keyfile_nearest(word, names);
	g_autofree char *all = NULL;

	if (nearest != NULL)
		return keyfile_error(keyfile, entry, error,
				     "no such %s; did you mean \"%s\"?", what, nearest);
	all = g_strjoinv(", ", (char **)names);

	return keyfile_error(keyfile, entry, error, "no such %s; there are %s", what,
			     all);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* keyfile-image.c - our own key files as they lie in a program, read already */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "base/keyfile-image.h"
#include "base/keyfile-scan.h"

/* Where strings and lists of the image begin. */
struct KeyfileImageFile {
	uint32_t path;
	uint32_t entries;
	uint32_t n_entries;
	uint32_t groups;
	uint32_t n_groups;
	uint32_t items; /* with those that close lists, as many as compiled */
	uint32_t n_items;
};

struct KeyfileImageEntry {
	uint32_t group;
	uint32_t key;
	uint32_t name;
	uint32_t language; /* 0: none */
	uint32_t value;
	uint32_t list; /* among the items of its file */
	uint32_t line;
};

#define FILES_TYPE    "a(uuuuuuu)"
#define ENTRIES_TYPE  "a(uuuuuuu)"
#define GROUPS_TYPE   "a(uu)"
#define ITEMS_TYPE    "au"
#define TEXT_TYPE     "ay"
#define PATTERNS_TYPE "at"
#define TYPE                                                                             \
	"(" FILES_TYPE ENTRIES_TYPE GROUPS_TYPE ITEMS_TYPE ITEMS_TYPE TEXT_TYPE          \
	    PATTERNS_TYPE ")"

enum {
	GROUP_NUMBERS = 2, /* that a group takes in KeyfileImage.groups */
};

/* An image on its way. */
typedef struct {
	GArray *files;
	GArray *entries;
	GArray *groups; /* of uint32_t, as the next two */
	GArray *items;
	GArray *compiled;
	GByteArray *text;    /* begins with an empty string, which stands for NULL, too */
	GHashTable *strings; /* → their places in text */
	GArray *patterns;    /* of uint64_t; the first is nobody's */
	GHashTable *known;   /* texts of patterns → their places */
	const char *const *holes; /* of those; NULL: there are none */
} Builder;

/* The string's place in the text, where each stands once; 0: NULL or empty. */
static uint32_t
keep_string(Builder *builder, const char *string)
{
	gpointer place;

	if (string == NULL || *string == '\0')
		return 0;
	place = g_hash_table_lookup(builder->strings, string);
	if (place == NULL) {
		place = GUINT_TO_POINTER(builder->text->len);
		g_hash_table_insert(builder->strings, (gpointer)string, place);
		g_byte_array_append(builder->text, (const guint8 *)string,
				    (guint)strlen(string) + 1);
	}

	return GPOINTER_TO_UINT(place);
}

/*
 * The place of the pattern, which stands once for all that have its text; 0: none.  What
 * cannot be read as a pattern, a domain or a word, is asked for by nobody.
 */
static uint32_t
keep_pattern(Builder *builder, const char *item)
{
	gpointer place = g_hash_table_lookup(builder->known, item);
	g_autoptr(Pattern) pattern = builder->holes != NULL && place == NULL
					 ? pattern_new(item, builder->holes, NULL)
					 : NULL;

	if (pattern != NULL) {
		GArray *patterns = builder->patterns;
		guint start = patterns->len;
		size_t size = pattern_size(pattern) + sizeof(uint64_t) - 1;

		place = GUINT_TO_POINTER(start);
		g_hash_table_insert(builder->known, (gpointer)item, place);
		g_array_set_size(patterns, start + (guint)(size / sizeof(uint64_t)));
		pattern_copy(pattern, &g_array_index(patterns, uint64_t, start));
	}

	return GPOINTER_TO_UINT(place);
}

static void
add_items(Builder *builder, const char *const *list)
{
	static const uint32_t none = 0;

	for (; *list != NULL; list++) {
		uint32_t place = keep_string(builder, *list),
			 pattern = keep_pattern(builder, *list);

		g_array_append_val(builder->items, place);
		g_array_append_val(builder->compiled, pattern);
	}
	g_array_append_val(builder->items, none);
	g_array_append_val(builder->compiled, none);
}

static void
add_file(Builder *builder, const Keyfile *file)
{
	KeyfileImageFile image = {
		.path = keep_string(builder, keyfile_path(file)),
		.entries = builder->entries->len,
		.n_entries = (uint32_t)keyfile_length(file),
		.groups = builder->groups->len / GROUP_NUMBERS,
		.n_groups = (uint32_t)keyfile_groups(file),
		.items = builder->items->len,
	};

	for (size_t i = 0; i < keyfile_groups(file); i++) {
		unsigned line;
		uint32_t name = keep_string(builder, keyfile_group(file, i, &line));

		g_array_append_val(builder->groups, name);
		g_array_append_val(builder->groups, line);
	}
	for (size_t i = 0; i < keyfile_length(file); i++) {
		const KeyfileEntry *entry = keyfile_entry(file, i);
		KeyfileImageEntry written = {
			.group = keep_string(builder, entry->group),
			.key = keep_string(builder, entry->key),
			.name = keep_string(builder, entry->name),
			.language = keep_string(builder, entry->language),
			.value = keep_string(builder, entry->value),
			.list = builder->items->len - image.items,
			.line = entry->line,
		};

		g_array_append_val(builder->entries, written);
		add_items(builder, entry->list);
	}
	image.n_items = builder->items->len - image.items;
	g_array_append_val(builder->files, image);
}

/* Takes the array over. */
static GVariant *
fixed_array(const char *type, GArray *array)
{
	size_t length = array->len * (size_t)g_array_get_element_size(array);
	void *data = g_array_free(array, FALSE);

	return g_variant_new_from_data(G_VARIANT_TYPE(type), data, length, TRUE, g_free,
				       data);
}

GVariant *
keyfile_image_new(GArray *sources)
{
	Builder builder = {
		.files = g_array_new(FALSE, TRUE, sizeof(KeyfileImageFile)),
		.entries = g_array_new(FALSE, TRUE, sizeof(KeyfileImageEntry)),
		.groups = g_array_new(FALSE, TRUE, sizeof(uint32_t)),
		.items = g_array_new(FALSE, TRUE, sizeof(uint32_t)),
		.compiled = g_array_new(FALSE, TRUE, sizeof(uint32_t)),
		.text = g_byte_array_new(),
		.strings = g_hash_table_new(g_str_hash, g_str_equal),
		.patterns = g_array_new(FALSE, TRUE, sizeof(uint64_t)),
		.known = g_hash_table_new(g_str_hash, g_str_equal),
	};
	GVariant *parts[7];

	g_byte_array_append(builder.text, (const guint8 *)"", 1);
	g_array_set_size(builder.patterns, 1);
	for (guint i = 0; i < sources->len; i++) {
		const KeyfileImageSource *source =
		    &g_array_index(sources, KeyfileImageSource, i);

		if (source->holes != builder.holes)
			g_hash_table_remove_all(builder.known);
		builder.holes = source->holes;
		add_file(&builder, source->file);
	}
	g_hash_table_unref(builder.strings);
	g_hash_table_unref(builder.known);
	parts[0] = fixed_array(FILES_TYPE, builder.files);
	parts[1] = fixed_array(ENTRIES_TYPE, builder.entries);
	parts[2] = fixed_array(GROUPS_TYPE, builder.groups);
	parts[3] = fixed_array(ITEMS_TYPE, builder.items);
	parts[4] = fixed_array(ITEMS_TYPE, builder.compiled);
	parts[5] = g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, builder.text->data,
					     builder.text->len, sizeof(guint8));
	parts[6] = fixed_array(PATTERNS_TYPE, builder.patterns);
	g_byte_array_unref(builder.text);

	return g_variant_ref_sink(g_variant_new_tuple(parts, G_N_ELEMENTS(parts)));
}

void
keyfile_image_open(KeyfileImage *image_out, GBytes *bytes)
{
	g_autoptr(GVariant) all = g_variant_ref_sink(
	    g_variant_new_from_bytes(G_VARIANT_TYPE(TYPE), bytes, TRUE));
	gsize count;

	image_out->files =
	    data_image_part(all, 0, sizeof(KeyfileImageFile), &image_out->n_files);
	image_out->entries = data_image_part(all, 1, sizeof(KeyfileImageEntry), &count);
	image_out->groups =
	    data_image_part(all, 2, GROUP_NUMBERS * sizeof(uint32_t), &count);
	image_out->items = data_image_part(all, 3, sizeof(uint32_t), &count);
	image_out->compiled = data_image_part(all, 4, sizeof(uint32_t), &count);
	image_out->text = data_image_part(all, 5, sizeof(char), &count);
	image_out->patterns = data_image_part(all, 6, sizeof(uint64_t), &count);
}

static void
read_entries(Keyfile *keyfile, const KeyfileImage *image, const KeyfileImageFile *file)
{
	const char *const *items = (const char *const *)keyfile->items->pdata;
	const char *text = image->text;

	g_array_set_size(keyfile->entries, file->n_entries);
	for (size_t i = 0; i < file->n_entries; i++) {
		const KeyfileImageEntry *from = &image->entries[file->entries + i];

		g_array_index(keyfile->entries, KeyfileEntry, i) = (KeyfileEntry){
			.group = text + from->group,
			.key = text + from->key,
			.name = text + from->name,
			.language = from->language != 0 ? text + from->language : NULL,
			.value = text + from->value,
			.list = items + from->list,
			.line = from->line,
		};
	}
}

static Keyfile *
read_file(const KeyfileImage *image, const KeyfileImageFile *file)
{
	Keyfile *keyfile = keyfile_scan_nothing(image->text + file->path);
	const uint32_t *groups = &image->groups[file->groups * GROUP_NUMBERS];

	for (size_t i = 0; i < file->n_groups; i++) {
		KeyfileGroup group = { image->text + groups[GROUP_NUMBERS * i],
				       groups[GROUP_NUMBERS * i + 1] };

		g_array_append_val(keyfile->groups, group);
	}
	g_ptr_array_set_size(keyfile->items, (gint)file->n_items);
	for (size_t i = 0; i < file->n_items; i++) {
		uint32_t place = image->items[file->items + i];

		keyfile->items->pdata[i] =
		    place != 0 ? (gpointer)(image->text + place) : NULL;
	}
	read_entries(keyfile, image, file);
	keyfile->compiled = &image->compiled[file->items];
	keyfile->patterns = image->patterns;

	return keyfile;
}

Keyfile *
keyfile_image_read(const KeyfileImage *image, const char *path)
{
	for (size_t i = 0; i < image->n_files; i++)
		if (g_str_equal(image->text + image->files[i].path, path))
			return read_file(image, &image->files[i]);

	return NULL;
}

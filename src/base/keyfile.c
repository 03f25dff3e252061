/* SPDX-License-Identifier: BSD-2-Clause */
/* keyfile.c - an INI file that knows its lines */

#include <stdint.h>
#include <string.h>

#include "base/keyfile.h"

/*
 * Design rationale
 *
 * GKeyFile reads the values, but forgets lines, takes the last of two equal
 * keys and stops at an escape it does not know.  So a first pass walks the
 * lines: it finds every mistake while the line is at hand and notes where each
 * key stands; only a file that passed is given to GKeyFile.
 */

enum {
	FILE_MAX = 1 << 20,	/* bytes; our longest file is far below a tenth of it */
	NAME_MAX_COMPARED = 64,	/* bytes of a name for which a nearest one is sought */
};

struct Keyfile {
	char *path;
	GArray *entries;	/* KeyfileEntry */
	GPtrArray *lists;	/* the arrays of the entries' lists */
	GStringChunk *strings;	/* all text of the entries */
};

/* Where a key stands, before its value is read. */
typedef struct {
	const char *group;	/* borrowed from Keyfile.strings */
	const char *written;	/* the key with its number and language; borrowed too */
	unsigned line;
} Place;

/* The first pass on its way through the lines. */
typedef struct {
	Keyfile *keyfile;	/* borrowed */
	GArray *places;		/* Place */
	GHashTable *groups;	/* name, borrowed from strings -> line */
	GHashTable *keys;	/* "GROUP\nKEY", owned -> line */
	const char *group;	/* the one we are in, or NULL; borrowed from strings */
	unsigned line;
} Scan;

G_DEFINE_QUARK(keyfile-error-quark, keyfile_error)

static bool
scan_error(const Scan *scan, GError **error, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

static bool
scan_error(const Scan *scan, GError **error, const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error(error, KEYFILE_ERROR, KEYFILE_ERROR_SYNTAX, "%s:%u: %s",
		    scan->keyfile->path, scan->line, what);

	return false;
}

static void
scan_init(Scan *scan, Keyfile *keyfile)
{
	scan->keyfile = keyfile;
	scan->places = g_array_new(FALSE, FALSE, sizeof(Place));
	scan->groups = g_hash_table_new(g_str_hash, g_str_equal);
	scan->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	scan->group = NULL;
	scan->line = 0;
}

static void
scan_clear(Scan *scan)
{
	g_clear_pointer(&scan->places, g_array_unref);
	g_clear_pointer(&scan->groups, g_hash_table_unref);
	g_clear_pointer(&scan->keys, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scan, scan_clear)

/* text: "[group]", without white space around it. */
static bool
scan_group(Scan *scan, const char *text, GError **error)
{
	size_t length = strlen(text);
	g_autofree char *name = NULL;
	unsigned first;

	if (length < 3 || text[length - 1] != ']')
		return scan_error(scan, error, "a group is written [name]");

	name = g_strndup(text + 1, length - 2);
	for (const char *c = name; *c != '\0'; c++)
		if (*c == '[' || *c == ']' || g_ascii_iscntrl(*c))
			return scan_error(scan, error, "a group is written [name]");

	first = GPOINTER_TO_UINT(g_hash_table_lookup(scan->groups, name));
	if (first != 0)
		return scan_error(scan, error,
				  "[%s]: the group stands in line %u already, "
				  "move its keys there", name, first);

	scan->group = g_string_chunk_insert_const(scan->keyfile->strings, name);
	g_hash_table_insert(scan->groups, (gpointer)scan->group,
			    GUINT_TO_POINTER(scan->line));

	return true;
}

/* Is this KEY or KEY[LANGUAGE]? */
static bool
is_key(const char *written)
{
	size_t name = strcspn(written, "[]");
	const char *language;
	size_t length;

	if (name == 0 || g_ascii_isspace(written[name - 1]))
		return false;
	if (written[name] == '\0')
		return true;
	if (written[name] != '[')
		return false;

	language = written + name + 1;
	length = strspn(language, "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@");

	return length > 0 && strcmp(language + length, "]") == 0;
}

/* text: "key = value", without white space around it. */
static bool
scan_key(Scan *scan, const char *text, GError **error)
{
	const char *equals = strchr(text, '=');
	g_autofree char *written = NULL;
	g_autofree char *unique = NULL;
	unsigned first;
	Place place;

	if (equals == NULL)
		return scan_error(scan, error, "neither [group] nor key = value nor "
					       "# comment");

	written = g_strchomp(g_strndup(text, (size_t)(equals - text)));
	if (!is_key(written))
		return scan_error(scan, error, "a key is written key or key[language], "
					       "then = and its value");
	if (scan->group == NULL)
		return scan_error(scan, error, "%s: stands before any [group]", written);

	unique = g_strdup_printf("%s\n%s", scan->group, written);
	first = GPOINTER_TO_UINT(g_hash_table_lookup(scan->keys, unique));
	if (first != 0)
		return scan_error(scan, error, "[%s] %s: given twice, first in line %u",
				  scan->group, written, first);

	g_hash_table_insert(scan->keys, g_steal_pointer(&unique),
			    GUINT_TO_POINTER(scan->line));
	place.group = scan->group;
	place.written = g_string_chunk_insert(scan->keyfile->strings, written);
	place.line = scan->line;
	g_array_append_val(scan->places, place);

	return true;
}

static bool
scan_line(Scan *scan, char *line, GError **error)
{
	const char *text = g_strstrip(line);

	scan->line++;
	if (!g_utf8_validate(text, -1, NULL))
		return scan_error(scan, error, "not UTF-8; save the file in it");
	if (*text == '\0' || *text == '#')
		return true;

	return *text == '[' ? scan_group(scan, text, error)
			    : scan_key(scan, text, error);
}

static bool
scan_lines(Scan *scan, const char *bytes, size_t length, GError **error)
{
	const char *end = bytes + length;

	while (bytes < end) {
		const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
		const char *next = stop != NULL ? stop + 1 : end;
		size_t width = (size_t)((stop != NULL ? stop : end) - bytes);
		g_autofree char *line = g_strndup(bytes, width);

		if (memchr(bytes, '\0', width) != NULL) {
			scan->line++;
			return scan_error(scan, error, "a zero byte: not a text file");
		}
		if (!scan_line(scan, line, error))
			return false;
		bytes = next;
	}

	return true;
}

/* The text with its escapes resolved; one that we don't know stays as written. */
static const char *
resolve(Keyfile *keyfile, const char *raw, size_t length)
{
	static const char letters[] = "nts\\;";
	static const char meanings[] = "\n\t \\;";
	g_autoptr(GString) text = NULL;

	if (memchr(raw, '\\', length) == NULL)
		return g_string_chunk_insert_len(keyfile->strings, raw, (gssize)length);

	text = g_string_sized_new(length);
	for (size_t i = 0; i < length; i++) {
		const char *letter = NULL;

		if (raw[i] == '\\' && i + 1 < length)
			letter = strchr(letters, raw[i + 1]);
		if (letter != NULL)
			i++;
		g_string_append_c(text, letter != NULL ? meanings[letter - letters]
						       : raw[i]);
	}

	return g_string_chunk_insert_len(keyfile->strings, text->str,
					 (gssize)text->len);
}

static size_t
item_length(const char *raw)
{
	size_t length = 0;

	while (raw[length] != '\0' && raw[length] != ';')
		length += raw[length] == '\\' && raw[length + 1] != '\0' ? 2 : 1;

	return length;
}

static const char *const *
split(Keyfile *keyfile, const char *raw)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	gpointer *list;

	for (;;) {
		size_t length = item_length(raw);
		const char *next = raw + length, *end = next;

		while (raw < end && g_ascii_isspace(*raw))
			raw++;
		while (end > raw && g_ascii_isspace(end[-1]))
			end--;
		if (end > raw)
			g_ptr_array_add(items, (gpointer)resolve(keyfile, raw,
								 (size_t)(end - raw)));
		if (*next == '\0')
			break;
		raw = next + 1;
	}

	g_ptr_array_add(items, NULL);
	list = g_ptr_array_free(g_steal_pointer(&items), FALSE);
	g_ptr_array_add(keyfile->lists, list);

	return (const char *const *)list;
}

/* Length of the key without "-2" at its end. */
static size_t
unnumbered_length(const char *key, size_t length)
{
	size_t end = length;

	while (end > 0 && g_ascii_isdigit(key[end - 1]))
		end--;

	return end < length && end > 1 && key[end - 1] == '-' ? end - 1 : length;
}

static bool
add_entry(Keyfile *keyfile, GKeyFile *file, const Place *place, GError **error)
{
	size_t length = strcspn(place->written, "[");
	const char *bracket = place->written + length;
	g_autofree char *raw = NULL;
	KeyfileEntry entry = { .group = place->group, .name = place->written,
			       .line = place->line };

	entry.key = g_string_chunk_insert_len(
		keyfile->strings, place->written,
		(gssize)unnumbered_length(place->written, length));
	if (*bracket != '\0')
		entry.language = g_string_chunk_insert_len(
			keyfile->strings, bracket + 1, (gssize)strlen(bracket) - 2);

	raw = g_key_file_get_value(file, place->group, place->written, NULL);
	if (raw == NULL) {
		keyfile_error(keyfile, &entry, error, "cannot be read");
		return false;
	}

	g_strstrip(raw);
	entry.value = resolve(keyfile, raw, strlen(raw));
	entry.list = split(keyfile, raw);
	g_array_append_val(keyfile->entries, entry);

	return true;
}

static bool
read_values(Keyfile *keyfile, const char *bytes, size_t length, const GArray *places,
	    GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) trouble = NULL;

	/* GKeyFile calls a file without any byte one that it could not find. */
	if (places->len == 0)
		return true;
	if (!g_key_file_load_from_data(file, bytes, length,
				       G_KEY_FILE_KEEP_TRANSLATIONS, &trouble)) {
		g_set_error(error, KEYFILE_ERROR, KEYFILE_ERROR_SYNTAX, "%s: %s",
			    keyfile->path, trouble->message);
		return false;
	}

	for (guint i = 0; i < places->len; i++)
		if (!add_entry(keyfile, file, &g_array_index(places, Place, i), error))
			return false;

	return true;
}

Keyfile *
keyfile_new(const char *path, const char *bytes, size_t length, GError **error)
{
	g_autoptr(Keyfile) keyfile = g_new0(Keyfile, 1);
	g_auto(Scan) scan = { 0 };

	keyfile->path = g_strdup(path);
	keyfile->entries = g_array_new(FALSE, FALSE, sizeof(KeyfileEntry));
	keyfile->lists = g_ptr_array_new_with_free_func(g_free);
	keyfile->strings = g_string_chunk_new(16 * 1024);

	if (length > FILE_MAX) {
		g_set_error(error, KEYFILE_ERROR, KEYFILE_ERROR_SYNTAX,
			    "%s: %zu bytes, at most %d are read", path, length, FILE_MAX);
		return NULL;
	}
	/* Editors of another system put U+FEFF at the start. */
	if (length >= 3 && memcmp(bytes, "\357\273\277", 3) == 0) {
		bytes += 3;
		length -= 3;
	}

	scan_init(&scan, keyfile);
	if (!scan_lines(&scan, bytes, length, error) ||
	    !read_values(keyfile, bytes, length, scan.places, error))
		return NULL;

	return g_steal_pointer(&keyfile);
}

void
keyfile_free(Keyfile *keyfile)
{
	if (keyfile == NULL)
		return;

	g_free(keyfile->path);
	g_array_unref(keyfile->entries);
	g_ptr_array_unref(keyfile->lists);
	g_string_chunk_free(keyfile->strings);
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

const char *
keyfile_value(const Keyfile *keyfile, const char *group, const char *key)
{
	for (guint i = 0; i < keyfile->entries->len; i++) {
		const KeyfileEntry *entry = keyfile_entry(keyfile, i);

		if (entry->language == NULL && strcmp(entry->key, key) == 0 &&
		    strcmp(entry->group, group) == 0)
			return entry->value;
	}

	return NULL;
}

bool
keyfile_error(const Keyfile *keyfile, const KeyfileEntry *entry, GError **error,
	      const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);

	if (entry == NULL)
		g_set_error(error, KEYFILE_ERROR, KEYFILE_ERROR_VALUE, "%s: %s",
			    keyfile->path, what);
	else
		g_set_error(error, KEYFILE_ERROR, KEYFILE_ERROR_VALUE,
			    "%s:%u: [%s] %s%s%s%s: %s", keyfile->path, entry->line,
			    entry->group, entry->key,
			    entry->language != NULL ? "[" : "",
			    entry->language != NULL ? entry->language : "",
			    entry->language != NULL ? "]" : "", what);

	return false;
}

/* How many letters must be added, dropped or changed (Levenshtein); case is none. */
static size_t
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t row[NAME_MAX_COMPARED + 1];

	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;

	for (size_t i = 1; i <= a_length; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t change = diagonal + (g_ascii_tolower(a[i - 1]) !=
						    g_ascii_tolower(b[j - 1]));

			diagonal = row[j];
			row[j] = MIN(change, MIN(row[j], row[j - 1]) + 1);
		}
	}

	return row[b_length];
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
		/* More than a third wrong is another word. */
		steps = distance(word, length, *names, name_length);
		if (steps <= MAX(length, name_length) / 3 && steps < least) {
			least = steps;
			nearest = *names;
		}
	}

	return nearest;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* keyfile.c - an INI file that knows its lines */

#include <stdint.h>
#include <string.h>

#include "base/keyfile.h"

/*
 * Design rationale
 *
 * GKeyFile forgets lines, takes the last of two equal keys, ends at the first
 * mistake and stops at an escape it does not know.  The form is simple enough
 * to be read by ourselves: one pass finds every mistake and every key while
 * the line is at hand.
 */

enum {
	FILE_MAX = 1 << 20,     /* bytes; our longest file is far below a tenth of it */
	NAME_MAX_COMPARED = 64, /* bytes of a name for which a nearest one is sought */
	MISTAKES_MAX = 1 << 16, /* bytes that tell of mistakes: more is no key file */
};

typedef struct {
	const char *name; /* borrowed from Keyfile.strings */
	unsigned line;
} Group;

struct Keyfile {
	char *path;
	GArray *entries;       /* KeyfileEntry */
	GArray *groups;        /* Group */
	GPtrArray *lists;      /* the arrays of the entries' lists */
	GStringChunk *strings; /* all text of the entries */
};

/* On the way through the lines. */
typedef struct {
	Keyfile *keyfile;   /* borrowed */
	GHashTable *groups; /* name, borrowed from strings -> line */
	GHashTable *keys;   /* "GROUP\nKEY", owned -> line */
	const char *group;  /* the one we are in, or NULL; borrowed from strings */
	bool is_lost;       /* in a group whose name cannot be read */
	unsigned line;
} Scan;

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

static bool scan_error(const Scan *scan, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static bool
scan_error(const Scan *scan, GError **error, const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	keyfile_error_join(error,
			   g_error_new(KEYFILE_ERROR, KEYFILE_ERROR_SYNTAX, "%s:%u: %s",
				       scan->keyfile->path, scan->line, what));

	return false;
}

static void
scan_init(Scan *scan, Keyfile *keyfile)
{
	*scan = (Scan){ .keyfile = keyfile };
	scan->groups = g_hash_table_new(g_str_hash, g_str_equal);
	scan->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void
scan_clear(Scan *scan)
{
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
	Group group;

	scan->group = NULL;
	scan->is_lost = true;
	if (length < 3 || text[length - 1] != ']')
		return scan_error(scan, error, "a group is written [name]");

	name = g_strndup(text + 1, length - 2);
	for (const char *c = name; *c != '\0'; c++)
		if (*c == '[' || *c == ']' || g_ascii_iscntrl(*c))
			return scan_error(scan, error, "a group is written [name]");

	scan->group = g_string_chunk_insert_const(scan->keyfile->strings, name);
	scan->is_lost = false;
	first = GPOINTER_TO_UINT(g_hash_table_lookup(scan->groups, name));
	if (first != 0)
		return scan_error(scan, error,
				  "[%s]: the group stands in line %u already, "
				  "move its keys there",
				  name, first);

	g_hash_table_insert(scan->groups, (gpointer)scan->group,
			    GUINT_TO_POINTER(scan->line));
	group = (Group){ scan->group, scan->line };
	g_array_append_val(scan->keyfile->groups, group);

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
		g_string_append_c(text,
				  letter != NULL ? meanings[letter - letters] : raw[i]);
	}

	return g_string_chunk_insert_len(keyfile->strings, text->str, (gssize)text->len);
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
			g_ptr_array_add(
			    items, (gpointer)resolve(keyfile, raw, (size_t)(end - raw)));
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

/* written: the key with its number and language. */
static void
add_entry(const Scan *scan, const char *written, const char *value)
{
	Keyfile *keyfile = scan->keyfile;
	GStringChunk *strings = keyfile->strings;
	size_t length = strcspn(written, "["), key = unnumbered_length(written, length);
	const char *bracket = written + length;
	KeyfileEntry entry = { .group = scan->group, .line = scan->line };

	entry.key = g_string_chunk_insert_len(strings, written, (gssize)key);
	entry.name = g_string_chunk_insert(strings, written);
	if (*bracket != '\0')
		entry.language = g_string_chunk_insert_len(strings, bracket + 1,
							   (gssize)strlen(bracket) - 2);
	entry.value = resolve(keyfile, value, strlen(value));
	entry.list = split(keyfile, value);
	g_array_append_val(keyfile->entries, entry);
}

/* text: "key = value", without white space around it. */
static bool
scan_key(Scan *scan, const char *text, GError **error)
{
	const char *equals = strchr(text, '=');
	g_autofree char *written = NULL;
	g_autofree char *unique = NULL;
	unsigned first;

	if (equals == NULL)
		return scan_error(scan, error,
				  "neither [group] nor key = value nor "
				  "# comment");

	written = g_strchomp(g_strndup(text, (size_t)(equals - text)));
	if (!is_key(written))
		return scan_error(scan, error,
				  "a key is written key or key[language], "
				  "then = and its value");
	if (scan->is_lost)
		return true;
	if (scan->group == NULL)
		return scan_error(scan, error, "%s: stands before any [group]", written);

	unique = g_strdup_printf("%s\n%s", scan->group, written);
	first = GPOINTER_TO_UINT(g_hash_table_lookup(scan->keys, unique));
	if (first != 0)
		return scan_error(scan, error, "[%s] %s: given twice, first in line %u",
				  scan->group, written, first);

	g_hash_table_insert(scan->keys, g_steal_pointer(&unique),
			    GUINT_TO_POINTER(scan->line));
	for (equals++; g_ascii_isspace(*equals); equals++)
		;
	add_entry(scan, written, equals);

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

	return *text == '[' ? scan_group(scan, text, error) : scan_key(scan, text, error);
}

static bool
scan_lines(Scan *scan, const char *bytes, size_t length, GError **error)
{
	const char *end = bytes + length;
	bool is_sound = true;

	while (bytes < end) {
		const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
		const char *next = stop != NULL ? stop + 1 : end;
		size_t width = (size_t)((stop != NULL ? stop : end) - bytes);
		g_autofree char *line = g_strndup(bytes, width);

		if (memchr(bytes, '\0', width) != NULL) {
			scan->line++;
			return scan_error(scan, error, "a zero byte: not a text file");
		}
		is_sound &= scan_line(scan, line, error);
		bytes = next;
	}

	return is_sound;
}

/* Reads all there is, whatever is wrong with it. */
static bool
read_file(Keyfile *keyfile, const char *bytes, size_t length, GError **error)
{
	g_auto(Scan) scan = { 0 };

	if (length > FILE_MAX)
		return keyfile_error(keyfile, NULL, error,
				     "%zu bytes, at most %d are read", length, FILE_MAX);
	/* Editors of another system put U+FEFF at the start. */
	if (length >= 3 && memcmp(bytes, "\357\273\277", 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	scan_init(&scan, keyfile);

	return scan_lines(&scan, bytes, length, error);
}

static Keyfile *
keyfile_of_nothing(const char *path)
{
	Keyfile *keyfile = g_new0(Keyfile, 1);

	keyfile->path = g_strdup(path);
	keyfile->entries = g_array_new(FALSE, FALSE, sizeof(KeyfileEntry));
	keyfile->groups = g_array_new(FALSE, FALSE, sizeof(Group));
	keyfile->lists = g_ptr_array_new_with_free_func(g_free);
	keyfile->strings = g_string_chunk_new(16 * 1024);

	return keyfile;
}

Keyfile *
keyfile_new(const char *path, const char *bytes, size_t length, GError **error)
{
	g_autoptr(Keyfile) keyfile = keyfile_of_nothing(path);

	return read_file(keyfile, bytes, length, error) ? g_steal_pointer(&keyfile)
							: NULL;
}

Keyfile *
keyfile_salvage(const char *path, const char *bytes, size_t length, GError **error)
{
	Keyfile *keyfile = keyfile_of_nothing(path);

	read_file(keyfile, bytes, length, error);

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

size_t
keyfile_groups(const Keyfile *keyfile)
{
	return keyfile->groups->len;
}

const char *
keyfile_group(const Keyfile *keyfile, size_t index, unsigned *line_out)
{
	const Group *group = &g_array_index(keyfile->groups, Group, index);

	g_assert(index < keyfile->groups->len);
	*line_out = group->line;

	return group->name;
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
	place = entry != NULL ? keyfile_place(keyfile, entry) : g_strdup(keyfile->path);
	keyfile_error_join(error, g_error_new(KEYFILE_ERROR, KEYFILE_ERROR_VALUE,
					      "%s: %s", place, what));

	return false;
}

/* Are the letters before these the same two, the other way round? */
static bool
is_swapped(const char *a, size_t i, const char *b, size_t j)
{
	return i > 1 && j > 1 && g_ascii_tolower(a[i - 1]) == g_ascii_tolower(b[j - 2]) &&
	       g_ascii_tolower(a[i - 2]) == g_ascii_tolower(b[j - 1]);
}

/*
 * How many letters must be added, dropped, changed or swapped with the next
 * one (Damerau, Levenshtein); case is none.
 */
static size_t
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t rows[3][NAME_MAX_COMPARED + 1];

	for (size_t i = 0; i <= a_length; i++) {
		size_t *row = rows[i % 3], *last = rows[(i + 2) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			if (i == 0) {
				row[j] = j;
				continue;
			}
			row[j] = MIN(MIN(last[j], row[j - 1]) + 1,
				     last[j - 1] + (g_ascii_tolower(a[i - 1]) !=
						    g_ascii_tolower(b[j - 1])));
			if (is_swapped(a, i, b, j))
				row[j] = MIN(row[j], rows[(i + 1) % 3][j - 2] + 1);
		}
	}

	return rows[a_length % 3][b_length];
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

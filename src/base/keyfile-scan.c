/* SPDX-License-Identifier: BSD-2-Clause */
/* keyfile-scan.c - reads the lines of a key file */

#include "config.h"

#include <string.h>

#include "base/keyfile-scan.h"

/*
 * Design rationale
 *
 * GKeyFile forgets lines, takes the last of two equal keys, ends at the first
 * mistake and stops at an escape it does not know.  The form is simple enough
 * to be read by ourselves: one pass finds every mistake and every key while
 * the line is at hand.
 *
 * A file is copied once and cut into its strings where they stand.  Only what does
 * not end where another begins is kept apart: keys and languages, each once, and
 * the items of a list.
 */

enum {
	FILE_MAX = 1 << 20,   /* bytes; our longest file is far below a tenth of it */
	STRINGS_BLOCK = 1024, /* bytes */
};

/* A group of the file. */
typedef struct {
	unsigned line;
	GHashTable *keys; /* as written, borrowed from text -> line */
} Group;

/* On the way through the lines. */
typedef struct {
	Keyfile *keyfile;   /* borrowed */
	GHashTable *groups; /* name, borrowed from text -> Group, owned */
	const char *name;   /* of the group we are in, or NULL; borrowed from text */
	GHashTable *keys;   /* its keys, borrowed */
	bool is_lost;       /* in a group whose name cannot be read */
	bool is_utf8;       /* all of the file */
	unsigned line;
} Scan;

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
scan_clear(Scan *scan)
{
	g_clear_pointer(&scan->groups, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scan, scan_clear)

static void
group_free(gpointer data)
{
	Group *group = data;

	g_hash_table_unref(group->keys);
	g_free(group);
}

/* text: "[group]", without white space around it; it is cut. */
static bool
scan_group(Scan *scan, char *text, GError **error)
{
	size_t length = strlen(text);
	char *name = text + 1;
	gpointer first_name, first;
	Group *group;

	scan->name = NULL;
	scan->is_lost = true;
	if (length < 3 || text[length - 1] != ']')
		return scan_error(scan, error, "a group is written [name]");

	text[length - 1] = '\0';
	for (const char *c = name; *c != '\0'; c++)
		if (*c == '[' || *c == ']' || g_ascii_iscntrl(*c))
			return scan_error(scan, error, "a group is written [name]");

	scan->is_lost = false;
	if (g_hash_table_lookup_extended(scan->groups, name, &first_name, &first)) {
		group = first;
		scan->name = first_name;
		scan->keys = group->keys;
		return scan_error(scan, error,
				  "[%s]: the group stands in line %u already, "
				  "move its keys there",
				  name, group->line);
	}

	group = g_new(Group, 1);
	*group = (Group){ scan->line, g_hash_table_new(g_str_hash, g_str_equal) };
	g_hash_table_insert(scan->groups, name, group);
	scan->name = name;
	scan->keys = group->keys;
	g_array_append_val(scan->keyfile->groups,
			   ((KeyfileGroup){ scan->name, scan->line }));

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

/* Resolve the text's escapes where they stand; one that we don't know stays as written. */
static void
resolve(char *text)
{
	static const char letters[] = "nts\\;";
	static const char meanings[] = "\n\t \\;";
	char *in = strchr(text, '\\'), *out = in;

	for (; in != NULL && *in != '\0'; in++) {
		const char *letter = NULL;

		if (in[0] == '\\' && in[1] != '\0')
			letter = strchr(letters, in[1]);
		if (letter != NULL)
			in++;
		*out++ = letter != NULL ? meanings[letter - letters] : *in;
	}
	if (out != NULL)
		*out = '\0';
}

static size_t
item_length(const char *raw)
{
	size_t length = 0;

	while (raw[length] != '\0' && raw[length] != ';')
		length += raw[length] == '\\' && raw[length + 1] != '\0' ? 2 : 1;

	return length;
}

/* Add the items of a value that is not resolved yet, and NULL behind them. */
static void
split(Keyfile *keyfile, char *value)
{
	GPtrArray *items = keyfile->items;
	char *raw = value, *next;

	if (strchr(value, ';') != NULL)
		raw = g_string_chunk_insert(keyfile->strings, value);
	else if (*value != '\0')
		g_ptr_array_add(items, value);
	for (; raw != value && raw != NULL; raw = next) {
		size_t length = item_length(raw);

		next = raw[length] == ';' ? raw + length + 1 : NULL;
		raw[length] = '\0';
		raw = g_strstrip(raw);
		resolve(raw);
		if (*raw != '\0')
			g_ptr_array_add(items, raw);
	}
	g_ptr_array_add(items, NULL);
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

/* The first bytes of the text, kept once for all entries. */
static const char *
keep_part(const Keyfile *keyfile, char *text, size_t length)
{
	char behind = text[length];
	const char *part;

	text[length] = '\0';
	part = g_string_chunk_insert_const(keyfile->strings, text);
	text[length] = behind;

	return part;
}

/* written: the key with its number and language.  The entry's list is set at the end. */
static void
add_entry(const Scan *scan, char *written, char *value)
{
	Keyfile *keyfile = scan->keyfile;
	size_t length = strcspn(written, "["), key = unnumbered_length(written, length);
	char *bracket = written + length;
	KeyfileEntry entry = {
		.group = scan->name,
		.key = written,
		.name = written,
		.value = value,
		.line = scan->line,
	};

	if (written[key] != '\0')
		entry.key = keep_part(keyfile, written, key);
	if (*bracket != '\0')
		entry.language = keep_part(keyfile, bracket + 1, strlen(bracket) - 2);
	split(keyfile, value);
	resolve(value);
	g_array_append_val(keyfile->entries, entry);
}

/* text: "key = value", without white space around it; it is cut. */
static bool
scan_key(Scan *scan, char *text, GError **error)
{
	char *equals = strchr(text, '='), *value, *written;
	unsigned first;

	if (equals == NULL)
		return scan_error(scan, error,
				  "neither [group] nor key = value nor "
				  "# comment");

	*equals = '\0';
	written = g_strchomp(text);
	if (!is_key(written))
		return scan_error(scan, error,
				  "a key is written key or key[language], "
				  "then = and its value");
	if (scan->is_lost)
		return true;
	if (scan->name == NULL)
		return scan_error(scan, error, "%s: stands before any [group]", written);

	first = GPOINTER_TO_UINT(g_hash_table_lookup(scan->keys, written));
	if (first != 0)
		return scan_error(scan, error, "[%s] %s: given twice, first in line %u",
				  scan->name, written, first);

	g_hash_table_insert(scan->keys, written, GUINT_TO_POINTER(scan->line));
	for (value = equals + 1; g_ascii_isspace(*value); value++)
		;
	add_entry(scan, written, value);

	return true;
}

static bool
scan_line(Scan *scan, char *line, GError **error)
{
	char *text = g_strstrip(line);

	scan->line++;
	if (!scan->is_utf8 && !g_utf8_validate(text, -1, NULL))
		return scan_error(scan, error, "not UTF-8; save the file in it");
	if (*text == '\0' || *text == '#')
		return true;

	return *text == '[' ? scan_group(scan, text, error) : scan_key(scan, text, error);
}

/* Cuts the lines that end at end, where a zero byte stands. */
static bool
scan_lines(Scan *scan, char *line, char *end, GError **error)
{
	bool is_sound = true;

	while (line < end) {
		char *stop = memchr(line, '\n', (size_t)(end - line));

		if (stop == NULL)
			stop = end;
		*stop = '\0';
		if (strlen(line) < (size_t)(stop - line)) {
			scan->line++;
			return scan_error(scan, error, "a zero byte: not a text file");
		}
		is_sound &= scan_line(scan, line, error);
		line = stop + 1;
	}

	return is_sound;
}

/* The items may move as long as there are more of them. */
static void
set_lists(const Keyfile *keyfile)
{
	const char *const *item = (const char *const *)keyfile->items->pdata;

	for (guint i = 0; i < keyfile->entries->len; i++) {
		g_array_index(keyfile->entries, KeyfileEntry, i).list = item;
		while (*item++ != NULL)
			;
	}
}

Keyfile *
keyfile_scan_nothing(const char *path)
{
	Keyfile *keyfile = g_new0(Keyfile, 1);

	keyfile->path = g_strdup(path);
	keyfile->entries = g_array_new(FALSE, FALSE, sizeof(KeyfileEntry));
	keyfile->groups = g_array_new(FALSE, FALSE, sizeof(KeyfileGroup));
	keyfile->items = g_ptr_array_new();

	return keyfile;
}

bool
keyfile_scan_bytes(Keyfile *keyfile, const char *bytes, size_t length, GError **error)
{
	g_auto(Scan) scan = { .keyfile = keyfile };
	bool is_sound;

	if (length > FILE_MAX)
		return keyfile_error(keyfile, NULL, error,
				     "%zu bytes, at most %d are read", length, FILE_MAX);
	/* Editors of another system put U+FEFF at the start. */
	if (length >= 3 && memcmp(bytes, "\357\273\277", 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	keyfile->strings = g_string_chunk_new(STRINGS_BLOCK);
	keyfile->text = g_malloc(length + 1);
	memcpy(keyfile->text, bytes, length);
	keyfile->text[length] = '\0';
	scan.is_utf8 = g_utf8_validate_len(bytes, length, NULL);
	scan.groups = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, group_free);
	is_sound = scan_lines(&scan, keyfile->text, keyfile->text + length, error);
	set_lists(keyfile);

	return is_sound;
}

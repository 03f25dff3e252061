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
 */

enum {
	FILE_MAX = 1 << 20, /* bytes; our longest file is far below a tenth of it */
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
	KeyfileGroup group;

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
	group = (KeyfileGroup){ scan->group, scan->line };
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
	size_t most = 1, count = 0;
	const char **list;

	for (const char *c = raw; (c = strchr(c, ';')) != NULL; c++)
		most++;
	list = g_new(const char *, most + 1);
	for (;;) {
		size_t length = item_length(raw);
		const char *next = raw + length, *end = next;

		while (raw < end && g_ascii_isspace(*raw))
			raw++;
		while (end > raw && g_ascii_isspace(end[-1]))
			end--;
		if (end > raw)
			list[count++] = resolve(keyfile, raw, (size_t)(end - raw));
		if (*next == '\0')
			break;
		raw = next + 1;
	}
	list[count] = NULL;
	g_ptr_array_add(keyfile->lists, list);

	return list;
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

	unique = g_strconcat(scan->group, "\n", written, NULL);
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

bool
keyfile_scan_bytes(Keyfile *keyfile, const char *bytes, size_t length, GError **error)
{
	g_auto(Scan) scan = { .keyfile = keyfile };

	if (length > FILE_MAX)
		return keyfile_error(keyfile, NULL, error,
				     "%zu bytes, at most %d are read", length, FILE_MAX);
	/* Editors of another system put U+FEFF at the start. */
	if (length >= 3 && memcmp(bytes, "\357\273\277", 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	scan.groups = g_hash_table_new(g_str_hash, g_str_equal);
	scan.keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	return scan_lines(&scan, bytes, length, error);
}

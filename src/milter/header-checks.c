/* SPDX-License-Identifier: BSD-2-Clause */
/* header-checks.c - does Postfix delete our fields while we are down? */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "base/input.h"
#include "base/settings.h"
#include "edit/fields.h"
#include "milter/header-checks.h"

/* A file of the administrator's; one that is larger is no table of patterns. */
#define FILE_MAX_BYTES (4UL * 1024 * 1024)

static char *
read_file(const char *path)
{
	g_autofree char *bytes = NULL;

	return input_file(path, FILE_MAX_BYTES, &bytes, NULL, NULL)
		   ? g_steal_pointer(&bytes)
		   : NULL;
}

/* The lines of a file of Postfix's: no comments, and continued ones put together. */
static char **
logical_lines(const char *bytes)
{
	g_auto(GStrv) raw = g_strsplit(bytes, "\n", -1);
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; raw[i] != NULL; i++) {
		const char *start = raw[i] + strspn(raw[i], " \t\r");

		if (*start == '\0' || *start == '#')
			continue;
		if (start == raw[i])
			g_string_append_c(text, '\n');
		else
			g_string_append_c(text, ' ');
		g_string_append(text, g_strchomp(raw[i] + (start - raw[i])));
	}

	return g_strsplit(text->str, "\n", -1);
}

/* The value of header_checks, "" where it has none; the last line counts. */
static char *
value_of(const char *main_cf)
{
	static const char key[] = "header_checks";
	g_auto(GStrv) lines = logical_lines(main_cf);
	g_autofree char *value = g_strdup("");

	for (size_t i = 0; lines[i] != NULL; i++) {
		const char *rest = lines[i] + strlen(key);

		if (!g_str_has_prefix(lines[i], key))
			continue;
		rest += strspn(rest, " \t");
		if (*rest != '=')
			continue;
		g_free(value);
		value = g_strdup(rest + 1);
	}

	return g_steal_pointer(&value);
}

/* Does the line take a field off, or refuse it? */
static bool
line_covers(const char *line, const char *field)
{
	static const char *const actions[] = { "IGNORE", "STRIP", "REJECT", "DISCARD",
					       NULL };
	const char *end = line[0] != '\0' ? line + 1 : line;
	g_autofree char *pattern = NULL, *action = NULL;

	while (*end != '\0' && *end != line[0])
		end += *end == '\\' && end[1] != '\0' ? 2 : 1;
	if (*end == '\0' || g_ascii_isalnum(line[0]) || line[0] == '!')
		return false;
	pattern = g_strndup(line + 1, (gsize)(end - line) - 1);
	end += strcspn(end, " \t");
	end += strspn(end, " \t");
	action = g_ascii_strup(end, (gssize)strcspn(end, " \t"));

	return g_strv_contains(actions, action) &&
	       g_regex_match_simple(pattern, field, G_REGEX_CASELESS, 0);
}

static bool
table_covers(const char *table, const char *field)
{
	g_auto(GStrv) lines = logical_lines(table);

	for (size_t i = 0; lines[i] != NULL; i++)
		if (line_covers(lines[i], field))
			return true;

	return false;
}

static bool
tables_cover_all(const GPtrArray *tables)
{
	for (size_t field = 0; field < FIELD_LAST; field++) {
		g_autofree char *line =
		    g_strconcat(fields_name((Field)field), ": known", NULL);
		bool is_covered = false;

		for (guint i = 0; i < tables->len && !is_covered; i++)
			is_covered = table_covers(tables->pdata[i], line);
		if (!is_covered)
			return false;
	}

	return true;
}

HeaderChecks
header_checks_find(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, "main.cf", NULL);
	g_autofree char *main_cf = read_file(path);
	g_autofree char *value = main_cf != NULL ? value_of(main_cf) : NULL;
	g_auto(GStrv) words = value != NULL ? settings_split(value) : NULL;
	g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(g_free);
	bool is_all_seen = true;

	if (words == NULL)
		return HEADER_CHECKS_UNSEEN;
	for (size_t i = 0; words[i] != NULL; i++) {
		g_autoptr(GString) name = g_string_new(words[i]);
		const char *colon;
		char *table = NULL;

		g_string_replace(name, "${config_directory}", folder, 0);
		g_string_replace(name, "$config_directory", folder, 0);
		colon = strchr(name->str, ':');
		if (g_str_has_prefix(name->str, "regexp:") ||
		    g_str_has_prefix(name->str, "pcre:"))
			table = read_file(colon + 1);
		if (table != NULL)
			g_ptr_array_add(tables, table);
		else
			is_all_seen = false;
	}
	if (tables_cover_all(tables))
		return HEADER_CHECKS_THERE;

	return is_all_seen ? HEADER_CHECKS_MISSING : HEADER_CHECKS_UNSEEN;
}

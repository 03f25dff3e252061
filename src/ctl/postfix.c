/* SPDX-License-Identifier: BSD-2-Clause */
/* postfix.c - what Postfix's settings say, as postconf(1) tells it */

#include "config.h"

#include <string.h>

#include "ctl/postfix.h"

#define OVERRIDE "/smtpd_milters"

/* What a program writes, without the last line end; "" where it fails.  argv: NULL out. */
static char *
run(const char *const *argv)
{
	g_autofree char *out = NULL, *quiet = NULL;
	int status = 0;

	if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
			  &out, &quiet, &status, NULL) ||
	    status != 0)
		return g_strdup("");

	return g_strchomp(g_steal_pointer(&out));
}

/* program [-c FOLDER] FIRST SECOND [THIRD] */
static char *
ask(const char *program, const char *folder, const char *first, const char *second,
    const char *third)
{
	const char *const here[] = { program, first, second, third, NULL };
	const char *const there[] = { program, "-c", folder, first, second, third, NULL };

	return run(folder != NULL ? there : here);
}

char *
postfix_value(const char *folder, const char *name)
{
	return ask("postconf", folder, "-hx", name, NULL);
}

char *
postfix_lookup(const char *folder, const char *table, const char *line)
{
	return ask("postmap", folder, "-q", line, table);
}

bool
postfix_is_chrooted(const char *folder)
{
	g_autofree char *line = ask("postconf", folder, "-F", "smtp/inet/chroot", NULL);

	return g_str_has_suffix(line, "= y");
}

char **
postfix_overrides(const char *folder)
{
	g_autofree char *all = ask("postconf", folder, "-Px", NULL, NULL);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
	g_autoptr(GPtrArray) found = g_ptr_array_new();

	for (size_t i = 0; lines[i] != NULL; i++) {
		char *value = strstr(lines[i], " = ");

		if (value == NULL)
			continue;
		*value = '\0';
		if (!g_str_has_suffix(lines[i], OVERRIDE))
			continue;
		g_ptr_array_add(found, g_strdup(lines[i]));
		g_ptr_array_add(found, g_strdup(value + strlen(" = ")));
	}
	g_ptr_array_add(found, NULL);

	return (char **)g_ptr_array_free(g_steal_pointer(&found), FALSE);
}

static void
milter_free(gpointer data)
{
	PostfixMilter *milter = data;

	g_free(milter->text);
	g_free(milter->address);
	g_free(milter->action);
	g_free(milter);
}

static PostfixMilter *
milter_of(const char *text, size_t length)
{
	static const char action[] = "default_action=";
	PostfixMilter *milter = g_new0(PostfixMilter, 1);
	g_auto(GStrv) words = NULL;

	milter->text = g_strndup(text, length);
	words = g_strsplit_set(milter->text, "{}, \t\r\n", -1);
	for (size_t i = 0; words[i] != NULL; i++)
		if (g_str_has_prefix(words[i], action))
			milter->action = g_strdup(words[i] + strlen(action));
		else if (words[i][0] != '\0' && milter->address == NULL)
			milter->address = g_strdup(words[i]);
	if (milter->address == NULL)
		milter->address = g_strdup("");
	if (milter->action == NULL)
		milter->action = g_strdup("");

	return milter;
}

GPtrArray *
postfix_milters(const char *value)
{
	GPtrArray *milters = g_ptr_array_new_with_free_func(milter_free);

	for (const char *at = value + strspn(value, ", \t\r\n"); *at != '\0';
	     at += strspn(at, ", \t\r\n")) {
		const char *brace = *at == '{' ? strchr(at, '}') : NULL;
		size_t length =
		    brace != NULL ? (size_t)(brace + 1 - at) : strcspn(at, ", \t\r\n");

		g_ptr_array_add(milters, milter_of(at, length));
		at += length;
	}

	return milters;
}

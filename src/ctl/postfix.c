/* SPDX-License-Identifier: BSD-2-Clause */
/* postfix.c - what Postfix's settings say, as postconf(1) tells it */

#include "config.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "ctl/postfix.h"
#include "ctl/smtp-client.h"

#define OVERRIDE "/smtpd_milters"
#define OPTIONS  "receive_override_options"
#define SKIP     "/" OPTIONS

/* What a program writes, without the last line end; NULL where it fails. */
static char *
run(const char *const *argv)
{
	g_autofree char *out = NULL, *quiet = NULL;
	int status = 0;

	if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
			  &out, &quiet, &status, NULL) ||
	    status != 0)
		return NULL;

	return g_strchomp(g_steal_pointer(&out));
}

/* program [-c FOLDER] FIRST [SECOND [THIRD]] */
static char *
run_in(const char *program, const char *folder, const char *first, const char *second,
       const char *third)
{
	const char *const here[] = { program, first, second, third, NULL };
	const char *const there[] = { program, "-c", folder, first, second, third, NULL };

	return run(folder != NULL ? there : here);
}

/* The same, and "" where it fails. */
static char *
ask(const char *program, const char *folder, const char *first, const char *second,
    const char *third)
{
	char *said = run_in(program, folder, first, second, third);

	return said != NULL ? said : g_strdup("");
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

/* Columns of a line of master.cf. */
enum { COLUMN_SERVICE, COLUMN_TYPE, COLUMN_CHROOT = 4, COLUMN_COMMAND = 7 };

bool
postfix_is_chrooted(const char *folder)
{
	g_autofree char *level = postfix_value(folder, "compatibility_level");
	g_autofree char *all = ask("postconf", folder, "-M", NULL, NULL);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
	/* What "-" means. */
	bool is_by_default = level[0] == '\0' || level[0] == '0';

	for (size_t i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) words = settings_split(lines[i]);

		if (g_strv_length(words) > COLUMN_COMMAND &&
		    g_str_equal(words[COLUMN_COMMAND], "smtpd") &&
		    (words[COLUMN_CHROOT][0] == 'y' ||
		     (words[COLUMN_CHROOT][0] == '-' && is_by_default)))
			return true;
	}

	return false;
}

/* A service's name as a port; "smtp" where services(5) knows it not. */
static unsigned
port_of(const char *service)
{
	const struct servent *known = getservbyname(service, "tcp");

	if (g_ascii_isdigit(service[0]))
		return (unsigned)strtoul(service, NULL, 10);

	return known != NULL ? ntohs((uint16_t)known->s_port) : SMTP_CLIENT_PORT;
}

char *
postfix_smtp_place(const char *folder)
{
	g_autofree char *all = ask("postconf", folder, "-M", NULL, NULL);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) words = settings_split(lines[i]);
		char *port;

		if (g_strv_length(words) <= COLUMN_COMMAND ||
		    !g_str_equal(words[COLUMN_TYPE], "inet") ||
		    (!g_str_equal(words[COLUMN_COMMAND], "smtpd") &&
		     !g_str_equal(words[COLUMN_COMMAND], "postscreen")))
			continue;
		port = strrchr(words[COLUMN_SERVICE], ':');
		if (port == NULL)
			return g_strdup_printf("127.0.0.1:%u",
					       port_of(words[COLUMN_SERVICE]));
		*port++ = '\0';

		return g_strdup_printf("%s:%u", words[COLUMN_SERVICE], port_of(port));
	}

	return NULL;
}

bool
postfix_is_running(const char *folder)
{
	g_autofree char *said = run_in("postfix", folder, "status", NULL, NULL);

	return said != NULL;
}

/*
 * The value of a service's option: "NAME/TYPE" ends before the returned "/KEY = VALUE".
 */
static const char *
option_value(const char *line, const char *key, const char **end_out)
{
	*end_out = strstr(line, key);
	if (*end_out == NULL || !g_str_has_prefix(*end_out + strlen(key), " ="))
		return NULL;

	return *end_out + strlen(key) + strlen(" =");
}

char *
postfix_checked_filter(const char *folder, char **service_out)
{
	g_autofree char *found = postfix_value(folder, "content_filter");
	g_autofree char *all = ask("postconf", folder, "-Px", NULL, NULL);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
	g_autofree char *service = NULL;

	for (size_t i = 0; lines[i] != NULL; i++) {
		const char *end, *value;

		value = option_value(lines[i], SKIP, &end);
		if (value != NULL && strstr(value, "no_header_body_checks") != NULL)
			return g_strdup("");
		value = option_value(lines[i], "/content_filter", &end);
		if (value == NULL)
			continue;
		value += strspn(value, " ");
		/* Where mail comes back it is not filtered again. */
		if (value[0] == '\0' && service == NULL)
			service = g_strndup(lines[i], (gsize)(end - lines[i]));
		if (value[0] != '\0' && found[0] == '\0') {
			g_free(found);
			found = g_strdup(value);
		}
	}
	*service_out = g_steal_pointer(&service);

	return g_steal_pointer(&found);
}

/*
 * Does mail of others or of users come in there?  Another may be where a filter gives
 * mail back, which is not to be judged again.
 */
static bool
is_entrance(const char *line)
{
	static const char *const services[] = { "smtp",       "25",  "smtps",
						"submission", "587", "submissions",
						"465",        NULL };
	g_autofree char *service = g_strndup(line, strcspn(line, "/"));
	const char *port = strrchr(service, ':');

	return g_str_has_prefix(line + strlen(service), "/inet/") &&
	       !g_str_has_prefix(service, "127.") &&
	       !g_str_has_prefix(service, "[::1]") &&
	       !g_str_has_prefix(service, "localhost:") &&
	       g_strv_contains(services, port != NULL ? port + 1 : service);
}

char **
postfix_overrides(const char *folder)
{
	g_autofree char *all = ask("postconf", folder, "-Px", NULL, NULL);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
	g_autoptr(GPtrArray) found = g_ptr_array_new();

	for (size_t i = 0; lines[i] != NULL; i++) {
		const char *end, *value = option_value(lines[i], OVERRIDE, &end);

		if (value == NULL)
			continue;
		value += strspn(value, " ");
		if (value[0] == '\0' && !is_entrance(lines[i]))
			continue;
		g_ptr_array_add(found, g_strndup(lines[i], (gsize)(end - lines[i]) +
							       strlen(OVERRIDE)));
		g_ptr_array_add(found, g_strdup(value));
	}
	g_ptr_array_add(found, NULL);

	return (char **)g_ptr_array_free(g_steal_pointer(&found), FALSE);
}

/* Add name and the rest of the value, where no_milters is one of its words. */
static void
add_skip(GPtrArray *found, const char *name, gsize length, const char *value)
{
	g_auto(GStrv) words = settings_split(value);
	g_autoptr(GString) rest = g_string_new(NULL);
	bool is_skip = false;

	for (size_t i = 0; words[i] != NULL; i++)
		if (g_str_equal(words[i], "no_milters"))
			is_skip = true;
		else
			g_string_append_printf(rest, "%s%s", rest->len > 0 ? "," : "",
					       words[i]);
	if (!is_skip)
		return;
	g_ptr_array_add(found, g_strndup(name, length));
	g_ptr_array_add(found, g_strdup(rest->str));
}

char **
postfix_skips(const char *folder)
{
	g_autofree char *general = postfix_value(folder, OPTIONS);
	g_autofree char *all = ask("postconf", folder, "-Px", NULL, NULL);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
	g_autoptr(GPtrArray) found = g_ptr_array_new();

	add_skip(found, OPTIONS, strlen(OPTIONS), general);
	for (size_t i = 0; lines[i] != NULL; i++) {
		const char *end, *value = option_value(lines[i], SKIP, &end);

		if (value != NULL && is_entrance(lines[i]))
			add_skip(found, lines[i], (gsize)(end - lines[i]) + strlen(SKIP),
				 value);
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
	g_autoptr(GString) dense = g_string_new_len(text, (gssize)length);
	g_auto(GStrv) words = NULL;

	milter->text = g_strndup(text, length);
	/* In braces of its own a parameter may have blanks: "{ default_action = accept }". */
	g_strdelimit(dense->str, "\t\r\n", ' ');
	while (g_string_replace(dense, " =", "=", 0) > 0)
		;
	while (g_string_replace(dense, "= ", "=", 0) > 0)
		;
	words = g_strsplit_set(dense->str, "{}, \t\r\n", -1);
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

/* Braces may stand in braces; what is never closed goes to the end, as for Postfix. */
static size_t
milter_length(const char *at, bool *is_open_out)
{
	size_t depth = 0, length = 0;

	*is_open_out = false;
	if (*at != '{')
		return strcspn(at, ", \t\r\n");
	do {
		depth += at[length] == '{';
		depth -= at[length] == '}';
		length++;
	} while (depth > 0 && at[length] != '\0');
	*is_open_out = depth > 0;

	return length;
}

GPtrArray *
postfix_milters(const char *value)
{
	GPtrArray *milters = g_ptr_array_new_with_free_func(milter_free);

	for (const char *at = value + strspn(value, ", \t\r\n"); *at != '\0';
	     at += strspn(at, ", \t\r\n")) {
		bool is_open;
		size_t length = milter_length(at, &is_open);
		PostfixMilter *milter = milter_of(at, length);

		milter->is_open = is_open;
		g_ptr_array_add(milters, milter);
		at += length;
	}

	return milters;
}

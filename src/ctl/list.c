/* SPDX-License-Identifier: BSD-2-Clause */
/* list.c - invitectl list: the invitations that wait for an answer */

#include "config.h"

#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/day.h"
#include "base/json.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/list-table.h"
#include "ctl/listed.h"
#include "judge/verdict.h"
#include "network/wanted.h"

/* A list of more days would begin before any mail. */
#define DAYS_MAX 36500

static bool
refuse(GError **error, const char *what, const char *value)
{
	g_set_error(error, CLIENT_ERROR, CLIENT_ERROR_USAGE, what, value);

	return false;
}

/* Days, or the day on which it begins, local time. */
static bool
read_since(const char *text, gint64 now, gint64 *since_out, GError **error)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_local();
	g_autofree char *midnight = g_strconcat(text, "T00:00:00", NULL);
	g_autoptr(GDateTime) time = NULL;
	guint64 days;

	if (g_ascii_string_to_unsigned(text, 10, 0, DAYS_MAX, &days, NULL)) {
		*since_out = now - (gint64)days * DAY_SECONDS;
		return true;
	}
	if (strlen(text) == strlen("2026-11-29"))
		time = g_date_time_new_from_iso8601(midnight, zone);
	if (time == NULL)
		return refuse(error,
			      "--since %s: give a number of days, or a day such as "
			      "2026-11-29",
			      text);
	*since_out = g_date_time_to_unix(time);

	return true;
}

static bool
is_verdict(const char *word)
{
	for (int i = VERDICT_NONE + 1; i < VERDICT_LAST; i++)
		if (g_str_equal(word, verdict_name((Verdict)i)))
			return true;

	return false;
}

static bool
check(const Options *options, GError **error)
{
	if (options->is_open && options->is_all)
		return refuse(error, "--open or --all%s", "");
	if (options->is_json && options->is_csv)
		return refuse(error, "--json or --csv%s", "");
	if (options->verdict != NULL && !is_verdict(options->verdict))
		return refuse(error,
			      "--verdict %s: there are known, personal, contextless, "
			      "default-text, spammy, impostor, forged",
			      options->verdict);

	return true;
}

/* False where no network of that name is known. */
static bool
add_network(JsonBuilder *request, const char *name, const Client *client, GError **error)
{
	g_autofree char *fault = NULL;
	const Network *network =
	    wanted_named(name, assessor_networks(client_assessor(client)), &fault);

	if (network == NULL)
		return refuse(error, "--network: %s", fault);
	json_add_text(request, "network", network->name);

	return true;
}

/* *is_own_out: the list is in a store of the user's own. */
static bool
ask(Listed *listed, const Options *options, gint64 now, bool *is_own_out, GError **error)
{
	g_autoptr(JsonBuilder) request = listed_request("invitations");
	g_autoptr(Client) client = NULL;
	gint64 since = 0;

	if (!check(options, error) ||
	    (options->since != NULL && !read_since(options->since, now, &since, error)))
		return false;
	client = client_new(options, error);
	if (client == NULL)
		return false;
	*is_own_out = client_is_own(client);
	json_add_flag(request, "all", options->is_all);
	json_add_flag(request, "due", options->is_due);
	json_add_flag(request, "whole", options->is_json || options->is_csv);
	json_add_number(request, "since", since);
	if (options->network != NULL &&
	    !add_network(request, options->network, client, error))
		return false;
	if (options->verdict != NULL)
		json_add_text(request, "verdict", options->verdict);

	return listed_ask(listed, client, request, error);
}

static void
print_json(FILE *out, const GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++) {
		g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);
		g_autofree char *line = NULL;

		json_node_set_object(node, rows->pdata[i]);
		line = json_to_string(node, FALSE);
		fprintf(out, "%s\n", line);
	}
}

/*
 * A table program takes a cell that begins so for a formula, which an inviter could
 * have written; some take the wide signs of East Asian keyboards, too.
 */
static bool
is_formula(const char *text)
{
	static const char *const signs[] = { "=",  "+",  "-",  "@",  "\t",
					     "\r", "＝", "＋", "－", "＠" };

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (g_str_has_prefix(text, signs[i]))
			return true;

	return false;
}

static void
print_cell(FILE *out, const char *text, const char *end)
{
	/* Where the decimal point is a comma, cells are parted at semicolons. */
	bool is_quoted = text[strcspn(text, ",;\"\t\r\n")] != '\0';

	fprintf(out, "%s%s", is_quoted ? "\"" : "", is_formula(text) ? "'" : "");
	for (; *text != '\0'; text++)
		fprintf(out, "%s%c", *text == '"' ? "\"" : "", *text);
	fprintf(out, "%s%s", is_quoted ? "\"" : "", end);
}

/* A number, a time or a text, as the table has it. */
static char *
value_of(JsonObject *row, const char *key)
{
	static const char *const times[] = { "state_when", "first", "last", NULL };
	static const char *const numbers[] = { "id", "reminders", NULL };

	if (g_strv_contains(times, key)) {
		g_autoptr(GDateTime) time =
		    g_date_time_new_from_unix_utc(json_number(row, key));

		return time != NULL ? g_date_time_format_iso8601(time) : g_strdup("");
	}
	if (g_strv_contains(numbers, key))
		return g_strdup_printf("%" G_GINT64_FORMAT, json_number(row, key));
	if (g_str_equal(key, "due"))
		return g_strdup(json_flag(row, key) ? "yes" : "no");

	return g_strdup(listed_text(row, key));
}

static void
print_csv(FILE *out, const GPtrArray *rows)
{
	static const char *const keys[] = {
		"id",       "state",      "state_why", "state_when",   "due",
		"first",    "last",       "reminders", "network",      "request",
		"verdict",  "suggestion", "relation",  "authenticity", "name",
		"headline", "company",    "profile",   "address",      "note",
	};

	for (size_t k = 0; k < G_N_ELEMENTS(keys); k++)
		print_cell(out, keys[k], k + 1 < G_N_ELEMENTS(keys) ? "," : "\r\n");
	for (guint i = 0; i < rows->len; i++)
		for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
			g_autofree char *value = value_of(rows->pdata[i], keys[k]);

			print_cell(out, value, k + 1 < G_N_ELEMENTS(keys) ? "," : "\r\n");
		}
}

/* What is left of those that went: "earlier: 3 linkedin spammy ignored, …". */
static void
print_past(FILE *out, JsonObject *end)
{
	JsonArray *past = end != NULL ? json_list(end, "past") : NULL;
	g_autoptr(GString) line = g_string_new(NULL);

	for (guint i = 0; past != NULL && i < json_array_get_length(past); i++) {
		JsonObject *one = json_array_get_object_element(past, i);

		g_string_append_printf(
		    line, "%s%" G_GINT64_FORMAT " %s %s %s",
		    i > 0 ? ", " : "earlier: ", json_number(one, "count"),
		    listed_text(one, "network"), listed_text(one, "verdict"),
		    listed_text(one, "state"));
	}
	if (line->len > 0)
		terminal_print_folded(out, 0, "%s", line->str);
}

/* What keeps the list from being whole, and how that is mended.  own: one's settings. */
static void
print_missing(JsonObject *end, const char *own)
{
	if (end == NULL)
		return;
	if (!json_flag(end, "kept"))
		terminal_print_folded(
		    stderr, 0,
		    "invitectl list: no list is kept for this mailbox; "
		    "set [people] keep-invitations to a number of days");
	else if (!json_flag(end, "verified"))
		terminal_print_folded(
		    stderr, 0,
		    "invitectl list: what you accept on a network's page stays open here "
		    "until \"invitectl close\"; for the networks' own mails to close it, "
		    "%s [trust] authserv-id%s%s",
		    own != NULL ? "set" : "the administrator sets",
		    own != NULL ? " in " : "", own != NULL ? own : "");
}

/* What is said where no invitation is told. */
static const char *
nothing(const Options *options)
{
	if (options->is_due || options->network != NULL || options->verdict != NULL ||
	    options->since != NULL)
		return "no such invitation";

	return options->is_all ? "the list is empty"
			       : "no invitation waits for an answer";
}

int
command_list(const Options *options, FILE *out)
{
	gint64 now = g_get_real_time() / G_USEC_PER_SEC;
	g_auto(Listed) listed = { 0 };
	g_autoptr(GError) error = NULL;
	bool is_own = false;

	listed_init(&listed);
	if (!ask(&listed, options, now, &is_own, &error)) {
		terminal_print_lines(stderr, "invitectl list: ", error->message);
		return client_status(error);
	}
	if (options->is_json) {
		print_json(out, listed.rows);
		return EX_OK;
	}
	if (options->is_csv) {
		print_csv(out, listed.rows);
		return EX_OK;
	}
	list_table_print(out, listed.rows,
			 options->is_all ? LIST_TABLE_ALL : LIST_TABLE_OPEN, now);
	if (options->is_all && terminal_width(out) > 0)
		print_past(out, listed.end);
	if (listed.rows->len == 0)
		terminal_print(stderr, "invitectl list: %s", nothing(options));
	print_missing(listed.end, is_own ? options_settings(options) : NULL);

	return EX_OK;
}

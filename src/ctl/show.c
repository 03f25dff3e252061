/* SPDX-License-Identifier: BSD-2-Clause */
/* show.c - invitectl show: all that is known of an invitation */

#include "config.h"

#include <sysexits.h>

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/list-table.h"
#include "ctl/listed.h"
#include "ctl/print.h"

/* Text that several lines have may hold anything. */
static void
print_text(FILE *out, const char *label, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++) {
		char *clean = terminal_text(lines[i]);

		g_free(lines[i]);
		lines[i] = clean;
	}
	if (text[0] != '\0') {
		g_autofree char *joined = g_strjoinv("\n", lines);

		print_row(out, label, joined);
	}
}

static void
print_times(FILE *out, JsonObject *row)
{
	g_autofree char *first = listed_time(json_number(row, "first")),
			*last = listed_time(json_number(row, "last")),
			*since = listed_time(json_number(row, "state_when"));
	g_autofree char *state = g_strdup_printf(
	    "%s since %s (%s)%s", listed_text(row, "state"), since,
	    listed_text(row, "state_why"), json_flag(row, "due") ? ", due" : "");
	g_autofree char *reminders = g_strdup_printf("%" G_GINT64_FORMAT ", the last %s",
						     json_number(row, "reminders"), last);

	print_text(out, "state", state);
	print_text(out, "came", first);
	if (json_number(row, "reminders") > 0)
		print_text(out, "reminders", reminders);
}

static void
print_reasons(FILE *out, JsonObject *row)
{
	JsonArray *reasons = json_list(row, "reasons");

	for (guint i = 0; reasons != NULL && i < json_array_get_length(reasons); i++)
		print_text(out, i == 0 ? "because" : "",
			   json_array_get_string_element(reasons, i));
}

static void
print_invitation(FILE *out, JsonObject *row)
{
	static const struct {
		const char *key, *label;
	} before[] = {
		{ "network", "network" },   { "request", "request" },
		{ "name", "inviter" },      { "headline", "headline" },
		{ "company", "company" },   { "profile", "profile" },
		{ "address", "address" },   { "authenticity", "authenticity" },
		{ "relation", "relation" }, { "note", "note" },
	}, after[] = {
		{ "suggestion", "suggestion" }, { "page", "where" },
		{ "hint", "how" },              { "language", "language" },
		{ "reply", "reply" },           { "subject", "subject" },
		{ "message_id", "Message-ID" },
	};
	const char *verdict = listed_text(row, "verdict");

	terminal_print(out, "%" G_GINT64_FORMAT, json_number(row, "id"));
	fprintf(out, "  %s", list_table_colour(out, verdict));
	{
		g_autofree char *word = terminal_text(verdict);

		fprintf(out, "%s%s\n", word, list_table_plain(out));
	}
	print_times(out, row);
	for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
		print_text(out, before[i].label, listed_text(row, before[i].key));
	print_reasons(out, row);
	for (size_t i = 0; i < G_N_ELEMENTS(after); i++)
		print_text(out, after[i].label, listed_text(row, after[i].key));
}

static void
print_all(FILE *out, const Options *options, const GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++) {
		g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);
		g_autofree char *line = NULL;

		if (!options->is_json) {
			fprintf(out, "%s", i > 0 ? "\n" : "");
			print_invitation(out, rows->pdata[i]);
			continue;
		}
		json_node_set_object(node, rows->pdata[i]);
		line = json_to_string(node, FALSE);
		fprintf(out, "%s\n", line);
	}
}

int
command_show(const Options *options, FILE *out)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Client) client = client_new(options, &error);
	g_auto(Listed) listed = { 0 };
	int status = EX_OK;

	listed_init(&listed);
	for (char **who = options->files; client != NULL && *who != NULL; who++) {
		guint before = listed.rows->len;

		if (!listed_find(&listed, client, *who, &error))
			break;
		if (listed.rows->len > before)
			continue;
		terminal_print(stderr, "invitectl show: %s: no such invitation", *who);
		status = EX_NOUSER;
	}
	if (error != NULL) {
		terminal_print_lines(stderr, "invitectl show: ", error->message);
		return client_status(error);
	}
	print_all(out, options, listed.rows);

	return status;
}

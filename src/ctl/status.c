/* SPDX-License-Identifier: BSD-2-Clause */
/* status.c - how the daemon stands, and what became of a day's mails */

#include "config.h"

#include <math.h>
#include <string.h>
#include <sysexits.h>

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/client.h"
#include "ctl/command.h"
#include "ctl/options.h"
#include "judge/verdict.h"

/* Columns before what a line says. */
#define INDENT 18

#define STEPS 8

typedef struct {
	const Options *options;
	FILE *out;
} Printing;

static void print_row(FILE *out, const char *name, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void
print_row(FILE *out, const char *name, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	terminal_print_folded(out, INDENT, "%-*s%s", INDENT, name, text);
}

/* The two largest units of a time. */
static char *
time_text(gint64 seconds)
{
	static const struct {
		gint64 seconds;
		const char *name;
	} units[] = { { 86400, "d" }, { 3600, "h" }, { 60, "min" }, { 1, "s" } };
	size_t i = 0;

	seconds = MAX(seconds, 0);
	while (i < G_N_ELEMENTS(units) - 1 && seconds < units[i].seconds)
		i++;
	if (i == G_N_ELEMENTS(units) - 1 ||
	    seconds % units[i].seconds < units[i + 1].seconds)
		return g_strdup_printf("%" G_GINT64_FORMAT " %s",
				       seconds / units[i].seconds, units[i].name);

	return g_strdup_printf("%" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s",
			       seconds / units[i].seconds, units[i].name,
			       seconds % units[i].seconds / units[i + 1].seconds,
			       units[i + 1].name);
}

static char *
size_text(gint64 bytes)
{
	static const char *const units[] = { "kB", "MB", "GB", "TB" };
	double size = (double)bytes / 1000;
	size_t i = 0;

	for (; size >= 999.5 && i < G_N_ELEMENTS(units) - 1; i++)
		size /= 1000;

	return g_strdup_printf(size < 9.95 ? "%.1f %s" : "%.0f %s", size, units[i]);
}

static gint64
number_at(JsonArray *numbers, size_t index)
{
	JsonNode *node = json_array_get_element(numbers, (guint)index);

	return JSON_NODE_HOLDS_VALUE(node) ? MAX(json_node_get_int(node), 0) : 0;
}

/* A bar for each number, as high as it is beside the largest; "·" for none. */
static char *
bars_of(JsonArray *numbers, gint64 *sum_out)
{
	static const char *const bars[] = { "\302\267",     "\342\226\201",
					    "\342\226\202", "\342\226\203",
					    "\342\226\204", "\342\226\205",
					    "\342\226\206", "\342\226\207",
					    "\342\226\210" };
	static const char *const digits[] = {
		".", "1", "2", "3", "4", "5", "6", "7", "8"
	};
	const char *const *steps = g_get_charset(NULL) ? bars : digits;
	GString *text = g_string_new(NULL);
	gint64 most = 0, sum = 0;

	for (size_t i = 0; i < json_list_length(numbers); i++) {
		most = MAX(most, number_at(numbers, i));
		sum += number_at(numbers, i);
	}
	for (size_t i = 0; i < json_list_length(numbers); i++) {
		double share =
		    most > 0 ? (double)number_at(numbers, i) / (double)most : 0;

		g_string_append(text, steps[(int)ceil(share * STEPS)]);
	}
	*sum_out = sum;

	return g_string_free(text, FALSE);
}

/* A line for mails, and one for each verdict that there was. */
static void
print_hours(FILE *out, JsonObject *hours)
{
	gint64 sum;
	g_autofree char *mails = bars_of(json_list(hours, "mails"), &sum);

	terminal_print(out, "24 hours, the last one is not over:");
	terminal_print(out, "  %-*s%s %8" G_GINT64_FORMAT, INDENT - 2, "mails", mails,
		       sum);
	for (size_t i = 0; i < VERDICT_LAST; i++) {
		const char *name = verdict_name((Verdict)i);
		g_autofree char *bars = bars_of(json_list(hours, name), &sum);

		if (sum > 0)
			terminal_print(out, "  %-*s%s %8" G_GINT64_FORMAT, INDENT - 2,
				       i == VERDICT_NONE ? "no invitation" : name, bars,
				       sum);
	}
}

static void
print_settings(FILE *out, JsonObject *settings)
{
	JsonArray *changed = json_list(settings, "changed");
	g_autofree char *age =
	    time_text(g_get_real_time() / G_USEC_PER_SEC - json_number(settings, "read"));
	const char *verifier = json_text(settings, "authserv_id");

	print_row(out, "settings", "read %s ago, %s", age,
		  json_list_length(changed) == 0 ? "and not changed since"
						 : "and since then changed:");
	for (size_t i = 0; i < json_list_length(changed); i++)
		print_row(out, "", "%s", json_list_text(changed, i));
	if (json_list_length(changed) > 0)
		print_row(out, "", "they are read by: systemctl reload invite-milter");
	if (g_strcmp0(json_text(settings, "mode"), "observe") == 0)
		print_row(out, "mode", "observe: no mail is changed");
	if (verifier != NULL && verifier[0] != '\0')
		print_row(out, "verifier", "%s", verifier);
	else
		print_row(out, "verifier",
			  "none is believed; [trust] authserv-id names it, and invitectl "
			  "doctor finds it");
}

static void
print_store(FILE *out, JsonObject *store)
{
	g_autofree char *size = size_text(json_number(store, "bytes"));
	g_autofree char *room = size_text(json_number(store, "free"));
	const char *trouble = json_text(store, "trouble");

	if (trouble != NULL)
		print_row(out, "store", "%s", trouble);
	else
		print_row(out, "store",
			  "people of %" G_GINT64_FORMAT " mailbox%s, %s; %s are free",
			  json_number(store, "owners"),
			  json_number(store, "owners") == 1 ? "" : "es", size, room);
}

/* What went wrong since the start. */
static void
print_troubles(FILE *out, JsonObject *status)
{
	static const char *const names[] = { "connections", "memory", "mail-time" };
	JsonObject *limits = json_member(status, "limits_met");
	g_autoptr(GString) met = g_string_new(NULL);
	gint64 troubles = json_number(status, "troubles"),
	       dropped = json_number(status, "log_dropped");

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (json_number(limits, names[i]) > 0)
			g_string_append_printf(met, "%s%s by %" G_GINT64_FORMAT " mails",
					       met->len > 0 ? ", " : "", names[i],
					       json_number(limits, names[i]));
	print_row(out, "limits met", "%s%s", met->len > 0 ? "[limits] " : "none",
		  met->str);
	if (troubles > 0)
		print_row(out, "troubles",
			  "%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
			  " of them of the store; the log says why",
			  troubles, json_number(status, "store_troubles"));
	else
		print_row(out, "troubles", "none");
	if (dropped > 0)
		print_row(out, "log",
			  "%" G_GINT64_FORMAT " lines dropped, which nobody took in time",
			  dropped);
	else
		print_row(out, "log", "no line dropped");
}

static void
print_status(void *context, JsonObject *answer)
{
	const Printing *printing = context;
	JsonObject *status = json_member(answer, "status"),
		   *connections = json_member(status, "connections");
	g_autofree char *uptime = time_text(json_number(status, "uptime"));
	g_autofree char *memory = size_text(json_number(status, "memory"));
	const char *version = json_text(status, "version");
	FILE *out = printing->out;

	if (printing->options->is_json) {
		g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);
		g_autofree char *line = NULL;

		json_node_set_object(node, status);
		line = json_to_string(node, FALSE);
		fprintf(out, "%s\n", line);
		return;
	}
	print_row(out, "invite-milter", "%s, for %s", version != NULL ? version : "?",
		  uptime);
	print_hours(out, json_member(status, "hours"));
	print_row(out, "connections",
		  "%" G_GINT64_FORMAT " busy, %" G_GINT64_FORMAT
		  " idle; the mails of %" G_GINT64_FORMAT " are judged at a time",
		  json_number(connections, "busy"), json_number(connections, "idle"),
		  json_number(connections, "most"));
	print_row(out, "memory", "%s", memory);
	print_settings(out, json_member(status, "settings"));
	print_store(out, json_member(status, "store"));
	print_troubles(out, status);
}

int
command_status(const Options *options, FILE *out)
{
	Printing printing = { options, out };
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(Client) client = client_to_daemon(options, &error);

	json_builder_begin_object(json);
	json_add_text(json, "do", "status");
	if (client != NULL && client_ask(client, json, print_status, &printing, &error))
		return EX_OK;
	terminal_print_lines(stderr, "invitectl status: ", error->message);
	if (g_error_matches(error, CLIENT_ERROR, CLIENT_ERROR_CLOSED))
		terminal_print(stderr, "invitectl status: start it by: systemctl start "
				       "invite-milter; invitectl doctor tells what keeps "
				       "it from its start");

	return client_status(error);
}

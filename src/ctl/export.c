/* SPDX-License-Identifier: BSD-2-Clause */
/* export.c - invitectl export: all that is kept for an owner */

#include "config.h"

#include <sysexits.h>

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/listed.h"
#include "ctl/own-store.h"
#include "people/store-digest.h"
#include "people/store-purge.h"

/* The lines of an answer on their way. */
typedef struct {
	FILE *out;
	const char *wanted; /* the member that a line must have */
} Lines;

/* A ClientTake. */
static void
print_line(void *context, JsonObject *answer)
{
	const Lines *lines = context;
	g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);
	g_autofree char *line = NULL;

	if (!json_has(answer, lines->wanted))
		return;
	json_node_set_object(node, answer);
	line = json_to_string(node, FALSE);
	fprintf(lines->out, "%s\n", line);
}

static bool
print_answer(const Options *options, FILE *out, const char *request, const char *wanted,
	     GError **error)
{
	g_autoptr(Client) client = client_new(options, error);
	g_autoptr(JsonBuilder) json = listed_request(request);
	Lines lines = { out, wanted };

	json_add_flag(json, "all", true);
	json_add_flag(json, "whole", true);

	return client != NULL && client_ask(client, json, print_line, &lines, error);
}

/* Whose it is, what the owner taught, and how much there is of digests of texts. */
static bool
print_rest(const Assessor *assessor, const char *owner, FILE *out, GError **error)
{
	Store *store = assessor_store(assessor);
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(GArray) lessons = NULL;
	g_autofree char *line = NULL;
	StorePurgeRest rest;
	gint64 last;

	if (!store_lessons(store, owner, &lessons, error) ||
	    !store_purge_rest(store, owner, &rest, error) ||
	    !store_digest_last(store, owner, G_MAXINT64, &last, error))
		return false;
	json_builder_begin_object(json);
	json_add_text(json, "owner", owner);
	json_builder_set_member_name(json, "lessons");
	json_builder_begin_array(json);
	for (guint i = 0; i < lessons->len; i++) {
		const StoreLesson *lesson = &g_array_index(lessons, StoreLesson, i);

		json_builder_begin_object(json);
		json_add_text(json, "class", lesson->class);
		json_add_number(json, "seen", lesson->seen);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
	json_add_number(json, "traces", rest.traces);
	json_add_number(json, "notes", rest.notes);
	json_add_number(json, "digest", last);
	json_builder_end_object(json);
	line = json_line(json);
	fprintf(out, "%s\n", line);

	return true;
}

int
command_export(const Options *options, FILE *out)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = NULL;
	g_autofree char *owner = NULL;
	Options people = *options;

	if (options->is_vcard) {
		people.command = "people export";
		return command_people(&people, out);
	}
	assessor = own_store_open(options, STORE_READ, &error);
	owner = assessor != NULL ? own_store_owner(options, assessor, &error) : NULL;
	if (owner != NULL && print_rest(assessor, owner, out, &error) &&
	    print_answer(options, out, "find", "person", &error) &&
	    print_answer(options, out, "invitations", "invitation", &error))
		return EX_OK;
	terminal_print_lines(stderr, "invitectl export: ", error->message);

	return client_status(error);
}

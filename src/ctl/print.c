/* SPDX-License-Identifier: BSD-2-Clause */
/* print.c - an assessment as JSON, as a line, and as an explanation */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/print.h"

static void
begin_object(JsonBuilder *json, const char *key)
{
	json_builder_set_member_name(json, key);
	json_builder_begin_object(json);
}

static void
write_line(FILE *out, JsonBuilder *json)
{
	g_autofree char *line = json_line(json);

	fprintf(out, "%s\n", line);
}

static const char *
note_class(const Note *note)
{
	return note != NULL ? note_class_name(note->class) : NULL;
}

static bool
is_invitation(const Assessment *assessment)
{
	return assessment != NULL && assess_is_recognised(assessment) &&
	       assessment->authenticity != AUTHENTICITY_FORGED;
}

static void
add_inviter(JsonBuilder *json, const Invite *invite)
{
	const Invite nobody = { 0 };
	const Invite *who = invite != NULL ? invite : &nobody;

	begin_object(json, "inviter");
	json_add_text(json, "name", who->name);
	json_add_text(json, "headline", who->headline);
	json_add_text(json, "company", who->company);
	json_add_text(json, "location", who->location);
	json_add_text(json, "profile", who->profile);
	json_add_text(json, "address", who->address);
	json_builder_end_object(json);
}

static void
add_note(JsonBuilder *json, const Invite *invite, const Note *note)
{
	begin_object(json, "note");
	json_add_text(json, "class", note_class(note));
	json_add_text(json, "text", invite != NULL ? invite->note : NULL);
	json_add_text(json, "language", note != NULL ? note->language : NULL);
	json_add_texts(json, "reasons", note != NULL ? note->reasons : NULL);
	json_builder_end_object(json);
}

static void
add_suggestion(JsonBuilder *json, const Suggestion *suggestion)
{
	begin_object(json, "suggestion");
	json_add_text(json, "action",
		      suggestion != NULL ? verdict_answer_name(suggestion->answer)
					 : NULL);
	json_add_text(json, "reply", suggestion != NULL ? suggestion->reply : NULL);
	json_add_text(json, "url", suggestion != NULL ? suggestion->url : NULL);
	json_add_text(json, "hint", suggestion != NULL ? suggestion->hint : NULL);
	json_builder_end_object(json);
}

/* What is known of a person and a request, besides the invitation's own fields. */
static void
add_details(JsonBuilder *json, const Invite *invite)
{
	json_add_text(json, "recipient", invite != NULL ? invite->recipient : NULL);
	json_add_text(json, "accept", invite != NULL ? invite->accept : NULL);
	json_builder_set_member_name(json, "connections");
	if (invite != NULL && invite->connections >= 0)
		json_builder_add_int_value(json, invite->connections);
	else
		json_builder_add_null_value(json);
}

static void
add_assessment(JsonBuilder *json, const char *file, const Assessment *found,
	       const char *error)
{
	const Kind *kind = found != NULL ? found->kind : NULL;
	bool is_recognised = found != NULL && assess_is_recognised(found);
	bool has_request = kind != NULL && kind->request != REQUEST_NONE;
	bool has_notice = kind != NULL && kind->notice != NOTICE_NONE;

	json_builder_begin_object(json);
	json_add_text(json, "file", file);
	json_add_text(json, "message_id", found != NULL ? found->message_id : NULL);
	json_add_flag(json, "invitation", is_invitation(found));
	json_add_text(json, "network",
		      found != NULL && found->network != NULL ? found->network->name
							      : NULL);
	json_add_text(json, "request",
		      has_request ? network_request_name(kind->request) : NULL);
	json_add_text(json, "notice",
		      has_notice ? network_notice_name(kind->notice) : NULL);
	json_add_text(json, "authenticity",
		      found != NULL && found->network != NULL
			  ? authenticity_name(found->authenticity)
			  : NULL);
	json_add_text(json, "relation",
		      is_recognised ? relation_name(found->relation) : NULL);
	json_add_flag(json, "reminder", kind != NULL && kind->is_reminder);
	add_inviter(json, found != NULL ? found->invite : NULL);
	add_note(json, found != NULL ? found->invite : NULL,
		 found != NULL ? found->note : NULL);
	json_add_text(json, "verdict",
		      verdict_name(found != NULL ? found->verdict : VERDICT_NONE));
	json_add_texts(json, "reasons", found != NULL ? found->reasons : NULL);
	add_suggestion(json, found != NULL ? found->suggestion : NULL);
	add_details(json, found != NULL ? found->invite : NULL);
	if (error != NULL)
		json_add_text(json, "error", error);
	json_builder_end_object(json);
}

void
print_add_assessment(JsonBuilder *json, const char *file, const Assessment *assessment)
{
	add_assessment(json, file, assessment, NULL);
}

static void
print_json(FILE *out, const char *file, const Assessment *found, const char *error)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	add_assessment(json, file, found, error);
	write_line(out, json);
}

static void
print_plain(FILE *out, const char *file, const Assessment *found)
{
	const Invite *invite = found->invite;

	if (!assess_is_recognised(found)) {
		terminal_print(out, "%s: none%s%s", file,
			       found->network != NULL ? " " : "",
			       found->network != NULL ? found->network->name : "");
		return;
	}
	terminal_print(out, "%s: %s %s %s %s", file, verdict_name(found->verdict),
		       found->network->name,
		       verdict_answer_name(found->suggestion->answer),
		       invite != NULL && invite->name != NULL ? invite->name : "-");
}

void
print_row(FILE *out, const char *label, const char *text)
{
	bool is_terminal = isatty(fileno(out));
	int width = terminal_width(out);
	g_auto(GStrv) lines = g_strsplit(text != NULL ? text : "", "\n", -1);

	if (text == NULL || text[0] == '\0')
		return;
	for (size_t i = 0; lines[i] != NULL; i++) {
		g_autofree char *line =
		    terminal_fold(lines[i], PRINT_INDENT, PRINT_INDENT, width);

		fprintf(out, "  %s%-12s%s %s\n", is_terminal ? "\033[2m" : "",
			i == 0 ? label : "", is_terminal ? "\033[0m" : "", line);
	}
}

static const char *
colour_of(Verdict verdict)
{
	static const char *const colours[VERDICT_LAST] = {
		[VERDICT_NONE] = "\033[2m",
		[VERDICT_FORGED] = "\033[1;31m",
		[VERDICT_IMPOSTOR] = "\033[1;31m",
		[VERDICT_KNOWN] = "\033[1;32m",
		[VERDICT_SPAMMY] = "\033[1;33m",
		[VERDICT_PERSONAL] = "\033[1;32m",
		[VERDICT_DEFAULT_TEXT] = "\033[1;36m",
		[VERDICT_CONTEXTLESS] = "\033[1;36m",
	};

	return colours[verdict];
}

static void
explain_invite(FILE *out, const Invite *invite)
{
	g_autofree char *connections =
	    invite->connections >= 0 ? g_strdup_printf("%ld", invite->connections) : NULL;

	print_row(out, "inviter", invite->name);
	print_row(out, "headline", invite->headline);
	print_row(out, "company", invite->company);
	print_row(out, "location", invite->location);
	print_row(out, "profile", invite->profile);
	print_row(out, "address", invite->address);
	print_row(out, "in common", connections);
	print_row(out, "recipient", invite->recipient);
	print_row(out, "note", invite->note);
}

static void
explain_reasons(FILE *out, const GPtrArray *reasons)
{
	for (size_t i = 0; i < reasons->len; i++)
		print_row(out, i == 0 ? "because" : "", reasons->pdata[i]);
}

void
print_findings(FILE *out, const char *file, const Assessment *found)
{
	bool is_terminal = isatty(fileno(out));

	terminal_print(out, "%s", file);
	fprintf(out, "  %s%s%s\n", is_terminal ? colour_of(found->verdict) : "",
		verdict_name(found->verdict), is_terminal ? "\033[0m" : "");
	if (found->network == NULL) {
		print_row(out, "network",
			  "none: nothing in the head or the links is one's");
		return;
	}
	print_row(out, "network", found->network->title);
	print_row(out, "kind", found->kind != NULL ? found->kind->name : "none");
	print_row(out, "authenticity", authenticity_name(found->authenticity));
	if (found->invite != NULL)
		explain_invite(out, found->invite);
	if (found->note != NULL)
		print_row(out, "note class", note_class(found->note));
	explain_reasons(out, found->reasons);
}

static void
print_explained(FILE *out, const char *file, const Assessment *found)
{
	print_findings(out, file, found);
	if (found->suggestion == NULL)
		return;
	print_row(out, "suggestion", verdict_answer_name(found->suggestion->answer));
	print_row(out, "where", found->suggestion->url);
	print_row(out, "how", found->suggestion->hint);
	print_row(out, "reply", found->suggestion->reply);
}

void
print_assessment(FILE *out, const char *file, const Assessment *assessment,
		 PrintForm form)
{
	switch (form) {
	case PRINT_JSON:
		print_json(out, file, assessment, NULL);
		return;
	case PRINT_EXPLAIN:
		print_explained(out, file, assessment);
		return;
	case PRINT_PLAIN:
		print_plain(out, file, assessment);
		return;
	}
}

void
print_trouble(FILE *out, const char *file, const char *why, PrintForm form)
{
	terminal_print(stderr, "invitectl: %s: %s", file, why);
	if (form == PRINT_JSON)
		print_json(out, file, NULL, why);
}

static void
print_note_json(FILE *out, const Note *note)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_add_text(json, "class", note_class(note));
	json_add_text(json, "language", note->language);
	json_add_texts(json, "reasons", note->reasons);
	json_builder_end_object(json);
	write_line(out, json);
}

static void
print_note_plain(FILE *out, const Note *note)
{
	fprintf(out, "%s\t%s\t", note_class(note),
		note->language != NULL ? note->language : "-");
	for (size_t i = 0; i < note->reasons->len; i++)
		fprintf(out, "%s%s", i > 0 ? ", " : "", (char *)note->reasons->pdata[i]);
	fputc('\n', out);
}

static void
explain_note(FILE *out, const char *text, const Note *note)
{
	print_row(out, "note", text);
	print_row(out, "note class", note_class(note));
	print_row(out, "language", note->language);
	explain_reasons(out, note->reasons);
}

void
print_note(FILE *out, const char *text, const Note *note, PrintForm form)
{
	switch (form) {
	case PRINT_JSON:
		print_note_json(out, note);
		return;
	case PRINT_EXPLAIN:
		explain_note(out, text, note);
		return;
	case PRINT_PLAIN:
		print_note_plain(out, note);
		return;
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* trial-print.c - the trial of a network's file for people, and as JSON */

#include "config.h"

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/trial-print.h"
#include "network/network-kind.h"
#include "text/text.h"

/* Rows are cut here where nobody looks. */
#define COLUMNS 79

/* So many characters of a link are shown. */
#define LINK_CHARACTERS 500

/* "[lines] frame[en] = ", or nothing for what no key says. */
static char *
key_of(const TrialMatch *match)
{
	const KeyfileEntry *entry = match->entry;

	if (entry == NULL)
		return g_strdup("");

	return g_strdup_printf(":%u [%s] %s = ", entry->line, entry->group, entry->name);
}

/* As much of a clean text as fits the columns behind some that are taken. */
static void
print_cut(FILE *out, int taken, const char *text)
{
	int width = terminal_width(out), most = width > 0 ? width - 1 : COLUMNS;
	int columns = taken;
	const char *end = text, *last = text;

	while (*end != '\0' &&
	       columns + terminal_columns_of(g_utf8_get_char(end)) <= most) {
		columns += terminal_columns_of(g_utf8_get_char(end));
		/* Room for the sign that something is missing. */
		last = columns < most ? g_utf8_next_char(end) : last;
		end = g_utf8_next_char(end);
	}
	if (*end == '\0')
		fprintf(out, "%s\n", text);
	else
		fprintf(out, "%.*s…\n", (int)(last - text), text);
}

static void
print_trial_row(FILE *out, const TrialRow *row)
{
	int taken = fprintf(out, "%c %-12s ", row->is_missing ? '?' : ' ', row->what);

	print_cut(out, taken, row->text);
	if (row->label != NULL && row->label[0] != '\0') {
		fprintf(out, "%*s", PRINT_INDENT, "");
		print_cut(out, PRINT_INDENT, row->label);
	}
	for (size_t i = 0; i < row->matches->len; i++) {
		const TrialMatch *match = &g_array_index(row->matches, TrialMatch, i);
		g_autofree char *key = key_of(match);
		g_autofree char *line = g_strconcat(key, match->pattern, NULL);

		fprintf(out, "%*s", PRINT_INDENT, "");
		print_cut(out, PRINT_INDENT, line);
	}
}

/* The fields that would claim the mail, each by itself. */
static GPtrArray *
claims_of(const Trial *trial)
{
	GPtrArray *names = g_ptr_array_new();

	for (size_t i = 0; i < trial->rows[TRIAL_HEAD]->len; i++) {
		const TrialRow *row = trial->rows[TRIAL_HEAD]->pdata[i];

		if (row->is_claim)
			g_ptr_array_add(names, (gpointer)row->what);
	}

	return names;
}

static void
print_claims(FILE *out, const Trial *trial)
{
	g_autoptr(GPtrArray) names = claims_of(trial);
	g_autofree char *all = NULL;

	g_ptr_array_add(names, NULL);
	all = g_strjoinv(", ", (char **)names->pdata);
	print_row(out, "claimed",
		  trial->is_claimed ? all : "no: nothing in the head says so");
}

/* The strongest, and what weaker ones would say. */
static void
print_evidence(FILE *out, const Trial *trial)
{
	g_autoptr(GString) all = g_string_new(NULL);
	size_t count = 0;

	for (size_t level = 0; level < KIND_LAST; level++) {
		static const char *const before[] = { "", " (", ", " };

		if (trial->kinds[level] == NULL)
			continue;
		g_string_append_printf(all, "%s%s: %s", before[MIN(count, 2)],
				       network_kind_list_name((KindList)level),
				       trial->kinds[level]->name);
		count++;
	}
	if (count > 1)
		g_string_append_c(all, ')');
	print_row(out, "evidence", count > 0 ? all->str : "of no kind");
}

/* Where the mail was judged to be another network's, say which. */
static void
print_loss(FILE *out, const Trial *trial, const Assessment *assessment)
{
	if (trial->is_taken)
		return;
	if (assessment->network != NULL)
		print_row(out, "not taken", "it is mail of the network above");
	else if (trial->is_claimed && !trial->is_sent)
		print_row(out, "not taken",
			  "neither its author nor [claims] message-id, sender or field, "
			  "nor an accept link in mail that asks is the network's");
}

static void
print_people(FILE *out, const char *file, const Trial *trial,
	     const Assessment *assessment)
{
	const Invite *invite = assessment->invite;
	g_autofree char *accept = invite != NULL && invite->accept != NULL
				      ? text_clean(invite->accept, LINK_CHARACTERS)
				      : NULL;

	print_findings(out, file, assessment);
	/* Addresses to accept at are long; those of people and pages are not. */
	if (accept != NULL)
		print_cut(out, fprintf(out, "  %-12s ", "accept"), accept);
	/*
	 * The reasons of the verdict tell of verified and forged mail, but not of this.
	 */
	if (trial->is_taken && assessment->authenticity == AUTHENTICITY_UNVERIFIED)
		print_row(out, "unverified",
			  "no trusted verifier says that the network signed it");
	print_claims(out, trial);
	print_evidence(out, trial);
	print_loss(out, trial, assessment);
	for (size_t part = 0; part < TRIAL_LAST; part++) {
		const GPtrArray *rows = trial->rows[part];

		if (rows->len > 0)
			fprintf(out, "%s:\n", trial_part_name((TrialPart)part));
		for (size_t i = 0; i < rows->len; i++)
			print_trial_row(out, rows->pdata[i]);
	}
}

static void
add_match(JsonBuilder *json, const TrialMatch *match)
{
	const KeyfileEntry *entry = match->entry;

	json_builder_begin_object(json);
	json_builder_set_member_name(json, "line");
	if (entry != NULL)
		json_builder_add_int_value(json, entry->line);
	else
		json_builder_add_null_value(json);
	json_add_text(json, "section", entry != NULL ? entry->group : NULL);
	json_add_text(json, "key", entry != NULL ? entry->name : NULL);
	json_add_text(json, "pattern", match->pattern);
	json_builder_end_object(json);
}

static void
add_row(JsonBuilder *json, const TrialRow *row)
{
	json_builder_begin_object(json);
	json_add_text(json, "what", row->what);
	json_add_text(json, "text", row->text);
	json_add_text(json, "label", row->label);
	json_add_flag(json, "missing", row->is_missing);
	json_builder_set_member_name(json, "matches");
	json_builder_begin_array(json);
	for (size_t i = 0; i < row->matches->len; i++)
		add_match(json, &g_array_index(row->matches, TrialMatch, i));
	json_builder_end_array(json);
	json_builder_end_object(json);
}

static void
add_evidence(JsonBuilder *json, const Trial *trial)
{
	json_builder_set_member_name(json, "evidence");
	json_builder_begin_object(json);
	for (size_t level = 0; level < KIND_LAST; level++) {
		const Kind *kind = trial->kinds[level];

		json_add_text(json, network_kind_list_name((KindList)level),
			      kind != NULL ? kind->name : NULL);
	}
	json_builder_end_object(json);
}

static void
print_json(FILE *out, const char *file, const Network *network, const Trial *trial,
	   const Assessment *assessment)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(GPtrArray) claims = claims_of(trial);
	g_autofree char *line = NULL;

	json_builder_begin_object(json);
	json_add_text(json, "file", file);
	json_add_text(json, "tried", network->name);
	json_add_flag(json, "claimed", trial->is_claimed);
	json_add_texts(json, "claims", claims);
	json_add_flag(json, "sent", trial->is_sent);
	json_add_flag(json, "taken", trial->is_taken);
	json_add_text(json, "kind",
		      assessment->kind != NULL ? assessment->kind->name : NULL);
	add_evidence(json, trial);
	json_builder_set_member_name(json, "judged");
	print_add_assessment(json, file, assessment);
	for (size_t part = 0; part < TRIAL_LAST; part++) {
		json_builder_set_member_name(json, trial_part_name((TrialPart)part));
		json_builder_begin_array(json);
		for (size_t i = 0; i < trial->rows[part]->len; i++)
			add_row(json, trial->rows[part]->pdata[i]);
		json_builder_end_array(json);
	}
	json_builder_end_object(json);
	line = json_line(json);
	fprintf(out, "%s\n", line);
}

void
trial_print(FILE *out, const char *file, const Network *network, const Trial *trial,
	    const Assessment *assessment, PrintForm form)
{
	if (form == PRINT_JSON)
		print_json(out, file, network, trial, assessment);
	else
		print_people(out, file, trial, assessment);
}

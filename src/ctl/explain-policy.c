/* SPDX-License-Identifier: BSD-2-Clause */
/* explain-policy.c - what is done to whose mail, and which line says so */

#include "config.h"

#include <string.h>
#include <sysexits.h>

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/options.h"
#include "network/wanted.h"
#include "text/address.h"

/* Columns before what is done. */
#define INDENT 14

/* "/etc/…/conf:12 [policy domain example.org]", or that nobody says anything. */
static char *
source_of(const Actions *actions)
{
	return actions->entry != NULL
		   ? g_strdup_printf("%s:%u [%s] %s", actions->path, actions->entry->line,
				     actions->entry->group, actions->entry->name)
		   : g_strdup("default");
}

static void
explain_verdict(JsonBuilder *json, FILE *out, const Policy *policy, const char *address,
		const char *network, Verdict verdict)
{
	const Findings sure = { .authenticity = AUTHENTICITY_VERIFIED,
				.relation = RELATION_STRANGER,
				.network = network };
	const Findings unsure = { .authenticity = AUTHENTICITY_UNVERIFIED,
				  .network = network };
	g_auto(Actions) actions = { 0 }, fewer = { 0 };
	g_autofree char *text = NULL, *less = NULL, *source = NULL;

	policy_actions(policy, address, verdict, &sure, &actions);
	policy_actions(policy, address, verdict, &unsure, &fewer);
	text = policy_actions_text(&actions, address, verdict);
	less = policy_actions_text(&fewer, address, verdict);
	source = source_of(&actions);
	if (json == NULL) {
		terminal_print_folded(out, INDENT, "%-*s%s", INDENT,
				      verdict_name(verdict), text);
		/* A forgery is never verified. */
		if (!g_str_equal(text, less) && verdict != VERDICT_FORGED)
			terminal_print_folded(out, INDENT,
					      "%*s%s, where it is not verified", INDENT,
					      "", less);
		terminal_print_folded(out, INDENT, "%*s%s", INDENT, "", source);
		return;
	}
	json_builder_set_member_name(json, verdict_name(verdict));
	json_builder_begin_object(json);
	json_add_text(json, "actions", text);
	json_add_text(json, "unverified", verdict != VERDICT_FORGED ? less : text);
	json_add_text(json, "source", source);
	json_builder_end_object(json);
}

static void
explain(const Assessor *assessor, const char *given, const char *network, bool is_json,
	FILE *out)
{
	g_autofree char *address = g_ascii_strdown(given, -1), *line = NULL;
	g_autofree char *owner =
	    owners_of_address(assessor_rules(assessor)->owners, address);
	g_autoptr(JsonBuilder) json = is_json ? json_builder_new() : NULL;

	if (json != NULL) {
		json_builder_begin_object(json);
		json_add_text(json, "address", address);
		json_add_text(json, "mailbox", owner);
	} else {
		terminal_print_folded(out, 0, "%s, mailbox %s", address, owner);
		fputc('\n', out);
	}
	for (size_t verdict = VERDICT_NONE + 1; verdict < VERDICT_LAST; verdict++)
		explain_verdict(json, out, assessor_policy(assessor), address, network,
				(Verdict)verdict);
	if (json == NULL)
		return;
	json_builder_end_object(json);
	line = json_line(json);
	fprintf(out, "%s\n", line);
}

/* Prints the first that is no address. */
static bool
are_addresses(char *const *given)
{
	for (size_t i = 0; given[i] != NULL; i++)
		if (!address_is_plain(given[i])) {
			terminal_print(stderr,
				       "invitectl explain-policy: \"%s\" is no mail "
				       "address; name recipients, user@domain",
				       given[i]);
			return false;
		}

	return true;
}

int
command_explain_policy(const Options *options, FILE *out)
{
	g_autoptr(Assessor) assessor = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *fault = NULL;
	const Network *network = NULL;

	if (!are_addresses(options->files))
		return EX_USAGE;
	assessor = options_assessor(options, STORE_READ, &error);
	if (assessor == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
		return EX_CONFIG;
	}
	if (options->network != NULL)
		network =
		    wanted_named(options->network, assessor_networks(assessor), &fault);
	if (fault != NULL) {
		terminal_print(stderr, "invitectl explain-policy: %s", fault);
		return EX_USAGE;
	}
	for (size_t i = 0; options->files[i] != NULL; i++)
		explain(assessor, options->files[i],
			network != NULL ? network->name : NULL, options->is_json, out);

	return EX_OK;
}

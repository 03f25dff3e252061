/* SPDX-License-Identifier: BSD-2-Clause */
/* options.c - what stands on invitectl's command line */

#include "config.h"

#include <stdio.h>

#include "base/terminal.h"
#include "ctl/options.h"

#define BIT(command) (1U << (command))

typedef struct {
	const char *name;
	unsigned commands; /* bits of those that have it */
	GOptionArg type;
	size_t place; /* in Options */
} OptionRow;

static const OptionRow rows[] = {
	{ "config", ~0U, G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(Options, config) },
	{ "json",
	  BIT(OPTIONS_CLASSIFY) | BIT(OPTIONS_NOTE) | BIT(OPTIONS_PEOPLE) |
	      BIT(OPTIONS_BACKTEST) | BIT(OPTIONS_EXPLAIN_POLICY) | BIT(OPTIONS_NETWORK),
	  G_OPTION_ARG_NONE, G_STRUCT_OFFSET(Options, is_json) },
	{ "explain", BIT(OPTIONS_CLASSIFY) | BIT(OPTIONS_NOTE), G_OPTION_ARG_NONE,
	  G_STRUCT_OFFSET(Options, is_explain) },
	{ "days", BIT(OPTIONS_BACKTEST), G_OPTION_ARG_INT,
	  G_STRUCT_OFFSET(Options, days) },
	{ "as", BIT(OPTIONS_CLASSIFY) | BIT(OPTIONS_BACKTEST) | BIT(OPTIONS_REPLY),
	  G_OPTION_ARG_STRING, G_STRUCT_OFFSET(Options, owner) },
	{ "inviter", BIT(OPTIONS_NOTE), G_OPTION_ARG_STRING,
	  G_STRUCT_OFFSET(Options, inviter) },
	{ "recipient", BIT(OPTIONS_NOTE), G_OPTION_ARG_STRING,
	  G_STRUCT_OFFSET(Options, recipient) },
	{ "owner", BIT(OPTIONS_PEOPLE) | BIT(OPTIONS_LEARN) | BIT(OPTIONS_MARK),
	  G_OPTION_ARG_STRING, G_STRUCT_OFFSET(Options, owner) },
	{ "strict", BIT(OPTIONS_LEARN), G_OPTION_ARG_NONE,
	  G_STRUCT_OFFSET(Options, is_strict) },
	{ "undo", BIT(OPTIONS_TRAIN), G_OPTION_ARG_NONE,
	  G_STRUCT_OFFSET(Options, is_undo) },
	{ "everywhere", BIT(OPTIONS_PEOPLE), G_OPTION_ARG_NONE,
	  G_STRUCT_OFFSET(Options, is_everywhere) },
	{ "name", BIT(OPTIONS_PEOPLE), G_OPTION_ARG_STRING,
	  G_STRUCT_OFFSET(Options, name) },
	{ "address", BIT(OPTIONS_PEOPLE), G_OPTION_ARG_STRING,
	  G_STRUCT_OFFSET(Options, address) },
	{ "profile", BIT(OPTIONS_PEOPLE), G_OPTION_ARG_STRING,
	  G_STRUCT_OFFSET(Options, profile) },
	{ "part", BIT(OPTIONS_EVALUATE), G_OPTION_ARG_STRING,
	  G_STRUCT_OFFSET(Options, part) },
	{ "network", BIT(OPTIONS_EXPLAIN_POLICY), G_OPTION_ARG_STRING,
	  G_STRUCT_OFFSET(Options, network) },
	{ "company", BIT(OPTIONS_PEOPLE), G_OPTION_ARG_STRING,
	  G_STRUCT_OFFSET(Options, company) },
};

bool
options_parse(Options *options, OptionsOf command, int argc, char **argv, GError **error)
{
	GOptionEntry entries[G_N_ELEMENTS(rows) + 1] = { G_OPTION_ENTRY_NULL };
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	size_t count = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if ((rows[i].commands & BIT(command)) != 0)
			entries[count++] = (GOptionEntry){
				.long_name = rows[i].name,
				.arg = rows[i].type,
				.arg_data = G_STRUCT_MEMBER_P(options, rows[i].place),
			};
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, error))
		return false;

	/* "--" is GOption's own end of options. */
	if (argc > 1 && g_str_equal(argv[1], "--"))
		argc--, argv++;
	options->files = g_strdupv(argv + 1);

	return true;
}

void
options_clear(Options *options)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].type == G_OPTION_ARG_STRING ||
		    rows[i].type == G_OPTION_ARG_FILENAME) {
			char **text = (char **)G_STRUCT_MEMBER_P(options, rows[i].place);

			g_clear_pointer(text, g_free);
		}
	g_strfreev(options->files);
}

const char *
options_settings(const Options *options)
{
	return options->config != NULL ? options->config : SETTINGS_FILE;
}

Assessor *
options_assessor(const Options *options, StoreMode mode, GError **error)
{
	Assessor *assessor = assessor_open(options_settings(options), mode, error);

	if (assessor != NULL && assessor_refused(assessor) != NULL)
		terminal_print_lines(stderr, "invitectl: ", assessor_refused(assessor));

	return assessor;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* options.c - what stands on invitectl's command line */

#include "ctl/options.h"

bool
options_parse(Options *options, OptionsOf command, int argc, char **argv, GError **error)
{
	const GOptionEntry classify[] = {
		{ "json", 0, 0, G_OPTION_ARG_NONE, &options->is_json, NULL, NULL },
		{ "explain", 0, 0, G_OPTION_ARG_NONE, &options->is_explain, NULL, NULL },
		{ "as", 0, 0, G_OPTION_ARG_STRING, &options->owner, NULL, NULL },
		{ "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config, NULL, NULL },
		G_OPTION_ENTRY_NULL
	};
	const GOptionEntry note[] = {
		{ "json", 0, 0, G_OPTION_ARG_NONE, &options->is_json, NULL, NULL },
		{ "inviter", 0, 0, G_OPTION_ARG_STRING, &options->inviter, NULL, NULL },
		{ "recipient", 0, 0, G_OPTION_ARG_STRING, &options->recipient, NULL, NULL },
		{ "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config, NULL, NULL },
		G_OPTION_ENTRY_NULL
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);

	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_add_main_entries(
	    context, command == OPTIONS_CLASSIFY ? classify : note, NULL);
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
	g_free(options->owner);
	g_free(options->config);
	g_free(options->inviter);
	g_free(options->recipient);
	g_strfreev(options->files);
}

Assessor *
options_assessor(const Options *options, StoreMode mode, GError **error)
{
	return assessor_open(options->config != NULL ? options->config : SETTINGS_FILE, mode,
			     error);
}

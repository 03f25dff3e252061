/* SPDX-License-Identifier: BSD-2-Clause */
/* options.c - what stands on invitectl's command line */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/keyfile.h"
#include "base/terminal.h"
#include "ctl/options.h"

#define BIT(command) (1U << (command))

#define HELP_INDENT 8

typedef struct {
	const char *name;
	char letter;       /* '\0' for none */
	unsigned commands; /* bits of those that have it */
	GOptionArg type;
	size_t place;         /* in Options */
	const char *argument; /* what stands behind it, or NULL */
	const char *help;
} OptionRow;

#define PLACE(member) G_STRUCT_OFFSET(Options, member)

static const OptionRow rows[] = {
	{ "as", 0,
	  BIT(OPTIONS_CLASSIFY) | BIT(OPTIONS_CONFIG) | BIT(OPTIONS_BACKTEST) |
	      BIT(OPTIONS_FILTER),
	  G_OPTION_ARG_STRING, PLACE(owner), "RECIPIENT",
	  "the address whose mail it is" },
	{ "days", 0, BIT(OPTIONS_BACKTEST), G_OPTION_ARG_INT, PLACE(days), "N",
	  "mail of the last N days (90); 0 for all" },
	{ "explain", 0, BIT(OPTIONS_CLASSIFY) | BIT(OPTIONS_NOTE), G_OPTION_ARG_NONE,
	  PLACE(is_explain), NULL, "what was found, and why the verdict" },
	{ "part", 0, BIT(OPTIONS_EVALUATE), G_OPTION_ARG_STRING, PLACE(part),
	  "seen|held-out|all", "the notes of this part alone" },
	{ "network", 0, BIT(OPTIONS_EXPLAIN_POLICY) | BIT(OPTIONS_LIST),
	  G_OPTION_ARG_STRING, PLACE(network), "NAME", "mail of this network" },
	{ "open", 0, BIT(OPTIONS_LIST), G_OPTION_ARG_NONE, PLACE(is_open), NULL,
	  "those that wait for an answer, which is what is listed anyway" },
	{ "all", 0, BIT(OPTIONS_LIST), G_OPTION_ARG_NONE, PLACE(is_all), NULL,
	  "those that are closed, too" },
	{ "all", 0, BIT(OPTIONS_DIGEST), G_OPTION_ARG_NONE, PLACE(is_all), NULL,
	  "every mailbox, where a digest is set and its time has come" },
	{ "send", 0, BIT(OPTIONS_DIGEST), G_OPTION_ARG_NONE, PLACE(is_send), NULL,
	  "mail it by sendmail(1), one in each day or week that is set" },
	{ "vcard", 0, BIT(OPTIONS_EXPORT), G_OPTION_ARG_NONE, PLACE(is_vcard), NULL,
	  "the people, as vCards" },
	{ "due", 0, BIT(OPTIONS_LIST), G_OPTION_ARG_NONE, PLACE(is_due), NULL,
	  "those that should have been answered by now" },
	{ "verdict", 0, BIT(OPTIONS_LIST), G_OPTION_ARG_STRING, PLACE(verdict), "WORD",
	  "those of this verdict" },
	{ "since", 0, BIT(OPTIONS_LIST), G_OPTION_ARG_STRING, PLACE(since), "DAYS|DAY",
	  "those of which mail came in the last DAYS, or since DAY, 2026-11-29" },
	{ "csv", 0, BIT(OPTIONS_LIST), G_OPTION_ARG_NONE, PLACE(is_csv), NULL,
	  "write a table with commas" },
	{ "accepted", 0, BIT(OPTIONS_CLOSE), G_OPTION_ARG_NONE, PLACE(is_accepted), NULL,
	  "it was accepted" },
	{ "ignored", 0, BIT(OPTIONS_CLOSE), G_OPTION_ARG_NONE, PLACE(is_ignored), NULL,
	  "it will not be answered" },
	{ "answered", 0, BIT(OPTIONS_CLOSE), G_OPTION_ARG_NONE, PLACE(is_answered), NULL,
	  "it was answered, which is what is taken for granted" },
	{ "reopen", 0, BIT(OPTIONS_CLOSE), G_OPTION_ARG_NONE, PLACE(is_reopen), NULL,
	  "it waits again" },
	{ "edit", 0, BIT(OPTIONS_REPLY), G_OPTION_ARG_NONE, PLACE(is_edit), NULL,
	  "edit the reply first, by $VISUAL or $EDITOR" },
	{ "copy", 0, BIT(OPTIONS_REPLY), G_OPTION_ARG_NONE, PLACE(is_copy), NULL,
	  "have the terminal put it into the clipboard" },
	{ "mail", 0, BIT(OPTIONS_REPLY), G_OPTION_ARG_NONE, PLACE(is_mail), NULL,
	  "send it by sendmail(1), if a mail reaches the inviter" },
	{ "yes", 0, BIT(OPTIONS_REPLY), G_OPTION_ARG_NONE, PLACE(is_yes), NULL,
	  "send it without asking" },
	{ "open", 0, BIT(OPTIONS_REPLY), G_OPTION_ARG_NONE, PLACE(is_page), NULL,
	  "open the network's page by xdg-open(1)" },
	{ "inviter", 0, BIT(OPTIONS_NOTE), G_OPTION_ARG_STRING, PLACE(inviter), "NAME",
	  "a name that is no word of the note" },
	{ "recipient", 0, BIT(OPTIONS_NOTE), G_OPTION_ARG_STRING, PLACE(recipient),
	  "NAME", "another one" },
	{ "owner", 0,
	  BIT(OPTIONS_PEOPLE) | BIT(OPTIONS_PEOPLE_SHOW) | BIT(OPTIONS_PEOPLE_ADD) |
	      BIT(OPTIONS_PEOPLE_FORGET) | BIT(OPTIONS_LEARN) | BIT(OPTIONS_MARK) |
	      BIT(OPTIONS_LIST) | BIT(OPTIONS_SCAN) | BIT(OPTIONS_SHOW) |
	      BIT(OPTIONS_CLOSE) | BIT(OPTIONS_DIGEST) | BIT(OPTIONS_EXPORT) |
	      BIT(OPTIONS_PURGE) | BIT(OPTIONS_REPLY),
	  G_OPTION_ARG_STRING, PLACE(owner), "ADDRESS",
	  "the mailbox, or a login of [people] domain; for users it is their own" },
	{ "name", 0, BIT(OPTIONS_PEOPLE_ADD), G_OPTION_ARG_STRING, PLACE(name), "NAME",
	  "their name" },
	{ "address", 0, BIT(OPTIONS_PEOPLE_ADD), G_OPTION_ARG_STRING, PLACE(address),
	  "ADDRESS", "their mail address" },
	{ "profile", 0, BIT(OPTIONS_PEOPLE_ADD), G_OPTION_ARG_STRING, PLACE(profile),
	  "URL", "the address of their profile at a network" },
	{ "company", 0, BIT(OPTIONS_PEOPLE_ADD), G_OPTION_ARG_STRING, PLACE(company),
	  "COMPANY", "where they work" },
	{ "everywhere", 0, BIT(OPTIONS_PEOPLE_FORGET), G_OPTION_ARG_NONE,
	  PLACE(is_everywhere), NULL, "in all mailboxes, for root" },
	{ "strict", 0, BIT(OPTIONS_LEARN), G_OPTION_ARG_NONE, PLACE(is_strict), NULL,
	  "tell trouble by the exit status" },
	{ "mail", 0, BIT(OPTIONS_DOCTOR), G_OPTION_ARG_STRING, PLACE(mail), "ADDRESS",
	  "send a test mail there by sendmail(1), too" },
	{ "postfix", 0, BIT(OPTIONS_DOCTOR), G_OPTION_ARG_FILENAME, PLACE(postfix), "DIR",
	  "the folder of Postfix's main.cf, instead of its own" },
	{ "sendmail", 0, BIT(OPTIONS_DOCTOR), G_OPTION_ARG_FILENAME, PLACE(sendmail),
	  "FILE", "the file of Sendmail, instead of /etc/mail/sendmail.cf" },
	{ "user", 0, BIT(OPTIONS_DOCTOR), G_OPTION_ARG_STRING, PLACE(user), "NAME",
	  "who is to run the daemon, where it does not run (invite-milter)" },
	{ "undo", 0, BIT(OPTIONS_TRAIN), G_OPTION_ARG_NONE, PLACE(is_undo), NULL,
	  "remove the site's file" },
	{ "json", 0,
	  BIT(OPTIONS_CLASSIFY) | BIT(OPTIONS_NOTE) | BIT(OPTIONS_PEOPLE_SHOW) |
	      BIT(OPTIONS_BACKTEST) | BIT(OPTIONS_EXPLAIN_POLICY) | BIT(OPTIONS_NETWORK) |
	      BIT(OPTIONS_LIST) | BIT(OPTIONS_SHOW) | BIT(OPTIONS_STATUS),
	  G_OPTION_ARG_NONE, PLACE(is_json), NULL, "write JSON" },
	{ "config", 0, ~0U, G_OPTION_ARG_FILENAME, PLACE(config), "FILE",
	  "the settings, instead of " SETTINGS_FILE },
	{ "help", 'h', ~0U, G_OPTION_ARG_NONE, PLACE(is_help), NULL, "this" },
};

static bool
is_of(const OptionRow *row, OptionsOf command)
{
	return (row->commands & BIT(command)) != 0;
}

/* The option that the argument names; NULL where the command has no such. */
static const OptionRow *
row_of(const char *argument, OptionsOf command)
{
	size_t length = strcspn(argument, "=");

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char letter[] = { '-', rows[i].letter, '\0' };

		if (is_of(&rows[i], command) &&
		    ((g_str_has_prefix(argument, "--") &&
		      strlen(rows[i].name) == length - 2 &&
		      strncmp(argument + 2, rows[i].name, length - 2) == 0) ||
		     (rows[i].letter != '\0' && g_str_equal(argument, letter))))
			return &rows[i];
	}

	return NULL;
}

/* The first argument that looks like an option and is none, or NULL. */
static const char *
find_unknown(OptionsOf command, int argc, char **argv)
{
	for (int i = 1; i < argc && !g_str_equal(argv[i], "--"); i++) {
		const OptionRow *row;

		if (argv[i][0] != '-' || argv[i][1] == '\0')
			continue;
		row = row_of(argv[i], command);
		if (row == NULL)
			return argv[i];
		/* Its argument may look like an option, too. */
		if (row->argument != NULL && strchr(argv[i], '=') == NULL)
			i++;
	}

	return NULL;
}

static bool
refuse_unknown(OptionsOf command, const char *unknown, GError **error)
{
	g_autofree char *word = g_strndup(unknown, strcspn(unknown, "="));
	const char *names[G_N_ELEMENTS(rows) + 1] = { NULL }, *nearest;
	size_t count = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (is_of(&rows[i], command))
			names[count++] = rows[i].name;
	nearest = keyfile_nearest(word + strspn(word, "-"), names);
	g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
		    "no option \"%s\"%s%s%s", word,
		    nearest != NULL ? "; did you mean \"--" : "",
		    nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : "");

	return false;
}

/* A user's own settings, where there are any; root's are the installed ones. */
static char *
find_own_settings(void)
{
	g_autofree char *path = g_build_filename(g_get_user_config_dir(), "invite-milter",
						 "invite-milter.conf", NULL);

	return geteuid() != 0 && g_file_test(path, G_FILE_TEST_IS_REGULAR)
		   ? g_steal_pointer(&path)
		   : NULL;
}

bool
options_parse(Options *options, OptionsOf command, int argc, char **argv, GError **error)
{
	GOptionEntry entries[G_N_ELEMENTS(rows) + 1] = { G_OPTION_ENTRY_NULL };
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	const char *unknown = find_unknown(command, argc, argv);
	size_t count = 0;

	if (unknown != NULL)
		return refuse_unknown(command, unknown, error);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (is_of(&rows[i], command))
			entries[count++] = (GOptionEntry){
				.long_name = rows[i].name,
				.short_name = rows[i].letter,
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
	if (options->config == NULL)
		options->config = find_own_settings();

	return true;
}

char *
options_synopsis(OptionsOf command)
{
	GString *synopsis = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (is_of(&rows[i], command) && rows[i].letter == '\0')
			g_string_append_printf(synopsis, " [--%s%s%s]", rows[i].name,
					       rows[i].argument != NULL ? " " : "",
					       rows[i].argument != NULL ? rows[i].argument
									: "");

	return g_string_free(synopsis, FALSE);
}

void
options_print(FILE *out, OptionsOf command)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char letter[] = { rows[i].letter, '\0' };

		if (!is_of(&rows[i], command))
			continue;
		terminal_print(out, "  --%s%s%s%s%s", rows[i].name,
			       rows[i].argument != NULL ? " " : "",
			       rows[i].argument != NULL ? rows[i].argument : "",
			       letter[0] != '\0' ? ", -" : "", letter);
		terminal_print_folded(out, HELP_INDENT, "%*s%s", HELP_INDENT, "",
				      rows[i].help);
	}
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

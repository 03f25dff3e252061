/* SPDX-License-Identifier: BSD-2-Clause */
/* main.c - invitectl: judge mails and notes by hand, and see to who knows whom */

#include "config.h"

#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <string.h>
#include <sysexits.h>

#include "base/keyfile.h"
#include "base/log.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "mail/message.h"

#define ANY UINT_MAX

/* Columns before a command's help, and before the second line of a synopsis. */
#define HELP_COLUMN     18
#define SYNOPSIS_INDENT 11

/* Commands of one first word stand together. */
static const Command commands[] = {
	{ "backtest", command_backtest, OPTIONS_BACKTEST, 1, ANY, "MAILDIR|FILE...",
	  "what the settings would have done with old mail" },
	{ "classify", command_classify, OPTIONS_CLASSIFY, 1, ANY, "FILE|DIR|-...",
	  "judge mails: files, folders, Maildirs, mboxes, standard input" },
	{ "close", command_close, OPTIONS_CLOSE, 1, ANY, "ID...",
	  "say what became of invitations" },
	{ "config", command_config, OPTIONS_CONFIG, 0, ANY, "[KEY...]",
	  "what is set, and which line says so" },
	{ "digest", command_digest, OPTIONS_DIGEST, 0, 0, "",
	  "a mail to an owner of what is open, and what to answer" },
	{ "doctor", command_doctor, OPTIONS_DOCTOR, 0, 0, "",
	  "what of the installation is wrong, and which command cures it" },
	{ "evaluate", command_evaluate, OPTIONS_EVALUATE, 1, 1, "FILE",
	  "judge labelled notes and tell what was missed, and why" },
	{ "explain-policy", command_explain_policy, OPTIONS_EXPLAIN_POLICY, 1, ANY,
	  "RECIPIENT...", "what is done to whose mail, and which line says so" },
	{ "export", command_export, OPTIONS_EXPORT, 0, 0, "",
	  "all that is kept for an owner, as JSON, or the people as vCards" },
	{ "filter", command_filter, OPTIONS_FILTER, 0, 0, "< MAIL",
	  "one mail through a pipe, judged and marked as the daemon does it" },
	{ "learn", command_learn, OPTIONS_LEARN, 1, 2, "known|stranger|note CLASS < MAIL",
	  "who invites in a mail that was filed by hand is known, or a stranger; or what "
	  "its note is: personal, vague, pitch, or undo" },
	{ "list", command_list, OPTIONS_LIST, 0, 0, "",
	  "the invitations that wait for an answer, a line for each inviter" },
	{ "mark", command_mark, OPTIONS_MARK, 0, 0, "",
	  "the word in a mailbox's banners by which they are told from imitations" },
	{ "network check", command_network, OPTIONS_NETWORK_CHECK, 1, ANY, "FILE...",
	  "what is wrong in a network's file, and what is hardly meant" },
	{ "network list", command_network, OPTIONS_NETWORK, 0, 0, "",
	  "all networks, a line each" },
	{ "network try", command_network, OPTIONS_NETWORK, 2, ANY, "FILE MAIL|DIR|-...",
	  "which pattern of the file fits what of each mail, and what comes of it" },
	{ "note", command_note, OPTIONS_NOTE, 0, 1, "[FILE|-]",
	  "judge notes, one a line (\\n for a line break)" },
	{ "people add", command_people, OPTIONS_PEOPLE_ADD, 0, 0, "",
	  "make somebody known, by one thing or several" },
	{ "people export", command_people, OPTIONS_PEOPLE_SHOW, 0, 0, "",
	  "everybody, as vCards" },
	{ "people forget", command_people, OPTIONS_PEOPLE_FORGET, 1, ANY, "WHO...",
	  "remove them for good: an address, a profile or a name" },
	{ "people import", command_people, OPTIONS_PEOPLE, 1, ANY, "FILE|MAILDIR...",
	  "learn from vCards, CSV, iCalendar, and mail that was sent" },
	{ "people list", command_people, OPTIONS_PEOPLE_SHOW, 0, 0, "",
	  "everybody whom a mailbox's owner knows, a line each" },
	{ "people show", command_people, OPTIONS_PEOPLE_SHOW, 1, ANY, "WHO...",
	  "all that is known of somebody: an address, a profile or a name" },
	{ "purge", command_purge, OPTIONS_PURGE, 0, 0, "",
	  "remove all that is kept for an owner, and look whether it is gone" },
	{ "reply", command_reply, OPTIONS_REPLY, 1, 1, "ID|FILE|-|MESSAGE-ID",
	  "the reply to one invitation, ready to paste or sent" },
	{ "scan", command_scan, OPTIONS_SCAN, 1, ANY, "MAILDIR|FILE...",
	  "the list of invitations from mail that is there already" },
	{ "show", command_show, OPTIONS_SHOW, 1, ANY, "ID|WHO...",
	  "all that is known of an invitation: its number, its Message-ID or its "
	  "inviter" },
	{ "skeleton", command_skeleton, OPTIONS_SKELETON, 1, 1, "FILE|-",
	  "the shape of one mail, with what people wrote masked, to be sent with a "
	  "report" },
	{ "status", command_status, OPTIONS_STATUS, 0, 0, "",
	  "how the daemon stands, and what became of the mails of 24 hours" },
	{ "train", command_train, OPTIONS_TRAIN, 0, ANY, "NOTES.tsv|CLASS=MAILS...",
	  "move the judgement, within bounds, by the site's own labelled notes" },
};

static void
print_synopsis(FILE *out, const char *before, const Command *command)
{
	g_autofree char *options = options_synopsis(command->options);

	terminal_print_folded(
	    out, SYNOPSIS_INDENT, "%sinvitectl %s%s%s%s", before, command->name, options,
	    command->arguments[0] != '\0' ? " " : "", command->arguments);
}

/* Is it the first word of the command, or all of its name? */
static bool
begins_with(const Command *command, const char *word)
{
	size_t length = strlen(word);

	return strncmp(command->name, word, length) == 0 &&
	       (command->name[length] == '\0' || command->name[length] == ' ');
}

/* The commands that begin with a word; NULL: all. */
static void
print_commands(FILE *out, const char *word)
{
	g_autofree char *name =
	    word != NULL ? g_strconcat(word, " COMMAND", NULL) : g_strdup("COMMAND");

	fprintf(out, "usage: invitectl %s [OPTION...] [ARGUMENT...]\n\n", name);
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (word == NULL || begins_with(&commands[i], word))
			terminal_print_folded(out, HELP_COLUMN, "  %-*s%s",
					      HELP_COLUMN - 2, commands[i].name,
					      commands[i].help);
	fputc('\n', out);
	terminal_print_folded(
	    out, 0, "\"invitectl %s -h\" tells more, \"invitectl -V\" the version.",
	    name);
}

static void
print_help(FILE *out, const Command *command)
{
	print_synopsis(out, "usage: ", command);
	fputc('\n', out);
	terminal_print_folded(out, 0, "%s", command->help);
	fputc('\n', out);
	options_print(out, command->options);
}

/* Tells of a word that is no command, or none of those that begin with first. */
static int
refuse(const char *first, const char *word)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	const char *nearest;

	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		const char *name = commands[i].name, *blank = strchr(name, ' ');

		if (first == NULL)
			g_ptr_array_add(words, g_strndup(name, strcspn(name, " ")));
		else if (blank != NULL && begins_with(&commands[i], first))
			g_ptr_array_add(words, g_strdup(blank + 1));
	}
	g_ptr_array_add(words, NULL);
	nearest = keyfile_nearest(word, (const char *const *)words->pdata);
	terminal_print(stderr, "invitectl%s%s: no command \"%s\"%s%s%s",
		       first != NULL ? " " : "", first != NULL ? first : "", word,
		       nearest != NULL ? "; did you mean \"" : "",
		       nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : "");
	terminal_print(stderr, "invitectl%s%s -h names all", first != NULL ? " " : "",
		       first != NULL ? first : "");

	return EX_USAGE;
}

static bool
is_help(const char *argument)
{
	return g_str_equal(argument, "-h") || g_str_equal(argument, "--help");
}

/* Are there as many arguments as the command takes?  Tells where not. */
static bool
fits(const Command *command, const Options *options)
{
	unsigned count = g_strv_length(options->files);

	if (count > command->most)
		terminal_print(stderr, "invitectl %s: what is \"%s\"?", command->name,
			       options->files[command->most]);
	else if (count < command->least)
		terminal_print(stderr, "invitectl %s: name %s", command->name,
			       command->arguments);
	else
		return true;
	print_synopsis(stderr, "usage: ", command);

	return false;
}

static int
run(const Command *command, int argc, char **argv)
{
	g_auto(Options) options = { .command = command->name, .days = OPTIONS_DAYS };
	g_autoptr(GError) error = NULL;
	int status;

	if (!options_parse(&options, command->options, argc, argv, &error)) {
		terminal_print(stderr, "invitectl %s: %s", command->name, error->message);
		print_synopsis(stderr, "usage: ", command);
		return EX_USAGE;
	}
	if (options.is_help) {
		print_help(stdout, command);
		return EX_OK;
	}
	if (!fits(command, &options))
		return EX_USAGE;
	status = command->run(&options, stdout);
	errno = 0;
	if (fflush(stdout) == 0 && ferror(stdout) == 0)
		return status;
	/* Of an earlier write that failed, why is not known any more. */
	terminal_print(stderr, "invitectl %s: standard output cannot be written%s%s",
		       command->name, errno != 0 ? ": " : "",
		       errno != 0 ? g_strerror(errno) : "");

	return EX_IOERR;
}

/* argv[1] is no option. */
static int
find_and_run(int argc, char **argv)
{
	bool is_first = false;

	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		const char *blank = strchr(commands[i].name, ' ');

		if (!begins_with(&commands[i], argv[1]))
			continue;
		is_first = true;
		if (blank == NULL)
			return run(&commands[i], argc - 1, argv + 1);
		if (argc > 2 && g_str_equal(argv[2], blank + 1))
			return run(&commands[i], argc - 2, argv + 2);
	}
	if (!is_first)
		return refuse(NULL, argv[1]);
	if (argc > 2 && !is_help(argv[2]))
		return refuse(argv[1], argv[2]);
	print_commands(argc > 2 ? stdout : stderr, argv[1]);

	return argc > 2 ? EX_OK : EX_USAGE;
}

int
main(int argc, char **argv)
{
	/* The others open a file each, and nothing asks for them. */
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
	log_open("invitectl", "stderr", "error");
	message_init();

	if (argc > 1 && is_help(argv[1])) {
		print_commands(stdout, NULL);
		return EX_OK;
	}
	if (argc > 1 &&
	    (g_str_equal(argv[1], "-V") || g_str_equal(argv[1], "--version"))) {
		puts(PACKAGE_STRING);
		return EX_OK;
	}
	if (argc > 1)
		return find_and_run(argc, argv);
	print_commands(stderr, NULL);

	return EX_USAGE;
}

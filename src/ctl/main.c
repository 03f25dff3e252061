/* SPDX-License-Identifier: BSD-2-Clause */
/* main.c - invitectl: judge mails and notes by hand, and see to who knows whom */

#include "config.h"

#include <locale.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "mail/message.h"

static const Command commands[] = {
	{ "backtest", command_backtest,
	  "backtest [--days N] [--as RECIPIENT] [--json] [--config FILE] MAILDIR|FILE...",
	  "what the settings would have done with old mail" },
	{ "classify", command_classify,
	  "classify [--json] [--explain] [--as RECIPIENT] [--config FILE] FILE|DIR|-...",
	  "judge mails: files, folders, Maildirs, mboxes, standard input" },
	{ "evaluate", command_evaluate,
	  "evaluate [--part seen|held-out|all] [--config FILE] FILE",
	  "judge labelled notes and tell what was missed, and why" },
	{ "explain-policy", command_explain_policy,
	  "explain-policy [--json] [--network NAME] [--config FILE] RECIPIENT...",
	  "what is done to whose mail, and which line says so" },
	{ "learn", command_learn,
	  "learn known|stranger|note CLASS [--owner ADDRESS] [--strict] < MAIL",
	  "who invites in a mail that was filed by hand is known, or a stranger; or what "
	  "its note is" },
	{ "mark", command_mark, "mark [--owner ADDRESS] [--config FILE]",
	  "the word in a mailbox's banners by which they are told from imitations" },
	{ "network", command_network, "network check|try|list [...]",
	  "write a network's file: \"invitectl network\" tells more" },
	{ "note", command_note,
	  "note [--json|--explain] [--inviter NAME] [--recipient NAME] [--config FILE] "
	  "[FILE|-]",
	  "judge notes, one a line (\\n for a line break)" },
	{ "people", command_people,
	  "people import|list|show|add|forget|export [--owner ADDRESS] [...]",
	  "who a mailbox's owner knows: \"invitectl people\" tells more" },
	{ "reply", command_reply, "reply [--as RECIPIENT] [--config FILE] FILE|-",
	  "the reply to one mail, ready to paste" },
	{ "train", command_train,
	  "train [--config FILE] NOTES.tsv|CLASS=MAILS... | train --undo",
	  "move the judgement, within bounds, by the site's own labelled notes" },
};

static int
usage(FILE *out, int status)
{
	fputs("usage: invitectl COMMAND [ARGUMENT...]\n       invitectl -h | -V\n\n",
	      out);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(out, "  %s\n\t%s\n", commands[i].synopsis, commands[i].help);

	return status;
}

int
main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	log_open("invitectl", "stderr", "error");
	message_init();

	if (argc < 2)
		return usage(stderr, EX_USAGE);
	if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0)
		return usage(stdout, EX_OK);
	if (strcmp(argv[1], "-V") == 0 || strcmp(argv[1], "--version") == 0) {
		puts(PACKAGE_STRING);
		return EX_OK;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1, stdout);
	terminal_print(stderr, "invitectl: no command \"%s\"", argv[1]);

	return usage(stderr, EX_USAGE);
}

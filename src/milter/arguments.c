/* SPDX-License-Identifier: BSD-2-Clause */
/* arguments.c - the daemon's command line */

#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/terminal.h"
#include "milter/arguments.h"

/* ":" tells a missing argument from an unknown option. */
#define OPTIONS ":c:fhns:V"

static const char help_text[] =
    "usage: " ARGUMENTS_PROGRAM " [-f] [-c FILE] [-s SOCKET]\n"
    "       " ARGUMENTS_PROGRAM " -n [-c FILE] [-s SOCKET]\n"
    "\n"
    "  -c, --config FILE    settings (" SETTINGS_FILE ")\n"
    "  -f, --foreground     stay in the foreground and log to standard error too\n"
    "  -n, --check          read settings and data, say what is wrong, and end\n"
    "  -s, --socket SOCKET  unix:PATH, inet:PORT@HOST or inet6:PORT@HOST\n"
    "  -V, --version        print the version and end\n"
    "  -h, --help           print this and end\n"
    "\n"
    "HUP reads the settings again, TERM ends when the mails in flight are through.\n";

const char *
arguments_settings(const Arguments *arguments)
{
	return arguments->file != NULL ? arguments->file : SETTINGS_FILE;
}

ListenerPlace
arguments_place(const Arguments *arguments, const Settings *settings)
{
	ListenerPlace place = {
		.address = settings_text(settings, SETTING_SOCKET),
		.mode = settings_text(settings, SETTING_SOCKET_MODE),
		.owner = settings_text(settings, SETTING_SOCKET_OWNER),
		.group = settings_text(settings, SETTING_SOCKET_GROUP),
		.is_remote = settings_flag(settings, SETTING_ALLOW_REMOTE),
		.is_mta = true,
	};

	if (arguments->socket != NULL)
		place.address = arguments->socket;
	/* As if the user had made it whom root becomes. */
	if (place.owner[0] == '\0' && geteuid() == 0)
		place.owner = settings_text(settings, SETTING_USER);

	return place;
}

static void
print_unknown(const char *argument)
{
	terminal_print(stderr, ARGUMENTS_PROGRAM ": what is \"%s\"?", argument);
	fputs(help_text, stderr);
}

/* Print as getopt_long() does, but without controls; last: the argument it read. */
static void
print_wrong(int letter, const char *last)
{
	const char option[] = { '-', (char)optopt, '\0' };

	if (letter == '?' && (optopt == 0 || strchr(OPTIONS, optopt) == NULL)) {
		print_unknown(optopt == 0 ? last : option);
		return;
	}
	terminal_print(stderr, ARGUMENTS_PROGRAM ": %s %s", option,
		       letter == ':' ? "wants an argument" : "takes no argument");
	fputs(help_text, stderr);
}

bool
arguments_read(int argc, char **argv, Arguments *arguments_out, int *status_out)
{
	static const struct option names[] = {
		{ "check", no_argument, NULL, 'n' },
		{ "config", required_argument, NULL, 'c' },
		{ "foreground", no_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ "socket", required_argument, NULL, 's' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int letter;

	opterr = 0;
	while ((letter = getopt_long(argc, argv, OPTIONS, names, NULL)) != -1) {
		switch (letter) {
		case 'c':
			/* The daemon leaves this folder, and reads the file again. */
			g_free(arguments_out->file);
			arguments_out->file = g_canonicalize_filename(optarg, NULL);
			break;
		case 'f':
			arguments_out->is_foreground = true;
			break;
		case 'n':
			arguments_out->is_check = true;
			break;
		case 's':
			arguments_out->socket = optarg;
			break;
		case 'h':
		case 'V':
			*status_out = EX_OK;
			printf("%s", letter == 'h' ? help_text
						   : ARGUMENTS_PROGRAM " " PACKAGE_VERSION
								       "\n");
			return false;
		default:
			*status_out = EX_USAGE;
			print_wrong(letter, argv[optind - 1]);
			return false;
		}
	}
	if (optind == argc)
		return true;

	*status_out = EX_USAGE;
	print_unknown(argv[optind]);
	return false;
}

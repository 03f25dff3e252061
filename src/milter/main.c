/* SPDX-License-Identifier: BSD-2-Clause */
/* main.c - the daemon's beginning: checks its settings, or serves */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/terminal.h"
#include "judge/assessor.h"
#include "mail/message.h"
#include "milter/arguments.h"
#include "milter/header-checks.h"
#include "milter/host-check.h"
#include "milter/serve.h"
#include "milter/sockets.h"
#include "milter/user.h"

/*
 * The user whom root becomes reads all but the settings.  doubts_out: what root alone
 * can look at beforehand.
 */
static Assessor *
check_as_user(const Arguments *arguments, const Settings *settings,
	      GPtrArray **doubts_out, GError **error)
{
	ListenerPlace place = arguments_place(arguments, settings);
	User user;

	if (!sockets_check(settings, error))
		return NULL;
	if (user_find(settings, &user, error) && listener_check(&place, error) &&
	    host_check_socket(&place, &user, error)) {
		*doubts_out = host_check_doubts(settings, &place, &user);
		if (user_become(&user, error))
			return assessor_open(arguments_settings(arguments), STORE_READ,
					     error);
	}
	g_prefix_error(error, "%s: ", arguments_settings(arguments));

	return NULL;
}

/* What works less than it could. */
static void
print_doubts(const GPtrArray *doubts)
{
	const char *postfix =
	    getenv("MAIL_CONFIG") != NULL ? getenv("MAIL_CONFIG") : "/etc/postfix";

	for (guint i = 0; i < doubts->len; i++)
		terminal_print(stdout, "%s", (const char *)doubts->pdata[i]);
	if (header_checks_find(postfix) == HEADER_CHECKS_MISSING)
		terminal_print(
		    stdout,
		    "%s/main.cf: header_checks does not delete our fields, so that "
		    "senders' own are believed while the daemon is down; see "
		    "\"ATTACHING TO POSTFIX\" in invite-milter(8)",
		    postfix);
}

static int
check(const Arguments *arguments)
{
	const char *file = arguments_settings(arguments);
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) doubts = NULL;
	g_autoptr(Settings) settings = settings_new(file, &error);
	g_autoptr(Assessor) assessor =
	    settings != NULL ? check_as_user(arguments, settings, &doubts, &error) : NULL;

	if (assessor == NULL) {
		terminal_print_lines(stderr, ARGUMENTS_PROGRAM ": ", error->message);
		return EX_CONFIG;
	}
	if (!store_check(assessor_store(assessor), &error)) {
		terminal_print(stderr, ARGUMENTS_PROGRAM ": %s: %s", file,
			       error->message);
		return EX_CONFIG;
	}
	if (assessor_refused(assessor) != NULL)
		terminal_print_lines(stderr, ARGUMENTS_PROGRAM ": ",
				     assessor_refused(assessor));
	terminal_print(stdout, "%s: ok%s", file,
		       access(file, F_OK) == 0 ? "" : " (missing: all defaults)");
	print_doubts(doubts);

	return EX_OK;
}

int
main(int argc, char **argv)
{
	static Arguments arguments;
	int status;

	if (!arguments_read(argc, argv, &arguments, &status))
		return status;

	message_init();

	return arguments.is_check ? check(&arguments) : serve_run(&arguments);
}

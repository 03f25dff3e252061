/* SPDX-License-Identifier: BSD-2-Clause */
/* reply.c - invitectl reply: what to answer to one mail, ready to paste */

#include "config.h"

#include <sysexits.h>

#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/judging.h"
#include "ctl/mailbag.h"
#include "ctl/options.h"

typedef struct {
	Judging *judging;
	FILE *out;
	size_t mails;
	int status;
} Run;

/* Standard output has the reply alone, so that it can be piped on. */
static int
write_reply(FILE *out, const char *name, const Assessment *assessment)
{
	const Suggestion *suggestion = assessment->suggestion;

	if (suggestion == NULL) {
		terminal_print(stderr, "invitectl: %s: no invitation", name);
		return EX_DATAERR;
	}
	if (suggestion->url != NULL)
		terminal_print(stderr, "invitectl: %s", suggestion->url);
	if (suggestion->hint != NULL)
		terminal_print_lines(stderr, "invitectl: ", suggestion->hint);
	if (suggestion->reply == NULL) {
		terminal_print(stderr, "invitectl: %s: no reply is suggested, but: %s",
			       name, verdict_answer_name(suggestion->answer));
		return EX_DATAERR;
	}
	fprintf(out, "%s\n", suggestion->reply);

	return EX_OK;
}

static void
answer(void *context, const char *name, const char *mail, size_t length,
       const char *trouble)
{
	Run *run = context;
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessment) assessment = NULL;

	if (++run->mails == 2)
		terminal_print(stderr,
			       "invitectl: %s: more than one mail; the reply is to the "
			       "first",
			       name);
	if (run->mails > 1)
		return;
	if (trouble == NULL)
		assessment = judging_saved(run->judging, mail, length, &error);
	if (assessment != NULL) {
		run->status = write_reply(run->out, name, assessment);
		return;
	}
	run->status = EX_DATAERR;
	terminal_print(stderr, "invitectl: %s: %s", name,
		       trouble != NULL ? trouble : error->message);
}

int
command_reply(const Options *options, FILE *out)
{
	g_autoptr(Judging) judging = judging_new(options);
	Run run = { .judging = judging, .out = out, .status = EX_DATAERR };

	if (judging == NULL)
		return EX_CONFIG;
	mailbag_each(options->files[0], answer, &run);

	return run.status;
}

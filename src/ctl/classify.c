/* SPDX-License-Identifier: BSD-2-Clause */
/* classify.c - invitectl classify: judge mails without a daemon */

#include <string.h>
#include <sysexits.h>

#include "ctl/command.h"
#include "ctl/mailbag.h"
#include "ctl/options.h"
#include "ctl/print.h"
#include "judge/assess.h"
#include "mail/head.h"
#include "mail/message.h"

typedef struct {
	Assessor *assessor;
	const Options *options;
	PrintForm form;
	FILE *out;
	bool has_trouble;
} Run;

/* Whose mail is it? Delivered-To's, else the only To address's. */
static char *
owner_of(const char *mail, size_t length)
{
	g_autoptr(Message) message = message_new(mail, length, "", NULL);
	g_auto(Mailbox) delivered = { 0 };
	const char *raw;

	if (message == NULL)
		return NULL;
	raw = head_get(message_head(message), "Delivered-To");
	if (raw != NULL && mailbox_parse(raw, &delivered) > 0 &&
	    delivered.address[0] != '\0')
		return mailbox_owner(delivered.address);

	return message_to(message)->address[0] != '\0'
		   ? mailbox_owner(message_to(message)->address)
		   : NULL;
}

static void
judge(void *context, const char *name, const char *mail, size_t length,
      const char *trouble)
{
	Run *run = context;
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessment) assessment = NULL;
	g_autofree char *owner = NULL;

	if (trouble == NULL) {
		owner = run->options->owner != NULL ? g_strdup(run->options->owner)
						    : owner_of(mail, length);
		assessment = assess(run->assessor, mail, length, owner, &error);
	}
	if (assessment != NULL) {
		print_assessment(run->out, name, assessment, run->form);
		return;
	}
	run->has_trouble = true;
	print_trouble(run->out, name, trouble != NULL ? trouble : error->message, run->form);
}

int
command_classify(int argc, char **argv, FILE *out)
{
	g_auto(Options) options = { 0 };
	g_autoptr(Assessor) assessor = NULL;
	g_autoptr(GError) error = NULL;
	Run run = { .out = out, .options = &options };

	if (!options_parse(&options, OPTIONS_CLASSIFY, argc, argv, &error)) {
		fprintf(stderr, "invitectl classify: %s\n", error->message);
		return EX_USAGE;
	}
	if (options.files[0] == NULL) {
		fputs("invitectl classify: name a file, a folder, or - for standard input\n",
		      stderr);
		return EX_USAGE;
	}
	assessor = options_assessor(&options, &error);
	if (assessor == NULL) {
		fprintf(stderr, "invitectl: %s\n", error->message);
		return EX_CONFIG;
	}
	run.assessor = assessor;
	run.form = options.is_json      ? PRINT_JSON
		   : options.is_explain ? PRINT_EXPLAIN
					: PRINT_PLAIN;
	for (size_t i = 0; options.files[i] != NULL; i++)
		mailbag_each(options.files[i], judge, &run);

	if (fflush(out) != 0 || ferror(out))
		return EX_IOERR;

	return run.has_trouble ? EX_DATAERR : EX_OK;
}

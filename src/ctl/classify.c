/* SPDX-License-Identifier: BSD-2-Clause */
/* classify.c - invitectl classify: judge mails without a daemon */

#include "config.h"

#include <sysexits.h>

#include "ctl/command.h"
#include "ctl/judging.h"
#include "ctl/mailbag.h"
#include "ctl/options.h"
#include "ctl/print.h"

typedef struct {
	Judging *judging;
	PrintForm form;
	FILE *out;
	bool has_trouble;
} Run;

/* A MailbagTake. */
static void
judge(void *context, const char *name, const char *mail, size_t length,
      const char *trouble)
{
	Run *run = context;
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessment) assessment = NULL;

	if (trouble == NULL)
		assessment = judging_saved(run->judging, mail, length, &error);
	if (assessment != NULL) {
		print_assessment(run->out, name, assessment, run->form);
		return;
	}
	run->has_trouble = true;
	print_trouble(run->out, name, trouble != NULL ? trouble : error->message,
		      run->form);
}

int
command_classify(const Options *options, FILE *out)
{
	g_autoptr(Judging) judging = judging_new(options);
	Run run = { .judging = judging, .out = out };

	if (judging == NULL)
		return EX_CONFIG;
	run.form = options->is_json      ? PRINT_JSON
		   : options->is_explain ? PRINT_EXPLAIN
					 : PRINT_PLAIN;
	for (size_t i = 0; options->files[i] != NULL; i++)
		mailbag_each(options->files[i], judge, &run);

	return run.has_trouble ? EX_DATAERR : EX_OK;
}

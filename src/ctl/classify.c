/* SPDX-License-Identifier: BSD-2-Clause */
/* classify.c - invitectl classify: judge mails without a daemon */

#include "config.h"

#include <string.h>
#include <sysexits.h>

#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/mailbag.h"
#include "ctl/options.h"
#include "ctl/print.h"
#include "ctl/whose.h"
#include "judge/assess.h"

typedef struct {
	Assessor *assessor;
	const Options *options;
	PrintForm form;
	FILE *out;
	bool has_trouble;
	bool has_told; /* of a store that cannot be asked */
} Run;

/* Once is enough for all mails. */
static void
tell_store_trouble(Run *run, const Assessment *assessment)
{
	if (assessment->store_trouble != NULL && !run->has_told)
		terminal_print(stderr, "invitectl: who knows whom is not known: %s",
			       assessment->store_trouble);
	run->has_told |= assessment->store_trouble != NULL;
}

static void
judge(void *context, const char *name, const char *mail, size_t length,
      const char *trouble)
{
	Run *run = context;
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessment) assessment = NULL;

	if (trouble == NULL)
		assessment =
		    whose_assessment(run->options, run->assessor, mail, length, &error);
	if (assessment != NULL) {
		tell_store_trouble(run, assessment);
		print_assessment(run->out, name, assessment, run->form);
		return;
	}
	run->has_trouble = true;
	print_trouble(run->out, name, trouble != NULL ? trouble : error->message,
		      run->form);
}

int
command_classify(int argc, char **argv, FILE *out)
{
	g_auto(Options) options = { 0 };
	g_autoptr(Assessor) assessor = NULL;
	g_autoptr(GError) error = NULL;
	Run run = { .out = out, .options = &options };

	if (!options_parse(&options, OPTIONS_CLASSIFY, argc, argv, &error)) {
		terminal_print(stderr, "invitectl classify: %s", error->message);
		return EX_USAGE;
	}
	if (options.files[0] == NULL) {
		fputs("invitectl classify: name a file, a folder, or - for standard "
		      "input\n",
		      stderr);
		return EX_USAGE;
	}
	assessor = options_assessor(&options, STORE_READ, &error);
	if (assessor == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
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

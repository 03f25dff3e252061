/* SPDX-License-Identifier: BSD-2-Clause */
/* skeleton.c - invitectl skeleton: the shape of a mail, which can be shown to others */

#include "config.h"

#include <sysexits.h>
#include <unistd.h>

#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/mailbag.h"
#include "ctl/options.h"
#include "ctl/vocabulary.h"

typedef struct {
	Vocabulary *vocabulary;
	FILE *out;
	size_t mails;
	int status;
} Run;

static void
write_skeleton(void *context, const char *name, const char *mail, size_t length,
	       const char *trouble)
{
	Run *run = context;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) skeleton = NULL;

	if (++run->mails == 2)
		terminal_print(
		    stderr,
		    "invitectl: %s: more than one mail; the skeleton is of the "
		    "first",
		    name);
	if (run->mails > 1)
		return;
	if (trouble == NULL)
		skeleton = vocabulary_skeleton(run->vocabulary, mail, length, &error);
	if (skeleton == NULL) {
		terminal_print(stderr, "invitectl: %s: %s", name,
			       trouble != NULL ? trouble : error->message);
		return;
	}
	run->status = EX_OK;
	if (isatty(fileno(run->out)))
		terminal_print_lines(run->out, "", skeleton->str);
	else
		fwrite(skeleton->str, 1, skeleton->len, run->out);
	terminal_print(stderr,
		       "invitectl: words, names and numbers are masked; look through it "
		       "before you send it");
}

int
command_skeleton(const Options *options, FILE *out)
{
	g_autoptr(GError) error = NULL;
	/* It asks nobody who knows whom. */
	g_autoptr(Assessor) assessor = assessor_new(options_settings(options), &error);
	g_autoptr(Vocabulary) vocabulary = NULL;
	Run run = { .out = out, .status = EX_DATAERR };

	if (assessor != NULL)
		vocabulary = vocabulary_new(assessor, &error);
	if (vocabulary == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
		return EX_CONFIG;
	}
	run.vocabulary = vocabulary;
	mailbag_each(options->files[0], write_skeleton, &run);

	return run.status;
}

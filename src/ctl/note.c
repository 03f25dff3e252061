/* SPDX-License-Identifier: BSD-2-Clause */
/* note.c - invitectl note: judge bare notes, one a line */

#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sysexits.h>

#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/options.h"
#include "ctl/print.h"
#include "ctl/unescape.h"
#include "judge/assess.h"
#include "note/note.h"

static void
judge_lines(FILE *in, const Assessor *assessor, const Options *options, FILE *out)
{
	NoteNames names = { .inviter = options->inviter,
			    .recipient = options->recipient,
			    .rules = assessor_rules(assessor)->names };
	PrintForm form = options->is_json      ? PRINT_JSON
			 : options->is_explain ? PRINT_EXPLAIN
					       : PRINT_PLAIN;
	char *line = NULL;
	size_t size = 0;

	for (bool is_first = true; getline(&line, &size, in) >= 0; is_first = false) {
		g_autofree char *text = NULL;
		g_autoptr(Note) note = NULL;

		line[strcspn(line, "\r\n")] = '\0';
		text = unescape(line);
		note = note_judge(assessor_languages(assessor), text, &names);
		if (form == PRINT_EXPLAIN && !is_first)
			fputc('\n', out);
		print_note(out, text, note, form);
	}
	free(line);
}

int
command_note(const Options *options, FILE *out)
{
	g_autoptr(Assessor) assessor = NULL;
	g_autoptr(GError) error = NULL;
	FILE *in = stdin;
	int status = EX_OK;

	if (options->is_json && options->is_explain) {
		fputs("invitectl note: --json or --explain, not both\n", stderr);
		return EX_USAGE;
	}
	assessor = options_assessor(options, STORE_READ, &error);
	if (assessor == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
		return EX_CONFIG;
	}
	if (options->files[0] != NULL && strcmp(options->files[0], "-") != 0) {
		in = fopen(options->files[0], "r");
		if (in == NULL) {
			terminal_print(stderr, "invitectl: %s: %s", options->files[0],
				       g_strerror(errno));
			return EX_NOINPUT;
		}
	}
	judge_lines(in, assessor, options, out);
	if (ferror(in)) {
		terminal_print(stderr, "invitectl: %s: cannot be read",
			       options->files[0]);
		status = EX_NOINPUT;
	}
	if (in != stdin)
		fclose(in);

	return status;
}

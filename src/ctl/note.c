/* SPDX-License-Identifier: BSD-2-Clause */
/* note.c - invitectl note: judge bare notes, one a line */

#include "config.h"

#include <stdbool.h>
#include <string.h>
#include <sysexits.h>

#include "base/input.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/options.h"
#include "ctl/print.h"
#include "ctl/unescape.h"
#include "judge/assess.h"
#include "note/note.h"

static bool
judge_lines(FILE *in, const Assessor *assessor, const Options *options, FILE *out,
	    GError **error)
{
	NoteNames names = { .inviter = options->inviter,
			    .recipient = options->recipient,
			    .rules = assessor_rules(assessor)->names };
	PrintForm form = options->is_json      ? PRINT_JSON
			 : options->is_explain ? PRINT_EXPLAIN
					       : PRINT_PLAIN;
	g_autoptr(GString) line = g_string_new(NULL);
	GError *trouble = NULL;

	for (bool is_first = true; input_line(in, line, &trouble); is_first = false) {
		g_autofree char *text = NULL;
		g_autoptr(Note) note = NULL;

		line->str[strcspn(line->str, "\r\n")] = '\0';
		text = unescape(line->str);
		note = note_judge(assessor_languages(assessor), text, &names);
		if (form == PRINT_EXPLAIN && !is_first)
			fputc('\n', out);
		print_note(out, text, note, form);
	}
	if (trouble != NULL)
		g_propagate_error(error, trouble);

	return trouble == NULL;
}

int
command_note(const Options *options, FILE *out)
{
	g_autoptr(Assessor) assessor = NULL;
	g_autoptr(GError) error = NULL;
	const char *path =
	    g_strcmp0(options->files[0], "-") != 0 ? options->files[0] : NULL;
	FILE *in = stdin;
	bool is_read;

	if (options->is_json && options->is_explain) {
		fputs("invitectl note: --json or --explain, not both\n", stderr);
		return EX_USAGE;
	}
	assessor = options_assessor(options, STORE_READ, &error);
	if (assessor == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
		return EX_CONFIG;
	}
	if (path != NULL)
		in = input_open_stream(path, &error);
	is_read = in != NULL && judge_lines(in, assessor, options, out, &error);
	if (!is_read)
		terminal_print(stderr, "invitectl: %s: %s",
			       path != NULL ? path : "standard input", error->message);
	if (path != NULL && in != NULL)
		fclose(in);

	return is_read ? EX_OK : EX_NOINPUT;
}

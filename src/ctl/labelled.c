/* SPDX-License-Identifier: BSD-2-Clause */
/* labelled.c - notes with the class that a person gave them */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/input.h"
#include "base/terminal.h"
#include "ctl/labelled.h"
#include "ctl/unescape.h"

const char labelled_network[] = "LinkedIn";

/* The columns, where a header line does not say otherwise. */
typedef struct {
	size_t class, language, text;
} Columns;

/* One file on its way. */
typedef struct {
	const char *path;
	Columns columns;
	size_t line, taken, bad;
	LabelledTake *take;
	void *context;
} Table;

/* A header line names the columns; there may be others. */
static bool
read_header(Table *table, char **cells)
{
	Columns columns = { 0 };
	bool has_class = false, has_text = false;

	for (size_t i = 0; cells[i] != NULL; i++) {
		if (g_str_equal(cells[i], "class")) {
			columns.class = i;
			has_class = true;
		} else if (g_str_equal(cells[i], "language")) {
			columns.language = i;
		} else if (g_str_equal(cells[i], "text")) {
			columns.text = i;
			has_text = true;
		}
	}
	if (has_class && has_text)
		table->columns = columns;

	return has_class && has_text;
}

static void
take_line(Table *table, char **cells)
{
	const Columns *columns = &table->columns;
	size_t last = MAX(columns->class, MAX(columns->language, columns->text));
	g_autofree char *text = NULL;
	LabelledNote note = { .line = table->line };

	if (g_strv_length(cells) <= last) {
		terminal_print(
		    stderr,
		    "invitectl: %s:%zu: no class, language and text; give them with "
		    "a tab between each, and \"\\n\" for line breaks",
		    table->path, table->line);
		table->bad++;
		return;
	}
	note.class = note_class_of(cells[columns->class]);
	if (note.class == NOTE_LAST) {
		terminal_print(
		    stderr,
		    "invitectl: %s:%zu: no such class \"%s\"; give none, default, "
		    "vague, pitch or personal",
		    table->path, table->line, cells[columns->class]);
		table->bad++;
		return;
	}
	text = unescape(cells[columns->text]);
	note.language = cells[columns->language];
	note.written = cells[columns->text];
	note.text = text;
	table->taken++;
	table->take(table->context, &note);
}

static bool
take_lines(Table *table, FILE *in, GError **error)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	GError *trouble = NULL;

	while (input_line(in, bytes, &trouble)) {
		g_auto(GStrv) cells = NULL;
		char *line = bytes->str;

		table->line++;
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		cells = g_strsplit(line, "\t", -1);
		/* Four columns without a header: class, label, language, text. */
		if (table->line == 1 && g_strv_length(cells) > 3)
			table->columns = (Columns){ 0, 2, 3 };
		if (table->line > 1 || !read_header(table, cells))
			take_line(table, cells);
	}
	if (trouble != NULL)
		g_propagate_error(error, trouble);

	return trouble == NULL;
}

bool
labelled_read(const char *path, LabelledTake *take, void *context, size_t *bad_out,
	      GError **error)
{
	Table table = {
		.path = path, .columns = { 0, 1, 2 }, .take = take, .context = context
	};
	FILE *in = input_open_stream(path, error);
	bool is_read = in != NULL && take_lines(&table, in, error);

	if (in != NULL)
		fclose(in);
	if (!is_read) {
		g_prefix_error(error, "%s: ", path);
		return false;
	}
	if (table.taken == 0) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
			    "%s: no labelled note in it; give one a line: class, "
			    "language and text, with a tab between each",
			    path);
		return false;
	}
	*bad_out = table.bad;

	return true;
}

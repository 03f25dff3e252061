/* SPDX-License-Identifier: BSD-2-Clause */
/* terminal.c - lines for people, in which nothing gives orders to a terminal */

#include "config.h"

#include <stdarg.h>

#include "base/terminal.h"
#include "text/text.h"

char *
terminal_text(const char *text)
{
	GString *shown = g_string_new(NULL);

	while (*text != '\0') {
		gunichar c = text_next(&text);
		GUnicodeType type = g_unichar_type(c);
		bool is_break = type == G_UNICODE_LINE_SEPARATOR ||
				type == G_UNICODE_PARAGRAPH_SEPARATOR;

		g_string_append_unichar(shown, is_break || text_is_unseen(c) ? '?' : c);
	}

	return g_string_free(shown, FALSE);
}

void
terminal_print(FILE *out, const char *format, ...)
{
	g_autofree char *line = NULL, *shown = NULL;
	va_list arguments;

	va_start(arguments, format);
	line = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	shown = terminal_text(line);
	fprintf(out, "%s\n", shown);
}

void
terminal_print_lines(FILE *out, const char *prefix, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		terminal_print(out, "%s%s", prefix, *line);
}

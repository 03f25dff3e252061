/* SPDX-License-Identifier: BSD-2-Clause */
/* terminal.c - lines for people, in which nothing gives orders to a terminal */

#include "config.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/terminal.h"
#include "text/text.h"

/* A terminal that does not tell has so many columns. */
#define WIDTH 80

/* Narrower ones, and what is no number, are not believed. */
#define NARROWEST 20
#define WIDEST    1000

/* Most characters are of ASCII, of one column each, and nothing need be asked of them. */
static bool
is_plain(gunichar c)
{
	return c >= ' ' && c < 0x7F;
}

char *
terminal_text(const char *text)
{
	GString *shown = g_string_new(NULL);

	while (*text != '\0') {
		size_t plain = 0;
		gunichar c;
		GUnicodeType type;
		bool is_break;

		while (is_plain((unsigned char)text[plain]))
			plain++;
		g_string_append_len(shown, text, (gssize)plain);
		text += plain;
		if (*text == '\0')
			break;
		c = text_next(&text);
		type = g_unichar_type(c);
		is_break = type == G_UNICODE_LINE_SEPARATOR ||
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

int
terminal_width(FILE *out)
{
	const char *columns = g_getenv("COLUMNS");
	struct winsize size = { 0 };
	guint64 number;

	if (columns != NULL &&
	    g_ascii_string_to_unsigned(columns, 10, NARROWEST, WIDEST, &number, NULL))
		return (int)number;
	if (!isatty(fileno(out)))
		return 0;

	return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col >= NARROWEST
		   ? size.ws_col
		   : WIDTH;
}

int
terminal_columns_of(gunichar c)
{
	return is_plain(c)                ? 1
	       : g_unichar_iszerowidth(c) ? 0
	       : g_unichar_iswide(c)      ? 2
					  : 1;
}

int
terminal_columns(const char *text)
{
	int columns = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text))
		columns += terminal_columns_of(g_utf8_get_char(text));

	return columns;
}

/* Where the word ends that begins here; wide letters are words of their own. */
static const char *
word_end(const char *word)
{
	const char *end = word;
	bool is_wide = terminal_columns_of(g_utf8_get_char(word)) == 2;

	do
		end = g_utf8_next_char(end);
	while (*end != '\0' && *end != ' ' &&
	       (is_wide ? terminal_columns_of(g_utf8_get_char(end)) == 0
			: terminal_columns_of(g_utf8_get_char(end)) != 2));

	return end;
}

char *
terminal_fold(const char *text, int taken, int indent, int width)
{
	g_autofree char *shown = terminal_text(text);
	GString *folded = g_string_new(NULL);
	int column = taken;
	bool has_word = false;

	for (const char *at = shown, *end; *at != '\0'; at = end) {
		const char *word = at + strspn(at, " ");
		g_autofree char *piece = NULL;

		end = *word != '\0' ? word_end(word) : word;
		piece = g_strndup(at, (gsize)(end - at));
		if (width > 0 && has_word && column + terminal_columns(piece) > width) {
			g_string_append_printf(folded, "\n%*s", indent, "");
			column = indent;
			g_string_append_len(folded, word, end - word);
			column += terminal_columns(piece) - (int)(word - at);
		} else {
			g_string_append(folded, piece);
			column += terminal_columns(piece);
		}
		has_word = true;
	}

	return g_string_free(folded, FALSE);
}

void
terminal_print_folded(FILE *out, int indent, const char *format, ...)
{
	g_autofree char *line = NULL, *folded = NULL;
	va_list arguments;

	va_start(arguments, format);
	line = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	folded = terminal_fold(line, 0, indent, terminal_width(out));
	fprintf(out, "%s\n", folded);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* lines.c - the lines of a file, numbered as an editor shows them */

#include "config.h"

#include <string.h>

#include <glib.h>

#include "text/charset.h"
#include "import/lines.h"

/* Where BEGIN is looked for: a file may have lost its start. */
#define SNIFFED_BYTES 4096

void
lines_init(Lines *lines, const char *bytes, size_t length)
{
	*lines = (Lines){ .at = bytes, .end = bytes + length };
}

/* The next c from at on, remembered: a text without any is searched once. */
static const char *
next_of(const Lines *lines, const char **known, char c)
{
	if (*known == NULL || *known < lines->at) {
		*known = memchr(lines->at, c, (size_t)(lines->end - lines->at));
		if (*known == NULL)
			*known = lines->end;
	}

	return *known;
}

bool
lines_next(Lines *lines, Span *line_out)
{
	const char *feed, *carriage, *stop;

	if (lines->at == lines->end)
		return false;

	feed = next_of(lines, &lines->feed, '\n');
	carriage = next_of(lines, &lines->carriage, '\r');
	stop = MIN(feed, carriage);
	line_out->text = lines->at;
	line_out->length = (size_t)(stop - lines->at);
	lines->number++;
	if (stop < lines->end)
		stop +=
		    stop == carriage && feed < lines->end && feed == carriage + 1 ? 2 : 1;
	lines->at = stop;

	return true;
}

bool
lines_is_folded(const Lines *lines)
{
	return lines->at < lines->end && (*lines->at == ' ' || *lines->at == '\t');
}

static Span
without_blanks(Span span)
{
	while (span.length > 0 && g_ascii_isspace(span.text[0])) {
		span.text++;
		span.length--;
	}
	while (span.length > 0 && g_ascii_isspace(span.text[span.length - 1]))
		span.length--;

	return span;
}

static bool
is_word(Span span, const char *word)
{
	return span.length == strlen(word) &&
	       g_ascii_strncasecmp(span.text, word, span.length) == 0;
}

bool
lines_span_is(Span line, const char *name, const char *value)
{
	size_t length = strlen(name);
	Span head = { line.text, length };
	Span rest = { line.text + length, line.length - length };

	if (line.length <= length || !is_word(head, name))
		return false;
	rest = without_blanks(rest);
	if (rest.length == 0 || rest.text[0] != ':')
		return false;

	rest.text++;
	rest.length--;

	return is_word(without_blanks(rest), value);
}

bool
lines_begin_file(const char *bytes, size_t length, const char *component)
{
	g_autoptr(GBytes) start = charset_unmarked(bytes, MIN(length, SNIFFED_BYTES));
	gsize size;
	const char *text = g_bytes_get_data(start, &size);
	Lines lines;
	Span line;

	lines_init(&lines, text, size);
	while (lines_next(&lines, &line))
		if (lines_span_is(line, "BEGIN", component))
			return true;

	return false;
}

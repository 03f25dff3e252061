/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * encoded-field.c - header text: encoded words written
 *
 * Design rationale
 *	The text is split at its single spaces.  What is neither plain nor
 *	quotable goes into encoded words together with the spaces between, so
 *	that reading gives back what was written, to the space.
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "mail/encoded-field.h"

#define WORD_OPEN     "=?UTF-8?Q?"
#define WORD_CLOSE    "?="
#define WORD_OVERHEAD (sizeof(WORD_OPEN WORD_CLOSE) - 1)

/* A line that holds an encoded word ends here (RFC 2047, section 2). */
#define LINE_MAX_COLUMNS 76

/* Fewer columns than these are not worth opening an encoded word for. */
#define WORD_MIN_TEXT 16

/* Longer ASCII is encoded, for no line may reach 998 columns (RFC 5322, 2.1.1). */
#define PLAIN_MAX 900

typedef struct {
	GString *out;
	size_t column; /* taken on the last line */
} Lines;

/* Begin a new line, or part what comes from what stands on this one. */
static void
lines_part(Lines *lines, size_t length)
{
	bool is_first = lines->out->len == 0;
	size_t space = is_first ? 0 : 1;
	/* A first word that fits no line is not helped by an empty line above it. */
	bool is_helped = !is_first || (lines->column > 1 && length < LINE_MAX_COLUMNS);

	if (lines->column + space + length > LINE_MAX_COLUMNS && is_helped) {
		g_string_append(lines->out, "\n\t");
		lines->column = 1;
	} else if (!is_first) {
		g_string_append_c(lines->out, ' ');
		lines->column++;
	}
}

static void
lines_put(Lines *lines, const char *word)
{
	size_t length = strlen(word);

	lines_part(lines, length);
	g_string_append(lines->out, word);
	lines->column += length;
}

/* May stand in a "Q" word anywhere (RFC 2047, section 5 (3)). */
static bool
is_q_safe(char c)
{
	return g_ascii_isalnum(c) || (c != '\0' && strchr("!*+-/", c) != NULL);
}

static size_t
q_length(const char *text, size_t length)
{
	size_t sum = 0;

	for (size_t i = 0; i < length; i++)
		sum += is_q_safe(text[i]) || text[i] == ' ' ? 1 : 3;

	return sum;
}

static size_t
b_length(size_t length)
{
	return (length + 2) / 3 * 4;
}

static char *
q_text(const char *text, size_t length)
{
	GString *out = g_string_sized_new(3 * length);

	for (size_t i = 0; i < length; i++) {
		if (text[i] == ' ')
			g_string_append_c(out, '_');
		else if (is_q_safe(text[i]))
			g_string_append_c(out, text[i]);
		else
			g_string_append_printf(out, "=%02X", (unsigned char)text[i]);
	}

	return g_string_free(out, FALSE);
}

/* How many bytes, of whole characters and at least one, fit into so many columns. */
static size_t
bytes_that_fit(const char *text, bool is_base64, size_t room)
{
	size_t length = 0, columns = 0;

	while (text[length] != '\0') {
		size_t next = (size_t)(g_utf8_next_char(text + length) - text);

		columns += q_length(text + length, next - length);
		if ((is_base64 ? b_length(next) : columns) > room && length > 0)
			break;
		length = next;
	}

	return length;
}

static void
put_encoded(Lines *lines, const char *text)
{
	size_t length = strlen(text);
	/* People can read "Q" in raw mail; for that it may be half as long again. */
	bool is_base64 = 2 * q_length(text, length) > 3 * b_length(length);

	while (*text != '\0') {
		size_t taken, room;
		g_autofree char *coded = NULL;

		lines_part(lines, WORD_OVERHEAD + WORD_MIN_TEXT);
		room = lines->column + WORD_OVERHEAD + WORD_MIN_TEXT < LINE_MAX_COLUMNS
			   ? LINE_MAX_COLUMNS - lines->column - WORD_OVERHEAD
			   : WORD_MIN_TEXT;
		/* A word has 75 characters at most, even at the start of a line. */
		room = MIN(room, 75 - WORD_OVERHEAD);
		taken = bytes_that_fit(text, is_base64, room);
		coded = is_base64 ? g_base64_encode((const guchar *)text, taken)
				  : q_text(text, taken);
		g_string_append_printf(lines->out, "=?UTF-8?%c?%s" WORD_CLOSE,
				       is_base64 ? 'B' : 'Q', coded);
		lines->column += WORD_OVERHEAD + strlen(coded);
		text += taken;
	}
}

static bool
has_specials(const char *word)
{
	static const char others[] = "!#$%&'*+-/=?^_`{|}~"; /* RFC 5322, 3.2.3 */

	for (; *word != '\0'; word++)
		if (!g_ascii_isalnum(*word) && strchr(others, *word) == NULL)
			return true;

	return false;
}

/*
 * Must this word be encoded?  Empty words stand for the second of two spaces,
 * or one at an end; their neighbour carries them.
 */
static bool
is_encoded(char *const *words, size_t i)
{
	const char *word = words[i];
	bool is_beside_empty = i > 0 && words[i - 1][0] == '\0';
	bool is_before_end =
	    words[i + 1] != NULL && words[i + 1][0] == '\0' && words[i + 2] == NULL;

	return word[0] == '\0' || is_beside_empty || is_before_end ||
	       !g_str_is_ascii(word) || strstr(word, "=?") != NULL ||
	       strlen(word) > PLAIN_MAX;
}

/* The words up to end share one pair of quotes. */
static void
put_quoted(Lines *lines, char *const *words, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		g_autoptr(GString) word = g_string_new(i == start ? "\"" : NULL);

		for (const char *at = words[i]; *at != '\0'; at++) {
			if (*at == '"' || *at == '\\')
				g_string_append_c(word, '\\');
			g_string_append_c(word, *at);
		}
		if (i + 1 == end)
			g_string_append_c(word, '"');
		lines_put(lines, word->str);
	}
}

/* Write the longest row of words from start on that are alike; returns its end. */
static size_t
put_row(Lines *lines, char *const *words, size_t start, EncodedPlace place)
{
	bool is_row_encoded = is_encoded(words, start), is_quoted = false;
	g_autoptr(GString) row = g_string_new(NULL);
	size_t end = start;

	for (; words[end] != NULL && is_encoded(words, end) == is_row_encoded; end++) {
		if (end > start)
			g_string_append_c(row, ' ');
		g_string_append(row, words[end]);
		is_quoted |= place == ENCODED_PHRASE && has_specials(words[end]);
	}

	if (is_row_encoded)
		put_encoded(lines, row->str);
	else if (is_quoted)
		put_quoted(lines, words, start, end);
	else
		for (size_t i = start; i < end; i++)
			lines_put(lines, words[i]);

	return end;
}

/* Controls are the caller's to remove; one that slipped through becomes a space. */
static char *
without_surprises(const char *text)
{
	char *valid = g_utf8_make_valid(text, -1);

	for (char *at = valid; *at != '\0'; at++)
		if (g_ascii_iscntrl(*at))
			*at = ' ';

	return valid;
}

char *
encoded_field(const char *text, EncodedPlace place, size_t used)
{
	g_autofree char *clean = without_surprises(text);
	g_auto(GStrv) words = g_strsplit(clean, " ", -1);
	Lines lines = { .out = g_string_new(NULL), .column = used };
	size_t i = 0;

	while (words[i] != NULL)
		i = put_row(&lines, words, i, place);

	return g_string_free(lines.out, FALSE);
}

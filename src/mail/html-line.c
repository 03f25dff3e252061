/* SPDX-License-Identifier: BSD-2-Clause */
/* html-line.c - the line of an HTML part that is being read, and its link */
#include "config.h"

#include <string.h>

#include "text/text.h"
#include "mail/html-line.h"

static void
append(GString *to, const char *text, size_t length)
{
	size_t room = VISIBLE_MAX_LINE - MIN(to->len, VISIBLE_MAX_LINE);

	if (length > room)
		for (length = room; length > 0; length--)
			if (((unsigned char)text[length] & 0xC0) != 0x80)
				break;
	/* Called for every word: the room was made at the start. */
	memcpy(to->str + to->len, text, length);
	to->len += length;
	to->str[to->len] = '\0';
}

/* Does anything in a word leave a mark?  Preheaders are padded with what does not. */
static bool
leaves_mark(const char *word, size_t length)
{
	const char *end = word + length;

	while (word < end) {
		gunichar folded = text_fold_char(g_utf8_get_char(word));

		if (folded != 0 && folded != ' ')
			return true;
		word = g_utf8_next_char(word);
	}

	return false;
}

void
html_line_init(HtmlLine *line, Visible *visible)
{
	*line = (HtmlLine){ .visible = visible };
	line->text = g_string_sized_new(VISIBLE_MAX_LINE + 1);
	line->label = g_string_sized_new(VISIBLE_MAX_LINE + 1);
}

void
html_line_clear(HtmlLine *line)
{
	g_string_free(line->text, TRUE);
	g_string_free(line->label, TRUE);
	g_free(line->url);
	g_free(line->alt);
}

bool
html_line_is_empty(const HtmlLine *line)
{
	return line->url == NULL && !line->has_linked && !line->has_plain;
}

void
html_line_end(HtmlLine *line)
{
	if (line->has_linked || line->has_plain)
		visible_add_line(line->visible, line->text->str, !line->has_plain);

	g_string_truncate(line->text, 0);
	line->has_linked = line->has_plain = false;
	line->has_space = true;
}

void
html_line_break(HtmlLine *line)
{
	if (line->has_linked || line->has_plain)
		html_line_end(line);
	else
		visible_add_line(line->visible, "", false);
}

void
html_line_add(HtmlLine *line, const char *word, size_t length)
{
	bool *has = line->url != NULL ? &line->has_linked : &line->has_plain;

	*has = *has || leaves_mark(word, length);

	if (line->has_space && line->text->len > 0)
		append(line->text, " ", 1);
	append(line->text, word, length);
}

void
html_line_add_label(HtmlLine *line, const char *word, size_t length)
{
	if (line->url == NULL)
		return;
	if (line->has_space && line->label->len > 0)
		append(line->label, " ", 1);
	append(line->label, word, length);
}

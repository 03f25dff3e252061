/* SPDX-License-Identifier: BSD-2-Clause */
/* note-stray.c - prose where no note stands, that may be one */

#include "config.h"

#include <string.h>

#include "network/note-stray.h"
#include "network/network-profile.h"
#include "text/folded.h"
#include "text/text.h"

/* A sentence has so many words at least. */
#define STRAY_MIN_WORDS 5

/* Below the name on another's card stand so many lines. */
#define CARD_LINES 2

static bool
ends_sentence(const char *text)
{
	static const char *const signs[] = { ".",
					     "!",
					     "?",
					     "\342\200\246",
					     "\343\200\202",
					     "\357\274\201",
					     "\357\274\237",
					     "\330\237",
					     "\340\245\244" };

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (strstr(text, signs[i]) != NULL)
			return true;

	return false;
}

/* Does a link above, in the part, lead to this profile?  Then the later one is a button. */
static bool
is_linked_before(const NotePart *part, size_t link, const char *profile)
{
	for (size_t i = 0; i < link; i++) {
		g_autofree char *before = network_profile_of_link(
		    part->network, &g_array_index(part->links, ReadingLink, i));

		if (g_strcmp0(before, profile) == 0)
			return true;
	}

	return false;
}

/* Is the line below a link to a profile, which is the name on a card? */
static bool
is_of_card(const NotePart *part, size_t at)
{
	if (note_part_words(note_part_line(part, at)) > READING_LABEL_MAX_WORDS)
		return false;
	for (size_t i = 0; i < part->links->len; i++) {
		ReadingLink *link = &g_array_index(part->links, ReadingLink, i);
		size_t line = note_part_line_of_link(part, link);
		g_autofree char *profile = NULL;

		if (line >= at || line + CARD_LINES < at || link->label[0] == '\0' ||
		    !network_owns_domain(part->network, link->host))
			continue;
		profile = network_profile_of_link(part->network, link);
		if (profile != NULL && !is_linked_before(part, i, profile))
			return true;
	}

	return false;
}

/* In the text, a card's lines stand right above its link. */
static bool
is_above_link(const NotePart *part, size_t end)
{
	return !part->is_html && end < part->lines->len &&
	       note_part_line(part, end)->use == LINE_LINK;
}

static bool
has_address(const NotePart *part, size_t at)
{
	const ReadingLine *line = note_part_line(part, at);

	return line->url != NULL || strchr(line->text, '@') != NULL ||
	       strstr(line->text, "\302\251") != NULL;
}

static bool
names_network(const NotePart *part, const char *text)
{
	g_autofree char *title = folded_text(part->network->title);
	g_autofree char *folded = folded_text(text);

	return strstr(folded, title) != NULL;
}

static void
add(char **paragraphs, const char *text)
{
	char *all = *paragraphs != NULL ? g_strconcat(*paragraphs, "\n\n", text, NULL)
					: g_strdup(text);

	g_free(*paragraphs);
	*paragraphs = all;
}

/* The lines from .. to - 1 are one paragraph. */
static void
read_paragraph(const NotePart *part, size_t from, size_t to, size_t end, NoteStray *stray)
{
	g_autoptr(GString) text = g_string_new(NULL);
	size_t words = 0;

	for (size_t i = from; i < to; i++) {
		const ReadingLine *line = note_part_line(part, i);

		if (has_address(part, i) || is_of_card(part, i))
			return;
		words += note_part_words(line);
		g_string_append_printf(text, "%s%s", i > from ? "\n" : "", line->text);
	}
	if (words < STRAY_MIN_WORDS || !ends_sentence(text->str) ||
	    (words <= READING_LABEL_MAX_WORDS && is_above_link(part, to)))
		return;
	add(from < end && !names_network(part, text->str) ? &stray->sure
							  : &stray->doubtful,
	    text->str);
}

void
note_stray_read(const NotePart *part, const GArray *lines, size_t end,
		NoteStray *stray_out)
{
	for (size_t i = 0, next; i < lines->len; i = next) {
		size_t from = g_array_index(lines, size_t, i), to = from + 1;

		/* The HTML has no gaps between blocks. */
		for (next = i + 1; !part->is_html && next < lines->len &&
				   g_array_index(lines, size_t, next) == to;
		     next++)
			to++;
		read_paragraph(part, from, to, end, stray_out);
	}
}

void
note_stray_clear(NoteStray *stray)
{
	g_clear_pointer(&stray->sure, g_free);
	g_clear_pointer(&stray->doubtful, g_free);
}

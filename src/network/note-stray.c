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
add(char **paragraphs, const char *gap, const char *text)
{
	char *all = *paragraphs != NULL ? g_strconcat(*paragraphs, gap, text, NULL)
					: g_strdup(text);

	g_free(*paragraphs);
	*paragraphs = all;
}

/* The lines from .. to - 1 are one paragraph: its text, or NULL where it is no sentence. */
static char *
sentence_of(const NotePart *part, size_t from, size_t to)
{
	g_autoptr(GString) text = g_string_new(NULL);
	size_t words = 0;

	for (size_t i = from; i < to; i++) {
		const ReadingLine *line = note_part_line(part, i);

		if (has_address(part, i) || is_of_card(part, i))
			return NULL;
		words += note_part_words(line);
		g_string_append_printf(text, "%s%s", i > from ? "\n" : "", line->text);
	}
	if (words < STRAY_MIN_WORDS || !ends_sentence(text->str) ||
	    (words <= READING_LABEL_MAX_WORDS && is_above_link(part, to)))
		return NULL;

	return g_strdup(text->str);
}

/* Do only links and their labels stand between two lines? */
static bool
is_only_links(const NotePart *part, size_t from, size_t to)
{
	for (; from < to; from++) {
		const ReadingLine *line = note_part_line(part, from);

		if (!note_part_is_blank(line) && line->use != LINE_LINK &&
		    line->use != LINE_FRAME && !line->is_link)
			return false;
	}

	return true;
}

static bool
is_only_blank(const NotePart *part, size_t from, size_t to)
{
	while (from < to && note_part_is_blank(note_part_line(part, from)))
		from++;

	return from == to;
}

/* Does the short line hold the inviter's first name, as one that signs does? */
static bool
is_signature(const NotePart *part, size_t at)
{
	const char *name = part->invite->name != NULL ? part->invite->name : "";
	g_autofree char *word = g_strndup(name, strcspn(name, " ,"));
	const Folded *line = &note_part_line(part, at)->folded;
	g_auto(Folded) first = { 0 };

	if (note_part_words(note_part_line(part, at)) >= STRAY_MIN_WORDS)
		return false;
	folded_init(&first, word);

	return first.length > 1 && line->length >= first.length &&
	       memcmp(line->chars + line->length - first.length, first.chars,
		      first.length * sizeof(*first.chars)) == 0;
}

/* The paragraphs right below the answer, of which short ones wait for what follows. */
typedef struct {
	size_t reach; /* the line behind them; SIZE_MAX: they are at an end */
	char *held;   /* greetings, and short lines between sentences */
} Below;

static void
read_below(const NotePart *part, size_t from, size_t to, const char *sentence,
	   Below *below, NoteStray *stray)
{
	const char *gap = part->is_html ? "\n" : "\n\n";

	if (from < part->answer || below->reach == SIZE_MAX)
		return;
	if (stray->below == NULL && below->held == NULL
		? !is_only_links(part, below->reach, from)
		: !is_only_blank(part, below->reach, from)) {
		below->reach = SIZE_MAX;
		return;
	}
	below->reach = to;
	for (size_t i = from; sentence == NULL && i < to; i++) {
		if (has_address(part, i) || is_above_link(part, to)) {
			below->reach = SIZE_MAX;
			return;
		}
		add(&below->held, i > from ? "\n" : gap, note_part_line(part, i)->text);
	}
	if (sentence == NULL && (stray->below == NULL || !is_signature(part, to - 1)))
		return;
	if (below->held != NULL)
		add(&stray->below, gap, below->held);
	g_clear_pointer(&below->held, g_free);
	if (sentence != NULL)
		add(&stray->below, gap, sentence);
}

void
note_stray_read(const NotePart *part, const GArray *lines, size_t end,
		NoteStray *stray_out)
{
	Below below = { .reach =
			    part->answer < part->lines->len ? part->answer : SIZE_MAX };

	for (size_t i = 0, next; i < lines->len; i = next) {
		size_t from = g_array_index(lines, size_t, i), to = from + 1;
		g_autofree char *text = NULL;

		/* The HTML has no gaps between blocks. */
		for (next = i + 1; !part->is_html && next < lines->len &&
				   g_array_index(lines, size_t, next) == to;
		     next++)
			to++;
		text = sentence_of(part, from, to);
		if (from < end)
			read_below(part, from, to, text, &below, stray_out);
		if (text != NULL)
			add(from < end && !names_network(part, text)
				? &stray_out->sure
				: &stray_out->doubtful,
			    "\n\n", text);
	}
	g_free(below.held);
}

static bool
is_line_of(const GArray *lines, size_t from, const char *text)
{
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, text);
	while (from < lines->len &&
	       !folded_same(&g_array_index(lines, ReadingLine, from).folded, &folded))
		from++;

	return from < lines->len;
}

void
note_stray_compare(NoteStray *html, const GArray *text, size_t end)
{
	g_auto(GStrv) paragraphs = NULL;

	if (html->sure == NULL || end >= text->len)
		return;
	paragraphs = g_strsplit(html->sure, "\n\n", -1);
	g_clear_pointer(&html->sure, g_free);
	for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++)
		add(is_line_of(text, end, *paragraph) ? &html->doubtful : &html->sure,
		    "\n\n", *paragraph);
}

void
note_stray_clear(NoteStray *stray)
{
	g_clear_pointer(&stray->sure, g_free);
	g_clear_pointer(&stray->doubtful, g_free);
	g_clear_pointer(&stray->below, g_free);
}

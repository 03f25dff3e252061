/* SPDX-License-Identifier: BSD-2-Clause */
/* note-part.c - a part's furniture, and the anchors of its note */

#include "config.h"

#include <string.h>

#include "network/network-kind.h"
#include "network/note-part.h"
#include "network/note-top.h"
#include "text/folded.h"
#include "text/text.h"

/* A line with fewer words is no prose but a heading, a label or a greeting. */
#define PROSE_MIN_WORDS 3

/* A text has so many links that a gateway rewrote, at least. */
#define REWRITTEN_MIN_LINKS 3

/* A greeting speaks to the recipient within so many bytes. */
#define GREETING_MAX_BYTES 60

/* A banner shouts within so many bytes. */
#define SHOUT_MAX_BYTES 60

ReadingLine *
note_part_line(const NotePart *part, size_t index)
{
	return &g_array_index(part->lines, ReadingLine, index);
}

size_t
note_part_words(const ReadingLine *line)
{
	size_t words = line->folded.length > 0;

	/* Each letter of a script without spaces counts as a word. */
	for (size_t i = 0; i < line->folded.length; i++)
		words += line->folded.chars[i] == ' ' ||
			 text_is_spaceless(line->folded.chars[i]);

	return words;
}

bool
note_part_is_blank(const ReadingLine *line)
{
	return line->text[0] == '\0';
}

bool
note_part_is_prose(const ReadingLine *line)
{
	return line->use == LINE_UNREAD && note_part_words(line) >= PROSE_MIN_WORDS;
}

bool
note_part_is_description(const NotePart *part)
{
	return part->lines == part->reading->lines[READING_CALENDAR];
}

bool
note_part_is_rule(const ReadingLine *line)
{
	return line->text[0] != '\0' &&
	       strspn(line->text, "-._=*#~+ ") == strlen(line->text);
}

bool
note_part_is_shouted(const char *text)
{
	size_t letters = 0;
	const char *at = text;

	for (; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_isalpha(c)) {
			if (g_unichar_islower(c))
				return false;
			letters += g_unichar_isupper(c);
		} else if (strchr(":!]|*", (int)(c < 128 ? c : '?')) != NULL &&
			   letters > 0) {
			break;
		}
	}

	return letters >= 3 && at - text <= SHOUT_MAX_BYTES;
}

const char *
note_part_recipient(const NotePart *part)
{
	return part->invite->recipient != NULL ? part->invite->recipient
					       : message_to(part->reading->message)->name;
}

bool
note_part_is_greeting(const NotePart *part, const ReadingLine *line)
{
	const char *name = note_part_recipient(part);
	size_t length = strcspn(line->text, ",!:");
	size_t whole = strlen(name), first = strcspn(name, " ,");

	if (first < 2 || length > GREETING_MAX_BYTES)
		return false;

	return (length >= first &&
		strncmp(line->text + length - first, name, first) == 0) ||
	       (length >= whole &&
		strncmp(line->text + length - whole, name, whole) == 0);
}

bool
note_part_is_greeting_alone(const NotePart *part, const ReadingLine *line)
{
	size_t length = strcspn(line->text, ",!:");

	return note_part_is_greeting(part, line) && line->text[length] != '\0' &&
	       line->text[length + 1] == '\0';
}

size_t
note_part_next_prose(const NotePart *part, size_t at, size_t end)
{
	while (at < end && !note_part_is_prose(note_part_line(part, at)))
		at++;

	return at;
}

size_t
note_part_find_greeting(const NotePart *part, size_t at, size_t end)
{
	while (at < end && !(note_part_line(part, at)->use == LINE_UNREAD &&
			     note_part_is_greeting(part, note_part_line(part, at))))
		at++;

	return at;
}

/* Is it left to joining.h, which takes all that tells how to join as a whole? */
static bool
may_tell_to_join(const NotePart *part)
{
	return note_part_is_description(part) && network_kind_is_calendar(part->kind);
}

/* Is a host the network's, or that of the gateway that all links go through? */
static bool
is_own(const NotePart *part, const char *host)
{
	return network_owns_domain(part->network, host) ||
	       (part->gateway != NULL && g_str_equal(host, part->gateway));
}

/* "Accept: https://host/…", or nothing but such a link. */
static bool
is_labelled_link(const ReadingLine *line)
{
	size_t end = line->url_start;

	if (line->url == NULL)
		return false;
	while (end > 0 && line->text[end - 1] == ' ')
		end--;

	return end == 0 || strchr(":<([", line->text[end - 1]) != NULL;
}

static bool
is_own_link(const NotePart *part, const ReadingLine *line)
{
	return is_labelled_link(line) && !may_tell_to_join(part) &&
	       is_own(part, line->host);
}

/*
 * The host of all links of a part, in a text each behind its label, where that is not the
 * network: a gateway rewrote them.
 */
static const char *
find_gateway(const NotePart *part)
{
	const char *host = NULL;
	size_t count = 0, links = part->is_html ? part->links->len : part->lines->len;

	for (size_t i = 0; i < links; i++) {
		const ReadingLine *line = part->is_html ? NULL : note_part_line(part, i);
		const char *next = line != NULL
				       ? line->host
				       : g_array_index(part->links, ReadingLink, i).host;

		if (next == NULL || next[0] == '\0')
			continue;
		if (network_owns_domain(part->network, next) ||
		    (host != NULL && !g_str_equal(next, host)))
			return NULL;
		host = next;
		count += line == NULL || is_labelled_link(line);
	}

	return count >= REWRITTEN_MIN_LINKS ? host : NULL;
}

/* Does a mail program write it for a picture, as "[Chat 1:1 with groups]"? */
static bool
is_picture(const char *text)
{
	size_t length = strlen(text);

	return length > 2 && text[0] == '[' && strchr(text, ']') == text + length - 1;
}

static bool
is_furniture(const NotePart *part, const ReadingLine *line)
{
	bool is_foreign_url =
	    line->url != NULL && line->url_start == 0 && !is_own(part, line->host);

	return (line->is_link && !is_foreign_url) || note_part_is_rule(line) ||
	       is_own_link(part, line) || is_picture(line->text);
}

void
note_part_take(LineUse use, ReadingLine *line)
{
	if (line->use == LINE_UNREAD && !note_part_is_blank(line))
		line->use = use;
}

/*
 * Lines that are all of their paragraph, right above a link of the network's: its
 * label.
 */
static void
mark_labels(const NotePart *part)
{
	for (size_t i = 0; i + 1 < part->lines->len; i++) {
		ReadingLine *line = note_part_line(part, i);
		const ReadingLine *next = note_part_line(part, i + 1);

		if (!part->is_html && !may_tell_to_join(part) && next->url != NULL &&
		    next->url_start == 0 && is_own(part, next->host) &&
		    (i == 0 || note_part_is_blank(note_part_line(part, i - 1)) ||
		     note_part_line(part, i - 1)->use != LINE_UNREAD) &&
		    note_part_words(line) <= READING_LABEL_MAX_WORDS)
			note_part_take(LINE_LINK, line);
	}
}

/* A link alone, right below the network's own words: a gateway may have rewritten it. */
static bool
is_below_label(const NotePart *part, size_t at)
{
	const ReadingLine *line = note_part_line(part, at);

	return at > 0 && line->url != NULL && line->url_start == 0 &&
	       strchr(line->text, ' ') == NULL &&
	       note_part_line(part, at - 1)->use == LINE_FRAME;
}

static void
mark_furniture(const NotePart *part)
{
	const char *headline = part->invite->headline, *place = part->invite->location;
	g_auto(Folded) known = { 0 }, where = { 0 };

	folded_init(&known, headline != NULL ? headline : "");
	folded_init(&where, place != NULL ? place : "");
	for (size_t i = 0; i < part->lines->len; i++) {
		ReadingLine *line = note_part_line(part, i);

		if (is_furniture(part, line) || is_below_label(part, i))
			note_part_take(LINE_LINK, line);
		else if (i < part->block.start &&
			 inviter_block_is_told(part->invite, line))
			note_part_take(LINE_FRAME, line);
		/* The other part showed them in the block, this one elsewhere. */
		else if (known.length > 0 && folded_same(&line->folded, &known))
			note_part_take(LINE_HEADLINE, line);
		else if (where.length > 0 && folded_same(&line->folded, &where))
			note_part_take(LINE_LOCATION, line);
	}
	mark_labels(part);
}

/* Does a link's label say that it answers, or leads to the inviter; or its URL? */
static bool
is_answer(const NotePart *part, ReadingLink *link)
{
	static const NetworkList labels[] = { NETWORK_LIST_ACCEPT_LABEL,
					      NETWORK_LIST_PROFILE_LABEL,
					      NETWORK_LIST_ACTION };
	bool owns = is_own(part, link->host);

	/* Pictures in the HTML are logos and people; to fold their URLs is dear. */
	if ((!owns && !link->unwrapped.is_hidden) ||
	    (part->is_html && link->label[0] == '\0'))
		return false;
	for (size_t i = 0; link->label[0] != '\0' && i < G_N_ELEMENTS(labels); i++)
		if (pattern_list_fitting(part->network->lists[labels[i]],
					 &link->folded_label, NULL) != NULL)
			return true;

	return owns && reading_link_fitting(part->network->lists[NETWORK_LIST_ACCEPT],
					    link, NULL) != NULL;
}

size_t
note_part_line_of_link(const NotePart *part, const ReadingLink *link)
{
	size_t at = MIN(link->line, part->lines->len);

	if (link->line == VISIBLE_NO_LINE || link->label[0] == '\0' || !part->is_html)
		return at;
	for (size_t i = 0; i <= 2 && i <= at; i++)
		if (at - i < part->lines->len &&
		    strstr(note_part_line(part, at - i)->text, link->label) != NULL)
			return at - i;

	return at;
}

/* Nothing tells what a gateway's links do: below the inviter, the first one answers. */
static size_t
find_gateway_answer(const NotePart *part)
{
	for (size_t i = part->block.end; !part->is_html && i < part->lines->len; i++)
		if (note_part_line(part, i)->url != NULL)
			return MAX(i, part->begin);
	for (size_t i = 0; part->is_html && i < part->links->len; i++) {
		const ReadingLink *link = &g_array_index(part->links, ReadingLink, i);
		size_t at = note_part_line_of_link(part, link);

		if (link->label[0] != '\0' && at >= MAX(part->block.end, part->begin))
			return at;
	}

	return part->lines->len;
}

/*
 * The first line with a link that answers; or else the first one behind any prose
 * that leads to the network and is not the name.
 */
static size_t
find_answer(const NotePart *part)
{
	size_t prose = part->begin;

	for (size_t i = 0; i < part->links->len; i++) {
		ReadingLink *link = &g_array_index(part->links, ReadingLink, i);
		size_t at;

		if (!is_answer(part, link))
			continue;
		at = note_part_line_of_link(part, link);
		if (at >= part->begin && at < part->lines->len)
			return at;
	}
	if (part->gateway != NULL)
		return find_gateway_answer(part);
	while (prose < part->lines->len &&
	       !note_part_is_prose(note_part_line(part, prose)))
		prose++;
	for (size_t i = 0; i < part->links->len; i++) {
		const ReadingLink *link = &g_array_index(part->links, ReadingLink, i);
		size_t at = note_part_line_of_link(part, link);

		if (is_own(part, link->host) && at > prose && at != part->block.start &&
		    at < part->lines->len)
			return at;
	}

	return part->lines->len;
}

/* The first line that is the network's: words, the block, or behind one of its links. */
static size_t
find_own(NotePart *part)
{
	size_t own = part->block.start;

	for (size_t i = 0; i < own; i++) {
		LineUse use = note_part_line(part, i)->use;

		/* Neither a mail system's words that a file names are, nor its rules. */
		if ((use == LINE_FRAME &&
		     !note_part_is_shouted(note_part_line(part, i)->text)) ||
		    use == LINE_START ||
		    (use == LINE_LINK &&
		     (i > 0 || !note_part_is_rule(note_part_line(part, i)))))
			own = i;
	}
	for (size_t i = 0; part->is_html && i < part->links->len; i++) {
		const ReadingLink *link = &g_array_index(part->links, ReadingLink, i);

		if (link->line != VISIBLE_NO_LINE &&
		    network_owns_domain(part->network, link->host)) {
			size_t at = note_part_line_of_link(part, link);

			part->has_head =
			    at < part->block.start ||
			    (at == part->block.start && link->label[0] == '\0');
			own = MIN(own, at);
			break;
		}
	}

	return own;
}

static bool
is_quoted(const ReadingLine *line)
{
	return line->text[0] == '>';
}

/*
 * Where what a reminder quotes ends, or the number of lines where it quotes nothing: a
 * mailing list's footer follows.  Text right below a quoted line is the rest of it,
 * which some program wrapped.
 */
static size_t
quotation_end(const NotePart *part)
{
	size_t at = part->begin;

	while (at < part->lines->len && note_part_is_blank(note_part_line(part, at)))
		at++;
	if (at == part->lines->len || !is_quoted(note_part_line(part, at)))
		return part->lines->len;
	for (at++; at < part->lines->len; at++) {
		const ReadingLine *line = note_part_line(part, at);

		if (!is_quoted(line) && !note_part_is_blank(line) &&
		    (note_part_is_rule(line) ||
		     note_part_is_blank(note_part_line(part, at - 1))))
			break;
	}

	return at;
}

/* Where the region begins and ends.  A reminder quotes behind a line. */
static void
find_bounds(NotePart *part)
{
	size_t limit;

	part->begin = 0;
	for (size_t i = 0; i < part->lines->len; i++)
		if (note_part_line(part, i)->use == LINE_START)
			part->begin = i + 1;
	part->end = part->begin;
	limit = part->begin > 0 ? quotation_end(part) : part->lines->len;
	while (part->end < limit && note_part_line(part, part->end)->use != LINE_END)
		part->end++;
}

void
note_part_init(NotePart *part)
{
	part->gateway = note_part_is_description(part) ? NULL : find_gateway(part);
	note_top_mark_fence(part);
	mark_furniture(part);
	part->own = find_own(part);
	find_bounds(part);
	part->answer = find_answer(part);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* inviter-block.c - where a part shows the inviter: name, headline, place */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "network/inviter-block.h"
#include "network/inviter.h"
#include "network/network-kind.h"
#include "text/folded.h"
#include "text/text.h"
#include "network/network-profile.h"

/* Longer lines are no name, and of so many others only the first are compared. */
#define NAME_MAX_BYTES 120
#define NAME_MAX_TRIED 40

/* A headline has no more characters, and a place no more words. */
#define HEADLINE_MAX     220
#define PLACE_MAX_WORDS  10
#define COUNT_MAX_WORDS  8
#define COUNT_MAX_DIGITS 5
#define TOWN_MAX_WORDS   3

/* A sentence has so many words at least; headlines have short ones, too ("CEO. Dad."). */
#define SENTENCE_MIN_WORDS 7
#define SENTENCE_LAST_MIN  5

/* So much of a headline is enough to know it again. */
#define TOLD_MIN_CHARS 8

static const ReadingLine *
line_at(const GArray *lines, size_t index)
{
	return &g_array_index(lines, ReadingLine, index);
}

static size_t
words_in(const Folded *folded)
{
	size_t words = folded->length > 0;

	for (size_t i = 0; i < folded->length; i++)
		words += folded->chars[i] == ' ';

	return words;
}

/*
 * Does a sentence end in it, or at its end?  "Inc." and "s.p.a." end none, nor does a
 * single letter.
 */
static bool
is_sentence(const ReadingLine *line)
{
	const char *word = line->text;

	if (words_in(&line->folded) < SENTENCE_MIN_WORDS)
		return false;
	for (const char *at = word; *at != '\0'; at++) {
		if (*at == ' ')
			word = at + 1;
		else if (strchr(".!?", *at) != NULL && (at[1] == ' ' || at[1] == '\0') &&
			 (*at != '.' || at - word >= SENTENCE_LAST_MIN))
			return true;
	}

	return strlen(line->text) > HEADLINE_MAX * 4;
}

/* Does it speak to the recipient by name? */
static bool
is_greeting(const Invite *invite, const Reading *reading, const ReadingLine *line)
{
	const char *name = invite->recipient != NULL ? invite->recipient
						     : message_to(reading->message)->name;
	size_t length = strcspn(name, " ");
	const char *comma = strpbrk(line->text, ",!:");

	return length > 0 && comma != NULL && comma - line->text >= (ptrdiff_t)length &&
	       strncmp(comma - length, name, length) == 0;
}

/* "3 connections in common" or "In common: 3", in any language. */
static bool
take_count(Invite *invite, const ReadingLine *line)
{
	const char *colon = strrchr(line->text, ':');
	const char *number =
	    colon != NULL ? colon + 1 + strspn(colon + 1, " ") : line->text;

	size_t digits = strspn(number, "0123456789");

	/* "My number: 0170…" is the inviter's. */
	if (digits == 0 || digits > COUNT_MAX_DIGITS ||
	    (colon != NULL && (number[digits] != '\0' || number[0] == '0')) ||
	    words_in(&line->folded) > COUNT_MAX_WORDS || strchr(line->text, ',') != NULL)
		return false;
	if (invite->connections < 0)
		invite->connections = strtol(number, NULL, 10);

	return true;
}

/*
 * Is it the last line of the block's paragraph, and a name or two: a town below a title
 * and a company?
 */
static bool
is_last_name(const GArray *lines, size_t at)
{
	const ReadingLine *line = line_at(lines, at);
	bool is_start = true;

	if ((at + 1 < lines->len && line_at(lines, at + 1)->text[0] != '\0') ||
	    words_in(&line->folded) > TOWN_MAX_WORDS)
		return false;
	for (const char *c = line->text; *c != '\0'; c = g_utf8_next_char(c)) {
		gunichar letter = g_utf8_get_char(c);

		if (letter != ' ' && letter != '-' && !g_unichar_isalpha(letter))
			return false;
		if (is_start && !g_unichar_isupper(letter))
			return false;
		is_start = letter == ' ' || letter == '-';
	}

	return true;
}

/* The lines below the name, up to what is none of the block's. */
static size_t
read_below(Invite *invite, const Reading *reading, GArray *lines, size_t at, bool is_html)
{
	char **const places[] = { &invite->headline, &invite->location };
	static const LineUse uses[] = { LINE_HEADLINE, LINE_LOCATION };
	size_t place = 0, end = at;
	bool is_place_known = invite->location != NULL;

	for (; at < lines->len; at++) {
		ReadingLine *line = &g_array_index(lines, ReadingLine, at);

		if (line->text[0] == '\0') {
			if (!is_html)
				break;
			continue;
		}
		if (line->use != LINE_UNREAD || line->is_link || line->url != NULL ||
		    (is_html && is_sentence(line)) || is_greeting(invite, reading, line))
			break;
		/* "Message:" speaks of what stands behind it. */
		if (g_str_has_suffix(line->text, ":"))
			break;
		if (take_count(invite, line)) {
			line->use = LINE_FRAME;
		} else if (place == G_N_ELEMENTS(places)) {
			if (is_html || is_place_known || !is_last_name(lines, at))
				break;
			line->use = LINE_LOCATION;
			g_free(invite->location);
			invite->location = g_strdup(line->text);
		} else {
			/* The headline is known, and this is the known place. */
			if (place == 0 && invite->headline != NULL &&
			    invite->location != NULL &&
			    folded_same_text(invite->location, line->text))
				place = 1;
			if (place == 1 && words_in(&line->folded) > PLACE_MAX_WORDS)
				break;
			if (*places[place] == NULL)
				*places[place] = g_strdup(line->text);
			line->use = uses[place++];
		}
		end = at + 1;
	}

	return end;
}

/* The line that a link ends on, which it is all of. */
static bool
is_of_link(const ReadingLine *line, size_t at, const ReadingLink *link)
{
	return line->is_link && link->label[0] != '\0' &&
	       (link->line == at || link->line == at + 1 || link->line == at + 2) &&
	       strcmp(line->text, link->label) == 0;
}

/* Does a link to the inviter's profile show a name, in whatever letters? */
static bool
shows_name(const Invite *invite, const Network *network, ReadingLink *link)
{
	g_autofree char *profile = NULL;

	if (link->label[0] == '\0' || link->line == VISIBLE_NO_LINE ||
	    !network_owns_domain(network, link->host) ||
	    pattern_list_fitting(network->lists[NETWORK_LIST_PROFILE_LABEL],
				 &link->folded_label, NULL) != NULL)
		return false;
	profile = network_profile_of_link(network, link);

	return g_strcmp0(profile, invite->profile) == 0;
}

static size_t
find_by_link(const Invite *invite, const Network *network, const GArray *lines,
	     const GArray *links)
{
	for (size_t i = 0; invite->profile != NULL && i < links->len; i++) {
		ReadingLink *link = &g_array_index(links, ReadingLink, i);

		if (!shows_name(invite, network, link))
			continue;
		for (size_t at = MIN(link->line + 1, lines->len); at > 0; at--)
			if (is_of_link(line_at(lines, at - 1), at - 1, link))
				return at - 1;
	}

	return lines->len;
}

/* "- Jane Doe" signs a note. */
static bool
is_signature(const ReadingLine *line)
{
	gunichar first = g_utf8_get_char(line->text);

	return first == '-' || first == '~' || first == 0x2013 || first == 0x2014;
}

/*
 * A line that the HTML links to the inviter's profile: there, the name is written in
 * another way than by the author.
 */
static size_t
find_by_html(const Invite *invite, const Network *network, const GArray *lines,
	     const GArray *links)
{
	for (size_t i = 0; invite->profile != NULL && i < links->len; i++) {
		ReadingLink *link = &g_array_index(links, ReadingLink, i);

		if (!shows_name(invite, network, link))
			continue;
		for (size_t at = 0;
		     at < lines->len && line_at(lines, at)->use != LINE_END; at++)
			if (line_at(lines, at)->use == LINE_UNREAD &&
			    folded_same(&line_at(lines, at)->folded, &link->folded_label))
				return at;
	}

	return lines->len;
}

/*
 * A line that is the name in other letters or another order, or else, with titles or a
 * short form, one of the same family; where nobody is named, one from which the
 * profile's address is made.
 */
static size_t
find_by_likeness(const Invite *invite, const GArray *lines, const NameRules *rules)
{
	size_t tried = 0, family = lines->len;

	for (size_t i = 0; i < lines->len && tried < NAME_MAX_TRIED; i++) {
		const ReadingLine *line = line_at(lines, i);
		size_t words = words_in(&line->folded);

		if (line->use == LINE_END)
			break;
		if ((line->use != LINE_UNREAD && line->use != LINE_NAME) || words < 2 ||
		    words > NAME_MAX_WORDS || strlen(line->text) > NAME_MAX_BYTES ||
		    is_signature(line))
			continue;
		tried++;
		if (invite->name != NULL
			? inviter_is(rules, invite->name, line->text)
			: inviter_fits_profile(line->text, invite->profile))
			return i;
		if (invite->name != NULL && family == lines->len &&
		    name_is_of_family(rules, invite->name, line->text))
			family = i;
	}

	return family;
}

/*
 * A link that is the name, or the last line that is: an earlier one may be the
 * note's signature.
 */
static size_t
find_by_name(const Invite *invite, const GArray *lines, ReadingPart part)
{
	g_auto(Folded) name = { 0 };
	size_t last = lines->len;

	folded_init(&name, invite->name);
	for (size_t i = 0; name.length > 0 && i < lines->len; i++) {
		const ReadingLine *line = line_at(lines, i);

		if (line->use == LINE_END)
			break;
		if (!folded_same(&name, &line->folded))
			continue;
		last = i;
		if (line->is_link && part == READING_HTML)
			break;
	}

	return last;
}

/*
 * Below the name of who wrote a message stands the message, and no headline; below an
 * organizer's stand the guests.
 */
static bool
has_lines(const Kind *kind)
{
	return kind->notice != NOTICE_MESSAGE && kind->notice != NOTICE_REPLIED &&
	       !network_kind_is_calendar(kind);
}

InviterBlock
inviter_block_read(Invite *invite, const Network *network, const Kind *kind,
		   const Reading *reading, ReadingPart part, const NameRules *rules)
{
	GArray *lines = reading->lines[part];
	size_t at = lines->len;
	ReadingLine *line;

	if (invite->name != NULL)
		at = find_by_name(invite, lines, part);
	if (at == lines->len)
		at = find_by_link(invite, network, lines, reading->links[part]);
	if (at == lines->len && part == READING_TEXT)
		at = find_by_html(invite, network, lines, reading->links[READING_HTML]);
	if (at == lines->len && (invite->name != NULL || invite->profile != NULL))
		at = find_by_likeness(invite, lines, rules);
	if (at == lines->len)
		return (InviterBlock){ at, at };

	line = &g_array_index(lines, ReadingLine, at);
	if (line->use == LINE_UNREAD)
		line->use = LINE_NAME;
	if (invite->name == NULL || inviter_says_more(invite->name, line->text)) {
		g_free(invite->name);
		invite->name = text_clean(line->text, TEXT_NAME_MAX);
	}
	if (!has_lines(kind))
		return (InviterBlock){ at, at + 1 };

	return (InviterBlock){ at, MAX(at + 1, read_below(invite, reading, lines, at + 1,
							  part == READING_HTML)) };
}

/* Do the words stand in the line at this place? */
static bool
has_words_at(const Folded *line, size_t at, const gunichar *words, size_t length)
{
	return at + length <= line->length &&
	       memcmp(line->chars + at, words, length * sizeof(*words)) == 0;
}

static bool
has_words(const Folded *line, const gunichar *words, size_t length)
{
	for (size_t at = 0; at + length <= line->length; at++)
		if (has_words_at(line, at, words, length))
			return true;

	return false;
}

/* How much of a name is the first word, of a headline its beginning before a company. */
static size_t
length_before(const Folded *folded, const char *signs, size_t most)
{
	size_t length = 0;

	while (length < folded->length && length < most &&
	       (folded->chars[length] > '~' ||
		strchr(signs, (int)folded->chars[length]) == NULL))
		length++;
	while (length > 0 && folded->chars[length - 1] == ' ')
		length--;

	return length;
}

/* How many characters the word of a name has that begins here. */
static size_t
length_in_word(const Folded *name, size_t at)
{
	size_t length = 0;

	/* "Jean-Luc", "O'Neil" and what stands above a letter are one word. */
	while (at + length < name->length && name->chars[at + length] != ' ' &&
	       name->chars[at + length] != ',')
		length++;

	return length;
}

bool
inviter_block_is_told(const Invite *invite, const ReadingLine *line)
{
	g_auto(Folded) name = { 0 }, headline = { 0 };
	size_t first, known, at;

	if (invite->name == NULL || invite->headline == NULL || line->folded.length == 0)
		return false;
	folded_init(&name, invite->name);
	folded_init(&headline, invite->headline);
	first = length_before(&name, " ,", name.length);
	known = length_before(&headline, "@|,", TOLD_MIN_CHARS);
	if (first == 0 || known < 2)
		return false;
	if (text_is_spaceless(headline.chars[0]))
		return has_words(&line->folded, name.chars, first) &&
		       has_words(&line->folded, headline.chars, known);
	/* The whole name, or one of its words alone, which need not be a title before it. */
	at = has_words_at(&line->folded, 0, name.chars, name.length) ? name.length : 0;
	for (size_t i = 0, word; at == 0 && i < name.length; i += 1 + word) {
		word = length_in_word(&name, i);
		if (word > 0 && has_words_at(&line->folded, 0, name.chars + i, word))
			at = word;
	}
	if (at == 0)
		return false;
	while (at < line->folded.length && !g_unichar_isalnum(line->folded.chars[at]))
		at++;

	return has_words_at(&line->folded, at, headline.chars, known);
}

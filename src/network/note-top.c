/* SPDX-License-Identifier: BSD-2-Clause */
/* note-top.c - what mail systems put on top of a mail */

#include "config.h"

#include <string.h>

#include "network/network-kind.h"
#include "network/note-lead.h"
#include "network/note-top.h"
#include "people/speech.h"
#include "text/address.h"
#include "text/folded.h"
#include "text/text.h"

/* Lines on top of the HTML that are looked for in the text. */
#define TOP_MAX_LINES 12

/* A line of a mail system is longer than a greeting. */
#define BANNER_MIN_WORDS 6

/* A fence opens and ends on top of the mail, so far down at most. */
#define FENCE_MAX_LINES 24

/* The word of a gateway's fence is longer than any that people write before "Start". */
#define FENCE_MIN_BYTES 12

/* So much of the note's beginning is enough to know it again. */
#define REPEATED_MIN_CHARS    24
#define REPEATED_WITHIN_CHARS 120

/* A person who begins to speak says so in so many words. */
#define SELF_WITHIN_WORDS 2

/* A button's label has so many lines. */
#define LABEL_MAX_LINES 2

/* The network's lead stands among so many paragraphs on top. */
#define TOLD_PARAGRAPHS 3

/* A tag has no more bytes, and a label of a gateway's link no more words. */
#define BANNER_TAG_MAX   60
#define BANNER_LABEL_MAX 5

/* Does the domain stand in it as a word, and not in a link? */
static bool
has_domain(const char *line, const char *domain)
{
	size_t length = strlen(domain);

	for (const char *at = line; length > 0 && (at = strstr(at, domain)) != NULL;
	     at += length)
		if ((at == line || strchr(" (<'\"@", at[-1]) != NULL) &&
		    (at[length] == '\0' || strchr(" )>'\",;:!?", at[length]) != NULL ||
		     (at[length] == '.' && !g_ascii_isalnum(at[length + 1]))))
			return true;

	return false;
}

/*
 * Does it name the address that the mail came from, or its domain?  Only a mail system
 * speaks of them.
 */
static bool
names_author(const NotePart *part, const ReadingLine *line)
{
	const char *address = message_author(part->reading->message)->address;
	const char *domain = address_domain(address);
	g_autofree char *lower =
	    strchr(line->text, '.') != NULL ? g_ascii_strdown(line->text, -1) : NULL;

	return lower != NULL && address[0] != '\0' &&
	       (strstr(lower, address) != NULL ||
		(domain != NULL && has_domain(lower, domain)));
}

/*
 * "[External] …", "【…】": a tag of which no more than a few words are in brackets.  How
 * many bytes it has, with the blanks behind it, or 0.
 */
static size_t
tag_length(const char *text)
{
	static const char *const brackets[][2] = { { "[", "]" },
						   { "\343\200\220", "\343\200\221" },
						   { "\357\274\273", "\357\274\275" } };

	for (size_t i = 0; i < G_N_ELEMENTS(brackets); i++) {
		const char *end = g_str_has_prefix(text, brackets[i][0])
				      ? strstr(text, brackets[i][1])
				      : NULL;

		if (end == NULL || end - text > BANNER_TAG_MAX)
			continue;
		end += strlen(brackets[i][1]);

		return (size_t)(end - text) + strspn(end, " ");
	}

	return 0;
}

/* "* … *": does the same sign frame the line? */
static bool
is_framed(const char *text)
{
	size_t length = strlen(text);

	return length > 2 && strchr("*#|=", text[0]) != NULL &&
	       text[length - 1] == text[0];
}

/* "Report: https://gateway/…", a label beside a link that is none of the network's. */
static bool
is_foreign_label(const NotePart *part, const ReadingLine *line)
{
	size_t end = line->url_start, words = 1;

	if (line->url == NULL || end == 0 ||
	    network_owns_domain(part->network, line->host))
		return false;
	while (end > 0 && line->text[end - 1] == ' ')
		end--;
	for (size_t i = 0; i < end; i++)
		words += line->text[i] == ' ';

	return end > 0 && strchr(":<([", line->text[end - 1]) != NULL &&
	       words <= BANNER_LABEL_MAX;
}

/* The end of the paragraph that a line stands in; furniture ends it, too. */
static size_t
paragraph_end(const NotePart *part, size_t at, size_t end)
{
	while (at < end && note_part_line(part, at)->use == LINE_UNREAD &&
	       !note_part_is_blank(note_part_line(part, at)))
		at++;

	return at;
}

/* Where the paragraph begins: its first lines may be too short for prose. */
static size_t
paragraph_start(const NotePart *part, size_t at)
{
	while (at > 0 && note_part_line(part, at - 1)->use == LINE_UNREAD &&
	       !note_part_is_blank(note_part_line(part, at - 1)))
		at--;

	return at;
}

/* Does something else stand between two lines than blank ones and text? */
static bool
is_parted(const NotePart *part, size_t from, size_t to)
{
	for (; from < to; from++)
		if (!note_part_is_blank(note_part_line(part, from)) &&
		    note_part_line(part, from)->use != LINE_UNREAD)
			return true;

	return false;
}

/* Has a line of the paragraph a form that only mail systems write? */
static bool
has_form(const NotePart *part, size_t start, size_t end, bool is_followed)
{
	/* Elsewhere a person may frame words, or say where they met. */
	bool is_on_top = is_followed || part->has_head;

	if (tag_length(note_part_line(part, start)->text) > 0)
		return true;
	for (size_t i = start; i < end; i++) {
		const ReadingLine *line = note_part_line(part, i);

		if (note_part_is_shouted(line->text) ||
		    (is_on_top && (names_author(part, line) || is_framed(line->text))) ||
		    (is_followed && is_foreign_label(part, line)))
			return true;
	}

	/* A rule closes it, with no gap between. */
	return !part->is_html && end < part->lines->len &&
	       note_part_is_rule(note_part_line(part, end));
}

/* Does nobody speak of themselves in the paragraph? */
static bool
is_of_nobody(const NotePart *part, size_t start, size_t end)
{
	for (; start < end; start++)
		if (part->rules == NULL ||
		    speech_text_says(note_part_line(part, start)->text, part->rules,
				     NAME_RULE_SELF))
			return false;

	return true;
}

/* Does the inviter's block follow, and prose below it, where a note may stand? */
static bool
has_note_below(const NotePart *part, size_t limit)
{
	unsigned places = part->kind->places;

	return part->block.start < part->block.end &&
	       (places == 0 || (places & NOTE_PLACE_BELOW_BLOCK) != 0) &&
	       note_part_next_prose(part, part->block.end, limit) < limit;
}

/* Does it hold how prose further down begins, as a lead with the note's beginning does? */
static bool
is_repeated(const NotePart *part, size_t start, size_t end, size_t limit)
{
	const Folded *top = &note_part_line(part, start)->folded;

	while ((end = note_part_next_prose(part, end, limit)) < limit) {
		const Folded *line = &note_part_line(part, end++)->folded;

		for (size_t at = 0;
		     line->length >= REPEATED_MIN_CHARS && at < REPEATED_WITHIN_CHARS &&
		     at + REPEATED_MIN_CHARS <= top->length;
		     at++)
			if (memcmp(top->chars + at, line->chars,
				   REPEATED_MIN_CHARS * sizeof(*line->chars)) == 0)
				return true;
	}

	return false;
}

/* Leave the words of a line without the bytes before them for the note. */
static void
cut_line(ReadingLine *line, size_t before)
{
	char *rest = g_strdup(line->text + before);

	g_free(line->cut);
	line->text = line->cut = rest;
	folded_clear(&line->folded);
	folded_init(&line->folded, line->text);
}

/* "NAME wrote: …", the inviter's words behind the network's. */
static bool
leave_told(const NotePart *part, size_t at)
{
	ReadingLine *line = note_part_line(part, at);
	size_t lead = note_lead_told(part->invite, line->text);

	if (lead > 0)
		cut_line(line, lead);

	return lead > 0;
}

/*
 * Does a person begin to speak: "Hi Marieke, …", "I still have …", "As I said …"?  "We
 * could not verify who sent this mail" is said by whoever took the mail in.
 */
static bool
is_begun(const NotePart *part, const char *text)
{
	const ReadingLine line = { .text = text };
	g_auto(Speech) speech = { 0 };

	speech_init(&speech, text);

	return note_part_is_greeting(part, &line) ||
	       (part->rules != NULL &&
		speech_says(&speech, 0, MIN(speech.words->len, SELF_WITHIN_WORDS),
			    part->rules, NAME_RULE_SELF) &&
		!speech_text_says(text, part->rules, NAME_RULE_MESSAGE));
}

/*
 * A mail system's tag alone, above a person's words or before them on their line: the
 * line is left without it.  Returns where the person's words begin, or at: there is none.
 */
static size_t
leave_tagged(const NotePart *part, size_t at, size_t end)
{
	ReadingLine *line = note_part_line(part, at);
	size_t length = tag_length(line->text);

	if (length == 0)
		return at;
	if (line->text[length] == '\0')
		return at + 1 < end && is_begun(part, note_part_line(part, at + 1)->text)
			   ? at + 1
			   : at;
	if (is_begun(part, line->text + length))
		cut_line(line, length);

	return at;
}

/* Is the paragraph on top, before anything of the network's, no word of the inviter's? */
static bool
is_top(const NotePart *part, size_t start, size_t end, size_t limit, bool is_note_below)
{
	size_t next = note_part_next_prose(part, end, limit);

	if (note_part_is_greeting(part, note_part_line(part, start)))
		return next < limit &&
		       note_part_is_greeting(part, note_part_line(part, next)) &&
		       part->own < next;
	if (note_part_find_greeting(part, 0, start) < start)
		return false;
	if (start > 0 && note_part_is_shouted(note_part_line(part, start - 1)->text) &&
	    !is_begun(part, note_part_line(part, start)->text))
		return true;
	if (has_form(part, start, end, next < limit) ||
	    (is_note_below && part->own >= end && is_of_nobody(part, start, end)))
		return true;
	if (note_part_find_greeting(part, end, limit) < limit &&
	    (note_part_words(note_part_line(part, start)) >= BANNER_MIN_WORDS ||
	     strpbrk(note_part_line(part, start)->text, ",.!?:;") == NULL))
		return true;

	/* The network's page begins behind it, and shows the inviter further down. */
	if (part->has_head && part->block.start < MIN(part->block.end, part->answer) &&
	    part->own >= end)
		return true;

	/*
	 * Boxed: a rule, or what the network's page begins with, stands behind it.  The
	 * block alone may be followed by more of it.
	 */
	if (next == limit || !is_parted(part, end, next))
		return false;
	if (!part->is_html)
		return note_part_line(part, end)->use == LINE_LINK;

	return next < part->block.start ||
	       note_part_is_greeting(part, note_part_line(part, next)) ||
	       note_part_words(note_part_line(part, next)) >= BANNER_MIN_WORDS;
}

/*
 * "wordStart" and "wordEnd", one odd word, which a gateway wrote.  Before the first
 * may stand on its line how the mail begins, for programs that show the top of mails.
 */
static bool
is_word_fence(const char *opening, const char *closing)
{
	const char *blank = strrchr(opening, ' ');
	const char *word = blank != NULL ? blank + 1 : opening;
	size_t stem = strlen(word);

	if (stem < FENCE_MIN_BYTES || !g_str_has_suffix(word, "Start"))
		return false;
	stem -= strlen("Start");

	return strncmp(word, closing, stem) == 0 && g_str_equal(closing + stem, "End");
}

void
note_top_mark_fence(const NotePart *part)
{
	size_t limit = MIN(part->lines->len, FENCE_MAX_LINES), over = 0;

	for (size_t i = 0; i < limit; i++)
		for (size_t j = i + 1; j < limit; j++) {
			const char *opening = note_part_line(part, i)->text;
			const char *closing = note_part_line(part, j)->text;

			if (is_word_fence(opening, closing))
				over = MAX(over, j + 1);
		}
	for (size_t i = 0; i < over; i++)
		note_part_line(part, i)->use = LINE_OVER;
}

/*
 * A line or two of a word or two, which are all of their paragraph and no sentence, with
 * more behind: a button of the mail system's.
 */
static size_t
labels_end(const NotePart *part, size_t at, size_t limit)
{
	size_t end = part->is_html ? at + 1 : paragraph_end(part, at, limit);

	if (end - at > LABEL_MAX_LINES)
		return at;
	for (size_t i = at; i < end; i++)
		if (note_part_line(part, i)->use != LINE_UNREAD ||
		    note_part_is_prose(note_part_line(part, i)) ||
		    strpbrk(note_part_line(part, i)->text, ",.!?:;~-") != NULL ||
		    note_part_is_greeting(part, note_part_line(part, i)))
			return at;

	return note_part_next_prose(part, end, limit) < limit ||
		       (part->has_head && part->own >= end)
		   ? end
		   : at;
}

static void
take_top(const NotePart *part, size_t at, size_t end, GPtrArray *top)
{
	for (; at < end; at++) {
		note_part_take(LINE_OVER, note_part_line(part, at));
		if (top->len < TOP_MAX_LINES)
			g_ptr_array_add(top, &note_part_line(part, at)->folded);
	}
}

void
note_top_mark(const NotePart *part, GPtrArray *top)
{
	size_t limit = MIN(part->answer, part->end);
	size_t at = part->begin == 0 ? 0 : limit;
	bool is_note_below = has_note_below(part, limit);

	for (size_t i = 0; i < limit; i++)
		for (size_t k = 0; k < top->len; k++)
			if (folded_same(&note_part_line(part, i)->folded, top->pdata[k]))
				note_part_take(LINE_OVER, note_part_line(part, i));
	while (at < MIN(part->own, limit) && note_part_is_blank(note_part_line(part, at)))
		at++;
	if (at < MIN(part->own, limit))
		take_top(part, at, labels_end(part, at, limit), top);
	for (size_t n = 0;
	     (at = note_part_next_prose(part, at, limit)) < MIN(part->own, limit); n++) {
		size_t end = paragraph_end(part, at, limit), own;

		at = paragraph_start(part, at);
		own = leave_tagged(part, at, end);
		take_top(part, at, own, top);
		at = own;
		end = MIN(end, note_part_find_greeting(part, at + 1, limit));
		if (!(n < TOLD_PARAGRAPHS && is_repeated(part, at, end, limit)) &&
		    ((n < TOLD_PARAGRAPHS && leave_told(part, at)) ||
		     !is_top(part, at, end, limit, is_note_below)))
			break;
		take_top(part, at, end, top);
		at = end;
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* note-region.c - where in a part the inviter's note stands */

#include "config.h"

#include <string.h>

#include "network/network-kind.h"
#include "network/note-part.h"
#include "network/note-region.h"
#include "text/folded.h"
#include "text/text.h"
#include "network/network-profile.h"

/* Lines on top of the HTML that are looked for in the text. */
#define TOP_MAX_LINES 12

/* A line of a mail system is longer than a greeting. */
#define BANNER_MIN_WORDS 6

/* A greeting speaks to the recipient within so many bytes. */
#define GREETING_MAX_BYTES 60

static const char *
recipient_of(const NotePart *part)
{
	return part->invite->recipient != NULL ? part->invite->recipient
					       : message_to(part->reading->message)->name;
}

/* Does the line begin by speaking to the recipient: "Hi Joost, …"? */
static bool
is_greeting(const NotePart *part, const ReadingLine *line)
{
	const char *name = recipient_of(part);
	size_t length = strcspn(line->text, ",!:");
	size_t whole = strlen(name), first = strcspn(name, " ,");

	if (first < 2 || length > GREETING_MAX_BYTES)
		return false;

	return (length >= first &&
		strncmp(line->text + length - first, name, first) == 0) ||
	       (length >= whole &&
		strncmp(line->text + length - whole, name, whole) == 0);
}

/* And nothing behind that? */
static bool
is_greeting_alone(const NotePart *part, const ReadingLine *line)
{
	size_t length = strcspn(line->text, ",!:");

	return is_greeting(part, line) && line->text[length] != '\0' &&
	       line->text[length + 1] == '\0';
}

/* Does it name the address that the mail came from?  Only a mail system speaks of it. */
static bool
names_author(const NotePart *part, const ReadingLine *line)
{
	const char *address = message_author(part->reading->message)->address;
	g_autofree char *lower =
	    strchr(line->text, '@') != NULL ? g_ascii_strdown(line->text, -1) : NULL;

	return lower != NULL && address[0] != '\0' && strstr(lower, address) != NULL;
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

static size_t
next_prose(const NotePart *part, size_t at, size_t end)
{
	while (at < end && !note_part_is_prose(note_part_line(part, at)))
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

static size_t
find_greeting(const NotePart *part, size_t at, size_t end)
{
	while (at < end && !(note_part_line(part, at)->use == LINE_UNREAD &&
			     is_greeting(part, note_part_line(part, at))))
		at++;

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

/* Is the paragraph on top, before anything of the network's, no word of the inviter's? */
static bool
is_top(const NotePart *part, size_t start, size_t end, size_t limit)
{
	size_t next = next_prose(part, end, limit);

	if (is_greeting(part, note_part_line(part, start)))
		return next < limit && is_greeting(part, note_part_line(part, next)) &&
		       part->own < next;
	if (find_greeting(part, 0, start) < start)
		return false;
	if (start > 0 && note_part_is_shouted(note_part_line(part, start - 1)->text))
		return true;
	for (size_t i = start; i < end; i++)
		if (note_part_is_shouted(note_part_line(part, i)->text) ||
		    names_author(part, note_part_line(part, i)))
			return true;
	if (note_part_words(note_part_line(part, start)) >= BANNER_MIN_WORDS &&
	    find_greeting(part, end, limit) < limit)
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
	       is_greeting(part, note_part_line(part, next)) ||
	       note_part_words(note_part_line(part, next)) >= BANNER_MIN_WORDS;
}

/*
 * Take what mail systems put on top, and a preheader, off the note.  Lines
 * of the HTML's top are looked for in the text.
 */
static void
mark_top(const NotePart *part, GPtrArray *top)
{
	size_t limit = MIN(part->answer, part->end);
	size_t at = part->begin == 0 ? 0 : limit;

	for (size_t i = 0; i < limit; i++)
		for (size_t k = 0; k < top->len; k++)
			if (folded_same(&note_part_line(part, i)->folded, top->pdata[k]))
				note_part_take(LINE_OVER, note_part_line(part, i));
	while ((at = next_prose(part, at, limit)) < MIN(part->own, limit)) {
		size_t end = paragraph_end(part, at, limit);

		at = paragraph_start(part, at);
		end = MIN(end, find_greeting(part, at + 1, limit));
		if (!is_top(part, at, end, limit))
			break;
		for (; at < end; at++) {
			note_part_take(LINE_OVER, note_part_line(part, at));
			if (top->len < TOP_MAX_LINES)
				g_ptr_array_add(top, &note_part_line(part, at)->folded);
		}
	}
}

/* Lines below somebody else's name, which is a link to another profile. */
static void
mark_cards(const NotePart *part)
{
	size_t limit = MIN(part->answer, part->end);

	for (size_t i = 0; part->invite->profile != NULL && i < part->links->len; i++) {
		ReadingLink *link = &g_array_index(part->links, ReadingLink, i);
		g_autofree char *profile = NULL;
		size_t at = note_part_line_of_link(part, link);

		if (at >= limit || at < part->begin || link->label[0] == '\0' ||
		    !network_owns_domain(part->network, link->host))
			continue;
		profile = network_profile_of_link(part->network, link);
		if (profile == NULL || g_str_equal(profile, part->invite->profile) ||
		    folded_same_text(link->label, recipient_of(part)))
			continue;
		for (size_t j = at + 1; j < limit && j <= at + 2; j++)
			if (note_part_words(note_part_line(part, j)) <=
			    READING_LABEL_MAX_WORDS)
				note_part_take(LINE_OVER, note_part_line(part, j));
	}
}

/* On which side of the anchors a line stands. */
static unsigned
place_of(const NotePart *part, size_t at)
{
	if (part->begin > 0)
		return NOTE_PLACE_QUOTED;
	if (at >= part->answer)
		return NOTE_PLACE_AFTER_ANSWER;
	if (part->block.start >= part->answer || part->block.start == part->block.end)
		return NOTE_PLACE_BEFORE_ANSWER;

	return at < part->block.start ? NOTE_PLACE_ABOVE_BLOCK : NOTE_PLACE_BELOW_BLOCK;
}

/* Is there more than the words that speak to the recipient, which networks write, too? */
static bool
has_prose(const NotePart *part, size_t from, size_t to)
{
	for (from = next_prose(part, from, to); from < to;
	     from = next_prose(part, from + 1, to))
		if (!is_greeting_alone(part, note_part_line(part, from)))
			return true;

	return false;
}

/*
 * Where the kind's file lets a note stand; above the block or below, not on both sides.
 */
static unsigned
places_of(const NotePart *part)
{
	unsigned places = part->kind->places;
	size_t limit = MIN(part->answer, part->end);
	size_t above = MIN(part->block.start, limit), below = MIN(part->block.end, limit);

	if (note_part_is_description(part))
		return ~0U;
	if (places == 0)
		places = NOTE_PLACE_ABOVE_BLOCK | NOTE_PLACE_BELOW_BLOCK |
			 NOTE_PLACE_BEFORE_ANSWER | NOTE_PLACE_QUOTED;
	if (!has_prose(part, part->begin, above))
		return places;
	if (find_greeting(part, below, limit) < limit &&
	    find_greeting(part, part->begin, above) == above)
		return places & ~(unsigned)NOTE_PLACE_ABOVE_BLOCK;

	return places & ~(unsigned)NOTE_PLACE_BELOW_BLOCK;
}

/* Does a line that only greets stand right above the network's words or the inviter? */
static bool
is_greeting_of_network(const NotePart *part, size_t at)
{
	const ReadingLine *line = note_part_line(part, at);
	size_t next = at + 1;

	if (note_part_words(line) > TEXT_GREETING_MAX_WORDS ||
	    (!g_str_has_suffix(line->text, ",") && !is_greeting_alone(part, line)))
		return false;
	while (next < part->end && note_part_is_blank(note_part_line(part, next)))
		next++;

	return next < part->end && (note_part_line(part, next)->use == LINE_FRAME ||
				    note_part_line(part, next)->use == LINE_NAME);
}

/*
 * Behind the answer a rule, the recipient's address or whole name, or a copyright ends
 * all.
 */
static bool
is_footer(const NotePart *part, const ReadingLine *line)
{
	const char *address = message_to(part->reading->message)->address;
	const char *name = recipient_of(part);

	return note_part_is_rule(line) || strstr(line->text, "\302\251") != NULL ||
	       (strchr(name, ' ') != NULL && strstr(line->text, name) != NULL &&
		!is_greeting(part, line)) ||
	       g_str_has_prefix(line->text, "(c) ") ||
	       (address[0] != '\0' && strstr(line->text, address) != NULL);
}

static void
note_add(GString *note, const char *text)
{
	/* An original that a reminder quotes. */
	if (text[0] == '>')
		text += 1 + (text[1] == ' ');
	if (text[0] == '\0' && (note->len == 0 || g_str_has_suffix(note->str, "\n\n")))
		return;
	if (note->len + strlen(text) < INVITE_NOTE_MAX) {
		g_string_append(note, text);
		g_string_append_c(note, '\n');
	}
}

/*
 * Does the line stand above all that is the network's in a mail of text alone?  A mail
 * system's warning in words that no file knows stands there as a note does.
 */
static bool
is_doubtful(const NotePart *part, size_t at)
{
	return part->lines == part->reading->lines[READING_TEXT] &&
	       part->reading->lines[READING_HTML]->len == 0 && at < part->own &&
	       part->own < part->lines->len;
}

/* Take the lines that stand where a note may. */
static void
collect(const NotePart *part, NoteRegion *region)
{
	g_autoptr(GString) note = g_string_new(NULL);
	unsigned places = places_of(part);
	g_autoptr(GArray) strays = g_array_new(FALSE, FALSE, sizeof(size_t));
	bool is_over = false, has_rest = false;

	region->over = part->lines->len;
	for (size_t i = 0; i < part->lines->len; i++) {
		ReadingLine *line = note_part_line(part, i);
		unsigned place = place_of(part, i);

		is_over = is_over || i >= part->end ||
			  (place == NOTE_PLACE_AFTER_ANSWER && is_footer(part, line));
		if (is_over)
			region->over = MIN(region->over, i);
		if ((is_over || (places & place) == 0) && i >= part->begin &&
		    line->use == LINE_UNREAD && !note_part_is_blank(line))
			g_array_append_val(strays, i);
		if (is_over || i < part->begin || (places & place) == 0) {
			has_rest = has_rest || (!is_over && i >= part->begin &&
						note_part_is_prose(line));
			note_part_take(LINE_OVER, line);
			if (i > part->end && line->use == LINE_LINK)
				line->use = LINE_OVER;
		} else if (part->is_html && line->use == LINE_UNREAD &&
			   line->folded.length > 0 &&
			   folded_same_text(recipient_of(part), line->text)) {
			line->use = LINE_RECIPIENT;
		} else if (line->use == LINE_UNREAD && note->len == 0 &&
			   region->greeting == NULL && is_greeting_of_network(part, i)) {
			note_part_take(LINE_FRAME, line);
			region->greeting = g_strdup(line->text);
		} else if (line->use == LINE_UNREAD) {
			region->is_unplaced =
			    region->is_unplaced ||
			    (note_part_is_prose(line) && is_doubtful(part, i));
			note_part_take(LINE_NOTE, line);
			note_add(note, line->text);
		}
	}
	note_stray_read(part, strays, region->over, &region->stray);
	g_strchomp(note->str);
	if (!region->has_anchor)
		region->is_unplaced = note->str[0] != '\0';
	else if (note->str[0] != '\0')
		region->note = g_strdup(note->str);
	else
		region->is_unplaced = part->kind->places == 0 && has_rest;
}

static NotePart
part_of(const Invite *invite, const Network *network, const Kind *kind,
	const Reading *reading, ReadingPart which, const InviterBlock *blocks)
{
	return (NotePart){ .invite = invite,
			   .network = network,
			   .kind = kind,
			   .reading = reading,
			   .lines = reading->lines[which],
			   .links = reading->links[which],
			   .block = blocks[which],
			   .is_html = which == READING_HTML };
}

/* Was nothing but words mailed?  Then there is nothing to tell them from. */
static bool
is_words_alone(const Reading *reading)
{
	const GArray *links = reading->links[READING_TEXT];

	for (size_t i = 0; i < links->len; i++)
		if (g_array_index(links, ReadingLink, i).line != VISIBLE_NO_LINE)
			return false;

	return reading->lines[READING_HTML]->len == 0;
}

void
note_region_read(const Invite *invite, const Network *network, const Kind *kind,
		 const Reading *reading, const InviterBlock *blocks,
		 NoteRegion *regions_out)
{
	static const ReadingPart order[] = { READING_HTML, READING_TEXT,
					     READING_CALENDAR };
	g_autoptr(GPtrArray) top = g_ptr_array_new();
	bool is_bare = is_words_alone(reading);

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		NotePart part = part_of(invite, network, kind, reading, order[i], blocks);
		NoteRegion *region = &regions_out[order[i]];

		note_part_init(&part);
		if (order[i] != READING_CALENDAR) {
			mark_top(&part, top);
			mark_cards(&part);
		} else {
			part.answer = part.lines->len;
		}
		region->has_anchor = order[i] == READING_CALENDAR ||
				     part.own < part.lines->len ||
				     part.answer < part.lines->len || is_bare;
		collect(&part, region);
	}
	note_stray_compare(&regions_out[READING_HTML].stray, reading->lines[READING_TEXT],
			   regions_out[READING_TEXT].over);
}

/* No place has a note: what stands elsewhere may be one. */
static bool
take_stray(Invite *invite, NoteRegion *text, NoteRegion *html)
{
	char **const strays[] = { &text->stray.sure, &html->stray.sure,
				  &text->stray.doubtful, &html->stray.doubtful };

	invite->note_below = text->stray.below != NULL
				 ? g_steal_pointer(&text->stray.below)
				 : g_steal_pointer(&html->stray.below);

	for (size_t i = 0; i < G_N_ELEMENTS(strays); i++) {
		if (*strays[i] == NULL)
			continue;
		invite->note = g_steal_pointer(strays[i]);
		invite->is_note_unplaced = true;
		invite->is_note_doubtful = i >= 2;
		return true;
	}

	return false;
}

/*
 * The text part is the plainer one; where it has no note, the HTML may.  One that
 * shows nothing of the network's is no part of the mail: "This mail is HTML".  What
 * stands around an event's description there is the program's.
 */
void
note_region_take(Invite *invite, const Kind *kind, NoteRegion *regions)
{
	NoteRegion *text = &regions[READING_TEXT], *html = &regions[READING_HTML];
	NoteRegion *calendar = &regions[READING_CALENDAR];

	invite->greeting = text->greeting != NULL ? g_steal_pointer(&text->greeting)
						  : g_steal_pointer(&html->greeting);
	if (!kind->has_note)
		return;
	if (network_kind_is_calendar(kind)) {
		invite->note = g_steal_pointer(&calendar->note);
		return;
	}
	if (text->note == NULL)
		text = html;
	invite->note = g_steal_pointer(&text->note);
	invite->is_note_unplaced = text->is_unplaced;
	if (invite->note != NULL)
		return;
	text = &regions[READING_TEXT];
	if (kind->notice == NOTICE_NONE && take_stray(invite, text, html))
		return;
	if (text->has_anchor || html->has_anchor)
		invite->is_note_unplaced = (text->has_anchor && text->is_unplaced) ||
					   (html->has_anchor && html->is_unplaced);
	else
		invite->is_note_unplaced = text->is_unplaced || html->is_unplaced;
}

void
note_region_clear(NoteRegion *region)
{
	g_free(region->note);
	g_free(region->greeting);
	note_stray_clear(&region->stray);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* note-region.c - where in a part the inviter's note stands */

#include "config.h"

#include <string.h>

#include "network/network-kind.h"
#include "network/note-part.h"
#include "network/note-region.h"
#include "network/note-top.h"
#include "text/folded.h"
#include "text/text.h"
#include "network/network-profile.h"
#include "people/speech.h"

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
		    folded_same_text(link->label, note_part_recipient(part)))
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
	for (from = note_part_next_prose(part, from, to); from < to;
	     from = note_part_next_prose(part, from + 1, to))
		if (!note_part_is_greeting_alone(part, note_part_line(part, from)))
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
	if (note_part_find_greeting(part, below, limit) < limit &&
	    note_part_find_greeting(part, part->begin, above) == above)
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
	    (!g_str_has_suffix(line->text, ",") &&
	     !note_part_is_greeting_alone(part, line)))
		return false;
	while (next < part->end && note_part_is_blank(note_part_line(part, next)))
		next++;

	return next < part->end && (note_part_line(part, next)->use == LINE_FRAME ||
				    note_part_line(part, next)->use == LINE_NAME);
}

/*
 * Does the line name the recipient, as "This mail was meant for NAME (TITLE)" does?  Who
 * speaks of themselves, and of no mail, and goes on behind the name tells something.
 */
static bool
names_recipient(const NotePart *part, const ReadingLine *line)
{
	const char *name = note_part_recipient(part);
	const char *at = strchr(name, ' ') != NULL ? strstr(line->text, name) : NULL;
	const char *rest = at != NULL ? at + strlen(name) : NULL;
	g_autofree char *before = NULL;

	if (at == NULL || note_part_is_greeting(part, line))
		return false;
	if (part->rules == NULL || rest[0] != ' ' || rest[1] == '(')
		return true;
	before = g_strndup(line->text, (size_t)(at - line->text));

	return speech_text_says(before, part->rules, NAME_RULE_MESSAGE) ||
	       !speech_text_says(before, part->rules, NAME_RULE_SELF);
}

/*
 * Behind the answer a rule, the recipient's address or whole name, or a copyright ends
 * all.
 */
static bool
is_footer(const NotePart *part, const ReadingLine *line)
{
	const char *address = message_to(part->reading->message)->address;

	return note_part_is_rule(line) || strstr(line->text, "\302\251") != NULL ||
	       names_recipient(part, line) || g_str_has_prefix(line->text, "(c) ") ||
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
			   folded_same_text(note_part_recipient(part), line->text)) {
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
		 const NameRules *rules, NoteRegion *regions_out)
{
	static const ReadingPart order[] = { READING_HTML, READING_TEXT,
					     READING_CALENDAR };
	g_autoptr(GPtrArray) top = g_ptr_array_new();
	bool is_bare = is_words_alone(reading);

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		NotePart part = part_of(invite, network, kind, reading, order[i], blocks);
		NoteRegion *region = &regions_out[order[i]];

		part.rules = rules;
		note_part_init(&part);
		if (order[i] != READING_CALENDAR) {
			note_top_mark(&part, top);
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

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * invite.c - what an invitation says: who invites, in which words
 *
 * Design rationale
 *	The note has no frame of its own in these mails; it is what is left of
 *	a part when everything that is the network's has been taken away: its
 *	own words (LIST_FRAME and the kind's own lines), links, rules, and the
 *	block that begins with the inviter's name.  So one walk over the lines
 *	finds both, the fields in the network's words and the note between them.
 */

#include <stdlib.h>
#include <string.h>

#include "network/invite.h"
#include "mail/address.h"
#include "mail/mailbox.h"
#include "mail/url.h"

/* At most so many languages are told apart in one frame. */
#define LANGUAGES_MAX 16

/* One walk over one part. */
typedef struct {
	const Network *network;
	const Kind *kind;
	Invite *invite;
	GString *note;
	bool is_over; /* past the note */
	size_t block; /* lines since the inviter's name, 0: not in the block */
	const ReadingLine *name_line; /* with which the inviter's block begins, or NULL */
	Folded name;                  /* of the inviter and the recipient */
	Folded recipient;
} Walk;

/* Which language did most of the fitting phrases have? */
typedef struct {
	const char *language[LANGUAGES_MAX];
	unsigned count[LANGUAGES_MAX];
} Tally;

static void
tally_add(Tally *tally, const PatternListEntry *phrase)
{
	const char *language = phrase->from->language;

	if (language == NULL)
		return;
	for (size_t i = 0; i < LANGUAGES_MAX; i++) {
		if (tally->language[i] == NULL)
			tally->language[i] = language;
		if (g_str_equal(tally->language[i], language)) {
			tally->count[i]++;
			return;
		}
	}
}

static const char *
tally_most(const Tally *tally)
{
	size_t most = 0;

	for (size_t i = 1; i < LANGUAGES_MAX; i++)
		if (tally->count[i] > tally->count[most])
			most = i;

	return tally->language[most];
}

/*
 * Does what stood in the inviter's hole agree with the name that is known?  A
 * frame may say the first name alone; a note that begins as a frame does
 * ("From Ghent with love") names somebody else.
 */
static bool
agrees(const Invite *invite, const char *text, const PatternHit *hit)
{
	g_autofree char *said = NULL, *whole = NULL, *folded = NULL;
	size_t length;

	if (invite->name == NULL || hit->end <= hit->start)
		return true;
	said = reading_hit_text(text, hit->start, hit->end);
	whole = text_fold(invite->name);
	folded = text_fold(said);
	length = strlen(folded);
	return g_str_has_prefix(whole, folded) &&
	       (whole[length] == ' ' || whole[length] == '\0');
}

/* The first phrase of the list that fits and names nobody but the inviter, or NULL. */
static const PatternListEntry *
frame_fitting(const Invite *invite, const PatternList *list, const ReadingLine *line,
	      PatternHit *hits)
{
	const PatternListEntry *phrase = pattern_list_fitting(list, &line->folded, hits);

	return phrase != NULL && agrees(invite, line->text, &hits[HOLE_INVITER]) ? phrase
										 : NULL;
}

/* Take what stood in a hole, unless it is known already. */
static void
take_hit(char **place, const char *text, const PatternHit *hit)
{
	if (*place == NULL)
		*place = reading_hit_text(text, hit->start, hit->end);
}

static void
take_hits(Invite *invite, const char *text, const PatternHit *hits)
{
	g_autofree char *count = NULL;

	take_hit(&invite->name, text, &hits[HOLE_INVITER]);
	take_hit(&invite->recipient, text, &hits[HOLE_RECIPIENT]);
	take_hit(&invite->headline, text, &hits[HOLE_HEADLINE]);
	take_hit(&invite->company, text, &hits[HOLE_COMPANY]);
	take_hit(&invite->location, text, &hits[HOLE_LOCATION]);
	take_hit(&invite->address, text, &hits[HOLE_ADDRESS]);
	take_hit(&count, text, &hits[HOLE_COUNT]);
	if (count != NULL && invite->connections < 0 && g_ascii_isdigit(count[0]))
		invite->connections = strtol(count, NULL, 10);
}

static bool
is_self(const Network *network, const Folded *name)
{
	return name->length == 0 ||
	       pattern_list_fitting(network->lists[LIST_AUTHOR_SELF], name, NULL) != NULL;
}

/* The organizer invites; programs that know no name give the address for one. */
static void
read_organizer(Invite *invite, const CalendarRequest *calendar)
{
	const char *name = calendar->organizer, *address = calendar->address;

	if (name != NULL && strchr(name, '@') == NULL)
		invite->name = text_clean(name, TEXT_NAME_MAX);
	if (address != NULL && strchr(address, '@') != NULL)
		invite->address = text_clean(address, ADDRESS_MAX_BYTES);
}

/*
 * The author is the inviter, unless the name is the network's own.  Mail to a
 * guest came from the inviter's own address (LinkedIn until 2013).
 */
static void
read_author(Invite *invite, const Network *network, const Reading *reading, Tally *tally)
{
	const Mailbox *author = message_author(reading->message);
	bool is_own = network_owns_author(network, author);
	PatternHit hits[HOLE_LAST];
	const PatternListEntry *phrase;

	phrase = pattern_list_fitting(network->lists[LIST_AUTHOR],
				      &reading->folded_author, hits);
	if (phrase != NULL) {
		take_hits(invite, author->name, hits);
		tally_add(tally, phrase);
	} else if (invite->name == NULL && !is_self(network, &reading->folded_author)) {
		invite->name = text_clean(author->name, TEXT_NAME_MAX);
	}
	/* A list that puts itself into From leaves the network's name there. */
	is_own = is_own ||
		 (author->name[0] != '\0' && is_self(network, &reading->folded_author));
	if (!is_own && invite->address == NULL && author->address[0] != '\0')
		invite->address = g_strdup(author->address);
}

/* Networks put an address that reaches the inviter into Reply-To (LinkedIn in 2015). */
static void
read_reply_to(Invite *invite, const Network *network, const Reading *reading)
{
	const char *raw = head_get(message_head(reading->message), "Reply-To");
	g_auto(Mailbox) mailbox = { 0 };
	g_auto(Folded) folded = { 0 };

	if (raw == NULL || invite->address != NULL || mailbox_parse(raw, &mailbox) != 1)
		return;
	folded_init(&folded, mailbox.address);
	if (!network_owns_domain(network, mailbox.domain) ||
	    pattern_list_fitting(network->lists[LIST_REPLY_TO], &folded, NULL) != NULL)
		invite->address = g_strdup(mailbox.address);
}

static void
read_subject(Invite *invite, const Kind *kind, const Reading *reading, Tally *tally)
{
	PatternHit hits[HOLE_LAST];
	const PatternListEntry *phrase = pattern_list_fitting(
	    kind->lists[KIND_SUBJECT], &reading->folded_subject, hits);

	if (phrase == NULL)
		phrase = pattern_list_fitting(kind->lists[KIND_OWN_SUBJECT],
					      &reading->folded_subject, hits);
	if (phrase == NULL)
		return;
	take_hits(invite, reading->subject, hits);
	tally_add(tally, phrase);
}

/* Find the lines that are the frame's, and take the names that the frame holds. */
static void
read_frame(Invite *invite, const Network *network, const Kind *kind, GArray *lines,
	   Tally *tally)
{
	const struct {
		const PatternList *list;
		LineUse use;
	} lists[] = {
		{ network->lists[LIST_START], LINE_START },
		{ network->lists[LIST_END], LINE_END },
		{ kind->lists[KIND_LINE], LINE_FRAME },
		{ network->lists[LIST_FRAME], LINE_FRAME },
	};
	PatternHit hits[HOLE_LAST];

	for (size_t i = 0; i < lines->len; i++) {
		ReadingLine *line = &g_array_index(lines, ReadingLine, i);
		const PatternListEntry *phrase = NULL;

		for (size_t j = 0; j < G_N_ELEMENTS(lists) && phrase == NULL; j++) {
			phrase = frame_fitting(invite, lists[j].list, line, hits);
			line->use = phrase != NULL ? lists[j].use : LINE_UNREAD;
		}
		if (phrase == NULL)
			continue;
		take_hits(invite, line->text, hits);
		tally_add(tally, phrase);
	}
}

/* Only dashes, dots, underscores: a rule. */
static bool
is_rule(const char *text)
{
	return text[0] != '\0' && strspn(text, "-._=* ") == strlen(text);
}

/* "Accept: https://network/…", or nothing but such a link. */
static bool
is_own_link(const Network *network, const ReadingLine *line)
{
	size_t end = line->url_start;

	if (line->url == NULL || !network_owns_domain(network, line->host))
		return false;
	while (end > 0 && line->text[end - 1] == ' ')
		end--;

	return end == 0 || line->text[end - 1] == ':' || line->text[end - 1] == '<';
}

static bool
is_furniture(const Walk *walk, const ReadingLine *line)
{
	bool is_foreign_url = line->url != NULL && line->url_start == 0 &&
			      !network_owns_domain(walk->network, line->host);

	if (line->is_link && !is_foreign_url)
		return true;

	return line->use != LINE_UNREAD || is_rule(line->text) ||
	       is_own_link(walk->network, line);
}

/* Below the name of a message's author stands the message, and an organizer's address. */
static bool
has_block(const Kind *kind)
{
	return kind->notice != NOTICE_MESSAGE && kind->notice != NOTICE_REPLIED &&
	       !network_kind_is_calendar(kind);
}

static bool
is_name(const Folded *name, const Folded *text)
{
	return name->length > 0 && folded_same(name, text);
}

/* What the frame did not take already. */
static void
take_for(LineUse use, ReadingLine *line)
{
	if (line->use == LINE_UNREAD)
		line->use = use;
}

/* The lines below the inviter's name: headline, then location. */
static void
walk_block(Walk *walk, ReadingLine *line, bool is_html)
{
	Invite *invite = walk->invite;
	bool is_blank = line->text[0] == '\0';

	if (is_blank && is_html)
		return;
	if (is_blank || line->is_link || is_furniture(walk, line) || walk->block > 2) {
		walk->block = 0;
		return;
	}
	if (walk->block == 1 && invite->headline == NULL)
		invite->headline = g_strdup(line->text);
	else if (walk->block == 2 && invite->location == NULL)
		invite->location = g_strdup(line->text);
	take_for(walk->block == 1 ? LINE_HEADLINE : LINE_LOCATION, line);
	walk->block++;
}

static void
note_add(Walk *walk, const char *text)
{
	/* An original that a reminder quotes. */
	if (text[0] == '>')
		text += 1 + (text[1] == ' ');
	if (text[0] == '\0' &&
	    (walk->note->len == 0 || g_str_has_suffix(walk->note->str, "\n\n")))
		return;
	if (walk->note->len + strlen(text) < INVITE_NOTE_MAX) {
		g_string_append(walk->note, text);
		g_string_append_c(walk->note, '\n');
	}
}

static void
walk_line(Walk *walk, ReadingLine *line, bool is_html)
{
	if (walk->block > 0) {
		walk_block(walk, line, is_html);
		if (walk->block > 0)
			return;
	}
	if (line->use == LINE_START) {
		g_string_truncate(walk->note, 0);
		walk->is_over = false;
		return;
	}
	if (line == walk->name_line) {
		take_for(LINE_NAME, line);
		walk->block = has_block(walk->kind) ? 1 : 0;
		walk->is_over = walk->is_over || walk->note->len > 0;
		return;
	}
	if (line->use == LINE_END)
		walk->is_over = true;
	if (walk->is_over) {
		take_for(LINE_OVER, line);
	} else if (is_furniture(walk, line)) {
		take_for(LINE_LINK, line);
	} else if (is_html && is_name(&walk->recipient, &line->folded)) {
		take_for(LINE_RECIPIENT, line);
	} else {
		take_for(LINE_NOTE, line);
		note_add(walk, line->text);
	}
}

/*
 * The block begins with the last line that is the inviter's name and no more:
 * an earlier one may be the note's signature.
 */
static const ReadingLine *
find_name_line(const Walk *walk, const GArray *lines)
{
	const ReadingLine *last = NULL;

	for (size_t i = 0; i < lines->len; i++) {
		const ReadingLine *line = &g_array_index(lines, ReadingLine, i);

		if (line->use == LINE_END)
			break;
		if (is_name(&walk->name, &line->folded))
			last = line;
	}

	return last;
}

/* What is left of a part, or NULL. */
static char *
read_note(Invite *invite, const Network *network, const Kind *kind,
	  const Reading *reading, ReadingPart part)
{
	g_autoptr(GString) note = g_string_new(NULL);
	Walk walk = { .network = network, .kind = kind, .invite = invite, .note = note };
	const GArray *lines = reading->lines[part];

	folded_init(&walk.name, invite->name != NULL ? invite->name : "");
	folded_init(&walk.recipient, invite->recipient != NULL
					 ? invite->recipient
					 : message_to(reading->message)->name);
	walk.name_line = find_name_line(&walk, lines);
	/* Text parts of 2009 to 2011 show nobody's headline. */
	if (part == READING_HTML)
		invite->lacks_headline = walk.name_line != NULL;
	for (size_t i = 0; i < lines->len; i++)
		walk_line(&walk, &g_array_index(lines, ReadingLine, i),
			  part == READING_HTML);
	folded_clear(&walk.name);
	folded_clear(&walk.recipient);
	g_strchomp(note->str);

	return note->str[0] != '\0' ? g_strdup(note->str) : NULL;
}

/* To the headline's end: "Inc." is no end of a sentence. */
static void
take_company(Invite *invite, const PatternHit *hit)
{
	size_t end = hit->end + strspn(invite->headline + hit->end, ".");

	if (invite->company == NULL)
		invite->company =
		    reading_hit_text(invite->headline, hit->start,
				     invite->headline[end] == '\0' ? end : hit->end);
}

static void
read_company(Invite *invite, const Network *network)
{
	PatternHit hits[HOLE_LAST];
	g_auto(Folded) folded = { 0 };

	if (invite->headline == NULL)
		return;
	folded_init(&folded, invite->headline);
	if (pattern_list_fitting(network->lists[LIST_COMPANY], &folded, hits) != NULL)
		take_company(invite, &hits[HOLE_COMPANY]);
}

/* The inviter's link, not the recipient's: by its label. */
static bool
is_profile_label(const Invite *invite, const Network *network, const ReadingLink *link)
{
	return (invite->name != NULL && text_same(invite->name, link->label)) ||
	       pattern_list_fitting(network->lists[LIST_PROFILE_LABEL],
				    &link->folded_label, NULL) != NULL;
}

static void
read_links(Invite *invite, const Network *network, const GArray *links)
{
	for (size_t i = 0; i < links->len; i++) {
		ReadingLink *link = &g_array_index(links, ReadingLink, i);

		if (!network_owns_domain(network, link->host))
			continue;
		if (invite->accept == NULL &&
		    pattern_list_fitting(network->lists[LIST_ACCEPT],
					 reading_folded_url(link), NULL) != NULL)
			invite->accept = g_strdup(link->url);
		if (invite->profile == NULL && is_profile_label(invite, network, link))
			invite->profile =
			    network_profile(network, link->url, reading_folded_url(link));
	}
}

/*
 * The text part is the plainer one; where it has no note, the HTML may.  What
 * stands around an event's description there is the program's.
 */
static char *
best_note(const Kind *kind, char **notes)
{
	if (!kind->has_note)
		return NULL;
	if (network_kind_is_calendar(kind))
		return g_steal_pointer(&notes[READING_CALENDAR]);

	return g_steal_pointer(
	    &notes[notes[READING_TEXT] != NULL ? READING_TEXT : READING_HTML]);
}

Invite *
invite_new(void)
{
	Invite *invite = g_new0(Invite, 1);

	invite->connections = -1;

	return invite;
}

Invite *
invite_read(const Network *network, const Kind *kind, const Reading *reading)
{
	g_autoptr(Invite) invite = invite_new();
	Tally tally = { 0 };
	char *notes[READING_LAST];

	invite->is_reminder = kind->is_reminder;
	if (network_kind_is_calendar(kind))
		read_organizer(invite, &reading->calendar);
	read_author(invite, network, reading, &tally);
	read_reply_to(invite, network, reading);
	for (size_t part = 0; part < READING_LAST; part++)
		read_frame(invite, network, kind, reading->lines[part], &tally);
	read_subject(invite, kind, reading, &tally);
	for (size_t part = 0; part < READING_LAST; part++)
		notes[part] =
		    read_note(invite, network, kind, reading, (ReadingPart)part);
	for (size_t part = 0; part < READING_LAST; part++)
		read_links(invite, network, reading->links[part]);
	read_company(invite, network);
	/* Where headlines name no company, there may be none at all. */
	invite->lacks_headline = invite->lacks_headline && !kind->is_reminder &&
				 invite->profile != NULL && invite->headline == NULL &&
				 pattern_list_length(network->lists[LIST_COMPANY]) > 0;

	invite->note = best_note(kind, notes);
	for (size_t part = 0; part < READING_LAST; part++)
		g_free(notes[part]);
	invite->language = tally_most(&tally);

	return g_steal_pointer(&invite);
}

void
invite_free(Invite *invite)
{
	if (invite == NULL)
		return;

	g_free(invite->name);
	g_free(invite->headline);
	g_free(invite->company);
	g_free(invite->location);
	g_free(invite->profile);
	g_free(invite->address);
	g_free(invite->note);
	g_free(invite->accept);
	g_free(invite->recipient);
	g_free(invite);
}

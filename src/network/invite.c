/* SPDX-License-Identifier: BSD-2-Clause */
/* invite.c - what an invitation says: who invites, in which words */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "network/invite.h"
#include "text/folded.h"
#include "text/text.h"
#include "network/headline.h"
#include "network/network-kind.h"
#include "text/address.h"
#include "network/inviter-block.h"
#include "network/inviter.h"
#include "network/note-lead.h"
#include "network/note-region.h"
#include "network/network-profile.h"
#include "network/ways.h"

/* A line with fewer words is a tag, which no next line goes on. */
#define SENTENCE_MIN_WORDS 5

/* At most so many languages are told apart in one frame. */
#define LANGUAGES_MAX 16

/* Each line that fits is a vote for the languages that have its words. */
typedef struct {
	const char *language[LANGUAGES_MAX];
	unsigned count[LANGUAGES_MAX + 1]; /* the last: votes for none of them */
} Votes;

/* The language's place among them; LANGUAGES_MAX where there is none. */
static size_t
votes_place(Votes *votes, const char *language)
{
	size_t i = 0;

	while (language != NULL && i < LANGUAGES_MAX && votes->language[i] != NULL &&
	       !g_str_equal(votes->language[i], language))
		i++;
	if (language == NULL || i == LANGUAGES_MAX)
		return LANGUAGES_MAX;
	votes->language[i] = language;

	return i;
}

static void
votes_add(Votes *votes, const char *language)
{
	votes->count[votes_place(votes, language)]++;
}

/*
 * Spaniards and Portuguese read the same words on a button: each language votes once.
 * phrase: the first of the list that fits.
 */
static void
votes_add_all(Votes *votes, const PatternList *list, const Folded *folded,
	      const PatternListEntry *phrase)
{
	bool has_voted[LANGUAGES_MAX + 1] = { false };

	for (; phrase != NULL; phrase = pattern_list_next(list, folded, phrase)) {
		size_t place = votes_place(votes, phrase->from->language);

		votes->count[place] += !has_voted[place];
		has_voted[place] = true;
	}
}

static const char *
votes_most(const Votes *votes)
{
	size_t most = 0;

	for (size_t i = 1; i < LANGUAGES_MAX; i++)
		if (votes->count[i] > votes->count[most])
			most = i;

	return votes->language[most];
}

/*
 * Does what stood in the inviter's hole agree with the name that is known?  A
 * frame may say the first name alone; a note that begins as a frame does
 * ("From Ghent with love") names somebody else.
 */
static bool
agrees(const Invite *invite, const NameRules *rules, const char *text,
       const PatternHit *hit)
{
	g_autofree char *said = NULL, *whole = NULL, *folded = NULL;
	size_t length;

	if (invite->name == NULL || hit->end <= hit->start)
		return true;
	said = reading_hit_text(text, hit->start, hit->end);
	whole = folded_text(invite->name);
	folded = folded_text(said);
	length = strlen(folded);
	return (g_str_has_prefix(whole, folded) &&
		(whole[length] == ' ' || whole[length] == '\0')) ||
	       inviter_is_part(rules, said, invite->name);
}

/* The first phrase of the list that fits and names nobody but the inviter, or NULL. */
static const PatternListEntry *
frame_fitting(const Invite *invite, const NameRules *rules, const PatternList *list,
	      const ReadingLine *line, PatternHit *hits)
{
	const PatternListEntry *phrase = pattern_list_fitting(list, &line->folded, hits);

	return phrase != NULL && agrees(invite, rules, line->text, &hits[HOLE_INVITER])
		   ? phrase
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

/* The organizer invites; programs that know no name give the address for one, or blanks. */
static void
read_organizer(Invite *invite, const CalendarRequest *calendar)
{
	const char *address = calendar->address;
	g_autofree char *name = calendar->organizer != NULL
				    ? text_clean(calendar->organizer, TEXT_NAME_MAX)
				    : NULL;

	if (name != NULL && *name != '\0' && strchr(name, '@') == NULL)
		invite->name = g_steal_pointer(&name);
	if (address != NULL && address_domain(address) != NULL)
		invite->address = text_clean(address, ADDRESS_MAX_BYTES);
}

static void
read_subject(Invite *invite, const Kind *kind, const Reading *reading, Votes *votes)
{
	PatternHit hits[HOLE_LAST];
	const PatternList *list = kind->lists[KIND_SUBJECT];
	const PatternListEntry *phrase =
	    pattern_list_fitting(list, &reading->folded_subject, hits);

	if (phrase == NULL) {
		list = kind->lists[KIND_OWN_SUBJECT];
		phrase = pattern_list_fitting(list, &reading->folded_subject, hits);
	}
	if (phrase != NULL)
		take_hits(invite, reading->subject, hits);
	votes_add_all(votes, list, &reading->folded_subject, phrase);
}

/* Is the subject the kind's, and does it name the inviter? */
static bool
is_telling_subject(const Kind *kind, const Reading *reading)
{
	static const KindList lists[] = { KIND_SUBJECT, KIND_OWN_SUBJECT };
	PatternHit hits[HOLE_LAST];

	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		if (pattern_list_fitting(kind->lists[lists[i]], &reading->folded_subject,
					 hits) != NULL)
			return hits[HOLE_INVITER].end > hits[HOLE_INVITER].start;

	return false;
}

/* Is the line in the middle of a mail system's sentence, which began in the one above? */
static bool
goes_on(const ReadingLine *above, const ReadingLine *line)
{
	size_t length = strlen(above->text), words = 1;

	for (const char *at = above->text; *at != '\0'; at++)
		words += *at == ' ';

	return above->use == LINE_OVER && words >= SENTENCE_MIN_WORDS &&
	       strchr(".!?:]>", above->text[length - 1]) == NULL &&
	       g_unichar_islower(g_utf8_get_char(line->text));
}

/*
 * Find the frame's lines and the names in them; the end may speak the network's
 * language.
 */
static void
read_frame(Invite *invite, const Network *network, const Kind *kind,
	   const NameRules *rules, const Reading *reading, ReadingPart part, Votes *votes,
	   Votes *margin)
{
	GArray *lines = reading->lines[part];
	bool is_over = false, is_top = true,
	     is_telling = is_telling_subject(kind, reading);
	const struct {
		const PatternList *list;
		LineUse use;
	} lists[] = {
		{ network->lists[NETWORK_LIST_BANNER], LINE_OVER },
		{ network->lists[NETWORK_LIST_START], LINE_START },
		{ network->lists[NETWORK_LIST_END], LINE_END },
		{ kind->lists[KIND_LINE], LINE_FRAME },
		{ network->lists[NETWORK_LIST_FRAME], LINE_FRAME },
	};
	PatternHit hits[HOLE_LAST];

	for (size_t i = 0; i < lines->len; i++) {
		ReadingLine *line = &g_array_index(lines, ReadingLine, i);
		const PatternList *list = NULL;
		const PatternListEntry *phrase = NULL;

		for (size_t j = 0; j < G_N_ELEMENTS(lists) && phrase == NULL; j++) {
			list = lists[j].list;
			phrase = frame_fitting(invite, rules, list, line, hits);
			line->use = phrase != NULL ? lists[j].use : LINE_UNREAD;
		}
		/* The network says in the mail what it says in the subject. */
		if (phrase == NULL && is_telling &&
		    folded_same(&line->folded, &reading->folded_subject))
			line->use = LINE_FRAME;
		if (phrase == NULL && is_top && i > 0 && goes_on(&line[-1], line))
			line->use = LINE_OVER;
		/* An end above all other lines is a mail system's: no mail ends there. */
		if (line->use == LINE_END && is_top &&
		    hits[HOLE_INVITER].end == hits[HOLE_INVITER].start)
			line->use = LINE_OVER;
		is_top = is_top && (line->text[0] == '\0' || line->use == LINE_OVER);
		if (phrase == NULL || line->use == LINE_OVER)
			continue;
		take_hits(invite, line->text, hits);
		is_over = is_over || line->use == LINE_END;
		votes_add_all(is_over ? margin : votes, list, &line->folded, phrase);
	}
}

/* The place of the first line that ends the mail, or behind all lines. */
static size_t
end_of(const GArray *lines)
{
	size_t end = 0;

	while (end < lines->len && g_array_index(lines, ReadingLine, end).use != LINE_END)
		end++;

	return end;
}

/* In which language do the labels of the links speak, above the mail's end? */
static void
read_labels(const Network *network, const GArray *lines, const GArray *links,
	    Votes *votes)
{
	static const NetworkList lists[] = { NETWORK_LIST_ACCEPT_LABEL,
					     NETWORK_LIST_PROFILE_LABEL,
					     NETWORK_LIST_ACTION };
	size_t end = end_of(lines);

	for (size_t i = 0; i < links->len; i++) {
		ReadingLink *link = &g_array_index(links, ReadingLink, i);
		const PatternList *list = NULL;
		const PatternListEntry *phrase = NULL;

		if (link->line >= end || !network_owns_domain(network, link->host))
			continue;
		for (size_t j = 0; j < G_N_ELEMENTS(lists) && phrase == NULL; j++) {
			list = network->lists[lists[j]];
			phrase = pattern_list_fitting(list, &link->folded_label, NULL);
		}
		votes_add_all(votes, list, &link->folded_label, phrase);
	}
}

static void
read_links(Invite *invite, const Network *network, const Kind *kind, const GArray *lines,
	   const GArray *links)
{
	size_t end = end_of(lines);

	for (size_t i = 0; i < links->len; i++) {
		ReadingLink *link = &g_array_index(links, ReadingLink, i);
		g_autofree char *profile = NULL;

		if (!network_owns_domain(network, link->host))
			continue;
		if (invite->accept == NULL && ways_link_accepts(network, link))
			invite->accept = g_strdup(link->url);
		if (invite->profile != NULL ||
		    !inviter_is_profile_label(invite, network, lines, link, end))
			continue;
		profile = network_profile_of_link(network, link);
		/* A notice shows other people, with the same labels. */
		if (profile != NULL &&
		    (kind->notice == NOTICE_NONE ||
		     !inviter_is_another(invite->name, lines, profile)))
			invite->profile = g_steal_pointer(&profile);
	}
}

/*
 * The inviter's profile where its label is in a language that we have no words for:
 * by the name in another way of writing, on the picture, or in the address.  Where
 * nobody is named yet, the first profile that is not the recipient's names who invites.
 */
static void
find_profile(Invite *invite, const Network *network, const Kind *kind,
	     const Reading *reading, const NameRules *rules, const GArray *links)
{
	const char *to = message_to(reading->message)->name;

	for (size_t i = 0;
	     (invite->profile == NULL || invite->name == NULL) && i < links->len; i++) {
		ReadingLink *link = &g_array_index(links, ReadingLink, i);
		const char *shown = link->alt != NULL ? link->alt : link->label;
		g_autofree char *profile = NULL;

		if (!network_owns_domain(network, link->host) ||
		    folded_same_text(to, shown))
			continue;
		profile = network_profile_of_link(network, link);
		if (profile == NULL)
			continue;
		if (invite->name == NULL &&
		    inviter_is_on_link(network, kind, reading, link, profile))
			invite->name = text_clean(link->label, TEXT_NAME_MAX);
		if (invite->profile == NULL && invite->name != NULL &&
		    (inviter_is(rules, invite->name, shown) ||
		     (link->alt != NULL && strstr(shown, invite->name) != NULL) ||
		     inviter_fits_profile(invite->name, profile)))
			invite->profile = g_steal_pointer(&profile);
	}
}

/* Where there are several inviters, no member can be said to be of one of them. */
static void
forget_inviter(Invite *invite)
{
	char **const members[] = { &invite->name,    &invite->headline,
				   &invite->company, &invite->location,
				   &invite->profile, &invite->address,
				   &invite->note,    &invite->note_below,
				   &invite->accept };

	for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
		g_clear_pointer(members[i], g_free);
	invite->is_note_unplaced = invite->is_note_doubtful = false;
	invite->lacks_headline = false;
}

Invite *
invite_new(void)
{
	Invite *invite = g_new0(Invite, 1);

	invite->connections = -1;

	return invite;
}

Invite *
invite_read(const Network *network, const Kind *kind, const Reading *reading,
	    const NameRules *rules)
{
	g_autoptr(Invite) invite = invite_new();
	Votes votes = { 0 }, margin = { 0 };
	InviterBlock blocks[READING_LAST];
	NoteRegion regions[READING_LAST] = { 0 };
	const InviterBlock *html = &blocks[READING_HTML];
	bool is_of_one, is_of_many = false;

	invite->is_reminder = kind->is_reminder;
	if (network_kind_is_calendar(kind))
		read_organizer(invite, &reading->calendar);
	votes_add(&margin, inviter_read(invite, network, reading));
	/* What its From names is of one person, whatever links they write into a note. */
	is_of_one = invite->name != NULL &&
		    network_owns_author(network, message_author(reading->message));
	for (size_t part = 0; part < READING_LAST; part++)
		read_frame(invite, network, kind, rules, reading, (ReadingPart)part,
			   &votes, &margin);
	read_subject(invite, kind, reading, &votes);
	for (size_t part = 0; part < READING_LAST; part++) {
		read_links(invite, network, kind, reading->lines[part],
			   reading->links[part]);
		read_labels(network, reading->lines[part], reading->links[part], &votes);
	}
	inviter_drop_title(invite, network, reading);
	for (size_t part = 0; part < READING_LAST; part++)
		find_profile(invite, network, kind, reading, rules, reading->links[part]);
	for (size_t part = 0; part < READING_LAST; part++)
		note_lead_mark(invite, reading, (ReadingPart)part, rules);
	for (size_t part = 0; part < READING_LAST; part++)
		blocks[part] = inviter_block_read(invite, network, kind, reading,
						  (ReadingPart)part, rules);
	note_region_read(invite, network, kind, reading, blocks, rules, regions);
	if (invite->headline != NULL && invite->company == NULL)
		invite->company = headline_company(invite->headline, network, rules);
	/*
	 * Where headlines name no company, there may be none at all.  Text parts of
	 * 2009 to 2011 show nobody's headline.
	 */
	invite->lacks_headline =
	    html->start < html->end && !kind->is_reminder && invite->profile != NULL &&
	    invite->headline == NULL &&
	    pattern_list_length(network->lists[NETWORK_LIST_COMPANY]) > 0;

	note_region_take(invite, kind, regions);
	for (size_t part = 0; part < READING_LAST; part++)
		note_region_clear(&regions[part]);
	for (size_t part = 0; part < READING_LAST; part++)
		if (ways_answer_several(network, reading->links[part]) ||
		    (!is_of_one && ways_answer_by_number(network, reading->links[part])))
			is_of_many = true;
	if (is_of_many)
		forget_inviter(invite);
	invite->language = votes_most(votes.language[0] != NULL ? &votes : &margin);

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
	g_free(invite->note_below);
	g_free(invite->greeting);
	g_free(invite->accept);
	g_free(invite->recipient);
	g_free(invite);
}

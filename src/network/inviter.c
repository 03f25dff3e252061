/* SPDX-License-Identifier: BSD-2-Clause */
/* inviter.c - whose name and address an invitation gives */

#include "config.h"

#include <string.h>

#include "mail/mailbox.h"
#include "mail/message.h"
#include "network/inviter.h"
#include "network/list-address.h"
#include "text/folded.h"
#include "text/text.h"

/* As Mailman and Google Groups write it (HACKING.md, "Folders"). */
#define VIA " via "

/* A letter that was lost is "?" once or, where it took two bytes, twice. */
#define LOST_MAX 2

/* So many names may stand between the first and the last. */
#define MIDDLE_MAX_WORDS 2

/* Less of a name begins many people's profiles. */
#define PROFILE_MIN_BYTES 4

/* Words of a longer name are compared no further. */
#define WORDS_MAX 8

static bool
is_self(const Network *network, const Folded *name)
{
	return name->length == 0 ||
	       pattern_list_fitting(network->lists[NETWORK_LIST_AUTHOR_SELF], name,
				    NULL) != NULL;
}

/* "'Jane Doe via LinkedIn' via Group" without the group, and the quotes; or NULL. */
static char *
without_list(const char *name)
{
	const char *via = g_strrstr(name, VIA);
	g_autofree char *kept = via != NULL ? g_strndup(name, via - name) : NULL;
	size_t length;

	if (kept == NULL)
		return NULL;
	g_strstrip(kept);
	length = strlen(kept);
	if (length >= 2 && (kept[0] == '\'' || kept[0] == '"') &&
	    kept[length - 1] == kept[0])
		return g_strndup(kept + 1, length - 2);

	return g_steal_pointer(&kept);
}

/* The inviter's name in an author's, as networks write it; NULL where none fits. */
static const PatternListEntry *
take_name(Invite *invite, const Network *network, const char *name, const Folded *folded)
{
	PatternHit hits[HOLE_LAST];
	const PatternHit *hit = &hits[HOLE_INVITER];
	const PatternListEntry *phrase =
	    pattern_list_fitting(network->lists[NETWORK_LIST_AUTHOR], folded, hits);

	/* A quote that opens there is closed behind it: a list put it around more. */
	if (phrase == NULL || (hit->end > hit->start && name[hit->start] == '\''))
		return NULL;
	if (invite->name == NULL)
		invite->name = reading_hit_text(name, hit->start, hit->end);

	return phrase;
}

/* A name that a list left: as the network writes it, or else all of it. */
static const PatternListEntry *
take_listed(Invite *invite, const Network *network, const char *name)
{
	g_autofree char *kept = without_list(name);
	const char *shown = kept != NULL ? kept : name;
	g_auto(Folded) folded = { 0 };
	const PatternListEntry *phrase;

	folded_init(&folded, shown);
	phrase = take_name(invite, network, shown, &folded);
	if (phrase == NULL && invite->name == NULL && kept != NULL &&
	    !is_self(network, &folded))
		invite->name = text_clean(shown, TEXT_NAME_MAX);

	return phrase;
}

/* "Jane Doe via Network", where the network's file has no such words. */
static bool
is_via_self(const Network *network, const char *name)
{
	const char *via = g_strrstr(name, VIA);
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, via != NULL ? via + strlen(VIA) : "");

	return via != NULL && is_self(network, &folded);
}

static void
take_kept_author(Invite *invite, const Network *network, const Message *message)
{
	for (size_t place = 0; invite->name == NULL;) {
		g_auto(Mailbox) kept = { 0 };
		g_auto(Folded) folded = { 0 };

		if (!list_address_kept(message, &place, &kept))
			return;
		folded_init(&folded, kept.name);
		if (take_name(invite, network, kept.name, &folded) == NULL &&
		    !is_self(network, &folded))
			invite->name = text_clean(kept.name, TEXT_NAME_MAX);
	}
}

/* The addresses in Reply-To but lists' own; the inviter's only if there is one alone. */
typedef struct {
	const Network *network;
	const Message *message;
	char *address;
	size_t count;
} Answers;

static void
take_answer(void *context, const Mailbox *mailbox)
{
	Answers *answers = context;
	g_auto(Folded) folded = { 0 };

	if (list_address_is(answers->message, mailbox->address))
		return;
	folded_init(&folded, mailbox->address);
	if (answers->count++ > 0 || mailbox->address[0] == '\0' ||
	    (network_owns_domain(answers->network, mailbox->domain) &&
	     pattern_list_fitting(answers->network->lists[NETWORK_LIST_REPLY_TO], &folded,
				  NULL) == NULL))
		return;
	answers->address = g_strdup(mailbox->address);
}

/* Networks put an address that reaches the inviter into Reply-To (LinkedIn in 2015). */
static void
read_reply_to(Invite *invite, const Network *network, const Message *message)
{
	const char *raw = head_get(message_head(message), "Reply-To");
	Answers answers = { .network = network, .message = message };

	if (raw == NULL || invite->address != NULL)
		return;
	mailbox_each(raw, take_answer, &answers);
	if (answers.count == 1)
		invite->address = g_steal_pointer(&answers.address);
	g_free(answers.address);
}

/* Does the author's name say that the network mails? */
static bool
names_network(const Network *network, const Reading *reading)
{
	g_auto(Folded) title = { 0 };

	folded_init(&title, network->title);

	return folded_has_words(&reading->folded_author, &title) ||
	       network_gives_address(network, message_author(reading->message)->name);
}

const char *
inviter_read(Invite *invite, const Network *network, const Reading *reading)
{
	const Message *message = reading->message;
	const Mailbox *author = message_author(message);
	bool is_own = network_owns_author(network, author);
	bool is_listed = !is_own && list_address_is(message, author->address);
	const PatternListEntry *phrase =
	    take_name(invite, network, author->name, &reading->folded_author);

	if (phrase == NULL && (!is_own || is_via_self(network, author->name)))
		phrase = take_listed(invite, network, author->name);
	if (is_listed && invite->name == NULL)
		take_kept_author(invite, network, message);
	if (phrase == NULL && invite->name == NULL && !is_listed &&
	    !is_self(network, &reading->folded_author) &&
	    !network_gives_address(network, author->name))
		invite->name = text_clean(author->name, TEXT_NAME_MAX);
	/*
	 * Mail to a guest came from the inviter's own address (LinkedIn until 2013).  A
	 * list that puts itself into From leaves the network's name there, and so does
	 * a service that hides addresses: its address is the same for all inviters.
	 */
	is_own = is_own || is_listed || (!is_own && phrase != NULL) ||
		 (author->name[0] != '\0' && is_self(network, &reading->folded_author)) ||
		 names_network(network, reading);
	if (!is_own && invite->address == NULL && author->address[0] != '\0')
		invite->address = g_strdup(author->address);
	read_reply_to(invite, network, message);

	return phrase != NULL ? phrase->from->language : NULL;
}

/* Is a word the other, but for letters that one of them lost? */
static bool
is_word(const char *a, const char *b)
{
	while (*a != '\0' && *b != '\0') {
		bool is_lost = *a == '?' || *b == '?';
		const char **lost = *a == '?' ? &a : &b, **kept = *a == '?' ? &b : &a;
		size_t run;

		if (!is_lost) {
			if (g_utf8_get_char(a) != g_utf8_get_char(b))
				return false;
			a = g_utf8_next_char(a);
			b = g_utf8_next_char(b);
			continue;
		}
		run = MIN(strspn(*lost, "?"), LOST_MAX);
		*lost += run;
		*kept = g_utf8_next_char(*kept);
		/* Two signs are one letter, unless the letter behind says otherwise. */
		if (run == LOST_MAX && **kept != '\0' && **lost != **kept)
			*kept = g_utf8_next_char(*kept);
	}

	return *a == *b;
}

/* "k" or "k." of "kraakman" */
static bool
is_initial(const char *a, const char *b)
{
	const char *end = g_utf8_next_char(a);

	return (end[0] == '\0' || (end[0] == '.' && end[1] == '\0')) &&
	       g_utf8_get_char(a) == g_utf8_get_char(b);
}

/* U+FFFD, which stands for lost bytes, as "?". */
static char *
with_lost(const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, "\xef\xbf\xbd", -1);
	g_autofree char *marked = g_strjoinv("?", parts);

	return folded_text(marked);
}

/* Word for word the same, but for initials and lost letters; one word is whole. */
static bool
is_same_by_words(const char *name, const char *other)
{
	g_autofree char *a = with_lost(name), *b = with_lost(other);
	g_auto(GStrv) ours = g_strsplit_set(a, " ", WORDS_MAX + 1);
	g_auto(GStrv) theirs = g_strsplit_set(b, " ", WORDS_MAX + 1);
	size_t length = g_strv_length(ours);
	bool has_whole = false;

	if (length == 0 || length > WORDS_MAX || length != g_strv_length(theirs))
		return false;
	for (size_t i = 0; i < length; i++) {
		bool is_whole = is_word(ours[i], theirs[i]);

		if (ours[i][0] == '\0' || theirs[i][0] == '\0' ||
		    (!is_whole && !is_initial(ours[i], theirs[i]) &&
		     !is_initial(theirs[i], ours[i])))
			return false;
		has_whole = has_whole || (is_whole && g_utf8_strlen(ours[i], 3) > 1);
	}

	return has_whole;
}

static size_t
words_in(const Name *name)
{
	size_t words = name->keys[0] != NULL;

	for (const char *at = name->keys[0]; at != NULL && *at != '\0'; at++)
		words += *at == ' ';

	return words;
}

/* Are both names, one with a middle name more?  A first name alone signs notes. */
static bool
has_more_words(const Name *a, const Name *b)
{
	size_t less = MIN(words_in(a), words_in(b)), more = MAX(words_in(a), words_in(b));

	return less >= 2 && more - less <= MIDDLE_MAX_WORDS &&
	       (name_is_part(a, b) || name_is_part(b, a));
}

bool
inviter_is(const NameRules *rules, const char *name, const char *other)
{
	g_auto(Name) a = { 0 }, b = { 0 };

	if (folded_same_text(name, other))
		return true;
	if (is_same_by_words(name, other))
		return true;
	name_init(&a, rules, name);
	name_init(&b, rules, other);
	if (name_same(&a, &b) || name_hints(&a, &b))
		return true;

	return !a.is_disguised && !b.is_disguised && has_more_words(&a, &b);
}

bool
inviter_is_part(const NameRules *rules, const char *part, const char *name)
{
	g_auto(Name) a = { 0 }, b = { 0 };

	name_init(&a, rules, part);
	name_init(&b, rules, name);

	return name_is_part(&a, &b) || inviter_is(rules, part, name);
}

/* Does a line begin with the label, as one that says who invites? */
static bool
begins_line(const GArray *lines, const char *label)
{
	g_autofree char *start = g_strconcat(label, " ", NULL);

	for (size_t i = 0; i < lines->len; i++)
		if (g_str_has_prefix(g_array_index(lines, ReadingLine, i).text, start))
			return true;

	return false;
}

bool
inviter_is_profile_label(const Invite *invite, const Network *network,
			 const GArray *lines, const ReadingLink *link, size_t end)
{
	PatternHit hits[HOLE_LAST] = { 0 };

	if (invite->name != NULL && folded_same_text(invite->name, link->label))
		return true;
	return link->line <= end &&
	       pattern_list_fitting(network->lists[NETWORK_LIST_PROFILE_LABEL],
				    &link->folded_label, hits) != NULL &&
	       (hits[HOLE_INVITER].end == 0 || begins_line(lines, link->label));
}

bool
inviter_fits_profile(const char *name, const char *profile)
{
	const char *id = strrchr(profile, '/');
	g_autofree char *folded = folded_text(name);

	g_strdelimit(folded, " .", '-');

	return id != NULL && strlen(folded) >= PROFILE_MIN_BYTES &&
	       g_str_has_prefix(id + 1, folded);
}

bool
inviter_is_on_link(const Network *network, const Kind *kind, const Reading *reading,
		   const ReadingLink *link, const char *profile)
{
	const Folded *label = &link->folded_label;

	if (link->label[0] == '\0')
		return false;

	return inviter_fits_profile(link->label, profile) ||
	       (kind->request == REQUEST_CONNECT &&
		strlen(link->label) >= PROFILE_MIN_BYTES && !is_self(network, label) &&
		!folded_same_text(link->label, network->title) &&
		folded_has_words(&reading->folded_subject, label));
}

/* Does the name go on behind a shorter one with the network's: "przez Network"? */
static bool
is_before_title(const Folded *title, const char *name, const char *shorter)
{
	size_t length = strlen(shorter);
	g_auto(Folded) rest = { 0 };

	if (length < PROFILE_MIN_BYTES || !g_str_has_prefix(name, shorter) ||
	    g_unichar_isalnum(g_utf8_get_char(name + length)))
		return false;
	folded_init(&rest, name + length);

	return folded_has_words(&rest, title);
}

/* A single word in a line may be the first name alone, but where names have no blank. */
static bool
may_be_whole(const char *name)
{
	return strchr(name, ' ') != NULL || g_unichar_iswide(g_utf8_get_char(name));
}

void
inviter_drop_title(Invite *invite, const Network *network, const Reading *reading)
{
	g_auto(Folded) title = { 0 };
	const char *name = invite->name;
	size_t longest = 0;

	folded_init(&title, network->title);
	if (name == NULL ||
	    !network_owns_author(network, message_author(reading->message)))
		return;
	for (size_t part = 0; part < READING_LAST; part++) {
		const GArray *lines = reading->lines[part], *links = reading->links[part];

		for (size_t i = 0; i < links->len; i++) {
			const ReadingLink *link = &g_array_index(links, ReadingLink, i);
			const char *shown = link->alt != NULL ? link->alt : link->label;

			if (network_owns_domain(network, link->host) &&
			    is_before_title(&title, name, shown))
				longest = MAX(longest, strlen(shown));
		}
		for (size_t i = 0; i < lines->len; i++) {
			const char *text = g_array_index(lines, ReadingLine, i).text;

			if (may_be_whole(text) && is_before_title(&title, name, text))
				longest = MAX(longest, strlen(text));
		}
	}
	if (longest > 0)
		invite->name[longest] = '\0';
}

bool
inviter_is_another(const char *name, const GArray *lines, const char *profile)
{
	if (name != NULL && inviter_fits_profile(name, profile))
		return false;
	for (size_t i = 0; i < lines->len; i++) {
		const ReadingLine *line = &g_array_index(lines, ReadingLine, i);

		if (strlen(line->text) <= TEXT_NAME_MAX &&
		    inviter_fits_profile(line->text, profile))
			return true;
	}

	return false;
}

/* Does a name begin or end with an initial, or have a lost letter or its family
 * name first? */
static bool
is_poor(const char *name)
{
	g_auto(GStrv) words = g_strsplit(name, " ", -1);

	if (strpbrk(name, "?,") != NULL || strstr(name, "\xef\xbf\xbd") != NULL)
		return true;
	for (size_t i = 0; words[i] != NULL; i++)
		if (words[i][0] != '\0' && (i == 0 || words[i + 1] == NULL) &&
		    is_initial(words[i], words[i]))
			return true;

	return false;
}

bool
inviter_says_more(const char *name, const char *other)
{
	/* "Jane Doe, PhD": behind a first and a last name stand titles. */
	g_autofree char *before = g_strndup(other, strcspn(other, ","));

	return is_poor(name) && !is_poor(strchr(before, ' ') != NULL ? before : other);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* assess-note.c - what a mail's note says, by its words and by all that is known */

#include "config.h"

#include <string.h>

#include "judge/assess-note.h"
#include "note/event.h"
#include "network/network-kind.h"
#include "network/networks.h"
#include "people/bulk.h"
#include "people/lesson.h"
#include "text/folded.h"
#include "text/text.h"

/* Letters of a name in an address, at least, and of what a language puts behind one. */
#define ADDRESS_NAME_MIN 3
#define ENDING_MAX       2

/* The name in To may be a mailing list's. */
static bool
is_addressee(const Assessor *assessor, const Message *message, const char *owner)
{
	g_autofree char *addressee = owners_of_address(assessor_rules(assessor)->owners,
						       message_to(message)->address);

	return owner == NULL || g_str_equal(addressee, owner);
}

/* Is a word a name that an address has, but for an ending: "Joosti" to joost@? */
static bool
is_in_address(const char *word, const char *address)
{
	g_autofree char *local = g_strndup(address, strcspn(address, "@"));
	g_autofree char *folded = folded_text(word);
	g_auto(GStrv) names =
	    g_strsplit_set(local, "._-+", -1); /* an address has a limit */

	for (char **name = names; *name != NULL; name++)
		if (strlen(*name) >= ADDRESS_NAME_MIN &&
		    g_str_has_prefix(folded, *name) &&
		    strlen(folded) <= strlen(*name) + ENDING_MAX)
			return true;

	return false;
}

/*
 * A greeting without the words before the name that the recipient's address has: those
 * of a language that nobody here knows, "Tere Joost".
 */
static const char *
from_name_in_address(const char *greeted, const char *address)
{
	const char *word = greeted;

	while (*word != '\0') {
		size_t length = strcspn(word, " ");
		g_autofree char *one = g_strndup(word, length);

		if (is_in_address(one, address))
			return word;
		word += length + strspn(word + length, " ");
	}

	return greeted;
}

/*
 * By which name the recipient goes, the caller's, or NULL: as the note greets them, else
 * the network, which may know but a login; it is not asked where the note does.  A name in To is the longer one, for scripts
 * greet others.  Without words of a greeting "Mei Ling:" is a name, "What we saw:" none.
 */
static char *
recipient_of(const Note *note, const Note *network, const Mailbox *to, bool is_theirs)
{
	const char *said = note->greeted != NULL ? note->greeted : network->greeted;
	const char *greeted =
	    said != NULL && is_theirs ? from_name_in_address(said, to->address) : said;
	g_autofree char *beginning =
	    greeted != NULL ? g_strconcat(greeted, " ", NULL) : NULL;

	if (is_theirs && to->name[0] != '\0')
		return beginning != NULL && g_str_has_prefix(to->name, beginning)
			   ? g_strdup(greeted)
			   : text_clean(to->name, TEXT_NAME_MAX);

	return note->greeted == NULL || note->is_greeting_known ||
		       !g_regex_match_simple("(^| )\\p{Ll}", greeted, 0, 0)
		   ? g_strdup(greeted)
		   : NULL;
}

/* A meeting's budget and how to dial in are daily life among colleagues. */
static void
judge_numbers(Note *note, const Assessor *assessor, const Reading *reading,
	      const char *text, const NoteNames *names)
{
	g_autofree char *words = NULL;
	g_autoptr(Note) other = NULL;

	if (note->class != NOTE_PITCH)
		return;
	words = event_words_of_colleague(text, assessor_networks(assessor), reading);
	if (words == NULL)
		return;
	other = note_judge(assessor_languages(assessor), words, names);
	if (other->class == NOTE_PITCH)
		return;
	note->class = NOTE_VAGUE;
	g_ptr_array_set_size(note->reasons, 0);
	g_ptr_array_add(note->reasons, g_strdup("vague:colleague"));
}

/* Of paragraphs that the network may have written, leave those in which a person speaks. */
static void
keep_of_person(Invite *invite, const Languages *languages, const NoteNames *names)
{
	g_auto(GStrv) paragraphs = g_strsplit(invite->note, "\n\n", -1);
	g_autoptr(GString) kept = g_string_new(NULL);

	for (char **text = paragraphs; *text != NULL; text++) {
		g_autoptr(Note) note = note_judge(languages, *text, names);

		if (note_is_of_person(note, *text, names))
			g_string_append_printf(kept, "%s%s", kept->len > 0 ? "\n\n" : "",
					       *text);
	}
	g_free(invite->note);
	invite->note = kept->len > 0 ? g_strdup(kept->str) : NULL;
	invite->is_note_unplaced = kept->len > 0;
}

/* Right below the links that answer, what a person says is the note and has its place. */
static void
take_below(Invite *invite, const Languages *languages, const NoteNames *names)
{
	g_autoptr(Note) note = NULL;

	if (invite->note_below == NULL)
		return;
	note = note_judge(languages, invite->note_below, names);
	if (note->class != NOTE_DEFAULT &&
	    !note_is_of_person(note, invite->note_below, names))
		return;
	g_free(invite->note);
	invite->note = g_steal_pointer(&invite->note_below);
	invite->is_note_unplaced = invite->is_note_doubtful = false;
}

static void
judge_note(Assessment *assessment, const Assessor *assessor, const Reading *reading,
	   const char *owner)
{
	const Message *message = reading->message;
	Invite *invite = assessment->invite;
	const char *recipient =
	    invite->recipient != NULL ? invite->recipient : message_to(message)->name;
	/* a, b, "c d" */
	g_auto(GStrv) facts = g_strsplit(
	    settings_text_for(assessor_settings(assessor), SETTING_PEOPLE_ABOUT, owner),
	    ",", -1);
	NoteNames names = { .inviter = invite->name,
			    .recipient = recipient,
			    .network = assessment->network->title,
			    .rules = assessor_rules(assessor)->names,
			    .about = (const char *const *)facts };

	for (size_t i = 0; facts[i] != NULL; i++)
		g_strdelimit(facts[i], "\"", ' ');
	take_below(invite, assessor_languages(assessor), &names);
	if (invite->is_note_doubtful)
		keep_of_person(invite, assessor_languages(assessor), &names);
	assessment->note = note_judge(assessor_languages(assessor), invite->note, &names);
	if (invite->is_note_unplaced)
		note_set_unplaced(assessment->note, &names);
	if (network_kind_is_calendar(assessment->kind) &&
	    assessment->authenticity != AUTHENTICITY_FORGED) {
		judge_numbers(assessment->note, assessor, reading, invite->note, &names);
		event_judge(assessment->note, assessor_languages(assessor),
			    assessor_networks(assessor), assessment->network, reading,
			    &names);
	}
	if (invite->recipient == NULL) {
		g_autoptr(Note) greeting = NULL;

		if (assessment->note->greeted == NULL)
			greeting = note_judge(assessor_languages(assessor),
					      invite->greeting, &names);
		invite->recipient =
		    recipient_of(assessment->note, greeting, message_to(message),
				 is_addressee(assessor, message, owner));
	}
}

/*
 * Only a signed mail's note is counted, because anybody can send an unsigned
 * one in somebody's name.  A signed mail can be sent again to anybody, so it
 * counts only for the mailbox that it is addressed to.
 */
static void
find_bulk_inviter(Assessment *assessment, const Assessor *assessor,
		  const Message *message)
{
	const char *profile = assessment->invite->profile;
	const char *to = message_to(message)->address;

	if (assessment->authenticity != AUTHENTICITY_VERIFIED || profile == NULL ||
	    to[0] == '\0' || fingerprint_sketch_is_none(&assessment->note->sketch))
		return;
	assessment->bulk_inviter =
	    networks_profile_key(assessor_networks(assessor), profile);
	assessment->addressee = owners_of_address(assessor_rules(assessor)->owners, to);
}

/* A script wrote a note that several owners got. */
static void
judge_bulk(Assessment *assessment, const Assessor *assessor, const char *owner,
	   gint64 now)
{
	g_autoptr(GError) error = NULL;
	size_t recipients, days;

	/* Once is enough to wait for a store in trouble. */
	if (owner == NULL || assessor_store(assessor) == NULL ||
	    assessment->store_trouble != NULL || assessment->bulk_inviter == NULL ||
	    !g_str_equal(assessment->addressee, owner))
		return;
	if (!bulk_find(assessor_store(assessor), owner, assessment->bulk_inviter,
		       fingerprint_of_sketch(&assessment->note->sketch), now, &recipients,
		       &days, &error))
		assessment->store_trouble = g_strdup(error->message);
	else if (recipients >= BULK_RECIPIENTS)
		note_set_bulk(assessment->note, recipients, days);
}

/* The owner said what a note like it is. */
static void
judge_lesson(Assessment *assessment, const Assessor *assessor, const char *owner,
	     gint64 now)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *name = NULL;
	NoteClass class;

	if (owner == NULL || assessor_store(assessor) == NULL ||
	    assessment->store_trouble != NULL ||
	    fingerprint_sketch_is_none(&assessment->note->sketch))
		return;
	if (!lesson_find(assessor_store(assessor), owner, &assessment->note->sketch,
			 assessor_kept_since(assessor, owner, now), &name, &error))
		assessment->store_trouble = g_strdup(error->message);
	class = note_class_of(name);
	if (note_class_is_taught(class))
		note_set_taught(assessment->note, class);
}

void
assess_note_judge(Assessment *assessment, const Reading *reading,
		  const Delivery *delivery)
{
	const Assessor *assessor = assessment->assessor;

	judge_note(assessment, assessor, reading, delivery->owner);
	find_bulk_inviter(assessment, assessor, reading->message);
	judge_bulk(assessment, assessor, delivery->owner, delivery->now);
	judge_lesson(assessment, assessor, delivery->owner, delivery->now);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* digest-learnt.c - what was learnt since the last digest, and how it is undone */

#include "config.h"

#include "digest/digest-learnt.h"
#include "digest/schedule.h"
#include "people/store-digest.h"
#include "text/address.h"
#include "text/text.h"

/* What no shell takes for anything else. */
#define SAFE G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "@._+:/-"

/* Where the person is from: the source of what was known first. */
static Source
source_of(const StorePerson *person)
{
	const Identity *oldest = &g_array_index(person->identities, Identity, 0);

	for (guint i = 1; i < person->identities->len; i++) {
		const Identity *one = &g_array_index(person->identities, Identity, i);

		if (one->first < oldest->first)
			oldest = one;
	}

	return oldest->source;
}

/* What "people forget" takes: the surest that is known of them; NULL for nothing. */
static char *
undo_of(const StorePerson *person)
{
	static const IdentityKind kinds[] = { IDENTITY_ADDRESS, IDENTITY_PROFILE,
					      IDENTITY_NAME };

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		const Identity *one = store_person_newest(person, kinds[i]);
		g_autofree char *clean = one != NULL && one->shown != NULL
					     ? text_clean(one->shown, DIGEST_MAX_HEADLINE)
					     : NULL;
		bool is_safe = clean != NULL && clean[strspn(clean, SAFE)] == '\0';
		g_autofree char *quoted = clean == NULL ? NULL
					  : is_safe     ? g_strdup(clean)
							: g_shell_quote(clean);

		if (quoted != NULL)
			return g_strdup_printf("invitectl people forget %s", quoted);
	}

	return NULL;
}

static void
add_person(DigestTeller *teller, const StorePerson *person)
{
	const Identity *name = store_person_newest(person, IDENTITY_NAME);
	const Identity *address = store_person_newest(person, IDENTITY_ADDRESS);
	const Identity *best = name != NULL ? name : address;
	g_autofree char *shown =
	    best != NULL ? digest_teller_line(best->shown, TEXT_NAME_MAX) : NULL;
	g_autofree char *nobody = digest_teller_word(teller, DIGEST_WORD_NO_NAMES, NULL);
	g_autofree char *command = undo_of(person);
	const DigestHoles holes = { .name = shown != NULL ? shown : nobody,
				    .command = command };
	g_autofree char *who = digest_teller_word(
	    teller, (DigestWord)(DIGEST_WORD_LEARNT_SENT + (int)source_of(person)),
	    &holes);
	g_autofree char *undo = digest_teller_word(teller, DIGEST_WORD_UNDO, &holes);
	g_autofree char *line =
	    command != NULL ? g_strconcat(who, "\n", undo, NULL) : g_strdup(who);

	document_add(teller->document, DOCUMENT_ITEM, line);
}

/* How many notes the owner filed since then. */
static bool
count_lessons(const DigestTeller *teller, gint64 since, size_t *count_out, GError **error)
{
	g_autoptr(GArray) lessons = NULL;
	size_t count = 0;

	if (!store_lessons(assessor_store(teller->ask->assessor), teller->ask->owner,
			   &lessons, error))
		return false;
	for (guint i = 0; i < lessons->len; i++)
		count += g_array_index(lessons, StoreLesson, i).seen > since;
	*count_out = count;

	return true;
}

static void
add_lessons(DigestTeller *teller, size_t count)
{
	g_autofree char *number = g_strdup_printf("%zu", count);
	const DigestHoles holes = { .count = number,
				    .command = "invitectl learn note undo < MAIL" };
	g_autofree char *what = digest_teller_word(teller, DIGEST_WORD_LESSONS, &holes);
	g_autofree char *undo = digest_teller_word(teller, DIGEST_WORD_UNDO, &holes);
	g_autofree char *line = g_strconcat(what, "\n", undo, NULL);

	if (count > 0)
		document_add(teller->document, DOCUMENT_ITEM, line);
}

bool
digest_learnt_add(DigestTeller *teller, GError **error)
{
	const DigestAsk *ask = teller->ask;
	Store *store = assessor_store(ask->assessor);
	gint64 since = ask->since > 0
			   ? ask->since
			   : ask->now - schedule_length(assessor_settings(ask->assessor),
							ask->owner);
	g_autofree char *day = digest_teller_day(teller, since);
	const DigestHoles holes = { .day = day };
	g_autoptr(GArray) people = NULL;
	size_t lessons, shown;

	if (!store_digest_learnt(store, ask->owner, since, &people, error) ||
	    !count_lessons(teller, since, &lessons, error))
		return false;
	if (people->len == 0 && lessons == 0)
		return true;
	shown = MIN(people->len, DIGEST_MAX_LINES);
	digest_teller_add(teller, DOCUMENT_HEADING, DIGEST_WORD_LEARNT, &holes);
	digest_teller_add(teller, DOCUMENT_TEXT, DIGEST_WORD_LEARNT_HELP, NULL);
	for (guint i = 0; i < shown; i++) {
		g_autoptr(StorePerson) person = NULL;

		if (!store_person(store, ask->owner, g_array_index(people, gint64, i),
				  &person, error))
			return false;
		if (person != NULL)
			add_person(teller, person);
	}
	digest_teller_more(teller, people->len - shown, "invitectl people list");
	add_lessons(teller, lessons);

	return true;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_notes.c - are labelled notes judged as their recipients would judge them? */

#include <stdio.h>
#include <string.h>

#include "ctl/evaluate.h"
#include "fixture.h"

/* Per cent of notes that must be right: of exact class, and of whether it says why. */
typedef struct {
	const char *what; /* a class or a language; NULL: all notes */
	NotesPart part;
	double exact, why;
} Floor;

static const Floor floors[] = {
	{ NULL, NOTES_SEEN, 80, 85 },     { NULL, NOTES_HELD_OUT, 70, 75 },
	{ "default", NOTES_ALL, 95, 95 }, { "personal", NOTES_ALL, 75, 75 },
	{ "pitch", NOTES_ALL, 75, 85 },   { "vague", NOTES_ALL, 70, 75 },
	{ "en", NOTES_SEEN, 95, 95 },     { "en", NOTES_HELD_OUT, 80, 85 },
};

static NotesTally *
tally(NotesPart part, const char *what)
{
	g_autofree char *path = fixture_path("notes/notes.tsv");
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GError) error = NULL;
	NotesTally *tally = evaluate_notes(path, assessor, part, what, NULL, &error);

	ck_assert_msg(tally != NULL, "%s", error != NULL ? error->message : "");

	return tally;
}

START_TEST(labelled_notes_are_judged_right)
{
	const Floor *floor = &floors[_i];
	g_autofree NotesTally *found = tally(floor->part, floor->what);
	double exact = evaluate_exact(found), why = evaluate_why(found);

	printf("notes: %s, %s: exact class %.1f%%, says why or not %.1f%%\n",
	       floor->what != NULL ? floor->what : "all", evaluate_part_name(floor->part),
	       exact, why);
	ck_assert_msg(exact >= floor->exact && why >= floor->why,
		      "%s, %s: got %.1f%% and %.1f%%, want %.1f%% and %.1f%%",
		      floor->what != NULL ? floor->what : "all",
		      evaluate_part_name(floor->part), exact, why, floor->exact,
		      floor->why);
}
END_TEST

/*
 * Notes of hands that no weight, role or rule was made from: per cent of exact class
 * at least, of personal notes called pitch, default or none at most.
 */
static const struct {
	const char *file;
	double exact, harm;
} families[] = {
	{ "hand-2.tsv", 82, 3 },
	{ "hand-7.tsv", 88, 3 },
};

START_TEST(notes_of_another_hand_are_judged_right)
{
	g_autofree char *below = g_strconcat("notes/held-out/", families[_i].file, NULL);
	g_autofree char *path = fixture_path(below);
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GError) error = NULL;
	g_autofree NotesTally *found =
	    evaluate_notes(path, assessor, NOTES_ALL, NULL, NULL, &error);
	double exact, harm;

	ck_assert_msg(found != NULL, "%s", error != NULL ? error->message : "");
	exact = evaluate_exact(found);
	harm = 100.0 * (double)evaluate_harm(found) /
	       (double)evaluate_labelled(found, NOTE_PERSONAL);
	ck_assert_msg(found->bad == 0, "%s: %zu bad lines", families[_i].file,
		      found->bad);
	ck_assert_msg(exact >= families[_i].exact && harm <= families[_i].harm,
		      "%s: got %.1f%% exact and %.1f%% harm, want %.1f%% and %.1f%%",
		      families[_i].file, exact, harm, families[_i].exact,
		      families[_i].harm);
}
END_TEST

START_TEST(no_personal_note_is_called_default)
{
	g_autofree NotesTally *found = tally(NOTES_ALL, "personal");

	ck_assert_uint_eq(found->judged[NOTE_PERSONAL][NOTE_DEFAULT], 0);
}
END_TEST

START_TEST(there_are_enough_of_them)
{
	g_autofree NotesTally *found = tally(NOTES_ALL, NULL);
	size_t count = 0;

	for (int wanted = 0; wanted < NOTE_LAST; wanted++)
		for (int got = 0; got < NOTE_LAST; got++)
			count += found->judged[wanted][got];
	ck_assert_uint_ge(count, 400);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("notes");
	TCase *notes = tcase_create("notes");

	tcase_add_loop_test(notes, labelled_notes_are_judged_right, 0,
			    G_N_ELEMENTS(floors));
	tcase_add_loop_test(notes, notes_of_another_hand_are_judged_right, 0,
			    G_N_ELEMENTS(families));
	tcase_add_test(notes, no_personal_note_is_called_default);
	tcase_add_test(notes, there_are_enough_of_them);
	suite_add_tcase(suite, notes);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_notes.c - are labelled notes judged as their recipients would judge them? */

#include "config.h"

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
	{ NULL, NOTES_SEEN, 95, 95 },     { NULL, NOTES_HELD_OUT, 93, 94 },
	{ "default", NOTES_ALL, 95, 95 }, { "personal", NOTES_ALL, 93, 93 },
	{ "pitch", NOTES_ALL, 93, 95 },   { "vague", NOTES_ALL, 93, 95 },
	{ "en", NOTES_SEEN, 95, 95 },     { "en", NOTES_HELD_OUT, 92, 93 },
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
 * Notes of hands that no weight, role or rule was made from, in per cent: at least of
 * exact class, of whether it says why, and of each class that is found; at most of
 * personal notes called pitch, default or none (harm), and of pitches called personal
 * (nuisance).  ANY: there are too few of them.  Some three points below what was
 * measured.
 */
#define ANY -1

typedef struct {
	const char *file;
	const char *what; /* a language; NULL: all notes */
	double exact, why, harm, nuisance;
	double recall[NOTE_LAST];
} Family;

static const Family families[] = {
	{ "hand-2.tsv", NULL, 86, 88, 2, 8, { ANY, 90, 73, 84, 93 } },
	{ "hand-2.tsv", "de", 82, 88, 4, 18, { ANY, 80, 70, 80, 90 } },
	{ "hand-2.tsv", "es", 78, 86, 4, 18, { ANY, 80, 65, 70, 90 } },
	{ "hand-2.tsv", "fr", 82, 88, 4, 18, { ANY, 80, 65, 73, 90 } },
	{ "hand-2.tsv", "it", 80, 86, 4, 18, { ANY, 75, 65, 75, 88 } },
	{ "hand-2.tsv", "nl", 80, 86, 4, 18, { ANY, 75, 65, 75, 90 } },
	{ "hand-2.tsv", "pt", 80, 86, 4, 18, { ANY, 75, 65, 75, 90 } },
	{ "hand-7.tsv", NULL, 89, 89, 3, 5, { ANY, ANY, ANY, 95, 88 } },
	{ "hand-9.tsv", NULL, 86, 88, 3, 8, { ANY, 85, ANY, 86, 85 } },
	{ "hand-9.tsv", "en", 74, 80, 4, 18, { ANY, ANY, ANY, 74, 70 } },
	{ "hand-12.tsv", NULL, 88, 88, 3, 5, { ANY, ANY, ANY, 93, 86 } },
	{ "hand-11.tsv", NULL, 94, 95, 3, 5, { ANY, 85, 90, 93, 93 } },
	{ "hand-14.tsv", NULL, 93, 96, 2, 5, { ANY, 90, 92, 87, 96 } },
	{ "hand-16.tsv", NULL, 84, 85, 3, 7, { ANY, 90, 90, 78, 78 } },
	{ "hand-18.tsv", NULL, 91, 94, 2, 3, { ANY, ANY, ANY, 90, 94 } },
	{ "hand-20.tsv", NULL, 82, 84, 3, 8, { ANY, ANY, ANY, 87, 79 } },
	{ "hand-22.tsv", NULL, 87, 90, 3, 9, { ANY, ANY, ANY, 82, 88 } },
	{ "hand-23.tsv", NULL, 92, 92, 2, 6, { ANY, 93, 87, 89, 92 } },
	{ "hand-23.tsv", "en", 91, 92, 3, 10, { ANY, ANY, ANY, 84, 92 } },
	{ "hand-26.tsv", NULL, 82, 86, 3, 10, { ANY, 95, 92, 70, 90 } },
	{ "hand-31.tsv", NULL, 90, 90, 3, 5, { ANY, ANY, ANY, 84, 96 } },
	{ "hand-30.tsv", NULL, 91, 91, 3, 3, { ANY, ANY, ANY, 90, 91 } },
	{ "hand-32.tsv", NULL, 84, 88, 3, 9, { ANY, ANY, ANY, 80, 88 } },
	{ "hand-25.tsv", NULL, 86, 88, 3, 10, { ANY, 92, 80, 70, 92 } },
};

/*
 * What who is near writes in many languages, and the pitch beside each; the words of the
 * roles were chosen by their writer: at least so many friends are personal, at most so
 * many pitches, and no friend is told to be ignored.
 */
static const struct {
	const char *file;
	size_t friends, pitches;
} near[] = {
	{ "hand-27.tsv", 80, 4 }, /* neighbours, teams and friends in need */
	{ "hand-28.tsv", 76, 2 }, /* relatives, colleagues in the house, customers */
	{ "hand-29.tsv", 24,
	  1 }, /* whom a craftsman served, old bosses, new colleagues */
};

START_TEST(who_is_near_is_known_in_many_languages)
{
	g_autofree char *below = g_strconcat("notes/train/", near[_i].file, NULL);
	g_autofree char *path = fixture_path(below);
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GError) error = NULL;
	g_autofree NotesTally *found =
	    evaluate_notes(path, assessor, NOTES_ALL, NULL, NULL, &error);

	ck_assert_msg(found != NULL, "%s", error != NULL ? error->message : "");
	ck_assert_msg(
	    evaluate_harm(found) == 0 &&
		found->judged[NOTE_PERSONAL][NOTE_PERSONAL] >= near[_i].friends &&
		found->judged[NOTE_PITCH][NOTE_PERSONAL] <= near[_i].pitches,
	    "%s: got harm %zu, %zu friends, %zu pitches personal; want 0, %zu, %zu",
	    near[_i].file, evaluate_harm(found),
	    (size_t)found->judged[NOTE_PERSONAL][NOTE_PERSONAL],
	    (size_t)found->judged[NOTE_PITCH][NOTE_PERSONAL], near[_i].friends,
	    near[_i].pitches);
}
END_TEST

START_TEST(who_greets_only_gives_no_reason_in_any_language)
{
	g_autofree char *path = fixture_path("notes/train/hand-33.tsv");
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GError) error = NULL;
	g_autofree NotesTally *found =
	    evaluate_notes(path, assessor, NOTES_ALL, NULL, NULL, &error);

	ck_assert_msg(found != NULL, "%s", error != NULL ? error->message : "");
	ck_assert_uint_ge(evaluate_labelled(found, NOTE_VAGUE), 200);
	ck_assert_uint_eq(found->judged[NOTE_VAGUE][NOTE_PERSONAL], 0);
	ck_assert_uint_eq(found->judged[NOTE_VAGUE][NOTE_PITCH], 0);
	ck_assert_uint_eq(found->judged[NOTE_VAGUE][NOTE_NONE], 0);
}
END_TEST

static double
share_of(size_t part, size_t whole)
{
	return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

START_TEST(notes_of_another_hand_are_judged_right)
{
	const Family *family = &families[_i];
	const char *what = family->what != NULL ? family->what : "all";
	g_autofree char *below = g_strconcat("notes/held-out/", family->file, NULL);
	g_autofree char *path = fixture_path(below);
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GError) error = NULL;
	g_autofree NotesTally *found =
	    evaluate_notes(path, assessor, NOTES_ALL, family->what, NULL, &error);
	double exact, why, harm, nuisance;

	ck_assert_msg(found != NULL, "%s", error != NULL ? error->message : "");
	ck_assert_msg(found->bad == 0, "%s: %zu bad lines", family->file, found->bad);
	exact = evaluate_exact(found);
	why = evaluate_why(found);
	harm = share_of(evaluate_harm(found), evaluate_labelled(found, NOTE_PERSONAL));
	nuisance = share_of(found->judged[NOTE_PITCH][NOTE_PERSONAL],
			    evaluate_labelled(found, NOTE_PITCH));
	ck_assert_msg(exact >= family->exact && why >= family->why,
		      "%s, %s: got %.1f%% exact and %.1f%% says why or not, want %.1f%% "
		      "and %.1f%%",
		      family->file, what, exact, why, family->exact, family->why);
	ck_assert_msg(harm <= family->harm && nuisance <= family->nuisance,
		      "%s, %s: got %.1f%% harm and %.1f%% nuisance, want %.1f%% and "
		      "%.1f%%",
		      family->file, what, harm, nuisance, family->harm, family->nuisance);
	for (int class = 0; class < NOTE_LAST; class ++) {
		double recall = share_of(found->judged[class][class],
					 evaluate_labelled(found, (NoteClass) class));

		ck_assert_msg(recall >= family->recall[class],
			      "%s, %s: got %.1f%% of %s, want %.1f%%", family->file, what,
			      recall, note_class_name((NoteClass) class),
			      family->recall[class]);
	}
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
	tcase_add_loop_test(notes, who_is_near_is_known_in_many_languages, 0,
			    G_N_ELEMENTS(near));
	tcase_add_test(notes, who_greets_only_gives_no_reason_in_any_language);
	tcase_add_test(notes, no_personal_note_is_called_default);
	tcase_add_test(notes, there_are_enough_of_them);
	suite_add_tcase(suite, notes);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_fingerprint.c - is a text that was changed a little told from another? */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/fingerprint.h"
#include "fixture.h"

static Fingerprint
print_of(const char *text)
{
	g_auto(PlainText) plain = { 0 };
	g_auto(FingerprintSketch) sketch = { 0 };

	plain_text_init(&plain, text);
	fingerprint_sketch_init(&sketch, &plain, NULL);

	return *fingerprint_of_sketch(&sketch);
}

#define NOTE                                                                             \
	"I loved your talk on error budgets in Ghent and we tried the idea at Acme the " \
	"very next day"

static const struct {
	const char *one, *other;
	bool is_near;
} pairs[] = {
	{ NOTE, NOTE, true },
	/* What a script fills in. */
	{ NOTE,
	  "I loved your talk on error budgets in Ghent and we tried the idea at Globex "
	  "the "
	  "very next day",
	  true },
	{ NOTE,
	  "I loved your talk on dashboards in Turku and we tried the idea at Acme the "
	  "very "
	  "next day",
	  true },
	{ NOTE,
	  "i LOVED your talk:\non error budgets in Ghent... and we tried the idea, at "
	  "Acme, the "
	  "very next day!",
	  true },
	{ NOTE,
	  "I loved your 7 talk on error budgets in Ghent 2024 and we tried the idea at "
	  "Acme "
	  "the very next day 33",
	  true },
	{ NOTE,
	  "The very next day we tried the idea at Acme, and I loved your talk in Ghent "
	  "on "
	  "error budgets",
	  true },
	{ "Ich habe Ihren Vortrag über Fehlerbudgets in Köln sehr genossen",
	  "Ich habe Ihren Vortrag über Fehlerbudgets in Bonn sehr genossen", true },
	{ "上周在上海的会议上听了您的演讲，非常精彩，希望以后能多交流",
	  "上周在北京的会议上听了您的演讲，非常精彩，希望以后能多交流", true },
	/* Another text. */
	{ NOTE,
	  "You judged our robot at the school finals in Pune and we have repaired it",
	  false },
	{ NOTE,
	  "I loved your book on bees and the recipe in it that we tried on the children "
	  "of my "
	  "sister",
	  false },
	{ "上周在上海的会议上听了您的演讲，非常精彩，希望以后能多交流",
	  "我是您大学同学的弟弟，刚搬到柏林，想请教一下租房子的事情", false },
	/* Too short to tell, though the same. */
	{ "", "", false },
	{ "Let us connect here soon", "Let us connect here soon", false },
	{ "Let us connect here in 2026", "Let us connect here in 2026", false },
	{ "Let us connect here very soon", "Let us connect here very soon", true },
	{ "很高兴", "很高兴", false },
};

START_TEST(the_same_text_is_near_and_another_is_not)
{
	Fingerprint one = print_of(pairs[_i].one), other = print_of(pairs[_i].other);

	ck_assert_msg(fingerprint_is_near(&one, &other) == pairs[_i].is_near,
		      "row %d: %zu bits apart, want %s", _i,
		      fingerprint_distance(&one, &other),
		      pairs[_i].is_near ? "near" : "another");
	ck_assert(fingerprint_is_near(&other, &one) == pairs[_i].is_near);
}
END_TEST

START_TEST(words_left_out_do_not_count)
{
	static const char *const texts[] = {
		"Jane I loved your talk on budgets in Ghent",
		"Omar I loved your talk on budgets in Ghent"
	};
	Fingerprint prints[G_N_ELEMENTS(texts)];

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_auto(PlainText) plain = { 0 };
		g_auto(FingerprintSketch) sketch = { 0 };
		g_autofree bool *is_name = NULL;

		plain_text_init(&plain, texts[i]);
		is_name = g_new0(bool, plain.length + 1);
		memset(is_name + 1, true, 4);
		fingerprint_sketch_init(&sketch, &plain, is_name);
		prints[i] = *fingerprint_of_sketch(&sketch);
	}
	ck_assert(!fingerprint_is_none(&prints[0]));
	ck_assert_uint_eq(fingerprint_distance(&prints[0], &prints[1]), 0);
}
END_TEST

/* They are on disk: who changes how they are made makes a migration, too. */
START_TEST(a_fingerprint_is_the_same_for_ever)
{
	Fingerprint print = print_of(NOTE);
	g_autofree char *got =
	    g_strdup_printf("%016" G_GINT64_MODIFIER "x %016" G_GINT64_MODIFIER "x",
			    print.bits[0], print.bits[1]);

	ck_assert_str_eq(got, "23c82dc79920de8f 74258a0086bdd836");
}
END_TEST

/* The labelled notes that are somebody's own words, each as its text; char *. */
static GPtrArray *
labelled_notes(void)
{
	g_autofree char *path = fixture_path("notes/notes.tsv");
	g_autofree char *all = NULL;
	g_auto(GStrv) lines = NULL;
	GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);

	ck_assert(g_file_get_contents(path, &all, NULL, NULL));
	lines = g_strsplit(all, "\n", -1);
	for (size_t i = 1; lines[i] != NULL; i++) {
		g_auto(GStrv) cells = g_strsplit(lines[i], "\t", 3);

		if (g_strv_length(cells) == 3 && !g_str_equal(cells[0], "default"))
			g_ptr_array_add(notes, g_strcompress(cells[2]));
	}

	return notes;
}

START_TEST(no_two_labelled_notes_are_near)
{
	g_autoptr(GPtrArray) notes = labelled_notes();
	g_autofree Fingerprint *prints = g_new0(Fingerprint, notes->len);
	size_t least = 128, count = 0;

	ck_assert_uint_ge(notes->len, 400);
	for (size_t i = 0; i < notes->len; i++) {
		prints[i] = print_of(notes->pdata[i]);
		if (fingerprint_is_none(&prints[i]))
			continue;
		count++;
		for (size_t k = 0; k < i; k++) {
			size_t distance = fingerprint_distance(&prints[i], &prints[k]);

			if (fingerprint_is_none(&prints[k]))
				continue;
			least = MIN(least, distance);
			ck_assert_msg(distance > FINGERPRINT_NEAR,
				      "%zu bits apart:\n%s\n%s", distance,
				      (const char *)notes->pdata[i],
				      (const char *)notes->pdata[k]);
		}
	}
	printf("fingerprints: %zu notes, the closest %zu bits apart\n", count, least);
}
END_TEST

/* The words of a note, with those at two places replaced; a place beyond it is none. */
static char *
with_changes(const GPtrArray *words, size_t one, size_t other)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < words->len; i++)
		g_string_append_printf(text, "%s ",
				       i == one     ? "globex"
				       : i == other ? "zeta"
						    : (const char *)words->pdata[i]);

	return g_strdup(text->str);
}

static GPtrArray *
words_of(const char *text)
{
	g_auto(GStrv) parts = g_strsplit_set(text, " \n\t", -1);
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; parts[i] != NULL; i++)
		if (parts[i][0] != '\0')
			g_ptr_array_add(words, g_strdup(parts[i]));

	return words;
}

static const struct {
	size_t changes, least_words;
	double want; /* per cent that are near */
} changed[] = {
	{ 1, 6, 99.9 },
	{ 2, 10, 99.0 },
};

START_TEST(a_labelled_note_with_words_changed_is_near)
{
	g_autoptr(GPtrArray) notes = labelled_notes();
	size_t count = 0, near = 0, most = 0;
	double got;

	for (size_t i = 0; i < notes->len; i++) {
		g_autoptr(GPtrArray) words = words_of(notes->pdata[i]);
		Fingerprint whole = print_of(notes->pdata[i]);

		if (words->len < changed[_i].least_words || fingerprint_is_none(&whole))
			continue;
		for (size_t k = 0; k < words->len; k++) {
			size_t other = changed[_i].changes > 1
					   ? (k + words->len / 2) % words->len
					   : words->len;
			g_autofree char *text = with_changes(words, k, other);
			Fingerprint print = print_of(text);

			/* One word fewer than has a fingerprint. */
			if (fingerprint_is_none(&print))
				continue;
			count++;
			near += fingerprint_is_near(&whole, &print);
			most = MAX(most, fingerprint_distance(&whole, &print));
		}
	}
	got = 100.0 * (double)near / (double)count;
	printf("fingerprints: %zu words changed: %.2f%% of %zu near, at most %zu bits "
	       "apart\n",
	       changed[_i].changes, got, count, most);
	ck_assert_msg(got >= changed[_i].want, "row %d: got %.2f%%, want %.2f%%", _i, got,
		      changed[_i].want);
}
END_TEST

START_TEST(any_bytes_have_a_fingerprint_or_none)
{
	GRand *random = g_rand_new_with_seed(1);

	for (size_t i = 0; i < 2000; i++) {
		size_t length = (size_t)g_rand_int_range(random, 0, 300);
		g_autofree char *text = g_malloc0(length + 1);
		Fingerprint one, other;

		for (size_t k = 0; k < length; k++)
			text[k] = (char)g_rand_int_range(random, 1, 256);
		one = print_of(text);
		other = print_of(text);
		ck_assert_uint_eq(fingerprint_distance(&one, &other), 0);
		ck_assert(fingerprint_is_near(&one, &other) ==
			  !fingerprint_is_none(&one));
	}
	g_rand_free(random);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("fingerprint");
	TCase *prints = tcase_create("prints"), *notes = tcase_create("notes");

	tcase_add_loop_test(prints, the_same_text_is_near_and_another_is_not, 0,
			    G_N_ELEMENTS(pairs));
	tcase_add_test(prints, words_left_out_do_not_count);
	tcase_add_test(prints, a_fingerprint_is_the_same_for_ever);
	tcase_add_test(prints, any_bytes_have_a_fingerprint_or_none);
	suite_add_tcase(suite, prints);
	tcase_set_timeout(notes, 60);
	tcase_add_test(notes, no_two_labelled_notes_are_near);
	tcase_add_loop_test(notes, a_labelled_note_with_words_changed_is_near, 0,
			    G_N_ELEMENTS(changed));
	suite_add_tcase(suite, notes);

	return fixture_run(suite);
}

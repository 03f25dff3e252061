/* SPDX-License-Identifier: BSD-2-Clause */
/* check_pattern_list.c - is the first pattern found that fits a line? */

#include "config.h"

#include <pthread.h>

#include <check.h>

#include "fixture.h"
#include "network/pattern-list.h"

enum {
	ROUNDS = 200,
	THREADS = 4,
};

static const char *const patterns[] = {
	"accept * invitation", "* wants to connect", "\303\251t\303\251 {id}", "accept *",
	"*n.example/in/{id}",  "{id} is here",
};

static PatternList *
list_of(size_t count)
{
	static const char *const holes[] = { "id", NULL };
	PatternList *list = pattern_list_new();

	for (size_t i = 0; i < count; i++)
		pattern_list_add(list, pattern_new(patterns[i], holes, NULL), NULL);

	return list;
}

/* The pattern's place in the list, or -1. */
static int
found(const PatternList *list, const char *line)
{
	g_auto(Folded) folded = { 0 };
	const PatternListEntry *entry;
	PatternHit hits[1];

	folded_init(&folded, line);
	entry = pattern_list_fitting(list, &folded, hits);

	return entry != NULL ? (int)(entry - pattern_list_get(list, 0)) : -1;
}

static const struct {
	const char *line;
	int want;
} lines[] = {
	{ "Accept Ann's invitation", 0 },
	{ "Accept Ann", 3 },
	{ "Accept Ann wants to connect", 1 },
	{ "Ann wants to connect", 1 },
	{ "\303\211t\303\251 2012", 2 },
	/* Its accents were lost on the way. */
	{ "?t? 2012", 2 },
	{ "Ann is here", 5 },
	{ "Nobody is there", -1 },
	{ "", -1 },
};

START_TEST(the_first_that_fits_is_found)
{
	g_autoptr(PatternList) list = list_of(G_N_ELEMENTS(patterns));

	/* Twice, for what the first question makes answers the second. */
	for (size_t i = 0; i < 2; i++)
		ck_assert_msg(found(list, lines[_i].line) == lines[_i].want,
			      "%s: got %d, want %d", lines[_i].line,
			      found(list, lines[_i].line), lines[_i].want);
}
END_TEST

START_TEST(the_next_that_fits_is_found)
{
	g_autoptr(PatternList) list = list_of(G_N_ELEMENTS(patterns));
	g_auto(Folded) folded = { 0 };
	const PatternListEntry *first, *next;

	folded_init(&folded, "Accept Ann wants to connect");
	first = pattern_list_fitting(list, &folded, NULL);
	next = pattern_list_next(list, &folded, first);
	ck_assert_int_eq(first - pattern_list_get(list, 0), 1);
	ck_assert_int_eq(next - pattern_list_get(list, 0), 3);
	ck_assert_ptr_null(pattern_list_next(list, &folded, next));
}
END_TEST

START_TEST(a_list_of_none_fits_nothing)
{
	g_autoptr(PatternList) list = list_of(0);

	ck_assert_int_eq(found(list, "Accept Ann"), -1);
	ck_assert(!pattern_list_may_fit_url(list, "https://n.example/in/ann"));
	ck_assert(!pattern_list_may_fit_url(list, "https://n.example/in/\303\244"));
}
END_TEST

START_TEST(what_is_lent_is_found_in_both)
{
	g_autoptr(PatternList) list = list_of(G_N_ELEMENTS(patterns));
	g_autoptr(PatternList) borrower = list_of(1);

	pattern_list_lend(borrower, list);
	ck_assert_uint_eq(pattern_list_length(borrower), 1 + G_N_ELEMENTS(patterns));
	ck_assert_int_eq(found(borrower, "Ann is here"), 6);
	ck_assert_int_eq(found(list, "Ann is here"), 5);
}
END_TEST

static void *
ask(void *data)
{
	const PatternList *list = data;
	intptr_t wrong = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		wrong += found(list, lines[i].line) != lines[i].want;
	wrong += !pattern_list_may_fit_url(list, "https://n.example/in/ann");

	return (void *)wrong;
}

START_TEST(several_threads_may_ask_first)
{
	for (size_t round = 0; round < ROUNDS; round++) {
		g_autoptr(PatternList) list = list_of(G_N_ELEMENTS(patterns));
		pthread_t threads[THREADS];

		for (size_t i = 0; i < THREADS; i++)
			ck_assert_int_eq(pthread_create(&threads[i], NULL, ask, list), 0);
		for (size_t i = 0; i < THREADS; i++) {
			void *wrong;

			pthread_join(threads[i], &wrong);
			ck_assert_ptr_null(wrong);
		}
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pattern-list");
	TCase *tcase = tcase_create("list");

	tcase_add_loop_test(tcase, the_first_that_fits_is_found, 0, G_N_ELEMENTS(lines));
	tcase_add_test(tcase, the_next_that_fits_is_found);
	tcase_add_test(tcase, a_list_of_none_fits_nothing);
	tcase_add_test(tcase, what_is_lent_is_found_in_both);
	tcase_add_test(tcase, several_threads_may_ask_first);
	suite_add_tcase(suite, tcase);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_budget.c - do all connections together keep to the limits? */

#include "config.h"

#include <pthread.h>

#include "fixture.h"
#include "milter/budget.h"

#define MEMORY 1000

START_TEST(mails_that_come_leave_a_quarter_for_judging)
{
	g_autoptr(Budget) budget = budget_new();

	ck_assert(budget_keep(budget, 700, MEMORY));
	ck_assert(!budget_keep(budget, 51, MEMORY));
	ck_assert(budget_keep(budget, 50, MEMORY));
	ck_assert_uint_eq(budget_work(budget, 200, MEMORY, 0), 200);
	ck_assert_uint_eq(budget_work(budget, 51, MEMORY, 0), 0);
	ck_assert_uint_eq(budget_work(budget, 50, MEMORY, 0), 50);
	budget_drop(budget, 750);
	ck_assert(budget_keep(budget, 750, MEMORY));
	budget_done(budget, 250);
	ck_assert_uint_eq(budget_work(budget, 250, MEMORY, 0), 250);
}
END_TEST

START_TEST(no_mail_is_too_large_to_be_judged_alone)
{
	g_autoptr(Budget) budget = budget_new();

	ck_assert(budget_keep(budget, 750, MEMORY));
	ck_assert_uint_eq(budget_work(budget, 100000, MEMORY, 0), 250);
	budget_done(budget, 250);
	/* The memory was more before a reload. */
	ck_assert_uint_eq(budget_work(budget, 100000, MEMORY / 4, 0), 62);
}
END_TEST

static void *
end_work(void *data)
{
	g_usleep(50 * 1000);
	budget_done(data, 250);

	return NULL;
}

START_TEST(a_mail_waits_for_others_but_not_for_ever)
{
	g_autoptr(Budget) budget = budget_new();
	gint64 start = g_get_monotonic_time();
	pthread_t thread;

	ck_assert(budget_keep(budget, 750, MEMORY));
	ck_assert_uint_eq(budget_work(budget, 250, MEMORY, 0), 250);
	ck_assert_uint_eq(budget_work(budget, 250, MEMORY, start + 30 * 1000), 0);
	ck_assert_int_ge(g_get_monotonic_time() - start, 30 * 1000);
	ck_assert_int_eq(pthread_create(&thread, NULL, end_work, budget), 0);
	ck_assert_uint_eq(budget_work(budget, 250, MEMORY, start + 60 * G_USEC_PER_SEC),
			  250);
	ck_assert_int_lt(g_get_monotonic_time() - start, 30 * G_USEC_PER_SEC);
	pthread_join(thread, NULL);
}
END_TEST

static void *
end_turn(void *data)
{
	g_usleep(50 * 1000);
	budget_end_turn(data);

	return NULL;
}

START_TEST(a_mail_waits_for_its_turn_but_goes_on_without)
{
	g_autoptr(Budget) budget = budget_new();
	size_t turns = 0;
	pthread_t thread;
	gint64 second;

	/* Until one has to wait. */
	while (budget_take_turn(budget) < G_USEC_PER_SEC && turns < 10000)
		turns++;
	ck_assert_uint_ge(turns, 4);
	ck_assert_uint_lt(turns, 10000);

	/* Two end, so that one is free. */
	budget_end_turn(budget);
	second = g_get_monotonic_time();
	ck_assert_int_eq(pthread_create(&thread, NULL, end_turn, budget), 0);
	budget_take_turn(budget);
	ck_assert_int_ge(g_get_monotonic_time() - second, 50 * 1000);
	pthread_join(thread, NULL);
}
END_TEST

START_TEST(a_place_is_free_again_when_a_connection_ends)
{
	g_autoptr(Budget) budget = budget_new();

	ck_assert(budget_enter(budget, 2));
	ck_assert(budget_enter(budget, 2));
	ck_assert(!budget_enter(budget, 2));
	ck_assert(budget_enter(budget, 3));
	budget_leave(budget);
	budget_leave(budget);
	ck_assert(budget_enter(budget, 2));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("budget");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, mails_that_come_leave_a_quarter_for_judging);
	tcase_add_test(all, no_mail_is_too_large_to_be_judged_alone);
	tcase_add_test(all, a_mail_waits_for_others_but_not_for_ever);
	tcase_add_test(all, a_mail_waits_for_its_turn_but_goes_on_without);
	tcase_add_test(all, a_place_is_free_again_when_a_connection_ends);
	suite_add_tcase(suite, all);

	return fixture_run(suite);
}

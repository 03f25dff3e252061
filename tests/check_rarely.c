/* SPDX-License-Identifier: BSD-2-Clause */
/* check_rarely.c - is trouble told once a minute, and each kind of it at once? */

#include "config.h"

#include "base/rarely.h"
#include "fixture.h"

static void
check_due(Rarely *rarely, const char *text, gint64 now, size_t want)
{
	size_t got = 0;
	bool is_due = rarely_is_due(rarely, text, now, &got);

	ck_assert_msg(is_due == (want > 0), "%s at %d: got %s", text, (int)now,
		      is_due ? "a line" : "none");
	ck_assert_msg(got == want, "%s at %d: got %zu times, want %zu", text, (int)now,
		      got, want);
}

START_TEST(each_kind_is_told_once_a_minute)
{
	Rarely rarely = RARELY_INIT;

	check_due(&rarely, "busy", 1000, 1);
	check_due(&rarely, "busy", 1001, 0);
	check_due(&rarely, "full", 1002, 1);
	check_due(&rarely, "busy", 1059, 0);
	check_due(&rarely, "busy", 1060, 3);
	check_due(&rarely, "busy", 1061, 0);
	check_due(&rarely, "full", 1062, 1);
	check_due(&rarely, "busy", 1120, 2);
	rarely_clear(&rarely);
}
END_TEST

START_TEST(kinds_without_end_take_the_place_of_the_oldest)
{
	Rarely rarely = RARELY_INIT;

	for (int i = 0; i < 1000; i++) {
		g_autofree char *text = g_strdup_printf("kind %d", i);

		check_due(&rarely, text, 1000 + i, 1);
	}
	check_due(&rarely, "kind 999", 2000, 0);
	check_due(&rarely, "kind 985", 2000, 0);
	check_due(&rarely, "kind 0", 2000, 1);
	rarely_clear(&rarely);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rarely");
	TCase *all = tcase_create("all");

	tcase_add_test(all, each_kind_is_told_once_a_minute);
	tcase_add_test(all, kinds_without_end_take_the_place_of_the_oldest);
	suite_add_tcase(suite, all);

	return fixture_run(suite);
}

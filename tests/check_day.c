/* SPDX-License-Identifier: BSD-2-Clause */
/* check_day.c - is a time said to be of the right day? */

#include "config.h"

#include "base/day.h"
#include "fixture.h"

static const struct {
	gint64 time;
	const char *day; /* or NULL */
} days[] = {
	{ 0, "1970-01-01" },           { DAY_SECONDS - 1, "1970-01-01" },
	{ DAY_SECONDS, "1970-01-02" }, { -1, "1969-12-31" },
	{ 1557792000, "2019-05-14" },  { G_MAXINT64, NULL },
	{ G_MININT64, NULL },
};

START_TEST(a_time_is_of_its_day)
{
	g_autofree char *day = day_text(days[_i].time);

	ck_assert_msg(g_strcmp0(day, days[_i].day) == 0,
		      "%" G_GINT64_FORMAT ": got %s, want %s", days[_i].time,
		      day != NULL ? day : "none",
		      days[_i].day != NULL ? days[_i].day : "none");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("day");
	TCase *tests = tcase_create("day");

	tcase_add_loop_test(tests, a_time_is_of_its_day, 0, G_N_ELEMENTS(days));
	suite_add_tcase(suite, tests);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_hours.c - is each hour's mail counted in its hour, for a day? */

#include "config.h"

#include "fixture.h"
#include "milter/hours.h"

#define HOUR (G_GINT64_CONSTANT(3600) * 1000000)

/* A machine that was up for a while. */
#define START (1000 * HOUR)

/* The mails of each hour, without the empty ones at the front. */
static char *
mails_of(Hours *hours, gint64 now)
{
	HoursOf read[HOURS_COUNT];
	g_autoptr(GString) text = g_string_new(NULL);

	hours_read(hours, now, read);
	for (size_t i = 0; i < HOURS_COUNT; i++)
		if (read[i].mails > 0 || text->len > 0)
			g_string_append_printf(text, "%s%zu", text->len > 0 ? " " : "",
					       read[i].mails);

	return g_strdup(text->str);
}

#define check_mails(hours, now, want)                                                    \
	do {                                                                             \
		g_autofree char *got = mails_of(hours, now);                             \
                                                                                         \
		ck_assert_str_eq(got, want);                                             \
	} while (0)

START_TEST(a_mail_stays_in_its_hour)
{
	Hours hours = HOURS_INIT;

	check_mails(&hours, START, "");
	hours_mail(&hours, START);
	hours_mail(&hours, START + HOUR - 1);
	check_mails(&hours, START + HOUR - 1, "2");
	hours_mail(&hours, START + HOUR);
	check_mails(&hours, START + HOUR, "2 1");
	check_mails(&hours, START + 3 * HOUR, "2 1 0 0");
	hours_mail(&hours, START + 3 * HOUR);
	check_mails(&hours, START + 3 * HOUR, "2 1 0 1");
}
END_TEST

START_TEST(a_day_later_it_is_forgotten)
{
	Hours hours = HOURS_INIT;

	for (int i = 0; i <= 30; i++)
		for (int mails = 0; mails <= i; mails++)
			hours_mail(&hours, START + i * HOUR);
	check_mails(&hours, START + 30 * HOUR,
		    "8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 "
		    "31");
	check_mails(&hours, START + 52 * HOUR,
		    "30 31 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
	check_mails(&hours, START + 54 * HOUR, "");
	hours_mail(&hours, START + 5000 * HOUR);
	check_mails(&hours, START + 5000 * HOUR, "1");
}
END_TEST

START_TEST(verdicts_are_counted_by_themselves)
{
	Hours hours = HOURS_INIT;
	HoursOf read[HOURS_COUNT];

	hours_verdict(&hours, START, VERDICT_KNOWN);
	hours_verdict(&hours, START, VERDICT_FORGED);
	hours_verdict(&hours, START + HOUR, VERDICT_KNOWN);
	hours_read(&hours, START + HOUR, read);
	ck_assert_uint_eq(read[HOURS_COUNT - 2].verdicts[VERDICT_KNOWN], 1);
	ck_assert_uint_eq(read[HOURS_COUNT - 2].verdicts[VERDICT_FORGED], 1);
	ck_assert_uint_eq(read[HOURS_COUNT - 1].verdicts[VERDICT_KNOWN], 1);
	ck_assert_uint_eq(read[HOURS_COUNT - 1].verdicts[VERDICT_FORGED], 0);
	ck_assert_uint_eq(read[HOURS_COUNT - 1].mails, 0);
}
END_TEST

/* A thread asked for the time before another one, and comes behind it. */
START_TEST(what_comes_late_is_of_the_hour_before)
{
	Hours hours = HOURS_INIT;

	hours_mail(&hours, START + HOUR);
	hours_mail(&hours, START + HOUR - 1);
	check_mails(&hours, START + HOUR, "1 1");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("hours");
	TCase *hours = tcase_create("hours");

	tcase_add_test(hours, a_mail_stays_in_its_hour);
	tcase_add_test(hours, a_day_later_it_is_forgotten);
	tcase_add_test(hours, verdicts_are_counted_by_themselves);
	tcase_add_test(hours, what_comes_late_is_of_the_hour_before);
	suite_add_tcase(suite, hours);

	return fixture_run(suite);
}

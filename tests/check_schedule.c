/* SPDX-License-Identifier: BSD-2-Clause */
/* check_schedule.c - does an owner get a digest in the hour that is set, and only one? */

#include "config.h"

#include <sys/wait.h>
#include <unistd.h>

#include "digest/schedule.h"
#include "fixture.h"
#include "people/store-digest.h"

#define JANE "jane@example.org"
#define OMAR "omar@example.net"
#define DAY  (24 * 3600)

/* Processes that want one period at once. */
#define HOSTS 4

/* Fails with what the store says. */
#define must(call)                                                                       \
	do {                                                                             \
		g_autoptr(GError) error = NULL;                                          \
		bool is_well = (call);                                                   \
                                                                                         \
		ck_assert_msg(is_well, "%s", error != NULL ? error->message : "");       \
	} while (0)

static gint64
at(const char *iso8601)
{
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(iso8601, utc);

	ck_assert_msg(time != NULL, "%s", iso8601);

	return g_date_time_to_unix(time);
}

/* The day on which the period begins that is under way; "never". */
static char *
period_at(const char *settings_text, const char *iso8601)
{
	g_autofree char *text = g_strconcat("[digest]\n", settings_text, "\n", NULL);
	g_autoptr(Settings) settings = fixture_settings(text);
	gint64 period;
	char day[32];
	GDate date;

	if (!schedule_period(settings, JANE, at(iso8601), &period))
		return g_strdup("never");
	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)period);
	g_date_strftime(day, sizeof(day), "%Y-%m-%d", &date);

	return g_strdup(day);
}

/* 2026-11-30 is a Monday. */
static const struct {
	const char *settings, *now, *want;
} periods[] = {
	{ "", "2026-11-30T08:00:00Z", "never" },
	{ "digest = daily\ntime-zone = UTC", "2026-11-30T06:59:59Z", "2026-11-29" },
	{ "digest = daily\ntime-zone = UTC", "2026-11-30T07:00:00Z", "2026-11-30" },
	{ "digest = daily\ntime-zone = UTC", "2026-11-30T23:59:59Z", "2026-11-30" },
	{ "digest = daily\ndigest-hour = 0\ntime-zone = UTC", "2026-12-01T00:00:00Z",
	  "2026-12-01" },
	{ "digest = weekly\ntime-zone = UTC", "2026-11-30T06:59:59Z", "2026-11-23" },
	{ "digest = weekly\ntime-zone = UTC", "2026-11-30T07:00:00Z", "2026-11-30" },
	{ "digest = weekly\ntime-zone = UTC", "2026-12-07T06:00:00Z", "2026-11-30" },
	{ "digest = weekly\ndigest-weekday = sunday\ntime-zone = UTC",
	  "2026-11-30T06:00:00Z", "2026-11-29" },
	{ "digest = weekly\ndigest-weekday = tuesday\ntime-zone = UTC",
	  "2026-11-30T12:00:00Z", "2026-11-24" },
	/* It is the evening before in New York, and the next day in Auckland. */
	{ "digest = daily\ntime-zone = America/New_York", "2026-11-30T02:00:00Z",
	  "2026-11-29" },
	{ "digest = daily\ntime-zone = Pacific/Auckland", "2026-11-30T18:30:00Z",
	  "2026-12-01" },
	/* Half past two was left out: three is what comes after. */
	{ "digest = daily\ndigest-hour = 2\ntime-zone = Europe/Amsterdam",
	  "2026-03-29T00:59:59Z", "2026-03-28" },
	{ "digest = daily\ndigest-hour = 2\ntime-zone = Europe/Amsterdam",
	  "2026-03-29T01:00:00Z", "2026-03-29" },
	/* It is twice half past two: both times belong to the same period. */
	{ "digest = daily\ndigest-hour = 2\ntime-zone = Europe/Amsterdam",
	  "2026-10-25T00:30:00Z", "2026-10-25" },
	{ "digest = daily\ndigest-hour = 2\ntime-zone = Europe/Amsterdam",
	  "2026-10-25T01:30:00Z", "2026-10-25" },
};

START_TEST(a_period_begins_by_the_owners_clock)
{
	g_autofree char *got = period_at(periods[_i].settings, periods[_i].now);

	ck_assert_msg(g_str_equal(got, periods[_i].want), "%s at %s: got %s, want %s",
		      periods[_i].settings, periods[_i].now, got, periods[_i].want);
}
END_TEST

START_TEST(a_recipients_own_setting_goes_before_the_sites)
{
	g_autoptr(Settings) settings =
	    fixture_settings("[digest]\ndigest = daily\n[recipient " OMAR "]\n"
			     "digest = never\n");
	gint64 period;

	ck_assert(schedule_period(settings, JANE, FIXTURE_NOW, &period));
	ck_assert(!schedule_period(settings, OMAR, FIXTURE_NOW, &period));
}
END_TEST

static bool
claims(Store *store, const char *owner, gint64 period)
{
	bool is_ours = false;

	must(store_digest_claim(store, owner, period, FIXTURE_NOW, &is_ours, &error));

	return is_ours;
}

START_TEST(a_period_is_claimed_once_by_each_owner)
{
	g_autoptr(Store) store = fixture_store(STORE_WORK, NULL);

	ck_assert(claims(store, JANE, 100));
	ck_assert(!claims(store, JANE, 100));
	ck_assert(claims(store, OMAR, 100));
	ck_assert(claims(store, JANE, 101));
	must(store_digest_release(store, JANE, 101, &error));
	ck_assert_msg(claims(store, JANE, 101), "what was not handed over");
}
END_TEST

START_TEST(a_clock_that_goes_back_sends_none_and_one_that_was_wrong_keeps_none_out)
{
	g_autoptr(Store) store = fixture_store(STORE_WORK, NULL);

	ck_assert(claims(store, JANE, 100));
	ck_assert_msg(!claims(store, JANE, 99), "yesterday, after today");
	ck_assert_msg(!claims(store, JANE, 93), "last week, after today");
	ck_assert(claims(store, OMAR, 99999));
	ck_assert_msg(claims(store, OMAR, 100), "after a year that never came");
}
END_TEST

START_TEST(the_last_digest_is_the_last_before_now_that_was_sent)
{
	g_autoptr(Store) store = fixture_store(STORE_WORK, NULL);
	gint64 last = 1;

	must(store_digest_last(store, JANE, FIXTURE_NOW, &last, &error));
	ck_assert_int_eq(last, 0);
	for (gint64 day = 0; day < 100; day++) {
		ck_assert(claims(store, JANE, 100 + day));
		if (day == 0 || day == 90)
			must(store_digest_sent(store, JANE, 100 + day,
					       FIXTURE_NOW + day * DAY, &error));
		if (day < 90) {
			must(store_digest_last(store, JANE, FIXTURE_NOW + day * DAY,
					       &last, &error));
			ck_assert_msg(last == FIXTURE_NOW, "day %d: %ld", (int)day,
				      (long)last);
		}
	}
	must(store_digest_last(store, JANE, FIXTURE_NOW + 99 * DAY, &last, &error));
	ck_assert_int_eq(last, FIXTURE_NOW + 90 * DAY);
	must(store_digest_last(store, JANE, FIXTURE_NOW + 60 * DAY, &last, &error));
	ck_assert_msg(last == 0 || last == FIXTURE_NOW, "a clock that went back");
}
END_TEST

START_TEST(of_several_hosts_one_gets_each_period)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_WORK, &path);
	g_autofree char *place = g_strconcat(SETTINGS_STORE_SQLITE, path, NULL);
	const int periods_each = 20;
	int fds[2], won[20] = { 0 };
	unsigned char period;

	must(store_open(store, &error));
	ck_assert_int_eq(pipe(fds), 0);
	for (int host = 0; host < HOSTS; host++)
		if (fork() == 0) {
			g_autoptr(Store) own = store_new(place, STORE_WORK);

			for (int i = 0; i < periods_each; i++) {
				unsigned char one = (unsigned char)i;

				if (claims(own, JANE, 100 + i) &&
				    write(fds[1], &one, 1) != 1)
					_exit(1);
			}
			_exit(0);
		}
	close(fds[1]);
	while (read(fds[0], &period, 1) == 1)
		won[period]++;
	for (int host = 0; host < HOSTS; host++) {
		int status;

		wait(&status);
		ck_assert_int_eq(status, 0);
	}
	for (int i = 0; i < periods_each; i++)
		ck_assert_msg(won[i] <= 1, "period %d: %d hosts", i, won[i]);
	ck_assert_int_eq(won[periods_each - 1], 1);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("schedule");
	TCase *times = tcase_create("times"), *claims_case = tcase_create("claims");

	tcase_add_loop_test(times, a_period_begins_by_the_owners_clock, 0,
			    G_N_ELEMENTS(periods));
	tcase_add_test(times, a_recipients_own_setting_goes_before_the_sites);
	suite_add_tcase(suite, times);
	tcase_add_test(claims_case, a_period_is_claimed_once_by_each_owner);
	tcase_add_test(
	    claims_case,
	    a_clock_that_goes_back_sends_none_and_one_that_was_wrong_keeps_none_out);
	tcase_add_test(claims_case, the_last_digest_is_the_last_before_now_that_was_sent);
	tcase_add_test(claims_case, of_several_hosts_one_gets_each_period);
	suite_add_tcase(suite, claims_case);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* schedule.c - when does an owner get a digest? */

#include "config.h"

#include "base/day.h"
#include "digest/schedule.h"

#define WEEK 7

static bool
is_weekly(const Settings *settings, const char *owner)
{
	return g_str_equal(settings_text_for(settings, SETTING_DIGEST, owner), "weekly");
}

gint64
schedule_length(const Settings *settings, const char *owner)
{
	return is_weekly(settings, owner) ? WEEK * DAY_SECONDS : DAY_SECONDS;
}

/* A zone that the host no longer knows is the host's own. */
GDateTime *
schedule_time(const Settings *settings, const char *owner, gint64 seconds)
{
	const char *name = settings_text_for(settings, SETTING_DIGEST_TIME_ZONE, owner);
	g_autoptr(GTimeZone) zone =
	    name[0] != '\0' ? g_time_zone_new_identifier(name) : NULL;
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);

	if (utc == NULL)
		utc = g_date_time_new_from_unix_utc(0);
	if (zone == NULL)
		zone = g_time_zone_new_local();

	return g_date_time_to_timezone(utc, zone);
}

char *
schedule_day(const Settings *settings, const char *owner, gint64 seconds)
{
	g_autoptr(GDateTime) time = schedule_time(settings, owner, seconds);

	return g_date_time_format(time, "%Y-%m-%d");
}

/* The day of a week that the settings name: 1 is Monday, as in GDateTime. */
static int
weekday_of(const Settings *settings, const char *owner)
{
	static const char *const days[WEEK] = { "monday",   "tuesday", "wednesday",
						"thursday", "friday",  "saturday",
						"sunday" };
	const char *name = settings_text_for(settings, SETTING_DIGEST_WEEKDAY, owner);
	int day = 0;

	while (day < WEEK - 1 && !g_str_equal(name, days[day]))
		day++;

	return day + 1;
}

bool
schedule_period(const Settings *settings, const char *owner, gint64 now,
		gint64 *period_out)
{
	const char *every = settings_text_for(settings, SETTING_DIGEST, owner);
	g_autoptr(GDateTime) time = schedule_time(settings, owner, now);
	int hour = (int)settings_number_for(settings, SETTING_DIGEST_HOUR, owner);
	int year, month, day, weekday = g_date_time_get_day_of_week(time);
	bool is_early = g_date_time_get_hour(time) < hour;
	gint64 period;
	GDate date;

	if (g_str_equal(every, "never"))
		return false;
	g_date_time_get_ymd(time, &year, &month, &day);
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
	period = (gint64)g_date_get_julian(&date) - is_early;
	if (is_weekly(settings, owner))
		period -=
		    (weekday - is_early - weekday_of(settings, owner) + 2 * WEEK) % WEEK;
	*period_out = period;

	return true;
}

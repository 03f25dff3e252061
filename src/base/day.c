/* SPDX-License-Identifier: BSD-2-Clause */
/* day.c - days, counted in seconds and written for people */

#include "config.h"

#include "base/day.h"

char *
day_text(gint64 time)
{
	g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(time);

	return day != NULL ? g_date_time_format(day, "%Y-%m-%d") : NULL;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	schedule - when does an owner get a digest?
 *
 * DESCRIPTION
 *	By the owner's settings and clock.  A period begins on a day at an hour and has
 *	the day's number (GDate's Julian day), whichever of daily and weekly it is; so
 *	a change from one to the other sends none twice.  An hour that daylight
 *	saving leaves out begins with the next one.
 *
 *	Time is an argument: here is no clock.
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdbool.h>

#include <glib.h>

#include "base/settings.h"

/* The period that is under way at that time; false: the owner wants no digest. */
bool schedule_period(const Settings *settings, const char *owner, gint64 now,
		     gint64 *period_out);

/* How long the owner's periods are, in seconds. */
gint64 schedule_length(const Settings *settings, const char *owner);

/* A time by the owner's clock; the caller's. */
GDateTime *schedule_time(const Settings *settings, const char *owner, gint64 seconds);

/* "2026-11-30", the owner's day; the caller's. */
char *schedule_day(const Settings *settings, const char *owner, gint64 seconds);

#endif

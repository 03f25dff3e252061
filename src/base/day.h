/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	day - days, counted in seconds and written for people
 *
 * DESCRIPTION
 *	Times are seconds since 1970.  A day begins at midnight UTC, so that a
 *	mail is said to be of the same day on every host.
 *
 * OWNERSHIP
 *	What is returned is the caller's.
 */
#ifndef DAY_H
#define DAY_H

#include <glib.h>

#define DAY_SECONDS (24 * 60 * 60)

/* "2019-05-14"; NULL for a time of no year from 1 to 9999. */
char *day_text(gint64 time);

#endif

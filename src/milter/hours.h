/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	hours - what became of the mails of the last hours
 *
 * DESCRIPTION
 *	Counts are kept for each of HOURS_COUNT hours, in a ring: the last one is
 *	not over, and what is older is forgotten.  An hour is one of the clock that
 *	the caller has, which must not go back: g_get_monotonic_time() does not.
 *
 *	All functions may be called from several threads.
 */
#ifndef HOURS_H
#define HOURS_H

#include <pthread.h>
#include <stddef.h>

#include <glib.h>

#include "judge/verdict.h"

#define HOURS_COUNT 24

/* One hour. */
typedef struct {
	size_t mails;
	size_t verdicts[VERDICT_LAST];
} HoursOf;

typedef struct {
	pthread_mutex_t lock;
	gint64 last; /* the number of the last hour; 0: none yet */
	HoursOf ring[HOURS_COUNT];
} Hours;

#define HOURS_INIT                                                                       \
	{                                                                                \
		.lock = PTHREAD_MUTEX_INITIALIZER                                        \
	}

/* now: microseconds. */
void hours_mail(Hours *hours, gint64 now);
void hours_verdict(Hours *hours, gint64 now, Verdict verdict);

/* hours_out: the oldest first. */
void hours_read(Hours *hours, gint64 now, HoursOf hours_out[HOURS_COUNT]);

#endif

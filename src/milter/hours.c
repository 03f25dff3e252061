/* SPDX-License-Identifier: BSD-2-Clause */
/* hours.c - what became of the mails of the last hours */

#include "config.h"

#include <string.h>

#include "milter/hours.h"

/* The hour of now, after those that went by were forgotten; under the lock. */
static HoursOf *
move_on(Hours *hours, gint64 now)
{
	/* From 1 on, so that a struct of zeros is an empty one. */
	gint64 hour = now / G_TIME_SPAN_HOUR + 1;

	if (hour - hours->last >= HOURS_COUNT)
		memset(hours->ring, 0, sizeof(hours->ring));
	else
		for (gint64 i = hours->last + 1; i <= hour; i++)
			hours->ring[i % HOURS_COUNT] = (HoursOf){ 0 };
	/* Threads come here in another order than they asked for the time. */
	hours->last = MAX(hours->last, hour);

	return &hours->ring[hour % HOURS_COUNT];
}

void
hours_mail(Hours *hours, gint64 now)
{
	pthread_mutex_lock(&hours->lock);
	move_on(hours, now)->mails++;
	pthread_mutex_unlock(&hours->lock);
}

void
hours_verdict(Hours *hours, gint64 now, Verdict verdict)
{
	pthread_mutex_lock(&hours->lock);
	move_on(hours, now)->verdicts[verdict]++;
	pthread_mutex_unlock(&hours->lock);
}

void
hours_read(Hours *hours, gint64 now, HoursOf hours_out[HOURS_COUNT])
{
	pthread_mutex_lock(&hours->lock);
	move_on(hours, now);
	for (size_t i = 0; i < HOURS_COUNT; i++)
		hours_out[i] =
		    hours->ring[(size_t)(hours->last + 1 + (gint64)i) % HOURS_COUNT];
	pthread_mutex_unlock(&hours->lock);
}

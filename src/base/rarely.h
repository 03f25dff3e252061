/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	rarely - which trouble is told now, and which was told a moment ago?
 *
 * DESCRIPTION
 *	Trouble of one kind that comes with each mail is told once a minute, and
 *	with it how often it came.  Its text is its kind, so that another trouble
 *	is told at once.  May be called from several threads.
 */
#ifndef RARELY_H
#define RARELY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* Seconds in which one kind of trouble is told once. */
#define RARELY_SECONDS 60

/* Kinds that are known at a time; another takes the place of the oldest. */
#define RARELY_KINDS 16

typedef struct {
	pthread_mutex_t lock;
	struct {
		char *text; /* NULL: none yet */
		gint64 told;
		size_t times; /* since then */
	} kinds[RARELY_KINDS];
} Rarely;

#define RARELY_INIT                                                                      \
	{                                                                                \
		.lock = PTHREAD_MUTEX_INITIALIZER                                        \
	}

/*
 * Is it to be told now?  now: seconds of any clock that does not go back.
 * *times_out: how often it came since it was told the last time, this one included.
 */
bool rarely_is_due(Rarely *rarely, const char *text, gint64 now, size_t *times_out);

void rarely_clear(Rarely *rarely);

#endif

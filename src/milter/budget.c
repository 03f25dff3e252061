/* SPDX-License-Identifier: BSD-2-Clause */
/* budget.c - what all connections of the MTA may hold at a time */

#include "config.h"

#include <pthread.h>
#include <time.h>

#include "milter/budget.h"

/* The part of the memory that is for judging. */
#define WORK_SHARE 4

/* No GMutex, for the thread sanitizer does not see that one. */
struct Budget {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	size_t kept, working, connections;
};

Budget *
budget_new(void)
{
	Budget *budget = g_new0(Budget, 1);
	pthread_condattr_t attributes;

	pthread_mutex_init(&budget->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&budget->freed, &attributes);
	pthread_condattr_destroy(&attributes);

	return budget;
}

void
budget_free(Budget *budget)
{
	if (budget == NULL)
		return;

	pthread_cond_destroy(&budget->freed);
	pthread_mutex_destroy(&budget->lock);
	g_free(budget);
}

bool
budget_keep(Budget *budget, size_t bytes, size_t memory)
{
	bool is_kept;

	pthread_mutex_lock(&budget->lock);
	is_kept = budget->kept + bytes <= memory - memory / WORK_SHARE;
	budget->kept += is_kept ? bytes : 0;
	pthread_mutex_unlock(&budget->lock);

	return is_kept;
}

/* held: one of the budget's counters, which have limits of their own. */
static void
give_back(Budget *budget, size_t *held, size_t bytes)
{
	pthread_mutex_lock(&budget->lock);
	*held -= bytes;
	/* It may be what a mail waits for. */
	pthread_cond_broadcast(&budget->freed);
	pthread_mutex_unlock(&budget->lock);
}

void
budget_drop(Budget *budget, size_t bytes)
{
	give_back(budget, &budget->kept, bytes);
}

size_t
budget_work(Budget *budget, size_t bytes, size_t memory, gint64 until)
{
	const struct timespec end = { .tv_sec = until / G_USEC_PER_SEC,
				      .tv_nsec = until % G_USEC_PER_SEC * 1000 };
	size_t wanted = MAX(MIN(bytes, memory / WORK_SHARE), 1);
	bool is_in_time = true, has_room;

	pthread_mutex_lock(&budget->lock);
	/* A reload may have lowered the memory below what is kept. */
	while (!(has_room = budget->working == 0 ||
			    budget->kept + budget->working + wanted <= memory) &&
	       is_in_time && until != 0)
		is_in_time =
		    pthread_cond_timedwait(&budget->freed, &budget->lock, &end) == 0;
	budget->working += has_room ? wanted : 0;
	pthread_mutex_unlock(&budget->lock);

	return has_room ? wanted : 0;
}

void
budget_done(Budget *budget, size_t bytes)
{
	give_back(budget, &budget->working, bytes);
}

bool
budget_enter(Budget *budget, size_t connections)
{
	bool is_in;

	pthread_mutex_lock(&budget->lock);
	is_in = budget->connections < connections;
	budget->connections += is_in;
	pthread_mutex_unlock(&budget->lock);

	return is_in;
}

void
budget_leave(Budget *budget)
{
	pthread_mutex_lock(&budget->lock);
	budget->connections--;
	pthread_mutex_unlock(&budget->lock);
}

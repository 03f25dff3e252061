/* SPDX-License-Identifier: BSD-2-Clause */
/* budget.c - what all connections of the MTA may hold at a time */

#include "config.h"

#include <pthread.h>
#include <time.h>

#include "milter/budget.h"

/* The part of the memory that is for judging. */
#define WORK_SHARE 4

/* So many are judging at a time; more than processors, for some wait for the store. */
#define TURNS_EACH  2
#define TURNS_LEAST 4

/* Then a mail goes on without its turn: others may be bombs. */
#define TURN_US G_USEC_PER_SEC

/* No GMutex, for the thread sanitizer does not see that one. */
struct Budget {
	pthread_mutex_t lock;
	pthread_cond_t freed, turn_ended;
	size_t kept, working, connections;
	size_t turns, most_turns;
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
	pthread_cond_init(&budget->turn_ended, &attributes);
	pthread_condattr_destroy(&attributes);
	budget->most_turns = MAX(TURNS_EACH * g_get_num_processors(), TURNS_LEAST);

	return budget;
}

void
budget_free(Budget *budget)
{
	if (budget == NULL)
		return;

	pthread_cond_destroy(&budget->turn_ended);
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

gint64
budget_take_turn(Budget *budget)
{
	gint64 start = g_get_monotonic_time(), until = start + TURN_US;
	const struct timespec end = { .tv_sec = until / G_USEC_PER_SEC,
				      .tv_nsec = until % G_USEC_PER_SEC * 1000 };
	bool is_in_time = true;

	pthread_mutex_lock(&budget->lock);
	while (budget->turns >= budget->most_turns && is_in_time)
		is_in_time =
		    pthread_cond_timedwait(&budget->turn_ended, &budget->lock, &end) == 0;
	budget->turns++;
	pthread_mutex_unlock(&budget->lock);

	return g_get_monotonic_time() - start;
}

void
budget_end_turn(Budget *budget)
{
	pthread_mutex_lock(&budget->lock);
	budget->turns--;
	pthread_cond_signal(&budget->turn_ended);
	pthread_mutex_unlock(&budget->lock);
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

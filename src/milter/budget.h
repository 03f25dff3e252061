/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	budget - what all connections of the MTA may hold at a time
 *
 * DESCRIPTION
 *	Mails that are still coming may take three quarters of the memory.  The
 *	last quarter is for judging, so that mails that are whole can be judged
 *	however many others are half sent.
 *
 *	Each limit is given with the call, for a reload may change it; memory and
 *	what is kept of it are bytes.  All functions may be called from several
 *	threads.
 */
#ifndef BUDGET_H
#define BUDGET_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef struct Budget Budget;

Budget *budget_new(void);
void budget_free(Budget *budget);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Budget, budget_free)

/* May these bytes of a mail be kept, too?  If so, budget_drop() them later. */
bool budget_keep(Budget *budget, size_t bytes, size_t memory);
void budget_drop(Budget *budget, size_t bytes);

/*
 * May a mail be judged that takes these bytes meanwhile?  Waits for others to be done
 * until a time of g_get_monotonic_time(), 0 for not at all.  A mail that takes more
 * than a quarter of the memory counts as if it took that, for else it would never be
 * judged.  Returns the bytes to give back by budget_done(), or 0.
 */
size_t budget_work(Budget *budget, size_t bytes, size_t memory, gint64 until);
void budget_done(Budget *budget, size_t bytes);

/*
 * Waits until few others are judging, a second at most: more of them at a time are not
 * quicker, and each holds memory that it gives back at the end.  Returns the
 * microseconds that it took; budget_end_turn() ends the turn.
 */
gint64 budget_take_turn(Budget *budget);
void budget_end_turn(Budget *budget);

/* May another connection have its mails judged?  If so, budget_leave() at its end. */
bool budget_enter(Budget *budget, size_t connections);
void budget_leave(Budget *budget);

#endif

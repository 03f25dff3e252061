/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	bar - how far a long work has come
 *
 * DESCRIPTION
 *	Drawn on standard error where that is a terminal, ten times a second at
 *	most.  Whatever else is written there goes after bar_clear().
 */
#ifndef BAR_H
#define BAR_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef struct {
	const char *what; /* borrowed */
	size_t total;     /* 0: not known */
	gint64 drawn;     /* when it was */
	bool is_there;
} Bar;

/* done: of the total; count: what is told beside it. */
void bar_draw(Bar *bar, size_t done, size_t count);
void bar_clear(Bar *bar);

#endif

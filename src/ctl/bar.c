/* SPDX-License-Identifier: BSD-2-Clause */
/* bar.c - how far a long work has come */

#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include "base/terminal.h"
#include "ctl/bar.h"

#define WIDTH 40

/* It is drawn again after so long; microseconds. */
#define EVERY (G_USEC_PER_SEC / 10)

void
bar_draw(Bar *bar, size_t done, size_t count)
{
	g_autofree char *what = NULL;
	gint64 now = g_get_monotonic_time();
	size_t full =
	    bar->total > 0 ? (size_t)((double)done / (double)bar->total * WIDTH) : 0;

	if (!isatty(STDERR_FILENO) || now - bar->drawn < EVERY)
		return;
	what = terminal_text(bar->what);
	if (bar->total > 0)
		fprintf(stderr, "\r%s [%-*.*s] %zu", what, WIDTH, (int)MIN(full, WIDTH),
			"########################################", count);
	else
		fprintf(stderr, "\r%s: %zu", what, count);
	bar->is_there = true;
	bar->drawn = now;
}

void
bar_clear(Bar *bar)
{
	if (bar->is_there)
		fputs("\r\033[K", stderr);
	bar->is_there = false;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * soak.c - does the memory stay the same over 200,000 hostile mails?
 *
 * usage: soak [MAILS]
 */

#include "config.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include <glib.h>

#include "hostile.h"
#include "mail/message.h"

#define WARM_UP    5000
#define MAX_GROWTH (2 * 1024 * 1024)

/* Resident bytes of this process. */
static long
resident(void)
{
	g_autofree char *text = NULL;
	long pages = 0;

	if (!g_file_get_contents("/proc/self/statm", &text, NULL, NULL) ||
	    sscanf(text, "%*d %ld", &pages) != 1)
		return 0;

	return pages * 4096;
}

int
main(int argc, char **argv)
{
	unsigned mails = argc > 1 ? (unsigned)atoi(argv[1]) : 200000;
	long rss = 0, heap = 0;

	message_init();
	for (unsigned i = 0; i < WARM_UP + mails; i++) {
		g_autofree char *mail = hostile_mail(i % hostile_count(), i);

		if (i == WARM_UP) {
			rss = resident();
			heap = (long)mallinfo2().uordblks;
		}
		hostile_read(mail);
	}
	rss = resident() - rss;
	heap = (long)mallinfo2().uordblks - heap;
	printf("%u mails of %zu shapes: resident memory grew by %ld kB, heap by %ld kB\n",
	       mails, hostile_count(), rss / 1024, heap / 1024);

	return rss < MAX_GROWTH && heap < MAX_GROWTH ? EXIT_SUCCESS : EXIT_FAILURE;
}

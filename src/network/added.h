/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	added - what did the recipient's side put above and below a mail?
 *
 * DESCRIPTION
 *	Companies and their gateways put warnings above mail that comes in, and
 *	disclaimers below it, with links to pages of their own.  What stands above
 *	the network's first line is theirs, and so is what stands below its last
 *	one, once that is a line with which the network ends, or a rule follows; and
 *	so is, wherever it stands, what leads to the domain that the mail is for.
 *	Anybody can write a mail in that shape: such links speak neither for a mail
 *	nor against it, and their labels count as any other's.
 *
 * SEE ALSO
 *	list-footer.h, ways.h
 */
#ifndef ADDED_H
#define ADDED_H

#include <stdbool.h>
#include <stddef.h>

#include "network/network.h"
#include "network/reading.h"

typedef struct {
	const char *domain; /* of the address in To; borrowed, "" for none */
	/* The mail's own lines in each part, from the first to before the last. */
	size_t starts[READING_LAST];
	size_t ends[READING_LAST]; /* SIZE_MAX: nothing says where they end */
} Added;

Added added_of(const Network *network, const Reading *reading);

/* Can the recipient's side have put a link of that part there? */
bool added_holds(const Added *added, size_t part, const ReadingLink *link);

#endif

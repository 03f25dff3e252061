/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	list-footer - what did a mailing list put below a mail?
 *
 * DESCRIPTION
 *	Mailing lists put links of their own below what they pass on, and label
 *	them like a network's: "View this message", "Reply".  What stands below
 *	the network's own last line is the list's then.  Anybody can write a
 *	list's header fields, and links below such a line: they speak neither for
 *	a mail nor against it.
 *
 * SEE ALSO
 *	list-address.h, ways.h
 */
#ifndef LIST_FOOTER_H
#define LIST_FOOTER_H

#include <stdbool.h>
#include <stddef.h>

#include "network/network.h"
#include "network/reading.h"

/* Where in each part the list's own begins; SIZE_MAX: nowhere. */
typedef struct {
	size_t starts[READING_LAST];
	bool is_other_part; /* other parts than the first of their sort are the list's */
} ListFooter;

/* Do header fields say that a list had the mail? */
bool list_footer_has_list(const Reading *reading);

ListFooter list_footer_of(const Network *network, const Reading *reading);

/* Is a link of that part the list's? */
bool list_footer_holds(const ListFooter *footer, size_t part, const ReadingLink *link);

#endif

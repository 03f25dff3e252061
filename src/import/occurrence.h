/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	occurrence - when did an event take place last?
 *
 * DESCRIPTION
 *	Reads an event's start, in its time zone, and the rule by which it
 *	repeats, with libical.  Hostile rules would keep libical busy, so rules
 *	and zones that repeat by the second are not followed, and after a few
 *	rules that fit no day no further one is.
 *
 *	A time in no zone, or in an unknown one, is read as UTC, which is wrong
 *	by hours at most.
 *
 * SEE ALSO
 *	calendar.h; RFC 5545, sections 3.3.10 and 3.6.5
 */
#ifndef OCCURRENCE_H
#define OCCURRENCE_H

#include <stdbool.h>

#include <glib.h>

#include "import/ical.h"

/* Time zones, and what was learned of rules, of one file. */
typedef struct Occurrences Occurrences;

Occurrences *occurrences_new(void);
void occurrences_free(Occurrences *occurrences);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Occurrences, occurrences_free)

/* A VTIMEZONE as text; one that cannot be used is passed over, as is one too many. */
void occurrences_add_zone(Occurrences *occurrences, const char *text);

/*
 * False where the event has no start.  Else *last_out is the last time before
 * now, in seconds since 1970, or 0 where it did not take place yet.
 */
bool occurrences_last(Occurrences *occurrences, icalcomponent *event, gint64 now,
		      gint64 *last_out);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	calendar - the people of meetings that took place
 *
 * DESCRIPTION
 *	Reads iCalendar with libical.  Of every event that began before now,
 *	was not cancelled, which the owner did not decline and which has at most
 *	CALENDAR_MAX_GUESTS guests (rooms count), the organizer and the guests
 *	who did not decline are contacts of source SOURCE_MET, seen on the day
 *	of the event (the last one before now, of an event that repeats by days
 *	or longer).  Rooms and resources are nobody.
 *
 * SEE ALSO
 *	contact.h; RFC 5545
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "people/contact.h"

/* A larger meeting makes nobody known to each other. */
#define CALENDAR_MAX_GUESTS 30

bool is_calendar(const char *bytes, size_t length);

/* owner: the address whose events they are, lower case: never a contact. */
void calendar_read(const char *bytes, size_t length, const char *owner, gint64 now,
		   ContactTake *take, void *context);

#endif

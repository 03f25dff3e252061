/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	calendar - the people of meetings that took place
 *
 * DESCRIPTION
 *	Reads iCalendar with libical.  From every event that began before now,
 *	was not cancelled and has at most CALENDAR_MAX_GUESTS guests (rooms
 *	count), it takes the organizer and the guests who did not decline as
 *	contacts of source SOURCE_MET, seen on the day of the event; where an
 *	event repeats by days or longer, on its last day before now.  Rooms and
 *	resources are not taken.  An owner whom another asked to come must have
 *	accepted, perhaps tentatively: calendars enter invitations unasked.
 *
 * SEE ALSO
 *	calendar-request.h, contact.h, owner.h; RFC 5545
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "people/contact.h"
#include "people/owner.h"

/* In a larger meeting people do not come to know each other. */
#define CALENDAR_MAX_GUESTS 30

bool calendar_is_file(const char *bytes, size_t length);

/* owner: the mailbox (owner.h) to which the calendar belongs; it is never a contact. */
void calendar_read(const char *bytes, size_t length, const Owners *owners,
		   const char *owner, gint64 now, ContactTake *take, void *context);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	calendar-part - an event or a time zone, cut out of a calendar
 *
 * DESCRIPTION
 *	calendar_part_cut() is called where a line BEGIN:VEVENT or
 *	BEGIN:VTIMEZONE was read.  A time zone is cut out as it is, and of an
 *	event the properties that are wanted; lines of more guests than
 *	CALENDAR_MAX_GUESTS are counted and left out.
 *
 * SEE ALSO
 *	lines.h; RFC 5545
 */
#ifndef CALENDAR_PART_H
#define CALENDAR_PART_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "import/ical.h"
#include "import/lines.h"

/* No more of a part is kept, so one with more bytes than this was cut. */
#define CALENDAR_PART_MAX_BYTES (64 * 1024)

typedef enum {
	CALENDAR_PART_ZONE,
	CALENDAR_PART_EVENT,
} CalendarPartKind;

typedef struct {
	Lines lines;               /* of the calendar; what is not read yet */
	const char *const *wanted; /* borrowed: properties of events, closed by NULL */
	GString *text;             /* borrowed: the part */
	size_t guests;             /* lines of it, kept or not */
} CalendarPart;

/*
 * Cut the part into text.  False where its END is missing; the line in the place of
 * that comes next.
 */
bool calendar_part_cut(CalendarPart *part, CalendarPartKind kind);

bool calendar_part_is_property(Span line, const char *name);

/* The address of an organizer or a guest, or ""; borrowed. */
const char *calendar_part_address(icalproperty *person);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	calendar-request - who asks to a meeting, and to which?
 *
 * DESCRIPTION
 *	Reads the calendar that came by mail: what it asks for (METHOD), and what
 *	the organizer of its first event writes.
 *
 * SEE ALSO
 *	calendar.h; RFC 5545, RFC 5546
 */
#ifndef CALENDAR_REQUEST_H
#define CALENDAR_REQUEST_H

#include <stddef.h>

#include <glib.h>

/* Members that it does not say are NULL; all are UTF-8 and otherwise as written. */
typedef struct {
	char *method;    /* "REQUEST" */
	char *organizer; /* name */
	char *address;
	char *summary;
	char *location;
	char *description;
} CalendarRequest;

/* All members are NULL where the text is no calendar. */
void calendar_request_read(CalendarRequest *request, const char *bytes, size_t length);
void calendar_request_clear(CalendarRequest *request);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CalendarRequest, calendar_request_clear)

#endif

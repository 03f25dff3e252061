/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calendar-part.c - an event or a time zone, cut out of a calendar
 *
 * Design rationale
 *	libical reads a whole text or nothing of it.  So each event is cut out
 *	and handed over by itself, with those lines alone that are asked for:
 *	what one event breaks is broken for that event, and neither long
 *	descriptions nor attachments are parsed.
 */

#include "config.h"

#include <string.h>

#include "import/calendar.h"
#include "import/calendar-part.h"

static const char *const names[] = {
	[CALENDAR_PART_ZONE] = "VTIMEZONE",
	[CALENDAR_PART_EVENT] = "VEVENT",
};

bool
calendar_part_is_property(Span line, const char *name)
{
	size_t length = strlen(name);

	return line.length > length &&
	       g_ascii_strncasecmp(line.text, name, length) == 0 &&
	       (line.text[length] == ':' || line.text[length] == ';');
}

static bool
is_wanted(const CalendarPart *part, Span line)
{
	for (size_t i = 0; part->wanted[i] != NULL; i++)
		if (calendar_part_is_property(line, part->wanted[i]))
			return true;

	return false;
}

/* Zero bytes would end it. */
static void
append_line(GString *text, Span line)
{
	size_t start = text->len;

	g_string_append_len(text, line.text, (gssize)line.length);
	for (size_t i = start; i < text->len; i++)
		if (text->str[i] == '\0')
			text->str[i] = ' ';
	g_string_append(text, "\r\n");
}

/* A crowd's lines are counted and not kept, and so are those of a text too long. */
static void
keep_line(CalendarPart *part, Span line)
{
	if (calendar_part_is_property(line, "ATTENDEE"))
		part->guests++;
	if (part->guests <= CALENDAR_MAX_GUESTS &&
	    part->text->len <= CALENDAR_PART_MAX_BYTES)
		append_line(
		    part->text,
		    (Span){ line.text, MIN(line.length, CALENDAR_PART_MAX_BYTES) });
}

/* Does a line begin what cannot stand within an event or a time zone? */
static bool
is_outside(Span line)
{
	return lines_span_is(line, "BEGIN", "VEVENT") ||
	       lines_span_is(line, "BEGIN", "VTIMEZONE") ||
	       lines_span_is(line, "BEGIN", "VCALENDAR") ||
	       lines_span_is(line, "END", "VCALENDAR");
}

bool
calendar_part_cut(CalendarPart *part, CalendarPartKind kind)
{
	Lines before = part->lines;
	size_t depth = 0;
	bool is_kept = false;
	Span line;

	part->guests = 0;
	g_string_printf(part->text, "BEGIN:%s\r\n", names[kind]);
	for (; lines_next(&part->lines, &line); before = part->lines) {
		if (lines_span_is(line, "END", names[kind])) {
			g_string_append_printf(part->text, "END:%s\r\n", names[kind]);
			return true;
		}
		if (is_outside(line)) {
			part->lines = before;
			return false;
		}
		depth += calendar_part_is_property(line, "BEGIN");
		/* A line that continues the one before is kept as that was. */
		if (line.length == 0 || (*line.text != ' ' && *line.text != '\t'))
			is_kept =
			    kind == CALENDAR_PART_ZONE
				? depth > 0 || !calendar_part_is_property(line, "END")
				: depth == 0 && is_wanted(part, line);
		if (is_kept)
			keep_line(part, line);
		depth -= depth > 0 && calendar_part_is_property(line, "END");
	}

	return false;
}

/* Exchange and Apple may give it beside an identifier of their own. */
const char *
calendar_part_address(icalproperty *person)
{
	icalparameter *email =
	    ical()->property_get_first_parameter(person, ICAL_EMAIL_PARAMETER);
	const char *uri = ical()->property_isa(person) == ICAL_ORGANIZER_PROPERTY
			      ? ical()->property_get_organizer(person)
			      : ical()->property_get_attendee(person);
	const char *address = NULL;

	if (uri != NULL && g_ascii_strncasecmp(uri, "mailto:", strlen("mailto:")) == 0)
		address = uri + strlen("mailto:");
	else if (email != NULL)
		address = ical()->parameter_get_email(email);

	return address != NULL ? address : "";
}

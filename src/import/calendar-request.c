/* SPDX-License-Identifier: BSD-2-Clause */
/* calendar-request.c - who asks to a meeting, and to which? */

#include "config.h"

#include <string.h>

#include "import/calendar-part.h"
#include "import/calendar-request.h"
#include "import/occurrence.h"
#include "text/charset.h"

/* The properties in which an organizer writes. */
static const char *const request_wanted[] = { "ORGANIZER", "SUMMARY", "LOCATION",
					      "DESCRIPTION", NULL };

static char *
value_of(icalcomponent *event, icalproperty_kind kind)
{
	icalproperty *property = ical()->component_get_first_property(event, kind);
	icalvalue *value = property != NULL ? ical()->property_get_value(property) : NULL;
	const char *text = value != NULL ? ical()->value_get_text(value) : NULL;

	return text != NULL ? charset_text(text, strlen(text), NULL) : NULL;
}

static void
read_organizer(CalendarRequest *request, icalcomponent *event)
{
	icalproperty *organizer =
	    ical()->component_get_first_property(event, ICAL_ORGANIZER_PROPERTY);
	icalparameter *name =
	    organizer != NULL
		? ical()->property_get_first_parameter(organizer, ICAL_CN_PARAMETER)
		: NULL;
	const char *text = name != NULL ? ical()->parameter_get_cn(name) : NULL;

	if (organizer == NULL)
		return;
	request->address = g_ascii_strdown(calendar_part_address(organizer), -1);
	if (text != NULL)
		request->organizer = charset_text(text, strlen(text), NULL);
}

/* The first event; whatever of it cannot be read is left out. */
static void
read_request(CalendarRequest *request, CalendarPart *part)
{
	g_autoptr(icalcomponent) event = NULL;

	if (!calendar_part_cut(part, CALENDAR_PART_EVENT))
		return;
	event = ical()->parser_parse_string(part->text->str);
	if (event == NULL || ical()->component_isa(event) != ICAL_VEVENT_COMPONENT)
		return;
	read_organizer(request, event);
	request->summary = value_of(event, ICAL_SUMMARY_PROPERTY);
	request->location = value_of(event, ICAL_LOCATION_PROPERTY);
	request->description = value_of(event, ICAL_DESCRIPTION_PROPERTY);
}

/* "METHOD:REQUEST", perhaps with parameters before the colon. */
static char *
method_of(Span line)
{
	const char *colon = memchr(line.text, ':', line.length);
	const char *end = line.text + line.length;

	return colon != NULL ? g_strstrip(g_ascii_strup(colon + 1, end - colon - 1))
			     : NULL;
}

void
calendar_request_read(CalendarRequest *request, const char *bytes, size_t length)
{
	g_autoptr(GString) text = g_string_new(NULL);
	CalendarPart part = { .wanted = request_wanted, .text = text };
	Span line;

	*request = (CalendarRequest){ 0 };
	if (ical() == NULL)
		return;
	ical()->error_set_errors_are_fatal(0);
	lines_init(&part.lines, bytes, length);
	while (lines_next(&part.lines, &line)) {
		if (calendar_part_is_property(line, "METHOD") && request->method == NULL)
			request->method = method_of(line);
		if (!lines_span_is(line, "BEGIN", "VEVENT"))
			continue;
		read_request(request, &part);
		return;
	}
}

void
calendar_request_clear(CalendarRequest *request)
{
	g_free(request->method);
	g_free(request->organizer);
	g_free(request->address);
	g_free(request->summary);
	g_free(request->location);
	g_free(request->description);
}

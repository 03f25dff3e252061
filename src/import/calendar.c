/* SPDX-License-Identifier: BSD-2-Clause */
/* calendar.c - the people of meetings that took place */

#include "config.h"

#include <string.h>

#include <glib.h>

#include "import/calendar.h"
#include "text/charset.h"
#include "import/calendar-part.h"
#include "import/occurrence.h"

typedef struct {
	ContactTake *take; /* borrowed, as are context, owners and owner */
	void *context;
	const Owners *owners;
	const char *owner;
	gint64 now;
	CalendarPart part;        /* the event or time zone at hand */
	Occurrences *occurrences; /* borrowed */
	bool is_cancelled;        /* all events of the calendar at hand */
} Calendar;

/* An event that took place. */
typedef struct {
	const Calendar *calendar; /* borrowed, as is event */
	icalcomponent *event;
	size_t line;
	gint64 seen;
} Meeting;

/* The properties that say when an event is and who comes. */
static const char *const meeting_wanted[] = { "DTSTART",   "RRULE",    "STATUS",
					      "ORGANIZER", "ATTENDEE", NULL };

/* All of them first: an event may stand before its own. */
static void
read_zones(Calendar *calendar)
{
	Span line;

	while (lines_next(&calendar->part.lines, &line))
		if (lines_span_is(line, "BEGIN", "VTIMEZONE") &&
		    calendar_part_cut(&calendar->part, CALENDAR_PART_ZONE) &&
		    calendar->part.text->len <= CALENDAR_PART_MAX_BYTES)
			occurrences_add_zone(calendar->occurrences,
					     calendar->part.text->str);
}

static bool
is_person(icalproperty *guest)
{
	icalparameter *type =
	    ical()->property_get_first_parameter(guest, ICAL_CUTYPE_PARAMETER);

	switch (type != NULL ? ical()->parameter_get_cutype(type)
			     : ICAL_CUTYPE_INDIVIDUAL) {
	case ICAL_CUTYPE_GROUP:
	case ICAL_CUTYPE_RESOURCE:
	case ICAL_CUTYPE_ROOM:
		return false;
	default:
		return true;
	}
}

/* A guest without a PARTSTAT has not answered (RFC 5545, section 3.2.12). */
static icalparameter_partstat
answer_of(icalproperty *guest)
{
	icalparameter *status =
	    ical()->property_get_first_parameter(guest, ICAL_PARTSTAT_PARAMETER);

	return status != NULL ? ical()->parameter_get_partstat(status)
			      : ICAL_PARTSTAT_NEEDSACTION;
}

/* The owner may be named with a detail, or by an alias. */
static bool
is_owner(const Calendar *calendar, const char *address)
{
	g_autofree char *mailbox = owners_of_address(calendar->owners, address);

	return g_str_equal(mailbox, calendar->owner);
}

static void
set_name(Contact *contact, icalproperty *person)
{
	icalparameter *parameter =
	    ical()->property_get_first_parameter(person, ICAL_CN_PARAMETER);
	const char *name = parameter != NULL ? ical()->parameter_get_cn(parameter) : NULL;
	g_autofree char *text = NULL;

	if (name == NULL)
		return;

	text = charset_text(name, strlen(name), NULL);
	contact_set_name(contact, text);
	contact_drop_false_name(contact);
}

/* told: the addresses before; an organizer is mostly a guest too. */
static void
take_person(const Meeting *meeting, icalproperty *person, GHashTable *told)
{
	const Calendar *calendar = meeting->calendar;
	g_auto(Contact) contact = { 0 };

	if (!is_person(person) || answer_of(person) == ICAL_PARTSTAT_DECLINED)
		return;

	contact_init(&contact, SOURCE_MET);
	contact_add_address(&contact, calendar_part_address(person));
	if (contact.addresses->len == 0 ||
	    is_owner(calendar, contact.addresses->pdata[0]) ||
	    !g_hash_table_add(told, g_strdup(contact.addresses->pdata[0])))
		return;

	set_name(&contact, person);
	contact.seen = meeting->seen;
	calendar->take(calendar->context, &contact, meeting->line, NULL);
}

static void
take_people(const Meeting *meeting)
{
	static const icalproperty_kind kinds[] = { ICAL_ORGANIZER_PROPERTY,
						   ICAL_ATTENDEE_PROPERTY };
	g_autoptr(GHashTable) told =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		icalproperty *person =
		    ical()->component_get_first_property(meeting->event, kinds[i]);

		for (; person != NULL; person = ical()->component_get_next_property(
					   meeting->event, kinds[i]))
			take_person(meeting, person, told);
	}
}

static bool
is_organizer(const Calendar *calendar, icalcomponent *event)
{
	icalproperty *organizer =
	    ical()->component_get_first_property(event, ICAL_ORGANIZER_PROPERTY);

	return organizer != NULL && is_owner(calendar, calendar_part_address(organizer));
}

/*
 * Only the owner's answer tells.  Calendars enter anybody's invitation by themselves,
 * and it stays there unanswered.  An organizer need not answer, and the owner's
 * calendar may name only the others.
 */
static bool
was_owner_there(const Calendar *calendar, icalcomponent *event)
{
	bool must_answer = !is_organizer(calendar, event);
	icalproperty *guest =
	    ical()->component_get_first_property(event, ICAL_ATTENDEE_PROPERTY);

	for (; guest != NULL;
	     guest = ical()->component_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
		icalparameter_partstat answer = answer_of(guest);
		bool is_yes =
		    answer == ICAL_PARTSTAT_ACCEPTED || answer == ICAL_PARTSTAT_TENTATIVE;

		if ((answer == ICAL_PARTSTAT_DECLINED || (must_answer && !is_yes)) &&
		    is_owner(calendar, calendar_part_address(guest)))
			return false;
	}

	return true;
}

/* Judges the event that was cut out.  Returns what is wrong with it, or NULL. */
static const char *
take_event(Calendar *calendar, size_t line)
{
	g_autoptr(icalcomponent) event = NULL;
	Meeting meeting = { .calendar = calendar, .line = line };

	if (calendar->is_cancelled || calendar->part.guests > CALENDAR_MAX_GUESTS)
		return NULL;
	if (calendar->part.text->len > CALENDAR_PART_MAX_BYTES)
		return "more than 64 kB of text";

	event = ical()->parser_parse_string(calendar->part.text->str);
	if (event == NULL || ical()->component_isa(event) != ICAL_VEVENT_COMPONENT ||
	    ical()->component_count_errors(event) > 0)
		return "a property that cannot be read";
	if (ical()->component_get_status(event) == ICAL_STATUS_CANCELLED)
		return NULL;

	meeting.event = event;
	if (!occurrences_last(calendar->occurrences, event, calendar->now, &meeting.seen))
		return "no DTSTART";
	if (meeting.seen != 0 && was_owner_there(calendar, event))
		take_people(&meeting);

	return NULL;
}

static void
read_events(Calendar *calendar)
{
	Span line;

	while (lines_next(&calendar->part.lines, &line)) {
		size_t begun = calendar->part.lines.number;
		const char *trouble = NULL;

		if (lines_span_is(line, "BEGIN", "VCALENDAR"))
			calendar->is_cancelled = false;
		else if (lines_span_is(line, "METHOD", "CANCEL"))
			calendar->is_cancelled = true;
		else if (lines_span_is(line, "BEGIN", "VEVENT"))
			trouble = calendar_part_cut(&calendar->part, CALENDAR_PART_EVENT)
				      ? take_event(calendar, begun)
				      : "no END:VEVENT";
		if (trouble != NULL)
			calendar->take(calendar->context, NULL, begun, trouble);
	}
}

bool
calendar_is_file(const char *bytes, size_t length)
{
	return lines_begin_file(bytes, length, "VCALENDAR");
}

void
calendar_read(const char *bytes, size_t length, const Owners *owners, const char *owner,
	      gint64 now, ContactTake *take, void *context)
{
	g_autoptr(GBytes) unmarked = charset_unmarked(bytes, length);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(Occurrences) occurrences = occurrences_new();
	Calendar calendar = { .take = take,
			      .context = context,
			      .owners = owners,
			      .owner = owner,
			      .now = now,
			      .part = { .wanted = meeting_wanted, .text = text },
			      .occurrences = occurrences };
	gsize size;
	const char *start = g_bytes_get_data(unmarked, &size);

	if (ical() == NULL) {
		take(context, NULL, 0, "no calendar can be read: libical is missing");
		return;
	}
	/* A library must not end the process over a file. */
	ical()->error_set_errors_are_fatal(0);
	lines_init(&calendar.part.lines, start, size);
	read_zones(&calendar);
	lines_init(&calendar.part.lines, start, size);
	read_events(&calendar);
}

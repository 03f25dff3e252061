/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calendar.c - the people of meetings that took place, and who asks to one
 *
 * Design rationale
 *	libical reads a whole text or nothing of it.  So each event is cut out
 *	and handed over by itself, with those lines alone that say when and
 *	who: what one event breaks is broken for that event, and neither long
 *	descriptions nor attachments are parsed.
 */

#include "config.h"

#include <string.h>

#include <glib.h>
#include <libical/ical.h>

#include "import/calendar.h"
#include "text/charset.h"
#include "import/lines.h"
#include "import/occurrence.h"

/* Bytes of an event, or a time zone, that we read. */
#define MAX_TEXT (64 * 1024)

/* What is cut out of the file: time zones as they are, of events what is wanted. */
typedef enum {
	CUT_ZONE,
	CUT_EVENT,
} Cut;

static const char *const cut_names[] = { "VTIMEZONE", "VEVENT" };

typedef struct {
	ContactTake *take; /* borrowed, as are context, owners and owner */
	void *context;
	const Owners *owners;
	const char *owner;
	gint64 now;
	Lines lines;
	const char *const *wanted; /* properties of events, closed by NULL */
	Occurrences *occurrences;  /* borrowed */
	GString *text;             /* the event or time zone at hand */
	size_t guests;             /* lines of it */
	bool is_cancelled;         /* all events of the calendar at hand */
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

/* And those in which an organizer writes. */
static const char *const request_wanted[] = { "ORGANIZER", "SUMMARY", "LOCATION",
					      "DESCRIPTION", NULL };

static bool
is_property(Span line, const char *name)
{
	size_t length = strlen(name);

	return line.length > length &&
	       g_ascii_strncasecmp(line.text, name, length) == 0 &&
	       (line.text[length] == ':' || line.text[length] == ';');
}

static bool
is_fold(Span line)
{
	return line.length > 0 && (*line.text == ' ' || *line.text == '\t');
}

static bool
is_wanted(const Calendar *calendar, Span line)
{
	for (size_t i = 0; calendar->wanted[i] != NULL; i++)
		if (is_property(line, calendar->wanted[i]))
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
keep_line(Calendar *calendar, Span line)
{
	if (is_property(line, "ATTENDEE"))
		calendar->guests++;
	if (calendar->guests <= CALENDAR_MAX_GUESTS && calendar->text->len <= MAX_TEXT)
		append_line(calendar->text,
			    (Span){ line.text, MIN(line.length, MAX_TEXT) });
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

/*
 * Cut a component out, from behind its BEGIN on, into text.  False where its
 * END is missing; what stands in the place of that comes next.
 */
static bool
cut(Calendar *calendar, Cut what)
{
	Lines before = calendar->lines;
	size_t depth = 0;
	bool is_kept = false;
	Span line;

	calendar->guests = 0;
	g_string_printf(calendar->text, "BEGIN:%s\r\n", cut_names[what]);
	for (; lines_next(&calendar->lines, &line); before = calendar->lines) {
		if (lines_span_is(line, "END", cut_names[what])) {
			g_string_append_printf(calendar->text, "END:%s\r\n",
					       cut_names[what]);
			return true;
		}
		if (is_outside(line)) {
			calendar->lines = before;
			return false;
		}
		depth += is_property(line, "BEGIN");
		if (!is_fold(line))
			is_kept = what == CUT_ZONE
				      ? depth > 0 || !is_property(line, "END")
				      : depth == 0 && is_wanted(calendar, line);
		if (is_kept)
			keep_line(calendar, line);
		depth -= depth > 0 && is_property(line, "END");
	}

	return false;
}

/* All of them first: an event may stand before its own. */
static void
read_zones(Calendar *calendar)
{
	Span line;

	while (lines_next(&calendar->lines, &line))
		if (lines_span_is(line, "BEGIN", cut_names[CUT_ZONE]) &&
		    cut(calendar, CUT_ZONE) && calendar->text->len <= MAX_TEXT)
			occurrences_add_zone(calendar->occurrences, calendar->text->str);
}

/* Exchange and Apple may give it beside an identifier of their own. */
static const char *
address_of(icalproperty *person)
{
	icalparameter *email =
	    icalproperty_get_first_parameter(person, ICAL_EMAIL_PARAMETER);
	const char *uri = icalproperty_isa(person) == ICAL_ORGANIZER_PROPERTY
			      ? icalproperty_get_organizer(person)
			      : icalproperty_get_attendee(person);
	const char *address = NULL;

	if (uri != NULL && g_ascii_strncasecmp(uri, "mailto:", strlen("mailto:")) == 0)
		address = uri + strlen("mailto:");
	else if (email != NULL)
		address = icalparameter_get_email(email);

	return address != NULL ? address : "";
}

static bool
is_person(icalproperty *guest)
{
	icalparameter *type =
	    icalproperty_get_first_parameter(guest, ICAL_CUTYPE_PARAMETER);

	switch (type != NULL ? icalparameter_get_cutype(type) : ICAL_CUTYPE_INDIVIDUAL) {
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
	    icalproperty_get_first_parameter(guest, ICAL_PARTSTAT_PARAMETER);

	return status != NULL ? icalparameter_get_partstat(status)
			      : ICAL_PARTSTAT_NEEDSACTION;
}

/* By detail or an alias, too. */
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
	    icalproperty_get_first_parameter(person, ICAL_CN_PARAMETER);
	const char *name = parameter != NULL ? icalparameter_get_cn(parameter) : NULL;
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
	contact_add_address(&contact, address_of(person));
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
		    icalcomponent_get_first_property(meeting->event, kinds[i]);

		for (; person != NULL;
		     person = icalcomponent_get_next_property(meeting->event, kinds[i]))
			take_person(meeting, person, told);
	}
}

static bool
is_organizer(const Calendar *calendar, icalcomponent *event)
{
	icalproperty *organizer =
	    icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY);

	return organizer != NULL && is_owner(calendar, address_of(organizer));
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
	    icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);

	for (; guest != NULL;
	     guest = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
		icalparameter_partstat answer = answer_of(guest);
		bool is_yes =
		    answer == ICAL_PARTSTAT_ACCEPTED || answer == ICAL_PARTSTAT_TENTATIVE;

		if ((answer == ICAL_PARTSTAT_DECLINED || (must_answer && !is_yes)) &&
		    is_owner(calendar, address_of(guest)))
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

	if (calendar->is_cancelled || calendar->guests > CALENDAR_MAX_GUESTS)
		return NULL;
	if (calendar->text->len > MAX_TEXT)
		return "more than 64 kB of text";

	event = icalparser_parse_string(calendar->text->str);
	if (event == NULL || icalcomponent_isa(event) != ICAL_VEVENT_COMPONENT ||
	    icalcomponent_count_errors(event) > 0)
		return "a property that cannot be read";
	if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED)
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

	while (lines_next(&calendar->lines, &line)) {
		size_t begun = calendar->lines.number;
		const char *trouble = NULL;

		if (lines_span_is(line, "BEGIN", "VCALENDAR"))
			calendar->is_cancelled = false;
		else if (lines_span_is(line, "METHOD", "CANCEL"))
			calendar->is_cancelled = true;
		else if (lines_span_is(line, "BEGIN", cut_names[CUT_EVENT]))
			trouble = cut(calendar, CUT_EVENT) ? take_event(calendar, begun)
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
			      .wanted = meeting_wanted,
			      .occurrences = occurrences,
			      .text = text };
	gsize size;
	const char *start = g_bytes_get_data(unmarked, &size);

	/* A library must not end the process over a file. */
	icalerror_set_errors_are_fatal(0);
	lines_init(&calendar.lines, start, size);
	read_zones(&calendar);
	lines_init(&calendar.lines, start, size);
	read_events(&calendar);
}

static char *
value_of(icalcomponent *event, icalproperty_kind kind)
{
	icalproperty *property = icalcomponent_get_first_property(event, kind);
	icalvalue *value = property != NULL ? icalproperty_get_value(property) : NULL;
	const char *text = value != NULL ? icalvalue_get_text(value) : NULL;

	return text != NULL ? charset_text(text, strlen(text), NULL) : NULL;
}

static void
read_organizer(CalendarRequest *request, icalcomponent *event)
{
	icalproperty *organizer =
	    icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY);
	icalparameter *name =
	    organizer != NULL
		? icalproperty_get_first_parameter(organizer, ICAL_CN_PARAMETER)
		: NULL;
	const char *text = name != NULL ? icalparameter_get_cn(name) : NULL;

	if (organizer == NULL)
		return;
	request->address = g_ascii_strdown(address_of(organizer), -1);
	if (text != NULL)
		request->organizer = charset_text(text, strlen(text), NULL);
}

/* The first event; whatever of it cannot be read is left out. */
static void
read_request(CalendarRequest *request, Calendar *calendar)
{
	g_autoptr(icalcomponent) event = NULL;

	if (!cut(calendar, CUT_EVENT))
		return;
	event = icalparser_parse_string(calendar->text->str);
	if (event == NULL || icalcomponent_isa(event) != ICAL_VEVENT_COMPONENT)
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
	Calendar calendar = { .wanted = request_wanted, .text = text };
	Span line;

	*request = (CalendarRequest){ 0 };
	icalerror_set_errors_are_fatal(0);
	lines_init(&calendar.lines, bytes, length);
	while (lines_next(&calendar.lines, &line)) {
		if (is_property(line, "METHOD") && request->method == NULL)
			request->method = method_of(line);
		if (!lines_span_is(line, "BEGIN", cut_names[CUT_EVENT]))
			continue;
		read_request(request, &calendar);
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

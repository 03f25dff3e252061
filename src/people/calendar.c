/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calendar.c - the people of meetings that took place
 *
 * Design rationale
 *	libical reads a whole text or nothing of it.  So each event is cut out
 *	and handed over by itself, with those lines alone that say when and
 *	who: what one event breaks is broken for that event, and neither long
 *	descriptions nor attachments are parsed.
 *
 *	Once asked for the next time of a rule, libical cannot be stopped: one
 *	that never fits ("30 February") is tried until the year 2582, by the
 *	second where it says so.  A rule that repeats within a day is therefore
 *	not followed, for no meeting does, and after a few that never fit none
 *	is: the first time of an event counts then.
 */

#include <string.h>

#include <glib.h>
#include <libical/ical.h>

#include "people/calendar.h"
#include "people/charset.h"
#include "people/lines.h"

enum {
	MAX_TEXT = 64 * 1024,	/* bytes of an event, or a time zone, that we read */
	MAX_ZONES = 256,
	MAX_STEPS = 5000,	/* of a rule: workdays of nineteen years */
	MAX_FRUITLESS = 3,
	DAY = 24 * 60 * 60,
};

/* What is cut out of the file: time zones as they are, of events what is wanted. */
typedef enum {
	CUT_ZONE,
	CUT_EVENT,
} Cut;

static const char *const cut_names[] = { "VTIMEZONE", "VEVENT" };

G_DEFINE_AUTOPTR_CLEANUP_FUNC(icalcomponent, icalcomponent_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(icalrecur_iterator, icalrecur_iterator_free)

typedef struct {
	ContactTake *take;	/* borrowed, as are context and owner */
	void *context;
	const char *owner;
	gint64 now;
	Lines lines;
	GHashTable *zones;	/* TZID, owned -> icaltimezone, owned */
	GString *text;		/* the event or time zone at hand */
	size_t guests;		/* lines of it */
	bool is_cancelled;	/* all events of the calendar at hand */
	size_t fruitless;	/* rules that never fitted */
} Calendar;

/* When an event takes place. */
typedef struct {
	struct icaltimetype start;
	icaltimezone *zone;		/* borrowed */
	struct icalrecurrencetype rule;
} Rule;

/* An event that took place. */
typedef struct {
	const Calendar *calendar; /* borrowed, as is event */
	icalcomponent *event;
	size_t line;
	gint64 seen;
} Meeting;

/* The properties that say when an event is and who comes. */
static const char *const wanted[] = { "DTSTART", "RRULE", "STATUS", "ORGANIZER", "ATTENDEE" };

static bool
is_property(Span line, const char *name)
{
	size_t length = strlen(name);

	return line.length > length && g_ascii_strncasecmp(line.text, name, length) == 0 &&
	       (line.text[length] == ':' || line.text[length] == ';');
}

static bool
is_fold(Span line)
{
	return line.length > 0 && (*line.text == ' ' || *line.text == '\t');
}

static bool
is_wanted(Span line)
{
	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++)
		if (is_property(line, wanted[i]))
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
		append_line(calendar->text, (Span){ line.text, MIN(line.length, MAX_TEXT) });
}

/* Does a line begin what cannot stand within an event or a time zone? */
static bool
is_outside(Span line)
{
	return span_is(line, "BEGIN", "VEVENT") || span_is(line, "BEGIN", "VTIMEZONE") ||
	       span_is(line, "BEGIN", "VCALENDAR") || span_is(line, "END", "VCALENDAR");
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
		if (span_is(line, "END", cut_names[what])) {
			g_string_append_printf(calendar->text, "END:%s\r\n", cut_names[what]);
			return true;
		}
		if (is_outside(line)) {
			calendar->lines = before;
			return false;
		}
		depth += is_property(line, "BEGIN");
		if (!is_fold(line))
			is_kept = what == CUT_ZONE ? depth > 0 || !is_property(line, "END")
						   : depth == 0 && is_wanted(line);
		if (is_kept)
			keep_line(calendar, line);
		depth -= depth > 0 && is_property(line, "END");
	}

	return false;
}

/*
 * A zone's rules are walked to the present at one go.  Real ones turn the clock
 * once a year; one that does so every second would fill the memory.
 */
static bool
is_calm(icalcomponent *zone)
{
	icalcomponent *part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT);

	for (; part != NULL;
	     part = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
		icalproperty *property =
		    icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);

		for (; property != NULL; property = icalcomponent_get_next_property(
					     part, ICAL_RRULE_PROPERTY)) {
			struct icalrecurrencetype rule = icalproperty_get_rrule(property);

			if (rule.freq != ICAL_YEARLY_RECURRENCE ||
			    rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX ||
			    rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX ||
			    rule.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX)
				return false;
		}
	}

	return true;
}

static void
zone_free(gpointer zone)
{
	icaltimezone_free(zone, 1);
}

/* The time zone that was cut out; what is wrong with one is no loss but of hours. */
static void
take_zone(Calendar *calendar)
{
	g_autoptr(icalcomponent) component = icalparser_parse_string(calendar->text->str);
	icaltimezone *zone;

	if (component == NULL || icalcomponent_isa(component) != ICAL_VTIMEZONE_COMPONENT ||
	    icalcomponent_count_errors(component) > 0 || !is_calm(component))
		return;

	zone = icaltimezone_new();
	if (icaltimezone_set_component(zone, component) == 0) {
		zone_free(zone);
		return;
	}
	(void)g_steal_pointer(&component);
	g_hash_table_replace(calendar->zones, g_strdup(icaltimezone_get_tzid(zone)), zone);
}

/* All of them first: an event may stand before its own. */
static void
read_zones(Calendar *calendar)
{
	Span line;

	while (lines_next(&calendar->lines, &line) &&
	       g_hash_table_size(calendar->zones) < MAX_ZONES)
		if (span_is(line, "BEGIN", cut_names[CUT_ZONE]) && cut(calendar, CUT_ZONE) &&
		    calendar->text->len <= MAX_TEXT)
			take_zone(calendar);
}

/* Of a time without any zone, and of one that nobody knows, UTC: it is hours at most. */
static icaltimezone *
zone_of(const Calendar *calendar, icalproperty *property)
{
	icalparameter *parameter =
	    icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
	const char *id = parameter != NULL ? icalparameter_get_tzid(parameter) : NULL;
	icaltimezone *zone = id != NULL ? g_hash_table_lookup(calendar->zones, id) : NULL;

	if (id != NULL && zone == NULL)
		zone = icaltimezone_get_builtin_timezone(id);

	return zone != NULL ? zone : icaltimezone_get_utc_timezone();
}

/* Days before the present in which a rule of each kind nearly always fits. */
static long
window_of(const struct icalrecurrencetype *rule)
{
	switch (rule->freq) {
	case ICAL_DAILY_RECURRENCE:
		return 60;
	case ICAL_WEEKLY_RECURRENCE:
		return 365;
	case ICAL_MONTHLY_RECURRENCE:
		return 5 * 366;
	case ICAL_YEARLY_RECURRENCE:
		return 50 * 366;
	default:
		return 0;
	}
}

/* The last time that fits between from (or the start) and now, or 0. */
static gint64
last_fit(const Rule *rule, gint64 from, gint64 now)
{
	g_autoptr(icalrecur_iterator) iterator = icalrecur_iterator_new(rule->rule, rule->start);
	struct icaltimetype next;
	gint64 last = 0;

	if (iterator == NULL)
		return 0;
	if (from != 0) {
		next = icaltime_from_timet_with_zone(from, rule->start.is_date, rule->zone);
		if (icalrecur_iterator_set_start(iterator, next) == 0)
			return 0;
	}

	for (size_t step = 0; step < MAX_STEPS; step++) {
		gint64 seconds;

		next = icalrecur_iterator_next(iterator);
		if (icaltime_is_null_time(next))
			break;
		seconds = icaltime_as_timet_with_zone(next, rule->zone);
		if (seconds >= now)
			break;
		last = seconds;
	}

	return last;
}

/* The last time before now, of one that began before now. */
static gint64
last_time(Calendar *calendar, const Rule *rule)
{
	gint64 first = icaltime_as_timet_with_zone(rule->start, rule->zone);
	gint64 window = window_of(&rule->rule) * MAX(rule->rule.interval, 1) * (gint64)DAY;
	gint64 end = calendar->now, last = 0;

	if (window == 0 || calendar->fruitless >= MAX_FRUITLESS)
		return first;

	if (!icaltime_is_null_time(rule->rule.until))
		end = MIN(end, icaltime_as_timet_with_zone(rule->rule.until, rule->zone));
	/* libical jumps only where it need not count. */
	if (rule->rule.count == 0 && end - window > first)
		last = last_fit(rule, end - window, calendar->now);
	if (last == 0)
		last = last_fit(rule, 0, calendar->now);
	if (last == 0)
		calendar->fruitless++;

	return MAX(first, last);
}

/* When it took place last; 0: it did not yet.  NULL in trouble_out where one can tell. */
static gint64
seen_of(Calendar *calendar, icalcomponent *event, const char **trouble_out)
{
	icalproperty *begins = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
	icalproperty *repeats = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
	Rule rule = { .start = icaltime_null_time() };
	gint64 first;

	if (begins != NULL)
		rule.start = icalproperty_get_dtstart(begins);
	if (icaltime_is_null_time(rule.start) || !icaltime_is_valid_time(rule.start)) {
		*trouble_out = "no DTSTART";
		return 0;
	}
	*trouble_out = NULL;

	rule.zone = icaltime_is_utc(rule.start) ? icaltimezone_get_utc_timezone()
						: zone_of(calendar, begins);
	first = icaltime_as_timet_with_zone(rule.start, rule.zone);
	if (first >= calendar->now)
		return 0;
	if (repeats == NULL)
		return first;

	rule.rule = icalproperty_get_rrule(repeats);

	return last_time(calendar, &rule);
}

/* Exchange and Apple may give it beside an identifier of their own. */
static const char *
address_of(icalproperty *person)
{
	icalparameter *email = icalproperty_get_first_parameter(person, ICAL_EMAIL_PARAMETER);
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
	icalparameter *type = icalproperty_get_first_parameter(guest, ICAL_CUTYPE_PARAMETER);

	switch (type != NULL ? icalparameter_get_cutype(type) : ICAL_CUTYPE_INDIVIDUAL) {
	case ICAL_CUTYPE_GROUP:
	case ICAL_CUTYPE_RESOURCE:
	case ICAL_CUTYPE_ROOM:
		return false;
	default:
		return true;
	}
}

static bool
has_declined(icalproperty *guest)
{
	icalparameter *status =
	    icalproperty_get_first_parameter(guest, ICAL_PARTSTAT_PARAMETER);

	return status != NULL && icalparameter_get_partstat(status) == ICAL_PARTSTAT_DECLINED;
}

static void
set_name(Contact *contact, icalproperty *person)
{
	icalparameter *parameter = icalproperty_get_first_parameter(person, ICAL_CN_PARAMETER);
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

	if (!is_person(person) || has_declined(person))
		return;

	contact_init(&contact, SOURCE_MET);
	contact_add_address(&contact, address_of(person));
	if (contact.addresses->len == 0 ||
	    g_str_equal(contact.addresses->pdata[0], calendar->owner) ||
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
		icalproperty *person = icalcomponent_get_first_property(meeting->event, kinds[i]);

		for (; person != NULL;
		     person = icalcomponent_get_next_property(meeting->event, kinds[i]))
			take_person(meeting, person, told);
	}
}

/* Who says that the owner was not there is the owner. */
static bool
has_owner_declined(const Calendar *calendar, icalcomponent *event)
{
	icalproperty *guest = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);

	for (; guest != NULL;
	     guest = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY))
		if (has_declined(guest) &&
		    g_ascii_strcasecmp(address_of(guest), calendar->owner) == 0)
			return true;

	return false;
}

/* Judges the event that was cut out.  Returns what is wrong with it, or NULL. */
static const char *
take_event(Calendar *calendar, size_t line)
{
	g_autoptr(icalcomponent) event = NULL;
	Meeting meeting = { .calendar = calendar, .line = line };
	const char *trouble;

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
	meeting.seen = seen_of(calendar, event, &trouble);
	if (trouble == NULL && meeting.seen != 0 && !has_owner_declined(calendar, event))
		take_people(&meeting);

	return trouble;
}

static void
read_events(Calendar *calendar)
{
	Span line;

	while (lines_next(&calendar->lines, &line)) {
		size_t begun = calendar->lines.number;
		const char *trouble = NULL;

		if (span_is(line, "BEGIN", "VCALENDAR"))
			calendar->is_cancelled = false;
		else if (span_is(line, "METHOD", "CANCEL"))
			calendar->is_cancelled = true;
		else if (span_is(line, "BEGIN", cut_names[CUT_EVENT]))
			trouble = cut(calendar, CUT_EVENT) ? take_event(calendar, begun)
							   : "no END:VEVENT";
		if (trouble != NULL)
			calendar->take(calendar->context, NULL, begun, trouble);
	}
}

bool
is_calendar(const char *bytes, size_t length)
{
	return is_file_of(bytes, length, "VCALENDAR");
}

void
calendar_read(const char *bytes, size_t length, const char *owner, gint64 now,
	      ContactTake *take, void *context)
{
	g_autoptr(GBytes) unmarked = charset_unmarked(bytes, length);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GHashTable) zones =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, zone_free);
	Calendar calendar = { .take = take, .context = context, .owner = owner, .now = now,
			      .zones = zones, .text = text };
	gsize size;
	const char *start = g_bytes_get_data(unmarked, &size);

	/* A library must not end the process over a file. */
	icalerror_set_errors_are_fatal(0);
	lines_init(&calendar.lines, start, size);
	read_zones(&calendar);
	lines_init(&calendar.lines, start, size);
	read_events(&calendar);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * occurrence.c - when did an event take place last?
 *
 * Design rationale
 *	Once asked for the next time of a rule, libical cannot be stopped: one
 *	that never fits ("30 February") is tried until the year 2582, by the
 *	second where it says so.  A rule that repeats within a day is therefore
 *	not followed, for no meeting does, and after a few that never fit none
 *	is: the first time of an event counts then.
 */

#include "config.h"

#include "base/day.h"
#include "import/occurrence.h"

enum {
	MAX_ZONES = 256,
	MAX_PARTS = 256,  /* of a zone: each is a rule, or a day in history */
	MAX_STEPS = 5000, /* of a rule: workdays of nineteen years */
	MAX_BARREN = 3,
};

/* A rule ended before it fitted once. */
#define BARREN (-1)

struct Occurrences {
	GHashTable *zones; /* TZID, owned -> icaltimezone, owned */
	size_t barren;     /* rules that never fitted */
};

/* When an event takes place. */
typedef struct {
	struct icaltimetype start;
	icaltimezone *zone; /* borrowed */
	struct icalrecurrencetype rule;
} Schedule;

static void
zone_free(gpointer zone)
{
	ical()->timezone_free(zone, 1);
}

static bool
is_yearly(const struct icalrecurrencetype *rule)
{
	return rule->freq == ICAL_YEARLY_RECURRENCE &&
	       rule->by_second[0] == ICAL_RECURRENCE_ARRAY_MAX &&
	       rule->by_minute[0] == ICAL_RECURRENCE_ARRAY_MAX &&
	       rule->by_hour[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

/*
 * A zone's rules are walked to the present at one go.  Real ones turn the clock
 * once a year; one that does so every second would fill the memory.
 */
static bool
is_calm(icalcomponent *zone)
{
	icalcomponent *part =
	    ical()->component_get_first_component(zone, ICAL_ANY_COMPONENT);
	size_t parts = 0;

	for (; part != NULL;
	     part = ical()->component_get_next_component(zone, ICAL_ANY_COMPONENT)) {
		icalproperty *property =
		    ical()->component_get_first_property(part, ICAL_RRULE_PROPERTY);
		struct icalrecurrencetype rule;

		if (++parts > MAX_PARTS ||
		    ical()->component_count_properties(part, ICAL_RRULE_PROPERTY) > 1)
			return false;
		if (property == NULL)
			continue;
		rule = ical()->property_get_rrule(property);
		if (!is_yearly(&rule))
			return false;
	}

	return true;
}

static icaltimezone *
zone_of(const Occurrences *occurrences, icalproperty *property)
{
	icalparameter *parameter =
	    ical()->property_get_first_parameter(property, ICAL_TZID_PARAMETER);
	const char *id = parameter != NULL ? ical()->parameter_get_tzid(parameter) : NULL;
	icaltimezone *zone =
	    id != NULL ? g_hash_table_lookup(occurrences->zones, id) : NULL;

	if (id != NULL && zone == NULL)
		zone = ical()->timezone_get_builtin_timezone(id);

	return zone != NULL ? zone : ical()->timezone_get_utc_timezone();
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

/* The last time that fits between from (0: the start) and now, 0, or BARREN. */
static gint64
last_fit(const Schedule *schedule, gint64 from, gint64 now)
{
	g_autoptr(icalrecur_iterator) iterator =
	    ical()->recur_iterator_new(schedule->rule, schedule->start);
	struct icaltimetype next;
	gint64 last = 0;

	if (iterator == NULL)
		return BARREN;
	if (from != 0) {
		next = ical()->time_from_timet_with_zone(from, schedule->start.is_date,
							 schedule->zone);
		if (ical()->recur_iterator_set_start(iterator, next) == 0)
			return 0;
	}

	for (size_t step = 0; step < MAX_STEPS; step++) {
		gint64 seconds;

		next = ical()->recur_iterator_next(iterator);
		if (ical()->time_is_null_time(next))
			return step == 0 ? BARREN : last;
		seconds = ical()->time_as_timet_with_zone(next, schedule->zone);
		if (seconds >= now)
			break;
		last = seconds;
	}

	return last;
}

/* The last time before now, of one that began before now. */
static gint64
last_time(Occurrences *occurrences, const Schedule *schedule, gint64 now)
{
	gint64 first = ical()->time_as_timet_with_zone(schedule->start, schedule->zone);
	gint64 window = window_of(&schedule->rule) * MAX(schedule->rule.interval, 1) *
			(gint64)DAY_SECONDS;
	gint64 end = now, last = 0;

	if (window == 0 || occurrences->barren >= MAX_BARREN)
		return first;

	if (!ical()->time_is_null_time(schedule->rule.until))
		end = MIN(end, ical()->time_as_timet_with_zone(schedule->rule.until,
							       schedule->zone));
	/* libical jumps only where it need not count. */
	if (schedule->rule.count == 0 && end - window > first)
		last = last_fit(schedule, end - window, now);
	if (last <= 0)
		last = last_fit(schedule, 0, now);
	occurrences->barren += last == BARREN;

	return MAX(first, last);
}

Occurrences *
occurrences_new(void)
{
	Occurrences *occurrences = g_new0(Occurrences, 1);

	occurrences->zones =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, zone_free);

	return occurrences;
}

void
occurrences_free(Occurrences *occurrences)
{
	if (occurrences == NULL)
		return;

	g_hash_table_unref(occurrences->zones);
	g_free(occurrences);
}

void
occurrences_add_zone(Occurrences *occurrences, const char *text)
{
	g_autoptr(icalcomponent) component = ical()->parser_parse_string(text);
	icaltimezone *zone;

	if (component == NULL ||
	    ical()->component_isa(component) != ICAL_VTIMEZONE_COMPONENT ||
	    ical()->component_count_errors(component) > 0 || !is_calm(component) ||
	    g_hash_table_size(occurrences->zones) == MAX_ZONES)
		return;

	zone = ical()->timezone_new();
	if (ical()->timezone_set_component(zone, component) == 0) {
		zone_free(zone);
		return;
	}
	(void)g_steal_pointer(&component);
	g_hash_table_replace(occurrences->zones,
			     g_strdup(ical()->timezone_get_tzid(zone)), zone);
}

bool
occurrences_last(Occurrences *occurrences, icalcomponent *event, gint64 now,
		 gint64 *last_out)
{
	icalproperty *begins =
	    ical()->component_get_first_property(event, ICAL_DTSTART_PROPERTY);
	icalproperty *repeats =
	    ical()->component_get_first_property(event, ICAL_RRULE_PROPERTY);
	Schedule schedule = { .start = ical()->time_null_time() };
	gint64 last;

	if (begins != NULL)
		schedule.start = ical()->property_get_dtstart(begins);
	if (ical()->time_is_null_time(schedule.start) ||
	    !ical()->time_is_valid_time(schedule.start))
		return false;

	schedule.zone = ical()->time_is_utc(schedule.start)
			    ? ical()->timezone_get_utc_timezone()
			    : zone_of(occurrences, begins);
	last = ical()->time_as_timet_with_zone(schedule.start, schedule.zone);
	if (last < now && repeats != NULL) {
		schedule.rule = ical()->property_get_rrule(repeats);
		last = last_time(occurrences, &schedule, now);
	}
	*last_out = last < now ? MAX(last, 0) : 0;

	return true;
}

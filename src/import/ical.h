/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	ical - libical, loaded when the first calendar is read
 *
 * DESCRIPTION
 *	Few mails have a calendar, and few commands read one; but libical brings ICU
 *	and the library of C++, whose loading takes longer than a mail is judged.  So
 *	the programs are not linked with it: ical() loads it once, and has its
 *	functions by their names without the "ical" in front.  A function that is used
 *	for the first time is added to ICAL_FUNCTIONS.
 *
 * RETURN VALUE
 *	NULL where libical is missing; a warning says so once, and calendars are not
 *	read.
 */
#ifndef ICAL_H
#define ICAL_H

#include <glib.h>
#include <libical/ical.h>

#define ICAL_FUNCTIONS(FUNCTION)                                                         \
	FUNCTION(component_count_errors)                                                 \
	FUNCTION(component_count_properties)                                             \
	FUNCTION(component_free)                                                         \
	FUNCTION(component_get_first_component)                                          \
	FUNCTION(component_get_first_property)                                           \
	FUNCTION(component_get_next_component)                                           \
	FUNCTION(component_get_next_property)                                            \
	FUNCTION(component_get_status)                                                   \
	FUNCTION(component_isa)                                                          \
	FUNCTION(error_set_errors_are_fatal)                                             \
	FUNCTION(parameter_get_cn)                                                       \
	FUNCTION(parameter_get_cutype)                                                   \
	FUNCTION(parameter_get_email)                                                    \
	FUNCTION(parameter_get_partstat)                                                 \
	FUNCTION(parameter_get_tzid)                                                     \
	FUNCTION(parser_parse_string)                                                    \
	FUNCTION(property_get_attendee)                                                  \
	FUNCTION(property_get_dtstart)                                                   \
	FUNCTION(property_get_first_parameter)                                           \
	FUNCTION(property_get_organizer)                                                 \
	FUNCTION(property_get_rrule)                                                     \
	FUNCTION(property_get_value)                                                     \
	FUNCTION(property_isa)                                                           \
	FUNCTION(recur_iterator_free)                                                    \
	FUNCTION(recur_iterator_new)                                                     \
	FUNCTION(recur_iterator_next)                                                    \
	FUNCTION(recur_iterator_set_start)                                               \
	FUNCTION(time_as_timet_with_zone)                                                \
	FUNCTION(time_from_timet_with_zone)                                              \
	FUNCTION(time_is_null_time)                                                      \
	FUNCTION(time_is_utc)                                                            \
	FUNCTION(time_is_valid_time)                                                     \
	FUNCTION(time_null_time)                                                         \
	FUNCTION(timezone_free)                                                          \
	FUNCTION(timezone_get_builtin_timezone)                                          \
	FUNCTION(timezone_get_tzid)                                                      \
	FUNCTION(timezone_get_utc_timezone)                                              \
	FUNCTION(timezone_new)                                                           \
	FUNCTION(timezone_set_component)                                                 \
	FUNCTION(value_get_text)

typedef struct {
#define ICAL_MEMBER(name) __typeof__(ical##name) *name;
	ICAL_FUNCTIONS(ICAL_MEMBER)
#undef ICAL_MEMBER
} Ical;

const Ical *ical(void);

static inline void
ical_component_free(icalcomponent *component)
{
	ical()->component_free(component);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(icalcomponent, ical_component_free)

static inline void
ical_iterator_free(icalrecur_iterator *iterator)
{
	ical()->recur_iterator_free(iterator);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(icalrecur_iterator, ical_iterator_free)

#endif

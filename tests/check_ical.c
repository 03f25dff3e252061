/* SPDX-License-Identifier: BSD-2-Clause */
/* check_ical.c - is libical there when a calendar is read, and not before? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "import/ical.h"

static bool
is_mapped(void)
{
	g_autofree char *maps = NULL;

	ck_assert(g_file_get_contents("/proc/self/maps", &maps, NULL, NULL));

	return strstr(maps, ICAL_LIBRARY) != NULL;
}

START_TEST(libical_is_loaded_when_it_is_asked_for)
{
	g_autoptr(icalcomponent) event = NULL;

	ck_assert_msg(!is_mapped(), "%s is loaded at start", ICAL_LIBRARY);
	ck_assert_msg(ical() != NULL, "%s cannot be loaded", ICAL_LIBRARY);
	ck_assert_msg(is_mapped(), "%s is not loaded", ICAL_LIBRARY);

	event = ical()->parser_parse_string("BEGIN:VEVENT\r\nEND:VEVENT\r\n");
	ck_assert_int_eq(ical()->component_isa(event), ICAL_VEVENT_COMPONENT);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ical");
	TCase *loading = tcase_create("loading");

	tcase_add_test(loading, libical_is_loaded_when_it_is_asked_for);
	suite_add_tcase(suite, loading);

	return fixture_run(suite);
}

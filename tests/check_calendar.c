/* SPDX-License-Identifier: BSD-2-Clause */
/* check_calendar.c - is everybody known whom the owner met, and nobody else? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "import/calendar.h"
#include "taken.h"

/* 2024-03-01 12:00 UTC, a Friday. */
#define NOW 1709294400

#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define PAST         "DTSTART:20240229T090000Z\r\n"
#define GUEST        "ATTENDEE;CN=Jane Doe:mailto:j@example.org\r\n"
#define ORGANIZER    "ORGANIZER;CN=Jane Doe:mailto:j@example.org\r\n"
#define ME(how)      "ATTENDEE;" how ":mailto:marieke@example.net\r\n"
#define MET          "1 met: Jane Doe <j@example.org> "

static const char conf[] = "[people]\naliases = m@example.org=" FIXTURE_OWNER "\n";

/* What the owner's calendar says. */
static void
read_text(const char *text, size_t length, GString *got)
{
	g_autoptr(Assessor) assessor = fixture_assessor(conf);

	calendar_read(text, length, assessor_rules(assessor)->owners, FIXTURE_OWNER, NOW,
		      taken, got);
}

static const struct {
	const char *text;
	const char *want;
} events[] = {
	/* who */
	{ EVENT(PAST GUEST), MET "@1709197200\n" },
	{ EVENT(PAST "ORGANIZER;CN=\"Doe, Jane\":MAILTO:J@Example.ORG\r\n"),
	  "1 met: Doe, Jane <j@example.org> @1709197200\n" },
	{ EVENT(PAST
		"ORGANIZER:mailto:o@example.org\r\nATTENDEE;CN=O:mailto:O@example.org\r\n"
		"ATTENDEE:mailto:o@example.org\r\n" GUEST),
	  "1 met: <o@example.org> @1709197200\n" MET "@1709197200\n" },
	{ EVENT(PAST "ATTENDEE;CN=Me:mailto:Marieke@Example.net\r\n"), "" },
	{ EVENT(PAST "ATTENDEE;CN=j@example.org:mailto:j@example.org\r\n"),
	  "1 met: <j@example.org> @1709197200\n" },
	{ EVENT(PAST "ATTENDEE;PARTSTAT=DECLINED:mailto:d@example.org\r\n" GUEST),
	  MET "@1709197200\n" },
	{ EVENT(PAST "ATTENDEE;CUTYPE=ROOM:mailto:a@example.org\r\n"
		     "ATTENDEE;CUTYPE=RESOURCE:mailto:b@example.org\r\n"
		     "ATTENDEE;CUTYPE=group:mailto:c@example.org\r\n"
		     "ATTENDEE;CUTYPE=INDIVIDUAL;CN=Jane Doe:mailto:j@example.org\r\n"),
	  MET "@1709197200\n" },
	{ EVENT(PAST "ATTENDEE;CN=Jane Doe;EMAIL=j@example.org:urn:uuid:1\r\n"
		     "ATTENDEE;CN=Joe:urn:uuid:2\r\n"),
	  MET "@1709197200\n" },
	{ EVENT(PAST "ATTENDEE;PARTSTAT=DECLINED:mailto:marieke@example.net\r\n" GUEST),
	  "" },
	/*
	 * Anybody who mails an invitation gets into a calendar: only the owner's yes
	 * tells.
	 */
	{ EVENT(PAST ME("PARTSTAT=NEEDS-ACTION") ORGANIZER), "" },
	{ EVENT(PAST ME("PARTSTAT=DELEGATED") ORGANIZER), "" },
	{ EVENT(PAST ME("PARTSTAT=X-LATER") ORGANIZER), "" },
	{ EVENT(PAST ME("CN=Me") ORGANIZER), "" },
	{ EVENT(PAST ME("PARTSTAT=ACCEPTED") ORGANIZER), MET "@1709197200\n" },
	{ EVENT(PAST ME("PARTSTAT=tentative") ORGANIZER), MET "@1709197200\n" },
	{ EVENT(PAST ORGANIZER GUEST), MET "@1709197200\n" },
	{ EVENT(PAST "ATTENDEE:mailto:Marieke+x@Example.NET\r\n" ORGANIZER), "" },
	{ EVENT(PAST "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:m@example.org\r\n" ORGANIZER),
	  "" },
	{ EVENT(PAST "ATTENDEE;PARTSTAT=ACCEPTED:mailto:m@example.org\r\n" ORGANIZER),
	  MET "@1709197200\n" },
	{ EVENT(PAST "ORGANIZER:mailto:m@example.org\r\n" ME("CN=Me") GUEST),
	  MET "@1709197200\n" },
	{ EVENT(PAST "ORGANIZER:mailto:m@example.org\r\n" ME("PARTSTAT=DECLINED") GUEST),
	  "" },
	{ EVENT(PAST "ATTENDEE;CN=\"Jane\r\n  Doe\":mail\r\n to:j@example.org\r\n"),
	  MET "@1709197200\n" },
	{ EVENT(PAST "ATTENDEE;CN=J\374rgen:mailto:j@example.org\r\n"),
	  "1 met: Jürgen <j@example.org> @1709197200\n" },
	{ EVENT(PAST "ATTENDEE;CN=J\303\r\n \274rgen:mailto:j@example.org\r\n"),
	  "1 met: Jürgen <j@example.org> @1709197200\n" },

	/* when */
	{ EVENT("DTSTART:20240301T115959Z\r\n" GUEST), MET "@1709294399\n" },
	{ EVENT("DTSTART:20240301T120000Z\r\n" GUEST), "" },
	{ EVENT("DTSTART;VALUE=DATE:20240301\r\n" GUEST), MET "@1709251200\n" },
	{ EVENT("DTSTART;VALUE=DATE:20240302\r\n" GUEST), "" },
	{ EVENT("DTSTART:20240229T090000\r\n" GUEST), MET "@1709197200\n" },
	{ EVENT("DTSTART;TZID=Nowhere/Land:20240229T090000\r\n" GUEST),
	  MET "@1709197200\n" },
	{ EVENT("DTSTART:20240226T090000Z\r\nRRULE:FREQ=DAILY\r\n" GUEST),
	  MET "@1709283600\n" },
	{ EVENT("DTSTART:20240101T090000Z\r\nRRULE:FREQ=WEEKLY\r\n" GUEST),
	  MET "@1708938000\n" },
	{ EVENT("DTSTART:20240101T090000Z\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n" GUEST),
	  MET "@1704704400\n" },
	{ EVENT("DTSTART:20240101T090000Z\r\nRRULE:FREQ=WEEKLY;UNTIL="
		"20240110T000000Z\r\n" GUEST),
	  MET "@1704704400\n" },
	{ EVENT("DTSTART:20240101T090000Z\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH\r\n" GUEST),
	  MET "@1709197200\n" },
	{ EVENT("DTSTART;VALUE=DATE:20000301\r\nRRULE:FREQ=YEARLY\r\n" GUEST),
	  MET "@1709251200\n" },
	{ EVENT("DTSTART:20250101T090000Z\r\nRRULE:FREQ=WEEKLY\r\n" GUEST), "" },
	{ EVENT("DTSTART:20200101T090000Z\r\nRRULE:FREQ=SECONDLY\r\n" GUEST),
	  MET "@1577869200\n" },
	{ EVENT("DTSTART:20200101T090000Z\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY="
		"30\r\n" GUEST),
	  MET "@1577869200\n" },
	{ EVENT("DTSTART:20200101T090000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY="
		"30\r\n" GUEST),
	  MET "@1577869200\n" },
	{ EVENT("DTSTART:20200101T090000Z\r\nRRULE:FREQ=DAILY;INTERVAL=0\r\n" GUEST),
	  "1! a property that cannot be read\n" },

	/* not at all */
	{ EVENT(PAST "STATUS:CANCELLED\r\n" GUEST), "" },
	{ EVENT(PAST "STATUS:CONFIRMED\r\n" GUEST), MET "@1709197200\n" },
	{ "METHOD:CANCEL\r\n" EVENT(PAST GUEST), "" },
	{ "METHOD:CANCEL\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" EVENT(PAST GUEST),
	  "4 met: Jane Doe <j@example.org> @1709197200\n" },
	{ EVENT(PAST), "" },

	/* what is in the way */
	{ EVENT(PAST
		"DESCRIPTION:x\r\n ATTENDEE:mailto:no@example.org\r\nno line\r\n:\r\n"
		"BEGIN:VALARM\r\nATTENDEE:mailto:no@example.org\r\n"
		"DTSTART:x\r\nEND:VALARM\r\n" GUEST),
	  MET "@1709197200\n" },
	{ EVENT(PAST "BEGIN:VALARM\r\n" GUEST) EVENT(PAST GUEST),
	  "6 met: Jane Doe <j@example.org> @1709197200\n" },
	{ "\357\273\277begin:vevent\ndtstart:20240229T090000Z\nattendee;cn=Jane Doe"
	  ":mailto:j@example.org\nend:vevent\n",
	  MET "@1709197200\n" },
	{ "BEGIN:VEVENT\r"
	  "DTSTART:20240229T090000Z\r"
	  "ATTENDEE;CN=Jane Doe:mailto:j@example.org\rEND:VEVENT\r",
	  MET "@1709197200\n" },

	/* damage */
	{ EVENT(GUEST), "1! no DTSTART\n" },
	{ EVENT("DTSTART:soon\r\n" GUEST), "1! a property that cannot be read\n" },
	{ EVENT(PAST "RRULE:FREQ=NEVER\r\n" GUEST),
	  "1! a property that cannot be read\n" },
	{ "BEGIN:VEVENT\r\n" PAST GUEST EVENT(PAST GUEST),
	  "1! no END:VEVENT\n4 met: Jane Doe <j@example.org> @1709197200\n" },
	{ "BEGIN:VEVENT\r\n" PAST GUEST "END:VCALENDAR\r\n", "1! no END:VEVENT\n" },
	{ "BEGIN:VEVENT\r\n" PAST GUEST, "1! no END:VEVENT\n" },
	{ "", "" },
};

START_TEST(an_event_says_who_was_met)
{
	g_autoptr(GString) got = g_string_new(NULL);

	read_text(events[_i].text, strlen(events[_i].text), got);
	taken_check(events[_i].text, got, events[_i].want);
}
END_TEST

static const struct {
	const char *file;
	const char *want;
} files[] = {
	{ "several.ics", "25 met: Jürgen Müller <juergen@example.org> @1704096000\n"
			 "25 met: Zoë de Vries <zoe@example.net> @1704096000\n"
			 "41 met: Anna María Núñez <anna@example.org> @1709200800\n"
			 "54! no DTSTART\n"
			 "59! a property that cannot be read\n"
			 "65! no END:VEVENT\n"
			 "69 met: Ben Okafor <ben@example.net> @1672704000\n" },
};

START_TEST(a_calendar_is_read_whatever_is_broken)
{
	g_autoptr(GBytes) bytes = taken_file(files[_i].file);
	g_autoptr(GString) got = g_string_new(NULL);
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);

	ck_assert(calendar_is_file(text, length));
	read_text(text, length, got);
	taken_check(files[_i].file, got, files[_i].want);
}
END_TEST

static const struct {
	const char *text;
	bool want;
} kinds[] = {
	{ "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", true },
	{ "\357\273\277\nbegin:vcalendar\n", true },
	{ "BEGIN:VCARD\r\n", false },
	{ "", false },
};

START_TEST(a_calendar_is_told_from_other_files)
{
	ck_assert_msg(calendar_is_file(kinds[_i].text, strlen(kinds[_i].text)) ==
			  kinds[_i].want,
		      "%s: want %d", kinds[_i].text, kinds[_i].want);
}
END_TEST

START_TEST(a_crowd_makes_nobody_known)
{
	for (int guests = CALENDAR_MAX_GUESTS; guests <= 10000;
	     guests = guests == CALENDAR_MAX_GUESTS ? guests + 1 : guests * 10) {
		g_autoptr(GString) text = g_string_new("BEGIN:VEVENT\n" PAST);
		g_autoptr(GString) got = g_string_new(NULL);
		bool is_crowd = guests > CALENDAR_MAX_GUESTS;

		for (int i = 0; i < guests; i++)
			g_string_append_printf(text, "ATTENDEE:mailto:g%d@example.org\n",
					       i);
		g_string_append(text, "END:VEVENT\n");
		read_text(text->str, text->len, got);
		ck_assert_msg((got->len == 0) == is_crowd, "%d guests: %s", guests,
			      got->str);
	}
}
END_TEST

/* A zone of +05:00 whose rule is given. */
static const struct {
	const char *rule;
	gint64 want;
} zones[] = {
	{ "", 1709197200 - 5 * 3600 },
	{ "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=1SU\r\n", 1709197200 - 5 * 3600 },
	/* of no use, and so the hour is UTC's */
	{ "RRULE:FREQ=SECONDLY\r\n", 1709197200 },
	{ "RRULE:FREQ=YEARLY;BYSECOND=0,1,2,3\r\n", 1709197200 },
	{ "RRULE:FREQ=HOURLY\r\n", 1709197200 },
};

START_TEST(a_time_zone_is_read_where_it_is_calm)
{
	g_autofree char *text = g_strdup_printf(
	    EVENT("DTSTART;TZID=Z:20240229T090000\r\n" GUEST) "BEGIN:VTIMEZONE\r\nTZID:"
							      "Z\r\nBEGIN:"
							      "STANDARD\r\nDTSTART:"
							      "19700101T000000\r\n"
							      "TZOFFSETFROM:+"
							      "0500\r\nTZOFFSETTO:+"
							      "0500\r\n%sEND:"
							      "STANDARD\r\nEND:"
							      "VTIMEZONE\r\n",
	    zones[_i].rule);
	g_autofree char *want =
	    g_strdup_printf(MET "@%" G_GINT64_FORMAT "\n", zones[_i].want);
	g_autoptr(GString) got = g_string_new(NULL);

	read_text(text, strlen(text), got);
	taken_check(zones[_i].rule, got, want);
}
END_TEST

static const struct {
	const char *filler;
	size_t bytes;
	const char *want;
} floods[] = {
	{ "DESCRIPTION:x\n", 8 << 20, "1 met: " },
	{ " x\n", 8 << 20, "1! more than 64 kB of text\n" },
	{ "DESCRIPTION:x\n y\n", 8 << 20, "1 met: " },
	{ "x", 8 << 20, "1 met: " },
	{ "BEGIN:VALARM\nEND:VALARM\n", 4 << 20, "1 met: " },
	{ "RRULE:FREQ=DAILY\n", 1 << 20, "1! more than 64 kB of text\n" },
	{ "STATUS:x\n y\n", 8 << 20, "1! more than 64 kB of text\n" },
	{ "BEGIN:VEVENT\n", 2 << 20, "1! no END:VEVENT\n" },
	{ "BEGIN:VTIMEZONE\n", 2 << 20, "1! no END:VEVENT\n" },
};

START_TEST(a_flood_is_read_up_to_the_limits)
{
	g_autoptr(GString) text = g_string_new("BEGIN:VEVENT\n" PAST GUEST);
	g_autoptr(GString) got = g_string_new(NULL);

	for (size_t start = text->len; text->len - start < floods[_i].bytes;)
		g_string_append(text, floods[_i].filler);
	g_string_append(text, "\nEND:VEVENT\n" EVENT(PAST GUEST));
	read_text(text->str, text->len, got);
	ck_assert_msg(g_str_has_prefix(got->str, floods[_i].want),
		      "%s…: got:\n%.200s\nwanted:\n%s", floods[_i].filler, got->str,
		      floods[_i].want);
	ck_assert_msg(
	    g_str_has_suffix(got->str, "met: Jane Doe <j@example.org> @1709197200\n"),
	    "%s…: the last event is lost", floods[_i].filler);
}
END_TEST

static const char *const barren[] = {
	"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
	"FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=1,2,3;BYMINUTE=1,2,3",
	"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
	"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
};

/* Each takes libical up to a second: a thousand are no slower than a few. */
START_TEST(rules_that_never_fit_stop_nobody)
{
	g_autoptr(GString) text = g_string_new(NULL), got = g_string_new(NULL);

	for (size_t i = 0; i < 1000; i++)
		g_string_append_printf(
		    text, "BEGIN:VEVENT\r\n" PAST GUEST "RRULE:%s\r\nEND:VEVENT\r\n",
		    barren[_i]);
	read_text(text->str, text->len, got);
	ck_assert_msg(g_str_has_suffix(got->str, "4996 met: Jane Doe <j@example.org> "
						 "@1709197200\n"),
		      "%s: got %s", barren[_i], got->str);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("calendar");
	TCase *reading = tcase_create("reading");

	tcase_add_loop_test(reading, an_event_says_who_was_met, 0, G_N_ELEMENTS(events));
	tcase_add_loop_test(reading, a_calendar_is_read_whatever_is_broken, 0,
			    G_N_ELEMENTS(files));
	tcase_add_loop_test(reading, a_calendar_is_told_from_other_files, 0,
			    G_N_ELEMENTS(kinds));
	tcase_add_test(reading, a_crowd_makes_nobody_known);
	tcase_add_loop_test(reading, a_time_zone_is_read_where_it_is_calm, 0,
			    G_N_ELEMENTS(zones));
	tcase_add_loop_test(reading, a_flood_is_read_up_to_the_limits, 0,
			    G_N_ELEMENTS(floods));
	tcase_add_loop_test(reading, rules_that_never_fit_stop_nobody, 0,
			    G_N_ELEMENTS(barren));
	suite_add_tcase(suite, reading);

	return fixture_run(suite);
}

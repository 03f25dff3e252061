/* SPDX-License-Identifier: BSD-2-Clause */
/* check_calendar_request.c - is it read who asks to a meeting, and to which? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "import/calendar-request.h"

/* What a calendar that came by mail asks, as "METHOD|name|address|title|place|words". */
static const struct {
	const char *text, *wanted;
} requests[] = {
	{ "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
	  "ORGANIZER;CN=Ann Lee;X-A=\"b:c\":MAILTO:Ann@Example.org\r\nSUMMARY:A talk\\, "
	  "perhaps\r\nLOCATION:Ghent\r\nDESCRIPTION:Hello\\nyou\r\n  there\r\n"
	  "END:VEVENT\r\nEND:VCALENDAR\r\n",
	  "REQUEST|Ann Lee|ann@example.org|A talk, perhaps|Ghent|Hello\nyou there" },
	{ "BEGIN:VCALENDAR\nmethod:request \nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n",
	  "REQUEST|||||" },
	{ "METHOD;X=1:CANCEL\nBEGIN:VEVENT\nORGANIZER:mailto:a@b.test\nEND:VEVENT\n",
	  "CANCEL||a@b.test|||" },
	/* The first event, and what a nested alarm says is nobody's. */
	{ "METHOD:REQUEST\nBEGIN:VEVENT\nBEGIN:VALARM\nDESCRIPTION:alarm\nEND:VALARM\n"
	  "SUMMARY:one\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:two\nEND:VEVENT\n",
	  "REQUEST|||one||" },
	/* Behind the events nothing is asked any more. */
	{ "BEGIN:VEVENT\nSUMMARY:one\nEND:VEVENT\nMETHOD:REQUEST\n", "|||one||" },
	{ "METHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:one\n", "REQUEST|||||" },
	{ "METHOD\nBEGIN:VEVENT\nSUMMARY\nEND:VEVENT\n", "|||||" },
	{ "hello", "|||||" },
	{ "", "|||||" },
};

START_TEST(a_request_says_who_asks_and_for_what)
{
	const char *text = requests[_i].text;
	g_auto(CalendarRequest) request = { 0 };
	g_autofree char *got = NULL;

	calendar_request_read(&request, text, strlen(text));
#define OR_NONE(member) (request.member != NULL ? request.member : "")
	got = g_strjoin("|", OR_NONE(method), OR_NONE(organizer), OR_NONE(address),
			OR_NONE(summary), OR_NONE(location), OR_NONE(description), NULL);
#undef OR_NONE
	ck_assert_msg(g_str_equal(got, requests[_i].wanted), "%d: got %s, want %s", _i,
		      got, requests[_i].wanted);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("calendar-request");
	TCase *reading = tcase_create("reading");

	tcase_add_loop_test(reading, a_request_says_who_asks_and_for_what, 0,
			    G_N_ELEMENTS(requests));
	suite_add_tcase(suite, reading);

	return fixture_run(suite);
}

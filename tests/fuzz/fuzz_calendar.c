/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_calendar.c - can a calendar of any kind break or stop us? */

#include "config.h"

#include "fuzz.h"
#include "import/calendar-request.h"
#include "import/calendar.h"

#define OWNER "marieke@example.net"
#define NOW   1709294400

static void
check(void *context, const Contact *contact, size_t line, const char *trouble)
{
	size_t *last = context;

	g_assert_cmpuint(line, >=, *last);
	*last = line;
	g_assert_true((contact == NULL) == (trouble != NULL));
	if (contact == NULL)
		return;

	g_assert_cmpuint(contact->addresses->len, ==, 1);
	g_assert_cmpstr(contact->addresses->pdata[0], !=, OWNER);
	g_assert_true(contact->name == NULL || g_utf8_validate(contact->name, -1, NULL));
	g_assert_cmpint(contact->seen, <, NOW);
}

static void
check_text(const char *text)
{
	g_assert_true(text == NULL || g_utf8_validate(text, -1, NULL));
}

/* What a calendar that came by mail asks. */
static void
check_request(const char *bytes, size_t length)
{
	g_auto(CalendarRequest) request = { 0 };

	calendar_request_read(&request, bytes, length);
	check_text(request.organizer);
	check_text(request.summary);
	check_text(request.location);
	check_text(request.description);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Settings *settings;
	static Owners *owners;
	FuzzInput input = { data, size };
	size_t length, last = 1;
	g_autofree char *bytes = fuzz_rest(&input, &length);

	if (owners == NULL) {
		settings = settings_new(NULL, NULL);
		owners = owners_new(settings, NULL);
	}
	check_request(bytes, length);
	calendar_read(bytes, length, owners, OWNER, NOW, check, &last);

	return 0;
}

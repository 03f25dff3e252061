/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_calendar.c - can a calendar of any kind break or stop us? */

#include "config.h"

#include <stdint.h>

#include "import/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Settings *settings;
	static Owners *owners;
	size_t last = 1;

	if (owners == NULL) {
		settings = settings_new(NULL, NULL);
		owners = owners_new(settings, NULL);
	}
	calendar_read((const char *)data, size, owners, OWNER, NOW, check, &last);

	return 0;
}

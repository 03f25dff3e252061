/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_vcard.c - is what we read of any bytes clean, and the same once written? */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "import/vcard.h"
#include "import/vcard-write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
	const Contact *wanted; /* borrowed; or NULL */
	size_t count;
} Seen;

static void
check_same(const GPtrArray *got, const GPtrArray *want)
{
	g_assert_cmpuint(got->len, ==, want->len);
	for (size_t i = 0; i < got->len; i++)
		g_assert_cmpstr(got->pdata[i], ==, want->pdata[i]);
}

static void
compare(void *context, const Contact *contact, size_t line, const char *trouble)
{
	Seen *seen = context;

	g_assert_cmpstr(trouble, ==, NULL);
	g_assert_cmpuint(line, ==, 1);
	g_assert_cmpuint(seen->count++, ==, 0);
	g_assert_cmpstr(contact->name, ==, seen->wanted->name);
	g_assert_cmpstr(contact->company, ==, seen->wanted->company);
	check_same(contact->addresses, seen->wanted->addresses);
	check_same(contact->urls, seen->wanted->urls);
}

static void
check(void *context, const Contact *contact, size_t line, const char *trouble)
{
	size_t *last = context;
	g_autoptr(GString) out = g_string_new(NULL);
	Seen seen = { .wanted = contact };

	g_assert_cmpuint(line, >, 0);
	g_assert_true((contact == NULL) == (trouble != NULL));
	/* What is wrong within a card is told before the card itself is. */
	if (contact == NULL)
		return;

	g_assert_cmpuint(line, >=, *last);
	*last = line;
	g_assert_true(contact->name == NULL || g_utf8_validate(contact->name, -1, NULL));
	vcard_write(out, contact);
	vcard_read(out->str, out->len, compare, &seen);
	g_assert_cmpuint(seen.count, ==, 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t last = 1;

	vcard_read((const char *)data, size, check, &last);

	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_csv.c - is what we read of any table clean, and in the order of its lines? */

#include "config.h"

#include <stdint.h>

#include "base/data.h"
#include "import/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(void *context, const Contact *contact, size_t line, const char *trouble)
{
	size_t *last = context;

	g_assert_cmpuint(line, >, *last);
	*last = line;
	g_assert_true(contact != NULL || trouble != NULL);
	if (contact == NULL)
		return;

	g_assert_true(contact_is_somebody(contact));
	g_assert_true(contact->name == NULL || g_utf8_validate(contact->name, -1, NULL));
	for (size_t i = 0; i < contact->addresses->len; i++)
		g_assert_true(g_utf8_validate(contact->addresses->pdata[i], -1, NULL));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static CsvColumns *columns;
	size_t last = 0;

	if (columns == NULL) {
		g_autoptr(GPtrArray) files = data_load(NULL, "people", ".people", NULL);

		columns = csv_columns_new(files, NULL);
	}
	csv_read(columns, (const char *)data, size, G_MAXINT32, check, &last);

	return 0;
}

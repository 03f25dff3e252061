/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_results.c - does any field yield results that results.h does not promise? */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mail/results.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In lower case, of letters, digits and what else may stand in it. */
static void
check(const char *word, const char *but)
{
	if (word[0] == '\0')
		abort();
	for (; *word != '\0'; word++)
		if (!g_ascii_islower(*word) && !g_ascii_isdigit(*word) &&
		    strchr(but, *word) == NULL)
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Copied: a step beyond the end is seen. */
	g_autofree char *value = g_strndup((const char *)data, MIN(size, 65536));
	g_autoptr(Results) results = results_new(value);

	for (size_t i = 0; results != NULL && i < results->list->len; i++) {
		const Result *result = &g_array_index(results->list, Result, i);

		if (i >= RESULTS_MAX)
			abort();
		check(result->method, "-");
		check(result->result, "-");
		if (result->domain != NULL)
			check(result->domain, "-_.");
	}

	return 0;
}

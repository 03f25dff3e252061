/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_name.c - is there an answer to any name?
 *
 * A name of any bytes is itself, unless it is disguised; and keys are fit to
 * store.
 */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "people/name.h"

#define MAX_TEXT 1024

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Built once: loading the data files costs more than a name. */
static NameRules *rules;

int
LLVMFuzzerInitialize(G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "people", ".people", NULL);

	rules = files != NULL ? name_rules_new(files, NULL) : NULL;
	if (rules == NULL)
		abort();

	return 0;
}

static void
check_key(const char *key)
{
	if (key != NULL && (key[0] == '\0' || !g_utf8_validate(key, -1, NULL)))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, MIN(size, MAX_TEXT));
	g_autofree char *company = name_company_key(rules, text);
	g_auto(Name) name = { 0 };

	name_init(&name, rules, text);
	check_key(company);
	for (size_t i = 0; i < NAME_KEYS; i++) {
		check_key(name.keys[i]);
		check_key(name.shapes[i]);
	}
	check_key(name.hint);
	if (name_same(&name, &name) != (name.keys[0] != NULL && !name.is_disguised))
		abort();
	name_is_robot(rules, text);

	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_keyfile.c - does a key file hold what it says, with the lines where it stands? */

#include "config.h"

#include "base/keyfile.h"
#include "fuzz.h"

/* What keyfile.h promises of an entry. */
static void
check_entry(const Keyfile *file, size_t index, unsigned lines)
{
	const KeyfileEntry *entry = keyfile_entry(file, index);
	g_autofree char *place = keyfile_place(file, entry);

	g_assert_true(entry->line >= 1 && entry->line <= lines);
	g_assert_true(index == 0 || entry->line > keyfile_entry(file, index - 1)->line);
	g_assert_true(g_str_has_prefix(entry->name, entry->key));
	g_assert_true(g_utf8_validate(entry->value, -1, NULL));
	for (size_t i = 0; entry->list[i] != NULL; i++)
		g_assert_cmpint(entry->list[i][0], !=, '\0');
	g_assert_true(g_str_has_prefix(place, "fuzz:"));
	g_assert_nonnull(keyfile_find(file, entry->group, entry->key, NULL));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	size_t length;
	unsigned lines = 1;
	g_autofree char *text = fuzz_rest(&input, &length);
	g_autoptr(GError) error = NULL, told = NULL;
	g_autoptr(Keyfile) file = keyfile_new("fuzz", text, length, &error);
	g_autoptr(Keyfile) salvage = keyfile_salvage("fuzz", text, length, &told);

	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	fuzz_check_error(error, "fuzz", file != NULL);
	g_assert_nonnull(salvage);
	g_assert_true((told == NULL) == (file != NULL));
	g_assert_true(file == NULL || keyfile_length(file) == keyfile_length(salvage));
	for (size_t i = 0; i < keyfile_length(salvage); i++)
		check_entry(salvage, i, lines);

	return 0;
}

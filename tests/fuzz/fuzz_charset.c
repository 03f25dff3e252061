/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_charset.c - does text of any charset become valid UTF-8?
 *
 * The first piece is the charset's name, the rest the text.
 */

#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "text/charset-name.h"
#include "text/charset.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	g_autofree char *name = fuzz_piece(&input);
	size_t length;
	g_autofree char *bytes = fuzz_rest(&input, &length);
	g_autofree char *named = charset_text(bytes, length, name);
	g_autofree char *guessed = charset_text(bytes, length, NULL);
	g_autoptr(GBytes) file = charset_unmarked(bytes, length);

	g_assert_true(g_utf8_validate(named, -1, NULL));
	g_assert_true(g_utf8_validate(guessed, -1, NULL));
	g_assert_true(charset_is_utf8(bytes, length) ==
		      g_utf8_validate_len(bytes, length, NULL));
	/* UTF-16 takes two bytes for what takes three at most, and other marks go. */
	g_assert_cmpuint(g_bytes_get_size(file), <=, 3 * length);
	g_assert_true(charset_name_meant(name) == NULL ||
		      strlen(name) <= CHARSET_NAME_MAX);

	return 0;
}

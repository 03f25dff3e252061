/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_encoded.c - are encoded words read as clean text, and is it the same once written?
 *
 * The first byte chooses place and column, the rest is a field's value.
 */

#include "config.h"

#include "fuzz.h"
#include "mail/encoded-field.h"
#include "mail/encoded.h"
#include "text/text.h"

#define MAX_TEXT 1000

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	uint8_t choice = fuzz_byte(&input);
	g_autofree char *raw = fuzz_piece(&input);
	g_autofree char *decoded = encoded_decode(raw);
	g_autofree char *clean = text_clean(decoded, MAX_TEXT);
	g_autofree char *field = NULL, *again = NULL;

	fuzz_check_line(decoded);
	fuzz_check_line(clean);
	if (clean[0] == '\0')
		return 0;
	field =
	    encoded_field(clean, choice & 1 ? ENCODED_PHRASE : ENCODED_TEXT, choice >> 2);
	fuzz_check_value(field);
	/* In a phrase, quotes stand around some words. */
	if (choice & 1)
		return 0;
	again = encoded_decode(field);
	g_assert_cmpstr(again, ==, clean);

	return 0;
}

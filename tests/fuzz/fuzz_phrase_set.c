/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_phrase_set.c - are any phrases found in any text, in steps that are few?
 *
 * The first line is the text, each other line a phrase.  What is found, cut
 * from the text, is itself a text that holds the phrase.
 */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>

#include "text/phrase-set.h"

#define MAX_BYTES 2048

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_cut(const PhraseSet *set, const PlainText *plain, const PhraseHit *hit)
{
	g_autofree char *cut = plain_text_cut(plain, hit->start, hit->end);
	g_auto(PlainText) again = { 0 };
	PhraseSearch search;
	PhraseHit found;

	plain_text_init(&again, cut);
	phrase_set_search_init(&search, set, &again);
	while (phrase_set_search_next(&search, &found))
		if (found.id == hit->id)
			return;
	abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *input = g_strndup((const char *)data, MIN(size, MAX_BYTES));
	g_auto(GStrv) lines = g_strsplit(input, "\n", -1);
	g_autoptr(PhraseSet) set = phrase_set_new();
	g_auto(PlainText) plain = { 0 };
	PhraseSearch search;
	PhraseHit hit;

	for (uint32_t i = 1; lines[0] != NULL && lines[i] != NULL; i++)
		phrase_set_add(set, lines[i], i, NULL);
	phrase_set_seal(set);
	plain_text_init(&plain, lines[0] != NULL ? lines[0] : "");
	phrase_set_search_init(&search, set, &plain);
	while (phrase_set_search_next(&search, &hit))
		check_cut(set, &plain, &hit);
	if (search.steps > 2 * plain.length)
		abort();

	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* repeats.c - are words said again and again, for programs? */

#include "config.h"

#include "note/repeats.h"
#include "note/weights.h"
#include "text/text.h"

/* A whole note of so many words may say each twice. */
#define LEAST_REPEATED 4

/* Places for a note's words, of which half stay free. */
#define WORD_SLOTS ((size_t)2 * SPANS_MAX_WORDS)

/* "met met FOSDEM FOSDEM": each word twice, one after the other. */
static bool
repeats_each(const uint32_t *hashes, size_t words)
{
	for (size_t i = 3; i < words; i++)
		if (hashes[i] == hashes[i - 1] && hashes[i - 2] == hashes[i - 3])
			return true;

	return false;
}

/* Of each word, the number of the first one that is the same. */
static void
number_words(const uint32_t *hashes, size_t words, uint16_t *numbers_out)
{
	uint16_t firsts[WORD_SLOTS] = { 0 }; /* from 1 */

	for (size_t i = 0; i < words; i++) {
		size_t slot = hashes[i] % WORD_SLOTS;

		while (firsts[slot] != 0 && hashes[firsts[slot] - 1] != hashes[i])
			slot = (slot + 1) % WORD_SLOTS;
		firsts[slot] = firsts[slot] != 0 ? firsts[slot] : (uint16_t)(i + 1);
		numbers_out[i] = (uint16_t)(firsts[slot] - 1);
	}
}

/* Are half of so many words in a row, counted as it moves on, said before in it? */
static bool
repeats_within(const uint16_t *numbers, size_t words, size_t row)
{
	uint16_t counts[SPANS_MAX_WORDS] = { 0 };
	size_t different = 0;

	for (size_t i = 0; i < words; i++) {
		different += counts[numbers[i]]++ == 0;
		if (i >= row)
			different -= --counts[numbers[i - row]] == 0;
		if (i + 1 >= row && 2 * different <= row)
			return true;
	}

	return false;
}

/*
 * Numbers tell something each: none is said again.  Where no spaces stand, a word is one
 * character, and any sentence has some of them again ("ました … ました"): pairs count.
 */
static uint32_t
hash_to_compare(const Spans *spans, const PlainText *plain, size_t word)
{
	gunichar first = plain->chars[spans->starts[word]];

	if (g_unichar_isdigit(first))
		return (uint32_t)word;
	if (!text_is_spaceless(first) || word + 1 == spans->words)
		return spans->hashes[word];

	return weights_hash(spans->hashes[word], spans->hashes[word + 1]);
}

bool
repeats_are_in(const Spans *spans, const PlainText *plain)
{
	static const size_t rows[] = { 8, 12, 16, 24 };
	uint32_t hashes[SPANS_MAX_WORDS];
	uint16_t numbers[SPANS_MAX_WORDS];

	for (size_t i = 0; i < spans->words; i++)
		hashes[i] = hash_to_compare(spans, plain, i);
	number_words(hashes, spans->words, numbers);
	if (repeats_each(hashes, spans->words) ||
	    (spans->words >= LEAST_REPEATED && spans->words < rows[0] &&
	     repeats_within(numbers, spans->words, spans->words)))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (spans->words >= rows[i] &&
		    repeats_within(numbers, spans->words, rows[i]))
			return true;

	return false;
}

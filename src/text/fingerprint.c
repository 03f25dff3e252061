/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fingerprint.c - is this the same text, but for a word or two?
 *
 * Design rationale
 *
 * SimHash stood here first, 64 bits of words and pairs of words.  On the labelled
 * notes two different ones differed in 11 bits and one with a single word changed in
 * up to 18: for texts so short its distance grows too quickly with the first changes.
 * The distance of minwise hashes grows with the number of changes.
 */

#include "config.h"

#include "text/fingerprint.h"
#include "text/text.h"

#define BITS 128

/* The least hash of any word so far, for each function. */
typedef struct {
	guint64 least[BITS];
	size_t words;
} Sketch;

/* The finaliser of SplitMix64: each bit depends on all. */
static guint64
mixed(guint64 x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9U;
	x = (x ^ x >> 27) * 0x94d049bb133111ebU;

	return x ^ x >> 31;
}

/* FNV-1a over whole characters. */
static guint64
hash_of(const gunichar *chars, size_t length)
{
	guint64 hash = 0xcbf29ce484222325U;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ chars[i]) * 0x100000001b3U;

	return hash;
}

static void
sketch_add(Sketch *sketch, const gunichar *chars, size_t length)
{
	guint64 hash = hash_of(chars, length);

	for (size_t i = 0; i < BITS; i++)
		sketch->least[i] =
		    MIN(sketch->least[i], mixed(hash + (i + 1) * 0x9e3779b97f4a7c15U));
	sketch->words++;
}

static bool
has_digit(const gunichar *chars, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (g_unichar_isdigit(chars[i]))
			return true;

	return false;
}

static void
sketch_add_word(Sketch *sketch, const gunichar *chars, size_t length)
{
	if (has_digit(chars, length))
		return;
	if (!text_is_spaceless(chars[0]) || length <= TEXT_SPACELESS_WORD)
		sketch_add(sketch, chars, length);
	else
		for (size_t i = 0; i + TEXT_SPACELESS_WORD <= length; i++)
			sketch_add(sketch, chars + i, TEXT_SPACELESS_WORD);
}

Fingerprint
fingerprint_of(const PlainText *plain, const bool *is_left_out)
{
	Fingerprint print = { 0 };
	Sketch sketch = { .words = 0 };

	for (size_t i = 0; i < BITS; i++)
		sketch.least[i] = G_MAXUINT64;
	for (size_t start = 0, end; start < plain->length; start = end + 1) {
		for (end = start;
		     end < plain->length && !plain_text_is_gap(plain->chars[end]); end++)
			;
		if (end > start && (is_left_out == NULL || !is_left_out[start]))
			sketch_add_word(&sketch, plain->chars + start, end - start);
	}
	if (sketch.words < FINGERPRINT_MIN_WORDS)
		return print;
	for (size_t i = 0; i < BITS; i++)
		print.bits[i / 64] |= (sketch.least[i] & 1) << i % 64;

	return print;
}

bool
fingerprint_is_none(const Fingerprint *print)
{
	return print->bits[0] == 0 && print->bits[1] == 0;
}

size_t
fingerprint_distance(const Fingerprint *one, const Fingerprint *other)
{
	size_t distance = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(one->bits); i++)
		distance += (size_t)__builtin_popcountll(one->bits[i] ^ other->bits[i]);

	return distance;
}

bool
fingerprint_is_near(const Fingerprint *one, const Fingerprint *other)
{
	return !fingerprint_is_none(one) && !fingerprint_is_none(other) &&
	       fingerprint_distance(one, other) <= FINGERPRINT_NEAR;
}

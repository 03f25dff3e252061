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

static bool
has_digit(const gunichar *chars, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (chars[i] < 0x80 ? g_ascii_isdigit((char)chars[i])
				    : g_unichar_isdigit(chars[i]))
			return true;

	return false;
}

static void
add_word(GArray *hashes, const gunichar *chars, size_t length)
{
	bool has_spaces = !text_is_spaceless(chars[0]) || length <= TEXT_SPACELESS_WORD;
	size_t step = has_spaces ? length : TEXT_SPACELESS_WORD;

	if (has_digit(chars, length))
		return;
	for (size_t i = 0; i + step <= length; i++) {
		guint64 hash = hash_of(chars + i, step);

		g_array_append_val(hashes, hash);
	}
}

void
fingerprint_sketch_init(FingerprintSketch *sketch, const PlainText *plain,
			const bool *is_left_out)
{
	/* Words have four letters and more. */
	*sketch = (FingerprintSketch){ .words = g_array_sized_new(
					   FALSE, FALSE, sizeof(guint64),
					   (guint)plain->length / 4 + 1) };
	for (size_t start = 0, end; start < plain->length; start = end + 1) {
		end = plain_text_word_end(plain, start);
		if (end > start && (is_left_out == NULL || !is_left_out[start]))
			add_word(sketch->words, plain->chars + start, end - start);
	}
	if (sketch->words->len < FINGERPRINT_MIN_WORDS)
		fingerprint_sketch_clear(sketch);
}

void
fingerprint_sketch_clear(FingerprintSketch *sketch)
{
	g_clear_pointer(&sketch->words, g_array_unref);
	sketch->print = (Fingerprint){ 0 };
}

/* Each bit is the last of the least hash that any word has by a function. */
static Fingerprint
print_of(const GArray *words)
{
	Fingerprint print = { 0 };

	for (size_t i = 0; i < BITS; i++) {
		guint64 least = G_MAXUINT64;

		for (guint j = 0; j < words->len; j++)
			least = MIN(least, mixed(g_array_index(words, guint64, j) +
						 (i + 1) * 0x9e3779b97f4a7c15U));
		print.bits[i / 64] |= (least & 1) << i % 64;
	}

	return print;
}

bool
fingerprint_sketch_is_none(const FingerprintSketch *sketch)
{
	return sketch->words == NULL && fingerprint_is_none(&sketch->print);
}

const Fingerprint *
fingerprint_of_sketch(FingerprintSketch *sketch)
{
	if (sketch->words != NULL)
		sketch->print = print_of(sketch->words);
	g_clear_pointer(&sketch->words, g_array_unref);

	return &sketch->print;
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

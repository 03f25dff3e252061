/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	folded - a string prepared for comparison
 *
 * DESCRIPTION
 *	In a Folded, case, accents, width, kinds of apostrophe, dash and white
 *	space no longer tell two strings apart, and characters that nobody sees
 *	are gone.  Each of its characters knows where it stood in the original.
 *
 * OWNERSHIP
 *	Every char * returned is the caller's.
 *
 * SEE ALSO
 *	text.h; pattern.h, which matches against a Folded; plain-text.h, for
 *	words; Unicode UAX #15
 */
#ifndef FOLDED_H
#define FOLDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#define FOLDED_PAIRS 256

/* A string folded for comparison, with the way back to the original. */
typedef struct {
	gunichar *chars;   /* folded, white space single and trimmed */
	uint32_t *offsets; /* byte in the original of each char, and of the end */
	size_t length;     /* chars, without a closing zero */
	bool has_losses;   /* "?" or U+FFFD may stand for what was lost on the way */
	uint64_t
	    pairs[FOLDED_PAIRS / 64]; /* which neighbours occur, see folded_pair_bit() */
} Folded;

/*
 * Neighbouring characters as a bit of a small set: a string lacks every pattern
 * that has a bit it has not.  (256: a URL of 400 characters fills four fifths.)
 */
static inline unsigned
folded_pair_bit(gunichar a, gunichar b)
{
	return (a * 31 + b) % FOLDED_PAIRS;
}

static inline void
folded_pairs_add(uint64_t *pairs, gunichar a, gunichar b)
{
	unsigned bit = folded_pair_bit(a, b);

	pairs[bit / 64] |= (uint64_t)1 << (bit % 64);
}

static inline bool
folded_has_pairs(const Folded *folded, const uint64_t *pairs)
{
	for (size_t i = 0; i < FOLDED_PAIRS / 64; i++)
		if ((pairs[i] & ~folded->pairs[i]) != 0)
			return false;

	return true;
}

/* The folded form of one character, or 0 where it vanishes (zero-width, combining). */
gunichar folded_char(gunichar c);

/*
 * Fold a string of any bytes; what is no UTF-8 counts as U+FFFD.  Trailing
 * full stops, colons and white space are not part of it.
 */
void folded_init(Folded *folded, const char *text);
void folded_clear(Folded *folded);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Folded, folded_clear)

/* The first place of a character in [from, to), or to. */
size_t folded_find(const Folded *folded, gunichar c, size_t from, size_t to);

/* Are both the same once folded? */
bool folded_same(const Folded *a, const Folded *b);
bool folded_same_text(const char *a, const char *b);

/* Do these words stand in the text, one or several side by side? */
bool folded_has_words(const Folded *text, const Folded *words);

/* The folded form as UTF-8. */
char *folded_text(const char *text);

#endif

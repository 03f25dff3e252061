/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	fingerprint - is this the same text, but for a word or two?
 *
 * DESCRIPTION
 *	A Fingerprint is 128 bits of a text's words, whatever their order.  For
 *	each of 128 hash functions it keeps one bit of the least hash that any
 *	word has (b-bit minwise hashing, Li and König 2010): two texts that
 *	share most words share most bits, two others about half of them.  The
 *	words cannot be read from it.
 *
 *	Words with digits do not count.  In scripts without spaces two
 *	neighbouring characters count as a word.  A text of fewer than
 *	FINGERPRINT_MIN_WORDS has no fingerprint, for different people write
 *	the same few words.
 *
 *	Fingerprints are kept on disk, so the function never changes: the same
 *	words give the same fingerprint in every version.
 *
 * SEE ALSO
 *	plain-text.h
 */
#ifndef FINGERPRINT_H
#define FINGERPRINT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "text/plain-text.h"

#define FINGERPRINT_MIN_WORDS 6

/*
 * Two fingerprints are near if they differ in at most so many bits.  Any two of
 * the labelled notes differ in 32 or more.  A note is near to itself with any one
 * word changed, and in 99.8% of the cases with any two of ten or more words changed
 * (tests/check_fingerprint.c).
 */
#define FINGERPRINT_NEAR 28

/* All bits zero: no fingerprint. */
typedef struct {
	guint64 bits[2];
} Fingerprint;

/*
 * A text of which the fingerprint is made when it is first asked for, by one thread:
 * that costs a tenth of judging a note, and few ask.
 */
typedef struct {
	GArray *words; /* the hash of each, guint64; NULL: made, or none */
	Fingerprint print;
} FingerprintSketch;

/* is_left_out: for each char of plain, is its word passed over?  NULL: no word is. */
void fingerprint_sketch_init(FingerprintSketch *sketch, const PlainText *plain,
			     const bool *is_left_out);

/* Makes it the sketch of a text without a fingerprint. */
void fingerprint_sketch_clear(FingerprintSketch *sketch);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FingerprintSketch, fingerprint_sketch_clear)

bool fingerprint_sketch_is_none(const FingerprintSketch *sketch);

/* The sketch's. */
const Fingerprint *fingerprint_of_sketch(FingerprintSketch *sketch);

bool fingerprint_is_none(const Fingerprint *print);

/* The number of bits in which they differ. */
size_t fingerprint_distance(const Fingerprint *one, const Fingerprint *other);

/* False where either is no fingerprint. */
bool fingerprint_is_near(const Fingerprint *one, const Fingerprint *other);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	fingerprint - is this the same text, but for a word or two?
 *
 * DESCRIPTION
 *	A Fingerprint is 128 bits of a text's words, whatever their order.  Of
 *	each of 128 hash functions it keeps one bit of the least hash that any
 *	word has (b-bit minwise hashing, Li and König 2010): two texts that
 *	share most words share most bits, two others about half of them.  The
 *	words cannot be read from it.
 *
 *	Words with digits are none of the text's.  Scripts without spaces count
 *	two neighbouring characters as a word.  A text of fewer than
 *	FINGERPRINT_MIN_WORDS has no fingerprint: many write it.
 *
 *	Fingerprints are on disk: the same words have the same one for ever.
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
 * Bits in which near ones differ at most.  Of the labelled notes no two differ
 * in fewer than 32; of one with any word changed all are near, with any two of
 * ten or more changed 99.8% are (tests/check_fingerprint.c).
 */
#define FINGERPRINT_NEAR 28

/* All zero: none. */
typedef struct {
	guint64 bits[2];
} Fingerprint;

/* is_left_out: of each char, is its word passed over?  NULL: none is. */
Fingerprint fingerprint_of(const PlainText *plain, const bool *is_left_out);

bool fingerprint_is_none(const Fingerprint *print);

/* In how many bits they differ. */
size_t fingerprint_distance(const Fingerprint *one, const Fingerprint *other);

/* None is near to none. */
bool fingerprint_is_near(const Fingerprint *one, const Fingerprint *other);

#endif

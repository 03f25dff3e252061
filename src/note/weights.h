/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	weights - what each feature of a note counts, learned from labelled notes
 *
 * DESCRIPTION
 *	A file of weights has a row for each feature by the hash of its name, and
 *	a table of buckets for the note's words and pairs of words, by the hash
 *	of these.  A row has a number for each side (rule.h); their sums are
 *	made likelihoods, and what speaks for a friend against a pitch counts up
 *	to a bound, however many cues a note says.  The files are made by
 *	contrib/weights/make.py ("make weights"), the same bytes from the same
 *	notes.
 *
 * FORMAT
 *	Little-endian: "invite-weights 1\n"; then four u32: rows, buckets, what a
 *	row's numbers and what a bucket's numbers are divided by; u32 FNV-1a of
 *	all that follows; rows of u32 hash and four i16, ascending by hash;
 *	buckets of four i8.  The row of the name "" is added to every note.
 *
 * RETURN VALUE
 *	weights_new(): NULL with error set, which names the file and says what is
 *	wrong: a file that is broken, cut, of another version or no weights.
 */
#ifndef WEIGHTS_H
#define WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "note/rule.h"

/* Where they stand in ours, and in the folder of the settings. */
#define WEIGHTS_FILE "weights/note.weights"

/* Larger files are refused. */
#define WEIGHTS_MAX_BYTES (512 * 1024)

/* Buckets of the words' table; a power of two. */
#define WEIGHTS_BUCKETS 32768

#define WEIGHTS_ERROR (weights_error_quark())
GQuark weights_error_quark(void);

typedef enum {
	WEIGHTS_ERROR_FOREIGN,
	WEIGHTS_ERROR_BROKEN,
} WeightsError;

typedef struct Weights Weights;

/*
 * names: of the features, by number; NULL where a number has none.  path is for
 * messages.
 */
Weights *weights_new(const char *path, GBytes *bytes, GPtrArray *names, GError **error);

/* The same out of an image and into one, as rules_of_image() and rules_image(). */
#define WEIGHTS_TYPE "(da(uuuu)ay)"
Weights *weights_of_image(GVariant *image);
GVariant *weights_image(const Weights *weights);

void weights_free(Weights *weights);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Weights, weights_free)

/*
 * How likely is each side?  features: of uint16_t, numbers of names; buckets: of
 * uint16_t.
 */
void weights_likelihoods(const Weights *weights, const GArray *features,
			 const GArray *buckets, double likelihoods_out[SIDE_LAST]);

/* Does the note itself tell that the two know each other? */
typedef enum { WEIGHTS_AMONG_STRANGERS, WEIGHTS_AMONG_ACQUAINTED } WeightsAmong;

/* The side that is cheapest to be wrong about. */
Side weights_cheapest(const double likelihoods[SIDE_LAST], WeightsAmong among);

/* How much a feature or a bucket speaks for a side; below 0: against it. */
double weights_of_feature(const Weights *weights, size_t feature, Side side);
double weights_of_bucket(const Weights *weights, uint16_t bucket, Side side);

/* FNV-1a, of names and words alike. */
static inline uint32_t
weights_hash(uint32_t hash, uint32_t value)
{
	for (size_t i = 0; i < 4; i++) {
		hash = (hash ^ (value & 0xff)) * 16777619U;
		value >>= 8;
	}

	return hash;
}
#define WEIGHTS_HASH_START 2166136261U

#endif

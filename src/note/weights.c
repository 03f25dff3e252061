/* SPDX-License-Identifier: BSD-2-Clause */
/* weights.c - what each feature of a note counts, learned from labelled notes */

#include "config.h"

#include <math.h>
#include <string.h>

#include "base/data.h"
#include "note/weights.h"

#define MAGIC        "invite-weights 1\n"
#define HEADER_WORDS 5
#define HEADER_BYTES (strlen(MAGIC) + HEADER_WORDS * 4)
#define ROW_BYTES    (4 + 2 * SIDE_LAST)

/*
 * What speaks for a friend and against a pitch counts no more together.  Few friends'
 * notes have more; a pitch that says all our cues has twice as much.
 */
#define ENOUGH_CONTEXT 12.0

/* What WEIGHTS_TYPE consists of. */
typedef enum { PART_SCALE, PART_ROWS, PART_BUCKETS, PART_LAST } Part;

struct Weights {
	GVariant *image; /* which the next two point into */
	const int8_t *buckets;
	const float (
	    *rows)[SIDE_LAST]; /* by number of the feature; before them all notes' */
	size_t n_features;
	double bucket_scale;
};

G_DEFINE_QUARK(weights_error, weights_error)

static uint32_t
hash_of(const char *name)
{
	uint32_t hash = WEIGHTS_HASH_START;

	for (; *name != '\0'; name++)
		hash = (hash ^ (uint8_t)*name) * 16777619U;

	return hash;
}

static uint32_t
word_at(const uint8_t *bytes)
{
	return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

/* The row of this hash, or NULL. */
static const uint8_t *
find_row(const uint8_t *rows, size_t count, uint32_t hash)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		uint32_t here = word_at(rows + middle * ROW_BYTES);

		if (here == hash)
			return rows + middle * ROW_BYTES;
		if (here < hash)
			low = middle + 1;
		else
			high = middle;
	}

	return NULL;
}

static void
read_row(const uint8_t *rows, const uint32_t *header, const char *name, float *out)
{
	const uint8_t *row = find_row(rows, header[0], hash_of(name));
	float scale = (float)header[2];

	for (size_t i = 0; row != NULL && i < SIDE_LAST; i++)
		out[i] = (float)(int16_t)(row[4 + 2 * i] | row[5 + 2 * i] << 8) / scale;
}

/* What is wrong with the bytes, or NULL. */
static const char *
fault_of(const uint8_t *data, size_t length, uint32_t header[HEADER_WORDS])
{
	uint32_t hash = WEIGHTS_HASH_START;

	if (length < HEADER_BYTES || memcmp(data, MAGIC, strlen(MAGIC)) != 0)
		return "is no file of weights of this version";
	if (length > WEIGHTS_MAX_BYTES)
		return "is larger than " G_STRINGIFY(WEIGHTS_MAX_BYTES) " bytes";
	for (size_t i = 0; i < HEADER_WORDS; i++)
		header[i] = word_at(data + strlen(MAGIC) + 4 * i);
	if (header[0] > WEIGHTS_MAX_BYTES / ROW_BYTES || header[1] != WEIGHTS_BUCKETS ||
	    header[2] == 0 || header[3] == 0 ||
	    length !=
		HEADER_BYTES + header[0] * ROW_BYTES + (size_t)header[1] * SIDE_LAST)
		return "has not the length that it says";
	for (size_t i = HEADER_BYTES; i < length; i++)
		hash = (hash ^ data[i]) * 16777619U;

	return hash == header[4] ? NULL : "is damaged: its sum is wrong";
}

Weights *
weights_new(const char *path, GBytes *bytes, GPtrArray *names, GError **error)
{
	g_autofree float(*all)[SIDE_LAST] = NULL;
	g_autoptr(GVariant) image = NULL;
	GVariant *parts[PART_LAST];
	uint32_t header[HEADER_WORDS] = { 0 };
	gsize length;
	const uint8_t *data = g_bytes_get_data(bytes, &length);
	const char *fault = fault_of(data, length, header);
	const uint8_t *rows = data + HEADER_BYTES;

	if (fault != NULL) {
		g_set_error(error, WEIGHTS_ERROR,
			    header[1] == 0 ? WEIGHTS_ERROR_FOREIGN : WEIGHTS_ERROR_BROKEN,
			    "%s: %s", path, fault);
		return NULL;
	}
	all = g_malloc0_n(names->len + 1, sizeof(*all));
	read_row(rows, header, "", all[0]);
	for (size_t i = 0; i < names->len; i++)
		if (names->pdata[i] != NULL)
			read_row(rows, header, names->pdata[i], all[1 + i]);
	parts[PART_SCALE] = g_variant_new_double(header[3]);
	parts[PART_ROWS] = g_variant_new_fixed_array(G_VARIANT_TYPE("(uuuu)"), all,
						     names->len + 1, sizeof(*all));
	parts[PART_BUCKETS] =
	    g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, rows + header[0] * ROW_BYTES,
				      (size_t)header[1] * SIDE_LAST, sizeof(uint8_t));
	image = g_variant_ref_sink(g_variant_new_tuple(parts, PART_LAST));
	/* One block of bytes, in which the parts stay where they are. */
	g_variant_get_data(image);

	return weights_of_image(image);
}

Weights *
weights_of_image(GVariant *image)
{
	Weights *weights = g_new0(Weights, 1);
	gsize count;

	weights->image = g_variant_ref(image);
	g_variant_get_child(image, PART_SCALE, "d", &weights->bucket_scale);
	weights->rows = data_image_part(image, PART_ROWS, sizeof(*weights->rows), &count);
	weights->n_features = count - 1;
	weights->buckets =
	    data_image_part(image, PART_BUCKETS, sizeof(*weights->buckets), &count);

	return weights;
}

GVariant *
weights_image(const Weights *weights)
{
	return g_variant_ref(weights->image);
}

void
weights_free(Weights *weights)
{
	if (weights == NULL)
		return;

	g_variant_unref(weights->image);
	g_free(weights);
}

/*
 * A friend is so much less likely, kept being the part that is left; what a pitch gains
 * by it makes the note vague, for a friend may have much to tell, too.
 */
static void
bound_context(double likelihoods[SIDE_LAST], double kept)
{
	const double pitch = likelihoods[SIDE_PITCH];
	double all;

	likelihoods[SIDE_PERSONAL] *= kept;
	all = likelihoods[SIDE_DEFAULT] + likelihoods[SIDE_VAGUE] + pitch +
	      likelihoods[SIDE_PERSONAL];
	for (size_t side = 0; all > 0 && side < SIDE_LAST; side++)
		likelihoods[side] /= all;
	likelihoods[SIDE_VAGUE] += likelihoods[SIDE_PITCH] - pitch;
	likelihoods[SIDE_PITCH] = pitch;
}

void
weights_likelihoods(const Weights *weights, const GArray *features, const GArray *buckets,
		    double likelihoods_out[SIDE_LAST])
{
	double sums[SIDE_LAST], most, context = 0, all = 0;
	int words[SIDE_LAST] = { 0 };

	for (size_t side = 0; side < SIDE_LAST; side++)
		sums[side] = weights->rows[0][side];
	for (size_t i = 0; i < features->len; i++) {
		size_t feature = g_array_index(features, uint16_t, i);
		const float *row;

		if (feature >= weights->n_features)
			continue;
		row = weights->rows[1 + feature];
		for (size_t side = 0; side < SIDE_LAST; side++)
			sums[side] += row[side];
		context += MAX(row[SIDE_PERSONAL] - row[SIDE_PITCH], 0);
	}
	for (size_t i = 0; i < buckets->len; i++) {
		size_t bucket = g_array_index(buckets, uint16_t, i) % WEIGHTS_BUCKETS;

		for (size_t side = 0; side < SIDE_LAST; side++)
			words[side] += weights->buckets[bucket * SIDE_LAST + side];
	}
	for (size_t side = 0; side < SIDE_LAST; side++)
		sums[side] += words[side] / weights->bucket_scale;
	most = MAX(MAX(sums[0], sums[1]), MAX(sums[2], sums[3]));
	for (size_t side = 0; side < SIDE_LAST; side++)
		all += likelihoods_out[side] = exp(sums[side] - most);
	for (size_t side = 0; side < SIDE_LAST; side++)
		likelihoods_out[side] /= all;
	if (context > ENOUGH_CONTEXT)
		bound_context(likelihoods_out, exp(ENOUGH_CONTEXT - context));
}

/*
 * What a mistake costs, by what the note is and what it is called: a friend told to be
 * ignored is the worst one, and worse where the note itself tells of people who know
 * each other; a pitch taken for a friend comes next, and "vague" harms nobody.
 */
static const double costs[][SIDE_LAST][SIDE_LAST] = {
	[WEIGHTS_AMONG_STRANGERS] = {
		/* called        default vague pitch personal */
		[SIDE_DEFAULT] = { 0, 1, 1, 1 },
		[SIDE_VAGUE] = { 1, 0, 1, 1 },
		[SIDE_PITCH] = { 1, 1, 0, 2 },
		[SIDE_PERSONAL] = { 4, 2.25, 7, 0 },
	},
	[WEIGHTS_AMONG_ACQUAINTED] = {
		[SIDE_DEFAULT] = { 0, 1, 1, 1 },
		[SIDE_VAGUE] = { 1, 0, 1, 1 },
		[SIDE_PITCH] = { 1, 1, 0, 1.5 },
		[SIDE_PERSONAL] = { 15, 2.25, 15, 0 },
	},
};

Side
weights_cheapest(const double likelihoods[SIDE_LAST], WeightsAmong among)
{
	double least = G_MAXDOUBLE;
	Side cheapest = SIDE_VAGUE;

	for (size_t called = 0; called < SIDE_LAST; called++) {
		double cost = 0;

		for (size_t is = 0; is < SIDE_LAST; is++)
			cost += likelihoods[is] * costs[among][is][called];
		if (cost < least) {
			least = cost;
			cheapest = (Side)called;
		}
	}

	return cheapest;
}

double
weights_of_feature(const Weights *weights, size_t feature, Side side)
{
	return feature < weights->n_features ? weights->rows[1 + feature][side] : 0;
}

double
weights_of_bucket(const Weights *weights, uint16_t bucket, Side side)
{
	return weights->buckets[bucket % WEIGHTS_BUCKETS * SIDE_LAST + side] /
	       weights->bucket_scale;
}

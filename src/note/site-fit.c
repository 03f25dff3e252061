/* SPDX-License-Identifier: BSD-2-Clause */
/* site-fit.c - a site's numbers from its labelled notes */

#include "config.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "note/site-fit.h"
#include "note/weights.h"

/* Steps, how long the first ones are, and how strongly a number is pulled to 0. */
#define STEPS  200
#define LENGTH 0.02
#define PULL   1.0

/* How the notes that are judged wrong would change each number. */
typedef struct {
	double (*slope)[SIDE_LAST];  /* of this step */
	double (*square)[SIDE_LAST]; /* the sum of the squares of all slopes */
	size_t *notes;               /* that have the feature */
} Fit;

static void
add_slopes(Fit *fit, const Site *site, const SiteSample *sample)
{
	double likelihoods[SIDE_LAST];
	Side side;

	memcpy(likelihoods, sample->likelihoods, sizeof(likelihoods));
	site_weigh(site, sample->features, likelihoods);
	side = weights_cheapest(likelihoods, sample->among);
	if (side == sample->wanted)
		return;
	for (size_t i = 0; i < sample->features->len; i++) {
		size_t feature = g_array_index(sample->features, uint16_t, i);

		if (feature < site->n_features) {
			fit->slope[feature][side] += 1;
			fit->slope[feature][sample->wanted] -= 1;
		}
	}
}

/* AdaGrad: the more a number was moved, the shorter its next step. */
static void
take_step(Fit *fit, Site *site)
{
	for (size_t i = 0; i < site->n_features; i++)
		for (size_t side = 0; side < SIDE_LAST; side++) {
			double *number = &site->rows[i][side];
			double slope = fit->slope[i][side] + PULL * *number;

			fit->slope[i][side] = 0;
			if (fit->notes[i] < SITE_FIT_LEAST || slope == 0)
				continue;
			fit->square[i][side] += slope * slope;
			*number -= LENGTH * slope / sqrt(fit->square[i][side]);
			*number = CLAMP(*number, -SITE_MAX_WEIGHT, SITE_MAX_WEIGHT);
		}
}

Site *
site_fit(const GArray *samples, size_t n_features)
{
	Site *site = site_new_empty(n_features);
	Fit fit = { g_malloc0_n(n_features + 1, sizeof(*fit.slope)),
		    g_malloc0_n(n_features + 1, sizeof(*fit.square)),
		    g_new0(size_t, n_features + 1) };

	for (size_t i = 0; i < samples->len; i++) {
		const GArray *features = g_array_index(samples, SiteSample, i).features;

		for (size_t j = 0; j < features->len; j++)
			fit.notes[MIN(g_array_index(features, uint16_t, j),
				      n_features)]++;
	}
	for (size_t step = 0; step < STEPS; step++) {
		for (size_t i = 0; i < samples->len; i++)
			add_slopes(&fit, site, &g_array_index(samples, SiteSample, i));
		take_step(&fit, site);
	}
	g_free(fit.slope);
	g_free(fit.square);
	g_free(fit.notes);

	return site;
}

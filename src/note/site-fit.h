/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	site-fit - a site's numbers from its labelled notes
 *
 * DESCRIPTION
 *	A perceptron on top of what the weights say, which stands fixed: in a few
 *	hundred steps over all notes, those that are judged wrong move the
 *	numbers of their features, each of which is pulled towards 0 and kept
 *	within its bound.  Notes that are judged right ask for nothing, so a site
 *	whose notes are like everybody's gets next to nothing: logistic regression
 *	made them worse.  A feature that fewer than SITE_FIT_LEAST notes
 *	have gets none, for a single note's wording is no rule.  Nothing is drawn
 *	by lot: the same notes in the same order make the same numbers.
 */
#ifndef SITE_FIT_H
#define SITE_FIT_H

#include <stddef.h>

#include <glib.h>

#include "note/site.h"
#include "note/weights.h"

#define SITE_FIT_LEAST 3

/* A labelled note. */
typedef struct {
	const GArray *features;        /* of uint16_t; borrowed */
	double likelihoods[SIDE_LAST]; /* as the weights say */
	WeightsAmong among;
	Side wanted;
} SiteSample;

/* samples: of SiteSample. */
Site *site_fit(const GArray *samples, size_t n_features);

#endif

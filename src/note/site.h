/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	site - what a site's own labelled notes add to the weights
 *
 * DESCRIPTION
 *	invitectl train makes a file of numbers from a site's notes: for some of
 *	the features of a note (evidence.h), by name, one for each side.  They are
 *	added to what the weights say (weights.h), so the site's file moves what
 *	lies near a border and nothing else: a number is at most SITE_MAX_WEIGHT,
 *	and what all of a note's features say together for a side SITE_MAX_SUM.
 *	side.c sees to what it must never move.
 *
 * FORMAT
 *	A key file (keyfile.h), weights/site.weights beside the settings:
 *
 *		[site]
 *		version = 1
 *		[weights]
 *		pitch offer strong = 0.02; -0.11; 0.31; -0.22
 *
 *	for default, vague, pitch and personal.
 *
 * RETURN VALUE
 *	site_new(): NULL with error set, which names file, line and remedy, where
 *	the file is broken, of another version, or has a feature that is not known.
 */
#ifndef SITE_H
#define SITE_H

#include <stddef.h>

#include <glib.h>

#include "base/keyfile.h"
#include "note/rule.h"

#define SITE_VERSION    "1"
#define SITE_MAX_WEIGHT 0.1
#define SITE_MAX_SUM    1.0

/* Where it stands in the folder of the settings. */
#define SITE_FILE "weights/site.weights"

typedef struct {
	size_t n_features;
	double (*rows)[SIDE_LAST]; /* by number of the feature */
} Site;

/* names: of the features, by number; NULL where a number has none. */
Site *site_new(const Keyfile *file, GPtrArray *names, GError **error);

/* All numbers are 0. */
Site *site_new_empty(size_t n_features);
void site_free(Site *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Site, site_free)

/* The file's text; the caller's.  Rows that would be written as 0 are left out. */
char *site_text(const Site *site, GPtrArray *names);

/* How likely is each side with the site's numbers?  features: of uint16_t. */
void site_weigh(const Site *site, const GArray *features, double likelihoods[SIDE_LAST]);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* site.c - what a site's own labelled notes add to the weights */

#include "config.h"

#include <math.h>
#include <stdint.h>

#include "note/site.h"

#define TRAIN_AGAIN "run \"invitectl train\" again"

Site *
site_new_empty(size_t n_features)
{
	Site *site = g_new0(Site, 1);

	site->n_features = n_features;
	site->rows = g_malloc0_n(MAX(n_features, 1), sizeof(*site->rows));

	return site;
}

void
site_free(Site *site)
{
	if (site == NULL)
		return;

	g_free(site->rows);
	g_free(site);
}

/* The number of the feature with this name; as many as there are where it has none. */
static size_t
find_feature(GPtrArray *names, const char *name)
{
	size_t i = 0;

	while (i < names->len && g_strcmp0(names->pdata[i], name) != 0)
		i++;

	return i;
}

static bool
read_row(Site *site, const Keyfile *file, const KeyfileEntry *entry, GPtrArray *names,
	 GError **error)
{
	size_t feature = find_feature(names, entry->name);

	if (feature >= site->n_features)
		return keyfile_error(file, entry, error,
				     "this version knows no such evidence; " TRAIN_AGAIN);
	if (g_strv_length((char **)entry->list) != SIDE_LAST)
		return keyfile_error(file, entry, error, "give %d numbers; " TRAIN_AGAIN,
				     SIDE_LAST);
	for (size_t side = 0; side < SIDE_LAST; side++) {
		char *end;
		double number = g_ascii_strtod(entry->list[side], &end);

		/* A NaN must be refused, and ">" would be false for it. */
		if (*end != '\0' || !(fabs(number) <= SITE_MAX_WEIGHT))
			return keyfile_error(
			    file, entry, error,
			    "\"%s\" is no number from -%.1f to %.1f; " TRAIN_AGAIN,
			    entry->list[side], SITE_MAX_WEIGHT, SITE_MAX_WEIGHT);
		site->rows[feature][side] = number;
	}

	return true;
}

Site *
site_new(const Keyfile *file, GPtrArray *names, GError **error)
{
	g_autoptr(Site) site = site_new_empty(names->len);
	const char *version = keyfile_value(file, "site", "version");

	if (g_strcmp0(version, SITE_VERSION) != 0) {
		keyfile_error(file, keyfile_find(file, "site", "version", NULL), error,
			      "a site's weights of version %s, and this program reads "
			      "version " SITE_VERSION "; " TRAIN_AGAIN,
			      version != NULL ? version : "unknown");
		return NULL;
	}
	for (size_t i = 0; i < keyfile_length(file); i++) {
		const KeyfileEntry *entry = keyfile_entry(file, i);

		if (g_str_equal(entry->group, "weights")) {
			if (!read_row(site, file, entry, names, error))
				return NULL;
		} else if (!g_str_equal(entry->group, "site") ||
			   !g_str_equal(entry->key, "version")) {
			keyfile_error(file, entry, error, "no such key; " TRAIN_AGAIN);
			return NULL;
		}
	}

	return g_steal_pointer(&site);
}

char *
site_text(const Site *site, GPtrArray *names)
{
	g_autoptr(GString) text = g_string_new(
	    "# Made by \"invitectl train\"; \"invitectl train --undo\" removes it.\n"
	    "[site]\nversion = " SITE_VERSION "\n[weights]\n");

	for (size_t i = 0; i < site->n_features; i++) {
		g_autoptr(GString) row = g_string_new(NULL);
		bool is_zero = true;

		for (size_t side = 0; side < SIDE_LAST; side++) {
			char number[G_ASCII_DTOSTR_BUF_SIZE];
			double rounded = round(site->rows[i][side] * 1000) / 1000;

			is_zero &= rounded == 0;
			g_ascii_formatd(number, sizeof(number), "%.3f", rounded + 0.0);
			g_string_append_printf(row, "%s%s", side > 0 ? "; " : "", number);
		}
		if (!is_zero && names->pdata[i] != NULL)
			g_string_append_printf(text, "%s = %s\n",
					       (const char *)names->pdata[i], row->str);
	}

	return g_strdup(text->str);
}

void
site_weigh(const Site *site, const GArray *features, double likelihoods[SIDE_LAST])
{
	double sums[SIDE_LAST] = { 0 }, all = 0;

	for (size_t i = 0; i < features->len; i++) {
		size_t feature = g_array_index(features, uint16_t, i);

		for (size_t side = 0; feature < site->n_features && side < SIDE_LAST;
		     side++)
			sums[side] += site->rows[feature][side];
	}
	for (size_t side = 0; side < SIDE_LAST; side++)
		all += likelihoods[side] *=
		    exp(CLAMP(sums[side], -SITE_MAX_SUM, SITE_MAX_SUM));
	for (size_t side = 0; side < SIDE_LAST && all > 0; side++)
		likelihoods[side] /= all;
}

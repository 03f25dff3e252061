/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	keyfile-scan - reads the lines of a key file
 *
 * DESCRIPTION
 *	Fills a Keyfile, from which keyfile.c answers.  Besides these two, only
 *	keyfile-image.c includes this header.
 */
#ifndef KEYFILE_SCAN_H
#define KEYFILE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/keyfile.h"

typedef struct {
	const char *name; /* borrowed from Keyfile.text, or the image */
	unsigned line;
} KeyfileGroup;

struct Keyfile {
	char *path;
	GArray *entries;       /* KeyfileEntry */
	GArray *groups;        /* KeyfileGroup */
	char *text;            /* of the file, cut into strings, or NULL */
	GStringChunk *strings; /* what of text is no string as it is; NULL: nothing */
	GPtrArray *items; /* of the entries' lists, borrowed, NULL behind each list */

	/* Of a file that lies in an image (keyfile-image.h), borrowed, else NULL. */
	const uint32_t *compiled; /* for each item the place of its pattern, or 0 */
	const uint64_t *patterns;
};

/* A file without any entry. */
Keyfile *keyfile_scan_nothing(const char *path);

/* Adds all entries that can be read.  False with error set where there are mistakes. */
bool keyfile_scan_bytes(Keyfile *keyfile, const char *bytes, size_t length,
			GError **error);

#endif

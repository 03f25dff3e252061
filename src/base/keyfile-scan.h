/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	keyfile-scan - reads the lines of a key file
 *
 * DESCRIPTION
 *	Fills a Keyfile, from which keyfile.c answers.  No other module includes
 *	this header.
 */
#ifndef KEYFILE_SCAN_H
#define KEYFILE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/keyfile.h"

typedef struct {
	const char *name; /* borrowed from Keyfile.text */
	unsigned line;
} KeyfileGroup;

struct Keyfile {
	char *path;
	GArray *entries;       /* KeyfileEntry */
	GArray *groups;        /* KeyfileGroup */
	char *text;            /* of the file, cut into strings, or NULL */
	GStringChunk *strings; /* what of the entries does not stand in text as it is */
	GPtrArray *items; /* of the entries' lists, borrowed, NULL behind each list */
};

/* Adds all entries that can be read.  False with error set where there are mistakes. */
bool keyfile_scan_bytes(Keyfile *keyfile, const char *bytes, size_t length,
			GError **error);

#endif

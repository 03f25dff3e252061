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
	const char *name; /* borrowed from Keyfile.strings */
	unsigned line;
} KeyfileGroup;

struct Keyfile {
	char *path;
	GArray *entries;       /* KeyfileEntry */
	GArray *groups;        /* KeyfileGroup */
	GPtrArray *lists;      /* the arrays of the entries' lists */
	GStringChunk *strings; /* all text of the entries */
};

/* Adds all entries that can be read.  False with error set where there are mistakes. */
bool keyfile_scan_bytes(Keyfile *keyfile, const char *bytes, size_t length,
			GError **error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	keyfile-scan - reads the lines of a key file
 *
 * DESCRIPTION
 *	A Keyfile as it is read, which keyfile.c answers from.  No other module
 *	includes this.
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

/* Adds all that can be read, and tells every mistake; false where there is one. */
bool keyfile_scan_bytes(Keyfile *keyfile, const char *bytes, size_t length,
			GError **error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	splice - a range of the mail, and what comes in its place
 *
 * DESCRIPTION
 *	splice_part() finds the ranges that put a block on top of a part and
 *	take others off it, in the part's transfer encoding.  No byte of the
 *	sender's is written anew, except base64, whose block shifts what follows
 *	it, and a "-" that would come to begin a line of quoted-printable.
 *
 * OWNERSHIP
 *	Each Splice owns its bytes, and an array of splice_array_new() its
 *	splices.
 *
 * SEE ALSO
 *	insert.h, block.h
 */
#ifndef SPLICE_H
#define SPLICE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "mail/part.h"

typedef struct {
	size_t start;
	size_t end;
	GString *bytes;
} Splice;

/* An empty array of Splice. */
GArray *splice_array_new(void);

/* The bytes from a place on, with the splices made, which are in their order. */
GString *splice_apply(const char *bytes, size_t from, size_t length,
		      const GArray *splices);

/*
 * Adds to the splices, in the order of the mail.  cuts: of BlockCut, or NULL; block:
 * in the part's charset, or NULL.  boundaries: of const char *, those around the part.
 * False, with nothing added, where a line would come to be one of them.
 */
bool splice_part(const char *mail, size_t length, const Part *part, const GArray *cuts,
		 const GString *block, const GPtrArray *boundaries, GArray *splices);

#endif

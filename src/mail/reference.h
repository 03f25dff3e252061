/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	reference - HTML's character references: &amp; &#38; &#x26;
 *
 * DESCRIPTION
 *	Reads one as a browser does: all names of the standard, the oldest of
 *	them without ";" as well, and the longest that fits.  In an attribute's
 *	value "&copy=1" and "&notes" are parts of a query and no references.
 *
 *	The names are a sorted table, which entities.py writes.
 *
 * SEE ALSO
 *	tokens.h; WHATWG HTML, sections 13.2.5.72 to 13.2.5.80 and 13.5
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <glib.h>

/* Bytes that one may stand for: two characters. */
#define REFERENCE_MAX_BYTES 12

typedef enum {
	REFERENCE_IN_TEXT,
	REFERENCE_IN_VALUE,
} ReferencePlace;

/*
 * Reads the reference whose "&" is at at.  Returns the place behind it, or NULL
 * where it is no reference.  text_out, of REFERENCE_MAX_BYTES, gets the text that it
 * stands for, length_out the length of that.
 */
const char *reference_read(const char *at, const char *end, ReferencePlace place,
			   char *text_out, size_t *length_out);

#endif

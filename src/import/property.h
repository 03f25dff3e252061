/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	property - one line of a vCard: NAME;PARAMETERS:VALUE
 *
 * DESCRIPTION
 *	The first line of a property is enough to tell its name; its value is
 *	read from the whole, unfolded.  Parameters say how the value was
 *	encoded, by all the ways of 2.1, 3.0 and 4.0.
 *
 * OWNERSHIP
 *	A Span points into what it came from; a char * is the caller's.
 *
 * SEE ALSO
 *	vcard.h; RFC 6350, section 3.3; vCard 2.1 (versit, 1996), section 2.1
 */
#ifndef PROPERTY_H
#define PROPERTY_H

#include <stdbool.h>

#include <glib.h>

#include "import/lines.h"

/* "EMAIL" of "item1.EMAIL;type=work:…". */
Span property_name(Span line);

/* Is the value quoted-printable, so that "=" at a line's end continues it? */
bool property_is_quoted(Span line);

/*
 * Does text, the part of a quoted value read so far, end within a character of UTF-8
 * whose rest stands in line behind blanks?
 */
bool property_is_inside_character(const GString *text, Span line);

/* UTF-8, with its escapes; NULL where there is no colon. */
char *property_value(Span unfolded);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	encoded - header text: encoded words read and written
 *
 * DESCRIPTION
 *	encoded_decode() decodes each RFC 2047 encoded word by itself (GMime
 *	before 3.2.14 loses what follows a padded one), joins neighbours of one
 *	charset before converting them, since real mailers cut characters in
 *	two, and guesses UTF-8, then Latin-1, for raw 8-bit text.  The result is
 *	one line of valid UTF-8 without control characters; what cannot be
 *	converted is U+FFFD.
 *
 *	encoded_field() writes a value so that it can stand in a header: text
 *	beyond ASCII as UTF-8 encoded words of at most 75 characters that cut no
 *	character in two, folded with "\n\t" before column 77.
 *
 * SEE ALSO
 *	RFC 2047, sections 2 and 5; RFC 5322, section 2.1.1
 */
#ifndef ENCODED_H
#define ENCODED_H

#include <stddef.h>

/* raw: a field's value of any bytes.  The result is the caller's. */
char *encoded_decode(const char *raw);

/*
 * text: UTF-8 without control characters.  used: columns already taken on the
 * first line, the field's name and ": ".  In a phrase (before "<address>")
 * every word beyond ASCII or with specials is encoded or quoted as RFC 2047,
 * section 5 (3) wants it.
 */
typedef enum {
	ENCODED_TEXT,
	ENCODED_PHRASE,
} EncodedPlace;

char *encoded_field(const char *text, EncodedPlace place, size_t used);

#endif

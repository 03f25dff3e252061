/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	encoded-field - header text: encoded words written
 *
 * DESCRIPTION
 *	encoded_field() writes a value so that it can stand in a header: text
 *	beyond ASCII as UTF-8 encoded words of at most 75 characters that cut no
 *	character in two, folded with "\n\t" before column 77.
 *
 * SEE ALSO
 *	RFC 2047, sections 2 and 5; RFC 5322, section 2.1.1; encoded.h
 */
#ifndef ENCODED_FIELD_H
#define ENCODED_FIELD_H

#include <stddef.h>

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

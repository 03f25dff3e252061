/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	encoded - header text: encoded words read
 *
 * DESCRIPTION
 *	encoded_decode() decodes each RFC 2047 encoded word by itself (GMime
 *	before 3.2.14 loses what follows a padded one), joins neighbours of one
 *	charset before converting them, since real mailers cut characters in
 *	two, and guesses UTF-8, then Latin-1, for raw 8-bit text.  The result is
 *	one line of valid UTF-8 without control characters; what cannot be
 *	converted is U+FFFD.
 *
 * SEE ALSO
 *	RFC 2047, section 2; encoded-field.h, which writes them
 */
#ifndef ENCODED_H
#define ENCODED_H

/* raw: a field's value of any bytes.  The result is the caller's. */
char *encoded_decode(const char *raw);

#endif

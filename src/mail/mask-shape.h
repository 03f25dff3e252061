/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mask-shape - what is a word, and what is shown of one that is masked
 *
 * DESCRIPTION
 *	A word is made of letters, digits, their marks, and of whatever else could
 *	be read as one of them: letters in circles, fractions, cells of Braille,
 *	characters of nobody's or of private use.  What nobody sees may stand in
 *	it and parts no word.
 *
 * SEE ALSO
 *	mask.h
 */
#ifndef MASK_SHAPE_H
#define MASK_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* This ideograph is in the charsets of all countries that write with ideographs. */
#define MASK_SHAPE_IDEOGRAPH 0x67d0

/* A longer word is in no data file. */
#define MASK_SHAPE_MAX_WORD 64

/* Is it a character of a word? */
bool mask_shape_is_part(gunichar c);

/* Is it one that nobody sees?  A control character is none: it parts words. */
bool mask_shape_is_unseen(gunichar c);

/* "x", "X", "9", MASK_SHAPE_IDEOGRAPH, or the one character that nobody sees. */
gunichar mask_shape_of(gunichar c);

void mask_shape_hide(gunichar *chars, size_t start, size_t end);

bool mask_shape_has_letter(const gunichar *chars, size_t length);

/* The word folded (folded.h), as it is looked up; NULL for one that is too long. */
char *mask_shape_key(const gunichar *chars, size_t length);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	edit-distance - how many slips lie between two words, or two texts
 *
 * DESCRIPTION
 *	edit_distance() is for words: letters added, dropped, changed, or
 *	exchanged with the next one (Damerau, Levenshtein); a change of ASCII
 *	case is no slip.
 *
 *	edit_distance_within() is for texts: the exchange of two letters counts
 *	two, and only distances up to a limit are told apart, so that its cost
 *	is the length times the limit.
 */
#ifndef EDIT_DISTANCE_H
#define EDIT_DISTANCE_H

#include <stddef.h>

/* Bytes of the second word. */
#define EDIT_DISTANCE_MAX_WORD 256

/* Bytes of the second text. */
#define EDIT_DISTANCE_MAX_TEXT 1024

size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length);

/* What the first text is compared with. */
typedef enum {
	EDIT_DISTANCE_WHOLE,
	EDIT_DISTANCE_BEGINNING, /* or with whichever beginning of it is nearest */
} EditDistancePart;

/* most + 1 for more than most. */
size_t edit_distance_within(const char *a, size_t a_length, const char *b,
			    size_t b_length, EditDistancePart part, size_t most);

#endif

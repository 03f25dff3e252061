/* SPDX-License-Identifier: BSD-2-Clause */
/* edit-distance.c - how many slips lie between two words, or two texts */
#include "config.h"

#include <stdbool.h>

#include <glib.h>

#include "text/edit-distance.h"

static bool
is_same(char a, char b)
{
	return g_ascii_tolower(a) == g_ascii_tolower(b);
}

size_t
edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t rows[3][EDIT_DISTANCE_MAX_WORD + 1];

	g_assert(b_length <= EDIT_DISTANCE_MAX_WORD);

	for (size_t i = 0; i <= a_length; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			if (i == 0) {
				row[j] = j;
				continue;
			}
			row[j] = MIN(MIN(above[j], row[j - 1]) + 1,
				     above[j - 1] + !is_same(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && is_same(a[i - 1], b[j - 2]) &&
			    is_same(a[i - 2], b[j - 1]))
				row[j] = MIN(row[j], rows[(i + 1) % 3][j - 2] + 1);
		}
	}

	return rows[a_length % 3][b_length];
}

/* Only a band around the diagonal is looked at, and no further than one may hope. */
size_t
edit_distance_within(const char *a, size_t a_length, const char *b, size_t b_length,
		     EditDistancePart part, size_t most)
{
	size_t row[EDIT_DISTANCE_MAX_TEXT + 1], least = most + 1;

	g_assert(b_length <= EDIT_DISTANCE_MAX_TEXT);

	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t from = i > most ? i - most : 1;
		size_t to = MIN(i + most, b_length), diagonal = row[from - 1];
		size_t nearest;

		nearest = row[from - 1] = from == 1 ? i : most + 1;
		for (size_t j = from; j <= to; j++) {
			size_t above = j == i + most ? most + 1 : row[j];
			size_t edits = MIN(MIN(above, row[j - 1]) + 1,
					   diagonal + (a[i - 1] != b[j - 1]));

			diagonal = row[j];
			row[j] = edits;
			nearest = MIN(nearest, edits);
		}
		if (nearest > most)
			return most + 1;
	}
	for (size_t j = part == EDIT_DISTANCE_BEGINNING ? 0 : b_length; j <= b_length;
	     j++)
		if (j + most >= a_length && j <= a_length + most)
			least = MIN(least, row[j]);

	return least;
}

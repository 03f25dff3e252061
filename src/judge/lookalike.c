/* SPDX-License-Identifier: BSD-2-Clause */
/* lookalike.c - does a domain pass itself off as another? */

#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "judge/lookalike.h"

/* A label of a host name has at most 63 octets (RFC 1035, section 2.3.4). */
#define LABEL_MAX 63

/* Shorter names are near too many others. */
#define CLOSE_MIN 5

/* Digits and letters that are read for one another. */
static char
plain(char c)
{
	switch (c) {
	case '0':
		return 'o';
	case '1':
	case '!':
		return 'l';
	case '3':
		return 'e';
	case '5':
		return 's';
	default:
		return c;
	}
}

/* Levenshtein's distance of two labels. */
static size_t
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t row[LABEL_MAX + 1], diagonal, above;

	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			above = row[j];
			row[j] = MIN(MIN(row[j] + 1, row[j - 1] + 1),
				     diagonal + (plain(a[i - 1]) != plain(b[j - 1])));
			diagonal = above;
		}
	}

	return row[b_length];
}

static Lookalike
label_lookalike(const char *label, size_t length, const char *name, size_t name_length)
{
	if (length == name_length && memcmp(label, name, length) == 0)
		return LOOKALIKE_WITHIN;
	if (name_length < CLOSE_MIN || length > LABEL_MAX ||
	    (length > name_length ? length - name_length : name_length - length) > 1)
		return LOOKALIKE_NOT;

	return distance(label, length, name, name_length) <= 1 ? LOOKALIKE_CLOSE
								 : LOOKALIKE_NOT;
}

Lookalike
lookalike_of(const char *domain, const char *own)
{
	size_t name_length = strcspn(own, "."), length;
	Lookalike most = LOOKALIKE_NOT, found;

	if (name_length > LABEL_MAX)
		return LOOKALIKE_NOT;
	for (const char *label = domain; *label != '\0'; label += length) {
		length = strcspn(label, ".-");
		found = label_lookalike(label, length, own, name_length);
		most = MAX(most, found);
		if (label[length] != '\0')
			length++;
	}

	return most;
}

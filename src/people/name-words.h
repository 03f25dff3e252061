/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	name-words - the words of a name, without what stands around it
 *
 * DESCRIPTION
 *	The words of "Dr. DOE, Jane Q., PhD (She/Her) | Hiring!" are "DOE" and
 *	"Jane", in their order and as written.
 *
 * SEE ALSO
 *	name.h
 */
#ifndef NAME_WORDS_H
#define NAME_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "text/letter.h"
#include "people/name.h"

typedef struct {
	const gunichar *letters; /* borrowed from the NameWords */
	size_t length;
	const char *folded;    /* in LETTER_SHORT; borrowed likewise */
	size_t part;           /* how many commas stand before it */
	GUnicodeScript script; /* COMMON: of digits alone */
	bool has_dot;          /* "." follows */
	bool is_disguised;     /* passes for another */
} NameWord;

typedef struct {
	NameWord words[NAME_MAX_CHARS / 2 + 1];
	size_t count;  /* of words, at most NAME_MAX_WORDS */
	bool is_plain; /* ASCII letters, and nothing else */
	bool has_lower;
	gunichar chars[NAME_MAX_CHARS];
	char folded[NAME_MAX_CHARS * (LETTER_MAX_BYTES + 1)];
} NameWords;

void name_words_init(NameWords *words, const NameRules *rules, const char *text);

#endif

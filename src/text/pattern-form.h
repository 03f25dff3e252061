/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	pattern-form - a pattern as words and holes, read from its text
 *
 * DESCRIPTION
 *	A pattern is words, hole, words, hole, …; a PatternRun is some words with
 *	the hole before them.  The words are folded as lines are.
 *
 * SEE ALSO
 *	pattern.h
 */
#ifndef PATTERN_FORM_H
#define PATTERN_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "text/folded.h"
#include "text/pattern.h"

enum {
	PATTERN_FORM_NO_HOLE = -1, /* the line starts, or ends, with the words */
	PATTERN_FORM_ANY = -2,     /* "*" */
};

typedef struct {
	uint32_t start; /* of the words among all of the pattern */
	uint32_t length;
	int16_t hole;     /* before the words: index of its name, or PATTERN_FORM_… */
	bool starts_word; /* a blank or the start of the line stands before */
	bool ends_word;   /* a blank or the end of the line stands behind */
} PatternRun;

/* The bit of a word's character that may be lost on the way. */
#define PATTERN_FORM_LOSABLE ((gunichar)1 << 31)

/* Has no pointer, so that it can lie in an image (base/keyfile-image.h). */
struct Pattern {
	uint64_t pairs[FOLDED_PAIRS / 64];      /* neighbours that a fitting line has */
	uint64_t sure_pairs[FOLDED_PAIRS / 64]; /* where letters were lost, only those */
	uint32_t
	    words;     /* where they begin: all runs' words, folded, in bytes from here */
	uint32_t text; /* where it begins, in the same way */
	uint32_t n_runs;
	uint32_t n_words;
	uint16_t n_holes;     /* names that hits_out has places for */
	int16_t open;         /* the hole that ends the line, or PATTERN_FORM_NO_HOLE */
	uint32_t is_constant; /* it lies in an image */
	PatternRun runs[];    /* the last one ends the line unless open */
};

/* NULL with error set where the text is no pattern, or one of no words. */
Pattern *pattern_form_read(const char *text, const char *const *holes, GError **error);

/* The next character of some words, without its backslash; NULL at a hole or the end. */
const char *pattern_form_take(const char **text);

/* Of gunichar, some with PATTERN_FORM_LOSABLE. */
static inline const gunichar *
pattern_form_words(const Pattern *pattern)
{
	return (const gunichar *)G_STRUCT_MEMBER_P(pattern, pattern->words);
}

static inline gunichar
pattern_form_char(const Pattern *pattern, size_t index)
{
	return pattern_form_words(pattern)[index] & ~PATTERN_FORM_LOSABLE;
}

static inline bool
pattern_form_is_losable(const Pattern *pattern, size_t index)
{
	return (pattern_form_words(pattern)[index] & PATTERN_FORM_LOSABLE) != 0;
}

#endif

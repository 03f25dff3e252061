/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	phrase - patterns in several languages, found by how a line begins
 *
 * DESCRIPTION
 *	A network's file holds hundreds of patterns, and every line of a mail
 *	is compared with most of them.  Phrases keeps a list of them by their
 *	first character, so that a line meets the few that may fit.
 *
 *	phrases_fitting() tells the first, in the order they were added, that
 *	fits.
 */
#ifndef PATTERN_LIST_H
#define PATTERN_LIST_H

#include <stddef.h>

#include <glib.h>

#include "base/keyfile.h"
#include "text/pattern.h"

/* A pattern, and where it stands: in one language or (NULL) in none. */
typedef struct {
	Pattern *pattern;
	const KeyfileEntry *from; /* borrowed */
	bool is_lent;		/* the pattern is another list's */
} Phrase;

typedef struct Phrases Phrases;

Phrases *phrases_new(void);
void phrases_free(Phrases *phrases);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Phrases, phrases_free)

/* Takes the pattern over; from is borrowed for good. */
void phrases_add(Phrases *phrases, Pattern *pattern, const KeyfileEntry *from);

/* Add all that another list has, which must outlive this one. */
void phrases_lend(Phrases *to, const Phrases *from);

size_t phrases_length(const Phrases *phrases);
const Phrase *phrases_get(const Phrases *phrases, size_t index);

/* NULL where none fits; hits_out as in pattern_fits(). */
const Phrase *phrases_fitting(const Phrases *phrases, const Folded *folded,
			      PatternHit *hits_out);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	phrase-states - the automaton that finds the phrases of a set
 *
 * DESCRIPTION
 *	phrase_states_new() makes the states from a set's phrases.  They hold no
 *	pointers into one another, so that phrase_states_image() can be written to
 *	a file, and phrase_states_of_image() uses it where it lies.
 *
 * SEE ALSO
 *	phrase-set.h, symbols.h
 */
#ifndef PHRASE_STATES_H
#define PHRASE_STATES_H

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "text/symbols.h"

#define PHRASE_STATES_ROOT      0
#define PHRASE_STATES_NO_ENDING 0

typedef struct {
	uint32_t children; /* the first; the next state's is behind the last */
	uint32_t fallback; /* the longest end of this that some phrase begins with */
	uint32_t ending;   /* of the longest phrase that ends here, or NO_ENDING */
} PhraseState;

/* A phrase that ends in some state. */
typedef struct {
	uint32_t ids;     /* the first of them; the next ending's is behind the last */
	uint32_t open;    /* the first of those that need no word to end here */
	uint32_t shorter; /* the longest phrase that is an end of this one */
	uint32_t nearest; /* of this and those shorter, the longest with an open one */
	uint16_t length;
	uint8_t is_spaceless; /* its last character */
	uint8_t unused;
} PhraseEnding;

/* What an image consists of. */
typedef enum {
	PHRASE_STATES_PAGE_OF,
	PHRASE_STATES_PAGES,
	PHRASE_STATES_STATES,
	PHRASE_STATES_LABELS,
	PHRASE_STATES_STARTS,
	PHRASE_STATES_ENDINGS,
	PHRASE_STATES_IDS,
	PHRASE_STATES_LAST
} PhraseStatesPart;

/* The image's type (GVariant): in the order of the parts. */
#define PHRASE_STATES_TYPE "(aqaqa(uuu)aqaua(uuuuqyy)au)"

typedef struct {
	SymbolTable symbols;
	const PhraseState *states; /* one more than there are, for where the last ends */
	const uint16_t *labels;    /* the symbol that leads to each state */
	const uint32_t *starts;    /* the root's children, by symbol */
	const PhraseEnding *endings;
	const uint32_t *ids;
	GVariant *parts[PHRASE_STATES_LAST]; /* which hold all of it */
} PhraseStates;

/* entries: of PhraseEntry (phrase-order.h); symbols: theirs, of uint16_t. */
PhraseStates *phrase_states_new(GArray *entries, const GArray *symbols,
				const Symbols *alphabet);

/* The image is trusted: it was made by phrase_states_image() of the same program. */
PhraseStates *phrase_states_of_image(GVariant *image);
void phrase_states_free(PhraseStates *states);

/* A value of PHRASE_STATES_TYPE, the caller's; the same phrases give the same bytes. */
GVariant *phrase_states_image(const PhraseStates *states);

/* The child of a state by the symbol, or the root, which is nobody's child. */
static inline uint32_t
phrase_states_child(const PhraseStates *states, uint32_t state, uint16_t symbol)
{
	uint32_t first = states->states[state].children;
	uint32_t count = states->states[state + 1].children - first;

	if (count == 0)
		return PHRASE_STATES_ROOT;
	/* The halving has no branch, for no processor could foretell it. */
	while (count > 1) {
		uint32_t half = count / 2;

		first += states->labels[first + half] <= symbol ? half : 0;
		count -= half;
	}

	return states->labels[first] == symbol ? first : PHRASE_STATES_ROOT;
}

/*
 * The state for the longest end of what was read that a phrase begins with.  A
 * step that falls back makes this end shorter, by what an earlier step added.
 */
static inline uint32_t
phrase_states_after(const PhraseStates *states, uint32_t state, uint16_t symbol,
		    size_t *steps)
{
	for (; state != PHRASE_STATES_ROOT; state = states->states[state].fallback) {
		uint32_t child = phrase_states_child(states, state, symbol);

		++*steps;
		if (child != PHRASE_STATES_ROOT)
			return child;
	}
	++*steps;

	return states->starts[symbol];
}

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	phrase-order - sorts the phrases that are added to a set
 *
 * DESCRIPTION
 *	A phrase set is built from phrases in the order of their symbols, which
 *	has those that begin alike side by side.  There are 75,000 of them where the
 *	languages are compiled, so that they are sorted by counting.
 *
 * SEE ALSO
 *	phrase-set.h, symbols.h
 */
#ifndef PHRASE_ORDER_H
#define PHRASE_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

/* A phrase that was added. */
typedef struct {
	uint32_t symbols; /* the first of them */
	uint32_t id;
	uint16_t length;
	bool is_spaceless; /* its last character */
	bool is_open;      /* no word need end with it */
} PhraseEntry;

/*
 * By their symbols, those of one phrase by id, the open ones last.
 * entries: of PhraseEntry; symbols: of uint16_t, all of them below count.
 */
void phrase_order(GArray *entries, const GArray *symbols, size_t count);

#endif

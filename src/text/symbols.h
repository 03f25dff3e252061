/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	symbols - the characters of many phrases as small numbers
 *
 * DESCRIPTION
 *	The characters that part words are SYMBOL_SPACE or SYMBOL_STOP; a letter
 *	that is in no phrase is SYMBOL_NONE.
 */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include <stdint.h>

#include <glib.h>

#include "text/plain-text.h"

enum {
	SYMBOL_NONE, /* in no phrase */
	SYMBOL_SPACE,
	SYMBOL_STOP,  /* a sentence or a line ends */
	SYMBOL_FIRST, /* the first symbol of a letter */
};

/* Letters that have a symbol. */
#define SYMBOLS_MAX_COUNT 32768

/* Characters are looked up in pages of 256. */
#define SYMBOLS_PAGE  256
#define SYMBOLS_PAGES (0x110000 / SYMBOLS_PAGE)

typedef struct {
	uint16_t page_of[SYMBOLS_PAGES]; /* page 0 is empty */
	GArray *pages;                   /* of uint16_t: the symbol of each character */
	uint16_t count;
} Symbols;

/* The tables of Symbols or of an image, to look characters up in; borrowed. */
typedef struct {
	const uint16_t *page_of;
	const uint16_t *pages;
} SymbolTable;

void symbols_init(Symbols *symbols);
void symbols_clear(Symbols *symbols);

/* Called for each character of a text. */
static inline uint16_t
symbols_of(const SymbolTable *table, gunichar c)
{
	if (plain_text_is_gap(c))
		return c == PLAIN_TEXT_SPACE ? SYMBOL_SPACE : SYMBOL_STOP;

	return table->pages[(size_t)table->page_of[c / SYMBOLS_PAGE] * SYMBOLS_PAGE +
			    c % SYMBOLS_PAGE];
}

/*
 * The character's symbol, and a new one where there is none; SYMBOL_NONE where all are
 * taken.
 */
uint16_t symbols_add(Symbols *symbols, gunichar c);

#endif

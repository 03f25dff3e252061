/* SPDX-License-Identifier: BSD-2-Clause */
/* symbols.c - the characters of many phrases as small numbers */

#include "config.h"

#include "text/symbols.h"

void
symbols_init(Symbols *symbols)
{
	symbols->pages = g_array_new(FALSE, TRUE, sizeof(uint16_t));
	g_array_set_size(symbols->pages, SYMBOLS_PAGE);
	symbols->count = SYMBOL_FIRST;
}

void
symbols_clear(Symbols *symbols)
{
	g_clear_pointer(&symbols->pages, g_array_unref);
}

uint16_t
symbols_add(Symbols *symbols, gunichar c)
{
	SymbolTable table = { symbols->page_of,
			      (const uint16_t *)(gconstpointer)symbols->pages->data };
	uint16_t symbol = symbols_of(&table, c);
	size_t page;

	if (symbol != SYMBOL_NONE || symbols->count == SYMBOL_FIRST + SYMBOLS_MAX_COUNT)
		return symbol;

	if (symbols->page_of[c / SYMBOLS_PAGE] == 0) {
		symbols->page_of[c / SYMBOLS_PAGE] =
		    (uint16_t)(symbols->pages->len / SYMBOLS_PAGE);
		g_array_set_size(symbols->pages, symbols->pages->len + SYMBOLS_PAGE);
	}
	page = symbols->page_of[c / SYMBOLS_PAGE];
	g_array_index(symbols->pages, uint16_t, page * SYMBOLS_PAGE + c % SYMBOLS_PAGE) =
	    symbols->count;

	return symbols->count++;
}

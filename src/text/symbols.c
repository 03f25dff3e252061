/* SPDX-License-Identifier: BSD-2-Clause */
/* symbols.c - the characters of many phrases as small numbers */

#include "config.h"

#include "text/symbols.h"

/* Where the symbol of a character is kept; on page 0 it is none. */
static uint16_t *
place_of(const Symbols *symbols, gunichar c)
{
	size_t page = symbols->page_of[c / SYMBOLS_PAGE];

	return &g_array_index(symbols->pages, uint16_t,
			      page * SYMBOLS_PAGE + c % SYMBOLS_PAGE);
}

uint16_t
symbols_of(const Symbols *symbols, gunichar c)
{
	if (plain_text_is_gap(c))
		return c == PLAIN_SPACE ? SYMBOL_SPACE : SYMBOL_STOP;

	return *place_of(symbols, c);
}

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
	uint16_t symbol = symbols_of(symbols, c);

	if (symbol != SYMBOL_NONE || symbols->count == SYMBOL_FIRST + SYMBOLS_MAX_COUNT)
		return symbol;

	if (symbols->page_of[c / SYMBOLS_PAGE] == 0) {
		symbols->page_of[c / SYMBOLS_PAGE] =
		    (uint16_t)(symbols->pages->len / SYMBOLS_PAGE);
		g_array_set_size(symbols->pages, symbols->pages->len + SYMBOLS_PAGE);
	}
	*place_of(symbols, c) = symbols->count;

	return symbols->count++;
}

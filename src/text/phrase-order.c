/* SPDX-License-Identifier: BSD-2-Clause */
/* phrase-order.c - sorts the phrases that are added to a set */

#include "config.h"

#include <string.h>

#include "text/phrase-order.h"

/* So many symbols are sorted by counting; few phrases have all of them in common. */
#define COUNTED 4

/* The symbol of a phrase, or 0, which is none, behind its last one. */
static uint16_t
symbol_at(const PhraseEntry *entry, const uint16_t *symbols, size_t index)
{
	return index < entry->length ? symbols[entry->symbols + index] : 0;
}

static int
compare(gconstpointer a, gconstpointer b, gpointer data)
{
	const uint16_t *symbols = data;
	const PhraseEntry *one = a, *other = b;
	size_t common = MIN(one->length, other->length);

	for (size_t i = 0; i < common; i++) {
		int order = (int)symbols[one->symbols + i] - symbols[other->symbols + i];

		if (order != 0)
			return order;
	}
	if (one->length != other->length)
		return one->length < other->length ? -1 : 1;
	if (one->is_open != other->is_open)
		return one->is_open ? 1 : -1;

	return (one->id > other->id) - (one->id < other->id);
}

/* Sort by one symbol; what it does not tell apart stays in its order. */
static void
sort_by(const PhraseEntry *from, PhraseEntry *to, size_t length, const uint16_t *symbols,
	size_t count, size_t index)
{
	g_autofree uint32_t *places = g_new0(uint32_t, count + 1);

	for (size_t i = 0; i < length; i++)
		places[symbol_at(&from[i], symbols, index) + 1]++;
	for (size_t i = 0; i < count; i++)
		places[i + 1] += places[i];
	for (size_t i = 0; i < length; i++)
		to[places[symbol_at(&from[i], symbols, index)]++] = from[i];
}

static bool
begin_alike(const PhraseEntry *one, const PhraseEntry *other, const uint16_t *symbols)
{
	for (size_t i = 0; i < COUNTED; i++)
		if (symbol_at(one, symbols, i) != symbol_at(other, symbols, i))
			return false;

	return true;
}

void
phrase_order(GArray *entries, const GArray *symbols, size_t count)
{
	uint16_t *all = (uint16_t *)(gpointer)symbols->data;
	g_autofree PhraseEntry *other = g_new(PhraseEntry, MAX(entries->len, 1));
	PhraseEntry *sorted = (PhraseEntry *)(gpointer)entries->data, *spare = other;
	size_t end;

	/* An even number of times: what is sorted then stands in entries. */
	G_STATIC_ASSERT(COUNTED % 2 == 0);
	for (size_t i = COUNTED; i > 0; i--) {
		PhraseEntry *swap = sorted;

		sort_by(sorted, spare, entries->len, all, count, i - 1);
		sorted = spare;
		spare = swap;
	}
	for (size_t start = 0; start < entries->len; start = end) {
		for (end = start + 1;
		     end < entries->len && begin_alike(&sorted[start], &sorted[end], all);
		     end++)
			;
		if (end - start > 1)
			g_qsort_with_data(&sorted[start], (gint)(end - start),
					  sizeof(PhraseEntry), compare, all);
	}
}

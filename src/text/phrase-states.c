/* SPDX-License-Identifier: BSD-2-Clause */
/* phrase-states.c - the automaton that finds the phrases of a set */

#include "config.h"

#include "text/phrase-order.h"
#include "text/phrase-states.h"

/*
 * Design rationale
 *
 * This is the automaton of Aho and Corasick.  Its states are numbered breadth
 * first, so that the children of a state stand side by side and those of the
 * next state behind them: where they begin is all that a state need say.  A
 * double array would take as much room and be harder to build; a hash of
 * (state, character) takes more, and a cache miss for each step.
 *
 * Sorted phrases give these states without a tree: a state is a range of
 * phrases that begin alike, and its children are the parts of the range.
 *
 * Characters are small numbers first, symbols.  A phrase begins with
 * SYMBOL_SPACE unless it may stand anywhere, so that the middle of a word leads
 * back to the root at once.  It ends with its last letter: whether a word ends
 * there too is asked when it is found.
 *
 * No phrase begins with SYMBOL_STOP.  A state without a child for it goes on as
 * with SYMBOL_SPACE, because a word may begin behind a sentence.
 */

/* A state while the set is built: the entries that begin with it. */
typedef struct {
	uint32_t first;
	uint32_t end;
	uint16_t depth;
} Range;

/* The states that are being made. */
typedef struct {
	const PhraseEntry *entries; /* borrowed, as the symbols */
	const uint16_t *symbols;
	PhraseState *states;
	uint16_t *labels;
	uint32_t *starts;
	GArray *endings;
	GArray *ids;
	PhraseStates made; /* what of them can be read already */
} Build;

static uint16_t
entry_symbol(const Build *build, uint32_t entry, size_t index)
{
	return build->symbols[build->entries[entry].symbols + index];
}

/* The phrase of the entries that end with the range's state, or NO_ENDING. */
static uint32_t
make_ending(Build *build, Range *range)
{
	const PhraseEntry *entry = &build->entries[range->first];
	PhraseEnding ending = { .ids = build->ids->len,
				.is_spaceless = entry->is_spaceless };
	bool is_open = false;

	if (entry->length != range->depth)
		return PHRASE_STATES_NO_ENDING;

	ending.length = (uint16_t)(entry->length - (entry_symbol(build, range->first,
								 0) == SYMBOL_SPACE));
	while (range->first < range->end &&
	       build->entries[range->first].length == range->depth) {
		const PhraseEntry *next = &build->entries[range->first++];
		uint32_t before = is_open ? ending.open : ending.ids;

		if (next->is_open && !is_open) {
			is_open = true;
			ending.open = before = build->ids->len;
		}
		if (before == build->ids->len ||
		    g_array_index(build->ids, uint32_t, build->ids->len - 1) != next->id)
			g_array_append_val(build->ids, next->id);
	}
	if (!is_open)
		ending.open = build->ids->len;
	g_array_append_val(build->endings, ending);

	return build->endings->len - 1;
}

/* shorter: the longest phrase that is an end of this one's. */
static void
link_ending(Build *build, uint32_t number, uint32_t shorter)
{
	PhraseEnding *ending = &g_array_index(build->endings, PhraseEnding, number);

	ending->shorter = shorter;
	ending->nearest =
	    ending->open < build->ids->len
		? number
		: g_array_index(build->endings, PhraseEnding, shorter).nearest;
}

/* The state of this number, of the entries in the range, which its parent leads to. */
static void
make_state(Build *build, uint32_t number, Range *range, uint32_t parent)
{
	uint16_t symbol = entry_symbol(build, range->first, range->depth - 1U);
	uint32_t fallback = PHRASE_STATES_ROOT;
	PhraseState *state = &build->states[number];
	size_t steps = 0;

	if (parent == PHRASE_STATES_ROOT)
		build->starts[symbol] = number;
	else
		fallback = phrase_states_after(
		    &build->made, build->states[parent].fallback, symbol, &steps);

	build->labels[number] = symbol;
	state->fallback = fallback;
	state->ending = make_ending(build, range);
	if (state->ending == PHRASE_STATES_NO_ENDING)
		state->ending = build->states[fallback].ending;
	else
		link_ending(build, state->ending, build->states[fallback].ending);
}

/* One child for each symbol that the range's entries go on with, from this state on. */
static uint32_t
make_children(Build *build, Range *ranges, uint32_t parent, uint32_t number)
{
	Range range = ranges[parent];
	uint32_t end;

	build->states[parent].children = number;
	for (uint32_t first = range.first; first < range.end; first = end) {
		uint16_t symbol = entry_symbol(build, first, range.depth);

		end = first + 1;
		while (end < range.end && entry_symbol(build, end, range.depth) == symbol)
			end++;
		ranges[number] = (Range){ first, end, range.depth + 1 };
		make_state(build, number, &ranges[number], parent);
		number++;
	}
	if (parent == PHRASE_STATES_ROOT)
		build->starts[SYMBOL_STOP] = build->starts[SYMBOL_SPACE];

	return number;
}

/* How many different beginnings have the sorted entries, with the empty one? */
static size_t
count_states(const Build *build, size_t n_entries)
{
	size_t count = 1;

	for (uint32_t i = 0; i < n_entries; i++) {
		size_t length = build->entries[i].length, common = 0;
		size_t before = i > 0 ? build->entries[i - 1].length : 0;

		while (common < MIN(length, before) &&
		       entry_symbol(build, i, common) ==
			   entry_symbol(build, i - 1, common))
			common++;
		count += length - common;
	}

	return count;
}

static void
make_states(Build *build, uint32_t n_entries, uint32_t n_states)
{
	g_autofree Range *ranges = g_new(Range, n_states);
	uint32_t count = 1;
	PhraseEnding none = { 0 };

	g_array_append_val(build->endings, none);
	ranges[PHRASE_STATES_ROOT] = (Range){ 0, n_entries, 0 };
	for (uint32_t state = 0; state < count; state++)
		count = make_children(build, ranges, state, count);
	g_assert(count == n_states);

	/* Behind the last of each, for those who ask where it ends. */
	build->states[n_states].children = n_states;
	none.ids = build->ids->len;
	g_array_append_val(build->endings, none);
}

/* How GVariant calls an element of each part. */
static const char *const element_types[] = {
	[PHRASE_STATES_PAGE_OF] = "q",    [PHRASE_STATES_PAGES] = "q",
	[PHRASE_STATES_STATES] = "(uuu)", [PHRASE_STATES_LABELS] = "q",
	[PHRASE_STATES_STARTS] = "u",     [PHRASE_STATES_ENDINGS] = "(uuuuqyy)",
	[PHRASE_STATES_IDS] = "u",
};

static const size_t element_sizes[] = {
	[PHRASE_STATES_PAGE_OF] = sizeof(uint16_t),
	[PHRASE_STATES_PAGES] = sizeof(uint16_t),
	[PHRASE_STATES_STATES] = sizeof(PhraseState),
	[PHRASE_STATES_LABELS] = sizeof(uint16_t),
	[PHRASE_STATES_STARTS] = sizeof(uint32_t),
	[PHRASE_STATES_ENDINGS] = sizeof(PhraseEnding),
	[PHRASE_STATES_IDS] = sizeof(uint32_t),
};

/* Takes the elements over. */
static void
set_part(PhraseStates *states, PhraseStatesPart part, void *elements, size_t count)
{
	g_autofree char *type = g_strconcat("a", element_types[part], NULL);

	states->parts[part] = g_variant_ref_sink(
	    g_variant_new_from_data(G_VARIANT_TYPE(type), elements,
				    count * element_sizes[part], TRUE, g_free, elements));
}

static const void *
elements_of(const PhraseStates *states, PhraseStatesPart part)
{
	size_t count;

	return g_variant_get_fixed_array(states->parts[part], &count,
					 element_sizes[part]);
}

/* All parts are there. */
static void
find_elements(PhraseStates *states)
{
	states->symbols.page_of = elements_of(states, PHRASE_STATES_PAGE_OF);
	states->symbols.pages = elements_of(states, PHRASE_STATES_PAGES);
	states->states = elements_of(states, PHRASE_STATES_STATES);
	states->labels = elements_of(states, PHRASE_STATES_LABELS);
	states->starts = elements_of(states, PHRASE_STATES_STARTS);
	states->endings = elements_of(states, PHRASE_STATES_ENDINGS);
	states->ids = elements_of(states, PHRASE_STATES_IDS);
}

static void
set_array(PhraseStates *states, PhraseStatesPart part, GArray *array)
{
	size_t count = array->len;
	void *elements = g_array_free(array, FALSE);

	set_part(states, part, g_realloc(elements, count * element_sizes[part]), count);
}

PhraseStates *
phrase_states_new(GArray *entries, const GArray *symbols, const Symbols *alphabet)
{
	PhraseStates *states = g_new0(PhraseStates, 1);
	Build build = { .entries = (const PhraseEntry *)(gconstpointer)entries->data,
			.symbols = (const uint16_t *)(gconstpointer)symbols->data };
	size_t count;

	phrase_order(entries, symbols, alphabet->count);
	count = count_states(&build, entries->len);
	build.states = g_new0(PhraseState, count + 1);
	build.labels = g_new0(uint16_t, count);
	build.starts = g_new0(uint32_t, alphabet->count);
	build.endings = g_array_new(FALSE, FALSE, sizeof(PhraseEnding));
	build.ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	build.made = (PhraseStates){ .states = build.states,
				     .labels = build.labels,
				     .starts = build.starts };
	make_states(&build, entries->len, (uint32_t)count);

	set_part(states, PHRASE_STATES_PAGE_OF,
		 g_memdup2(alphabet->page_of, sizeof(alphabet->page_of)), SYMBOLS_PAGES);
	set_part(
	    states, PHRASE_STATES_PAGES,
	    g_memdup2(alphabet->pages->data, alphabet->pages->len * sizeof(uint16_t)),
	    alphabet->pages->len);
	set_part(states, PHRASE_STATES_STATES, build.states, count + 1);
	set_part(states, PHRASE_STATES_LABELS, build.labels, count);
	set_part(states, PHRASE_STATES_STARTS, build.starts, alphabet->count);
	set_array(states, PHRASE_STATES_ENDINGS, build.endings);
	set_array(states, PHRASE_STATES_IDS, build.ids);
	find_elements(states);

	return states;
}

PhraseStates *
phrase_states_of_image(GVariant *image)
{
	PhraseStates *states = g_new0(PhraseStates, 1);

	g_assert(g_variant_is_of_type(image, G_VARIANT_TYPE(PHRASE_STATES_TYPE)));
	for (size_t i = 0; i < PHRASE_STATES_LAST; i++)
		states->parts[i] = g_variant_get_child_value(image, i);
	find_elements(states);

	return states;
}

void
phrase_states_free(PhraseStates *states)
{
	if (states == NULL)
		return;

	for (size_t i = 0; i < PHRASE_STATES_LAST; i++)
		g_variant_unref(states->parts[i]);
	g_free(states);
}

GVariant *
phrase_states_image(const PhraseStates *states)
{
	return g_variant_ref_sink(
	    g_variant_new_tuple((GVariant **)states->parts, PHRASE_STATES_LAST));
}

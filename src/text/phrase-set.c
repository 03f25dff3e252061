/* SPDX-License-Identifier: BSD-2-Clause */
/* phrase-set.c - thousands of phrases, all found in one pass over a text */

#include "config.h"

#include <string.h>

#include "text/phrase-order.h"
#include "text/phrase-set.h"
#include "text/symbols.h"
#include "text/text.h"

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

/* An error shows so much of a phrase. */
#define SHOWN_CHARS 40
#define ROOT        0
#define NO_ENDING   0

typedef struct {
	uint32_t children; /* the first; the next state's is behind the last */
	uint32_t fallback; /* the longest end of this that some phrase begins with */
	uint32_t ending;   /* of the longest phrase that ends here, or NO_ENDING */
} State;

/* A phrase that ends in some state. */
typedef struct {
	uint32_t ids;     /* the first of them; the next ending's is behind the last */
	uint32_t open;    /* the first of those that need no word to end here */
	uint32_t shorter; /* the longest phrase that is an end of this one */
	uint32_t nearest; /* of this and those shorter, the longest with an open one */
	uint16_t length;
	bool is_spaceless; /* its last character */
} Ending;

struct PhraseSet {
	Symbols alphabet;

	/* Until it is sealed. */
	GArray *entries; /* of PhraseEntry */
	GArray *symbols; /* of uint16_t */

	/* From then on. */
	State *states;
	uint16_t *labels; /* the symbol that leads to each state */
	uint32_t *starts; /* the root's children, by symbol */
	GArray *endings;
	GArray *ids; /* of uint32_t */
	uint32_t n_states;
};

/* A state while the set is built: the entries that begin with it. */
typedef struct {
	uint32_t first;
	uint32_t end;
	uint16_t depth;
} Range;

G_DEFINE_QUARK(phrase_set_error, phrase_set_error)

PhraseSet *
phrase_set_new(void)
{
	PhraseSet *set = g_new0(PhraseSet, 1);

	symbols_init(&set->alphabet);
	set->entries = g_array_new(FALSE, FALSE, sizeof(PhraseEntry));
	set->symbols = g_array_new(FALSE, FALSE, sizeof(uint16_t));

	return set;
}

void
phrase_set_free(PhraseSet *set)
{
	if (set == NULL)
		return;

	symbols_clear(&set->alphabet);
	g_clear_pointer(&set->entries, g_array_unref);
	g_clear_pointer(&set->symbols, g_array_unref);
	g_clear_pointer(&set->endings, g_array_unref);
	g_clear_pointer(&set->ids, g_array_unref);
	g_free(set->states);
	g_free(set->labels);
	g_free(set->starts);
	g_free(set);
}

static bool
add_symbols(PhraseSet *set, const gunichar *chars, size_t length)
{
	guint before = set->symbols->len;

	g_array_set_size(set->symbols, before + (guint)length);
	for (size_t i = 0; i < length; i++) {
		uint16_t symbol = symbols_of(&set->alphabet, chars[i]);

		if (symbol == SYMBOL_NONE)
			symbol = symbols_add(&set->alphabet, chars[i]);
		if (symbol == SYMBOL_NONE) {
			g_array_set_size(set->symbols, before);
			return false;
		}
		g_array_index(set->symbols, uint16_t, before + i) = symbol;
	}

	return true;
}

/* May the phrase be added?  The error shows its beginning. */
static bool
is_addable(const PhraseSet *set, const char *phrase, size_t length, GError **error)
{
	PhraseSetError code = PHRASE_SET_ERROR_TOO_MANY;
	const char *why = "comes after " G_STRINGIFY(PHRASE_SET_MAX_COUNT) " phrases";
	g_autofree char *shown = NULL;

	if (length == 0) {
		code = PHRASE_SET_ERROR_EMPTY;
		why = "holds no letter or digit";
	} else if (length > PHRASE_SET_MAX_CHARS) {
		code = PHRASE_SET_ERROR_TOO_LONG;
		why = "is longer than " G_STRINGIFY(PHRASE_SET_MAX_CHARS) " characters";
	} else if (set->entries->len < PHRASE_SET_MAX_COUNT) {
		return true;
	}
	shown = text_clean(phrase, SHOWN_CHARS);
	g_set_error(error, PHRASE_SET_ERROR, code, "\"%s\" %s", shown, why);

	return false;
}

bool
phrase_set_add(PhraseSet *set, const char *phrase, uint32_t id, GError **error)
{
	g_auto(PlainText) plain = { 0 };
	PhraseEntry entry = { .id = id };
	gunichar *chars;
	size_t length;

	g_assert(set->states == NULL);
	plain_text_init(&plain, phrase);
	length = plain.length > 2 ? plain.length - 2 : 0;
	if (!is_addable(set, phrase, length, error))
		return false;

	/* With the gap before it, which here is a space, or without. */
	chars = plain.chars;
	chars[0] = PLAIN_TEXT_SPACE;
	if (text_is_spaceless(chars[1]))
		chars++;
	else
		length++;
	entry.symbols = set->symbols->len;
	entry.length = (uint16_t)length;
	entry.is_spaceless = text_is_spaceless(chars[length - 1]);
	entry.is_open = entry.is_spaceless || g_str_has_suffix(phrase, "*");
	if (!add_symbols(set, chars, length)) {
		g_set_error(error, PHRASE_SET_ERROR, PHRASE_SET_ERROR_TOO_MANY,
			    "more than %d different characters in all phrases",
			    PHRASE_SET_MAX_ALPHABET);
		return false;
	}
	g_array_append_val(set->entries, entry);

	return true;
}

static uint16_t
entry_symbol(const PhraseSet *set, uint32_t entry, size_t index)
{
	return g_array_index(set->symbols, uint16_t,
			     g_array_index(set->entries, PhraseEntry, entry).symbols +
				 index);
}

/* The child of a state by the symbol, or ROOT, which is nobody's child. */
static uint32_t
child_of(const PhraseSet *set, uint32_t state, uint16_t symbol)
{
	uint32_t first = set->states[state].children;
	uint32_t count = set->states[state + 1].children - first;

	if (count == 0)
		return ROOT;
	/* Halves without a branch: which of them it is, nobody could foretell. */
	while (count > 1) {
		uint32_t half = count / 2;

		first += set->labels[first + half] <= symbol ? half : 0;
		count -= half;
	}

	return set->labels[first] == symbol ? first : ROOT;
}

/*
 * The state for the longest end of what was read that a phrase begins with.  A
 * step that falls back makes this end shorter, by what an earlier step added.
 */
static uint32_t
state_after(const PhraseSet *set, uint32_t state, uint16_t symbol, size_t *steps)
{
	for (; state != ROOT; state = set->states[state].fallback) {
		uint32_t child = child_of(set, state, symbol);

		++*steps;
		if (child != ROOT)
			return child;
	}
	++*steps;

	return set->starts[symbol];
}

/* The phrase of the entries that end with the range's state, or NO_ENDING. */
static uint32_t
make_ending(PhraseSet *set, Range *range)
{
	const PhraseEntry *entries =
	    (const PhraseEntry *)(gconstpointer)set->entries->data;
	const PhraseEntry *entry = &entries[range->first];
	Ending ending = { .ids = set->ids->len, .is_spaceless = entry->is_spaceless };
	bool is_open = false;

	if (entry->length != range->depth)
		return NO_ENDING;

	ending.length = (uint16_t)(entry->length -
				   (entry_symbol(set, range->first, 0) == SYMBOL_SPACE));
	while (range->first < range->end &&
	       entries[range->first].length == range->depth) {
		const PhraseEntry *next = &entries[range->first++];
		uint32_t before = is_open ? ending.open : ending.ids;

		if (next->is_open && !is_open) {
			is_open = true;
			ending.open = before = set->ids->len;
		}
		if (before == set->ids->len ||
		    g_array_index(set->ids, uint32_t, set->ids->len - 1) != next->id)
			g_array_append_val(set->ids, next->id);
	}
	if (!is_open)
		ending.open = set->ids->len;
	g_array_append_val(set->endings, ending);

	return set->endings->len - 1;
}

/* shorter: the longest phrase that is an end of this one's. */
static void
link_ending(PhraseSet *set, uint32_t number, uint32_t shorter)
{
	Ending *ending = &g_array_index(set->endings, Ending, number);

	ending->shorter = shorter;
	ending->nearest = ending->open < set->ids->len
			      ? number
			      : g_array_index(set->endings, Ending, shorter).nearest;
}

/* The state of this number, of the entries in the range, which its parent leads to. */
static void
make_state(PhraseSet *set, uint32_t number, Range *range, uint32_t parent)
{
	uint16_t symbol = entry_symbol(set, range->first, range->depth - 1U);
	uint32_t fallback = ROOT;
	State *state = &set->states[number];
	size_t steps = 0;

	if (parent == ROOT)
		set->starts[symbol] = number;
	else
		fallback = state_after(set, set->states[parent].fallback, symbol, &steps);

	set->labels[number] = symbol;
	state->fallback = fallback;
	state->ending = make_ending(set, range);
	if (state->ending == NO_ENDING)
		state->ending = set->states[fallback].ending;
	else
		link_ending(set, state->ending, set->states[fallback].ending);
}

/* One child for each symbol that the range's entries go on with, from this state on. */
static uint32_t
make_children(PhraseSet *set, Range *ranges, uint32_t parent, uint32_t number)
{
	Range range = ranges[parent];
	uint32_t end;

	set->states[parent].children = number;
	for (uint32_t first = range.first; first < range.end; first = end) {
		uint16_t symbol = entry_symbol(set, first, range.depth);

		end = first + 1;
		while (end < range.end && entry_symbol(set, end, range.depth) == symbol)
			end++;
		ranges[number] = (Range){ first, end, range.depth + 1 };
		make_state(set, number, &ranges[number], parent);
		number++;
	}
	if (parent == ROOT)
		set->starts[SYMBOL_STOP] = set->starts[SYMBOL_SPACE];

	return number;
}

/* How many different beginnings have the sorted entries, with the empty one? */
static size_t
count_states(const PhraseSet *set)
{
	size_t count = 1;

	for (uint32_t i = 0; i < set->entries->len; i++) {
		size_t length = g_array_index(set->entries, PhraseEntry, i).length,
		       common = 0;
		size_t before =
		    i > 0 ? g_array_index(set->entries, PhraseEntry, i - 1).length : 0;

		while (common < MIN(length, before) &&
		       entry_symbol(set, i, common) == entry_symbol(set, i - 1, common))
			common++;
		count += length - common;
	}

	return count;
}

void
phrase_set_seal(PhraseSet *set)
{
	g_autofree Range *ranges = NULL;
	uint32_t count = 1;
	Ending none = { 0 };

	g_assert(set->states == NULL);
	phrase_order(set->entries, set->symbols, set->alphabet.count);
	set->n_states = (uint32_t)count_states(set);
	set->states = g_new0(State, set->n_states + 1);
	set->labels = g_new0(uint16_t, set->n_states);
	set->starts = g_new0(uint32_t, set->alphabet.count);
	set->endings = g_array_new(FALSE, FALSE, sizeof(Ending));
	set->ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	g_array_append_val(set->endings, none);

	ranges = g_new(Range, set->n_states);
	ranges[ROOT] = (Range){ 0, set->entries->len, 0 };
	for (uint32_t state = 0; state < count; state++)
		count = make_children(set, ranges, state, count);
	g_assert(count == set->n_states);

	/* Behind the last of each, for those who ask where it ends. */
	set->states[set->n_states].children = set->n_states;
	none.ids = set->ids->len;
	g_array_append_val(set->endings, none);
	g_clear_pointer(&set->entries, g_array_unref);
	g_clear_pointer(&set->symbols, g_array_unref);
}

size_t
phrase_set_size(const PhraseSet *set)
{
	g_assert(set->states != NULL);

	return sizeof(*set) + set->alphabet.pages->len * sizeof(uint16_t) +
	       set->n_states * (sizeof(State) + sizeof(uint16_t)) +
	       set->alphabet.count * sizeof(uint32_t) +
	       set->endings->len * sizeof(Ending) + set->ids->len * sizeof(uint32_t);
}

void
phrase_set_search_init(PhraseSearch *search, const PhraseSet *set, const PlainText *text)
{
	g_assert(set->states != NULL);
	*search = (PhraseSearch){ .set = set, .text = text };
}

/*
 * Tell of this ending and the shorter ones next.  Where the word goes on, only
 * open phrases end.
 */
static void
turn_to(PhraseSearch *search, uint32_t number)
{
	const GArray *endings = search->set->endings;
	const Ending *ending = &g_array_index(endings, Ending, number);
	bool is_gap = plain_text_is_gap(search->text->chars[search->next]);

	if (number != NO_ENDING && !is_gap) {
		number = ending->nearest;
		ending = &g_array_index(endings, Ending, number);
	}
	search->ending = number;
	search->id = is_gap ? ending->ids : ending->open;
}

/* Read on until a phrase ends; false at the end of the text. */
static bool
find_ending(PhraseSearch *search)
{
	const PhraseSet *set = search->set;

	while (search->next < search->text->length) {
		gunichar c = search->text->chars[search->next++];

		search->state = state_after(
		    set, search->state, symbols_of(&set->alphabet, c), &search->steps);
		if (set->states[search->state].ending == NO_ENDING)
			continue;
		turn_to(search, set->states[search->state].ending);
		if (search->ending != NO_ENDING)
			return true;
	}

	return false;
}

/* The end of the word in which an open phrase ends. */
static size_t
word_end(const PlainText *text, size_t end)
{
	while (!plain_text_is_gap(text->chars[end]))
		end++;

	return end;
}

bool
phrase_set_search_next(PhraseSearch *search, PhraseHit *hit_out)
{
	const Ending *ending;

	if (search->ending == NO_ENDING && !find_ending(search))
		return false;

	ending = &g_array_index(search->set->endings, Ending, search->ending);
	hit_out->id = g_array_index(search->set->ids, uint32_t, search->id++);
	hit_out->start = search->next - ending->length;
	hit_out->end =
	    ending->is_spaceless ? search->next : word_end(search->text, search->next);
	if (search->id == ending[1].ids)
		turn_to(search, ending->shorter);

	return true;
}

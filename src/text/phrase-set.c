/* SPDX-License-Identifier: BSD-2-Clause */
/* phrase-set.c - thousands of phrases, all found in one pass over a text */

#include "config.h"

#include <string.h>

#include "text/phrase-order.h"
#include "text/phrase-set.h"
#include "text/phrase-states.h"
#include "text/symbols.h"
#include "text/text.h"

/* An error shows so much of a phrase. */
#define SHOWN_CHARS 40

struct PhraseSet {
	/* Until it is sealed. */
	Symbols alphabet;
	GArray *entries; /* of PhraseEntry */
	GArray *symbols; /* of uint16_t */

	/* From then on. */
	PhraseStates *states;
};

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
	phrase_states_free(set->states);
	g_free(set);
}

static bool
add_symbols(PhraseSet *set, const gunichar *chars, size_t length)
{
	guint before = set->symbols->len;

	g_array_set_size(set->symbols, before + (guint)length);
	for (size_t i = 0; i < length; i++) {
		uint16_t symbol = symbols_add(&set->alphabet, chars[i]);

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

/* A sealed set takes no more phrases: free all that is needed to add them. */
static void
forget_phrases(PhraseSet *set)
{
	symbols_clear(&set->alphabet);
	g_clear_pointer(&set->entries, g_array_unref);
	g_clear_pointer(&set->symbols, g_array_unref);
}

void
phrase_set_seal(PhraseSet *set)
{
	g_assert(set->states == NULL);
	set->states = phrase_states_new(set->entries, set->symbols, &set->alphabet);
	forget_phrases(set);
}

GVariant *
phrase_set_image(const PhraseSet *set)
{
	g_assert(set->states != NULL);

	return phrase_states_image(set->states);
}

PhraseSet *
phrase_set_of_image(GVariant *image)
{
	PhraseSet *set = g_new0(PhraseSet, 1);

	set->states = phrase_states_of_image(image);

	return set;
}

size_t
phrase_set_size(const PhraseSet *set)
{
	g_autoptr(GVariant) image = phrase_set_image(set);

	return sizeof(*set) + sizeof(*set->states) + g_variant_get_size(image);
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
	const PhraseEnding *endings = search->set->states->endings;
	const PhraseEnding *ending = &endings[number];
	bool is_gap = plain_text_is_gap(search->text->chars[search->next]);

	if (number != PHRASE_STATES_NO_ENDING && !is_gap) {
		number = ending->nearest;
		ending = &endings[number];
	}
	search->ending = number;
	search->id = is_gap ? ending->ids : ending->open;
}

/* Read on until a phrase ends; false at the end of the text. */
static bool
find_ending(PhraseSearch *search)
{
	const PhraseStates *states = search->set->states;

	while (search->next < search->text->length) {
		gunichar c = search->text->chars[search->next++];
		uint32_t ending;

		search->state =
		    phrase_states_after(states, search->state,
					symbols_of(&states->symbols, c), &search->steps);
		ending = states->states[search->state].ending;
		if (ending == PHRASE_STATES_NO_ENDING)
			continue;
		turn_to(search, ending);
		if (search->ending != PHRASE_STATES_NO_ENDING)
			return true;
	}

	return false;
}

bool
phrase_set_search_next(PhraseSearch *search, PhraseHit *hit_out)
{
	const PhraseStates *states = search->set->states;
	const PhraseEnding *ending;

	if (search->ending == PHRASE_STATES_NO_ENDING && !find_ending(search))
		return false;

	ending = &states->endings[search->ending];
	hit_out->id = states->ids[search->id++];
	hit_out->start = search->next - ending->length;
	/* An open phrase ends with the word in which it ends. */
	hit_out->end = ending->is_spaceless
			   ? search->next
			   : plain_text_word_end(search->text, search->next);
	if (search->id == ending[1].ids)
		turn_to(search, ending->shorter);

	return true;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	phrase-set - thousands of phrases, all found in one pass over a text
 *
 * DESCRIPTION
 *	A PhraseSet is filled with phrase_set_add(), closed for good with
 *	phrase_set_seal(), and from then on read only: threads may share it.
 *	A PhraseSearch goes once through a PlainText (plain-text.h) and tells
 *	every phrase that stands in it, those in others and across others too.
 *
 *	What a pass costs depends on the text's length, and on how much is
 *	found: each character takes two steps on average at most, however many
 *	phrases there are and whatever the text.  A search allocates nothing.
 *
 *	A phrase begins and ends where words do, but for an end whose character
 *	is of a script without spaces: that may stand anywhere.  Case, accents,
 *	marks and kinds of apostrophe and dash tell nothing, as in all plain
 *	text: "let's" is "let’s" and "LET S", and not "lets".
 *
 *	A phrase with "*" at its end is found where its last word only begins
 *	so, "connect*" in "connecting"; the hit reaches to the word's end.
 *
 *	A phrase never spans the end of a sentence or of a line.  One in which
 *	a sentence ends ("Thanks! Talk soon") is found where a sentence or line
 *	ends at that very place, and nowhere else.
 *
 * RETURN VALUE
 *	A phrase that cannot be added (no letter or digit, too long, too many)
 *	is an error, and the set is as it was.
 *
 * SEE ALSO
 *	phrase-states.h; A. Aho, M. Corasick: Efficient string matching, CACM 18 (1975)
 */
#ifndef PHRASE_SET_H
#define PHRASE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "text/plain-text.h"

/* Characters of one phrase, in plain form. */
#define PHRASE_SET_MAX_CHARS 256

/* Phrases of a set.  So many usual ones take 24 MB, so many of the longest 430 MB. */
#define PHRASE_SET_MAX_COUNT 120000

/* Different characters of all phrases together. */
#define PHRASE_SET_MAX_ALPHABET 32768

typedef struct PhraseSet PhraseSet;

/* A phrase that was found: the chars of the plain text from start up to end. */
typedef struct {
	uint32_t id;
	size_t start;
	size_t end;
} PhraseHit;

/* One pass.  The caller may read steps; all other members are private. */
typedef struct {
	const PhraseSet *set; /* borrowed, as the text */
	const PlainText *text;
	size_t next;  /* the character to read */
	size_t steps; /* taken so far: what the pass costs */
	uint32_t state;
	uint32_t ending; /* what is yet to be told of the last character */
	uint32_t id;
} PhraseSearch;

#define PHRASE_SET_ERROR (phrase_set_error_quark())
GQuark phrase_set_error_quark(void);

typedef enum {
	PHRASE_SET_ERROR_EMPTY,
	PHRASE_SET_ERROR_TOO_LONG,
	PHRASE_SET_ERROR_TOO_MANY,
} PhraseSetError;

PhraseSet *phrase_set_new(void);
void phrase_set_free(PhraseSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PhraseSet, phrase_set_free)

/*
 * Call it before the set is sealed.  A phrase may be added with several ids, and
 * each is told; adding the same phrase with the same id again changes nothing.
 */
bool phrase_set_add(PhraseSet *set, const char *phrase, uint32_t id, GError **error);

/* From here on phrases are found, and none can be added. */
void phrase_set_seal(PhraseSet *set);

/*
 * A sealed set as a GVariant, which has the same bytes for the same phrases, and the
 * set whose image it is: of this very program, for it is trusted.  Both the caller's.
 */
GVariant *phrase_set_image(const PhraseSet *set);
PhraseSet *phrase_set_of_image(GVariant *image);

/* How many bytes a sealed set takes. */
size_t phrase_set_size(const PhraseSet *set);

/* The set must be sealed. */
void phrase_set_search_init(PhraseSearch *search, const PhraseSet *set,
			    const PlainText *text);

/*
 * The next hit, by where it ends; of those with one end the longest first, of
 * one phrase by id.  False where there is none left.
 */
bool phrase_set_search_next(PhraseSearch *search, PhraseHit *hit_out);

#endif

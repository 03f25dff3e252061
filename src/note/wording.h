/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	wording - a text gone through once: its phrases, and whose words are left
 *
 * DESCRIPTION
 *	Finds every phrase of every language in a text, in one pass, and marks
 *	the words that are names.  What neither a phrase nor a name covers are
 *	the writer's own words.
 *
 *	Those of languages that a sentence is not written in are taken out again
 *	by note_language_narrow().
 *
 * OWNERSHIP
 *	Borrows the Languages and the text.
 */
#ifndef WORDING_H
#define WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "text/plain-text.h"
#include "note/language.h"

typedef struct {
	const Languages *languages;
	PlainText plain;
	GArray *hits;   /* of PhraseHit, none of them in a name */
	bool *is_name;  /* of each char: does a word of a name stand here? */
	guint64 spoken; /* the languages whose phrases are among the hits */
} Wording;

/* names: closed by NULL; their words are no words of the text. */
void wording_init(Wording *wording, const Languages *languages, const char *text,
		  const char *const *names);
void wording_clear(Wording *wording);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Wording, wording_clear)

const Entry *wording_entry(const Wording *wording, const PhraseHit *hit);

size_t wording_words(const Wording *wording);

/* How many of the words are so common that they are nobody's own? */
size_t wording_common_words(const Wording *wording);

/* The longest phrase of a kind that the text begins with, chars of it; 0 for none. */
size_t wording_begins(const Wording *wording, EntryKind kind);

/* The same of the end. */
size_t wording_ends(const Wording *wording, EntryKind kind);

/* Own words: how many, and they themselves. */
size_t wording_own_words(const Wording *wording, GString *words);

/*
 * Does the text greet, wish and take leave, and say no more than a name or two beside
 * that?
 */
bool wording_greets_only(const Wording *wording);

/*
 * Take out what stands in an idiom: "we never met" tells of no meeting.  For hits of the
 * languages that are spoken.
 */
void wording_drop_in_idioms(Wording *wording);

/* Add the cues among the hits to cues; a phrase within a longer one is none. */
void wording_cues(const Wording *wording, Cues *cues);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	side - which class is a text's, and does a part of it sell by itself?
 *
 * DESCRIPTION
 *	That people met, or have a friend in common, is a sentence that fits before
 *	any script.  So a note that reads as a friend's is read again without its
 *	first sentence and without its last, where it tells of trade at all: what
 *	is left must not sell by itself.
 *
 * SEE ALSO
 *	weights.h, sure-words.h
 */
#ifndef SIDE_H
#define SIDE_H

#include <stdbool.h>

#include "note/evidence.h"
#include "note/note-language.h"
#include "note/weights.h"

/* The cheapest one; a pitch where a script slipped or a scam is told. */
Side side_of(const Wording *wording, const Evidence *evidence, const Cues *cues,
	     const double *likelihoods);

/*
 * The same with the site's own numbers (site.h), and the reason where these decide.  What
 * is sure stays, and a note that our weights or a reason call personal is vague at most:
 * no site's file has a friend ignored, though it was made of pitches alone.
 */
Side side_at_site(const Wording *wording, const Evidence *evidence, const Cues *cues,
		  double likelihoods[SIDE_LAST], GPtrArray *reasons);

/*
 * Does a note, called personal, sell in one of its languages, or beside what it tells of
 * a shared past?
 */
bool side_is_lie(const Wording *wording, const Evidence *evidence,
		 const NoteLanguageParts *parts, const char *const *people);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	reasons - which words of a note decided, for a person to read
 *
 * DESCRIPTION
 *	Cues and rules that were found for the side and that its weights count for it,
 *	those that count most first: context:met "met you at".  Where there is none, the
 *	words whose own weight is the greatest: learned:"worth connecting" pitch 0.93.
 *	Strong cues of the other sides follow: they were outvoted.  A note that is vague
 *	because neither a friend nor a pitch is certain has vague:in-doubt, and what
 *	speaks most for each.
 *
 * SEE ALSO
 *	evidence.h, weights.h
 */
#ifndef REASONS_H
#define REASONS_H

#include <glib.h>

#include "note/cue.h"
#include "note/evidence.h"

/* Nothing is said but what everybody says, or a greeting. */
#define REASONS_NO_OWN_WORDS "vague:no-own-words"

/* own: words that no list has; likelihood: of the side. */
void reasons_add(GPtrArray *reasons, const Evidence *evidence, const Wording *wording,
		 const Cues *cues, Side side, const char *own, double likelihood);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sure-words - words that only people who are near have, or only those who sell
 *
 * DESCRIPTION
 *	What was learnt is spread over many features, each of which says little.
 *	A kind of rules with near = yes or sells = yes (rule.h) says enough by
 *	itself: it leaves a class out and makes another likelier.  One with
 *	idle = yes tells a reason that is none, and leaves friends out.
 *
 * SEE ALSO
 *	"RULE FILES" in invite-milter-languages(5)
 */
#ifndef SURE_WORDS_H
#define SURE_WORDS_H

#include <stdbool.h>

#include "note/evidence.h"
#include "note/language.h"

/* Who says this shares a work, a house, a club with the reader. */
bool sure_words_tell_near(const Languages *languages, const Evidence *evidence);

/* Makes likelihoods fit what the sure words among the evidence say, if there are any. */
void sure_words_weigh(const Languages *languages, const Evidence *evidence,
		      double likelihoods[SIDE_LAST]);

#endif

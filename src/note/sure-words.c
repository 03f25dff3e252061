/* SPDX-License-Identifier: BSD-2-Clause */
/* sure-words.c - words that only people who are near have, or only those who sell */

#include "config.h"

#include "note/sure-words.h"

/* Words that only sellers have, or only people who are near, make it so much likelier. */
#define SURE_ODDS 8

/*
 * What sellers close with is said by others, too: a stranger who says it is so much likelier
 * one, and where a friend is the likelier of the two, the note is vague.
 */
#define CLOSING_ODDS 4

/* What is this likely a pitch beside them is mixed: a lie is told easily. */
#define MIXED 0.8

bool
sure_words_tell_near(const Languages *languages, const Evidence *evidence)
{
	return evidence_stands(evidence, languages, RULE_NEAR);
}

/*
 * Beside such words a class is left out: what is concrete in a seller's note are the
 * goods, and what sounds like trade between people who are near is vague at most.
 */
void
sure_words_weigh(const Languages *languages, const Evidence *evidence,
		 double likelihoods[SIDE_LAST])
{
	double all;

	if (sure_words_tell_near(languages, evidence)) {
		if (likelihoods[SIDE_PITCH] < MIXED)
			likelihoods[SIDE_PERSONAL] *= SURE_ODDS;
		likelihoods[SIDE_VAGUE] += likelihoods[SIDE_PITCH];
		likelihoods[SIDE_PITCH] = 0;
	} else if (evidence_stands(evidence, languages, RULE_IDLE)) {
		likelihoods[SIDE_VAGUE] += likelihoods[SIDE_PERSONAL];
		likelihoods[SIDE_PERSONAL] = 0;
	} else if (evidence->among == WEIGHTS_AMONG_STRANGERS &&
		   evidence_tells(evidence, languages, RULE_SELLS, LEVEL_STRONG)) {
		likelihoods[SIDE_PITCH] += likelihoods[SIDE_PERSONAL];
		likelihoods[SIDE_PITCH] *= SURE_ODDS;
		likelihoods[SIDE_PERSONAL] = 0;
	} else if (evidence->among == WEIGHTS_AMONG_STRANGERS &&
		   evidence_tells(evidence, languages, RULE_CLOSES, LEVEL_STRONG)) {
		likelihoods[SIDE_PITCH] *= CLOSING_ODDS;
	} else {
		return;
	}
	likelihoods[SIDE_DEFAULT] = 0;
	all = likelihoods[SIDE_VAGUE] + likelihoods[SIDE_PITCH] +
	      likelihoods[SIDE_PERSONAL];
	for (size_t side = 0; all > 0 && side < SIDE_LAST; side++)
		likelihoods[side] /= all;
}

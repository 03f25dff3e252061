/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	evidence - all that a note tells, as features that can be weighed
 *
 * DESCRIPTION
 *	Evidence is made once from a Wording: the patterns of roles that are
 *	found (rule.h), the cues (cue.h), which roles there are at all and which
 *	in the last sentence, and the note's form.  Each is a feature, there or
 *	not there, so that no repetition makes one weigh more.
 *
 *	A feature has a name that stays the same whatever files are added
 *	("pitch offer strong", "role trade last", "form long"); its number is
 *	known to one Languages only.
 *
 * OWNERSHIP
 *	Evidence owns what its members point to.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "note/cue.h"
#include "note/rule.h"
#include "note/spans.h"
#include "note/weights.h"
#include "note/wording.h"

typedef struct {
	GArray *features; /* of uint16_t, ascending */
	GArray *buckets;  /* of uint16_t: of words and pairs of words (weights.h) */
	GArray *rules;    /* of RuleHit */
	Spans spans;
	WeightsAmong among;
	bool repeats; /* words are said again and again: they are there for us */
} Evidence;

void evidence_init(Evidence *evidence, const Wording *wording, const Cues *cues);
void evidence_clear(Evidence *evidence);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Evidence, evidence_clear)

/* How many features there may be, and the name of one; the caller's. */
size_t evidence_feature_count(const Languages *languages);
char *evidence_feature_name(const Languages *languages, size_t feature);

/*
 * Did a rule of a kind without these traits find evidence for the side, of this level or
 * a higher one?
 */
bool evidence_has(const Evidence *evidence, const Languages *languages, Side side,
		  Level least, unsigned without);

/* Did a rule of a kind with this trait find evidence of this very level? */
bool evidence_tells(const Evidence *evidence, const Languages *languages, RuleTrait trait,
		    Level level);

/*
 * Did a rule of a kind with this trait find strong evidence, and none of the same kind
 * find any against it?
 */
bool evidence_stands(const Evidence *evidence, const Languages *languages,
		     RuleTrait trait);

/* The numbers of features: of a kind's level, and of a cue as heavy as it was found. */
size_t evidence_rule_feature(size_t kind, Level level);
size_t evidence_cue_feature(const Cues *cues, Cue cue);

/*
 * The word or the pair that speaks most for a side, "" where none says anything to a
 * reader; the caller's.
 */
char *evidence_weightiest_words(const Evidence *evidence, const Wording *wording,
				Side side);

#endif

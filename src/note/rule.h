/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	rule - who does what to whom: patterns of roles, and what they say
 *
 * DESCRIPTION
 *	Reads notes/NAME.rules.  A section is a kind of evidence, [pitch offer],
 *	its keys say how much a pattern tells: strong, plain, weak, against; and
 *	past = yes, bill = yes, own = yes, sells = yes and so on, what else evidence of it
 *	tells.
 *	A pattern is roles (role.h) in the order in which they stand in a note,
 *	with gaps of so many words at most.
 *
 *	A pattern is followed through a note by the set of places where it may
 *	have got to; each step costs as many machine words as the note has words
 *	/ 64, so the whole is bounded by rules and words and never goes back.
 *
 * OWNERSHIP
 *	Rules are immutable and keep nothing of their files.
 *
 * SEE ALSO
 *	"RULE FILES" in invite-milter-languages(5)
 */
#ifndef RULE_H
#define RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "note/role.h"

/* Kinds of evidence, steps of one pattern, words of one gap. */
#define RULE_MAX_KINDS 64
#define RULE_MAX_STEPS 12
#define RULE_MAX_GAP   30

typedef enum { SIDE_DEFAULT, SIDE_VAGUE, SIDE_PITCH, SIDE_PERSONAL, SIDE_LAST } Side;

typedef enum { LEVEL_AGAINST, LEVEL_WEAK, LEVEL_PLAIN, LEVEL_STRONG, LEVEL_LAST } Level;

/* What strong evidence of a kind tells beside what it weighs. */
typedef enum {
	RULE_PAST = 1 << 0,   /* the two know each other */
	RULE_BILL = 1 << 1,   /* a sum is to be paid; against it: friends owe it */
	RULE_OWN = 1 << 2,    /* these are no default text's words */
	RULE_SELLS = 1 << 3,  /* a stranger who says this is no friend */
	RULE_NEAR = 1 << 4,   /* who says this sells nothing */
	RULE_MEETS = 1 << 5,  /* where people are asked to meet, it sells nothing */
	RULE_SCAM = 1 << 6,   /* a pitch whatever past the writer claims */
	RULE_TRADE = 1 << 7,  /* the writer sells or hires; who asks a friend does not */
	RULE_CLOSES = 1 << 8, /* no friend's words, whatever past the writer tells of */
	RULE_IDLE = 1 << 9,   /* a reason that is none, unless one stands beside it */
} RuleTrait;

/* A kind of evidence: "pitch offer". */
typedef struct {
	const char *name;
	Side side;
	unsigned traits; /* of RuleTrait */
} RuleKind;

typedef struct Rules Rules;

typedef struct Spans Spans;

/* What a pattern says, and the words it was found in. */
typedef struct {
	size_t rule; /* the pattern */
	size_t kind;
	Level level;
	size_t end; /* the words before its first end */
} RuleHit;

/* files: of Keyfile. */
Rules *rules_new(GPtrArray *files, const RoleNames *roles, GError **error);

/*
 * The same out of an image and into one (note/language-image.h): a value of this type.
 * It is trusted, and must have been serialized.
 */
#define RULE_IMAGE_TYPE "(a(uuu)aya(uqyy)a(uyyyy)aqauau)"
Rules *rules_of_image(GVariant *image);
GVariant *rules_image(const Rules *rules);

void rules_free(Rules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)

/* An array of RuleKind. */
const GArray *rules_kinds(const Rules *rules);

/* Every pattern that is found, once; an array of RuleHit. */
GArray *rules_find(const Rules *rules, const Spans *spans);

/* The word at which the pattern begins that is found up to the hit's end. */
size_t rules_start(const Rules *rules, const Spans *spans, const RuleHit *hit);

const char *rule_level_name(Level level);
const char *rule_side_name(Side side);

#endif

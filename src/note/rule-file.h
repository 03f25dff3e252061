/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	rule-file - reads rules from their files
 *
 * DESCRIPTION
 *	A rule is steps, which stand among all steps from its first one on; a
 *	step's roles stand so among all roles.  They hold no pointers, for the
 *	build puts them into an image (rules_image()).
 *
 * SEE ALSO
 *	rule.h; "RULE FILES" in invite-milter-languages(5)
 */
#ifndef RULE_FILE_H
#define RULE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "base/keyfile.h"
#include "note/rule.h"

typedef enum {
	STEP_ROLES,  /* one of these stands here */
	STEP_GAP,    /* so many words of the sentence at most */
	STEP_ACROSS, /* so many words at most */
	STEP_BEGIN,  /* a sentence begins */
	STEP_END,
	STEP_ASKS, /* a question ends */
} StepKind;

typedef struct {
	uint32_t first; /* of its roles */
	uint8_t count;  /* of these */
	uint8_t kind;   /* StepKind */
	uint8_t is_optional;
	uint8_t most;
} Step;

typedef struct {
	uint32_t first; /* of its steps */
	uint16_t kind;
	uint8_t level;
	uint8_t count;
} Rule;

/* What the files say, on its way into Rules. */
typedef struct {
	GArray *kinds; /* of RuleKind, which own their names */
	GArray *rules;
	GArray *steps;
	GArray *roles; /* of uint16_t */
} RuleReading;

/* Adds what stands in the file, but for its words and roles. */
bool rule_file_read(RuleReading *rules, const Keyfile *file, const RoleNames *names,
		    GError **error);

/*
 * by_role: the rules (uint32_t) that need a role, role by role, and last those that need
 * none; first: where each role's begin, and behind the last.
 */
void rule_file_index(const RuleReading *rules, GArray *by_role, GArray *first);

#endif

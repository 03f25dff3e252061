/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	rule-file - reads rules from their files
 *
 * DESCRIPTION
 *	A rule is steps, which stand in Rules.steps from its first one on; a
 *	step's roles stand so in Rules.roles.
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
	StepKind kind;
	bool is_optional;
	uint8_t most;
	uint8_t count; /* of its roles */
	uint32_t first;
} Step;

typedef struct {
	uint16_t kind;
	uint8_t level;
	uint8_t count;
	uint32_t first; /* of its steps */
} Rule;

struct Rules {
	GArray *kinds; /* of RuleKind */
	GArray *rules;
	GArray *steps;
	GArray *roles;                       /* of uint16_t */
	GArray *by_role[ROLE_MAX_COUNT + 1]; /* of uint32_t: rules that need it; NULL */
};

/* Adds what stands in the file, but for its words and roles. */
bool rule_file_read(Rules *rules, const Keyfile *file, const RoleNames *names,
		    GError **error);

#endif

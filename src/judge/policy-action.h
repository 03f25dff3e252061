/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	policy-action - what a policy can have done to a mail, and the words for it
 *
 * SEE ALSO
 *	policy.h; "[policy]" in invite-milter.conf(5)
 */
#ifndef POLICY_ACTION_H
#define POLICY_ACTION_H

#include <stdbool.h>

#include "judge/verdict.h"

typedef enum {
	ACTION_TAG,     /* our fields */
	ACTION_SUBJECT, /* argument: words before it, with %v */
	ACTION_BANNER,
	ACTION_REDIRECT, /* argument: an address, with %u, %d and %v */
	ACTION_COPY,     /* the same */
	ACTION_REJECT,   /* argument: what the client is told */
	ACTION_DISCARD,
	ACTION_LAST
} ActionKind;

typedef struct {
	ActionKind kind;
	const char *argument; /* NULL where the action takes none */
} Action;

#define POLICY_ACTION_BIT(kind) (1U << (kind))

/* What an action's argument is. */
typedef enum {
	TAKES_NOTHING,
	TAKES_WORDS,
	TAKES_ADDRESS,
	TAKES_REPLY,
} Takes;

Takes policy_action_takes(ActionKind kind);
const char *policy_action_name(ActionKind kind);

/* The action that "redirect %u+x@%d" begins with, or ACTION_LAST, and the rest of it. */
ActionKind policy_action_of(const char *text, const char **rest_out);

/* What is wrong with an action's argument as it is written, or NULL. */
const char *policy_action_fault(ActionKind kind, const char *argument);

/* As a mail's envelope can carry it, without quotes and literals. */
bool policy_action_is_address(const char *text);

/* %u and %d of the recipient, %v the verdict, %% itself; NULL for any other. */
char *policy_action_expand(const char *text, const char *address, Verdict verdict);

/*
 * An action's argument for one recipient and verdict, the caller's; NULL where
 * an address does not come of it.
 */
char *policy_action_argument(const Action *action, const char *address, Verdict verdict);

#endif

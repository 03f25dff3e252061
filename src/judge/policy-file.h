/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	policy-file - reads the policy from the settings file
 *
 * DESCRIPTION
 *	policy_new() of policy.h, and what it shares with policy.c, which asks.
 *	Nobody else includes this.
 */
#ifndef POLICY_FILE_H
#define POLICY_FILE_H

#include <stdbool.h>

#include <glib.h>

#include "judge/policy.h"

/* Which mail a section is for. */
typedef enum {
	FOR_ALL, /* [policy] */
	FOR_RECIPIENT,
	FOR_DOMAIN,
	FOR_CLASS,
	FOR_NETWORK,
	FOR_LAST
} Scope;

/* What a section says of one verdict. */
typedef struct {
	const KeyfileEntry *entry; /* NULL: nothing */
	GArray *list;              /* of Action */
} Rule;

typedef struct {
	Scope scope;
	char *name;        /* address, domain, class or network; "" for all */
	const char *group; /* as written; borrowed */
	bool allows_discard;
	Rule rules[VERDICT_LAST]; /* that of VERDICT_NONE is for any other */
} Section;

struct Policy {
	const Owners *owners; /* borrowed */
	const char *path;     /* of the settings; borrowed, as are all entries */
	GStringChunk *strings;
	GHashTable *sections[FOR_LAST]; /* name → Section */
	GHashTable *classes; /* address or @domain → name of a class, in strings */
	GHashTable *own_domains;
	GArray *fallback; /* of Action: where no section says anything */
};

/* What an action's argument is. */
typedef enum {
	TAKES_NOTHING,
	TAKES_WORDS,
	TAKES_ADDRESS,
	TAKES_REPLY,
} Takes;

Takes policy_file_action_takes(ActionKind kind);
bool policy_file_list_has(const GArray *list, ActionKind kind);

/* As a mail's envelope can carry it, without quotes and literals. */
bool policy_file_is_address(const char *text);

/* %u and %d of the recipient, %v the verdict, %% itself; NULL for any other. */
char *policy_file_expand(const char *text, const char *address, Verdict verdict);

/*
 * The first rule of the sections that an address is in, the most specific first, then
 * of the network's, which may be NULL; or NULL.
 */
const Rule *policy_file_rule(const Policy *policy, const char *address,
			     const char *network, Verdict verdict);

#endif

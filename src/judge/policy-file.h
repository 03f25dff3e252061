/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	policy-file - reads the policy from the settings file
 *
 * DESCRIPTION
 *	A Policy as it is read, which policy.c asks.  No other module but
 *	policy-map.c includes this.
 */
#ifndef POLICY_FILE_H
#define POLICY_FILE_H

#include <stdbool.h>

#include <glib.h>

#include "judge/policy.h"

/* Which mail a section is for. */
typedef enum {
	SCOPE_ALL, /* [policy] */
	SCOPE_RECIPIENT,
	SCOPE_DOMAIN,
	SCOPE_CLASS,
	SCOPE_NETWORK,
	SCOPE_LAST
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
	GHashTable *sections[SCOPE_LAST]; /* name → Section */
	GHashTable *classes; /* address or @domain → name of a class, in strings */
	GHashTable *own_domains;
	GArray *fallback; /* of Action: where no section says anything */
};

bool policy_file_list_has(const GArray *list, ActionKind kind);

/* Can the name be that of a section for this? */
bool policy_file_is_fit(Scope scope, const char *name);

/* Take the sections of the settings' file; false where something in them is wrong. */
bool policy_file_read(Policy *policy, const Settings *settings, GError **error);
void policy_file_section_free(gpointer section);

/*
 * The first rule of the sections that an address is in, the most specific first, then
 * of the network's, which may be NULL; or NULL.
 */
const Rule *policy_file_rule(const Policy *policy, const char *address,
			     const char *network, Verdict verdict);

#endif

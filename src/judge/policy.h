/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	policy - what is done to a mail, by its recipient and its verdict
 *
 * DESCRIPTION
 *	Each verdict has a list of actions ("spammy = tag; redirect …"), in
 *	[policy] for everybody, in [policy network N] for a network's mail, in
 *	[policy domain D] and [policy recipient A] for some; large sites put
 *	recipients and domains into classes by a file of lines.  The most
 *	specific section that says something of the verdict decides; where none
 *	does, the mail is tagged, and gets what banner and subject of [policy]
 *	say.
 *
 *	Of a mail that is neither verified nor forged, or where it is not known
 *	who knows whom, nothing is copied, rejected or discarded; the rest is
 *	done, and it may be redirected.
 *
 *	policy_new() refuses what would lose mail or go in circles, and names
 *	file, line and remedy.
 *
 * OWNERSHIP
 *	A Policy is immutable; what policy_actions() returns borrows from it.
 *
 * SEE ALSO
 *	"[policy]" in invite-milter.conf(5)
 */
#ifndef POLICY_H
#define POLICY_H

#include <stdbool.h>

#include <glib.h>

#include "base/settings.h"
#include "judge/policy-action.h"
#include "judge/verdict.h"
#include "people/owner.h"

/* What one recipient's policy says of one mail. */
typedef struct {
	GArray *list;     /* of Action, in the order of the file */
	unsigned allowed; /* bits of those that may be done, ... */
	unsigned unsure;  /* ... and of those that the mail is not sure enough for */
	const KeyfileEntry *entry; /* which says so; NULL: the default */
	const char *path;          /* of the file it stands in; NULL: the default */
} Actions;

void policy_actions_clear(Actions *actions);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Actions, policy_actions_clear)

typedef struct Policy Policy;

/* owners: borrowed for good, to know one mailbox by its addresses. */
Policy *policy_new(const Settings *settings, const Owners *owners, GError **error);
void policy_free(Policy *policy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Policy, policy_free)

/* address: the recipient's, in lower case; verdict: what the findings led to. */
void policy_actions(const Policy *policy, const char *address, Verdict verdict,
		    const Findings *findings, Actions *actions_out);

/*
 * "tag; redirect a@b", what is allowed of it for one recipient, or (NULL) as it
 * was written; "nothing" for none.
 */
char *policy_actions_text(const Actions *actions, const char *address, Verdict verdict);

#endif

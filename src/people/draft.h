/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	draft - a contact as it goes into the store
 *
 * DESCRIPTION
 *	Addresses that nobody reads, those of a network and the owner's own, and a
 *	name in disguise do not go in.
 *
 * OWNERSHIP
 *	A Draft owns its identities, but borrows what is shown of them from the
 *	contact.
 *
 * SEE ALSO
 *	learn.h
 */
#ifndef DRAFT_H
#define DRAFT_H

#include "people/learn.h"

typedef struct {
	GArray *identities; /* of Identity, shown borrowed from the contact */
	Name name;
	char *company; /* its key, or NULL */
	size_t addresses, profiles;
} Draft;

/* LEARNT_NEW, or why the contact is nobody. */
Learnt draft_init(Draft *draft, const LearnRules *rules, const char *owner,
		  const Contact *contact);
void draft_clear(Draft *draft);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Draft, draft_clear)

/* Is there a name that is not in disguise? */
bool draft_has_name(const Draft *draft);

#endif

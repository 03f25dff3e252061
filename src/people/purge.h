/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	purge - removes all that is kept for an owner, and shows that it is gone
 *
 * DESCRIPTION
 *	People, invitations with their counts, lessons, traces and the owner's address
 *	go, a few in each transaction, so that mail gets its turn.  Then the store's files
 *	are made anew, and searched for up to PURGE_MAX_SEARCHED texts that were there
 *	before: the owner's address, and names, addresses and notes, spread over
 *	all of them.  What is found because another owner has it, too, is told apart.
 *
 *	Whoever writes to the owner's people, or invites the owner, later is new again.
 *
 * RETURN VALUE
 *	False with error set where the store cannot be used; what went by then stays so.
 */
#ifndef PURGE_H
#define PURGE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "people/store.h"

/* Each is looked for in all of the file. */
#define PURGE_MAX_SEARCHED 500

/* Shorter texts are in any file; of longer ones the begin is looked for. */
#define PURGE_MIN_TEXT 6
#define PURGE_MAX_TEXT 64

typedef struct {
	size_t people, invitations;
	size_t searched; /* texts */
	size_t shared;   /* of those, that others have, too */
	size_t left;     /* of those, that are there, and nobody has */
} Purged;

bool purge_owner(Store *store, const char *owner, gint64 now, Purged *purged_out,
		 GError **error);

#endif

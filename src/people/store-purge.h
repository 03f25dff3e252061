/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	store-purge - takes an owner's data out of a store, and looks whether it is gone
 *
 * DESCRIPTION
 *	Besides people and invitations a store has digests of mails, notes and lessons
 *	of an owner, and which digests were sent.  store_purge_rest() counts them,
 *	store_purge_drop() drops them, with the owner's address where nobody and no
 *	invitation of theirs is left.
 *
 *	store_purge_search() reads the bytes of the store's files, so it finds what was
 *	deleted and lies there still.
 *
 * RETURN VALUE
 *	As in store.h.
 */
#ifndef STORE_PURGE_H
#define STORE_PURGE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "people/store.h"

typedef struct {
	gint64 traces, notes, lessons, digests;
} StorePurgeRest;

bool store_purge_rest(Store *store, const char *owner, StorePurgeRest *rest_out,
		      GError **error);
bool store_purge_drop(Store *store, const char *owner, GError **error);

/* Those of the texts that are in the files; borrowed from texts. */
bool store_purge_search(Store *store, const GPtrArray *texts, GPtrArray **found_out,
			GError **error);

#endif

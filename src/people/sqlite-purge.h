/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-purge - what the SQLite engine drops of an owner, and finds in its files
 *
 * SEE ALSO
 *	store-engine.h says what each function of the engine does.
 */
#ifndef SQLITE_PURGE_H
#define SQLITE_PURGE_H

#include "people/sqlite-store.h"
#include "people/store-purge.h"

bool sqlite_purge_rest(Store *store, const char *owner, StorePurgeRest *rest,
		       GError **error);
bool sqlite_purge_drop(StoreWriter *writer, const char *owner, GError **error);
bool sqlite_purge_search(Store *store, const GPtrArray *texts, GPtrArray *found,
			 GError **error);

#endif

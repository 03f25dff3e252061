/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-expire - what the SQLite engine forgets
 *
 * DESCRIPTION
 *	SQLite overwrites deleted rows (secure_delete), but not the copies that
 *	it left in a page when its rows moved to another.  So
 *	sqlite_expire_scrub() writes all pages anew.
 *
 * SEE ALSO
 *	store-engine.h says what each function of the engine does.
 */
#ifndef SQLITE_EXPIRE_H
#define SQLITE_EXPIRE_H

#include "people/sqlite-store.h"

bool sqlite_expire_forget(StoreWriter *writer, const char *owner, gint64 person,
			  GError **error);
bool sqlite_expire_traces(StoreWriter *writer, gint64 since, GError **error);
bool sqlite_expire_notes(StoreWriter *writer, gint64 since, GError **error);
bool sqlite_expire_scrub(Store *store, GError **error);

#endif

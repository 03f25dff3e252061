/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-digest - which digests the SQLite engine knows of
 *
 * DESCRIPTION
 *	Periods of which no digest was sent, and all before one that was, go after
 *	some weeks, so that an owner has few.
 *
 * SEE ALSO
 *	store-engine.h says what each function of the engine does.
 */
#ifndef SQLITE_DIGEST_H
#define SQLITE_DIGEST_H

#include "people/sqlite-store.h"

bool sqlite_digest_last(Store *store, const char *owner, gint64 now, gint64 *when_out,
			GError **error);
bool sqlite_digest_learnt(Store *store, const char *owner, gint64 since, GArray *ids,
			  GError **error);

bool sqlite_digest_claim(StoreWriter *writer, const char *owner, gint64 period,
			 gint64 now, bool *is_ours_out, GError **error);
bool sqlite_digest_sent(StoreWriter *writer, const char *owner, gint64 period, gint64 now,
			GError **error);
bool sqlite_digest_release(StoreWriter *writer, const char *owner, gint64 period,
			   GError **error);

#endif

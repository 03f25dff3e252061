/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-pool - the connections of a store that are idle
 *
 * DESCRIPTION
 *	sqlite_pool_take() gives a connection to one thread; another is opened
 *	where none is idle.  It goes back at the end of the scope that took it.
 *	After an error that may be the connection's it is closed, and the next
 *	one starts afresh.
 *
 *	    g_autoptr(SqliteLoan) connection = sqlite_pool_take(store, use, error);
 *
 * RETURN VALUE
 *	NULL with error set where the file cannot be opened.
 */
#ifndef SQLITE_POOL_H
#define SQLITE_POOL_H

#include "people/sqlite-connection.h"
#include "people/sqlite-store.h"

typedef enum {
	/*
	 * A reader may read the file that was in its place 10 ms ago: to look
	 * whether it still is costs a tenth of a look-up.
	 */
	SQLITE_POOL_FOR_LOOKUP,
	/* A change to a file that was removed would be lost. */
	SQLITE_POOL_FOR_CHANGES,
} SqlitePoolUse;

/* A connection that goes back to its pool. */
typedef SqliteConnection SqliteLoan;

SqliteLoan *sqlite_pool_take(SqliteStore *store, SqlitePoolUse use, GError **error);
void sqlite_pool_give_back(SqliteLoan *connection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SqliteLoan, sqlite_pool_give_back)

/* How long a writer of this store waits for others, microseconds. */
gint64 sqlite_pool_wait(const SqliteStore *store);

#endif

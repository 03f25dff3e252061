/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-expire.c - what the SQLite engine forgets */

#include "config.h"

#include "people/sqlite-change.h"
#include "people/sqlite-expire.h"
#include "people/sqlite-pool.h"

/* Unlike a mail, a command that forgets somebody may wait for other writers. */
#define SCRUB_WAIT_US (20 * G_TIME_SPAN_SECOND)

bool
sqlite_expire_forget(StoreWriter *writer, const char *owner, gint64 person,
		     GError **error)
{
	SqliteConnection *connection = ((SqliteWriter *)writer)->connection;
	sqlite3_stmt *statement = sqlite_connection_prepare(connection, SQL_DROP, error);

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, person);
	sqlite_connection_bind(statement, 2, owner);

	return sqlite_connection_run(connection, statement, error);
}

static bool
drop_before(StoreWriter *writer, Sql sql, gint64 since, GError **error)
{
	SqliteConnection *connection = ((SqliteWriter *)writer)->connection;
	sqlite3_stmt *statement = sqlite_connection_prepare(connection, sql, error);

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, since);

	return sqlite_connection_run(connection, statement, error);
}

bool
sqlite_expire_traces(StoreWriter *writer, gint64 since, GError **error)
{
	return drop_before(writer, SQL_DROP_TRACES, since, error);
}

bool
sqlite_expire_notes(StoreWriter *writer, gint64 since, GError **error)
{
	return drop_before(writer, SQL_DROP_NOTES, since, error);
}

bool
sqlite_expire_scrub(Store *common, GError **error)
{
	SqliteStore *store = (SqliteStore *)common;
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take(store, SQLITE_POOL_FOR_CHANGES, error);
	bool is_well, is_truncated;

	if (connection == NULL)
		return false;
	pthread_mutex_lock(&store->checkpointing);
	connection->wait_most = SCRUB_WAIT_US;
	is_well = sqlite_connection_exec(connection, "VACUUM", error);
	connection->wait_most = sqlite_pool_wait(store);
	is_truncated = sqlite_connection_exec(
	    connection, "PRAGMA wal_checkpoint(TRUNCATE)", is_well ? error : NULL);
	pthread_mutex_unlock(&store->checkpointing);

	return is_well && is_truncated;
}

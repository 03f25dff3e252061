/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-digest.c - which digests the SQLite engine knows of */

#include "config.h"

#include "people/sqlite-change.h"
#include "people/sqlite-digest.h"
#include "people/sqlite-pool.h"

/* Days that a period stays after a later one was sent, or where none was sent. */
#define PERIODS_KEPT 40

/* The numbers of a statement's rows, for an owner and a time. */
static bool
read_numbers(Store *store, Sql sql, const char *owner, gint64 when, GArray *numbers,
	     GError **error)
{
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take((SqliteStore *)store, SQLITE_POOL_FOR_CHANGES, error);
	sqlite3_stmt *statement;
	int code;

	if (connection == NULL)
		return false;
	statement = sqlite_connection_prepare(connection, sql, error);
	if (statement == NULL)
		return false;
	sqlite_connection_bind(statement, 1, owner);
	sqlite3_bind_int64(statement, 2, when);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		gint64 number = sqlite3_column_int64(statement, 0);

		g_array_append_val(numbers, number);
	}

	return sqlite_connection_finish(connection, statement, code, error);
}

bool
sqlite_digest_last(Store *store, const char *owner, gint64 now, gint64 *when_out,
		   GError **error)
{
	g_autoptr(GArray) last = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (!read_numbers(store, SQL_DIGEST_LAST, owner, now, last, error))
		return false;
	*when_out = last->len > 0 ? g_array_index(last, gint64, 0) : 0;

	return true;
}

bool
sqlite_digest_learnt(Store *store, const char *owner, gint64 since, GArray *ids,
		     GError **error)
{
	return read_numbers(store, SQL_DIGEST_LEARNT, owner, since, ids, error);
}

/* A change of the owner's row of a period, or of those before it. */
static bool
change(SqliteWriter *writer, Sql sql, gint64 period, gint64 now, GError **error)
{
	sqlite3_stmt *statement =
	    sqlite_connection_prepare(writer->connection, sql, error);

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	sqlite3_bind_int64(statement, 2, period);
	if (now != 0)
		sqlite3_bind_int64(statement, 3, now);

	return sqlite_connection_run(writer->connection, statement, error);
}

bool
sqlite_digest_claim(StoreWriter *common, const char *owner, gint64 period, gint64 now,
		    bool *is_ours_out, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;

	if (!sqlite_change_need_owner(writer, owner, error) ||
	    !change(writer, SQL_DIGEST_CLAIM, period, now, error))
		return false;
	*is_ours_out = sqlite3_changes(writer->connection->db) > 0;

	return change(writer, SQL_DIGEST_DROP_UNSENT, period - PERIODS_KEPT, 0, error);
}

bool
sqlite_digest_sent(StoreWriter *common, const char *owner, gint64 period, gint64 now,
		   GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;

	return sqlite_change_need_owner(writer, owner, error) &&
	       change(writer, SQL_DIGEST_SENT, period, now, error) &&
	       change(writer, SQL_DIGEST_DROP, period - PERIODS_KEPT, 0, error);
}

bool
sqlite_digest_release(StoreWriter *common, const char *owner, gint64 period,
		      GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;

	return sqlite_change_need_owner(writer, owner, error) &&
	       change(writer, SQL_DIGEST_RELEASE, period, 0, error);
}

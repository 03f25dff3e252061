/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-invitation.c - the invitations that the SQLite engine keeps */

#include "config.h"

#include "base/day.h"
#include "people/sqlite-change.h"
#include "people/sqlite-find.h"
#include "people/sqlite-invitation.h"
#include "people/sqlite-pool.h"

/* The columns before the texts, and the place that binds the first of these. */
#define FIRST_TEXT  9
#define FIRST_PLACE (FIRST_TEXT + 2)

static StoreInvitation *
read_row(sqlite3_stmt *statement)
{
	StoreInvitation *row = store_invitation_new();

	row->id = sqlite3_column_int64(statement, 0);
	row->state = sqlite3_column_int(statement, 1);
	row->why = sqlite3_column_int(statement, 2);
	row->state_when = sqlite3_column_int64(statement, 3);
	row->first = sqlite3_column_int64(statement, 4);
	row->last = sqlite3_column_int64(statement, 5);
	row->reminders = sqlite3_column_int64(statement, 6);
	row->worth = sqlite3_column_int(statement, 7);
	row->trust = sqlite3_column_int(statement, 8);
	for (int i = 0; i < STORE_INVITATION_LAST; i++) {
		const unsigned char *text =
		    sqlite3_column_text(statement, FIRST_TEXT + i);

		row->texts[i] = g_strdup((const char *)text);
	}

	return row;
}

static void
add_row(sqlite3_stmt *statement, void *context)
{
	g_ptr_array_add(context, read_row(statement));
}

bool
sqlite_invitation_list(Store *store, const char *owner, StoreInvitationDetail detail,
		       GPtrArray *list, GError **error)
{
	Sql sql =
	    detail == STORE_INVITATION_BRIEF ? SQL_INVITATIONS_BRIEF : SQL_INVITATIONS;

	return sqlite_find_rows(store, sql, owner, add_row, list, error);
}

static bool
get(SqliteConnection *connection, const char *owner, gint64 id,
    StoreInvitation **invitation_out, GError **error)
{
	sqlite3_stmt *statement =
	    sqlite_connection_prepare(connection, SQL_INVITATION, error);
	g_autoptr(StoreInvitation) row = NULL;
	int code;

	if (statement == NULL)
		return false;
	sqlite_connection_bind(statement, 1, owner);
	sqlite3_bind_int64(statement, 2, id);
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		row = read_row(statement);
	if (!sqlite_connection_finish(connection, statement, code, error))
		return false;
	*invitation_out = g_steal_pointer(&row);

	return true;
}

bool
sqlite_invitation_get(Store *store, const char *owner, gint64 id,
		      StoreInvitation **invitation_out, GError **error)
{
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take((SqliteStore *)store, SQLITE_POOL_FOR_CHANGES, error);

	return connection != NULL && get(connection, owner, id, invitation_out, error);
}

bool
sqlite_invitation_writer_get(StoreWriter *writer, const char *owner, gint64 id,
			     StoreInvitation **invitation_out, GError **error)
{
	return get(((SqliteWriter *)writer)->connection, owner, id, invitation_out,
		   error);
}

/* Add the numbers that a statement gives, each once. */
static bool
add_ids(SqliteConnection *connection, sqlite3_stmt *statement, GArray *ids,
	GError **error)
{
	int code;

	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		gint64 id = sqlite3_column_int64(statement, 0);
		bool is_there = false;

		if (id < 0)
			id = STORE_INVITATION_FORGOTTEN;
		for (size_t i = 0; i < ids->len; i++)
			is_there |= g_array_index(ids, gint64, i) == id;
		if (!is_there)
			g_array_append_val(ids, id);
	}

	return sqlite_connection_finish(connection, statement, code, error);
}

static bool
find(SqliteConnection *connection, gint64 owner, const gint64 *clues, size_t count,
     GArray *ids, GError **error)
{
	for (size_t i = 0; owner != 0 && i < count; i++) {
		sqlite3_stmt *statement;

		if (clues[i] == 0)
			continue;
		statement =
		    sqlite_connection_prepare(connection, SQL_INVITATION_FIND, error);
		if (statement == NULL)
			return false;
		sqlite3_bind_int64(statement, 1, owner);
		sqlite3_bind_int64(statement, 2, clues[i]);
		if (!add_ids(connection, statement, ids, error))
			return false;
	}

	return true;
}

bool
sqlite_invitation_find(Store *store, const char *owner, const gint64 *clues, size_t count,
		       GArray *ids, GError **error)
{
	g_auto(SqliteSnapshot) snapshot = { 0 };

	if (!sqlite_find_snapshot(&snapshot, store, owner, error) ||
	    !find(snapshot.connection, snapshot.owner, clues, count, ids, error))
		return false;
	for (guint i = ids->len; i-- > 0;)
		if (g_array_index(ids, gint64, i) == STORE_INVITATION_FORGOTTEN)
			g_array_remove_index(ids, i);

	return true;
}

bool
sqlite_invitation_writer_find(StoreWriter *common, const char *owner, const gint64 *clues,
			      size_t count, GArray *ids, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;

	return sqlite_change_find_owner(writer, owner, error) &&
	       find(writer->connection, writer->owner_id, clues, count, ids, error);
}

static void
add_past(sqlite3_stmt *statement, void *context)
{
	StoreInvitationPast one = {
		.network = g_strdup((const char *)sqlite3_column_text(statement, 0)),
		.verdict = g_strdup((const char *)sqlite3_column_text(statement, 1)),
		.state = sqlite3_column_int(statement, 2),
		.count = sqlite3_column_int64(statement, 3),
	};

	g_array_append_val((GArray *)context, one);
}

bool
sqlite_invitation_past(Store *store, const char *owner, GArray *past, GError **error)
{
	return sqlite_find_rows(store, SQL_INVITATIONS_PAST, owner, add_past, past,
				error);
}

/* A statement about the writer's owner and these numbers, as far as it has them. */
static bool
run(SqliteWriter *writer, Sql sql, gint64 number, gint64 last, GError **error)
{
	sqlite3_stmt *statement =
	    sqlite_connection_prepare(writer->connection, sql, error);

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	sqlite3_bind_int64(statement, 2, number);
	sqlite3_bind_int64(statement, 3, last);

	return sqlite_connection_run(writer->connection, statement, error);
}

/*
 * The next number of the writer's owner, and how many invitations that makes.  The owner's
 * row tells both as of when one was dropped last.
 */
static bool
next_number(SqliteWriter *writer, gint64 *id_out, size_t *count_out, GError **error)
{
	sqlite3_stmt *statement =
	    sqlite_connection_prepare(writer->connection, SQL_INVITATION_NUMBER, error);
	int code;

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW) {
		gint64 last = sqlite3_column_int64(statement, 0),
		       count = sqlite3_column_int64(statement, 1),
		       since = MAX(sqlite3_column_int64(statement, 2) - last, 0);

		*id_out = last + since + 1;
		*count_out = (size_t)MAX(count + since + 1, 1);
	}

	return sqlite_connection_finish(writer->connection, statement, code, error);
}

bool
sqlite_invitation_put(StoreWriter *common, const char *owner, StoreInvitation *invitation,
		      size_t *count_out, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	sqlite3_stmt *statement;

	if (!sqlite_change_need_owner(writer, owner, error) ||
	    (invitation->id == 0 &&
	     !next_number(writer, &invitation->id, count_out, error)))
		return false;
	statement =
	    sqlite_connection_prepare(writer->connection, SQL_INVITATION_PUT, error);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	sqlite3_bind_int64(statement, 2, invitation->id);
	sqlite3_bind_int(statement, 3, invitation->state);
	sqlite3_bind_int(statement, 4, invitation->why);
	sqlite3_bind_int64(statement, 5, invitation->state_when);
	sqlite3_bind_int64(statement, 6, invitation->first);
	sqlite3_bind_int64(statement, 7, invitation->last);
	sqlite3_bind_int64(statement, 8, invitation->reminders);
	sqlite3_bind_int(statement, 9, invitation->worth);
	sqlite3_bind_int(statement, 10, invitation->trust);
	for (int i = 0; i < STORE_INVITATION_LAST; i++)
		sqlite_connection_bind(statement, FIRST_PLACE + i, invitation->texts[i]);

	return sqlite_connection_run(writer->connection, statement, error);
}

bool
sqlite_invitation_add_clues(StoreWriter *common, const char *owner, gint64 id,
			    const gint64 *clues, size_t count, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;

	if (!sqlite_change_need_owner(writer, owner, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (clues[i] != 0 &&
		    !run(writer, SQL_INVITATION_CLUE, clues[i], id, error))
			return false;

	return true;
}

bool
sqlite_invitation_least(StoreWriter *common, const char *owner, gint64 open_since,
			size_t count, GArray *ids, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	sqlite3_stmt *statement;

	if (!sqlite_change_find_owner(writer, owner, error))
		return false;
	statement =
	    sqlite_connection_prepare(writer->connection, SQL_INVITATION_LEAST, error);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	sqlite3_bind_int64(statement, 2, (gint64)count);
	sqlite3_bind_int64(statement, 3, open_since);

	return add_ids(writer->connection, statement, ids, error);
}

bool
sqlite_invitation_drop(StoreWriter *common, const char *owner, gint64 id,
		       StoreInvitationDrop drop, GError **error)
{
	/* One that is not made was the last, so no number has a gap before it. */
	static const struct {
		Sql sql;
		bool is_for[STORE_INVITATION_UNMADE + 1];
	} steps[] = {
		{ SQL_INVITATION_COUNT, { [STORE_INVITATION_COUNTED] = true } },
		{ SQL_INVITATION_DROP_CLUES, { true, true, true } },
		{ SQL_INVITATION_FEWER,
		  { [STORE_INVITATION_COUNTED] = true,
		    [STORE_INVITATION_UNCOUNTED] = true } },
		{ SQL_INVITATION_DROP, { true, true, true } },
	};
	SqliteWriter *writer = (SqliteWriter *)common;

	if (!sqlite_change_find_owner(writer, owner, error))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
		if (steps[i].is_for[drop] && !run(writer, steps[i].sql, id, 0, error))
			return false;

	return true;
}

bool
sqlite_invitation_forget(StoreWriter *common, const char *owner, gint64 id,
			 const gint64 *clues, size_t count, gint64 when, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;

	if (!sqlite_change_find_owner(writer, owner, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (clues[i] != 0 &&
		    !run(writer, SQL_INVITATION_DROP_CLUE, clues[i], id, error))
			return false;

	return run(writer, SQL_INVITATION_FORGET, id, MAX(when / DAY_SECONDS, 1),
		   error) &&
	       sqlite_invitation_drop(common, owner, id, STORE_INVITATION_UNCOUNTED,
				      error);
}

bool
sqlite_invitation_forget_forgotten(StoreWriter *common, const char *owner, gint64 since,
				   GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;

	return sqlite_change_find_owner(writer, owner, error) &&
	       run(writer, SQL_INVITATION_FORGET_FORGOTTEN, since / DAY_SECONDS, 0,
		   error);
}

bool
sqlite_invitation_forget_past(StoreWriter *common, const char *owner, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;

	return sqlite_change_find_owner(writer, owner, error) &&
	       run(writer, SQL_INVITATION_FORGET_PAST, 0, 0, error);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-change.c - what the SQLite engine changes */

#include "config.h"

#include "people/clue.h"
#include "people/sqlite-change.h"
#include "people/sqlite-expire.h"
#include "people/sqlite-find.h"
#include "people/sqlite-pool.h"

/*
 * A store that works gives way for a moment each time it has kept others out for
 * so long: writers have no queue, and an import that went on at once would be in
 * again before anybody asked.
 */
#define GIVE_WAY_US 2500
#define KEEP_OUT_US 10000

static bool
run(SqliteConnection *connection, Sql sql, GError **error)
{
	sqlite3_stmt *statement = sqlite_connection_prepare(connection, sql, error);

	return statement != NULL && sqlite_connection_run(connection, statement, error);
}

/* One transaction.  *gives_way_out: others were kept out for long. */
static bool
change(SqliteStore *store, StoreWork *work, void *context, bool *gives_way_out,
       GError **error)
{
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take(store, SQLITE_POOL_FOR_CHANGES, error);
	SqliteWriter writer = { .common.engine = store->common.engine,
				.connection = connection };
	gint64 start;
	bool is_well;

	if (connection == NULL || !run(connection, SQL_BEGIN, error))
		return false;
	start = g_get_monotonic_time();
	is_well =
	    work(&writer.common, context, error) && run(connection, SQL_COMMIT, error);
	if (!is_well)
		sqlite_connection_roll_back(connection);
	connection->kept_out += g_get_monotonic_time() - start;
	*gives_way_out = connection->kept_out >= KEEP_OUT_US;
	if (*gives_way_out)
		connection->kept_out = 0;
	g_free(writer.owner);

	return is_well;
}

bool
sqlite_change(Store *common, StoreWork *work, void *context, GError **error)
{
	SqliteStore *store = (SqliteStore *)common;
	bool gives_way = false, is_well;

	if (common->mode != STORE_WORK)
		return change(store, work, context, &gives_way, error);

	/* Threads that work take turns, or together they would give way to nobody. */
	pthread_mutex_lock(&store->turn);
	is_well = change(store, work, context, &gives_way, error);
	if (gives_way)
		g_usleep(GIVE_WAY_US);
	pthread_mutex_unlock(&store->turn);

	return is_well;
}

bool
sqlite_change_find_owner(SqliteWriter *writer, const char *owner, GError **error)
{
	sqlite3_stmt *statement;

	if (g_strcmp0(writer->owner, owner) == 0)
		return true;
	statement = sqlite_connection_prepare(writer->connection, SQL_OWNER, error);
	if (statement == NULL || !sqlite_find_owner(writer->connection, statement, owner,
						    &writer->owner_id, error))
		return false;
	g_free(writer->owner);
	writer->owner = g_strdup(owner);

	return sqlite_connection_finish(writer->connection, statement, SQLITE_DONE,
					error);
}

bool
sqlite_change_need_owner(SqliteWriter *writer, const char *owner, GError **error)
{
	sqlite3_stmt *statement;

	if (!sqlite_change_find_owner(writer, owner, error))
		return false;
	if (writer->owner_id != 0)
		return true;
	statement = sqlite_connection_prepare(writer->connection, SQL_ADD_OWNER, error);
	if (statement == NULL)
		return false;
	sqlite_connection_bind(statement, 1, owner);
	if (!sqlite_connection_run(writer->connection, statement, error))
		return false;
	writer->owner_id = sqlite3_last_insert_rowid(writer->connection->db);

	return true;
}

bool
sqlite_change_find(StoreWriter *common, const char *owner, const char *const *clues,
		   size_t count, GArray *hits, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;

	return sqlite_change_find_owner(writer, owner, error) &&
	       (writer->owner_id == 0 ||
		sqlite_find_clues(writer->connection, writer->owner_id, clues, count,
				  hits, error));
}

bool
sqlite_change_person(StoreWriter *common, const char *owner, gint64 id,
		     StorePerson **person_out, GError **error)
{
	return sqlite_find_person_by(((SqliteWriter *)common)->connection, owner, id,
				     person_out, error);
}

/* The number in the one row of a statement; 0 where there is none. */
static bool
get_number(SqliteConnection *connection, sqlite3_stmt *statement, gint64 *number_out,
	   GError **error)
{
	int code = sqlite3_step(statement);

	*number_out = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;

	return sqlite_connection_finish(connection, statement, code, error);
}

bool
sqlite_change_people(StoreWriter *common, const char *owner, size_t *count_out,
		     GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	sqlite3_stmt *statement;
	gint64 count;

	if (!sqlite_change_find_owner(writer, owner, error))
		return false;
	statement = sqlite_connection_prepare(writer->connection, SQL_PEOPLE, error);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	if (!get_number(writer->connection, statement, &count, error))
		return false;
	*count_out = (size_t)MAX(count, 0);

	return true;
}

bool
sqlite_change_new_person(StoreWriter *common, gint64 *id_out, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	sqlite3_stmt *statement =
	    sqlite_connection_prepare(writer->connection, SQL_NEXT_PERSON, error);

	if (statement == NULL ||
	    !get_number(writer->connection, statement, &writer->newcomer, error))
		return false;
	*id_out = writer->newcomer;

	return true;
}

/* One change of an identity; *has_changed_out: was there a row to change? */
static bool
change_identity(SqliteWriter *writer, Sql sql, gint64 person, const char *clue,
		const Identity *identity, gint64 when, bool *has_changed_out,
		GError **error)
{
	sqlite3_stmt *statement =
	    sqlite_connection_prepare(writer->connection, sql, error);

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, person);
	sqlite3_bind_int64(statement, 2, clue_number(clue));
	sqlite_connection_bind(statement, 3, identity->value);
	sqlite3_bind_int64(statement, 4, when);
	sqlite3_bind_int(statement, 5, (int)identity->source);
	if (sql == SQL_ADD) {
		sqlite3_bind_int64(statement, 6, writer->owner_id);
		sqlite_connection_bind(statement, 7, clue);
		sqlite_connection_bind(statement, 8, identity->shown);
		sqlite3_bind_int64(statement, 9, STORE_MAX_IDENTITIES);
	}
	if (!sqlite_connection_run(writer->connection, statement, error))
		return false;
	*has_changed_out = sqlite3_changes(writer->connection->db) > 0;

	return true;
}

bool
sqlite_change_put(StoreWriter *common, const char *owner, gint64 person,
		  const Identity *identity, gint64 seen, gint64 now, StorePut *put_out,
		  GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	g_autofree char *clue = store_clue(identity->kind, identity->search_key);
	bool is_renewed = false, is_added = false;

	if (!sqlite_change_need_owner(writer, owner, error) ||
	    (seen != 0 && person != writer->newcomer &&
	     !change_identity(writer, SQL_RENEW, person, clue, identity, seen,
			      &is_renewed, error)))
		return false;
	if (!is_renewed && !change_identity(writer, SQL_ADD, person, clue, identity,
					    seen != 0 ? seen : now, &is_added, error))
		return false;
	*put_out = is_added     ? STORE_PUT_ADDED
		   : is_renewed ? STORE_PUT_RENEWED
				: STORE_PUT_SAME;

	return true;
}

static bool
count_identities(SqliteWriter *writer, gint64 person, gint64 *count_out, GError **error)
{
	sqlite3_stmt *statement =
	    sqlite_connection_prepare(writer->connection, SQL_COUNT, error);

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, person);

	return get_number(writer->connection, statement, count_out, error);
}

bool
sqlite_change_merge(StoreWriter *common, const char *owner, gint64 from, gint64 into,
		    GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	sqlite3_stmt *statement;
	gint64 one, other;

	if (!count_identities(writer, from, &one, error) ||
	    !count_identities(writer, into, &other, error))
		return false;
	if (one + other > STORE_MAX_IDENTITIES)
		return true;
	statement = sqlite_connection_prepare(writer->connection, SQL_COPY, error);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, from);
	sqlite3_bind_int64(statement, 2, into);
	sqlite_connection_bind(statement, 3, owner);

	return sqlite_connection_run(writer->connection, statement, error) &&
	       sqlite_expire_forget(common, owner, from, error);
}

bool
sqlite_change_traced(StoreWriter *common, const char *owner, const char *const *traces,
		     size_t count, gint64 since, bool *any_out, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	gint64 found = 0;

	if (!sqlite_change_find_owner(writer, owner, error))
		return false;
	for (size_t i = 0; found == 0 && writer->owner_id != 0 && i < count; i++) {
		sqlite3_stmt *statement;

		if (traces[i] == NULL)
			continue;
		statement =
		    sqlite_connection_prepare(writer->connection, SQL_TRACED, error);
		if (statement == NULL)
			return false;
		sqlite3_bind_int64(statement, 1, writer->owner_id);
		sqlite_connection_bind(statement, 2, traces[i]);
		sqlite3_bind_int64(statement, 3, since);
		if (!get_number(writer->connection, statement, &found, error))
			return false;
	}
	*any_out = found != 0;

	return true;
}

bool
sqlite_change_trace(StoreWriter *common, const char *owner, const char *trace, gint64 now,
		    GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	sqlite3_stmt *statement;

	if (!sqlite_change_need_owner(writer, owner, error))
		return false;
	statement = sqlite_connection_prepare(writer->connection, SQL_TRACE, error);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	sqlite_connection_bind(statement, 2, trace);
	sqlite3_bind_int64(statement, 3, now);

	return sqlite_connection_run(writer->connection, statement, error);
}

/* The same bytes on every machine. */
static void
bind_fingerprint(sqlite3_stmt *statement, int place, const Fingerprint *note)
{
	guint64 bytes[G_N_ELEMENTS(note->bits)];

	for (size_t i = 0; i < G_N_ELEMENTS(note->bits); i++)
		bytes[i] = GUINT64_TO_BE(note->bits[i]);
	sqlite3_bind_blob(statement, place, bytes, sizeof(bytes), SQLITE_TRANSIENT);
}

bool
sqlite_change_note(StoreWriter *common, const char *owner, const char *inviter,
		   const Fingerprint *note, gint64 since, gint64 now, GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	sqlite3_stmt *statement =
	    sqlite_connection_prepare(writer->connection, SQL_NOTE_COUNT, error);
	gint64 count;

	if (statement == NULL)
		return false;
	sqlite_connection_bind(statement, 1, inviter);
	if (!get_number(writer->connection, statement, &count, error))
		return false;
	if (count >= STORE_MAX_NOTES)
		return true;
	if (!sqlite_change_need_owner(writer, owner, error))
		return false;
	statement = sqlite_connection_prepare(writer->connection, SQL_NOTE, error);
	if (statement == NULL)
		return false;
	sqlite_connection_bind(statement, 1, inviter);
	sqlite3_bind_int64(statement, 2, writer->owner_id);
	bind_fingerprint(statement, 3, note);
	sqlite3_bind_int64(statement, 4, now);
	sqlite3_bind_int64(statement, 5, since);

	return sqlite_connection_run(writer->connection, statement, error);
}

bool
sqlite_change_lessons(StoreWriter *writer, const char *owner, GArray *lessons,
		      GError **error)
{
	return sqlite_find_lessons_of(((SqliteWriter *)writer)->connection, owner,
				      lessons, error);
}

bool
sqlite_change_teach(StoreWriter *common, const char *owner, const StoreLesson *lesson,
		    GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	sqlite3_stmt *statement;

	if (!sqlite_change_need_owner(writer, owner, error))
		return false;
	statement = sqlite_connection_prepare(writer->connection, SQL_TEACH, error);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	bind_fingerprint(statement, 2, &lesson->note);
	sqlite_connection_bind(statement, 3, lesson->class);
	sqlite3_bind_int64(statement, 4, lesson->seen);

	return sqlite_connection_run(writer->connection, statement, error);
}

bool
sqlite_change_unteach(StoreWriter *common, const char *owner, const Fingerprint *note,
		      GError **error)
{
	SqliteWriter *writer = (SqliteWriter *)common;
	sqlite3_stmt *statement;

	if (!sqlite_change_find_owner(writer, owner, error))
		return false;
	statement = sqlite_connection_prepare(writer->connection, SQL_UNTEACH, error);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	bind_fingerprint(statement, 2, note);

	return sqlite_connection_run(writer->connection, statement, error);
}

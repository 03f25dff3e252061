/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-find.c - what the SQLite engine reads */

#include "config.h"

#include <string.h>

#include "people/clue.h"
#include "people/sqlite-find.h"

static char *
column_text(sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	return g_strdup(text != NULL ? (const char *)text : "");
}

static Source
column_source(sqlite3_stmt *statement, int column)
{
	int source = sqlite3_column_int(statement, column);

	return source >= 0 && source < SOURCE_LAST ? (Source)source : SOURCE_ADDED;
}

static void
add_hit(GArray *hits, sqlite3_stmt *statement)
{
	const char *clue = (const char *)sqlite3_column_text(statement, 1);
	StoreHit hit = {
		.person = sqlite3_column_int64(statement, 0),
		.kind = store_clue_kind(clue),
		.source = column_source(statement, 3),
		.first = sqlite3_column_int64(statement, 4),
		.last = sqlite3_column_int64(statement, 5),
	};

	if (hit.kind == IDENTITY_LAST)
		return;
	hit.search_key = g_strdup(clue + 1);
	hit.value = column_text(statement, 2);
	g_array_append_val(hits, hit);
}

bool
sqlite_find_owner(SqliteConnection *connection, sqlite3_stmt *statement,
		  const char *owner, gint64 *id_out, GError **error)
{
	int code;

	sqlite_connection_bind(statement, 1, owner);
	code = sqlite3_step(statement);
	*id_out = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;

	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       sqlite_connection_finish(connection, statement, code, error);
}

bool
sqlite_find_clues(SqliteConnection *connection, gint64 owner, const char *const *clues,
		  size_t count, GArray *hits, GError **error)
{
	for (size_t i = 0; owner != 0 && i < count; i++) {
		sqlite3_stmt *statement;
		int code = SQLITE_DONE;

		if (clues[i] == NULL)
			continue;
		statement = sqlite_connection_prepare(connection, SQL_FIND, error);
		if (statement == NULL)
			return false;
		sqlite3_bind_int64(statement, 1, owner);
		sqlite3_bind_int64(statement, 2, clue_number(clues[i]));
		sqlite_connection_bind(statement, 3, clues[i]);
		while (hits->len < STORE_MAX_HITS &&
		       (code = sqlite3_step(statement)) == SQLITE_ROW)
			add_hit(hits, statement);
		if (!sqlite_connection_finish(connection, statement, code, error))
			return false;
	}

	return true;
}

bool
sqlite_find_snapshot(SqliteSnapshot *snapshot_out, Store *store, const char *owner,
		     GError **error)
{
	sqlite3_stmt *statement;

	*snapshot_out =
	    (SqliteSnapshot){ .connection = sqlite_pool_take(
				  (SqliteStore *)store, SQLITE_POOL_FOR_LOOKUP, error) };
	if (snapshot_out->connection == NULL)
		return false;
	statement = sqlite_connection_prepare(snapshot_out->connection, SQL_OWNER, error);
	/* One that fails is finished. */
	if (statement == NULL || !sqlite_find_owner(snapshot_out->connection, statement,
						    owner, &snapshot_out->owner, error))
		return false;
	snapshot_out->statement = statement;

	return true;
}

void
sqlite_find_snapshot_end(SqliteSnapshot *snapshot)
{
	if (snapshot->statement != NULL)
		sqlite_connection_finish(snapshot->connection, snapshot->statement,
					 SQLITE_DONE, NULL);
	if (snapshot->connection != NULL)
		sqlite_pool_give_back(snapshot->connection);
	*snapshot = (SqliteSnapshot){ 0 };
}

bool
sqlite_find(Store *store, const char *owner, const char *const *clues, size_t count,
	    GArray *hits, GError **error)
{
	g_auto(SqliteSnapshot) snapshot = { 0 };

	return sqlite_find_snapshot(&snapshot, store, owner, error) &&
	       sqlite_find_clues(snapshot.connection, snapshot.owner, clues, count, hits,
				 error);
}

static void
add_identity(StorePerson *person, sqlite3_stmt *statement)
{
	const char *clue = (const char *)sqlite3_column_text(statement, 1);
	Identity identity = {
		.kind = store_clue_kind(clue),
		.source = column_source(statement, 4),
		.first = sqlite3_column_int64(statement, 5),
		.last = sqlite3_column_int64(statement, 6),
		.count = sqlite3_column_int64(statement, 7),
	};

	if (identity.kind == IDENTITY_LAST)
		return;
	identity.search_key = g_strdup(clue + 1);
	identity.value = column_text(statement, 2);
	identity.shown = column_text(statement, 3);
	g_array_append_val(person->identities, identity);
}

bool
sqlite_find_person_by(SqliteConnection *connection, const char *owner, gint64 id,
		      StorePerson **person_out, GError **error)
{
	sqlite3_stmt *statement =
	    sqlite_connection_prepare(connection, SQL_PERSON, error);
	g_autoptr(StorePerson) person = store_engine_person_new(id);
	int code;

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, id);
	sqlite_connection_bind(statement, 2, owner);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		add_identity(person, statement);
	if (!sqlite_connection_finish(connection, statement, code, error))
		return false;
	*person_out = store_engine_person_finish(g_steal_pointer(&person));

	return true;
}

bool
sqlite_find_person(Store *store, const char *owner, gint64 id, StorePerson **person_out,
		   GError **error)
{
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take((SqliteStore *)store, SQLITE_POOL_FOR_LOOKUP, error);

	return connection != NULL &&
	       sqlite_find_person_by(connection, owner, id, person_out, error);
}

/* The numbers that a statement gives whose first place is the owner; of gint64. */
static bool
find_ids(SqliteConnection *connection, sqlite3_stmt *statement, const char *owner,
	 GArray *ids, GError **error)
{
	int code;

	sqlite_connection_bind(statement, 1, owner);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		gint64 id = sqlite3_column_int64(statement, 0);

		g_array_append_val(ids, id);
	}

	return sqlite_connection_finish(connection, statement, code, error);
}

bool
sqlite_find_each(Store *store, const char *owner, StoreTake *take, void *context,
		 GError **error)
{
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take((SqliteStore *)store, SQLITE_POOL_FOR_CHANGES, error);
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	sqlite3_stmt *statement;

	if (connection == NULL)
		return false;
	statement = sqlite_connection_prepare(connection, SQL_PERSONS, error);
	if (statement == NULL || !find_ids(connection, statement, owner, ids, error))
		return false;
	for (size_t i = 0; i < ids->len; i++) {
		g_autoptr(StorePerson) person = NULL;

		if (!sqlite_find_person_by(connection, owner,
					   g_array_index(ids, gint64, i), &person, error))
			return false;
		if (person != NULL && !take(context, person))
			break;
	}

	return true;
}

bool
sqlite_find_stale(Store *store, const char *owner, gint64 since, GArray *ids,
		  GError **error)
{
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take((SqliteStore *)store, SQLITE_POOL_FOR_CHANGES, error);
	sqlite3_stmt *statement;

	if (connection == NULL)
		return false;
	statement = sqlite_connection_prepare(connection, SQL_STALE, error);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 2, since);

	return find_ids(connection, statement, owner, ids, error);
}

bool
sqlite_find_rows(Store *store, Sql sql, const char *owner, SqliteTakeRow *take,
		 void *context, GError **error)
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
	if (owner != NULL)
		sqlite_connection_bind(statement, 1, owner);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		take(statement, context);

	return sqlite_connection_finish(connection, statement, code, error);
}

static void
add_owner(sqlite3_stmt *row, void *context)
{
	g_ptr_array_add(context, column_text(row, 0));
}

bool
sqlite_find_owners(Store *store, GPtrArray *owners, GError **error)
{
	return sqlite_find_rows(store, SQL_OWNERS, NULL, add_owner, owners, error);
}

static bool
column_fingerprint(sqlite3_stmt *statement, int column, Fingerprint *print_out)
{
	const void *bytes = sqlite3_column_blob(statement, column);
	guint64 numbers[G_N_ELEMENTS(print_out->bits)];

	if (bytes == NULL || sqlite3_column_bytes(statement, column) != sizeof(numbers))
		return false;
	memcpy(numbers, bytes, sizeof(numbers));
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		print_out->bits[i] = GUINT64_FROM_BE(numbers[i]);

	return true;
}

bool
sqlite_find_notes(Store *store, const char *owner, const char *inviter,
		  const Fingerprint *note, gint64 since, size_t *owners_out,
		  gint64 *first_out, GError **error)
{
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take((SqliteStore *)store, SQLITE_POOL_FOR_LOOKUP, error);
	sqlite3_stmt *statement;
	gint64 first = 0, last_owner = 0;
	size_t owners = 0;
	int code;

	if (connection == NULL)
		return false;
	statement = sqlite_connection_prepare(connection, SQL_NOTES, error);
	if (statement == NULL)
		return false;
	sqlite_connection_bind(statement, 1, inviter);
	sqlite3_bind_int64(statement, 2, since);
	sqlite_connection_bind(statement, 3, owner);
	/* Rows come in the order of owners. */
	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		gint64 other = sqlite3_column_int64(statement, 0);
		gint64 seen = sqlite3_column_int64(statement, 2);
		Fingerprint print;

		if (!column_fingerprint(statement, 1, &print) ||
		    !fingerprint_is_near(note, &print))
			continue;
		first = owners == 0 ? seen : MIN(first, seen);
		owners += owners == 0 || other != last_owner;
		last_owner = other;
	}
	if (!sqlite_connection_finish(connection, statement, code, error))
		return false;
	*owners_out = owners;
	if (owners > 0)
		*first_out = first;

	return true;
}

bool
sqlite_find_lessons_of(SqliteConnection *connection, const char *owner, GArray *lessons,
		       GError **error)
{
	sqlite3_stmt *statement =
	    sqlite_connection_prepare(connection, SQL_LESSONS, error);
	StoreLesson lesson;
	int code;

	if (statement == NULL)
		return false;
	sqlite_connection_bind(statement, 1, owner);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		if (!column_fingerprint(statement, 0, &lesson.note))
			continue;
		lesson.class = column_text(statement, 1);
		lesson.seen = sqlite3_column_int64(statement, 2);
		g_array_append_val(lessons, lesson);
	}

	return sqlite_connection_finish(connection, statement, code, error);
}

bool
sqlite_find_lessons(Store *store, const char *owner, GArray *lessons, GError **error)
{
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take((SqliteStore *)store, SQLITE_POOL_FOR_LOOKUP, error);

	return connection != NULL &&
	       sqlite_find_lessons_of(connection, owner, lessons, error);
}

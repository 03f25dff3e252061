/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-find - what the SQLite engine reads
 *
 * SEE ALSO
 *	store-engine.h says what each function of the engine does.
 */
#ifndef SQLITE_FIND_H
#define SQLITE_FIND_H

#include "people/sqlite-pool.h"
#include "people/sqlite-store.h"

bool sqlite_find(Store *store, const char *owner, const char *const *clues, size_t count,
		 GArray *hits, GError **error);
bool sqlite_find_person(Store *store, const char *owner, gint64 id,
			StorePerson **person_out, GError **error);
bool sqlite_find_each(Store *store, const char *owner, StoreTake *take, void *context,
		      GError **error);
bool sqlite_find_notes(Store *store, const char *owner, const char *inviter,
		       const Fingerprint *note, gint64 since, size_t *owners_out,
		       gint64 *first_out, GError **error);
bool sqlite_find_lessons(Store *store, const char *owner, GArray *lessons,
			 GError **error);
bool sqlite_find_owners(Store *store, GPtrArray *owners, GError **error);
bool sqlite_find_stale(Store *store, const char *owner, gint64 since, GArray *ids,
		       GError **error);

/*
 * Take each row of a statement whose first place is the owner's address; owner NULL: it
 * has no place.
 */
typedef void SqliteTakeRow(sqlite3_stmt *row, void *context);
bool sqlite_find_rows(Store *store, Sql sql, const char *owner, SqliteTakeRow *take,
		      void *context, GError **error);

/* The same in a transaction that is under way. */
bool sqlite_find_clues(SqliteConnection *connection, gint64 owner,
		       const char *const *clues, size_t count, GArray *hits,
		       GError **error);
bool sqlite_find_person_by(SqliteConnection *connection, const char *owner, gint64 id,
			   StorePerson **person_out, GError **error);
bool sqlite_find_lessons_of(SqliteConnection *connection, const char *owner,
			    GArray *lessons, GError **error);

/*
 * A connection that reads one snapshot of the file, so that what is found by the owner's
 * number is the owner's.
 */
typedef struct {
	SqliteLoan *connection;
	sqlite3_stmt *statement; /* holds the snapshot */
	gint64 owner;            /* 0 where it has no number */
} SqliteSnapshot;

bool sqlite_find_snapshot(SqliteSnapshot *snapshot_out, Store *store, const char *owner,
			  GError **error);
void sqlite_find_snapshot_end(SqliteSnapshot *snapshot);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SqliteSnapshot, sqlite_find_snapshot_end)

/*
 * The owner's number, 0 where it has none.  The statement, SQL_OWNER, stays where
 * it is until it is finished, and with it the transaction of what is read
 * meanwhile.
 */
bool sqlite_find_owner(SqliteConnection *connection, sqlite3_stmt *statement,
		       const char *owner, gint64 *id_out, GError **error);

#endif

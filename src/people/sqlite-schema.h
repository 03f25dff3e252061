/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-schema - the tables of the SQLite engine, and all it asks of them
 *
 * DESCRIPTION
 *	Nearly every question is about a stranger, so "nobody" must be cheap: each
 *	clue goes down one index, all of them in one transaction, and only a hit is
 *	looked at further.  The index holds the numbers of owner, clue (clue.h) and
 *	person, so that all of it but its leaves stays in memory.  What else there
 *	is to an identity lies in the table, where a person's identities are
 *	neighbours, so that learning somebody known once more changes one page.
 *
 *	No "IN": SQLite makes a table of its list, which costs more than the
 *	look-up.
 *
 * RETURN VALUE
 *	False with error set where the file cannot be read or written, is another
 *	program's or was written by a later version.
 */
#ifndef SQLITE_SCHEMA_H
#define SQLITE_SCHEMA_H

#include <stdbool.h>

#include <glib.h>

typedef struct SqliteConnection SqliteConnection;

typedef enum {
	SQL_BEGIN,
	SQL_COMMIT,
	SQL_FIND,
	SQL_PERSON,
	SQL_PERSONS,
	SQL_PEOPLE,
	SQL_NEXT_PERSON,
	SQL_OWNER,
	SQL_ADD_OWNER,
	SQL_OWNERS,
	SQL_RENEW,
	SQL_ADD,
	SQL_COUNT,
	SQL_COPY,
	SQL_DROP,
	SQL_MARK,
	SQL_MARKED,
	SQL_DROP_MARKS,
	SQL_NOTE,
	SQL_NOTES,
	SQL_DROP_NOTES,
	SQL_LESSONS,
	SQL_TEACH,
	SQL_UNTEACH,
	SQL_STALE,
	SQL_LAST
} SqliteSql;

const char *sqlite_schema_text(SqliteSql sql);

/* Is this a database of ours, and none of a later version? */
bool sqlite_schema_check(SqliteConnection *connection, int *version_out, GError **error);

/* Bring it to the version of today. */
bool sqlite_schema_migrate(SqliteConnection *connection, GError **error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-schema - the tables of the SQLite engine, and all it asks of them
 *
 * DESCRIPTION
 *	Nearly every question is about a stranger, so the answer "nobody" must
 *	be cheap: each clue is looked up in one index, all of them in one
 *	transaction, and only for a hit more is read.  The index holds the
 *	numbers of owner, clue (clue.h) and person, so small that all of it but
 *	its leaves stays in memory.  The table has the rest of an identity, a
 *	person's identities side by side, so that seeing a known person again
 *	changes one page.
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
	SQL_TRACE,
	SQL_TRACED,
	SQL_DROP_TRACES,
	SQL_NOTE,
	SQL_NOTE_COUNT,
	SQL_NOTES,
	SQL_DROP_NOTES,
	SQL_LESSONS,
	SQL_TEACH,
	SQL_UNTEACH,
	SQL_STALE,
	SQL_INVITATIONS,
	SQL_INVITATIONS_BRIEF,
	SQL_INVITATIONS_PAST,
	SQL_INVITATION,
	SQL_INVITATION_FIND,
	SQL_INVITATION_NUMBER,
	SQL_INVITATION_PUT,
	SQL_INVITATION_CLUE,
	SQL_INVITATION_LEAST,
	SQL_INVITATION_COUNT,
	SQL_INVITATION_DROP_CLUES,
	SQL_INVITATION_FEWER,
	SQL_INVITATION_DROP,
	SQL_INVITATION_DROP_CLUE,
	SQL_INVITATION_FORGET,
	SQL_INVITATION_FORGET_FORGOTTEN,
	SQL_INVITATION_FORGET_PAST,
	SQL_PURGE_REST,
	SQL_PURGE_TRACES,
	SQL_PURGE_NOTES,
	SQL_PURGE_LESSONS,
	SQL_PURGE_DIGESTS,
	SQL_PURGE_OWNER,
	SQL_DIGEST_LAST,
	SQL_DIGEST_LEARNT,
	SQL_DIGEST_CLAIM,
	SQL_DIGEST_SENT,
	SQL_DIGEST_RELEASE,
	SQL_DIGEST_DROP,
	SQL_DIGEST_DROP_UNSENT,
	SQL_LAST
} Sql;

const char *sqlite_schema_text(Sql sql);

/* Is this a database of ours, and none of a later version? */
bool sqlite_schema_check(SqliteConnection *connection, int *version_out, GError **error);

/* Make or change the tables to be those of this version. */
bool sqlite_schema_migrate(SqliteConnection *connection, GError **error);

#endif

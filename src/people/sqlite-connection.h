/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-connection - one connection to the file, and its statements
 *
 * DESCRIPTION
 *	A connection belongs to one thread at a time; sqlite-pool.h hands them
 *	out.  Each statement is prepared once for each connection.
 *
 *	The file is in WAL mode, so that readers never wait for a writer.
 *	synchronous=NORMAL: a process that dies loses nothing, a machine may lose
 *	its last seconds.  No mmap, for a file that is cut short would then end
 *	the process.
 *
 * RETURN VALUE
 *	False or NULL with error set, its text with the file and a remedy.
 */
#ifndef SQLITE_CONNECTION_H
#define SQLITE_CONNECTION_H

#include <stdbool.h>

#include <glib.h>
#include <sqlite3.h>

#include "people/sqlite-schema.h"

struct SqliteConnection {
	struct SqliteStore *store; /* borrowed: whose pool it goes back to, or NULL */
	char *path;
	sqlite3 *db;
	sqlite3_stmt *prepared[SQL_LAST];
	gint64 wait_most;  /* microseconds */
	gint64 wait_start; /* of the wait in which it is */
	gint64 kept_out;   /* microseconds for which nobody else could write */
	bool is_doubtful;  /* an error was seen that may be the connection's */
	gint64 looked;     /* when the file was last seen in its place, monotonic */
};

/* Opens the file, which must be there, and reads nothing of it. */
SqliteConnection *sqlite_connection_open(const char *path, GError **error);

/*
 * Opens a file of which SQLite is told that nobody changes it, since nothing can be
 * written beside it, as WAL demands.  Nothing can be changed by it.
 */
SqliteConnection *sqlite_connection_open_unchanging(const char *path, GError **error);

/* Makes or migrates the tables.  It waits at most so long for other writers. */
bool sqlite_connection_set_up(SqliteConnection *connection, gint64 wait_us,
			      GError **error);
void sqlite_connection_close(SqliteConnection *connection);

/* Was the file removed, or another put in its place?  Asked once in so many us. */
bool sqlite_connection_has_moved(SqliteConnection *connection, gint64 trusted_us);

/* Sets the error to what SQLite says; returns false. */
bool sqlite_connection_fail(SqliteConnection *connection, int code, GError **error);

bool sqlite_connection_exec(SqliteConnection *connection, const char *text,
			    GError **error);
void sqlite_connection_roll_back(SqliteConnection *connection);

/* The statement, ready to be bound; NULL with error set where it cannot be. */
sqlite3_stmt *sqlite_connection_prepare(SqliteConnection *connection, Sql sql,
					GError **error);

/* Finish a statement whose last step gave this code, and unbind its values. */
bool sqlite_connection_finish(SqliteConnection *connection, sqlite3_stmt *statement,
			      int code, GError **error);

/* Make the one step of a statement, and finish it. */
bool sqlite_connection_run(SqliteConnection *connection, sqlite3_stmt *statement,
			   GError **error);

/* The text must live until the statement is finished; it is not copied. */
void sqlite_connection_bind(sqlite3_stmt *statement, int place, const char *text);

#endif

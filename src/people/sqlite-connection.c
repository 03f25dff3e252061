/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-connection.c - one connection to the file, and its statements */

#include "config.h"

#include "people/sqlite-connection.h"
#include "people/store.h"

/*
 * Microseconds after which a writer that waits asks again.  SQLite's own handler asks
 * ever less often, and so lets others in before.
 */
#define ASK_AGAIN_US 1000

/*
 * The same for a connection that is set up, for which SQLite does not wait by itself.
 */
#define SET_UP_AGAIN_US 5000

/* For who only wants to read. */
#define OR_COPY                                                                          \
	"; or copy it, and what is called -wal beside it, to a folder of your own, and " \
	"name that in [people] store"

/* What SQLite says, as our code and a remedy. */
static const struct {
	int code; /* primary result code */
	StoreError error;
	const char *remedy;
} faults[] = {
	{ SQLITE_BUSY, STORE_ERROR_BUSY,
	  "another program writes to it; try again later" },
	{ SQLITE_LOCKED, STORE_ERROR_BUSY,
	  "another program writes to it; try again later" },
	{ SQLITE_FULL, STORE_ERROR_FULL, "the disk is full; make room" },
	{ SQLITE_CORRUPT, STORE_ERROR_DAMAGED,
	  "move it away and put a copy back, or import anew; then reload" },
	{ SQLITE_NOTADB, STORE_ERROR_DAMAGED,
	  "this is no database; move it away, or name another in [people] store" },
	{ SQLITE_CANTOPEN, STORE_ERROR_MISSING,
	  "make its folder, writable for the daemon's user" OR_COPY },
	{ SQLITE_PERM, STORE_ERROR_MISSING, "give it to the daemon's user" },
	{ SQLITE_READONLY, STORE_ERROR_MISSING,
	  "give it and its folder to the daemon's user" OR_COPY },
	{ SQLITE_PROTOCOL, STORE_ERROR_MISSING,
	  "what is called -wal beside it is unfinished; give them and their folder "
	  "to the daemon's user" OR_COPY },
	{ SQLITE_IOERR, STORE_ERROR_SYSTEM, "look at the disk" },
};

bool
sqlite_connection_fail(SqliteConnection *connection, int code, GError **error)
{
	StoreError kind = STORE_ERROR_SYSTEM;
	const char *remedy = "see the SQLite documentation";

	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
		if (faults[i].code == (code & 0xff)) {
			kind = faults[i].error;
			remedy = faults[i].remedy;
		}
	connection->is_doubtful |= kind != STORE_ERROR_BUSY;
	g_set_error(error, STORE_ERROR, kind, "%s: %s: %s", connection->path,
		    connection->db != NULL ? sqlite3_errmsg(connection->db)
					   : sqlite3_errstr(code),
		    remedy);

	return false;
}

void
sqlite_connection_close(SqliteConnection *connection)
{
	if (connection == NULL)
		return;

	for (size_t i = 0; i < SQL_LAST; i++)
		sqlite3_finalize(connection->prepared[i]);
	sqlite3_close(connection->db);
	g_free(connection->path);
	g_free(connection);
}

/* name: as SQLite is given it. */
static SqliteConnection *
open_by(const char *path, const char *name, int flags, GError **error)
{
	SqliteConnection *connection = g_new0(SqliteConnection, 1);
	int code;

	connection->path = g_strdup(path);
	code = sqlite3_open_v2(name, &connection->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (code != SQLITE_OK) {
		sqlite_connection_fail(connection, code, error);
		sqlite_connection_close(connection);
		return NULL;
	}

	return connection;
}

SqliteConnection *
sqlite_connection_open(const char *path, GError **error)
{
	return open_by(path, path, SQLITE_OPEN_READWRITE, error);
}

SqliteConnection *
sqlite_connection_open_unchanging(const char *path, GError **error)
{
	g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
	g_autofree char *name = g_strdup_printf("file:%s?immutable=1", escaped);
	SqliteConnection *connection =
	    open_by(path, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);

	if (connection == NULL)
		return NULL;
	sqlite3_extended_result_codes(connection->db, 1);
	if (!sqlite_schema_migrate(connection, error)) {
		sqlite_connection_close(connection);
		return NULL;
	}

	return connection;
}

/* SQLite's busy handler. */
static int
waits_on(void *context, int asked)
{
	SqliteConnection *connection = context;
	gint64 now = g_get_monotonic_time();

	if (asked == 0)
		connection->wait_start = now;
	if (now - connection->wait_start >= connection->wait_most)
		return 0;
	g_usleep(ASK_AGAIN_US);

	return 1;
}

bool
sqlite_connection_set_up(SqliteConnection *connection, gint64 wait_us, GError **error)
{
	gint64 end = g_get_monotonic_time() + wait_us;

	sqlite3_extended_result_codes(connection->db, 1);
	connection->wait_most = wait_us;
	sqlite3_busy_handler(connection->db, waits_on, connection);

	/* If two change to WAL at once, SQLite tells the second "busy" without a wait. */
	for (;;) {
		g_autoptr(GError) trouble = NULL;

		if (sqlite_schema_migrate(connection, &trouble) &&
		    sqlite_connection_exec(
			connection,
			"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
			"PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;",
			&trouble))
			return true;
		sqlite_connection_roll_back(connection);
		if (!g_error_matches(trouble, STORE_ERROR, STORE_ERROR_BUSY) ||
		    g_get_monotonic_time() >= end) {
			g_propagate_error(error, g_steal_pointer(&trouble));
			return false;
		}
		g_usleep(SET_UP_AGAIN_US);
	}
}

bool
sqlite_connection_has_moved(SqliteConnection *connection, gint64 trusted_us)
{
	gint64 now = g_get_monotonic_time();
	int has_moved = 0;

	if (now < connection->looked + trusted_us)
		return false;
	connection->looked = now;

	/* SQLite makes one stat() of it. */
	return sqlite3_file_control(connection->db, "main", SQLITE_FCNTL_HAS_MOVED,
				    &has_moved) == SQLITE_OK &&
	       has_moved != 0;
}

bool
sqlite_connection_exec(SqliteConnection *connection, const char *text, GError **error)
{
	int code = sqlite3_exec(connection->db, text, NULL, NULL, NULL);

	return code == SQLITE_OK || sqlite_connection_fail(connection, code, error);
}

void
sqlite_connection_roll_back(SqliteConnection *connection)
{
	if (sqlite3_get_autocommit(connection->db) == 0)
		sqlite3_exec(connection->db, "ROLLBACK", NULL, NULL, NULL);
}

sqlite3_stmt *
sqlite_connection_prepare(SqliteConnection *connection, Sql sql, GError **error)
{
	sqlite3_stmt **statement = &connection->prepared[sql];
	int code;

	if (*statement == NULL) {
		code = sqlite3_prepare_v3(connection->db, sqlite_schema_text(sql), -1,
					  SQLITE_PREPARE_PERSISTENT, statement, NULL);
		if (code != SQLITE_OK)
			sqlite_connection_fail(connection, code, error);
	}

	return *statement;
}

bool
sqlite_connection_finish(SqliteConnection *connection, sqlite3_stmt *statement, int code,
			 GError **error)
{
	bool is_well = code == SQLITE_DONE || code == SQLITE_ROW ||
		       sqlite_connection_fail(connection, code, error);

	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);

	return is_well;
}

bool
sqlite_connection_run(SqliteConnection *connection, sqlite3_stmt *statement,
		      GError **error)
{
	return sqlite_connection_finish(connection, statement, sqlite3_step(statement),
					error);
}

void
sqlite_connection_bind(sqlite3_stmt *statement, int place, const char *text)
{
	if (text != NULL)
		sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
	else
		sqlite3_bind_null(statement, place);
}

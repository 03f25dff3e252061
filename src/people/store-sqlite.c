/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * store-sqlite.c - who knows whom, kept in one SQLite file
 *
 * Design rationale
 *
 * Nearly every question is about a stranger, so "nobody" must be cheap: each
 * clue goes down one index, all of them in one transaction, and only a hit is
 * looked at further.  The index holds the numbers of owner, clue (clue.h) and
 * person, so that all of it but its leaves stays in memory.  What else there
 * is to an identity lies in the table, where a person's identities are
 * neighbours, so that learning somebody known once more changes one page.
 *
 * No "IN": SQLite makes a table of its list, which costs more than the look-up.
 *
 * WAL, for readers never wait for who writes.  synchronous=NORMAL: a process
 * that dies loses nothing, a machine may lose its last seconds.  No mmap, for
 * a file that is cut short would then kill us.
 *
 * The log of WAL is brought home now and then, and that waits for the disk.  A
 * command does it itself; where mail is served a thread does, the keeper, so
 * that no mail has to wait.
 *
 * A connection belongs to one thread at a time; whoever finds none idle opens
 * one.  After an error that may be the connection's it is closed, and the next
 * one starts afresh.
 */

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "people/clue.h"
#include "people/store.h"

#define APPLICATION_ID 0x494e5649 /* "INVI" */

#define IDLE_MAX 8

/* A callback of the MTA's shall wait less than 100 ms, a command may. */
#define SERVE_WAIT_MS 80
#define WORK_WAIT_MS  (20 * 1000)
#define TURN_MS       5

/* After one could not open it, nobody else tries for so long. */
#define FAILED_FOR_US (100 * G_TIME_SPAN_MILLISECOND)

/*
 * Who reads may read the file that was in its place so lately, for to look costs
 * a tenth of a look-up; who writes may not, what is written would be lost.
 */
#define SEEN_FOR_US (10 * G_TIME_SPAN_MILLISECOND)

/*
 * Who waits asks this often, and who works gives way for longer each time it
 * kept others out for so long: a writer has no queue, and an import that went
 * on at once would be in again before anybody asked.
 */
#define ASK_AGAIN_US 1000
#define GIVE_WAY_US  2500
#define KEEP_OUT_US  10000

/*
 * So many pages of the log are brought home at once; and where it grows
 * nevertheless, for it begins anew only if nobody writes meanwhile, who writes
 * does it.
 */
#define LOG_PAGES     2000
#define LOG_PAGES_MAX 16000

/* People forgotten in one transaction, so that nobody else waits for long. */
#define EXPIRE_BATCH 50

/* Each brings the file from the version before; the last is what we read. */
static const char *const migrations[] = {
	"CREATE TABLE owner (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE) "
	"STRICT;"
	"CREATE TABLE identity ("
	" person INTEGER NOT NULL, clue INTEGER NOT NULL, value TEXT NOT NULL,"
	" owner INTEGER NOT NULL, look TEXT NOT NULL, shown TEXT, source INTEGER NOT "
	"NULL,"
	" first INTEGER NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL,"
	" PRIMARY KEY (person, clue, value)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX identity_clue ON identity (owner, clue);"
	"CREATE TABLE mark ("
	" owner INTEGER NOT NULL, mark TEXT NOT NULL, seen INTEGER NOT NULL,"
	" PRIMARY KEY (owner, mark)) STRICT, WITHOUT ROWID;",
	"CREATE TABLE bulk ("
	" inviter TEXT NOT NULL, owner INTEGER NOT NULL, fingerprint BLOB NOT NULL,"
	" seen INTEGER NOT NULL,"
	" PRIMARY KEY (inviter, owner, fingerprint)) STRICT, WITHOUT ROWID;",
};

typedef enum {
	SQL_BEGIN,
	SQL_COMMIT,
	SQL_FIND,
	SQL_PERSON,
	SQL_PERSONS,
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
	SQL_STALE,
	SQL_LAST
} Sql;

static const char *const statements[SQL_LAST] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_FIND] = "SELECT person, look, value, source, first, last"
		     " FROM identity INDEXED BY identity_clue"
		     " WHERE owner = ?1 AND clue = ?2 AND look = ?3",
	[SQL_PERSON] = "SELECT person, look, value, shown, source, first, last, count"
		       " FROM identity WHERE person = ?1 AND owner ="
		       " (SELECT id FROM owner WHERE address = ?2)",
	[SQL_PERSONS] = "SELECT DISTINCT person FROM identity INDEXED BY identity_clue"
			" WHERE owner = (SELECT id FROM owner WHERE address = ?1)"
			" ORDER BY person",
	[SQL_NEXT_PERSON] = "SELECT coalesce(max(person), 0) + 1 FROM identity",
	[SQL_OWNER] = "SELECT id FROM owner WHERE address = ?1",
	[SQL_ADD_OWNER] = "INSERT INTO owner (address) VALUES (?1)",
	[SQL_OWNERS] = "SELECT address FROM owner",
	[SQL_RENEW] = "UPDATE identity SET source = iif(?4 < first, ?5, source),"
		      " first = min(first, ?4), last = max(last, ?4), count = count + 1"
		      " WHERE person = ?1 AND clue = ?2 AND value = ?3"
		      " AND (last < ?4 OR first > ?4)",
	[SQL_ADD] =
	    "INSERT OR IGNORE INTO identity"
	    " (person, clue, value, first, last, source, owner, look, shown, count)"
	    " SELECT ?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, 1"
	    " WHERE (SELECT count(*) FROM identity WHERE person = ?1) < ?9",
	[SQL_COUNT] = "SELECT count(*) FROM identity WHERE person = ?1",
	[SQL_COPY] =
	    "INSERT INTO identity AS i"
	    " (person, clue, value, owner, look, shown, source, first, last, count)"
	    " SELECT ?2, clue, value, owner, look, shown, source, first, last, count"
	    " FROM identity WHERE person = ?1 AND owner ="
	    " (SELECT id FROM owner WHERE address = ?3)"
	    " ON CONFLICT DO UPDATE SET"
	    " source = iif(excluded.first < i.first, excluded.source, i.source),"
	    " first = min(i.first, excluded.first),"
	    " last = max(i.last, excluded.last), count = i.count + excluded.count",
	[SQL_DROP] = "DELETE FROM identity WHERE person = ?1 AND owner ="
		     " (SELECT id FROM owner WHERE address = ?2)",
	[SQL_MARK] =
	    "INSERT OR REPLACE INTO mark (owner, mark, seen) VALUES (?1, ?2, ?3)",
	[SQL_MARKED] = "SELECT 1 FROM mark WHERE owner = ?1 AND mark = ?2 AND seen >= ?3",
	[SQL_DROP_MARKS] = "DELETE FROM mark WHERE seen < ?1",
	[SQL_NOTE] = "INSERT INTO bulk (inviter, owner, fingerprint, seen)"
		     " SELECT ?1, ?2, ?3, ?4"
		     " WHERE (SELECT count(*) FROM bulk WHERE inviter = ?1) < ?6"
		     " ON CONFLICT DO UPDATE SET seen = excluded.seen WHERE seen < ?5",
	[SQL_NOTES] = "SELECT owner, fingerprint, seen FROM bulk"
		      " WHERE inviter = ?1 AND seen >= ?2 AND owner IS NOT"
		      " (SELECT id FROM owner WHERE address = ?3) ORDER BY owner",
	[SQL_DROP_NOTES] = "DELETE FROM bulk WHERE seen < ?1",
	[SQL_STALE] = "SELECT person FROM identity WHERE person IN"
		      " (SELECT DISTINCT person FROM identity INDEXED BY identity_clue"
		      "  WHERE owner = (SELECT id FROM owner WHERE address = ?1))"
		      " GROUP BY person HAVING max(last) < ?2",
};

/*
 * Hits come in the order of these, and where there are too many, of a name that
 * many have, it is names that are left out.
 */
static const char letters[IDENTITY_LAST] = {
	[IDENTITY_ADDRESS] = 'a',
	[IDENTITY_COMPANY] = 'c',
	[IDENTITY_PROFILE] = 'p',
	[IDENTITY_NAME] = 's', /* a shape */
};

typedef struct {
	sqlite3 *db;
	sqlite3_stmt *prepared[SQL_LAST];
	gint64 wait_most;  /* microseconds */
	gint64 wait_start; /* of the wait in which it is */
	gint64 kept_out;   /* microseconds for which nobody else could write */
	bool is_doubtful;  /* an error was seen that may be the connection's */
	gint64 looked;     /* when the file was last seen in its place, monotonic */
} Connection;

struct Store {
	gatomicrefcount count;
	char *path;
	StoreMode mode;
	/* Held by who brings the log home, for SQLite makes no second one wait; before lock. */
	pthread_mutex_t home_lock;
	pthread_mutex_t turn;    /* of who works, and changes something */
	pthread_mutex_t opening; /* taken before lock; of the next two */
	GError *trouble;         /* of the last one who opened, or NULL */
	gint64 failed;           /* when that was */
	pthread_mutex_t lock;
	Connection *idle[IDLE_MAX]; /* under lock, as all that follows */
	size_t idle_count;
	pthread_cond_t wakes; /* the keeper */
	pthread_t keeper;
	bool has_keeper;
	bool is_long;   /* the log is */
	int pages_home; /* of it, and need not be brought again */
	bool ends;
};

struct StoreWriter {
	Connection *connection;
	const char *path;
	char *owner; /* whose id it is */
	gint64 owner_id;
	gint64 newcomer; /* a person of whom nothing is there yet, or 0 */
};

G_DEFINE_QUARK(store_error, store_error)

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
	  "make its folder, writable for the daemon's user" },
	{ SQLITE_PERM, STORE_ERROR_MISSING, "give it to the daemon's user" },
	{ SQLITE_READONLY, STORE_ERROR_MISSING,
	  "give it and its folder to the daemon's user" },
	{ SQLITE_IOERR, STORE_ERROR_SYSTEM, "look at the disk" },
};

/* Returns false. */
static bool
fail(const char *path, Connection *connection, int code, GError **error)
{
	sqlite3 *db = connection != NULL ? connection->db : NULL;
	const char *why = db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(code);
	StoreError kind = STORE_ERROR_SYSTEM;
	const char *remedy = "see the SQLite documentation";

	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
		if (faults[i].code == (code & 0xff)) {
			kind = faults[i].error;
			remedy = faults[i].remedy;
		}
	if (connection != NULL)
		connection->is_doubtful |= kind != STORE_ERROR_BUSY;
	g_set_error(error, STORE_ERROR, kind, "%s: %s: %s", path, why, remedy);

	return false;
}

static void
connection_free(Connection *connection)
{
	if (connection == NULL)
		return;

	for (size_t i = 0; i < SQL_LAST; i++)
		sqlite3_finalize(connection->prepared[i]);
	sqlite3_close(connection->db);
	g_free(connection);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Connection, connection_free)

static const char *
path_of(const char *place)
{
	return g_str_has_prefix(place, "sqlite:") ? place + strlen("sqlite:") : place;
}

Store *
store_new(const char *place, StoreMode mode)
{
	Store *store = g_new0(Store, 1);

	g_atomic_ref_count_init(&store->count);
	store->path = g_strdup(path_of(place));
	store->mode = mode;
	pthread_mutex_init(&store->home_lock, NULL);
	pthread_mutex_init(&store->turn, NULL);
	pthread_mutex_init(&store->opening, NULL);
	pthread_mutex_init(&store->lock, NULL);
	pthread_cond_init(&store->wakes, NULL);

	return store;
}

Store *
store_ref(Store *store)
{
	g_atomic_ref_count_inc(&store->count);

	return store;
}

static void
end_keeper(Store *store)
{
	pthread_mutex_lock(&store->lock);
	store->ends = true;
	pthread_cond_signal(&store->wakes);
	pthread_mutex_unlock(&store->lock);
	if (store->has_keeper)
		pthread_join(store->keeper, NULL);
}

void
store_unref(Store *store)
{
	if (store == NULL || !g_atomic_ref_count_dec(&store->count))
		return;

	end_keeper(store);
	for (size_t i = 0; i < store->idle_count; i++)
		connection_free(store->idle[i]);
	pthread_cond_destroy(&store->wakes);
	pthread_mutex_destroy(&store->lock);
	pthread_mutex_destroy(&store->home_lock);
	pthread_mutex_destroy(&store->opening);
	pthread_mutex_destroy(&store->turn);
	g_clear_error(&store->trouble);
	g_free(store->path);
	g_free(store);
}

static bool
get_number(Connection *connection, const char *path, const char *sql, int *number_out,
	   GError **error)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(connection->db, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*number_out = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);

	return code == SQLITE_ROW || fail(path, connection, code, error);
}

static bool
run_text(Connection *connection, const char *path, const char *sql, GError **error)
{
	int code = sqlite3_exec(connection->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || fail(path, connection, code, error);
}

/* Nobody may take a database of something else's for ours, nor a later one. */
static bool
check_version(Connection *connection, const char *path, int *version_out, GError **error)
{
	int application, version, tables;

	/* All of one moment, for somebody else may be making it. */
	if (!run_text(connection, path, "SAVEPOINT version", error) ||
	    !get_number(connection, path, "PRAGMA application_id", &application, error) ||
	    !get_number(connection, path, "PRAGMA user_version", &version, error) ||
	    !get_number(connection, path, "SELECT count(*) FROM sqlite_schema", &tables,
			error) ||
	    !run_text(connection, path, "RELEASE version", error))
		return false;
	if (application != APPLICATION_ID && (application != 0 || tables > 0)) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN,
			    "%s: a database of another program; name another file in "
			    "[people] store",
			    path);
		return false;
	}
	if (version > (int)G_N_ELEMENTS(migrations)) {
		g_set_error(
		    error, STORE_ERROR, STORE_ERROR_NEWER,
		    "%s: written by a later version of invite-milter (schema %d, "
		    "known up to %zu); install that version, or name another file",
		    path, version, G_N_ELEMENTS(migrations));
		return false;
	}
	*version_out = version;

	return true;
}

static bool
migrate(Connection *connection, const char *path, GError **error)
{
	int version;

	if (!check_version(connection, path, &version, error))
		return false;
	if (version == (int)G_N_ELEMENTS(migrations))
		return true;
	/* Two that come at once: the second finds it done. */
	if (!run_text(connection, path, "BEGIN IMMEDIATE", error) ||
	    !check_version(connection, path, &version, error))
		return false;
	for (; version < (int)G_N_ELEMENTS(migrations); version++) {
		g_autofree char *number = g_strdup_printf(
		    "PRAGMA user_version = %d; PRAGMA application_id = %d", version + 1,
		    APPLICATION_ID);

		if (!run_text(connection, path, migrations[version], error) ||
		    !run_text(connection, path, number, error))
			return false;
	}

	return run_text(connection, path, "COMMIT", error);
}

/* Of nobody else's to read; made by root, it is the folder's owner's. */
static void
make_file(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	struct stat info;
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return;
	if (geteuid() == 0 && stat(folder, &info) == 0 &&
	    fchown(fd, info.st_uid, info.st_gid) != 0)
		unlink(path);
	close(fd);
}

/* SQLite's own handler asks ever less often. */
static int
waits_on(void *context, int asked)
{
	Connection *connection = context;
	gint64 now = g_get_monotonic_time();

	if (asked == 0)
		connection->wait_start = now;
	if (now - connection->wait_start >= connection->wait_most)
		return 0;
	g_usleep(ASK_AGAIN_US);

	return 1;
}

/* Microseconds. */
static gint64
wait_of(const Store *store)
{
	return (store->mode == STORE_WORK ? WORK_WAIT_MS : SERVE_WAIT_MS) *
	       G_TIME_SPAN_MILLISECOND;
}

static void
roll_back(Connection *connection)
{
	if (sqlite3_get_autocommit(connection->db) == 0)
		sqlite3_exec(connection->db, "ROLLBACK", NULL, NULL, NULL);
}

static bool
set_up(Connection *connection, const char *path, GError **error)
{
	if (migrate(connection, path, error) &&
	    run_text(connection, path,
		     "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
		     "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;",
		     error))
		return true;
	roll_back(connection);

	return false;
}

/* Who changes to WAL at once with somebody else is not made to wait, but told it is busy. */
static bool
set_up_in_turn(Connection *connection, const Store *store, GError **error)
{
	gint64 end = g_get_monotonic_time() + wait_of(store);

	for (;;) {
		g_autoptr(GError) trouble = NULL;

		if (set_up(connection, store->path, &trouble))
			return true;
		if (!g_error_matches(trouble, STORE_ERROR, STORE_ERROR_BUSY) ||
		    g_get_monotonic_time() >= end) {
			g_propagate_error(error, g_steal_pointer(&trouble));
			return false;
		}
		g_usleep(TURN_MS * G_TIME_SPAN_MILLISECOND);
	}
}

static int note_length(void *context, sqlite3 *db, const char *name, int pages);

static Connection *
connection_new(Store *store, GError **error)
{
	g_autoptr(Connection) connection = g_new0(Connection, 1);
	int code;

	if (store->mode != STORE_READ)
		make_file(store->path);
	code = sqlite3_open_v2(store->path, &connection->db,
			       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (code != SQLITE_OK) {
		fail(store->path, connection, code, error);
		return NULL;
	}
	sqlite3_extended_result_codes(connection->db, 1);
	connection->wait_most = wait_of(store);
	sqlite3_busy_handler(connection->db, waits_on, connection);
	sqlite3_wal_autocheckpoint(connection->db, LOG_PAGES);
	if (!set_up_in_turn(connection, store, error))
		return NULL;
	/* Not before: it takes the lock, which whoever opens a connection holds. */
	if (store->mode == STORE_SERVE)
		sqlite3_wal_hook(connection->db, note_length, store);

	return g_steal_pointer(&connection);
}

static Connection *
pop_idle(Store *store)
{
	Connection *connection;

	pthread_mutex_lock(&store->lock);
	connection = store->idle_count > 0 ? store->idle[--store->idle_count] : NULL;
	pthread_mutex_unlock(&store->lock);

	return connection;
}

/* Was the file removed, or another one put in its place?  SQLite makes one stat() of it. */
static bool
has_moved(Connection *connection, gint64 trusted)
{
	gint64 now = g_get_monotonic_time();
	int has_moved = 0;

	if (now < connection->looked + trusted)
		return false;
	connection->looked = now;

	return sqlite3_file_control(connection->db, "main", SQLITE_FCNTL_HAS_MOVED,
				    &has_moved) == SQLITE_OK &&
	       has_moved != 0;
}

/* One that nobody has, or NULL; trusted: its file was seen within so many us. */
static Connection *
idle_connection(Store *store, gint64 trusted)
{
	Connection *connection;

	while ((connection = pop_idle(store)) != NULL && has_moved(connection, trusted))
		connection_free(connection);

	return connection;
}

/*
 * One after the other: of two that make the file at once, one would find it
 * busy.  Where it cannot be opened, they do not try one after the other: who
 * asked before the last one failed is told the same.
 */
static Connection *
open_connection(Store *store, gint64 asked, GError **error)
{
	g_autoptr(GError) trouble = NULL;
	Connection *connection;

	if (store->trouble != NULL && asked < store->failed + FAILED_FOR_US) {
		g_propagate_error(error, g_error_copy(store->trouble));
		return NULL;
	}
	connection = connection_new(store, &trouble);
	g_clear_error(&store->trouble);
	if (connection == NULL) {
		store->trouble = g_error_copy(trouble);
		store->failed = g_get_monotonic_time();
		g_propagate_error(error, g_steal_pointer(&trouble));
	}

	return connection;
}

static Connection *
take_seen(Store *store, gint64 trusted, GError **error)
{
	Connection *connection = idle_connection(store, trusted);
	gint64 asked;

	if (connection != NULL)
		return connection;
	asked = g_get_monotonic_time();
	pthread_mutex_lock(&store->opening);
	connection = idle_connection(store, trusted);
	if (connection == NULL)
		connection = open_connection(store, asked, error);
	pthread_mutex_unlock(&store->opening);

	return connection;
}

static Connection *
take_connection(Store *store, GError **error)
{
	return take_seen(store, 0, error);
}

static Connection *
take_reader(Store *store, GError **error)
{
	return take_seen(store, SEEN_FOR_US, error);
}

static void
give_back(Store *store, Connection *connection)
{
	if (!connection->is_doubtful) {
		pthread_mutex_lock(&store->lock);
		if (store->idle_count < IDLE_MAX)
			store->idle[store->idle_count++] = g_steal_pointer(&connection);
		pthread_mutex_unlock(&store->lock);
	}
	connection_free(connection);
}

/* Where it cannot be now, it is tried again after the next change. */
static void
bring_home(Store *store)
{
	Connection *connection = take_connection(store, NULL);
	int code, home = 0;

	if (connection == NULL)
		return;
	code = sqlite3_wal_checkpoint_v2(connection->db, NULL, SQLITE_CHECKPOINT_PASSIVE,
					 NULL, &home);
	connection->is_doubtful |= code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY;
	give_back(store, connection);
	pthread_mutex_lock(&store->lock);
	store->pages_home = MAX(home, 0);
	pthread_mutex_unlock(&store->lock);
}

static void *
keep_log(void *context)
{
	Store *store = context;

	pthread_mutex_lock(&store->lock);
	while (!store->ends) {
		if (!store->is_long) {
			pthread_cond_wait(&store->wakes, &store->lock);
			continue;
		}
		store->is_long = false;
		pthread_mutex_unlock(&store->lock);
		pthread_mutex_lock(&store->home_lock);
		bring_home(store);
		pthread_mutex_unlock(&store->home_lock);
		pthread_mutex_lock(&store->lock);
	}
	pthread_mutex_unlock(&store->lock);

	return NULL;
}

/* Signals are for the threads that were there before it. */
static bool
start_keeper(Store *store)
{
	sigset_t all, old;
	bool is_started;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	is_started = pthread_create(&store->keeper, NULL, keep_log, store) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);

	return is_started;
}

/* True where there is none to be had, or it cannot keep pace. */
static bool
is_beyond_keeper(Store *store, int pages)
{
	bool has_keeper;

	pthread_mutex_lock(&store->lock);
	if (pages < store->pages_home)
		store->pages_home = 0;
	if (pages - store->pages_home >= LOG_PAGES && !store->has_keeper)
		store->has_keeper = start_keeper(store);
	store->is_long |= pages - store->pages_home >= LOG_PAGES;
	if (store->is_long)
		pthread_cond_signal(&store->wakes);
	has_keeper = store->has_keeper;
	pthread_mutex_unlock(&store->lock);

	return !has_keeper || pages >= LOG_PAGES_MAX;
}

/* SQLite tells after each change how long the log is. */
static int
note_length(void *context, sqlite3 *db, const char *name, int pages)
{
	if (pages >= LOG_PAGES && is_beyond_keeper(context, pages))
		sqlite3_wal_checkpoint(db, name);

	return SQLITE_OK;
}

bool
store_open(Store *store, GError **error)
{
	Connection *connection = take_connection(store, error);

	if (connection == NULL)
		return false;
	give_back(store, connection);

	return true;
}

/* Nothing was learnt yet, and who only reads makes no file. */
static bool
is_empty(const Store *store)
{
	return store->mode == STORE_READ && access(store->path, F_OK) != 0 &&
	       errno == ENOENT;
}

bool
store_check(Store *store, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(store->path);
	g_autoptr(Connection) connection = g_new0(Connection, 1);
	int code, version;

	if (access(store->path, F_OK) != 0 && errno == ENOENT) {
		if (access(folder, W_OK | X_OK) == 0)
			return true;
		g_set_error(error, STORE_ERROR, STORE_ERROR_MISSING,
			    "%s: %s; make it: install -d -o invite-milter -m 700 %s",
			    folder, g_strerror(errno), folder);
		return false;
	}
	code = sqlite3_open_v2(store->path, &connection->db, SQLITE_OPEN_READWRITE, NULL);
	if (code != SQLITE_OK)
		return fail(store->path, connection, code, error);

	return check_version(connection, store->path, &version, error);
}

bool
store_is_ours(const Store *store)
{
	g_autofree char *folder = g_path_get_dirname(store->path);
	struct stat info;

	if (geteuid() == 0)
		return true;

	return (stat(store->path, &info) == 0 || stat(folder, &info) == 0) &&
	       info.st_uid == geteuid();
}

/* The statement, ready to be bound; NULL with error set where it cannot be. */
static sqlite3_stmt *
prepared(Connection *connection, const char *path, Sql sql, GError **error)
{
	sqlite3_stmt **statement = &connection->prepared[sql];
	int code;

	if (*statement == NULL) {
		code = sqlite3_prepare_v3(connection->db, statements[sql], -1,
					  SQLITE_PREPARE_PERSISTENT, statement, NULL);
		if (code != SQLITE_OK) {
			fail(path, connection, code, error);
			return NULL;
		}
	}

	return *statement;
}

/* Texts live until the statement is reset, so they are not copied. */
static void
bind_text(sqlite3_stmt *statement, int place, const char *text)
{
	if (text != NULL)
		sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
	else
		sqlite3_bind_null(statement, place);
}

/* End a statement whose last step gave this code; nothing it was bound to stays. */
static bool
finish(Connection *connection, const char *path, sqlite3_stmt *statement, int code,
       GError **error)
{
	bool is_well = code == SQLITE_DONE || code == SQLITE_ROW ||
		       fail(path, connection, code, error);

	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);

	return is_well;
}

static bool
run(Connection *connection, const char *path, Sql sql, GError **error)
{
	sqlite3_stmt *statement = prepared(connection, path, sql, error);

	return statement != NULL &&
	       finish(connection, path, statement, sqlite3_step(statement), error);
}

char *
store_clue(IdentityKind kind, const char *look)
{
	size_t size = look != NULL ? strlen(look) + 1 : 0;
	char *clue = NULL;

	if (look != NULL) {
		clue = g_malloc(size + 1);
		clue[0] = letters[kind];
		memcpy(clue + 1, look, size);
	}

	return clue;
}

static IdentityKind
kind_of_letter(char letter)
{
	const char *at = memchr(letters, letter, sizeof(letters));

	return at != NULL ? (IdentityKind)(at - letters) : IDENTITY_LAST;
}

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
hit_clear(gpointer data)
{
	StoreHit *hit = data;

	g_free(hit->look);
	g_free(hit->value);
}

static void
add_hit(GArray *hits, sqlite3_stmt *statement)
{
	const char *look = (const char *)sqlite3_column_text(statement, 1);
	StoreHit hit = {
		.person = sqlite3_column_int64(statement, 0),
		.kind = kind_of_letter(look != NULL ? look[0] : '\0'),
		.source = column_source(statement, 3),
		.first = sqlite3_column_int64(statement, 4),
		.last = sqlite3_column_int64(statement, 5),
	};

	if (hit.kind == IDENTITY_LAST)
		return;
	hit.look = g_strdup(look + 1);
	hit.value = column_text(statement, 2);
	g_array_append_val(hits, hit);
}

/*
 * The owner's number, 0 where it has none.  The statement stays where it is
 * until finish(), and with it the transaction of whatever is read meanwhile.
 */
static bool
get_owner(Connection *connection, const char *path, sqlite3_stmt *statement,
	  const char *owner, gint64 *id_out, GError **error)
{
	int code;

	bind_text(statement, 1, owner);
	code = sqlite3_step(statement);
	*id_out = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;

	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       finish(connection, path, statement, code, error);
}

static bool
find_clue(Connection *connection, const char *path, gint64 owner, const char *clue,
	  GArray *hits, GError **error)
{
	sqlite3_stmt *statement = prepared(connection, path, SQL_FIND, error);
	int code = SQLITE_DONE;

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, owner);
	sqlite3_bind_int64(statement, 2, clue_number(clue));
	bind_text(statement, 3, clue);
	while (hits->len < STORE_MAX_HITS &&
	       (code = sqlite3_step(statement)) == SQLITE_ROW)
		add_hit(hits, statement);

	return finish(connection, path, statement, code, error);
}

static bool
find_clues(Connection *connection, const char *path, gint64 owner,
	   const char *const *clues, size_t count, GArray *hits, GError **error)
{
	for (size_t i = 0; i < count; i++)
		if (clues[i] != NULL &&
		    !find_clue(connection, path, owner, clues[i], hits, error))
			return false;

	return true;
}

static GArray *
hits_new(void)
{
	GArray *hits = g_array_new(FALSE, FALSE, sizeof(StoreHit));

	g_array_set_clear_func(hits, hit_clear);

	return hits;
}

static bool
find(Connection *connection, const char *path, const char *owner,
     const char *const *clues, size_t count, GArray **hits_out, GError **error)
{
	sqlite3_stmt *statement = prepared(connection, path, SQL_OWNER, error);
	g_autoptr(GArray) hits = hits_new();
	gint64 id;
	bool is_well;

	g_assert(count <= STORE_MAX_CLUES);
	if (statement == NULL ||
	    !get_owner(connection, path, statement, owner, &id, error))
		return false;
	is_well = id == 0 || find_clues(connection, path, id, clues, count, hits, error);
	finish(connection, path, statement, SQLITE_DONE, NULL);
	if (is_well)
		*hits_out = g_steal_pointer(&hits);

	return is_well;
}

static void
identity_clear(gpointer data)
{
	Identity *identity = data;

	g_free(identity->look);
	g_free(identity->value);
	g_free(identity->shown);
}

static void
add_identity(StorePerson *person, sqlite3_stmt *statement)
{
	const char *look = (const char *)sqlite3_column_text(statement, 1);
	Identity identity = {
		.kind = kind_of_letter(look != NULL ? look[0] : '\0'),
		.source = column_source(statement, 4),
		.first = sqlite3_column_int64(statement, 5),
		.last = sqlite3_column_int64(statement, 6),
		.count = sqlite3_column_int64(statement, 7),
	};

	if (identity.kind == IDENTITY_LAST)
		return;
	identity.look = g_strdup(look + 1);
	identity.value = column_text(statement, 2);
	identity.shown = column_text(statement, 3);
	g_array_append_val(person->identities, identity);
}

static gint
by_kind(gconstpointer a, gconstpointer b)
{
	const Identity *one = a, *other = b;

	return one->kind != other->kind ? (gint)one->kind - (gint)other->kind
					: strcmp(one->look, other->look);
}

static bool
find_person(Connection *connection, const char *path, const char *owner, gint64 id,
	    StorePerson **person_out, GError **error)
{
	sqlite3_stmt *statement = prepared(connection, path, SQL_PERSON, error);
	g_autoptr(StorePerson) person = g_new0(StorePerson, 1);
	int code;

	person->id = id;
	person->identities = g_array_new(FALSE, FALSE, sizeof(Identity));
	g_array_set_clear_func(person->identities, identity_clear);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, id);
	bind_text(statement, 2, owner);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		add_identity(person, statement);
	if (!finish(connection, path, statement, code, error))
		return false;
	g_array_sort(person->identities, by_kind);
	*person_out = person->identities->len > 0 ? g_steal_pointer(&person) : NULL;

	return true;
}

void
store_person_free(StorePerson *person)
{
	if (person == NULL)
		return;

	g_clear_pointer(&person->identities, g_array_unref);
	g_free(person);
}

const Identity *
store_person_newest(const StorePerson *person, IdentityKind kind)
{
	const Identity *newest = NULL;

	for (size_t i = 0; i < person->identities->len; i++) {
		const Identity *identity =
		    &g_array_index(person->identities, Identity, i);

		if (identity->kind == kind && identity->shown[0] != '\0' &&
		    (newest == NULL || identity->last > newest->last))
			newest = identity;
	}

	return newest;
}

bool
store_find(Store *store, const char *owner, const char *const *clues, size_t count,
	   GArray **hits_out, GError **error)
{
	Connection *connection;
	bool is_well;

	if (is_empty(store)) {
		*hits_out = hits_new();
		return true;
	}
	connection = take_reader(store, error);
	if (connection == NULL)
		return false;
	is_well = find(connection, store->path, owner, clues, count, hits_out, error);
	give_back(store, connection);

	return is_well;
}

bool
store_person(Store *store, const char *owner, gint64 id, StorePerson **person_out,
	     GError **error)
{
	Connection *connection = take_reader(store, error);
	bool is_well;

	if (connection == NULL)
		return false;
	is_well = find_person(connection, store->path, owner, id, person_out, error);
	give_back(store, connection);

	return is_well;
}

/* The numbers that a statement with an owner in it gives. */
static bool
find_ids(Connection *connection, const char *path, Sql sql, const char *owner,
	 gint64 since, GArray **ids_out, GError **error)
{
	sqlite3_stmt *statement = prepared(connection, path, sql, error);
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	int code;

	if (statement == NULL)
		return false;
	bind_text(statement, 1, owner);
	if (sqlite3_bind_parameter_count(statement) > 1)
		sqlite3_bind_int64(statement, 2, since);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		gint64 id = sqlite3_column_int64(statement, 0);

		g_array_append_val(ids, id);
	}
	if (!finish(connection, path, statement, code, error))
		return false;
	*ids_out = g_steal_pointer(&ids);

	return true;
}

static bool
each(Connection *connection, const char *path, const char *owner, StoreTake *take,
     void *context, GError **error)
{
	g_autoptr(GArray) ids = NULL;

	if (!find_ids(connection, path, SQL_PERSONS, owner, 0, &ids, error))
		return false;
	for (size_t i = 0; i < ids->len; i++) {
		g_autoptr(StorePerson) person = NULL;

		if (!find_person(connection, path, owner, g_array_index(ids, gint64, i),
				 &person, error))
			return false;
		if (person != NULL && !take(context, person))
			break;
	}

	return true;
}

bool
store_each(Store *store, const char *owner, StoreTake *take, void *context,
	   GError **error)
{
	Connection *connection;
	bool is_well;

	if (is_empty(store))
		return true;
	connection = take_connection(store, error);
	if (connection == NULL)
		return false;
	is_well = each(connection, store->path, owner, take, context, error);
	give_back(store, connection);

	return is_well;
}

static bool
change_by(Connection *connection, const char *path, StoreWork *work, void *context,
	  GError **error)
{
	StoreWriter writer = { .connection = connection, .path = path };
	gint64 start;
	bool is_well;

	if (!run(connection, path, SQL_BEGIN, error))
		return false;
	start = g_get_monotonic_time();
	is_well =
	    work(&writer, context, error) && run(connection, path, SQL_COMMIT, error);
	if (!is_well)
		roll_back(connection);
	connection->kept_out += g_get_monotonic_time() - start;
	g_free(writer.owner);

	return is_well;
}

static bool
change(Store *store, StoreWork *work, void *context, GError **error)
{
	Connection *connection = take_connection(store, error);
	bool is_well, gives_way;

	if (connection == NULL)
		return false;
	is_well = change_by(connection, store->path, work, context, error);
	gives_way = store->mode == STORE_WORK && connection->kept_out >= KEEP_OUT_US;
	if (gives_way)
		connection->kept_out = 0;
	give_back(store, connection);
	if (gives_way)
		g_usleep(GIVE_WAY_US);

	return is_well;
}

/* Threads that work do it one after the other, or together they would give way to nobody. */
bool
store_change(Store *store, StoreWork *work, void *context, GError **error)
{
	bool is_well;

	if (store->mode != STORE_WORK)
		return change(store, work, context, error);
	pthread_mutex_lock(&store->turn);
	is_well = change(store, work, context, error);
	pthread_mutex_unlock(&store->turn);

	return is_well;
}

static bool
add_owner(StoreWriter *writer, const char *owner, GError **error)
{
	Connection *connection = writer->connection;
	sqlite3_stmt *statement =
	    prepared(connection, writer->path, SQL_ADD_OWNER, error);

	if (statement == NULL)
		return false;
	bind_text(statement, 1, owner);
	if (!finish(connection, writer->path, statement, sqlite3_step(statement), error))
		return false;
	writer->owner_id = sqlite3_last_insert_rowid(connection->db);

	return true;
}

/* Keep the number of the owner that the writer is at; 0: it has none. */
static bool
find_owner(StoreWriter *writer, const char *owner, GError **error)
{
	Connection *connection = writer->connection;
	sqlite3_stmt *statement;

	if (g_strcmp0(writer->owner, owner) == 0)
		return true;
	statement = prepared(connection, writer->path, SQL_OWNER, error);
	if (statement == NULL || !get_owner(connection, writer->path, statement, owner,
					    &writer->owner_id, error))
		return false;
	g_free(writer->owner);
	writer->owner = g_strdup(owner);

	return finish(connection, writer->path, statement, SQLITE_DONE, error);
}

/* The same, and give it one where it has none. */
static bool
need_owner(StoreWriter *writer, const char *owner, GError **error)
{
	return find_owner(writer, owner, error) &&
	       (writer->owner_id != 0 || add_owner(writer, owner, error));
}

bool
writer_find(StoreWriter *writer, const char *owner, const char *const *clues,
	    size_t count, GArray **hits_out, GError **error)
{
	g_autoptr(GArray) hits = hits_new();

	g_assert(count <= STORE_MAX_CLUES);
	if (!find_owner(writer, owner, error) ||
	    (writer->owner_id != 0 &&
	     !find_clues(writer->connection, writer->path, writer->owner_id, clues, count,
			 hits, error)))
		return false;
	*hits_out = g_steal_pointer(&hits);

	return true;
}

bool
writer_person(StoreWriter *writer, const char *owner, gint64 id, StorePerson **person_out,
	      GError **error)
{
	return find_person(writer->connection, writer->path, owner, id, person_out,
			   error);
}

bool
writer_new_person(StoreWriter *writer, gint64 *id_out, GError **error)
{
	sqlite3_stmt *statement =
	    prepared(writer->connection, writer->path, SQL_NEXT_PERSON, error);
	int code;

	if (statement == NULL)
		return false;
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*id_out = writer->newcomer = sqlite3_column_int64(statement, 0);

	return finish(writer->connection, writer->path, statement, code, error);
}

/* One change of an identity; *has_changed_out: was there a row to change? */
static bool
change_identity(StoreWriter *writer, Sql sql, gint64 person, const char *clue,
		const Identity *identity, gint64 when, bool *has_changed_out,
		GError **error)
{
	sqlite3_stmt *statement = prepared(writer->connection, writer->path, sql, error);

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, person);
	sqlite3_bind_int64(statement, 2, clue_number(clue));
	bind_text(statement, 3, identity->value);
	sqlite3_bind_int64(statement, 4, when);
	sqlite3_bind_int(statement, 5, (int)identity->source);
	if (sql == SQL_ADD) {
		sqlite3_bind_int64(statement, 6, writer->owner_id);
		bind_text(statement, 7, clue);
		bind_text(statement, 8, identity->shown);
		sqlite3_bind_int64(statement, 9, STORE_MAX_IDENTITIES);
	}
	if (!finish(writer->connection, writer->path, statement, sqlite3_step(statement),
		    error))
		return false;
	*has_changed_out = sqlite3_changes(writer->connection->db) > 0;

	return true;
}

bool
writer_put(StoreWriter *writer, const char *owner, gint64 person,
	   const Identity *identity, gint64 seen, gint64 now, Put *put_out,
	   GError **error)
{
	g_autofree char *clue = store_clue(identity->kind, identity->look);
	bool is_renewed = false, is_added = false;

	if (!need_owner(writer, owner, error) ||
	    (seen != 0 && person != writer->newcomer &&
	     !change_identity(writer, SQL_RENEW, person, clue, identity, seen,
			      &is_renewed, error)))
		return false;
	if (!is_renewed && !change_identity(writer, SQL_ADD, person, clue, identity,
					    seen != 0 ? seen : now, &is_added, error))
		return false;
	*put_out = is_added ? PUT_ADDED : is_renewed ? PUT_RENEWED : PUT_SAME;

	return true;
}

static bool
drop(StoreWriter *writer, gint64 person, const char *owner, GError **error)
{
	sqlite3_stmt *statement =
	    prepared(writer->connection, writer->path, SQL_DROP, error);

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, person);
	bind_text(statement, 2, owner);

	return finish(writer->connection, writer->path, statement,
		      sqlite3_step(statement), error);
}

static bool
count_identities(StoreWriter *writer, gint64 person, gint64 *count_out, GError **error)
{
	sqlite3_stmt *statement =
	    prepared(writer->connection, writer->path, SQL_COUNT, error);
	int code;

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, person);
	code = sqlite3_step(statement);
	*count_out = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;

	return finish(writer->connection, writer->path, statement, code, error);
}

bool
writer_merge(StoreWriter *writer, const char *owner, gint64 from, gint64 into,
	     GError **error)
{
	sqlite3_stmt *statement =
	    prepared(writer->connection, writer->path, SQL_COPY, error);
	gint64 one, other;

	if (statement == NULL || !count_identities(writer, from, &one, error) ||
	    !count_identities(writer, into, &other, error))
		return false;
	if (one + other > STORE_MAX_IDENTITIES)
		return true;
	sqlite3_bind_int64(statement, 1, from);
	sqlite3_bind_int64(statement, 2, into);
	bind_text(statement, 3, owner);

	return finish(writer->connection, writer->path, statement,
		      sqlite3_step(statement), error) &&
	       drop(writer, from, owner, error);
}

bool
writer_forget(StoreWriter *writer, const char *owner, gint64 person, GError **error)
{
	return drop(writer, person, owner, error);
}

static bool
find_mark(StoreWriter *writer, const char *mark, gint64 since, bool *is_there_out,
	  GError **error)
{
	sqlite3_stmt *statement =
	    prepared(writer->connection, writer->path, SQL_MARKED, error);
	int code;

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	bind_text(statement, 2, mark);
	sqlite3_bind_int64(statement, 3, since);
	code = sqlite3_step(statement);
	*is_there_out = code == SQLITE_ROW;

	return finish(writer->connection, writer->path, statement, code, error);
}

bool
writer_marked(StoreWriter *writer, const char *owner, const char *const *marks,
	      size_t count, gint64 since, bool *any_out, GError **error)
{
	bool any = false;

	if (!find_owner(writer, owner, error))
		return false;
	for (size_t i = 0; !any && writer->owner_id != 0 && i < count; i++)
		if (marks[i] != NULL && !find_mark(writer, marks[i], since, &any, error))
			return false;
	*any_out = any;

	return true;
}

bool
writer_mark(StoreWriter *writer, const char *owner, const char *mark, gint64 now,
	    GError **error)
{
	sqlite3_stmt *statement =
	    prepared(writer->connection, writer->path, SQL_MARK, error);

	if (statement == NULL || !need_owner(writer, owner, error))
		return false;
	sqlite3_bind_int64(statement, 1, writer->owner_id);
	bind_text(statement, 2, mark);
	sqlite3_bind_int64(statement, 3, now);

	return finish(writer->connection, writer->path, statement,
		      sqlite3_step(statement), error);
}

/* The bytes of one, the same on every machine. */
static void
write_fingerprint(const Fingerprint *print, guint64 *bytes)
{
	for (size_t i = 0; i < G_N_ELEMENTS(print->bits); i++)
		bytes[i] = GUINT64_TO_BE(print->bits[i]);
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
writer_note(StoreWriter *writer, const char *owner, const char *inviter,
	    const Fingerprint *note, gint64 since, gint64 now, GError **error)
{
	sqlite3_stmt *statement =
	    prepared(writer->connection, writer->path, SQL_NOTE, error);
	guint64 bytes[G_N_ELEMENTS(note->bits)];

	if (statement == NULL || !need_owner(writer, owner, error))
		return false;
	write_fingerprint(note, bytes);
	bind_text(statement, 1, inviter);
	sqlite3_bind_int64(statement, 2, writer->owner_id);
	sqlite3_bind_blob(statement, 3, bytes, sizeof(bytes), SQLITE_STATIC);
	sqlite3_bind_int64(statement, 4, now);
	sqlite3_bind_int64(statement, 5, since);
	sqlite3_bind_int64(statement, 6, STORE_MAX_NOTES);

	return finish(writer->connection, writer->path, statement,
		      sqlite3_step(statement), error);
}

/* Owners and the first time; rows come in the order of owners. */
typedef struct {
	gint64 last_owner;
	size_t owners;
	gint64 first;
} NoteCount;

static void
count_note(NoteCount *count, const Fingerprint *note, sqlite3_stmt *statement)
{
	gint64 owner = sqlite3_column_int64(statement, 0);
	gint64 seen = sqlite3_column_int64(statement, 2);
	Fingerprint other;

	if (!column_fingerprint(statement, 1, &other) ||
	    !fingerprint_is_near(note, &other))
		return;
	count->first = count->owners == 0 ? seen : MIN(count->first, seen);
	count->owners += count->owners == 0 || owner != count->last_owner;
	count->last_owner = owner;
}

static bool
count_notes(Connection *connection, const char *path, const char *owner,
	    const char *inviter, const Fingerprint *note, gint64 since, NoteCount *count,
	    GError **error)
{
	sqlite3_stmt *statement = prepared(connection, path, SQL_NOTES, error);
	int code;

	if (statement == NULL)
		return false;
	bind_text(statement, 1, inviter);
	sqlite3_bind_int64(statement, 2, since);
	bind_text(statement, 3, owner);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		count_note(count, note, statement);

	return finish(connection, path, statement, code, error);
}

bool
store_notes(Store *store, const char *owner, const char *inviter, const Fingerprint *note,
	    gint64 since, size_t *owners_out, gint64 *first_out, GError **error)
{
	NoteCount count = { 0 };
	Connection *connection;
	bool is_well;

	if (is_empty(store)) {
		*owners_out = 0;
		return true;
	}
	connection = take_reader(store, error);
	if (connection == NULL)
		return false;
	is_well = count_notes(connection, store->path, owner, inviter, note, since,
			      &count, error);
	give_back(store, connection);
	if (is_well)
		*owners_out = count.owners;
	if (is_well && count.owners > 0)
		*first_out = count.first;

	return is_well;
}

/*
 * What is deleted is overwritten (secure_delete), but not the copies that were
 * left in a page when its rows moved to another: only new pages have none.
 */
bool
store_scrub(Store *store, GError **error)
{
	Connection *connection = take_connection(store, error);
	bool is_well;

	if (connection == NULL)
		return false;
	pthread_mutex_lock(&store->home_lock);
	/* Who has somebody forgotten can wait, unlike who mails. */
	connection->wait_most = WORK_WAIT_MS * G_TIME_SPAN_MILLISECOND;
	is_well = run_text(connection, store->path, "VACUUM", error);
	connection->wait_most = wait_of(store);
	is_well = run_text(connection, store->path, "PRAGMA wal_checkpoint(TRUNCATE)",
			   is_well ? error : NULL) &&
		  is_well;
	pthread_mutex_unlock(&store->home_lock);
	give_back(store, connection);

	return is_well;
}

/* People to forget at once. */
typedef struct {
	const char *owner;
	const gint64 *ids;
	size_t count;
} Stale;

static bool
forget_stale(StoreWriter *writer, void *context, GError **error)
{
	const Stale *stale = context;

	for (size_t i = 0; i < stale->count; i++)
		if (!drop(writer, stale->ids[i], stale->owner, error))
			return false;

	return true;
}

bool
store_expire(Store *store, const char *owner, gint64 since, GError **error)
{
	Connection *connection = take_connection(store, error);
	g_autoptr(GArray) ids = NULL;
	bool is_well;

	if (connection == NULL)
		return false;
	is_well = find_ids(connection, store->path, SQL_STALE, owner, since, &ids, error);
	give_back(store, connection);
	for (size_t i = 0; is_well && i < ids->len; i += EXPIRE_BATCH) {
		Stale stale = { owner, &g_array_index(ids, gint64, i),
				MIN(ids->len - i, EXPIRE_BATCH) };

		is_well = store_change(store, forget_stale, &stale, error);
	}

	return is_well;
}

/* What is dropped, and before when. */
typedef struct {
	Sql sql;
	gint64 since;
} Old;

static bool
drop_old(StoreWriter *writer, void *context, GError **error)
{
	const Old *old = context;
	sqlite3_stmt *statement =
	    prepared(writer->connection, writer->path, old->sql, error);

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, old->since);

	return finish(writer->connection, writer->path, statement,
		      sqlite3_step(statement), error);
}

bool
store_expire_marks(Store *store, gint64 since, GError **error)
{
	Old old = { SQL_DROP_MARKS, since };

	return store_change(store, drop_old, &old, error);
}

bool
store_expire_notes(Store *store, gint64 since, GError **error)
{
	Old old = { SQL_DROP_NOTES, since };

	return store_change(store, drop_old, &old, error);
}

bool
store_owners(Store *store, GPtrArray **owners_out, GError **error)
{
	Connection *connection = take_connection(store, error);
	sqlite3_stmt *statement =
	    connection != NULL ? prepared(connection, store->path, SQL_OWNERS, error)
			       : NULL;
	g_autoptr(GPtrArray) owners = g_ptr_array_new_with_free_func(g_free);
	bool is_well = false;
	int code;

	if (statement != NULL) {
		while ((code = sqlite3_step(statement)) == SQLITE_ROW)
			g_ptr_array_add(owners, column_text(statement, 0));
		is_well = finish(connection, store->path, statement, code, error);
	}
	if (connection != NULL)
		give_back(store, connection);
	if (is_well)
		*owners_out = g_steal_pointer(&owners);

	return is_well;
}

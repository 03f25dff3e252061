/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-checkpoint.c - carries the log of WAL into the file */

#include "config.h"

#include <signal.h>

#include "people/sqlite-checkpoint.h"
#include "people/sqlite-pool.h"

/*
 * A checkpoint is due from so many pages of the log on.  The log begins anew only
 * when nobody writes meanwhile; where it grows to the second number, the writer
 * makes a checkpoint, too.
 */
#define LOG_PAGES     2000
#define LOG_PAGES_MAX 16000

/* One that fails is tried again after the next change. */
static void
checkpoint(SqliteStore *store)
{
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take(store, SQLITE_POOL_FOR_CHANGES, NULL);
	int code, copied = 0;

	if (connection == NULL)
		return;
	code = sqlite3_wal_checkpoint_v2(connection->db, NULL, SQLITE_CHECKPOINT_PASSIVE,
					 NULL, &copied);
	connection->is_doubtful |= code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY;
	pthread_mutex_lock(&store->lock);
	store->pages_copied = MAX(copied, 0);
	pthread_mutex_unlock(&store->lock);
}

static void *
make_checkpoints(void *context)
{
	SqliteStore *store = context;

	pthread_mutex_lock(&store->lock);
	while (!store->ends) {
		if (!store->is_long) {
			pthread_cond_wait(&store->wakes, &store->lock);
			continue;
		}
		store->is_long = false;
		pthread_mutex_unlock(&store->lock);
		pthread_mutex_lock(&store->checkpointing);
		checkpoint(store);
		pthread_mutex_unlock(&store->checkpointing);
		pthread_mutex_lock(&store->lock);
	}
	pthread_mutex_unlock(&store->lock);

	return NULL;
}

/* The thread takes no signals: they are for the threads that were there before it. */
static bool
start_thread(SqliteStore *store)
{
	sigset_t all, old;
	bool is_started;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	is_started =
	    pthread_create(&store->checkpointer, NULL, make_checkpoints, store) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);

	return is_started;
}

/* SQLite tells after each change how long the log is. */
static int
note_length(void *context, sqlite3 *db, const char *name, int pages)
{
	SqliteStore *store = context;
	bool is_for_thread;

	if (pages < LOG_PAGES)
		return SQLITE_OK;

	pthread_mutex_lock(&store->lock);
	if (pages < store->pages_copied) /* the log began anew */
		store->pages_copied = 0;
	if (pages - store->pages_copied >= LOG_PAGES) {
		store->has_checkpointer = store->has_checkpointer || start_thread(store);
		store->is_long = true;
	}
	if (store->is_long)
		pthread_cond_signal(&store->wakes);
	is_for_thread = store->has_checkpointer && pages < LOG_PAGES_MAX;
	pthread_mutex_unlock(&store->lock);
	if (!is_for_thread)
		sqlite3_wal_checkpoint(db, name);

	return SQLITE_OK;
}

void
sqlite_checkpoint_by_writer(SqliteConnection *connection)
{
	sqlite3_wal_autocheckpoint(connection->db, LOG_PAGES);
}

void
sqlite_checkpoint_by_thread(SqliteConnection *connection)
{
	sqlite3_wal_hook(connection->db, note_length, connection->store);
}

bool
sqlite_checkpoint_settle(Store *common, GError **error)
{
	SqliteStore *store = (SqliteStore *)common;
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take(store, SQLITE_POOL_FOR_CHANGES, error);
	bool is_settled;

	if (connection == NULL)
		return false;
	pthread_mutex_lock(&store->checkpointing);
	is_settled =
	    sqlite_connection_exec(connection, "PRAGMA wal_checkpoint(TRUNCATE)", error);
	pthread_mutex_unlock(&store->checkpointing);

	return is_settled;
}

void
sqlite_checkpoint_end(SqliteStore *store)
{
	pthread_mutex_lock(&store->lock);
	store->ends = true;
	pthread_cond_signal(&store->wakes);
	pthread_mutex_unlock(&store->lock);
	if (store->has_checkpointer)
		pthread_join(store->checkpointer, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-pool.c - the connections of a store that are idle */

#include "config.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "people/sqlite-checkpoint.h"
#include "people/sqlite-pool.h"

/* A callback of the MTA's shall wait less than 100 ms, a command may. */
#define SERVE_WAIT_US (80 * G_TIME_SPAN_MILLISECOND)
#define WORK_WAIT_US  (20 * G_TIME_SPAN_SECOND)

/* After the file could not be opened, no other thread tries for so long. */
#define FAILED_FOR_US (100 * G_TIME_SPAN_MILLISECOND)

#define SEEN_FOR_US (10 * G_TIME_SPAN_MILLISECOND)

gint64
sqlite_pool_wait(const SqliteStore *store)
{
	return store->common.mode == STORE_WORK ? WORK_WAIT_US : SERVE_WAIT_US;
}

/*
 * The file is readable by its owner only.  When root makes it, it belongs to the
 * owner of its folder.
 */
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

/*
 * Neither file nor folder can be written, and no changes wait beside it: then nobody who
 * serves it has it open, for they would have made a log.
 */
static bool
is_unchanging(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	struct stat info;

	return access(path, R_OK) == 0 && access(path, W_OK) != 0 &&
	       access(folder, W_OK) != 0 && (stat(log, &info) != 0 || info.st_size == 0);
}

static SqliteConnection *
connection_new(SqliteStore *store, GError **error)
{
	SqliteConnection *connection;

	if (store->common.mode != STORE_SERVE && is_unchanging(store->path)) {
		connection = sqlite_connection_open_unchanging(store->path, error);
		if (connection == NULL)
			return NULL;
		connection->store = store;
		/* It is not kept: others may give us the file meanwhile. */
		connection->is_doubtful = true;
		return connection;
	}
	if (store->common.mode != STORE_READ)
		make_file(store->path);
	connection = sqlite_connection_open(store->path, error);
	if (connection == NULL)
		return NULL;
	connection->store = store;
	sqlite_checkpoint_by_writer(connection);
	if (!sqlite_connection_set_up(connection, sqlite_pool_wait(store), error)) {
		sqlite_connection_close(connection);
		return NULL;
	}
	if (store->common.mode == STORE_SERVE)
		sqlite_checkpoint_by_thread(connection);

	return connection;
}

/* One that is idle and whose file is in its place, or NULL. */
static SqliteConnection *
take_idle(SqliteStore *store, gint64 trusted_us)
{
	for (;;) {
		SqliteConnection *connection;

		pthread_mutex_lock(&store->lock);
		connection =
		    store->idle_count > 0 ? store->idle[--store->idle_count] : NULL;
		pthread_mutex_unlock(&store->lock);
		if (connection == NULL ||
		    !sqlite_connection_has_moved(connection, trusted_us))
			return connection;
		sqlite_connection_close(connection);
	}
}

/*
 * One thread opens after the other: of two that make the file at once, one would
 * find it busy.  If it cannot be opened, not every thread tries: one that asked
 * before the last failure is told the same.
 */
SqliteLoan *
sqlite_pool_take(SqliteStore *store, SqlitePoolUse use, GError **error)
{
	gint64 trusted_us = use == SQLITE_POOL_FOR_LOOKUP ? SEEN_FOR_US : 0;
	SqliteConnection *connection = take_idle(store, trusted_us);
	g_autoptr(GError) trouble = NULL;
	gint64 asked;

	if (connection != NULL)
		return connection;
	asked = g_get_monotonic_time();
	pthread_mutex_lock(&store->opening);
	connection = take_idle(store, trusted_us);
	if (connection == NULL && store->trouble != NULL &&
	    asked < store->failed + FAILED_FOR_US) {
		trouble = g_error_copy(store->trouble);
	} else if (connection == NULL) {
		connection = connection_new(store, &trouble);
		g_clear_error(&store->trouble);
		if (connection == NULL) {
			store->trouble = g_error_copy(trouble);
			store->failed = g_get_monotonic_time();
		}
	}
	pthread_mutex_unlock(&store->opening);
	if (trouble != NULL)
		g_propagate_error(error, g_steal_pointer(&trouble));

	return connection;
}

void
sqlite_pool_give_back(SqliteLoan *connection)
{
	SqliteStore *store = connection->store;

	if (!connection->is_doubtful) {
		pthread_mutex_lock(&store->lock);
		if (store->idle_count < SQLITE_STORE_IDLE_MAX)
			store->idle[store->idle_count++] = g_steal_pointer(&connection);
		pthread_mutex_unlock(&store->lock);
	}
	sqlite_connection_close(connection);
}

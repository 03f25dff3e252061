/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-store.c - the engine that keeps people in one SQLite file */

#include "config.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/settings.h"
#include "people/sqlite-change.h"
#include "people/sqlite-digest.h"
#include "people/sqlite-checkpoint.h"
#include "people/sqlite-connection.h"
#include "people/sqlite-expire.h"
#include "people/sqlite-find.h"
#include "people/sqlite-invitation.h"
#include "people/sqlite-pool.h"
#include "people/sqlite-purge.h"
#include "people/sqlite-store.h"

static Store *
open_store(const char *path, StoreMode mode)
{
	SqliteStore *store = g_new0(SqliteStore, 1);

	store->common.mode = mode;
	store->path = g_strdup(path);
	pthread_mutex_init(&store->turn, NULL);
	pthread_mutex_init(&store->opening, NULL);
	pthread_mutex_init(&store->checkpointing, NULL);
	pthread_mutex_init(&store->lock, NULL);
	pthread_cond_init(&store->wakes, NULL);

	return &store->common;
}

static void
close_store(Store *common)
{
	SqliteStore *store = (SqliteStore *)common;

	sqlite_checkpoint_end(store);
	for (size_t i = 0; i < store->idle_count; i++)
		sqlite_connection_close(store->idle[i]);
	pthread_cond_destroy(&store->wakes);
	pthread_mutex_destroy(&store->lock);
	pthread_mutex_destroy(&store->checkpointing);
	pthread_mutex_destroy(&store->opening);
	pthread_mutex_destroy(&store->turn);
	g_clear_error(&store->trouble);
	g_free(store->path);
	g_free(store);
}

static bool
connect_store(Store *store, GError **error)
{
	g_autoptr(SqliteLoan) connection =
	    sqlite_pool_take((SqliteStore *)store, SQLITE_POOL_FOR_CHANGES, error);

	return connection != NULL;
}

static bool
is_missing(const Store *store)
{
	return access(((const SqliteStore *)store)->path, F_OK) != 0 && errno == ENOENT;
}

static bool
check(Store *store, GError **error)
{
	const char *path = ((const SqliteStore *)store)->path;
	g_autofree char *folder = g_path_get_dirname(path);
	SqliteConnection *connection;
	bool is_well;
	int version;

	if (is_missing(store)) {
		if (access(folder, W_OK | X_OK) == 0)
			return true;
		g_set_error(error, STORE_ERROR, STORE_ERROR_MISSING,
			    "%s: %s; make it: install -d -o invite-milter -m 700 %s",
			    folder, g_strerror(errno), folder);
		return false;
	}
	connection = sqlite_connection_open(path, error);
	if (connection == NULL)
		return false;
	is_well = sqlite_schema_check(connection, &version, error);
	sqlite_connection_close(connection);

	return is_well;
}

static bool
is_ours(const Store *store)
{
	const char *path = ((const SqliteStore *)store)->path;
	g_autofree char *folder = g_path_get_dirname(path);
	struct stat info;

	if (geteuid() == 0)
		return true;

	return (stat(path, &info) == 0 || stat(folder, &info) == 0) &&
	       info.st_uid == geteuid();
}

const StoreEngine sqlite_store_engine = {
	.prefix = SETTINGS_STORE_SQLITE,
	.open = open_store,
	.close = close_store,
	.connect = connect_store,
	.check = check,
	.is_ours = is_ours,
	.is_missing = is_missing,
	.scrub = sqlite_expire_scrub,
	.settle = sqlite_checkpoint_settle,
	.find = sqlite_find,
	.person = sqlite_find_person,
	.each = sqlite_find_each,
	.notes = sqlite_find_notes,
	.lessons = sqlite_find_lessons,
	.owners = sqlite_find_owners,
	.stale = sqlite_find_stale,
	.change = sqlite_change,
	.writer_find = sqlite_change_find,
	.writer_person = sqlite_change_person,
	.writer_people = sqlite_change_people,
	.writer_new_person = sqlite_change_new_person,
	.writer_put = sqlite_change_put,
	.writer_merge = sqlite_change_merge,
	.writer_forget = sqlite_expire_forget,
	.writer_traced = sqlite_change_traced,
	.writer_trace = sqlite_change_trace,
	.writer_note = sqlite_change_note,
	.writer_lessons = sqlite_change_lessons,
	.writer_teach = sqlite_change_teach,
	.writer_unteach = sqlite_change_unteach,
	.writer_expire_traces = sqlite_expire_traces,
	.writer_expire_notes = sqlite_expire_notes,
	.invitations = sqlite_invitation_list,
	.invitation = sqlite_invitation_get,
	.invitation_find = sqlite_invitation_find,
	.invitation_past = sqlite_invitation_past,
	.writer_invitation = sqlite_invitation_writer_get,
	.writer_invitation_find = sqlite_invitation_writer_find,
	.writer_invitation_put = sqlite_invitation_put,
	.writer_invitation_clues = sqlite_invitation_add_clues,
	.writer_invitation_least = sqlite_invitation_least,
	.writer_invitation_drop = sqlite_invitation_drop,
	.writer_invitation_forget = sqlite_invitation_forget,
	.writer_invitation_forget_forgotten = sqlite_invitation_forget_forgotten,
	.writer_invitation_forget_past = sqlite_invitation_forget_past,
	.purge_rest = sqlite_purge_rest,
	.purge_search = sqlite_purge_search,
	.writer_purge = sqlite_purge_drop,
	.digest_last = sqlite_digest_last,
	.digest_learnt = sqlite_digest_learnt,
	.writer_digest_claim = sqlite_digest_claim,
	.writer_digest_sent = sqlite_digest_sent,
	.writer_digest_release = sqlite_digest_release,
};

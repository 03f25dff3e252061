/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-purge.c - what the SQLite engine drops of an owner, and finds in its files */

#include "config.h"

#include <string.h>

#include "people/sqlite-change.h"
#include "people/sqlite-find.h"
#include "people/sqlite-purge.h"

static void
take_rest(sqlite3_stmt *statement, void *context)
{
	StorePurgeRest *rest = context;

	rest->traces = sqlite3_column_int64(statement, 0);
	rest->notes = sqlite3_column_int64(statement, 1);
	rest->lessons = sqlite3_column_int64(statement, 2);
	rest->digests = sqlite3_column_int64(statement, 3);
}

bool
sqlite_purge_rest(Store *store, const char *owner, StorePurgeRest *rest, GError **error)
{
	return sqlite_find_rows(store, SQL_PURGE_REST, owner, take_rest, rest, error);
}

bool
sqlite_purge_drop(StoreWriter *common, const char *owner, GError **error)
{
	static const Sql steps[] = { SQL_PURGE_TRACES, SQL_PURGE_NOTES, SQL_PURGE_LESSONS,
				     SQL_PURGE_DIGESTS, SQL_PURGE_OWNER };
	SqliteWriter *writer = (SqliteWriter *)common;

	if (!sqlite_change_find_owner(writer, owner, error))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		sqlite3_stmt *statement =
		    sqlite_connection_prepare(writer->connection, steps[i], error);

		if (statement == NULL)
			return false;
		sqlite3_bind_int64(statement, 1, writer->owner_id);
		if (!sqlite_connection_run(writer->connection, statement, error))
			return false;
	}
	g_clear_pointer(&writer->owner, g_free);

	return true;
}

bool
sqlite_purge_search(Store *common, const GPtrArray *texts, GPtrArray *found,
		    GError **error)
{
	/* The file, and what SQLite keeps beside it of changes. */
	static const char *const ends[] = { "", "-wal", "-journal" };

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *path =
		    g_strconcat(((SqliteStore *)common)->path, ends[i], NULL);
		g_autoptr(GMappedFile) file = NULL;
		const char *bytes;

		if (i > 0 && !g_file_test(path, G_FILE_TEST_EXISTS))
			continue;
		file = g_mapped_file_new(path, FALSE, error);
		if (file == NULL)
			return false;
		bytes = g_mapped_file_get_contents(file);
		for (guint k = 0; bytes != NULL && k < texts->len; k++) {
			const char *text = texts->pdata[k];

			if (memmem(bytes, g_mapped_file_get_length(file), text,
				   strlen(text)) != NULL &&
			    !g_ptr_array_find(found, text, NULL))
				g_ptr_array_add(found, (gpointer)text);
		}
	}

	return true;
}

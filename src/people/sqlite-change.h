/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-change - what the SQLite engine changes
 *
 * SEE ALSO
 *	store-engine.h says what each function of the engine does.
 */
#ifndef SQLITE_CHANGE_H
#define SQLITE_CHANGE_H

#include "people/sqlite-connection.h"
#include "people/sqlite-store.h"

typedef struct {
	StoreWriter common; /* first */
	SqliteConnection *connection;
	char *owner; /* the owner whose number is owner_id */
	gint64 owner_id;
	gint64 newcomer; /* a person of whom nothing is there yet, or 0 */
} SqliteWriter;

/* Keep the number of the owner that the writer is at; 0: it has none. */
bool sqlite_change_find_owner(SqliteWriter *writer, const char *owner, GError **error);
/* The same, and give it one where it has none. */
bool sqlite_change_need_owner(SqliteWriter *writer, const char *owner, GError **error);

bool sqlite_change(Store *store, StoreWork *work, void *context, GError **error);
bool sqlite_change_find(StoreWriter *writer, const char *owner, const char *const *clues,
			size_t count, GArray *hits, GError **error);
bool sqlite_change_person(StoreWriter *writer, const char *owner, gint64 id,
			  StorePerson **person_out, GError **error);
bool sqlite_change_people(StoreWriter *writer, const char *owner, size_t *count_out,
			  GError **error);
bool sqlite_change_new_person(StoreWriter *writer, gint64 *id_out, GError **error);
bool sqlite_change_put(StoreWriter *writer, const char *owner, gint64 person,
		       const Identity *identity, gint64 seen, gint64 now,
		       StorePut *put_out, GError **error);
bool sqlite_change_merge(StoreWriter *writer, const char *owner, gint64 from, gint64 into,
			 GError **error);
bool sqlite_change_traced(StoreWriter *writer, const char *owner,
			  const char *const *traces, size_t count, gint64 since,
			  bool *any_out, GError **error);
bool sqlite_change_trace(StoreWriter *writer, const char *owner, const char *trace,
			 gint64 now, GError **error);
bool sqlite_change_note(StoreWriter *writer, const char *owner, const char *inviter,
			const Fingerprint *note, gint64 since, gint64 now,
			GError **error);
bool sqlite_change_lessons(StoreWriter *writer, const char *owner, GArray *lessons,
			   GError **error);
bool sqlite_change_teach(StoreWriter *writer, const char *owner,
			 const StoreLesson *lesson, GError **error);
bool sqlite_change_unteach(StoreWriter *writer, const char *owner,
			   const Fingerprint *note, GError **error);

#endif

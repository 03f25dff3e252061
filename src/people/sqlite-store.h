/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-store - the engine that keeps people in one SQLite file
 *
 * DESCRIPTION
 *	sqlite-schema has the tables and statements, sqlite-connection one
 *	connection, sqlite-pool those that are idle, sqlite-checkpoint carries the
 *	log of WAL into the file; sqlite-find, sqlite-change, sqlite-expire
 *	and sqlite-invitation do what the engine is asked.
 *
 *	The store is of the user to whom the file belongs or, before there is one,
 *	its folder.  What is forgotten is overwritten on disk.
 *
 * SEE ALSO
 *	store-engine.h
 */
#ifndef SQLITE_STORE_H
#define SQLITE_STORE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "people/store-engine.h"

#define SQLITE_STORE_IDLE_MAX 8

typedef struct SqliteConnection SqliteConnection;

typedef struct SqliteStore {
	Store common; /* first */
	char *path;

	/* A writer's turn among the threads that work (sqlite-change.c). */
	pthread_mutex_t turn;

	/* One thread opens at a time (sqlite-pool.c); taken before lock. */
	pthread_mutex_t opening;
	GError *trouble; /* of the last that opened, or NULL; under opening */
	gint64 failed;   /* when that was; under opening */

	/*
	 * Held during a checkpoint, since SQLite does not make a second one wait
	 * (sqlite-checkpoint.c); taken before lock.
	 */
	pthread_mutex_t checkpointing;

	pthread_mutex_t lock; /* of all that follows */
	SqliteConnection *idle[SQLITE_STORE_IDLE_MAX];
	size_t idle_count;
	pthread_cond_t wakes; /* the thread that makes checkpoints */
	pthread_t checkpointer;
	bool has_checkpointer;
	bool is_long;     /* the log is: a checkpoint is due */
	int pages_copied; /* of the log, into the file */
	bool ends;
} SqliteStore;

extern const StoreEngine sqlite_store_engine;

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-checkpoint - carries the log of WAL into the file
 *
 * DESCRIPTION
 *	A checkpoint waits for the disk.  A command makes it itself; where mail is
 *	served a thread does, so that no mail has to wait.
 */
#ifndef SQLITE_CHECKPOINT_H
#define SQLITE_CHECKPOINT_H

#include "people/sqlite-connection.h"
#include "people/sqlite-store.h"

/* This connection makes a checkpoint when the log is long. */
void sqlite_checkpoint_by_writer(SqliteConnection *connection);

/*
 * This connection asks the store's thread for one.  Not while the connection is
 * opened: that takes the store's lock.
 */
void sqlite_checkpoint_by_thread(SqliteConnection *connection);

/* Carry all of it over and cut the log off; see store_settle(). */
bool sqlite_checkpoint_settle(Store *store, GError **error);

/* End the store's thread. */
void sqlite_checkpoint_end(SqliteStore *store);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	crowd - people made up by number, and databases full of them
 *
 * DESCRIPTION
 *	A number is always the same person: one name, one address, one profile,
 *	like no other number's.  In a crowd of so many people of so many
 *	owners the numbers below the first are known, all beyond are strangers.
 *
 *	crowd_fill_store() fills a store that is there in bulk, as learning
 *	each of them from a connection would; crowd_fill_plain() makes a single
 *	table of the same people in the same order.  Both lie on disk as VACUUM
 *	would leave them.
 */
#ifndef CROWD_H
#define CROWD_H

#include <glib.h>
#include <sqlite3.h>

#include "people/name.h"

/* Names beyond would come twice. */
#define CROWD_MAX (1U << 26)

typedef struct {
	guint32 people, owners;
} Crowd;

typedef struct {
	char name[64], company[64], address[96], profile[128], owner[48];
} Figure;

void figure_init(Figure *figure, const Crowd *crowd, guint32 number);

/* Any trouble ends the program. */
void crowd_fill_store(const Crowd *crowd, const NameRules *rules, const char *path);
void crowd_fill_plain(const Crowd *crowd, const char *path);

/* A connection as the store opens its own, and statements on it. */
sqlite3 *plain_open(const char *path);
sqlite3_stmt *plain_prepare(sqlite3 *db, const char *sql);
void plain_run(sqlite3 *db, const char *sql);

G_NORETURN void crowd_die(const char *what, const char *why);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	snapshot - were files changed since they were read?
 *
 * DESCRIPTION
 *	A Snapshot keeps which file stands at a path, how long it is and when it was
 *	written; take it before the file is read, so that no change is missed.  A
 *	file that is missing is kept as that.
 *
 *	At most SNAPSHOT_MAX_FILES are looked at; further ones are left out.
 */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include <glib.h>

#define SNAPSHOT_MAX_FILES 1000

typedef struct Snapshot Snapshot;

Snapshot *snapshot_new(void);
void snapshot_free(Snapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Snapshot, snapshot_free)

void snapshot_add(Snapshot *snapshot, const char *path);

/* The files of a folder, and the folder itself: so a new file is seen, too. */
void snapshot_add_folder(Snapshot *snapshot, const char *folder);

/* The paths that changed, char *, the caller's. */
GPtrArray *snapshot_changed(const Snapshot *snapshot);

#endif

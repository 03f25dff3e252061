/* SPDX-License-Identifier: BSD-2-Clause */
/* snapshot.c - were files changed since they were read? */

#include "config.h"

#include <stdbool.h>
#include <sys/stat.h>

#include "base/snapshot.h"

/* A file as it stands there; zeros for none. */
typedef struct {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec written;
} State;

typedef struct {
	char *path;
	State state;
} File;

struct Snapshot {
	GArray *files; /* of File */
};

static void
clear_file(gpointer file)
{
	g_free(((File *)file)->path);
}

static State
state_of(const char *path)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return (State){ 0 };

	return (State){ .device = info.st_dev,
			.inode = info.st_ino,
			.size = info.st_size,
			.written = info.st_mtim };
}

static bool
is_same(const State *left, const State *right)
{
	return left->device == right->device && left->inode == right->inode &&
	       left->size == right->size &&
	       left->written.tv_sec == right->written.tv_sec &&
	       left->written.tv_nsec == right->written.tv_nsec;
}

Snapshot *
snapshot_new(void)
{
	Snapshot *snapshot = g_new0(Snapshot, 1);

	snapshot->files = g_array_new(FALSE, FALSE, sizeof(File));
	g_array_set_clear_func(snapshot->files, clear_file);

	return snapshot;
}

void
snapshot_free(Snapshot *snapshot)
{
	if (snapshot == NULL)
		return;

	g_array_unref(snapshot->files);
	g_free(snapshot);
}

void
snapshot_add(Snapshot *snapshot, const char *path)
{
	File file = { .state = state_of(path) };

	if (snapshot->files->len >= SNAPSHOT_MAX_FILES)
		return;
	file.path = g_strdup(path);
	g_array_append_val(snapshot->files, file);
}

void
snapshot_add_folder(Snapshot *snapshot, const char *folder)
{
	g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
	const char *name;

	snapshot_add(snapshot, folder);
	while (files != NULL && (name = g_dir_read_name(files)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		snapshot_add(snapshot, path);
	}
}

GPtrArray *
snapshot_changed(const Snapshot *snapshot)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < snapshot->files->len; i++) {
		const File *file = &g_array_index(snapshot->files, File, i);
		const State now = state_of(file->path);

		if (!is_same(&now, &file->state))
			g_ptr_array_add(paths, g_strdup(file->path));
	}

	return paths;
}

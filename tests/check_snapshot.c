/* SPDX-License-Identifier: BSD-2-Clause */
/* check_snapshot.c - is a file that changed told from one that did not? */

#include "config.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/snapshot.h"
#include "fixture.h"

static void
leave_it(const char *path)
{
	g_autofree char *text = NULL;

	ck_assert(g_file_get_contents(path, &text, NULL, NULL));
}

static void
write_longer(const char *path)
{
	ck_assert(g_file_set_contents_full(path, "longer than before", -1,
					   G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
replace(const char *path)
{
	ck_assert(g_file_set_contents(path, "before", -1, NULL));
}

/* Of the same length, and in its place. */
static void
write_later(const char *path)
{
	const struct timespec times[2] = { { .tv_sec = 5 }, { .tv_sec = 5 } };

	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void
remove_it(const char *path)
{
	ck_assert_int_eq(unlink(path), 0);
}

static const struct {
	const char *what;
	void (*change)(const char *path);
	size_t file, folder; /* paths that changed */
} changes[] = {
	{ "read", leave_it, 0, 0 },     { "written longer", write_longer, 1, 1 },
	{ "replaced", replace, 1, 2 },  { "written later", write_later, 1, 1 },
	{ "removed", remove_it, 1, 2 },
};

START_TEST(each_change_is_seen)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *path = g_build_filename(folder, "file", NULL);
	g_autoptr(Snapshot) of_file = snapshot_new(), of_folder = snapshot_new();
	g_autoptr(GPtrArray) file = NULL, all = NULL;

	ck_assert(g_file_set_contents(path, "before", -1, NULL));
	snapshot_add(of_file, path);
	snapshot_add_folder(of_folder, folder);
	changes[_i].change(path);
	file = snapshot_changed(of_file);
	all = snapshot_changed(of_folder);
	ck_assert_msg(file->len == changes[_i].file, "%s: %u", changes[_i].what,
		      file->len);
	ck_assert_msg((all->len > 0) == (changes[_i].folder > 0), "%s: %u of the folder",
		      changes[_i].what, all->len);
}
END_TEST

START_TEST(a_file_that_comes_is_seen)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *path = g_build_filename(folder, "file", NULL);
	g_autoptr(Snapshot) snapshot = snapshot_new();
	g_autoptr(GPtrArray) before = NULL, after = NULL;

	snapshot_add(snapshot, path);
	before = snapshot_changed(snapshot);
	ck_assert_uint_eq(before->len, 0);
	ck_assert(g_file_set_contents(path, "", -1, NULL));
	after = snapshot_changed(snapshot);
	ck_assert_uint_eq(after->len, 1);
	ck_assert_str_eq(after->pdata[0], path);
}
END_TEST

START_TEST(no_more_files_are_kept_than_the_limit)
{
	g_autoptr(Snapshot) snapshot = snapshot_new();
	g_autofree char *folder = fixture_folder();
	g_autoptr(GPtrArray) changed = NULL;

	for (size_t i = 0; i < SNAPSHOT_MAX_FILES + 10; i++) {
		g_autofree char *path = g_strdup_printf("%s/%zu", folder, i);

		snapshot_add(snapshot, path);
		ck_assert(g_file_set_contents(path, "", -1, NULL));
	}
	changed = snapshot_changed(snapshot);
	ck_assert_uint_eq(changed->len, SNAPSHOT_MAX_FILES);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("snapshot");
	TCase *snapshot = tcase_create("snapshot");

	tcase_add_loop_test(snapshot, each_change_is_seen, 0, G_N_ELEMENTS(changes));
	tcase_add_test(snapshot, a_file_that_comes_is_seen);
	tcase_add_test(snapshot, no_more_files_are_kept_than_the_limit);
	suite_add_tcase(suite, snapshot);

	return fixture_run(suite);
}

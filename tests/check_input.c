/* SPDX-License-Identifier: BSD-2-Clause */
/* check_input.c - is all read that a descriptor gives, and no more than is wanted? */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/input.h"
#include "fixture.h"

#define LARGE (1024 * 1024)

/* A file of so many bytes, open to be read. */
static int
open_file(size_t length)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *path = g_build_filename(folder, "file", NULL);
	g_autofree char *bytes = g_strnfill(length, 'x');
	int fd;

	ck_assert(g_file_set_contents(path, bytes, (gssize)length, NULL));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);

	return fd;
}

START_TEST(all_is_added_to_what_is_there)
{
	g_autoptr(GString) out = g_string_new("before");
	int fd = open_file(LARGE);

	ck_assert(input_read(fd, G_MAXSIZE, out));
	ck_assert_uint_eq(out->len, strlen("before") + LARGE);
	ck_assert(g_str_has_prefix(out->str, "beforexxx"));
	close(fd);
}
END_TEST

START_TEST(a_file_of_the_limit_is_told_from_a_larger_one)
{
	g_autoptr(GString) whole = g_string_new(NULL), more = g_string_new(NULL);
	int fd = open_file(LARGE), larger = open_file(LARGE + 1);

	ck_assert(input_read(fd, LARGE, whole));
	ck_assert_uint_eq(whole->len, LARGE);
	ck_assert(input_read(larger, LARGE, more));
	ck_assert_uint_gt(more->len, LARGE);
	close(fd);
	close(larger);
}
END_TEST

START_TEST(what_is_too_large_is_not_read_to_its_end)
{
	g_autoptr(GString) out = g_string_new(NULL);
	int fd = open_file(LARGE);

	ck_assert(input_read(fd, 1, out));
	ck_assert_uint_gt(out->len, 1);
	ck_assert_uint_lt(out->len, LARGE);
	close(fd);
}
END_TEST

START_TEST(what_cannot_be_read_is_trouble)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *folder = fixture_folder();
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	ck_assert(!input_read(fd, G_MAXSIZE, out));
	ck_assert_int_eq(errno, EISDIR);
	close(fd);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("input");
	TCase *tests = tcase_create("input");

	tcase_add_test(tests, all_is_added_to_what_is_there);
	tcase_add_test(tests, a_file_of_the_limit_is_told_from_a_larger_one);
	tcase_add_test(tests, what_is_too_large_is_not_read_to_its_end);
	tcase_add_test(tests, what_cannot_be_read_is_trouble);
	suite_add_tcase(suite, tests);

	return fixture_run(suite);
}

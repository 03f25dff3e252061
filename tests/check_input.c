/* SPDX-License-Identifier: BSD-2-Clause */
/* check_input.c - is all read that a descriptor gives, and no more than is wanted? */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
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

/* What stands at a path that a setting or a command names; "%s": a folder of ours. */
static const struct {
	const char *path;
	const char *why; /* NULL: it is read */
} files[] = {
	{ "%s/file", NULL },
	{ "%s/link", NULL },
	{ "%s/fifo", "no regular file" },
	{ "%s/socket", "No such device or address" },
	{ "%s", "Is a directory" },
	{ "%s/none", "No such file or directory" },
	{ "%s/huge", "more than 4 GB" },
	{ "/dev/null", NULL },
	{ "/dev/zero", "no regular file" },
	{ "/dev/full", "no regular file" },
	{ "/dev/tty", "no regular file" },
};

static char *
folder_of_all(void)
{
	char *folder = fixture_folder();
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	g_autofree char *file = g_build_filename(folder, "file", NULL);
	g_autofree char *link = g_build_filename(folder, "link", NULL);
	g_autofree char *fifo = g_build_filename(folder, "fifo", NULL);
	g_autofree char *path = g_build_filename(folder, "socket", NULL);
	g_autofree char *huge = g_build_filename(folder, "huge", NULL);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert(g_file_set_contents(file, "text", -1, NULL));
	ck_assert(g_file_set_contents(huge, "text", -1, NULL));
	ck_assert_int_eq(truncate(huge, (off_t)5 << 30), 0);
	ck_assert_int_eq(symlink("file", link), 0);
	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
	ck_assert_uint_lt(g_strlcpy(address.sun_path, path, sizeof(address.sun_path)),
			  sizeof(address.sun_path));
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	close(fd);

	return folder;
}

START_TEST(only_a_regular_file_is_read)
{
	g_autofree char *folder = folder_of_all();
	g_auto(GStrv) words = g_strsplit(files[_i].path, "%s", 2);
	g_autofree char *path = words[1] != NULL ? g_strconcat(folder, words[1], NULL)
						 : g_strdup(files[_i].path);
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL;
	bool is_read = input_file(path, (size_t)4 << 30, &bytes, NULL, &error);

	/* Without a terminal there is none to open. */
	if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NXIO) &&
	    g_str_equal(path, "/dev/tty"))
		return;
	ck_assert_msg(is_read == (files[_i].why == NULL), "%s: %s", path,
		      is_read ? "is read" : error->message);
	if (is_read)
		ck_assert_str_eq(bytes, words[1] != NULL ? "text" : "");
	else
		ck_assert_str_eq(error->message, files[_i].why);
}
END_TEST

START_TEST(a_pipe_that_a_user_hands_over_is_read_by_lines)
{
	g_autoptr(GString) line = g_string_new("before");
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	int ends[2];
	FILE *in;

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(write(ends[1], "one\n\ntwo", 8), 8);
	close(ends[1]);
	path = g_strdup_printf("/dev/fd/%d", ends[0]);
	in = input_open_stream(path, &error);
	ck_assert_ptr_nonnull(in);
	ck_assert(input_line(in, line, &error));
	ck_assert_str_eq(line->str, "one\n");
	ck_assert(input_line(in, line, &error));
	ck_assert_str_eq(line->str, "\n");
	ck_assert(input_line(in, line, &error));
	ck_assert_str_eq(line->str, "two");
	ck_assert(!input_line(in, line, &error));
	ck_assert_ptr_null(error);
	fclose(in);
	close(ends[0]);
}
END_TEST

START_TEST(a_stream_without_lines_comes_to_an_end)
{
	g_autoptr(GString) line = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	FILE *in = input_open_stream("/dev/zero", &error);

	ck_assert_ptr_nonnull(in);
	ck_assert(!input_line(in, line, &error));
	ck_assert_str_eq(error->message, "a line of more than 1048576 bytes");
	fclose(in);
}
END_TEST

START_TEST(a_folder_is_no_stream)
{
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(input_open_stream("/", &error));
	ck_assert_str_eq(error->message, "Is a directory");
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
	tcase_add_loop_test(tests, only_a_regular_file_is_read, 0, G_N_ELEMENTS(files));
	tcase_add_test(tests, a_pipe_that_a_user_hands_over_is_read_by_lines);
	tcase_add_test(tests, a_stream_without_lines_comes_to_an_end);
	tcase_add_test(tests, a_folder_is_no_stream);
	suite_add_tcase(suite, tests);

	return fixture_run(suite);
}

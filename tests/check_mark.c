/* SPDX-License-Identifier: BSD-2-Clause */
/* check_mark.c - is the secret kept, and does each owner have a mark of their own? */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <check.h>
#include <glib/gstdio.h>

#include "base/mark.h"

#define SECRET "0123456789abcdef0123456789abcdef"

static char *
write_secret(const char *text, size_t length, int mode)
{
	g_autofree char *folder = g_dir_make_tmp("check-mark-XXXXXX", NULL);
	char *path = g_build_filename(folder, "secret", NULL);

	ck_assert(g_file_set_contents(path, text, (gssize)length, NULL));
	ck_assert_int_eq(chmod(path, (mode_t)mode), 0);

	return path;
}

static void
remove_secret(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);

	g_unlink(path);
	ck_assert_msg(g_rmdir(folder) == 0, "%s: a file stays", folder);
}

static const struct {
	const char *what;
	const char *text;
	size_t length; /* 0: all of text */
	int mode;
	const char *why; /* part of what is said, or NULL where it is taken */
} files[] = {
	{ "a line", SECRET "\n", 0, 0600, NULL },
	{ "no line end", SECRET, 0, 0400, NULL },
	{ "blanks behind it", SECRET " \r\n\n", 0, 0600, NULL },
	{ "too short", "0123456789abcdef0123456789abcde\n", 0, 0600, "too short" },
	{ "empty", "", 0, 0600, "too short" },
	{ "two lines", SECRET "\n" SECRET "\n", 0, 0600, "no line" },
	{ "a blank in it", SECRET " a\n", 0, 0600, "no line" },
	{ "no text", SECRET "\001\n", 0, 0600, "no line" },
	{ "beyond ASCII", SECRET "\303\274\n", 0, 0600, "no line" },
	{ "a zero", SECRET "\0" SECRET, 2 * sizeof(SECRET) - 1, 0600, "no line" },
	{ "readable by the group", SECRET "\n", 0, 0640, "chmod 600" },
	{ "readable by all", SECRET "\n", 0, 0604, "chmod 600" },
	{ "writable by all", SECRET "\n", 0, 0602, "chmod 600" },
};

START_TEST(only_a_secret_that_is_one_is_used)
{
	size_t length = files[_i].length > 0 ? files[_i].length : strlen(files[_i].text);
	g_autofree char *path = write_secret(files[_i].text, length, files[_i].mode);
	g_autoptr(GError) error = NULL;
	g_autoptr(MarkKey) key = mark_key_new(path, MARK_MAKE, &error);

	if (files[_i].why == NULL) {
		ck_assert_msg(key != NULL, "%s: %s", files[_i].what,
			      error != NULL ? error->message : "");
	} else {
		ck_assert_msg(key == NULL, "%s: it is used", files[_i].what);
		ck_assert(g_error_matches(error, MARK_ERROR, MARK_ERROR_WRONG));
		ck_assert_msg(strstr(error->message, files[_i].why) != NULL &&
				  g_str_has_prefix(error->message, path),
			      "%s: got %s", files[_i].what, error->message);
	}
	remove_secret(path);
}
END_TEST

START_TEST(a_secret_beyond_the_limit_is_refused)
{
	g_autofree char *text = g_strnfill(1001, 'a');
	g_autofree char *path = write_secret(text, 1001, 0600);
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(mark_key_new(path, MARK_READ, &error));
	ck_assert(g_error_matches(error, MARK_ERROR, MARK_ERROR_WRONG));
	remove_secret(path);
}
END_TEST

START_TEST(a_secret_is_made_once)
{
	g_autofree char *path = write_secret("", 0, 0600), *text = NULL, *first = NULL;
	g_autofree char *second = NULL;
	g_autoptr(MarkKey) made = NULL, again = NULL;
	struct stat info;

	g_unlink(path);
	ck_assert_ptr_null(mark_key_new(path, MARK_READ, NULL));
	made = mark_key_new(path, MARK_MAKE, NULL);
	again = mark_key_new(path, MARK_MAKE, NULL);
	ck_assert_ptr_nonnull(made);
	ck_assert_ptr_nonnull(again);
	first = mark_of(made, "jane@example.org");
	second = mark_of(again, "jane@example.org");
	ck_assert_str_eq(first, second);
	ck_assert_int_eq(stat(path, &info), 0);
	ck_assert_int_eq(info.st_mode & 0777, 0600);
	ck_assert_int_eq(info.st_nlink, 1);
	ck_assert(g_file_get_contents(path, &text, NULL, NULL));
	ck_assert_uint_eq(strlen(text), 65);
	remove_secret(path);
}
END_TEST

START_TEST(two_secrets_differ)
{
	char *marks[2];

	for (size_t i = 0; i < 2; i++) {
		g_autofree char *path = write_secret("", 0, 0600);
		g_autoptr(MarkKey) key = NULL;

		g_unlink(path);
		key = mark_key_new(path, MARK_MAKE, NULL);
		marks[i] = mark_of(key, "jane@example.org");
		remove_secret(path);
	}
	ck_assert_str_ne(marks[0], marks[1]);
	g_free(marks[0]);
	g_free(marks[1]);
}
END_TEST

START_TEST(where_none_can_be_made_it_is_missing)
{
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(mark_key_new("/nonexistent/mark.secret", MARK_MAKE, &error));
	ck_assert(g_error_matches(error, MARK_ERROR, MARK_ERROR_MISSING));
}
END_TEST

/* By another program: python3 -c 'hmac.new(SECRET, b"banner\0" + OWNER, "sha256")' */
static const struct {
	const char *owner;
	const char *mark;
} owners[] = {
	{ "jane@example.org", "j2y8-yk66-d8tf" },
	{ "bob@example.net", "eks9-f9v0-7xx7" },
	{ "", "p21e-bh90-7d1h" },
};

START_TEST(each_owner_has_a_mark)
{
	g_autofree char *path = write_secret(SECRET "\n", strlen(SECRET) + 1, 0600);
	g_autoptr(MarkKey) key = mark_key_new(path, MARK_READ, NULL);
	g_autofree char *mark = mark_of(key, owners[_i].owner);

	ck_assert_str_eq(mark, owners[_i].mark);
	remove_secret(path);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("mark");
	TCase *secret = tcase_create("secret"), *mark = tcase_create("mark");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(secret, only_a_secret_that_is_one_is_used, 0,
			    G_N_ELEMENTS(files));
	tcase_add_test(secret, a_secret_beyond_the_limit_is_refused);
	tcase_add_test(secret, a_secret_is_made_once);
	tcase_add_test(secret, two_secrets_differ);
	tcase_add_test(secret, where_none_can_be_made_it_is_missing);
	suite_add_tcase(suite, secret);
	tcase_add_loop_test(mark, each_owner_has_a_mark, 0, G_N_ELEMENTS(owners));
	suite_add_tcase(suite, mark);

	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

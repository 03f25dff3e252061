/* SPDX-License-Identifier: BSD-2-Clause */
/* check_trusted.c - are files read that others can change? */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/trusted.h"
#include "fixture.h"

#define NOBODY 65534
#define LIMIT  (1024 * 1024)

static char *
write_file(const char *text, gssize length, mode_t mode)
{
	g_autofree char *folder = fixture_folder();
	char *path = g_build_filename(folder, "file", NULL);

	ck_assert(g_file_set_contents(path, text, length, NULL));
	ck_assert_int_eq(chmod(path, mode), 0);

	return path;
}

static const struct {
	mode_t mode;
	const char *why; /* part of what is said, or NULL where it is read */
} modes[] = {
	{ 0600, NULL },
	{ 0444, NULL },
	{ 0644, NULL },
	{ 0755, NULL },
	{ 0664, "its group can change it; chmod g-w it" },
	{ 0620, "its group can change it; chmod g-w it" },
	{ 0646, "everybody can change it; chmod go-w it" },
	{ 0666, "everybody can change it; chmod go-w it" },
};

static void
check_read(const char *path, const char *what, const char *why)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL;
	gsize length = 0;
	bool is_read = trusted_read(path, LIMIT, &bytes, &length, &error);

	ck_assert_msg(is_read == (why == NULL), "%s: %s", what,
		      is_read ? "it is read" : error->message);
	if (is_read)
		return;
	ck_assert_msg(g_str_has_prefix(error->message, path) &&
			  strstr(error->message, why) != NULL,
		      "%s: got %s, want %s", what, error->message, why);
	ck_assert_ptr_null(bytes);
}

START_TEST(a_file_that_others_can_write_to_is_refused)
{
	g_autofree char *path = write_file("text", -1, modes[_i].mode);
	g_autofree char *what = g_strdup_printf("mode %o", modes[_i].mode);

	check_read(path, what, modes[_i].why);
}
END_TEST

START_TEST(a_file_of_another_user_is_refused)
{
	g_autofree char *path = write_file("text", -1, 0600);

	/* Root alone can give it away. */
	if (geteuid() != 0)
		return;
	ck_assert_int_eq(chown(path, NOBODY, NOBODY), 0);
	check_read(path, "of nobody", "belongs to user 65534");
	ck_assert_int_eq(chown(path, 0, NOBODY), 0);
	check_read(path, "of root, in nobody's group", NULL);
}
END_TEST

START_TEST(a_file_in_a_folder_of_everybodys_is_refused)
{
	g_autofree char *path = write_file("text", -1, 0644);
	g_autofree char *folder = g_path_get_dirname(path);

	ck_assert_int_eq(chmod(folder, 0777), 0);
	check_read(path, "in a folder of mode 777",
		   "everybody can exchange it; chmod o-w ");
	ck_assert_int_eq(chmod(folder, 01777), 0);
	check_read(path, "in a sticky folder", NULL);
	ck_assert_int_eq(chmod(folder, 0770), 0);
	check_read(path, "in a folder of its group", NULL);
}
END_TEST

START_TEST(what_is_no_regular_file_is_refused_at_once)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *fifo = g_build_filename(folder, "fifo", NULL);

	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
	check_read(fifo, "a fifo", ": no regular file");
	check_read("/dev/zero", "/dev/zero", ": no regular file");
	check_read(folder, "a folder", ": Is a directory");
	check_read("/nonexistent/file", "no file", ": No such file");
	check_read("/dev/null", "/dev/null", NULL);
}
END_TEST

START_TEST(a_link_that_leads_nowhere_is_told_and_not_missing)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *link = g_build_filename(folder, "link", NULL);
	g_autofree char *below = g_build_filename(link, "file", NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL;

	ck_assert_int_eq(symlink("/nonexistent/file", link), 0);
	check_read(link, "a link", ": is a link to what is not there; mend or remove");
	check_read(below, "in a link", ": its folder is a link to what is not there");
	ck_assert(!trusted_read(link, LIMIT, &bytes, NULL, &error));
	ck_assert(!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT));
}
END_TEST

START_TEST(a_file_of_more_bytes_than_wanted_is_refused)
{
	g_autofree char *text = g_strnfill(LIMIT + 1, 'a');
	g_autofree char *path = write_file(text, LIMIT + 1, 0600);

	check_read(path, "one byte more", ": more than 1 MB");
	ck_assert_int_eq(truncate(path, LIMIT), 0);
	check_read(path, "the limit", NULL);
}
END_TEST

START_TEST(all_bytes_are_read)
{
	g_autofree char *text = g_strnfill(200 * 1024, 'a');
	g_autofree char *path = NULL, *bytes = NULL;
	gsize length;

	text[100 * 1024] = '\0';
	path = write_file(text, 200 * 1024, 0600);
	ck_assert(trusted_read(path, LIMIT, &bytes, &length, NULL));
	ck_assert_uint_eq(length, 200 * 1024);
	ck_assert_int_eq(memcmp(bytes, text, length + 1), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("trusted");
	TCase *all = tcase_create("all");

	tcase_add_loop_test(all, a_file_that_others_can_write_to_is_refused, 0,
			    G_N_ELEMENTS(modes));
	tcase_add_test(all, a_file_of_another_user_is_refused);
	tcase_add_test(all, a_file_in_a_folder_of_everybodys_is_refused);
	tcase_add_test(all, what_is_no_regular_file_is_refused_at_once);
	tcase_add_test(all, a_link_that_leads_nowhere_is_told_and_not_missing);
	tcase_add_test(all, a_file_of_more_bytes_than_wanted_is_refused);
	tcase_add_test(all, all_bytes_are_read);
	suite_add_tcase(suite, all);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_mailbag.c - does every mail come out of its bag, once and whole? */

#include <string.h>

#include <glib/gstdio.h>

#include "ctl/mailbag.h"
#include "fixture.h"

/* A separator, and how mails are told from one another here. */
#define FROM "From jane@example.org Mon Jan  5 10:00:00 2026\n"

/* What is read at once; a mail may begin at any place in it. */
#define CHUNK 65536

/* Takes a mail: "LENGTH:FIRST CHARACTER ", or "!" for trouble. */
static void
take(void *context, G_GNUC_UNUSED const char *name, const char *mail, size_t length,
     const char *trouble)
{
	if (trouble != NULL)
		g_string_append(context, "! ");
	else
		g_string_append_printf(context, "%zu:%c ", length,
				       length > 0 ? mail[0] : '-');
}

/* What comes out of a file with these bytes, and of these bytes: the same. */
static char *
taken_from(const char *bytes, size_t length)
{
	g_autoptr(GString) file = g_string_new(NULL);
	g_autoptr(GString) memory = g_string_new(NULL);
	g_autofree char *folder = g_dir_make_tmp("check-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "bag", NULL);

	ck_assert(g_file_set_contents(path, bytes, (gssize)length, NULL));
	mailbag_each(path, take, file);
	g_unlink(path);
	g_rmdir(folder);
	mailbag_split("bag", bytes, length, take, memory);
	ck_assert_str_eq(file->str, memory->str);

	return g_strdup(file->str);
}

static const struct {
	const char *bytes, *want;
} bags[] = {
	{ "", "0:- " },
	{ "a: b\n\nc\n", "8:a " },
	{ FROM, "0:- " },
	{ FROM "a: b\n\nc\n", "8:a " },
	{ FROM "a: b\n\nc\n\n" FROM "d: e\n\nf\n", "9:a 8:d " },
	{ FROM "a: b\r\n\r\nc\r\n\r\n" FROM "d: e\r\n", "13:a 6:d " },
	{ FROM "a: b\n\nc\n\n" FROM, "9:a 0:- " },
	/* no empty line before, no hour: sentences */
	{ FROM "a: b\n\nc\nFrom d Mon Jan  5 10:00:00 2026\n", "40:a " },
	{ FROM "a: b\n\nFrom here on it is\ndownhill at 10:00:00\n", "46:a " },
	{ FROM "a: b\n\n>From d Mon Jan  5 10:00:00 2026\n", "39:a " },
	/* not an mbox, for it does not begin like one */
	{ "a: b\n\nc\n\n" FROM "d: e\n", "61:a " },
};

START_TEST(mails_are_split_where_one_begins)
{
	g_autofree char *got = taken_from(bags[_i].bytes, strlen(bags[_i].bytes));

	ck_assert_msg(g_str_equal(got, bags[_i].want), "%s\ngot %s, want %s",
		      bags[_i].bytes, got, bags[_i].want);
}
END_TEST

/* Wherever the border of what is read at once falls in the line between two mails. */
START_TEST(a_mail_is_whole_across_what_is_read_at_once)
{
	size_t length = CHUNK - 60 + (size_t)_i;
	g_autoptr(GString) bytes = g_string_new(FROM "a: b\n\n");
	g_autofree char *got = NULL, *want = NULL;

	while (bytes->len < length - 2)
		g_string_append_c(bytes, 'x');
	g_string_append(bytes, "\n\n" FROM "d: e\n\nf\n");
	got = taken_from(bytes->str, bytes->len);
	want = g_strdup_printf("%zu:a 8:d ", length - strlen(FROM));
	ck_assert_msg(g_str_equal(got, want), "got %s, want %s", got, want);
}
END_TEST

START_TEST(a_long_mbox_gives_all_its_mails)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autofree char *got = NULL;
	size_t mails = 0;

	for (int i = 0; i < 5000; i++) {
		g_string_append(bytes, FROM "a: b\n\n");
		for (int j = 0; j < i % 97; j++)
			g_string_append(bytes, "some words\n");
		g_string_append_c(bytes, '\n');
	}
	got = taken_from(bytes->str, bytes->len);
	for (const char *at = got; (at = strstr(at, ":a ")) != NULL; at++)
		mails++;
	ck_assert_uint_eq(mails, 5000);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("mailbag");
	TCase *mbox = tcase_create("mbox");

	tcase_add_loop_test(mbox, mails_are_split_where_one_begins, 0,
			    G_N_ELEMENTS(bags));
	tcase_add_loop_test(mbox, a_mail_is_whole_across_what_is_read_at_once, 0, 120);
	tcase_add_test(mbox, a_long_mbox_gives_all_its_mails);
	suite_add_tcase(suite, mbox);

	return fixture_run(suite);
}

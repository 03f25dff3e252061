/* SPDX-License-Identifier: BSD-2-Clause */
/* check_mailbag.c - does every mail come out of its bag, once and whole? */

#include "config.h"

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
	/* no hour: "From" alone, or an address and a year, above a head */
	{ FROM "a: b\n\nc\n\nFrom \nSubject: d\n\nf\n", "9:a 14:S " },
	{ FROM "a: b\n\nc\n\nFrom jane@example.org\nReturn-Path: <d>\n", "9:a 17:R " },
	{ FROM "a: b\r\n\r\nc\r\n\r\nFrom MAILER-DAEMON\r\nx-d: e\r\n", "13:a 8:x " },
	{ FROM "a: b\n\nc\n\nFrom jane@example.org Mon Jan 5 2026\nDate: e\n",
	  "9:a 8:D " },
	/* sentences, though something like a field stands below */
	{ FROM "a: b\n\nFrom what I hear\nSubject: to change\n", "42:a " },
	{ FROM "a: b\n\nFrom jane@example.org I hear\nX-ray: none\n", "47:a " },
	{ FROM "a: b\n\nFrom \nNote: it is late\n", "29:a " },
	{ FROM "a: b\n\nFrom jane@example.org\n\nTo: us\n", "36:a " },
	{ FROM "a: b\nFrom \nSubject: d\n", "22:a " },
	/* lines that end in CR alone, and beside others */
	{ "a: b\r\rc\r", "! " },
	{ "a: b\r\n\r\nc\rd\r\n", "13:a " },
	{ "a: b\r\rc\r\n", "! " },
	{ "From d 10:00:00\ra: b\r\rc\r", "! " },
	{ FROM "a: b\r\rc\r\n\n" FROM "d: e\r\n", "! 6:d " },
	{ "From half a line", "" },
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

/* Files of a mail each, or of a server; and which are read, in what order. */
static const char *const tree[] = {
	"box/cur/1:2,S",
	"box/new/2",
	"box/tmp/3",
	"box/dovecot-uidlist",
	"box/maildirfolder",
	"box/.Sent/cur/4",
	"box/.Sent/maildirfolder",
	"box/.hidden/5",
	"box/.subscriptions",
	/* the other layout: folders in folders */
	"box/Archive/2025/new/6",
	"box/Archive/2025/tmp/7",
	"box/Archive/dovecot.index",
	/* no Maildir: whatever is no server's */
	"plain/8",
	"plain/deeper/9",
	"plain/.profile",
	"plain/subscriptions",
	"plain/Sent/cur/a",
	"plain/Sent/dovecot.index.cache",
};
#define READ                                                                             \
	"box/.Sent/cur/4 box/Archive/2025/new/6 box/cur/1:2,S box/new/2 plain/8 "        \
	"plain/Sent/cur/a plain/deeper/9 "

static void
note_name(void *context, const char *name, G_GNUC_UNUSED const char *mail,
	  G_GNUC_UNUSED size_t length, const char *trouble)
{
	ck_assert_ptr_null(trouble);
	g_string_append_printf(context, "%s ", name);
}

START_TEST(a_maildir_is_its_mails)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *start = g_get_current_dir();
	g_autoptr(GString) names = g_string_new(NULL);

	ck_assert_int_eq(g_chdir(folder), 0);
	for (size_t i = 0; i < G_N_ELEMENTS(tree); i++) {
		g_autofree char *parent = g_path_get_dirname(tree[i]);

		ck_assert_int_eq(g_mkdir_with_parents(parent, 0700), 0);
		ck_assert(g_file_set_contents(tree[i], "a: b\n", 5, NULL));
	}
	mailbag_each("box", note_name, names);
	mailbag_each("plain", note_name, names);
	ck_assert_str_eq(names->str, READ);
	ck_assert_uint_eq(mailbag_size("box") + mailbag_size("plain"), 7 * 5);
	ck_assert_int_eq(g_chdir(start), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("mailbag");
	TCase *mbox = tcase_create("mbox");
	TCase *maildir = tcase_create("maildir");

	tcase_add_loop_test(mbox, mails_are_split_where_one_begins, 0,
			    G_N_ELEMENTS(bags));
	tcase_add_loop_test(mbox, a_mail_is_whole_across_what_is_read_at_once, 0, 120);
	tcase_add_test(mbox, a_long_mbox_gives_all_its_mails);
	suite_add_tcase(suite, mbox);
	tcase_add_test(maildir, a_maildir_is_its_mails);
	suite_add_tcase(suite, maildir);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_head.c - are fields kept as given and written so that no value ends the head? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "mail/head.h"

static const struct {
	const char *name;
	const char *value;
	const char *want;
} writings[] = {
	{ "Subject", "Hi", "Subject: Hi\r\n\r\n" },
	{ "Subject", " Hi", "Subject: Hi\r\n\r\n" },
	{ "Subject", "\tHi", "Subject:\tHi\r\n\r\n" },
	{ "Subject", "", "Subject: \r\n\r\n" },
	{ "Subject", "a\n\tb", "Subject: a\r\n\tb\r\n\r\n" },
	{ "Subject", "a\r\n b\n c", "Subject: a\r\n b\r\n c\r\n\r\n" },
	{ "Subject", "\n a", "Subject:\r\n a\r\n\r\n" },
	/* A value that would end the head, or begin a field, is folded. */
	{ "Subject", "a\r\n\r\nb", "Subject: a\r\n\tb\r\n\r\n" },
	{ "Subject", "a\n\nb", "Subject: a\r\n\tb\r\n\r\n" },
	{ "Subject", "a\nEvil: b", "Subject: a\r\n\tEvil: b\r\n\r\n" },
	{ "Subject", "a\n \n b", "Subject: a\r\n b\r\n\r\n" },
	{ "Subject", "a\n\t\n\r\nb", "Subject: a\r\n\tb\r\n\r\n" },
	{ "Subject", "a\r\n", "Subject: a\r\n\r\n" },
	{ "Subject", "a\n \n", "Subject: a\r\n\r\n" },
	{ "Subject", "\n", "Subject:\r\n\r\n" },
	{ "Subject", "\n\r\n\rb", "Subject:\r\n\t\rb\r\n\r\n" },
	{ "Subject", "a\rb", "Subject: a\rb\r\n\r\n" },
	{ "Subject", "a\r\r\nb", "Subject: a\r\r\n\tb\r\n\r\n" },
	{ "Subject", "a\n\r", "Subject: a\r\n\r\n" },
	{ "Subject", "caf\351", "Subject: caf\351\r\n\r\n" },
	{ "Subject ", "a", "Subject : a\r\n\r\n" },
	/* What is no name would not be read as a field. */
	{ "", "a", "\r\n" },
	{ " a", "b", "\r\n" },
	{ "a\r\n\r\nb", "c", "\r\n" },
	{ "a:b", "c", "\r\n" },
};

START_TEST(written_heads_end_where_they_should)
{
	g_autoptr(Head) head = head_new();
	g_autoptr(GString) got = g_string_new(NULL);

	head_add(head, writings[_i].name, writings[_i].value);
	head_write(head, "", got);
	ck_assert_msg(strcmp(got->str, writings[_i].want) == 0, "got \"%s\", want \"%s\"",
		      got->str, writings[_i].want);
}
END_TEST

static const struct {
	const char *name;
	const char *want;
} lookups[] = {
	{ "Received", "first" },
	{ "received", "first" },
	{ "SUBJECT", " \n\tRaw =?utf-8?q?x?=" },
	{ "Empty", "" },
	{ "Subj", NULL },
	{ "Subject:", NULL },
	{ "", NULL },
};

START_TEST(fields_are_found_in_any_case_and_first_first)
{
	g_autoptr(Head) head = head_new();
	const char *got;

	head_add(head, "Received", "first");
	head_add(head, "Received", "second");
	head_add(head, "Subject", " \n\tRaw =?utf-8?q?x?=");
	head_add(head, "Empty", "");

	got = head_get(head, lookups[_i].name);
	ck_assert_msg(g_strcmp0(got, lookups[_i].want) == 0, "%s: got %s, want %s",
		      lookups[_i].name, got != NULL ? got : "none",
		      lookups[_i].want != NULL ? lookups[_i].want : "none");
}
END_TEST

START_TEST(fields_keep_their_order_while_the_arena_grows)
{
	g_autoptr(Head) head = head_new();
	g_autofree char *padding = g_strnfill(200, 'x');

	for (size_t i = 0; i < 500; i++) {
		g_autofree char *name = g_strdup_printf("F%zu", i);
		g_autofree char *value = g_strdup_printf("%zu %s", i, padding);

		head_add(head, name, value);
	}

	ck_assert_uint_eq(head_length(head), 500);
	for (size_t i = 0; i < 500; i++) {
		g_autofree char *name = g_strdup_printf("F%zu", i);
		g_autofree char *value = g_strdup_printf("%zu %s", i, padding);

		ck_assert_str_eq(head_name(head, i), name);
		ck_assert_str_eq(head_value(head, i), value);
	}
	ck_assert(!head_is_over(head));
}
END_TEST

START_TEST(too_many_fields_are_dropped_and_told)
{
	g_autoptr(Head) head = head_new();

	for (size_t i = 0; i < HEAD_MAX_FIELDS; i++)
		head_add(head, "A", "b");
	ck_assert(!head_is_over(head));

	head_add(head, "Late", "b");
	ck_assert(head_is_over(head));
	ck_assert_uint_eq(head_length(head), HEAD_MAX_FIELDS);
	ck_assert_ptr_null(head_get(head, "Late"));
}
END_TEST

START_TEST(too_long_a_field_is_dropped_and_told)
{
	g_autoptr(Head) head = head_new();
	g_autofree char *fat = g_strnfill(HEAD_MAX_BYTES, 'x');
	g_autofree char *fits = g_strnfill(HEAD_MAX_BYTES - 3, 'x');

	head_add(head, "Fat", fat);
	head_add(head, fat, "name");
	head_add(head, fat, fat);
	ck_assert(head_is_over(head));
	ck_assert_uint_eq(head_length(head), 0);

	head_reset(head);
	head_add(head, "A", fits);
	ck_assert(!head_is_over(head));
	ck_assert_uint_eq(strlen(head_get(head, "A")), HEAD_MAX_BYTES - 3);

	head_add(head, "", "");
	ck_assert(head_is_over(head));
}
END_TEST

START_TEST(a_reset_head_is_a_new_one)
{
	g_autoptr(Head) head = head_new();
	g_autofree char *large = g_strnfill(100 * 1000, 'x');
	g_autoptr(GString) got = g_string_new(NULL);

	for (size_t i = 0; i < 4; i++) {
		head_add(head, "Large", i % 2 == 0 ? large : "small");
		head_add(head, "Last", "x");
		head_reset(head);
		ck_assert_uint_eq(head_length(head), 0);
		ck_assert_ptr_null(head_get(head, "Last"));
		ck_assert(!head_is_over(head));
	}

	head_write(head, "", got);
	ck_assert_str_eq(got->str, "\r\n");
	head_add(head, "From", "jane@example.org");
	ck_assert_str_eq(head_get(head, "from"), "jane@example.org");
}
END_TEST

START_TEST(all_fields_are_written_in_order)
{
	g_autoptr(Head) head = head_new();
	g_autoptr(GString) got = g_string_new("before|");

	head_add(head, "From", "Jane <jane@example.org>");
	head_add(head, "To", "a@example.net,\n\tb@example.net");
	head_write(head, "", got);
	ck_assert_str_eq(got->str, "before|From: Jane <jane@example.org>\r\n"
				   "To: a@example.net,\r\n\tb@example.net\r\n\r\n");
}
END_TEST

static Suite *
head_suite(void)
{
	Suite *suite = suite_create("head");
	TCase *keeping = tcase_create("keeping");
	TCase *writing = tcase_create("writing");

	tcase_add_loop_test(keeping, fields_are_found_in_any_case_and_first_first, 0,
			    G_N_ELEMENTS(lookups));
	tcase_add_test(keeping, fields_keep_their_order_while_the_arena_grows);
	tcase_add_test(keeping, too_many_fields_are_dropped_and_told);
	tcase_add_test(keeping, too_long_a_field_is_dropped_and_told);
	tcase_add_test(keeping, a_reset_head_is_a_new_one);
	suite_add_tcase(suite, keeping);

	tcase_add_loop_test(writing, written_heads_end_where_they_should, 0,
			    G_N_ELEMENTS(writings));
	tcase_add_test(writing, all_fields_are_written_in_order);
	suite_add_tcase(suite, writing);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(head_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

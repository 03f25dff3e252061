/* SPDX-License-Identifier: BSD-2-Clause */
/* check_apply.c - does a mail get what the edits say, and nothing else? */

#include "config.h"

#include <string.h>

#include "edit/apply.h"
#include "fixture.h"

/* Edits as text: "-Name" deletes the first instance, "+Name: value" inserts, "=Name:
   value" changes, "!text" replaces the body; separated by "|". */
static const struct {
	const char *mail;
	const char *edits;
	const char *want;
} rows[] = {
	/* Insertions stand on top, in their order. */
	{ "A: 1\n\nbody\n", "+X: a|+Y: b\n\tc", "X: a\nY: b\n\tc\nA: 1\n\nbody\n" },
	{ "A: 1\r\n\r\nbody\r\n", "+X: a\n\tb", "X: a\r\n\tb\r\nA: 1\r\n\r\nbody\r\n" },
	{ "From a b\nA: 1\n\nbody\n", "+X: a", "From a b\nX: a\nA: 1\n\nbody\n" },
	{ "From a b\nA: 1\r\n\r\nbody\r\n", "+X: a",
	  "From a b\nX: a\r\nA: 1\r\n\r\nbody\r\n" },
	{ ">From a b\nA: 1\n\nbody\n", "+X: a|+Y: b",
	  ">From a b\nX: a\nY: b\nA: 1\n\nbody\n" },
	{ "From a\n>From b\nA: 1\n\n>From c\n", "+X: a|-A",
	  "From a\n>From b\nX: a\n\n>From c\n" },
	{ ">From: 1\nA: 1\n\n", "+X: a", "X: a\n>From: 1\nA: 1\n\n" },
	/* Nothing is glued to a field of ours. */
	{ " b\nA: 1\n\nbody\n", "+X: a", " b\nX: a\nA: 1\n\nbody\n" },
	{ "\tb\r\n \r\nA: 1\r\n\r\n", "+X: a", "\tb\r\n \r\nX: a\r\nA: 1\r\n\r\n" },
	{ "From a\n b: 1\n\n c\n", "+X: a", "From a\n b: 1\nX: a\n\n c\n" },
	{ " b", "+X: a", " b\nX: a\n" },
	{ "", "+X: a", "X: a\n" },
	{ "\nbody", "+X: a", "X: a\n\nbody" },
	/* Deletions, whatever case and blanks a name has. */
	{ "A: 1\nB: 2\n\t3\nC: 4\n\nB: 5\n", "-B", "A: 1\nC: 4\n\nB: 5\n" },
	{ "b : 1\nB: 2\n", "-B", "B: 2\n" },
	{ "b\t:1\nBB: 2\n", "-B", "BB: 2\n" },
	{ "A: 1\nB: 2", "-B", "A: 1\n" },
	{ "B:\n\n", "-B", "\n" },
	{ "A: 1\n\n", "-B", "A: 1\n\n" },
	/* A change stays in its place, and what is missing comes last. */
	{ "A: 1\nB: 2\n\t3\nC: 4\nb: 5\n\n", "=B: x\n\ty",
	  "A: 1\nB: x\n\ty\nC: 4\nb: 5\n\n" },
	{ "A: 1\n\nbody", "=B: x", "A: 1\nB: x\n\nbody" },
	{ "A: 1", "=B: x", "A: 1\nB: x\n" },
	{ "A: 1\r\n", "=B: x", "A: 1\r\nB: x\r\n" },
	/* What is no field stays where it is. */
	{ "?\n B: 1\n: 2\nB C: 3\nB: 4\n\n", "-B", "?\n B: 1\n: 2\nB C: 3\n\n" },
	{ " \nB: 1\n\n", "-B", " \n\n" },
	/* Another body, with the lines' ends of the old one. */
	{ "A: 1\n\nold\n", "!new\r\nlines\r\n", "A: 1\n\nnew\nlines\n" },
	{ "A: 1\r\n\r\nold\r\n", "!new\r\n", "A: 1\r\n\r\nnew\r\n" },
	{ "A: 1\n\nold\r\n", "!new\r\n", "A: 1\n\nnew\r\n" },
	{ "A: 1\r\n\r\nold\n", "!new\r\n", "A: 1\r\n\r\nnew\n" },
	{ "A: 1\n\nold", "!new\r\n", "A: 1\n\nnew\n" },
	{ "A: 1", "!new\r\n", "A: 1\n\nnew\n" },
	{ "A: 1\n\nold", "!a\rb\r\r\nc", "A: 1\n\na\rb\r\nc" },
	/* All of it at once. */
	{ "From a\nB: 1\nS: 2\nB: 3\n\nold\n", "-B|+X: a|=S: x|!new\r\n",
	  "From a\nX: a\nS: x\nB: 3\n\nnew\n" },
	/* Nothing is nothing. */
	{ "", "", "" },
	{ "\r\n\n\r", "", "\r\n\n\r" },
	{ "A: 1\r\nB\n\n\r\n\r", "", "A: 1\r\nB\n\n\r\n\r" },
};

static void
add_edit(Edits *edits, const char *text)
{
	const char *colon = strstr(text, ": ");
	g_autofree char *name =
	    text[0] != '\0' ? g_strndup(text + 1, strcspn(text + 1, ":")) : NULL;

	if (text[0] == '-')
		edits_delete(edits, name, 1);
	else if (text[0] == '+')
		edits_insert(edits, name, colon + 2);
	else if (text[0] == '=')
		edits_change(edits, name, colon + 2);
	else if (text[0] == '!')
		edits->body = g_string_new(text + 1);
}

START_TEST(edits_are_made_and_all_else_stays)
{
	g_autoptr(Edits) edits = edits_new();
	g_auto(GStrv) words = g_strsplit(rows[_i].edits, "|", -1);
	g_autoptr(GString) out = g_string_new(NULL);
	Layout layout = layout_of(rows[_i].mail, strlen(rows[_i].mail));

	for (size_t i = 0; words[i] != NULL; i++)
		add_edit(edits, words[i]);
	apply_edits(&layout, edits, out);
	ck_assert_msg(g_str_equal(out->str, rows[_i].want), "%s of %s: got %s, want %s",
		      rows[_i].edits, rows[_i].mail, out->str, rows[_i].want);
}
END_TEST

START_TEST(all_instances_are_deleted)
{
	static const char mail[] = "B: 1\nA: 2\nb: 3\n 4\nB: 5\n\nB: 6\n";
	g_autoptr(Edits) edits = edits_new();
	g_autoptr(GString) out = g_string_new(NULL);
	Layout layout = layout_of(mail, strlen(mail));

	edits_delete(edits, "B", 3);
	apply_edits(&layout, edits, out);
	ck_assert_str_eq(out->str, "A: 2\n\nB: 6\n");
}
END_TEST

/* Pieces of which any body can be made, as far as lines matter. */
static const char *const pieces[] = { "\n", "\r\n", "\r", "a", "\r\r\n", "--b" };

/* Each body that an MTA is handed comes back, byte for byte. */
START_TEST(a_body_that_is_not_changed_comes_back)
{
	size_t count = G_N_ELEMENTS(pieces);

	for (size_t number = 0; number < count * count * count * count; number++) {
		g_autoptr(GString) mail =
		    g_string_new(_i == 0 ? "A: 1\n\n" : "A: 1\r\n\r\n");
		g_autoptr(GString) body = g_string_new(NULL), out = g_string_new(NULL);
		Layout layout;

		for (size_t rest = number, i = 0; i < 4; i++, rest /= count)
			g_string_append(mail, pieces[rest % count]);
		layout = layout_of(mail->str, mail->len);
		layout_write_body(&layout, body);
		layout_restore_body(&layout, body, out);
		ck_assert_msg(g_str_equal(out->str, mail->str + layout.body),
			      "%zu: got %s, want %s", number, out->str,
			      mail->str + layout.body);
	}
}
END_TEST

/* Of these heads, broken ones among them, can be made. */
static const char *const head_pieces[] = { "\n", "\r\n", "\r", "A:", " ", "From ", "a" };

START_TEST(a_mail_without_edits_comes_out_as_it_came)
{
	size_t count = G_N_ELEMENTS(head_pieces), all = 1;

	for (size_t i = 0; i < 6; i++)
		all *= count;
	for (size_t number = 0; number < all; number++) {
		g_autoptr(Edits) edits = edits_new();
		g_autoptr(GString) mail = g_string_new(NULL), out = g_string_new(NULL);
		Layout layout;

		for (size_t rest = number, i = 0; i < 6; i++, rest /= count)
			g_string_append(mail, head_pieces[rest % count]);
		g_string_append_len(mail, "\0", _i);
		layout = layout_of(mail->str, mail->len);
		/* A field that the mail has not, so that its own are looked at. */
		edits_delete(edits, "B", 1);
		apply_edits(&layout, edits, out);
		ck_assert_msg(g_string_equal(out, mail), "%zu: got %s, want %s", number,
			      out->str, mail->str);
	}
}
END_TEST

static const struct {
	const char *field;
	const char *name;
	const char *value;
} fields[] = {
	{ "Subject: a\r\n\tb\r\n", "Subject", "a\n\tb" },
	{ "Subject : a", "Subject", "a" },
	{ "Subject:a\n", "Subject", "a" },
	{ "Subject:  a \n", "Subject", " a " },
	{ "Subject:\n a\n", "Subject", "\n a" },
	{ "Subject:\n", "Subject", "" },
	{ "X-8bit: \303\274\377\n", "X-8bit", "\303\274\377" },
};

START_TEST(a_field_is_read_as_an_mta_hands_it_over)
{
	Layout layout = layout_of(fields[_i].field, strlen(fields[_i].field));
	LayoutField field;
	size_t at = layout.head;
	g_autofree char *name = NULL, *value = NULL;

	ck_assert(layout_next(&layout, &at, &field));
	name = layout_name(&layout, &field);
	value = layout_value(&layout, &field);
	ck_assert_str_eq(name, fields[_i].name);
	ck_assert_str_eq(value, fields[_i].value);
	ck_assert(!layout_next(&layout, &at, &field));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("apply");
	TCase *mail = tcase_create("mail");

	suite_add_tcase(suite, mail);
	tcase_add_loop_test(mail, edits_are_made_and_all_else_stays, 0,
			    G_N_ELEMENTS(rows));
	tcase_add_test(mail, all_instances_are_deleted);
	tcase_add_loop_test(mail, a_body_that_is_not_changed_comes_back, 0, 2);
	tcase_add_loop_test(mail, a_mail_without_edits_comes_out_as_it_came, 0, 2);
	tcase_add_loop_test(mail, a_field_is_read_as_an_mta_hands_it_over, 0,
			    G_N_ELEMENTS(fields));

	return fixture_run(suite);
}

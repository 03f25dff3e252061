/* SPDX-License-Identifier: BSD-2-Clause */
/* check_terminal.c - does a printed line hold only what is seen? */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/terminal.h"
#include "fixture.h"

static const struct {
	const char *text, *want;
} lines[] = {
	{ "", "" },
	{ "  two  spaces ", "  two  spaces " },
	{ "\033]0;title\a", "?]0;title?" },
	{ "a\nb\r\tc\x7f", "a?b??c?" },
	{ "\xc2\x9b"
	  "31m",
	  "?31m" },
	{ "\x9b"
	  "31m",
	  "\xef\xbf\xbd"
	  "31m" },
	{ "line \xe2\x80\xa8 separator", "line ? separator" },
	{ "gpj\xe2\x80\xae.exe", "gpj?.exe" },
	{ "J\xc3\xbcrgen \xe6\x9d\x8e", "J\xc3\xbcrgen \xe6\x9d\x8e" },
};

START_TEST(what_is_not_seen_is_a_question_mark)
{
	g_autofree char *got = terminal_text(lines[_i].text);

	ck_assert_str_eq(got, lines[_i].want);
}
END_TEST

START_TEST(break_in_a_line_is_shown_and_in_lines_kept)
{
	char *got = NULL;
	size_t length;
	FILE *out = open_memstream(&got, &length);

	terminal_print(out, "%s: %d", "a\nb", 1);
	terminal_print_lines(out, "x: ", "a\nb\a");
	fclose(out);
	ck_assert_str_eq(got, "a?b: 1\nx: a\nx: b?\n");
	free(got);
}
END_TEST

static const struct {
	const char *text;
	int taken, indent, width;
	const char *want;
} folds[] = {
	{ "", 0, 0, 20, "" },
	{ "one two three four five", 0, 2, 12, "one two\n  three four\n  five" },
	{ "one two three", 0, 2, 0, "one two three" },
	{ "one two three", 9, 9, 13, "one\n         two\n         three" },
	{ "a https://example.org/very/long/address b", 0, 1, 12,
	  "a\n https://example.org/very/long/address\n b" },
	{ "  indented text here", 0, 4, 12, "  indented\n    text\n    here" },
	/* Wide letters take two columns, and need no blank to part. */
	{ "\xe6\x9d\x8e\xe6\x9d\x8e\xe6\x9d\x8e", 0, 0, 4,
	  "\xe6\x9d\x8e\xe6\x9d\x8e\n\xe6\x9d\x8e" },
	{ "e\xcc\x81 e\xcc\x81 e", 0, 0, 3, "e\xcc\x81 e\xcc\x81\ne" },
	{ "a\033b\nc", 0, 0, 80, "a?b?c" },
};

START_TEST(a_line_is_folded_at_the_width)
{
	g_autofree char *got = terminal_fold(folds[_i].text, folds[_i].taken,
					     folds[_i].indent, folds[_i].width);

	ck_assert_msg(g_str_equal(got, folds[_i].want), "%s: got %s, want %s",
		      folds[_i].text, got, folds[_i].want);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("terminal");
	TCase *cases = tcase_create("terminal");

	tcase_add_loop_test(cases, what_is_not_seen_is_a_question_mark, 0,
			    G_N_ELEMENTS(lines));
	tcase_add_loop_test(cases, a_line_is_folded_at_the_width, 0, G_N_ELEMENTS(folds));
	tcase_add_test(cases, break_in_a_line_is_shown_and_in_lines_kept);
	suite_add_tcase(suite, cases);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_visible.c - do plain text's lines and links come out as a person reads them? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "fixture.h"
#include "mail/visible.h"

static const struct {
	const char *text;
	const char *lines;
} texts[] = {
	{ "", "" },
	{ "a\r\nb\nc\rd", "a/b/c/d" },
	{ "a\n\nb\r\n \t\r\n\u00a0\r\n\r\nc", "a//b//c" },
	{ "\n\n  a  b\u00a0 c\t\n\n", "a b c" },
	{ "> Hi Ann,\n>\n> I'd like", "> Hi Ann,/>/> I'd like" },
	{ "J\u00fcrgen\xff \u200bDoe\x07", "J\u00fcrgen\ufffd Doe" },
	{ "Accept: https://n.example/", "Accept: https://n.example/" },
	{ " https://n.example/ \n<https://n.example/> (http://n.example)",
	  "[https://n.example/]/[<https://n.example/> (http://n.example)]" },
	{ "https://a.example or https://b.example",
	  "https://a.example or https://b.example" },
	{ "www.n.example\nat www.n.example", "[www.n.example]/at www.n.example" },
};

START_TEST(text_is_cut_into_clean_lines)
{
	g_autoptr(Visible) visible =
	    visible_of_text(texts[_i].text, strlen(texts[_i].text));
	g_autofree char *lines = fixture_lines(visible);

	ck_assert_msg(strcmp(lines, texts[_i].lines) == 0, "%s: got %s, want %s",
		      texts[_i].text, lines, texts[_i].lines);
}
END_TEST

static const struct {
	const char *text;
	const char *links;
} linked[] = {
	/* Where a URL begins and ends. */
	{ "http:// https:// https://. nohttp://x.example ftp://x", "" },
	{ "see HTTPS://N.example/A?b=c&d#e.", "see=HTTPS://N.example/A?b=c&d#e" },
	{ "see (http://n.example/a_(b)), or", "see=http://n.example/a_(b)" },
	{ "see [http://n.example/a[0]]!", "see=http://n.example/a[0]" },
	{ "\"http://n.example\" \u2014 'http://m.example';",
	  "=http://n.example =http://m.example" },
	{ "http://n.example/\u00fc\u00a0b", "=http://n.example/\u00fc" },
	{ "http://n.example/r?u=http://m.example/",
	  "=http://n.example/r?u=http://m.example/" },
	/* The words on its line. */
	{ "Accept: https://n.example/a", "Accept=https://n.example/a" },
	{ "Voir le profil :\u00a0https://n.example/a",
	  "Voir le profil=https://n.example/a" },
	{ "\u63a5\u53d7\uff1ahttps://n.example/a", "\u63a5\u53d7=https://n.example/a" },
	{ "Accept <https://n.example/a>", "Accept=https://n.example/a" },
	{ "* View profile - https://n.example/a", "View profile=https://n.example/a" },
	{ "Yes: http://n.example/y | No: http://n.example/n",
	  "Yes=http://n.example/y No=http://n.example/n" },
	{ "> Accept: http://n.example", "Accept=http://n.example" },
	/* The line above. */
	{ "Accept invitation from Ann\nhttp://n.example",
	  "Accept invitation from Ann=http://n.example" },
	{ "Hi\nHere is the link: \n\n<http://n.example>",
	  "Here is the link=http://n.example" },
	{ "Accept:\n\n\nhttp://n.example", "=http://n.example" },
	{ "> Accept:\n>\n> http://n.example", "Accept=http://n.example" },
	{ "a\nhttp://n.example/1\nhttp://n.example/2",
	  "a=http://n.example/1 =http://n.example/2" },
	{ "a: http://n.example/1\nhttp://n.example/2",
	  "a=http://n.example/1 =http://n.example/2" },
	{ "Ann Doe\n-----------\nhttp://n.example", "=http://n.example" },
	{ "a\nhttp://n.example/1 http://n.example/2",
	  "a=http://n.example/1 =http://n.example/2" },
	/* Without a scheme. */
	{ "Accept: www.n.example/x.", "Accept=http://www.n.example/x" },
	{ "Accept:WWW.N.example <www.\u00fc.\u044e>",
	  "Accept=http://WWW.N.example =http://www.\u00fc.\u044e" },
	{ "Accept\n(www.n.example)", "Accept=http://www.n.example" },
	{ "a www.n.example b http://m.example",
	  "a=http://www.n.example b=http://m.example" },
	{ "http://www.n.example/?www.m.example", "=http://www.n.example/?www.m.example" },
	{ "www. www.n www.n. www..n www.1.2 www.n/a.b www.n,a.b www.n.\u00a0a", "" },
	{ "awww.n.example a@www.n.example ftp://www.n.example a.www.n.example", "" },
};

START_TEST(links_are_found_with_the_words_before_them)
{
	g_autoptr(Visible) visible =
	    visible_of_text(linked[_i].text, strlen(linked[_i].text));
	g_autofree char *links = fixture_links(visible);

	ck_assert_msg(strcmp(links, linked[_i].links) == 0, "%s: got %s, want %s",
		      linked[_i].text, links, linked[_i].links);
}
END_TEST

/* Any bytes are text, a zero among them. */
START_TEST(zero_bytes_end_nothing)
{
	const char text[] = "a\0b\0\nc";
	g_autoptr(Visible) visible = visible_of_text(text, sizeof(text) - 1);
	g_autofree char *lines = fixture_lines(visible);

	ck_assert_str_eq(lines, "a\ufffdb\ufffd/c");
}
END_TEST

static const struct {
	const char *piece;
	size_t times;
	size_t lines; /* exactly */
	size_t links;
} bombs[] = {
	{ "http://n.example/ ", 30000, 1, VISIBLE_MAX_LINKS },
	{ "a\n\nhttp://n.example/\n", 30000, VISIBLE_MAX_LINES, VISIBLE_MAX_LINKS },
	{ "a\r", 300000, VISIBLE_MAX_LINES, 0 },
	{ "\n", 500000, 0, 0 },
	{ "\u00fc\xff", 200000, 1, 0 },
	{ "http://n.example/", 30000, 1, 1 },
	{ "://", 100000, 1, 0 },
	{ "www.-\u00fc", 60000, 1, 0 },
	{ "www.-(", 60000, 1, 0 },
	{ "www.a.b ", 60000, 1, VISIBLE_MAX_LINKS },
	{ "http://)", 60000, 1, 1 },
};

START_TEST(costly_text_stays_within_the_limits)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(Visible) visible = NULL;

	for (size_t i = 0; i < bombs[_i].times; i++)
		g_string_append(text, bombs[_i].piece);
	visible = visible_of_text(text->str, text->len);

	ck_assert_msg(visible->lines->len == bombs[_i].lines, "%s: %u lines, want %zu",
		      bombs[_i].piece, visible->lines->len, bombs[_i].lines);
	ck_assert_msg(visible->links->len == bombs[_i].links, "%s: %u links, want %zu",
		      bombs[_i].piece, visible->links->len, bombs[_i].links);
	for (size_t i = 0; i < visible->lines->len; i++) {
		const char *line = g_array_index(visible->lines, VisibleLine, i).text;

		ck_assert(strlen(line) <= VISIBLE_MAX_LINE);
		ck_assert(g_utf8_validate(line, -1, NULL));
	}
}
END_TEST

/* How many of the links begin so? */
static size_t
count_links(const Visible *visible, const char *start)
{
	size_t count = 0;

	for (size_t i = 0; i < visible->links->len; i++)
		count += g_str_has_prefix(
		    g_array_index(visible->links, VisibleLink, i).url, start);

	return count;
}

static const char *
url_at(const Visible *visible, size_t i)
{
	return g_array_index(visible->links, VisibleLink, i).url;
}

/* Neither many links nor many lines before it hide the last link. */
START_TEST(of_too_many_links_the_first_and_the_last_are_kept)
{
	g_autoptr(GString) text = g_string_new("http://first.example\n");
	g_autoptr(Visible) visible = NULL;

	for (size_t i = 0; i < 10 * VISIBLE_MAX_LINES; i++)
		g_string_append(text, "http://many.example\n");
	for (size_t i = 0; i < VISIBLE_LATE; i++)
		g_string_append_printf(text, "a: http://last.example/%zu\n", i);
	visible = visible_of_text(text->str, text->len);

	ck_assert_uint_eq(visible->links->len, VISIBLE_MAX_LINKS);
	ck_assert_str_eq(url_at(visible, 0), "http://first.example");
	ck_assert_uint_eq(count_links(visible, "http://last.example/"), VISIBLE_LATE);
}
END_TEST

START_TEST(of_another_part_only_the_links_are_added)
{
	const char *first = "a\nb: http://n.example/1",
		   *other = "c\nd: http://n.example/2";
	g_autoptr(Visible) visible = visible_of_text(first, strlen(first));
	g_autoptr(Visible) more = visible_of_text(other, strlen(other));
	g_autofree char *lines = fixture_lines(visible), *links = NULL;

	visible_add_links(visible, more);
	links = fixture_links(visible);

	ck_assert_str_eq(lines, "a/b: http://n.example/1");
	ck_assert_str_eq(links, "b=http://n.example/1 d=http://n.example/2");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("visible");
	TCase *text = tcase_create("text");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(text, text_is_cut_into_clean_lines, 0, G_N_ELEMENTS(texts));
	tcase_add_loop_test(text, links_are_found_with_the_words_before_them, 0,
			    G_N_ELEMENTS(linked));
	tcase_add_test(text, zero_bytes_end_nothing);
	tcase_add_loop_test(text, costly_text_stays_within_the_limits, 0,
			    G_N_ELEMENTS(bombs));
	tcase_add_test(text, of_too_many_links_the_first_and_the_last_are_kept);
	tcase_add_test(text, of_another_part_only_the_links_are_added);
	suite_add_tcase(suite, text);

	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

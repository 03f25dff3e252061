/* SPDX-License-Identifier: BSD-2-Clause */
/* check_block.c - are blocks found wherever they stand, and nobody's words with them? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "mail/block.h"

#define MARK "tide-7"

#define OPEN  "=== invite-milter-tide-7 ===\n"
#define CLOSE "=== /invite-milter-tide-7 ===\n"
#define OTHER "=== invite-milter ===\n"
#define ENDED "=== /invite-milter ===\n"

#define DIV "<div id=\"invite-milter-tide-7\" style=\"x\">"

typedef struct {
	const char *what;
	const char *text;
	const char *kept;
	bool is_foreign;
} Row;

static const Row texts[] = {
	{ "ours on top", OPEN "a\n" CLOSE "\nb\n", "b\n", false },
	{ "CRLF",
	  "=== invite-milter-tide-7 ===\r\na\r\n=== /invite-milter-tide-7 ===\r\nb", "b",
	  false },
	{ "CR", "=== invite-milter-tide-7 ===\ra\r=== /invite-milter-tide-7 ===\rb", "b",
	  false },
	{ "no last line end", "a\n" OPEN "b\n=== /invite-milter-tide-7 ===", "a\n",
	  false },
	{ "nothing inside", OPEN CLOSE "a\n", "a\n", false },
	{ "two of ours", OPEN "a\n" CLOSE "\n" OPEN "b\n" CLOSE "\nc\n", "c\n", false },
	{ "without a mark", OTHER "a\n" ENDED "b\n", "b\n", true },
	{ "another mark", "=== invite-milter-a1 ===\na\n=== /invite-milter-a1 ===\nb\n",
	  "b\n", true },
	{ "our mark in capitals", "=== INVITE-MILTER-TIDE-7 ===\na\n" CLOSE "b\n", "b\n",
	  false },
	{ "a mark that ours begins", "=== invite-milter-tide ===\na\n" CLOSE "b\n", "b\n",
	  true },
	{ "amidst somebody's words", "a\n\n" OTHER "b\n" ENDED "\nc\n", "a\n\nc\n",
	  true },
	{ "several among words", "a\n" OTHER "b\n" ENDED "c\n" OPEN "d\n" CLOSE "e\n",
	  "a\nc\ne\n", true },
	{ "letters of any case", "=== Invite-Milter ===\na\n=== /INVITE-milter ===\nb\n",
	  "b\n", true },
	{ "other rules", "==  invite-milter ==========\na\n====/ invite-milter==\nb\n",
	  "b\n", true },
	{ "what nobody sees between the letters",
	  "=== invite\u200b-mil\u00adter ===\na\n\ufeff===\u00a0/invite-milter ===\nb\n",
	  "b\n", true },
	{ "words behind the fences",
	  "=== invite-milter === Accept\na\n"
	  "=== /invite-milter === b\n",
	  "b\n", true },

	/* In a forward. */
	{ "quoted", "a\n> " OTHER "> b\n>\n> " ENDED ">\n> c\n", "a\n> c\n", true },
	{ "quoted twice", ">> a\n>> " OTHER "> > b\n>> " ENDED ">> c\n", ">> a\n>> c\n",
	  true },
	{ "behind bars", "| " OTHER "| b\n| " ENDED "c\n", "c\n", true },
	{ "a blank line without quoting", "> " OTHER "\n> b\n> " ENDED "c\n", "c\n",
	  true },
	{ "words written into it", "> " OTHER "> a\nmy own words\n> b\n> " ENDED "> c\n",
	  "> a\nmy own words\n> b\n> c\n", true },
	{ "words of another script written into it",
	  "> " OTHER "> a\n\u65e5\u672c\u8a9e\n> " ENDED, "> a\n\u65e5\u672c\u8a9e\n",
	  true },
	{ "it begins before the quotation", OTHER "a\n> " ENDED "> b\n", "a\n> b\n",
	  true },

	/* Cut. */
	{ "never closed", OTHER "Accept!\nb\n", "Accept!\nb\n", true },
	{ "never closed, words behind the fence", "=== invite-milter === Accept!\nb\n",
	  "Accept!\nb\n", true },
	{ "never opened", "a\n" ENDED "b\n", "a\nb\n", true },
	{ "opened twice", OTHER "a\n" OTHER "b\n" ENDED "c\n", "a\nc\n", true },
	{ "closed twice", OTHER "a\n" ENDED "b\n" ENDED "c\n", "b\nc\n", true },
	{ "one in the other", OTHER "a\n" OPEN "b\n" CLOSE "c\n" ENDED "d\n", "a\nc\nd\n",
	  true },
	{ "another closes it", OPEN "a\n" ENDED "b\n", "b\n", true },

	/* A line must not come to begin with what stood in its middle. */
	{ "a dash behind the fence", OTHER "=== /invite-milter === --a\n", " --a\n",
	  true },
	{ "a dash behind CR", OTHER "=== /invite-milter ===\r--a\n", " --a\n", true },
};

static const Row kept[] = {
	{ "no name", "=== our-block ===\na\n=== /our-block ===\n", NULL, false },
	{ "a name that goes on", "=== invite-milters ===\na\n", NULL, false },
	{ "no rule", "invite-milter\na\n/invite-milter\n", NULL, false },
	{ "one sign", "= invite-milter =\na\n", NULL, false },
	{ "in a line", "a === invite-milter ===\n", NULL, false },
	{ "open rule", "=== invite-milter\na\n", NULL, false },
	{ "nothing", "", NULL, false },
	{ "rules", "==========\n== ==\n===\n", NULL, false },
};

static const Row htmls[] = {
	{ "ours", "<body>\n" DIV "a<div>b</div></div>\n<p>c</p>", "<body>\n<p>c</p>",
	  false },
	{ "another mark", "<p>a</p><div id=invite-milter-x>b</div><p>c</p>",
	  "<p>a</p><p>c</p>", true },
	{ "a name of any case", "<DIV ID='Invite-Milter'>b</Div>c", "c", true },
	{ "written with references",
	  "<div id='invite&#45;milter-tide&#45;7'>b</div>"
	  "<!--invite-milter-->c",
	  "<!--invite-milter-->c", false },
	{ "another program's prefix", "<div id=m_-12invite-milter-tide-7>b</div>c", "c",
	  false },
	{ "a paragraph", "<p id=invite-milter>a</p>b", "b", true },
	{ "a table", "<table id=invite-milter><tr><td>a</table>b", "b", true },
	{ "several", DIV "a</div>b" DIV "c</div>d", "b d", false },
	{ "amidst words", "<p>a " DIV "b</div> c</p>", "<p>a  c</p>", false },
	{ "hidden before, and a picture", "<div hidden>p</div><img src=x>" DIV "a</div>b",
	  "<div hidden>p</div><img src=x>b", false },
	{ "what is in a style is no element",
	  "<style>.a > p { } </style>" DIV "<style></div></style></div>a",
	  "<style>.a > p { } </style>a", false },

	/* Cut. */
	{ "never closed", DIV "<p>a</p>b", "<p>a</p>b", false },
	{ "a void element", "<img id=invite-milter src=x>a", "a", true },
	{ "one in the other", DIV "a" DIV "b</div>c</div>d", "a c</div>d", false },
	{ "one in another that is not closed",
	  "<b id=invite-milter><div id=invite-milter>a</div>b", "b", true },
	{ "closed by a parent", "<table><tr><td>" DIV "a</td></tr></table>b",
	  "<table><tr><td>a</td></tr></table>b", false },

	/* What remains must not become a block or any other tag. */
	{ "a tag around it", "<" DIV "a</div>div id=invite-milter>b</div>",
	  "< div id=invite-milter>b</div>", false },
	{ "a dash behind it", "a\n" DIV "b</div>--c", "a\n --c", false },

	/* As text. */
	{ "fences in HTML",
	  "<p>=== invite-milter ===<br>a &amp; <b>b</b><br>"
	  "=== /invite-milter ===</p>c",
	  "<p><br><b></b><br></p>c", true },
	{ "fences in pre", "<pre>a\n" OTHER "b\n" ENDED "c</pre>", "<pre>a\nc</pre>",
	  true },
	{ "an open fence in HTML", "<p>=== invite-milter ===<br>a</p>", "<p><br>a</p>",
	  true },
};

static void
check_row(const Row *row, BlockKind kind)
{
	bool is_foreign = false;
	g_autoptr(GArray) cuts =
	    block_find(row->text, strlen(row->text), kind, MARK, &is_foreign);
	g_autoptr(GString) got = NULL;

	if (row->kept == NULL) {
		ck_assert_msg(cuts == NULL, "%s: %u found", row->what,
			      cuts != NULL ? cuts->len : 0);
		return;
	}
	ck_assert_msg(cuts != NULL, "%s: none found", row->what);
	got = block_without(row->text, strlen(row->text), kind, cuts);
	ck_assert_msg(g_str_equal(got->str, row->kept), "%s: got \"%s\", want \"%s\"",
		      row->what, got->str, row->kept);
	ck_assert_msg(is_foreign == row->is_foreign, "%s: %s", row->what,
		      is_foreign ? "foreign" : "ours");
}

START_TEST(blocks_in_text_are_found_and_words_outside_stay)
{
	check_row(&texts[_i], BLOCK_TEXT);
}
END_TEST

START_TEST(text_without_blocks_stays)
{
	check_row(&kept[_i], BLOCK_TEXT);
}
END_TEST

START_TEST(blocks_in_html_are_found_and_words_outside_stay)
{
	check_row(&htmls[_i], BLOCK_HTML);
}
END_TEST

/* However a sender combines them, nothing that looks like a block is left. */
START_TEST(what_is_left_has_no_block)
{
	static const char *const pieces[] = {
		OTHER,  ENDED, OPEN,
		CLOSE,  DIV,   "</div>",
		"<",    "</",  "a\n",
		"> ",   "--x", "<b id=invite-milter>",
		"</b>", "\r",  "=== /invite-milter === --",
		"\n",
	};
	BlockKind kind = _i % 2 == 0 ? BLOCK_TEXT : BLOCK_HTML;
	g_autoptr(GRand) rand = g_rand_new_with_seed((guint32)_i);

	for (size_t round = 0; round < 500; round++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autoptr(GString) left = NULL;
		g_autoptr(GArray) cuts = NULL, more = NULL;
		gint32 length = g_rand_int_range(rand, 1, 12);
		bool is_foreign = false;

		for (gint32 i = 0; i < length; i++)
			g_string_append(
			    text,
			    pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
		cuts = block_find(text->str, text->len, kind, NULL, &is_foreign);
		if (cuts == NULL)
			continue;
		left = block_without(text->str, text->len, kind, cuts);
		more = block_find(left->str, left->len, kind, NULL, &is_foreign);
		ck_assert_msg(more == NULL, "\"%s\" leaves \"%s\"", text->str, left->str);
		ck_assert(!is_foreign);
	}
}
END_TEST

START_TEST(the_name_has_the_mark_behind_it)
{
	g_autofree char *plain = block_name(NULL), *marked = block_name(MARK);

	ck_assert_str_eq(plain, "invite-milter");
	ck_assert_str_eq(marked, "invite-milter-tide-7");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("block");
	TCase *found = tcase_create("found");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(found, blocks_in_text_are_found_and_words_outside_stay, 0,
			    G_N_ELEMENTS(texts));
	tcase_add_loop_test(found, text_without_blocks_stays, 0, G_N_ELEMENTS(kept));
	tcase_add_loop_test(found, blocks_in_html_are_found_and_words_outside_stay, 0,
			    G_N_ELEMENTS(htmls));
	tcase_add_loop_test(found, what_is_left_has_no_block, 0, 20);
	tcase_add_test(found, the_name_has_the_mark_behind_it);
	suite_add_tcase(suite, found);

	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

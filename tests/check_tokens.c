/* SPDX-License-Identifier: BSD-2-Clause */
/* check_tokens.c - is HTML cut where a browser cuts it? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "mail/tokens.h"

static const char *const attribute_names[ATTRIBUTE_LAST] = {
	[ATTRIBUTE_HIDDEN] = "hidden",
	[ATTRIBUTE_HREF] = "href",
	[ATTRIBUTE_ID] = "id",
	[ATTRIBUTE_STYLE] = "style",
};

static Holding
holding_of(const char *name)
{
	if (strcmp(name, "title") == 0)
		return HOLDING_REFERENCES;
	if (strcmp(name, "xmp") == 0)
		return HOLDING_TEXT;

	return strcmp(name, "plaintext") == 0 ? HOLDING_THE_REST : HOLDING_MARKUP;
}

static void
append_tag(GString *all, Tokens *tokens, const Token *token)
{
	g_string_append_printf(all, "[%s%s", token->kind == TOKEN_END ? "/" : "",
			       token->name);
	for (Attribute i = 0; i < ATTRIBUTE_LAST; i++) {
		const char *value = tokens_value(tokens, token, i);

		if (value != NULL)
			g_string_append_printf(all, " %s=%s", attribute_names[i], value);
	}
	g_string_append_c(all, ']');

	if (token->kind == TOKEN_START && strcmp(token->name, "script") == 0)
		tokens_skip(tokens, token);
	else if (token->kind == TOKEN_START)
		tokens_hold(tokens, token, holding_of(token->name));
}

/* Tags in brackets with the attributes we ask for, between their text. */
static char *
cut(const char *html, size_t length)
{
	g_autoptr(GString) all = g_string_new(NULL);
	/* The copy has the very size, so that a sanitizer sees a byte too many. */
	g_autofree char *exact = g_memdup2(html, length);
	g_auto(Tokens) tokens = { 0 };
	Token token;

	tokens_init(&tokens, exact, length);
	while (tokens_next(&tokens, &token))
		if (token.kind == TOKEN_TEXT)
			g_string_append_len(all, token.text.start,
					    (gssize)token.text.length);
		else if (token.kind != TOKEN_DOCTYPE)
			append_tag(all, &tokens, &token);

	return g_string_free(g_steal_pointer(&all), FALSE);
}

static const struct {
	const char *html;
	const char *want;
} pieces[] = {
	{ "", "" },
	{ "a<B>c</b >d<br/>e", "a[b]c[/b]d[br]e" },
	/* What is no tag is text. */
	{ "a < b <3 <", "a < b <3 <" },
	{ "<<b><</", "<[b]<</" },
	{ "a<b", "a" },
	{ "a<b c='>", "a" },
	/* Comments, and what counts as one. */
	{ "a<!-- <b> -- > --!>c<!-->d<!--->e<!--!>f-->g", "acdeg" },
	{ "a<!---!>b-->c<!----!>d", "acd" },
	{ "a<!-- b --", "a" },
	{ "a<!b>c<?d?>e</ f>g</>h</3>i<![CDATA[<b>j]]>k", "aceghij]]>k" },
	{ "<!DOCTYPE html \"a>b", "b" },
	/* Attributes. */
	{ "<a HREF=b id = 'c d' style=\"e>f\" hidden>",
	  "[a hidden= href=b id=c d style=e>f]" },
	{ "<a href=1 href=2>", "[a href=1]" },
	{ "<a href=b/>", "[a href=b/]" },
	{ "<a/href='b'/id>", "[a href=b id=]" },
	{ "<a href=>b", "[a href=]b" },
	{ "<a =href=b>c", "[a]c" },
	{ "<a ==\"> id=\">b", "[a]b" },
	{ "<a \"href='b'\">c", "[a]c" },
	{ "<a href=b\"c'd<e>", "[a href=b\"c'd<e]" },
	{ "<a href\n=\n\"b\"id=c>", "[a href=b id=c]" },
	{ "</a href='>'>b", "[/a href=>]b" },
	{ "<o:p data-id=x hrefs=y>", "[o:p]" },
	{ "<a-name-that-is-long id=x></A-NAME-THAT-IS-LONGER>",
	  "[a-name-that-is- id=x][/a-name-that-is-]" },
	/* References. */
	{ "&amp;&AMP;&lt&gt;&quot;&apos;&apos&euro;&euro", "&&<>\"'&apos\u20ac&euro" },
	{ "https&colon;&sol;&sol;a&period;example", "https://a.example" },
	{ "&NotEqualTilde;&nGt;&CounterClockwiseContourIntegral;",
	  "\u2242\u0338\u226b\u20d2\u2233" },
	{ "&amp;&ampx;&am;&AMp;&nosuch;", "&&x;&am;&AMp;&nosuch;" },
	{ "<a href=https&colon;&sol;&sol;a.example>", "[a href=https://a.example]" },
	{ "<a href='?a&copy=1&copyx&copy;&copy'>",
	  "[a href=?a&copy=1&copyx\u00a9\u00a9]" },
	{ "&notit;&notin;&copyx&thetasym;&frac12", "\u00acit;\u2209\u00a9x\u03d1\u00bd" },
	{ "&;&#;&#x;&#xg;& &&amp", "&;&#;&#x;&#xg;& &&" },
	{ "&#65;&#x42&#X43;&#0;&#xd800;&#x110000;&#4294967361;",
	  "ABC\ufffd\ufffd\ufffd\ufffd" },
	{ "&#128;&#x92;&#150;&#160;&#x1F600;", "\u20ac\u2019\u2013\u00a0\U0001f600" },
	{ "<a href='&lt=&lt;=&ltx&lt&lt'>", "[a href=&lt=<=&ltx<<]" },
	{ "<a href=?a&b&amp;c&#61;d&nosuch;>", "[a href=?a&b&c=d&nosuch;]" },
	/* Elements without markup. */
	{ "<title>a<b>&lt;</titles></TITLE >c<b>", "[title]a<b><</titles>[/title]c[b]" },
	{ "<xmp><!-- </xmp>&lt;<xmp>&lt;</xmp", "[xmp]<!-- [/xmp]<[xmp]&lt;</xmp" },
	{ "<script>a</scrip></script/>b<script>c", "[script][/script]b[script]" },
	{ "<plaintext>a</plaintext>&lt;<b>", "[plaintext]a</plaintext>&lt;<b>" },
};

START_TEST(html_is_cut_as_a_browser_cuts_it)
{
	g_autofree char *got = cut(pieces[_i].html, strlen(pieces[_i].html));

	ck_assert_msg(strcmp(got, pieces[_i].want) == 0, "%s: got %s, want %s",
		      pieces[_i].html, got, pieces[_i].want);
}
END_TEST

/* Nothing is read behind the end, wherever that is. */
START_TEST(html_may_end_anywhere)
{
	for (size_t length = 0; length < strlen(pieces[_i].html); length++)
		g_free(cut(pieces[_i].html, length));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("tokens");
	TCase *cutting = tcase_create("cutting");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(cutting, html_is_cut_as_a_browser_cuts_it, 0,
			    G_N_ELEMENTS(pieces));
	tcase_add_loop_test(cutting, html_may_end_anywhere, 0, G_N_ELEMENTS(pieces));
	suite_add_tcase(suite, cutting);

	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

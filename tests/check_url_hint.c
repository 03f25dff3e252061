/* SPDX-License-Identifier: BSD-2-Clause */
/* check_url_hint.c - are only those URLs passed over that fit no pattern? */

#include "config.h"

#include <string.h>

#include <check.h>

#include "fixture.h"
#include "network/url-hint.h"
#include "text/pattern.h"

static const struct {
	const char *patterns; /* separated by blanks */
	const char *url;
	bool may_fit;
} urls[] = {
	{ "*n.example/in/{id}?*", "https://n.example/in/ann?a=b", true },
	{ "*n.example/in/{id}?*", "https://n.example/IN/ann?a=b", true },
	{ "*n.example/in/{id}?*", "https://n.example/on/ann?a=b", false },
	/* The longest piece, whichever hole stands before it. */
	{ "*n.example/*invite-accept/*", "https://n.example/a-reject/b", false },
	{ "*/a/{id}/accepted*", "https://n.example/a/b/accepted", true },
	{ "*/a/{id}/accepted*", "https://n.example/a/b/rejected", false },
	{ "*invite-accept*", "https://n.example/a?b=invite-ACCEPT", true },
	{ "*invite-accept*", "https://n.example/a?b=invite-reject", false },
	/* One of several, and one that has no piece. */
	{ "*/in/{id} */pub/{id}", "https://n.example/pub/ann", true },
	{ "*/in/{id} */pub/{id}", "https://n.example/pup/ann", false },
	{ "*/in/{id} */p*", "https://n.example/pup/ann", true },
	{ "*/in/{id} *accept*", "https://n.example/pup/ann", true },
	/* What is folded to something else has to be folded. */
	{ "*/in/{id}", "https://n.example/\303\255n/ann", true },
	{ "*/in/{id}", "https://n.example/i\302\255n/ann", true },
	{ "*/in/{id}", "https://n.example/0123456 89/", true },
	{ "*/in/{id}", "https://n.example/0123456789\177", true },
	{ "*/in/{id}", "https://n.example/0123456789\377", true },
	{ "*/p\303\244ge/{id}", "https://n.example/p?ge/ann", true },
	{ "*/it's/{id}", "https://n.example/it`s/ann", true },
	/* At the end of a line a full stop is not compared, and an escape is none. */
	{ "*/page.", "https://n.example/page", true },
	{ "*/pa\\*ge/in", "https://n.example/pa*ge/in", true },
	/* Behind a query's characters, too. */
	{ "*n.example/*?target={id}", "https://n.example/a?target=b", true },
	{ "*n.example/*?target={id}", "https://n.example/a?b=c&target=b", false },
	{ "*n.example/*?*&target={id}", "https://n.example/a?b=c&TARGET=b", true },
	{ "*n.example/*?*&target={id}", "https://n.example/a?target=b", false },
	{ "*n.example/*go*to=//*", "https://n.example/a?goto=//b", true },
	{ "*n.example/*go*to=//*", "https://n.example/a?goto=b", false },
	{ "*n.example/*to=b*", "https://n.example/a?goto=c", true },
	{ "", "https://n.example/in/ann", false },
	{ "", "https://n.example/in/\303\244", true },
};

START_TEST(a_url_is_passed_over_that_fits_none)
{
	g_autoptr(UrlHint) hint = url_hint_new();
	g_auto(GStrv) patterns = g_strsplit(urls[_i].patterns, " ", -1);

	for (size_t i = 0; patterns[i] != NULL; i++)
		url_hint_add(hint, patterns[i]);
	ck_assert_msg(url_hint_may_fit(hint, urls[_i].url) == urls[_i].may_fit,
		      "\"%s\", %s: wanted %d", urls[_i].patterns, urls[_i].url,
		      urls[_i].may_fit);
}
END_TEST

/* Pieces that patterns and URLs are made of, so that many of them fit. */
static const char *const pieces[] = {
	"*",        "{id}",
	"/",        "-",
	".",        ":",
	"in",       "IN",
	"accept",   "`",
	"'",        "\\*",
	"?",        "\303\244",
	"a",        "n.example",
	"&",        "=",
	"=//",      " ",
	"\302\255", "\357\274\217",
};

static char *
made_of_pieces(GRand *chance, const char *but)
{
	g_autoptr(GString) text = g_string_new(NULL);
	int count = g_rand_int_range(chance, 1, 8);

	for (int i = 0; i < count; i++) {
		const char *piece =
		    pieces[g_rand_int_range(chance, 0, G_N_ELEMENTS(pieces))];

		if (strstr(but, piece) == NULL)
			g_string_append(text, piece);
	}

	return g_strdup(text->str);
}

/* Whatever fits a pattern may fit it by the hint, too. */
START_TEST(no_url_is_passed_over_that_fits)
{
	static const char *const holes[] = { "id", NULL };
	g_autoptr(GRand) chance = g_rand_new_with_seed(1);
	size_t fitting = 0, passed = 0;

	for (int i = 0; i < 100000; i++) {
		g_autofree char *text = made_of_pieces(chance, "");
		g_autofree char *url = made_of_pieces(chance, "{id}\\*");
		g_autoptr(Pattern) pattern = pattern_new(text, holes, NULL);
		g_autoptr(UrlHint) hint = url_hint_new();
		g_auto(Folded) folded = { 0 };

		if (pattern == NULL)
			continue;
		url_hint_add(hint, text);
		folded_init(&folded, url);
		passed += !url_hint_may_fit(hint, url);
		if (!pattern_fits(pattern, &folded, NULL))
			continue;
		fitting++;
		ck_assert_msg(url_hint_may_fit(hint, url), "\"%s\" fits \"%s\"", url,
			      text);
	}
	ck_assert_uint_gt(fitting, 500);
	ck_assert_uint_gt(passed, 1000);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("url-hint");
	TCase *hint = tcase_create("url-hint");

	tcase_add_loop_test(hint, a_url_is_passed_over_that_fits_none, 0,
			    G_N_ELEMENTS(urls));
	tcase_add_test(hint, no_url_is_passed_over_that_fits);
	suite_add_tcase(suite, hint);

	return fixture_run(suite);
}

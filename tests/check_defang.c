/* SPDX-License-Identifier: BSD-2-Clause */
/* check_defang.c - is nothing left in a text that a mail program makes a link of? */

#include "config.h"

#include "digest/defang.h"
#include "fixture.h"

static const struct {
	const char *text, *want;
} texts[] = {
	{ "see https://evil.example.com/x?y=z",
	  "see https[:]//evil[.]example[.]com/x?y=z" },
	{ "www.example.com", "www[.]example[.]com" },
	{ "http://192.0.2.1/a", "http[:]//192.0.2.1/a" },
	{ "mail me@example.org", "mail me[@]example[.]org" },
	{ "mailto:me@example.org", "mailto:me[@]example[.]org" },
	{ "пример.рф", "пример[.]рф" },
	{ "例え。テスト", "例え[.]テスト" },
	{ "xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd[.]xn--p1ai" },
	{ "Node.js", "Node[.]js" },
	/* What is no link stays as it is written. */
	{ "J.R. Smith, Ph.D.", "J.R. Smith, Ph.D." },
	{ "It costs 3.50. Really...", "It costs 3.50. Really..." },
	{ "One sentence. Another", "One sentence. Another" },
	{ "me @ home", "me @ home" },
	{ "10:30", "10:30" },
	{ "", "" },
};

START_TEST(what_looks_like_a_link_is_none)
{
	g_autofree char *got = defang(texts[_i].text);

	ck_assert_msg(g_str_equal(got, texts[_i].want), "%s: got \"%s\", want \"%s\"",
		      texts[_i].text, got, texts[_i].want);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("defang");
	TCase *links = tcase_create("links");

	tcase_add_loop_test(links, what_looks_like_a_link_is_none, 0,
			    G_N_ELEMENTS(texts));
	suite_add_tcase(suite, links);

	return fixture_run(suite);
}

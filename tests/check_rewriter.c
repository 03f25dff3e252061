/* SPDX-License-Identifier: BSD-2-Clause */
/* check_rewriter.c - is a gateway's own address taken off a link? */

#include <string.h>

#include "base/data.h"
#include "fixture.h"
#include "network/rewriter.h"
#include "mail/url.h"

#define SAFE    "https://eur01.safelinks.protection.outlook.com/?url="
#define DEFENSE "https://urldefense.proofpoint.com/v2/url?u="

static const struct {
	const char *url;
	const char *target; /* NULL: no gateway in the way */
} links[] = {
	{ SAFE "https%3A%2F%2Fn.example%2Fa%3Fb%3Dc&data=04%7C01&reserved=0",
	  "https://n.example/a?b=c" },
	{ SAFE "https%3A%2F%2Fn.example%2F", "https://n.example/" },
	{ DEFENSE "https-3A__n.example_a-3Fb-3Dc&d=DwMFaQ&c=x",
	  "https://n.example/a?b=c" },
	{ "https://urldefense.com/v3/__https://n.example/a__;!!x",
	  "https://n.example/a" },
	/* Two in a row, and one too many. */
	{ SAFE
	  "https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fn.example%2Fa__%3B!!x&d=1",
	  "https://n.example/a" },
	/* None, or not one of these. */
	{ "https://n.example/a", NULL },
	{ "https://evil.test/?url=https%3A%2F%2Fn.example%2F", NULL },
	{ "https://safelinks.protection.outlook.com.evil.test/"
	  "?url=https%3A%2F%2Fn.example",
	  NULL },
	{ SAFE "javascript%3Aalert(1)&data=1", NULL },
	{ SAFE "%00%zz&data=1", NULL },
	{ SAFE "&data=1", NULL },
	{ "", NULL },
};

static char *
target_of(const Rewriters *rewriters, const char *url)
{
	g_autofree char *host = url_host(url);

	return rewriters_target(rewriters, url, host != NULL ? host : "");
}

START_TEST(the_link_behind_a_gateway_is_found)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "rewriters", ".rewriter", NULL);
	g_autoptr(Rewriters) rewriters = rewriters_new(files, NULL);
	g_autofree char *target = target_of(rewriters, links[_i].url);

	ck_assert_msg(g_strcmp0(target, links[_i].target) == 0, "%s: got %s, want %s",
		      links[_i].url, target, links[_i].target);
}
END_TEST

START_TEST(layers_without_end_come_to_one)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "rewriters", ".rewriter", NULL);
	g_autoptr(Rewriters) rewriters = rewriters_new(files, NULL);
	g_autofree char *url = g_strdup("https://n.example/");
	g_autofree char *target = NULL;

	for (int i = 0; i < 6; i++) {
		g_autofree char *escaped = g_uri_escape_string(url, NULL, FALSE);

		g_free(url);
		url = g_strconcat(SAFE, escaped, NULL);
	}
	target = target_of(rewriters, url);
	ck_assert_ptr_nonnull(target);
	ck_assert(g_str_has_prefix(target, SAFE));
}
END_TEST

static const struct {
	const char *text;
	const char *wanted;
} mistakes[] = {
	{ "[gateway a]\nlink = {target}\n",
	  "t.rewriter:2: [gateway a] link: no such section" },
	{ "[rewriter a]\nlnk = {target}\n",
	  "t.rewriter:2: [rewriter a] lnk: no such key; there are domains, link, form" },
	{ "[rewriter a]\nlink = a={target}\nform = dots\n",
	  "t.rewriter:3: [rewriter a] form: give percent, plain, dashes or opaque" },
	{ "[rewriter a]\nlink = a={target}\n", "t.rewriter: [rewriter a] needs domains" },
	{ "[rewriter a]\n\nlink = https://a.test/{where}\n",
	  "t.rewriter:3: [rewriter a] link: " },
};

START_TEST(a_mistake_is_named_with_file_line_and_key)
{
	g_autoptr(GPtrArray) files = fixture_files("t.rewriter", mistakes[_i].text);
	g_autoptr(GError) error = NULL;
	g_autoptr(Rewriters) rewriters = rewriters_new(files, &error);

	ck_assert_msg(rewriters == NULL, "taken: %s", mistakes[_i].text);
	ck_assert_msg(g_str_has_prefix(error->message, mistakes[_i].wanted),
		      "got \"%s\", want \"%s\"", error->message, mistakes[_i].wanted);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rewriter");
	TCase *rewriter = tcase_create("rewriter");

	tcase_add_loop_test(rewriter, the_link_behind_a_gateway_is_found, 0,
			    G_N_ELEMENTS(links));
	tcase_add_test(rewriter, layers_without_end_come_to_one);
	tcase_add_loop_test(rewriter, a_mistake_is_named_with_file_line_and_key, 0,
			    G_N_ELEMENTS(mistakes));
	suite_add_tcase(suite, rewriter);

	return fixture_run(suite);
}

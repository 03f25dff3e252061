/* SPDX-License-Identifier: BSD-2-Clause */
/* check_rewriter.c - is a gateway's own address taken off a link? */

#include "config.h"

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
	/* The same in other regions, and older and newer forms. */
	{ "https://nld01.safelinks.protection.partner.outlook.cn/"
	  "?url=https%3A%2F%2Fn.example%2F&data=1",
	  "https://n.example/" },
	{ "https://urldefense.proofpoint.com/v1/url?u=https%3A//n.example/a&k=x",
	  "https://n.example/a" },
	{ "https://urldefense.com/v3/__https:/*n.example/a?b=**Ac__;Ly0t!!x",
	  "https://n.example/a?b=--c" },
	{ "https://us-west-2.protection.sophos.com/?d=n.example&"
	  "u=aHR0cHM6Ly9uLmV4YW1wbGUvYQ==&i=1",
	  "https://n.example/a" },
	{ "https://protect.checkpoint.com/v2/r05/___https://n.example/a___.YXAz",
	  "https://n.example/a" },
	{ "https://protect.checkpoint.com/v2/r02/___https:/n.example/a___.YXAz",
	  "https://n.example/a" },
	{ "https://url.avanan.click/v2/___https%3A//n.example/a___.YXAz",
	  "https://n.example/a" },
	{ "https://sonicwall.url-protection.com/v1/url?o=https%3A//n.example/a&g=x",
	  "https://n.example/a" },
	{ "https://m365.eu.vadesecure.com/safeproxy/v3?f=x&i=y&u=https%3A%2F%2Fn.example"
	  "%2Fa",
	  "https://n.example/a" },
	{ "https://antiphishing.vadesecure.com/v4?f=x&s=1&u=https%3A%2F%2Fn.example%2Fa",
	  "https://n.example/a" },
	{ "https://scanmail.trustwave.com/?c=8248&d=4v&s=5&u=https%3a%2f%2fn.example%2fa",
	  "https://n.example/a" },
	{ "https://urlsand.esvalabs.com/?u=https%3A%2F%2Fn.example%2Fa&e=x",
	  "https://n.example/a" },
	{ "https://imsva91-ctp.trendmicro.com:443/wis/clicktime/v1/"
	  "query?url=https%3a%2f%2fn.example%2fa&umid=x",
	  "https://n.example/a" },
	{ "https://clicktime.symantec.com/3AbC?u=https%3A%2F%2Fn.example%2Fa",
	  "https://n.example/a" },
	{ "https://link.edgepilot.com/s/x/y?u=https://n.example/a",
	  "https://n.example/a" },
	{ "https://linklock.titanhq.com/analyse?url=https%3A%2F%2Fn.example%2Fa&data=x",
	  "https://n.example/a" },
	/* A gateway in a form that nobody told us. */
	{ "https://antiphishing.vadesecure.com/v9/x/https%3A%2F%2Fn.example%2Fa",
	  "https://n.example/a" },
	/* Open redirects. */
	{ "https://nl.linkedin.com/"
	  "authwall?trk=bf&sessionRedirect=https%3A%2F%2Fn.example"
	  "%2Fa",
	  "https://n.example/a" },
	{ "https://www.linkedin.com/uas/login?session_redirect=https%3A%2F%2Fn.example"
	  "%2Fa&trk=x",
	  "https://n.example/a" },
	{ "https://www.linkedin.com/uas/login?session_redirect=%2Ffeed", NULL },
	{ "https://www.linkedin.com/checkpoint/lg/login?trk=y&loginRedirect=https%3A%2F"
	  "%2Fn.example%2Fa",
	  "https://n.example/a" },
	{ "https://www.google.co.uk/url?sa=D&q=https%3A%2F%2Fn.example%2Fa",
	  "https://n.example/a" },
	{ "https://www.google.de/search?q=https%3A%2F%2Fn.example%2Fa", NULL },
	{ "https://twitter.com/i/redirect?url=https%3A%2F%2Ftwitter.com%2Fann&t=1",
	  "https://twitter.com/ann" },
	{ "https://vk.com/away.php?to=https%3A%2F%2Fn.example%2Fa",
	  "https://n.example/a" },
	{ "https://slack-redir.net/link?url=https%3A%2F%2Fn.example%2Fa&v=3",
	  "https://n.example/a" },
	{ "https://login.microsoftonline.com/redeem?rd=https%3a%2f%2fn.example%2fa",
	  "https://n.example/a" },
	{ "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fn.example%2Fa&h=x",
	  "https://n.example/a" },
	{ "https://www.google.com/url?sa=t&q=https%3A%2F%2Fn.example%2Fa&ust=1",
	  "https://n.example/a" },
	{ "https://l.facebook.com/l.php?u=https%3A%2F%2Fn.example%2Fa&h=x",
	  "https://n.example/a" },
	/* Cases, marks and what nobody sees make no difference. */
	{ "HTTPS://WWW.LinkedIn.com/ReDir/Redirect?URL=https%3A%2F%2Fn.example%2FA",
	  "https://n.example/A" },
	{ "https://www.linkedin.com/re\001dir/redi\342\200\213rect?url=https%3A%2F%2F"
	  "n.example%2Fa",
	  "https://n.example/a" },
	{ "https://www.google.com/\357\275\225rl?q=https%3A%2F%2Fn.example%2Fa",
	  "https://n.example/a" },
	{ "https://www.google.com\357\274\217url?q=https%3A%2F%2Fn.example%2Fa", NULL },
	{ "https://www.google.com/a/url?b=c&q=https%3A%2F%2Fn.example%2Fa",
	  "https://n.example/a" },
	{ "https://www.linkedin.com:443/./redirect/?url=https%3A%2F%2Fn.example%2Fa",
	  "https://n.example/a" },
	{ "https://www.linkedin.com/x/..//redirect?url=https%3A%2F%2Fn.example%2Fa",
	  "https://n.example/a" },
	/* Behind a gateway. */
	{ SAFE "https%3A%2F%2Fwww.linkedin.com%2Fredirect%3Furl%3Dhttps%253A%252F%252F"
	       "n.example%252Fa&d=1",
	  "https://n.example/a" },
	/* None, or not one of these. */
	{ "https://www.linkedin.com/in/ann?url=https%3A%2F%2Fn.example%2F", NULL },
	{ "https://www.linkedin.com/slink?code=x", NULL },
	{ "https://protect-eu.mimecast.com/s/AbC?domain=n.example", NULL },
	{ "https://n.example/a", NULL },
	{ "https://evil.test/?url=https%3A%2F%2Fn.example%2F", NULL },
	{ "https://safelinks.protection.outlook.com.evil.test/"
	  "?url=https%3A%2F%2Fn.example",
	  NULL },
	{ SAFE "javascript%3Aalert(1)&data=1", NULL },
	{ SAFE "%00%zz&data=1", NULL },
	{ SAFE "&data=1", NULL },
	/* Another parameter whose name ends alike, and two that are addresses. */
	{ "https://nam02.safelinks.protection.outlook.com/?xurl=n.example&"
	  "url=https%3A%2F%2Fn.example%2Fa&data=1",
	  "https://n.example/a" },
	{ SAFE "https%3A%2F%2Fn.example%2Fa%3Fb%3Dhttps%253A%252F%252Fb.test%26c%3D"
	       "https%253A%252F%252Fc.test&data=1",
	  "https://n.example/a?b=https%3A%2F%2Fb.test&c=https%3A%2F%2Fc.test" },
	{ "", NULL },
	/* Encoded by a gateway behind another, to a depth. */
	{ "https://eur03.safelinks.protection.outlook.com/?url=https%253A%252F%252F"
	  "n.example%252Fa%253Fb&data=05",
	  "https://n.example/a?b" },
	{ "https://linkprotect.cudasvc.com/url?a="
	  "https%25253A%25252F%25252Fn.example%25252Fa&c=E",
	  "https://n.example/a" },
	/* What stands behind a plain colon is the target's own, and behind another's not. */
	{ SAFE "https%3A%2Fn.example%252F%40evil.test%2F&data=1",
	  "https://n.example%2F@evil.test/" },
	{ SAFE "https%253A%252F%252Fn.example%252Fa%253Fb%253Dhttp%3A%2F%2Fc.test&data=1",
	  "https://n.example/a?b=http://c.test" },
};

static char *
target_of(const Rewriters *rewriters, const char *url)
{
	g_autofree char *host = url_host(url);
	g_auto(Unwrapped) unwrapped =
	    rewriters_follow(rewriters, url, host != NULL ? host : "");

	return g_steal_pointer(&unwrapped.target);
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

/* Where in an address the redirect begins makes no difference either. */
START_TEST(a_redirect_is_found_however_long_its_address)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "rewriters", ".rewriter", NULL);
	g_autoptr(Rewriters) rewriters = rewriters_new(files, NULL);
	g_autofree char *long_word = g_strnfill(5000, 'a');
	g_autofree char *before = g_strdup_printf(
	    "https://www.google.com/%s/URL?q=https%%3A%%2F%%2Fn.example", long_word);
	g_autofree char *behind = g_strdup_printf(
	    "https://www.google.com/url?q=https%%3A%%2F%%2Fn.example&a=%s", long_word);
	g_autofree char *first = target_of(rewriters, before);
	g_autofree char *second = target_of(rewriters, behind);

	ck_assert_str_eq(first, "https://n.example");
	ck_assert_str_eq(second, "https://n.example");
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
	const char *url;
	bool by_gateway, is_hidden, is_blind;
} routes[] = {
	{ "https://n.example/", false, false, false },
	{ SAFE "https%3A%2F%2Fn.example%2F", true, false, false },
	{ "https://protect-eu.mimecast.com/s/AbC?domain=n.example", false, true, false },
	{ SAFE "https%3A%2F%2Fprotect-eu.mimecast.com%2Fs%2FAbC", true, true, false },
	{ "https://www.linkedin.com/slink?code=x", false, false, true },
	{ "https://www.LinkedIn.com/SLINK?code=x", false, false, true },
	{ "https://www.linkedin.com/redir/", false, false, true },
	/* What a site reads alike is alike. */
	{ "https://www.linkedin.com/%73link?code=x", false, false, true },
	{ "https://www.linkedin.com//sl%69nk?code=%73", false, false, true },
	{ "https://www.linkedin.com/in/%C3%A5sa/?u=//slink?", false, false, false },
	/* The vendors' own pages rewrite nothing. */
	{ "https://www.mimecast.com/products/", false, false, false },
	{ "https://www.trendmicro.com/?url=https%3A%2F%2Fn.example%2F", false, false,
	  false },
	{ "https://smex-ctp.trendmicro.com/wis/clicktime/v1/query?"
	  "url=https%3a%2f%2fn.example",
	  true, false, false },
	{ "https://shared.outlook.inky.com/link?domain=n.example&t=h.eJx", false, true,
	  false },
	{ "https://atpscan.global.hornetsecurity.com/?d=AbC&f=dEf", false, true, false },
	{ "https://t.co/AbC", false, false, true },
	/* Which of two addresses it follows, nobody knows. */
	{ "https://nam02.safelinks.protection.outlook.com/?xurl=https%3A%2F%2F"
	  "n.example%2F&url=https%3A%2F%2Fevil.test%2F",
	  false, true, false },
	{ "https://www.google.com/url?sa=t&q=https%3A%2F%2Fn.example%2F&"
	  "url=https%3A%2F%2Fevil.test%2F",
	  false, true, false },
	{ "https://www.google.com/url?q=https%3A%2F%2Fn.example%2F&"
	  "q=https%3A%2F%2Fevil.test",
	  false, true, false },
	{ "https://www.google.com/url?q=https%3A%2F%2Fn.example%2Fa&"
	  "url=https%3A%2F%2Fn.example%2Fa",
	  false, false, false },
	{ "https://linkprotect.cudasvc.com/x?http=https%3A%2F%2Fn.example%2F&"
	  "real=https%3A%2F%2Fevil.test",
	  false, true, false },
	{ SAFE "https%3A%2F%2Ft.co%2FAbC", true, false, true },
	{ "https://www.linkedin.com/redirect?url=nonsense", false, false, true },
	{ "https://www.linkedin.com/uas/login?session_redirect=%2F%2Fn.example", false,
	  false, true },
	{ "https://www.linkedin.com/redirect?url=https%3A%2F%2Fn.example", false, false,
	  false },
	/* However it is spelt. */
	{ "https://www.linkedin.com/slink?code=x", false, false, true },
	{ "https://www.linkedin.com/slink/?code=x", false, false, true },
	{ "https://nl.linkedin.com//slink/?code=x", false, false, true },
	{ "https://www.linkedin.com:443/slink?code=x", false, false, true },
	{ "https://www.linkedin.com./slink?code=x", false, false, true },
	{ "https://www.linkedin.com/./slink?code=x", false, false, true },
	{ "https://www.linkedin.com/in/../slink?code=x", false, false, true },
	{ "https://www.linkedin.com/%2e/%73link?code=x", false, false, true },
	{ "https://www.linkedin.com/redirect/?url=https%3A%2F%2Fn.example", false, false,
	  false },
	{ "https://www.linkedin.com/../in/ann/?a=b", false, false, false },
	{ "https://www.linkedin.com/?a=b", false, false, false },
	{ "https://www.linkedin.com/comm/in/ann", false, false, false },
	/* The administrator's own. */
	{ "https://links.own.test/q/AbC", false, true, false },
	{ "https://links.own.test/q/?to=https://n.example/", true, false, false },
};

START_TEST(how_a_link_comes_there_is_told)
{
	static const char *const own[] = { "Links.Own.test", NULL };
	g_autoptr(GPtrArray) files = data_load(NULL, "rewriters", ".rewriter", NULL);
	g_autoptr(Rewriters) rewriters = rewriters_new(files, NULL);
	g_autofree char *host = url_host(routes[_i].url);
	g_auto(Unwrapped) unwrapped = { 0 };

	rewriters_trust(rewriters, own);
	unwrapped = rewriters_follow(rewriters, routes[_i].url, host);
	ck_assert(unwrapped.domain == NULL || g_str_equal(unwrapped.domain, "n.example"));
	ck_assert_msg((unwrapped.domain != NULL) ==
			  (strstr(routes[_i].url, "?domain=") != NULL),
		      "%s: a domain is told, or none", routes[_i].url);
	ck_assert_msg(unwrapped.by_gateway == routes[_i].by_gateway &&
			  unwrapped.is_hidden == routes[_i].is_hidden &&
			  unwrapped.is_blind == routes[_i].is_blind,
		      "%s: got gateway %d, hidden %d, blind %d", routes[_i].url,
		      unwrapped.by_gateway, unwrapped.is_hidden, unwrapped.is_blind);
}
END_TEST

static const struct {
	const char *url;
	const char *inner;
} inner_urls[] = {
	{ "https://a.test/", NULL },
	{ "https://a.test/?q=http", NULL },
	{ "https://a.test/?q=http:n.example", NULL },
	{ "https://a.test/https:/n.example/a", "https://n.example/a" },
	{ "https://a.test/?q=https%3a%2f%2fn.example%2fa&b=1", "https://n.example/a" },
	{ "https://a.test/?q=HTTPS://n.example/", "HTTPS://n.example/" },
	{ "https://a.test/aHR0cHM6Ly9uLmV4YW1wbGUv.x", "https://n.example/" },
	{ "https://a.test/aHR0cHM6Ly", NULL },
	{ "mailto:a@a.test", NULL },
	{ "", NULL },
};

START_TEST(the_address_within_another_is_found)
{
	g_autofree char *inner = rewriter_inner_url(inner_urls[_i].url);

	ck_assert_msg(g_strcmp0(inner, inner_urls[_i].inner) == 0, "%s: got %s, want %s",
		      inner_urls[_i].url, inner, inner_urls[_i].inner);
}
END_TEST

static const struct {
	const char *text;
	const char *wanted;
} mistakes[] = {
	{ "[gateway a]\nlink = {target}\n",
	  "t.rewriter:2: [gateway a] link: no such section" },
	{ "[rewriter a]\nlnk = {target}\n", "t.rewriter:2: [rewriter a] lnk: no such "
					    "key; there are domains, hosts, link, form" },
	{ "[rewriter a]\nblind = a*\n", "t.rewriter:2: [rewriter a] blind: no such key; "
					"there are domains, hosts, link, form" },
	{ "[redirect a]\nlnk = {target}\n", "t.rewriter:2: [redirect a] lnk: no such "
					    "key; there are domains, hosts, link, form, "
					    "blind" },
	{ "[rewriter a]\nlink = a={target}\nform = dots\n",
	  "t.rewriter:3: [rewriter a] form: give percent, plain, dashes, stars, base64 "
	  "or "
	  "opaque" },
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
	tcase_add_test(rewriter, a_redirect_is_found_however_long_its_address);
	tcase_add_test(rewriter, layers_without_end_come_to_one);
	tcase_add_loop_test(rewriter, how_a_link_comes_there_is_told, 0,
			    G_N_ELEMENTS(routes));
	tcase_add_loop_test(rewriter, the_address_within_another_is_found, 0,
			    G_N_ELEMENTS(inner_urls));
	tcase_add_loop_test(rewriter, a_mistake_is_named_with_file_line_and_key, 0,
			    G_N_ELEMENTS(mistakes));
	suite_add_tcase(suite, rewriter);

	return fixture_run(suite);
}

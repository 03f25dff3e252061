/* SPDX-License-Identifier: BSD-2-Clause */
/* check_url.c - is the host of a link the one a browser goes to? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "mail/url.h"

static const struct {
	const char *url;
	const char *host; /* NULL: none */
} urls[] = {
	{ "https://network.example/a", "network.example" },
	{ "HTTPS://Network.EXAMPLE", "network.example" },
	{ "http://network.example:8080/a", "network.example" },
	{ "http://network.example./", "network.example" },
	{ "http://network.example?a=b", "network.example" },
	{ "http://network.example#a", "network.example" },
	/* Browsers do not count slashes, and take a backslash for one. */
	{ "https:///network.example/", "network.example" },
	{ "https:/evil.test/x://network.example/", "evil.test" },
	{ "https:\\\\evil.test/?://network.example/", "evil.test" },
	{ "//evil.test/x://network.example/", "evil.test" },
	{ " https://network.example/", "network.example" },
	{ "data:text/html,://network.example/", NULL },
	{ "javascript:a://network.example/", NULL },
	/* Before the "@" stands who, not where. */
	{ "https://network.example@evil.test/", "evil.test" },
	{ "https://network.example:443@evil.test:80/", "evil.test" },
	{ "https://a@b@evil.test/", "evil.test" },
	{ "https://evil.test/@network.example", "evil.test" },
	{ "https://evil.test?@network.example", "evil.test" },
	{ "https://evil.test#@network.example", "evil.test" },
	{ "https://evil.test\\@network.example/", "evil.test" },
	{ "https://network.example\\.evil.test/", "network.example" },
	/* No host at all. */
	{ "", NULL },
	{ "network.example", NULL },
	{ "mailto:a@network.example", NULL },
	{ "https://", NULL },
	{ "https://@/", NULL },
	{ "https://:80/", NULL },
	{ "https://...", NULL },
	/* Addresses. */
	{ "https://[::1]/", "[::1]" },
	{ "https://a@[2001:DB8::1]:80/", "[2001:db8::1]" },
	{ "https://[::1", "[" },
	{ "\001 \fhttps://evil.test/", "evil.test" },
};

START_TEST(the_host_is_the_browsers)
{
	g_autofree char *host = url_host(urls[_i].url);

	ck_assert_msg(g_strcmp0(host, urls[_i].host) == 0, "%s: got %s, want %s",
		      urls[_i].url, host, urls[_i].host);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("url");
	TCase *url = tcase_create("url");

	tcase_add_loop_test(url, the_host_is_the_browsers, 0, G_N_ELEMENTS(urls));
	suite_add_tcase(suite, url);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_rewriter.c - does a link lead to a host that is one, through whatever gateways? */

#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "mail/url.h"

/* Nothing of a host can be taken for another part of an address. */
static void
check_host(const char *host)
{
	g_assert_cmpint(host[0], !=, '\0');
	for (const char *c = host; *c != '\0'; c++)
		g_assert_true(!g_ascii_isupper(*c) && strchr("/@?#\\", *c) == NULL);
}

static void
check_url(const char *url)
{
	g_autofree char *host = url_host(url);

	if (host != NULL)
		check_host(host);
}

int
LLVMFuzzerInitialize(G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
	fuzz_assessor();

	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const Rewriters *rewriters = assessor_rewriters(fuzz_assessor());
	FuzzInput input = { data, size };
	g_autofree char *raw = fuzz_piece(&input);
	g_autofree char *url = g_utf8_make_valid(raw, -1);
	g_autofree char *host = url_host(url);
	g_autofree char *inner = rewriter_inner_url(url);
	g_auto(Unwrapped) found =
	    rewriters_follow(rewriters, url, host != NULL ? host : "");

	check_url(raw);
	check_url(url);
	if (inner != NULL)
		check_url(inner);
	if (found.target != NULL)
		check_url(found.target);
	g_assert_true(!found.is_trusted || found.by_gateway);

	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* colleague.c - was the mail written by one of the site's own? */

#include "config.h"

#include "base/settings.h"
#include "text/address.h"
#include "mail/results.h"
#include "people/colleague.h"

/* Does the result prove that somebody of the author's domain sent the mail? */
static bool
is_proof(const Result *result, const char *author, const char *const *domains)
{
	if (result->domain == NULL || !g_str_equal(result->result, "pass"))
		return false;
	if (g_str_equal(result->method, "auth"))
		return g_ascii_strcasecmp(result->domain, author) == 0;

	return g_str_equal(result->method, "dkim") &&
	       address_is_under(author, result->domain) &&
	       address_is_under_any(result->domain, domains);
}

bool
colleague_wrote(const Message *message, const char *domains, const char *verifiers,
		const char *const *network_domains)
{
	const char *author = message_author(message)->domain;
	g_auto(GStrv) words = settings_split(domains);
	const char *const *ours = (const char *const *)words;
	g_autoptr(GPtrArray) fields = NULL;

	if (author[0] == '\0' || !address_is_under_any(author, ours) ||
	    address_is_under_any(author, network_domains) ||
	    !results_cover(message_head(message)))
		return false;
	fields = results_trusted(message_head(message), verifiers);
	for (size_t i = 0; i < fields->len; i++) {
		const GArray *list = ((const Results *)fields->pdata[i])->list;

		for (size_t j = 0; j < list->len; j++)
			if (is_proof(&g_array_index(list, Result, j), author, ours))
				return true;
	}

	return false;
}

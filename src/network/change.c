/* SPDX-License-Identifier: BSD-2-Clause */
/* change.c - did a forwarder change a mail whose signature is broken? */

#include "config.h"

#include "network/change.h"
#include "network/ways.h"
#include "mail/arc.h"
#include "mail/results.h"

const char *
change_domain_with(const Network *network, const GPtrArray *fields, const char *method,
		   const char *result)
{
	for (size_t i = 0; i < fields->len; i++) {
		const GArray *list = ((const Results *)fields->pdata[i])->list;

		for (size_t j = 0; j < list->len; j++) {
			const Result *found = &g_array_index(list, Result, j);

			if (found->domain != NULL && g_str_equal(found->method, method) &&
			    g_str_equal(found->result, result) &&
			    network_signs(network, found->domain))
				return found->domain;
		}
	}

	return NULL;
}

/*
 * Did a forwarder change the mail?  Anybody can seal a chain (RFC 8617, section 9.2), so
 * the word of those alone counts who had the mail last and are believed.  Where strangers
 * had it before them, the trusted verifier that sealed it last saw no more than we do.
 */
Change
change_of(const Network *network, const Reading *reading, const GPtrArray *fields,
	  const Trust *trust)
{
	Change without = ways_were_changed(reading) ? CHANGE_CLAIMED : CHANGE_NONE;
	const ArcTrust whom = { trust->names, trust->sealers };
	g_auto(ArcChain) chain = { 0 };

	if (!results_say(fields, "arc", "pass"))
		return without;
	arc_read(&chain, message_head(reading->message), &whom);
	if (change_domain_with(network, chain.believed, "dkim", "pass") != NULL)
		return CHANGE_SEEN;

	if (change_domain_with(network, chain.earlier, "dkim", "pass") != NULL)
		return CHANGE_MAYBE;

	/* A mail that never had the network's signature was changed by nobody. */
	return chain.is_newest_own && chain.has_others &&
		       change_domain_with(network, fields, "dkim", "fail") != NULL
		   ? CHANGE_MAYBE
		   : without;
}

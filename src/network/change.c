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
 * Did a signature of the network's break?  Verifiers have many words for that, and some
 * do not tell whose it is.
 */
static bool
has_broken_signature(const Network *network, const GPtrArray *fields)
{
	for (size_t i = 0; i < fields->len; i++) {
		const GArray *list = ((const Results *)fields->pdata[i])->list;

		for (size_t j = 0; j < list->len; j++) {
			const Result *found = &g_array_index(list, Result, j);

			if (g_str_equal(found->method, "dkim") &&
			    !g_str_equal(found->result, "pass") &&
			    !g_str_equal(found->result, "none") &&
			    (found->domain == NULL ||
			     network_signs(network, found->domain)))
				return true;
		}
	}

	return false;
}

/*
 * Did a forwarder change the mail?  Anybody can seal a chain (RFC 8617, section 9.2), so
 * the word of those alone counts who had the mail last and are believed.  Who else sealed
 * it may have broken the signature, or made it up: that there was a chain is enough for
 * doubt, for not every verifier seals, and some hosts take such fields away.
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
	/* Nobody else sealed it, and those who are believed found no valid signature. */
	if (chain.believed->len > 0 && !chain.has_others)
		return without;

	/* A mail that never had the network's signature was changed by nobody. */
	return has_broken_signature(network, fields) ? CHANGE_MAYBE : without;
}

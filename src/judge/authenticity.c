/* SPDX-License-Identifier: BSD-2-Clause */
/* authenticity.c - did the network send it? */

#include "judge/authenticity.h"

/* Where the links of one sort lead. */
typedef struct {
	size_t home;		/* to the network */
	size_t away;		/* to somebody else */
} Ways;

/* The links by which a mail wants its reader to act. */
typedef struct {
	Ways accept;
	Ways other;
} Actions;

static void
ways_add(Ways *ways, bool is_home)
{
	ways->home += is_home;
	ways->away += !is_home;
}

static Actions
actions_of(const Network *network, const Reading *reading)
{
	Actions actions = { 0 };

	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			const ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);
			const Folded *label = &link->folded_label;
			bool is_home = network_owns_domain(network, link->host);

			if (phrases_fitting(network->lists[LIST_ACCEPT_LABEL], label, NULL))
				ways_add(&actions.accept, is_home);
			else if (phrases_fitting(network->lists[LIST_ACTION], label, NULL))
				ways_add(&actions.other, is_home);
		}

	return actions;
}

/* One link that says "accept" and leads elsewhere is enough; others may be the inviter's. */
static bool
leads_elsewhere(const Actions *actions)
{
	return actions->accept.away > 0 || (actions->accept.home == 0 &&
					    actions->other.home == 0 &&
					    actions->other.away > 0);
}

/* Does the mail say that it is the network's, by author, name or form? */
static bool
acts_as_network(const Network *network, const Reading *reading, const Kind *kind)
{
	const char *domain = message_author(reading->message)->domain;

	return network_owns_domain(network, domain) ||
	       network_lookalike(network, domain) != LOOKALIKE_NOT ||
	       phrases_fitting(network->lists[LIST_CLAIM_NAME], &reading->folded_author,
			      NULL) != NULL ||
	       (kind != NULL && kind->request != REQUEST_NONE);
}

Authenticity
authenticity_of(const Network *network, const Reading *reading, const Kind *kind,
		const char **reason_out)
{
	const char *domain = message_author(reading->message)->domain;
	bool has_name = phrases_fitting(network->lists[LIST_CLAIM_NAME],
				       &reading->folded_author, NULL) != NULL;
	Actions actions;

	*reason_out = NULL;
	if (network_lookalike(network, domain) == LOOKALIKE_CLOSE &&
	    (has_name || kind != NULL)) {
		*reason_out = "forged:look-alike-domain";
		return AUTHENTICITY_FORGED;
	}

	actions = actions_of(network, reading);
	if (leads_elsewhere(&actions) && acts_as_network(network, reading, kind)) {
		*reason_out = "forged:links-elsewhere";
		return AUTHENTICITY_FORGED;
	}

	return AUTHENTICITY_UNVERIFIED;
}

const char *
authenticity_name(Authenticity authenticity)
{
	static const char *const names[AUTHENTICITY_LAST] = {
		[AUTHENTICITY_UNVERIFIED] = "unverified",
		[AUTHENTICITY_VERIFIED] = "verified",
		[AUTHENTICITY_FORGED] = "forged",
	};

	return names[authenticity];
}

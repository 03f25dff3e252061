/* SPDX-License-Identifier: BSD-2-Clause */
/* ways.c - where do the links of a mail lead? */

#include "config.h"

#include <string.h>

#include "network/ways.h"
#include "mail/url.h"

/* Characters of a token in a gateway's address, and addresses that tell one. */
#define TOKEN_MIN         16
#define GATEWAY_MIN_LINKS 3

/* Does the address hold one of the network's, as a gateway would write it? */
static bool
wraps_network(const Network *network, const char *url)
{
	g_autofree char *inner = rewriter_inner_url(url);
	g_autofree char *host = inner != NULL ? url_host(inner) : NULL;

	return host != NULL && network_owns_domain(network, host);
}

/* is_answer: its label says to click. */
static Way
way_of(const Network *network, const ReadingLink *link, bool is_answer)
{
	if (link->host[0] == '\0')
		return WAY_NONE;
	/* The network's own redirect may lead anywhere: no answer goes by it. */
	if (link->route.is_blind)
		return is_answer ? WAY_AWAY : WAY_NONE;
	if (network_owns_domain(network, link->host))
		return WAY_HOME;
	if (link->route.is_hidden)
		return WAY_HIDDEN;

	return wraps_network(network, link->url) ? WAY_WRAPPED : WAY_AWAY;
}

Ways
ways_of(const Network *network, const Reading *reading)
{
	Ways ways = { 0 };

	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			const ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);
			const Folded *label = &link->folded_label;
			bool is_accept = pattern_list_fitting(
			    network->lists[LIST_ACCEPT_LABEL], label, NULL);
			bool is_action = !is_accept &&
					 pattern_list_fitting(network->lists[LIST_ACTION],
							      label, NULL);
			Way way = way_of(network, link, is_accept || is_action);

			ways.all[way]++;
			ways.accept[way] += is_accept;
			ways.other[way] += is_action;
		}

	return ways;
}

/*
 * One link that says "accept" and leads away is enough, for others may be the
 * inviter's.  Without a word that we know, it takes a request none of whose
 * links leads to the network; a genuine one has several, unless a list cut its
 * text and put a link of its own below it.
 */
bool
ways_lead_elsewhere(const Ways *ways, bool is_request)
{
	if (ways->accept[WAY_AWAY] > 0)
		return true;
	if (ways->accept[WAY_HOME] > 0 || ways->other[WAY_HOME] > 0)
		return false;

	return ways->other[WAY_AWAY] > 0 ||
	       (is_request && ways->all[WAY_AWAY] > 0 && ways->all[WAY_HOME] == 0 &&
		ways->all[WAY_HIDDEN] == 0 && ways->all[WAY_WRAPPED] == 0);
}

/* The length of an address before the first token in it, or 0 where it holds none. */
static size_t
length_before_token(const char *url)
{
	static const char token[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789-_%=.";
	const char *host = strstr(url, "://");
	const char *at = host != NULL ? strchr(host + 3, '/') : NULL;

	for (; at != NULL && *at != '\0'; at++) {
		size_t length = strspn(at, token);

		if (length >= TOKEN_MIN && strcspn(at, "0123456789") < length)
			return (size_t)(at - url);
		at += length;
		if (*at == '\0')
			break;
	}

	return 0;
}

/*
 * Do all links begin with the same words of one host that is not the network's, and
 * go on with a token each?  So writes a gateway that nobody here knows; a phisher's
 * kit has one address behind all buttons, or the network's own paths.
 */
bool
ways_go_through_one_host(const Ways *ways, const Reading *reading)
{
	g_autoptr(GHashTable) urls = g_hash_table_new(g_str_hash, g_str_equal);
	const char *first = NULL;
	size_t before = 0;

	if (ways->all[WAY_HOME] > 0 || ways->all[WAY_HIDDEN] > 0)
		return false;
	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			const ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);
			size_t length = length_before_token(link->url);

			if (link->host[0] == '\0')
				continue;
			if (first == NULL) {
				first = link->url;
				before = length;
			}
			if (length == 0 || length != before ||
			    strncmp(first, link->url, length) != 0)
				return false;
			g_hash_table_add(urls, (gpointer)link->url);
		}

	return g_hash_table_size(urls) >= GATEWAY_MIN_LINKS;
}

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
	if (link->unwrapped.is_blind)
		return is_answer ? WAY_AWAY : WAY_NONE;
	if (network_owns_domain(network, link->host))
		return WAY_HOME;
	if (link->unwrapped.is_hidden)
		return WAY_HIDDEN;

	return wraps_network(network, link->url) ? WAY_WRAPPED : WAY_AWAY;
}

/* What a link is labelled with, without signs around it: "› Accept!" is "Accept". */
static void
fold_label(Folded *folded_out, const ReadingLink *link)
{
	bool is_image = link->label[0] == '\0' && link->alt != NULL;
	const char *start = is_image ? link->alt : link->label;
	const char *end = start + strlen(start), *last;
	g_autofree char *label = NULL;

	while (start < end && !g_unichar_isalnum(g_utf8_get_char(start)))
		start = g_utf8_next_char(start);
	while (end > start) {
		last = g_utf8_prev_char(end);
		if (g_unichar_isalnum(g_utf8_get_char(last)))
			break;
		end = last;
	}
	label = g_strndup(start, (size_t)(end - start));
	folded_init(folded_out, label);
}

static bool
is_labelled(const PatternList *list, const ReadingLink *link, const Folded *label)
{
	return pattern_list_fitting(list, &link->folded_label, NULL) != NULL ||
	       pattern_list_fitting(list, label, NULL) != NULL;
}

static void
count_link(Ways *ways, const Network *network, const ReadingLink *link)
{
	g_auto(Folded) label = { 0 };
	bool is_accept, is_action;
	Way way;

	fold_label(&label, link);
	is_accept = is_labelled(network->lists[NETWORK_LIST_ACCEPT_LABEL], link, &label);
	is_action =
	    !is_accept && is_labelled(network->lists[NETWORK_LIST_ACTION], link, &label);
	way = way_of(network, link, is_accept || is_action);

	ways->all[way]++;
	ways->accept[way] += is_accept;
	ways->action[way] += is_action;
	ways->trusted +=
	    (is_accept || is_action) && way == WAY_HIDDEN && link->unwrapped.is_trusted;
}

Ways
ways_of(const Network *network, const Reading *reading, Ways parts_out[READING_LAST])
{
	Ways ways = { 0 };

	for (size_t part = 0; part < READING_LAST; part++) {
		Ways *own = &parts_out[part];

		*own = (Ways){ 0 };
		for (size_t i = 0; i < reading->links[part]->len; i++)
			count_link(own, network,
				   &g_array_index(reading->links[part], ReadingLink, i));
		for (size_t way = 0; way < WAY_LAST; way++) {
			ways.all[way] += own->all[way];
			ways.accept[way] += own->accept[way];
			ways.action[way] += own->action[way];
		}
		ways.trusted += own->trusted;
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
	if (ways->accept[WAY_HOME] > 0 || ways->action[WAY_HOME] > 0)
		return false;

	return ways->action[WAY_AWAY] > 0 ||
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

/* Does a part lead to the network as the network wrote it?  A note may link others. */
static bool
is_kept(const Ways *part)
{
	return part->all[WAY_HOME] > 0 && part->accept[WAY_AWAY] == 0 &&
	       part->action[WAY_AWAY] == 0;
}

/*
 * Do all links begin with the same words of one host that is not the network's, and
 * go on with a token each?  So writes a gateway that nobody here knows, often in the
 * HTML part alone.  A phisher can write tokens, too: the caller only doubts.
 */
bool
ways_go_through_one_host(const Ways parts[READING_LAST], const Reading *reading)
{
	g_autoptr(GHashTable) urls = g_hash_table_new(g_str_hash, g_str_equal);
	const char *first = NULL;
	size_t before = 0;

	for (size_t part = 0; part < READING_LAST; part++) {
		if (is_kept(&parts[part]))
			continue;
		if (parts[part].all[WAY_HOME] > 0 || parts[part].all[WAY_HIDDEN] > 0)
			return false;
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
	}

	return g_hash_table_size(urls) >= GATEWAY_MIN_LINKS;
}

/* Is one of the links one that the network's own mail answers by, whatever its label? */
static bool
has_answer_by_url(const Network *network, const Reading *reading)
{
	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);

			if (network_owns_domain(network, link->host) &&
			    !link->unwrapped.is_blind &&
			    pattern_list_fitting(network->lists[NETWORK_LIST_ACCEPT],
						 reading_folded_url(link), NULL) != NULL)
				return true;
		}

	return false;
}

const char *
ways_doubt(const Ways *ways, const Network *network, const Reading *reading)
{
	size_t hidden = ways->accept[WAY_HIDDEN] + ways->action[WAY_HIDDEN];
	bool is_home = ways->accept[WAY_HOME] > 0 || ways->action[WAY_HOME] > 0;

	if (ways->accept[WAY_WRAPPED] > 0 || ways->action[WAY_WRAPPED] > 0 ||
	    (!is_home && hidden > ways->trusted))
		return "links:rewritten";
	if (is_home || hidden > 0 ||
	    (ways->all[WAY_AWAY] == 0 && ways->accept[WAY_NONE] == 0))
		return NULL;

	return has_answer_by_url(network, reading) ? NULL : "links:elsewhere";
}

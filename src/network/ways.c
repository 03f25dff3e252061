/* SPDX-License-Identifier: BSD-2-Clause */
/* ways.c - where do the links of a mail lead? */

#include "config.h"

#include <string.h>

#include "text/address.h"
#include "network/network-profile.h"
#include "network/ways.h"
#include "network/added.h"
#include "network/list-footer.h"
#include "mail/url.h"

/* A number that tells one invitation from another has so many digits. */
#define INVITATION_MIN_DIGITS 6

/* What the label of a link says. */
typedef enum { LINK_LABEL_OTHER, LINK_LABEL_ACCEPT, LINK_LABEL_ACTION } LinkLabel;

/* Does the address hold one of the network's, as a gateway would write it? */
static bool
wraps_network(const Network *network, const char *url)
{
	g_autofree char *inner = rewriter_inner_url(url);
	g_autofree char *host = inner != NULL ? url_host(inner) : NULL;

	return host != NULL && network_owns_domain(network, host);
}

/*
 * Does the link lead to no host of the web, and yet to somebody else: a page or a program
 * that it holds itself, another protocol's server?
 */
static bool
has_foreign_scheme(const char *url)
{
	static const char *const schemes[] = { "data", "javascript", "vbscript", "ftp",
					       "ftps", "sftp",       "file",     "smb",
					       "blob", "ws",         "wss" };
	g_autofree char *scheme = g_uri_parse_scheme(url);

	for (size_t i = 0; scheme != NULL && i < G_N_ELEMENTS(schemes); i++)
		if (g_ascii_strcasecmp(scheme, schemes[i]) == 0)
			return true;

	return false;
}

/* Is it a mail to somebody who is not the network? */
static bool
mails_elsewhere(const Network *network, const char *url)
{
	static const char scheme[] = "mailto:";
	g_autofree char *written = NULL, *address = NULL;
	const char *domain;

	if (g_ascii_strncasecmp(url, scheme, strlen(scheme)) != 0)
		return false;
	url += strlen(scheme);
	/* "%40" is an "@" (RFC 6068); what cannot be read is nobody's address. */
	written = g_strndup(url, strcspn(url, "?"));
	address = g_uri_unescape_string(written, NULL);
	domain = address_domain(address != NULL ? address : written);

	return domain != NULL && !network_owns_domain(network, domain);
}

/* Of a link that leads to no host.  Networks are answered on the web. */
static Way
way_without_host(const Network *network, const ReadingLink *link, LinkLabel label)
{
	bool is_away =
	    label == LINK_LABEL_ACCEPT &&
	    (has_foreign_scheme(link->url) || mails_elsewhere(network, link->url));

	return is_away ? WAY_AWAY : WAY_NONE;
}

/* Does a gateway that hides the address tell a domain that is not the network's? */
static bool
is_told_away(const Network *network, const ReadingLink *link)
{
	const char *domain = link->unwrapped.domain;

	return domain != NULL && address_is_domain(domain) &&
	       !network_owns_domain(network, domain);
}

static Way
way_of(const Network *network, const ReadingLink *link, LinkLabel label)
{
	if (link->host[0] == '\0')
		return way_without_host(network, link, label);
	/* The network's own redirect may lead anywhere: no answer goes by it. */
	if (link->unwrapped.is_blind)
		return label != LINK_LABEL_OTHER ? WAY_AWAY : WAY_NONE;
	if (network_owns_domain(network, link->host))
		return WAY_HOME;
	if (link->unwrapped.is_hidden)
		return is_told_away(network, link) ? WAY_AWAY : WAY_HIDDEN;

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

static LinkLabel
label_of(const Network *network, const ReadingLink *link)
{
	g_auto(Folded) label = { 0 };

	/* Where a mail leads by itself, nobody is asked: no network's does. */
	if (link->is_refresh)
		return LINK_LABEL_ACCEPT;
	fold_label(&label, link);
	if (is_labelled(network->lists[NETWORK_LIST_ACCEPT_LABEL], link, &label))
		return LINK_LABEL_ACCEPT;

	return is_labelled(network->lists[NETWORK_LIST_ACTION], link, &label)
		   ? LINK_LABEL_ACTION
		   : LINK_LABEL_OTHER;
}

bool
ways_link_acts(const Network *network, const ReadingLink *link)
{
	return label_of(network, link) != LINK_LABEL_OTHER;
}

/* Whose a link can be that is not the network's. */
typedef struct {
	ListFooter list;
	Added added;
} Others;

static void
count_link(Ways *ways, const Network *network, const ReadingLink *link, size_t part,
	   const Others *others)
{
	/* What the list calls its own links is no word of the network's. */
	LinkLabel label = list_footer_holds(&others->list, part, link)
			      ? LINK_LABEL_OTHER
			      : label_of(network, link);
	bool is_action = label == LINK_LABEL_ACTION;
	Way way = way_of(network, link, label);
	bool is_accept =
	    label == LINK_LABEL_ACCEPT && (!link->is_refresh || way == WAY_AWAY);

	ways->all[way]++;
	ways->added += way == WAY_AWAY && label == LINK_LABEL_OTHER &&
		       added_holds(&others->added, part, link);
	ways->accept[way] += is_accept;
	ways->action[way] += is_action;
	ways->trusted +=
	    (is_accept || is_action) && way == WAY_HIDDEN && link->unwrapped.is_trusted;
}

Ways
ways_of(const Network *network, const Reading *reading, Ways parts_out[READING_LAST])
{
	const Others others = { list_footer_of(network, reading),
				added_of(network, reading) };
	Ways ways = { 0 };

	for (size_t part = 0; part < READING_LAST; part++) {
		Ways *own = &parts_out[part];

		*own = (Ways){ 0 };
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			const ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);

			count_link(own, network, link, part, &others);
		}
		for (size_t way = 0; way < WAY_LAST; way++) {
			ways.all[way] += own->all[way];
			ways.accept[way] += own->accept[way];
			ways.action[way] += own->action[way];
		}
		ways.trusted += own->trusted;
		ways.added += own->added;
	}

	return ways;
}

bool
ways_were_changed(const Reading *reading)
{
	if (list_footer_has_list(reading))
		return true;
	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			const Unwrapped *unwrapped =
			    &g_array_index(reading->links[part], ReadingLink, i)
				 .unwrapped;

			if (unwrapped->by_gateway || unwrapped->is_hidden)
				return true;
		}

	return false;
}

/*
 * One link that says "accept" and leads away is enough, for others may be the
 * inviter's.  Without a word that we know, it takes a request none of whose
 * links leads to the network while one stands among its words; a genuine one has
 * several, unless a list cut its text and put a link of its own below it.
 */
bool
ways_lead_elsewhere(const Ways *ways, bool is_request)
{
	if (ways->accept[WAY_AWAY] > 0)
		return true;
	if (ways->accept[WAY_HOME] > 0 || ways->action[WAY_HOME] > 0)
		return false;

	return ways->action[WAY_AWAY] > 0 ||
	       (is_request && ways->all[WAY_AWAY] > ways->added &&
		ways->all[WAY_HOME] == 0 && ways->all[WAY_HIDDEN] == 0 &&
		ways->all[WAY_WRAPPED] == 0);
}

bool
ways_link_accepts(const Network *network, ReadingLink *link)
{
	return network_owns_domain(network, link->host) &&
	       reading_link_fitting(network->lists[NETWORK_LIST_ACCEPT], link, NULL) !=
		   NULL;
}

/* Is one of the links one that the network's own mail answers by, whatever its label? */
static bool
has_answer_by_url(const Network *network, const Reading *reading)
{
	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);

			if (!link->unwrapped.is_blind && ways_link_accepts(network, link))
				return true;
		}

	return false;
}

bool
ways_are_apart(const Ways parts[READING_LAST])
{
	const Ways *seen = &parts[READING_HTML];

	return seen->all[WAY_AWAY] > seen->added && seen->all[WAY_HOME] == 0 &&
	       seen->all[WAY_HIDDEN] == 0 && seen->all[WAY_WRAPPED] == 0 &&
	       parts[READING_TEXT].all[WAY_HOME] > 0;
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

/*
 * Are two links the same up to a number, as of two invitations, in their paths?
 */
static bool
differ_in_number(const char *one, const char *other)
{
	size_t start = 0, first, second;

	while (one[start] != '\0' && one[start] == other[start] && one[start] != '?')
		start++;
	while (start > 0 && g_ascii_isdigit(one[start - 1]))
		start--;
	first = strspn(one + start, "0123456789");
	second = strspn(other + start, "0123456789");

	return start > 0 && one[start - 1] == '/' && first >= INVITATION_MIN_DIGITS &&
	       second >= INVITATION_MIN_DIGITS && one[start + first] == '/' &&
	       other[start + second] == '/' &&
	       (first != second || strncmp(one + start, other + start, first) != 0);
}

bool
ways_answer_by_number(const Network *network, const GArray *links)
{
	const char *answer = NULL;

	for (size_t i = 0; i < links->len; i++) {
		ReadingLink *link = &g_array_index(links, ReadingLink, i);

		if (!ways_link_accepts(network, link))
			continue;
		if (answer != NULL && differ_in_number(answer, link->url))
			return true;
		answer = link->url;
	}

	return false;
}

/* Most mails have one link that accepts, and many that may show somebody. */
static bool
has_two_answers(const Network *network, const GArray *links)
{
	size_t count = 0;

	for (size_t i = 0; i < links->len && count < 2; i++)
		count +=
		    ways_link_accepts(network, &g_array_index(links, ReadingLink, i));

	return count == 2;
}

bool
ways_answer_several(const Network *network, const GArray *links)
{
	g_autofree char *shown = NULL, *first = NULL;

	if (!has_two_answers(network, links))
		return false;
	for (size_t i = 0; i < links->len; i++) {
		ReadingLink *link = &g_array_index(links, ReadingLink, i);
		char *profile;

		if (!network_owns_domain(network, link->host))
			continue;
		profile = network_profile_of_link(network, link);
		if (profile != NULL) {
			g_free(shown);
			shown = profile;
		} else if (shown != NULL && ways_link_accepts(network, link)) {
			if (first == NULL)
				first = g_strdup(shown);
			else if (!g_str_equal(first, shown))
				return true;
		}
	}

	return false;
}

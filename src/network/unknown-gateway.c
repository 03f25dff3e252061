/* SPDX-License-Identifier: BSD-2-Clause */
/* unknown-gateway.c - did a gateway that nobody here knows rewrite the links? */

#include "config.h"

#include <string.h>

#include "network/unknown-gateway.h"
#include "network/list-footer.h"

/* Different links that tell a gateway by short tokens. */
#define GATEWAY_MIN_LINKS 3

/* What parts the words of an address. */
#define SEPARATORS "/=?&#"

/* Characters of a token, and of one that may hold full stops, as a file's name does. */
#define TOKEN_MIN      4
#define TOKEN_LONG_MIN 16

/*
 * Characters of a token that tells by its form alone, and turns between letters, digits
 * and capitals in it: "invitation-2026" has one.  A shorter one than the long has a digit
 * as well.
 */
#define TOKEN_MIXED_MIN  8
#define TOKEN_MIN_BREAKS 3

/* Different addresses, or labels before one address, that tell by such shorter ones. */
#define GATEWAY_MIN_URLS   2
#define GATEWAY_MIN_LABELS 3

/* Characters of what countries' registries sort names by, at most: "com", "co". */
#define REGISTRY_LABEL 3

/* A link that a gateway may have rewritten, up to "#" unless its token stands behind. */
typedef struct {
	const ReadingLink *link; /* borrowed */
	size_t length;
	bool is_acting;
} Candidate;

typedef struct {
	GArray *candidates; /* of Candidate */
	const char *host;   /* borrowed: the one all of them lead through, or NULL */
} Gateway;

/* Do strangers have names below it, as below "co.uk"? */
static bool
is_everybodys(const char *domain)
{
	size_t length = strcspn(domain, ".");

	return domain[length] == '\0' ||
	       (length <= REGISTRY_LABEL && strlen(domain + length + 1) == 2);
}

/* A gateway has several hosts, or one for each link: "eu1.gate.example", "a7Bd.gate…". */
static const char *
site_of(const char *host)
{
	const char *dot = strchr(host, '.');

	return dot != NULL && !is_everybodys(dot + 1) ? dot + 1 : host;
}

static bool
is_same_site(const char *host, const char *other)
{
	return g_str_equal(host, other) || g_str_equal(site_of(host), site_of(other)) ||
	       g_str_equal(site_of(host), other) || g_str_equal(host, site_of(other));
}

/* Does a part lead to the network as the network wrote it?  A note may link others. */
static bool
is_kept(const Ways *part)
{
	return part->all[WAY_HOME] > 0 && part->accept[WAY_AWAY] == 0 &&
	       part->action[WAY_AWAY] == 0;
}

/* The host of the first link that leads neither to the network nor through a gateway. */
static const char *
host_in(const Network *network, const Reading *reading, const ListFooter *footer,
	size_t part)
{
	const char *second = NULL, *first = NULL;

	for (size_t i = 0; i < reading->links[part]->len; i++) {
		const ReadingLink *link =
		    &g_array_index(reading->links[part], ReadingLink, i);

		if (link->host[0] == '\0' || link->unwrapped.is_hidden ||
		    list_footer_holds(footer, part, link) ||
		    network_owns_domain(network, link->host))
			continue;
		/* The first may be the one that was kept: two of three tell. */
		if (first == NULL)
			first = link->host;
		else if (is_same_site(link->host, first))
			return first;
		else if (second == NULL)
			second = link->host;
		else
			return is_same_site(link->host, second) ? second : first;
	}

	return first;
}

/* Takes a part's links; false where too many, or one that acts, lead elsewhere. */
static bool
take_part(Gateway *gateway, const Network *network, const Reading *reading,
	  const ListFooter *footer, size_t part)
{
	const char *host = host_in(network, reading, footer, part);
	bool has_other = false;

	if (host == NULL || (gateway->host != NULL && !is_same_site(host, gateway->host)))
		return host == NULL;
	gateway->host = host;
	for (size_t i = 0; i < reading->links[part]->len; i++) {
		const ReadingLink *link =
		    &g_array_index(reading->links[part], ReadingLink, i);
		Candidate candidate = { .link = link,
					.length = strcspn(link->url, "#"),
					.is_acting = ways_link_acts(network, link) };

		if (link->host[0] == '\0' || list_footer_holds(footer, part, link))
			continue;
		if (is_same_site(link->host, host)) {
			g_array_append_val(gateway->candidates, candidate);
			continue;
		}
		if (has_other ||
		    (candidate.is_acting && !network_owns_domain(network, link->host)))
			return false;
		has_other = true;
	}

	return true;
}

/* The length of what all addresses begin with, up to a sign that parts them. */
static size_t
length_in_common(const GArray *candidates)
{
	const Candidate *first = &g_array_index(candidates, Candidate, 0);
	size_t common = first->length;

	for (size_t i = 1; i < candidates->len; i++) {
		const Candidate *other = &g_array_index(candidates, Candidate, i);
		size_t same = 0;

		while (same < MIN(common, other->length) &&
		       first->link->url[same] == other->link->url[same])
			same++;
		common = same;
	}
	while (common > 0 && strchr(SEPARATORS, first->link->url[common - 1]) == NULL)
		common--;

	return common;
}

/* How often a word goes from letters to digits, back, or from small letters to capitals. */
static size_t
count_breaks(const char *word, size_t length)
{
	size_t breaks = 0;

	for (size_t i = 1; i < length; i++)
		breaks += (g_ascii_isalpha(word[i - 1]) && g_ascii_isdigit(word[i])) ||
			  (g_ascii_isdigit(word[i - 1]) && g_ascii_isalpha(word[i])) ||
			  (g_ascii_islower(word[i - 1]) && g_ascii_isupper(word[i]));

	return breaks;
}

/* Is it so long and mixed that it is no page's name?  Words are seldom hexadecimal. */
static bool
is_mixed(const char *word, size_t length, size_t min)
{
	bool has_digit = length >= TOKEN_LONG_MIN, is_hex = true;
	size_t breaks = count_breaks(word, length);

	for (size_t i = 0; i < length; i++) {
		has_digit |= g_ascii_isdigit(word[i]);
		is_hex &= g_ascii_isxdigit(word[i]);
	}

	return length >= min && has_digit &&
	       (breaks >= TOKEN_MIN_BREAKS || (is_hex && breaks > 0));
}

/* Is a word a token: with a digit in it, or with a capital behind a small letter? */
static bool
is_token(const char *word, size_t length)
{
	bool has_dot = memchr(word, '.', length) != NULL;

	if ((has_dot && length < TOKEN_LONG_MIN) || memchr(word, '@', length) != NULL)
		return false;
	for (size_t i = 0; i < length; i++)
		if (g_ascii_isdigit(word[i]) ||
		    (i > 0 && g_ascii_isupper(word[i]) && g_ascii_islower(word[i - 1])))
			return true;

	return false;
}

/* Where an address tells its host. */
static size_t
host_start(const char *url)
{
	const char *host = strstr(url, "://");

	return host != NULL ? (size_t)(host - url) + strlen("://") : 0;
}

/* Is a host named by a token?  "eu2.gate.example" has only a number. */
static bool
is_host_token(const char *host, size_t length)
{
	return is_mixed(host, MIN(length, strcspn(host, ".")), TOKEN_MIXED_MIN);
}

/* Where the first token of an address stands, behind so much of it; its length: none. */
static size_t
token_start(const Candidate *candidate, size_t from)
{
	const char *url = candidate->link->url;
	size_t host = host_start(url);

	for (size_t at = from, length; at < candidate->length; at += length + 1) {
		length = strcspn(url + at, SEPARATORS);
		length = MIN(length, candidate->length - at);
		if ((at == host ? is_host_token(url + at, length)
				: is_token(url + at, length)) &&
		    candidate->length - at >= TOKEN_MIN)
			return at;
	}

	return candidate->length;
}

/*
 * Do the addresses go on with a token each, behind the same words?  One in twenty
 * tokens has neither digit nor capital: it is as long as the others.
 */
static bool
have_tokens(const GArray *candidates, size_t min_links)
{
	g_autoptr(GHashTable) urls =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	size_t common = length_in_common(candidates), before = 0;
	const Candidate *model = NULL;
	const char *plain = NULL;

	for (size_t i = 0; i < candidates->len && model == NULL; i++) {
		const Candidate *candidate = &g_array_index(candidates, Candidate, i);

		before = token_start(candidate, common);
		if (before < candidate->length)
			model = candidate;
	}
	if (model == NULL)
		return false;
	for (size_t i = 0; i < candidates->len; i++) {
		const Candidate *candidate = &g_array_index(candidates, Candidate, i);
		const char *url = candidate->link->url;
		size_t start = token_start(candidate, common);

		if (start != before && candidate->length == model->length)
			start = before;
		if (start == before && start < candidate->length &&
		    strncmp(url, model->link->url, before) == 0) {
			g_hash_table_add(urls, g_strndup(url, candidate->length));
			continue;
		}
		if (candidate->is_acting || (plain != NULL && !g_str_equal(plain, url)))
			return false;
		plain = url;
	}

	return g_hash_table_size(urls) >= min_links;
}

/* Is there one page, behind whose "#" all that is told of a link stands? */
static bool
have_fragments(GArray *candidates)
{
	const Candidate *first = &g_array_index(candidates, Candidate, 0);

	for (size_t i = 0; i < candidates->len; i++) {
		const Candidate *candidate = &g_array_index(candidates, Candidate, i);

		if (candidate->link->url[candidate->length] != '#' ||
		    candidate->length != first->length ||
		    strncmp(candidate->link->url, first->link->url, first->length) != 0)
			return false;
	}
	for (size_t i = 0; i < candidates->len; i++) {
		Candidate *candidate = &g_array_index(candidates, Candidate, i);

		candidate->length = strlen(candidate->link->url);
	}

	return true;
}

/* What of an address stands behind the host. */
static const char *
path_of(const ReadingLink *link)
{
	const char *host = link->url + host_start(link->url);

	return host + strcspn(host, SEPARATORS);
}

/* Where such a token stands in a path, or 0.  One of base64 may end in "%3D". */
static size_t
mixed_token_start(const char *path, size_t min)
{
	static const char token[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789-_~";

	for (const char *at = path; *at != '\0'; at += strcspn(at, SEPARATORS)) {
		size_t length = strspn(++at, token);

		if ((at[length] == '\0' || strchr(SEPARATORS, at[length]) != NULL ||
		     g_ascii_strncasecmp(at + length, "%3d", 3) == 0) &&
		    is_mixed(at, length, min))
			return (size_t)(at - path);
	}

	return 0;
}

/*
 * A gateway leaves the author as it is, and is not called after the network: so little
 * as a link or two is no gateway's in a mail of somebody else's.
 */
static bool
may_be_gateway(const Network *network, const Reading *reading, const GArray *candidates)
{
	for (size_t i = 0; i < candidates->len; i++) {
		const Candidate *candidate = &g_array_index(candidates, Candidate, i);

		if (network_lookalike(network, candidate->link->host) != LOOKALIKE_NOT)
			return false;
	}

	return network_owns_author(network, message_author(reading->message));
}

/*
 * Few links, or one, tell a gateway where each has a long token.  A gateway gives each
 * address its own, while a phisher has one page for all that acts.
 */
static bool
have_long_tokens(const GArray *candidates)
{
	g_autoptr(GHashTable) acting = g_hash_table_new(g_str_hash, g_str_equal);

	for (size_t i = 0; i < candidates->len; i++) {
		const Candidate *candidate = &g_array_index(candidates, Candidate, i);
		const ReadingLink *link = candidate->link, *same;

		if (mixed_token_start(path_of(link), TOKEN_LONG_MIN) == 0)
			return false;
		if (!candidate->is_acting)
			continue;
		same = g_hash_table_lookup(acting, link->url);
		if (same != NULL &&
		    !folded_same(&same->folded_label, &link->folded_label))
			return false;
		g_hash_table_insert(acting, (gpointer)link->url, (gpointer)link);
	}

	return true;
}

/* One more label, unless it says what another did, or nothing, as a logo does. */
static size_t
add_label(const Folded *labels[GATEWAY_MIN_LABELS], size_t count, const Folded *label)
{
	for (size_t i = 0; i < count; i++)
		if (folded_same(labels[i], label))
			return count;
	if (label->length == 0 || count == GATEWAY_MIN_LABELS)
		return count;
	labels[count] = label;

	return count + 1;
}

/*
 * Shorter tokens tell it where all the mail's links have one behind the same words, even
 * the same: some gateways keep the addresses of a mail under one token.  Where a token
 * is not mixed by chance, the others are, and it goes on as they do.
 */
static bool
have_mixed_tokens(const GArray *candidates)
{
	g_autoptr(GHashTable) urls = g_hash_table_new(g_str_hash, g_str_equal);
	const Folded *labels[GATEWAY_MIN_LABELS];
	size_t n_labels = 0;
	const char *model = NULL;
	size_t before = 0, mixed = 0;

	for (size_t i = 0; i < candidates->len; i++) {
		const ReadingLink *link = g_array_index(candidates, Candidate, i).link;
		const char *path = path_of(link);
		size_t start = mixed_token_start(path, TOKEN_MIXED_MIN);

		if (start > 0 && model == NULL) {
			model = path;
			before = start;
		}
		mixed +=
		    start > 0 && start == before && strncmp(path, model, before) == 0;
		g_hash_table_add(urls, (gpointer)link->url);
		n_labels = add_label(labels, n_labels, &link->folded_label);
	}
	if (mixed == 0)
		return false;
	if (mixed < candidates->len)
		return have_tokens(candidates, GATEWAY_MIN_URLS);

	return g_hash_table_size(urls) >= GATEWAY_MIN_URLS ||
	       n_labels >= GATEWAY_MIN_LABELS;
}

UnknownGateway
unknown_gateway_of(const Network *network, const Reading *reading,
		   const Ways parts[READING_LAST])
{
	g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
	Gateway gateway = { .candidates = candidates };
	ListFooter footer = list_footer_of(network, reading);

	for (size_t part = 0; part < READING_LAST; part++)
		if (!is_kept(&parts[part]) &&
		    !take_part(&gateway, network, reading, &footer, part))
			return UNKNOWN_GATEWAY_NONE;
	if (candidates->len == 0)
		return UNKNOWN_GATEWAY_NONE;

	if (have_tokens(candidates, GATEWAY_MIN_LINKS) ||
	    (have_fragments(candidates) && have_tokens(candidates, GATEWAY_MIN_LINKS)))
		return UNKNOWN_GATEWAY_LIKELY;
	if (!may_be_gateway(network, reading, candidates))
		return UNKNOWN_GATEWAY_NONE;
	if (have_long_tokens(candidates))
		return UNKNOWN_GATEWAY_LIKELY;

	return have_mixed_tokens(candidates) ? UNKNOWN_GATEWAY_POSSIBLE
					     : UNKNOWN_GATEWAY_NONE;
}

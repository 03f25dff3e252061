/* SPDX-License-Identifier: BSD-2-Clause */
/* rewriter.c - takes off what mail gateways put before links */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "base/keyfile.h"
#include "text/pattern.h"
#include "network/rewriter.h"
#include "network/rewriter-form.h"
#include "network/url-hint.h"
#include "mail/url.h"

/* Two gateways in a row are common, more are a riddle. */
#define LAYERS_MAX 3

/* Bytes of an address in which another one is looked for. */
#define INNER_MAX 8192

/* A gateway, or with is_redirect an open redirect. */
typedef struct {
	const char *group;  /* borrowed from the file */
	GPtrArray *domains; /* const char *, the same */
	GPtrArray *links;   /* of Pattern, each with {target} */
	GPtrArray *blind;   /* of Pattern: addresses that do not tell their target */
	GPtrArray *domain;  /* of Pattern: that tell its domain alone */
	GPtrArray *hosts; /* of Pattern: those under the domains that rewrite, or none */
	UrlHint *hint;    /* of links and blind */
	RewriterForm form;
	bool is_redirect;
} Rewriter;

struct Rewriters {
	GPtrArray *files;
	GPtrArray *list;     /* of Rewriter */
	GHashTable *domains; /* domain, borrowed → Rewriter */
	GPtrArray *trusted;  /* hosts, char *: the keys of the administrator's */
};

enum { HOLE_TARGET, HOLE_KEY, HOLES };

static const char *const hole_names[] = { "target", "key", NULL };

static void
rewriter_free(gpointer data)
{
	Rewriter *rewriter = data;

	g_ptr_array_unref(rewriter->links);
	g_ptr_array_unref(rewriter->blind);
	g_ptr_array_unref(rewriter->domain);
	g_ptr_array_unref(rewriter->hosts);
	g_ptr_array_unref(rewriter->domains);
	url_hint_free(rewriter->hint);
	g_free(rewriter);
}

static Rewriter *
add_rewriter(Rewriters *rewriters, const char *group)
{
	Rewriter *rewriter = g_new0(Rewriter, 1);

	rewriter->group = group;
	rewriter->is_redirect = g_str_has_prefix(group, "redirect ");
	rewriter->links = g_ptr_array_new_with_free_func((GDestroyNotify)pattern_free);
	rewriter->blind = g_ptr_array_new_with_free_func((GDestroyNotify)pattern_free);
	rewriter->domain = g_ptr_array_new_with_free_func((GDestroyNotify)pattern_free);
	rewriter->hosts = g_ptr_array_new_with_free_func((GDestroyNotify)pattern_free);
	rewriter->domains = g_ptr_array_new();
	rewriter->hint = url_hint_new();
	g_ptr_array_add(rewriters->list, rewriter);

	return rewriter;
}

/* The rewriter whose section this is; a new one where a section begins. */
static Rewriter *
rewriter_of(Rewriters *rewriters, const char *group)
{
	Rewriter *last = rewriters->list->len > 0
			     ? rewriters->list->pdata[rewriters->list->len - 1]
			     : NULL;

	return last != NULL && last->group == group ? last
						    : add_rewriter(rewriters, group);
}

const char *const *
rewriters_holes(void)
{
	return hole_names;
}

static bool
take_patterns(Rewriter *rewriter, GPtrArray *patterns, const Keyfile *file,
	      const KeyfileEntry *entry, GError **error)
{
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		g_autoptr(GError) fault = NULL;
		Pattern *pattern = keyfile_pattern(file, entry, i, hole_names, &fault);

		if (pattern == NULL)
			return keyfile_error(file, entry, error, "%s", fault->message);
		g_ptr_array_add(patterns, pattern);
		if (patterns != rewriter->hosts)
			url_hint_add(rewriter->hint, entry->list[i]);
	}

	return true;
}

static bool
read_entry(Rewriters *rewriters, const Keyfile *file, const KeyfileEntry *entry,
	   GError **error)
{
	Rewriter *rewriter;

	if (!g_str_has_prefix(entry->group, "rewriter ") &&
	    !g_str_has_prefix(entry->group, "redirect "))
		return keyfile_error(
		    file, entry, error,
		    "no such section; there are [rewriter NAME] and [redirect NAME]");
	rewriter = rewriter_of(rewriters, entry->group);
	if (g_str_equal(entry->key, "link"))
		return take_patterns(rewriter, rewriter->links, file, entry, error);
	if (g_str_equal(entry->key, "form"))
		return rewriter_form_read(entry->value, &rewriter->form) ||
		       keyfile_error(
			   file, entry, error,
			   "give percent, plain, dashes, stars, base64 or opaque");
	if (g_str_equal(entry->key, "blind") && rewriter->is_redirect)
		return take_patterns(rewriter, rewriter->blind, file, entry, error);
	if (g_str_equal(entry->key, "domain") && !rewriter->is_redirect)
		return take_patterns(rewriter, rewriter->domain, file, entry, error);
	if (g_str_equal(entry->key, "hosts"))
		return take_patterns(rewriter, rewriter->hosts, file, entry, error);
	if (!g_str_equal(entry->key, "domains"))
		return keyfile_error(
		    file, entry, error,
		    "no such key; there are domains, hosts, link, form%s",
		    rewriter->is_redirect ? ", blind" : ", domain");

	for (size_t i = 0; entry->list[i] != NULL; i++)
		g_ptr_array_add(rewriter->domains, (gpointer)entry->list[i]);

	return true;
}

static bool
take_file(Rewriters *rewriters, const Keyfile *file, GError **error)
{
	size_t first = rewriters->list->len;

	for (size_t i = 0; i < keyfile_length(file); i++)
		if (!read_entry(rewriters, file, keyfile_entry(file, i), error))
			return false;
	for (size_t i = first; i < rewriters->list->len; i++) {
		const Rewriter *rewriter = rewriters->list->pdata[i];
		bool is_told = rewriter->links->len > 0 || rewriter->blind->len > 0 ||
			       rewriter->form == REWRITER_OPAQUE;

		if (rewriter->domains->len == 0 || !is_told)
			return keyfile_error(file, NULL, error,
					     "[%s] needs domains and link",
					     rewriter->group);
		for (size_t j = 0; j < rewriter->domains->len; j++)
			g_hash_table_insert(rewriters->domains,
					    rewriter->domains->pdata[j],
					    (gpointer)rewriter);
	}

	return true;
}

Rewriters *
rewriters_new(GPtrArray *files, GError **error)
{
	g_autoptr(Rewriters) rewriters = g_new0(Rewriters, 1);

	rewriters->files = g_ptr_array_ref(files);
	rewriters->list = g_ptr_array_new_with_free_func(rewriter_free);
	rewriters->domains = g_hash_table_new(g_str_hash, g_str_equal);
	rewriters->trusted = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; i < files->len; i++)
		if (!take_file(rewriters, files->pdata[i], error))
			return NULL;

	return g_steal_pointer(&rewriters);
}

void
rewriters_free(Rewriters *rewriters)
{
	if (rewriters == NULL)
		return;

	g_hash_table_unref(rewriters->domains);
	g_ptr_array_unref(rewriters->trusted);
	g_ptr_array_unref(rewriters->list);
	g_ptr_array_unref(rewriters->files);
	g_free(rewriters);
}

void
rewriters_trust(Rewriters *rewriters, const char *const *hosts)
{
	Rewriter *own = NULL;

	for (size_t i = 0; hosts[i] != NULL; i++) {
		char *host = g_ascii_strdown(hosts[i], -1);

		g_ptr_array_add(rewriters->trusted, host);
		if (own == NULL)
			own = add_rewriter(rewriters, "");
		own->form = REWRITER_OPAQUE;
		g_hash_table_insert(rewriters->domains, host, own);
	}
}

/* Up to where an address within another one reaches, when it is percent-encoded. */
static size_t
percent_length(const char *text)
{
	return strcspn(text, "&;#\"'<> ");
}

char *
rewriter_inner_url(const char *url)
{
	/* "http" in base64. */
	static const char base64_http[] = "aHR0c";
	/* The first slash stands behind the address's own scheme. */
	const char *start = strchr(url, '/');

	for (const char *at = start; at != NULL && *at != '\0' && at - url < INNER_MAX;
	     at++) {
		g_autofree char *inner = NULL, *decoded = NULL;

		if (g_str_has_prefix(at, base64_http))
			return rewriter_form_decode(REWRITER_BASE64, at, "");
		if (g_ascii_strncasecmp(at, "http", 4) != 0 ||
		    (inner = rewriter_form_decode(REWRITER_PLAIN, at, "")) == NULL)
			continue;
		if (memchr(at, ':', strcspn(at, "/%")) != NULL)
			return g_steal_pointer(&inner);
		inner[percent_length(inner)] = '\0';
		decoded = g_uri_unescape_string(inner, NULL);
		return decoded != NULL ? g_steal_pointer(&decoded)
				       : g_steal_pointer(&inner);
	}

	return NULL;
}

/*
 * Does a parameter beside the target's name an address on another host?  Then nobody
 * can tell which of the two the gateway follows.  What stands in the target's own
 * query is encoded once more, so it is no parameter here.
 */
static bool
has_rival(const Rewriter *rewriter, const char *url, const char *target)
{
	const char *query = strchr(url, '?');
	g_autofree char *host = url_host(target);
	g_auto(GStrv) parameters = NULL;
	RewriterForm form =
	    rewriter->form == REWRITER_DASHES || rewriter->form == REWRITER_BASE64
		? rewriter->form
		: REWRITER_PERCENT;

	/* There the target stands as it is, with a query of its own. */
	if (query == NULL || rewriter->form == REWRITER_PLAIN ||
	    rewriter->form == REWRITER_STARS)
		return false;
	parameters = g_strsplit(query + 1, "&", -1); /* the URL has a limit */
	for (size_t i = 0; parameters[i] != NULL; i++) {
		const char *value = strchr(parameters[i], '=');
		g_autofree char *other =
		    value != NULL ? rewriter_form_decode(form, value + 1, "") : NULL;
		g_autofree char *other_host = other != NULL ? url_host(other) : NULL;

		if (other_host != NULL && g_strcmp0(host, other_host) != 0)
			return true;
	}

	return false;
}

/* Does the host rewrite?  A vendor's own pages are under the same domain. */
static bool
rewrites(const Rewriter *rewriter, const char *host)
{
	g_auto(Folded) folded = { 0 };
	bool is_one = rewriter->hosts->len == 0;

	if (is_one)
		return true;
	folded_init(&folded, host);
	for (size_t i = 0; i < rewriter->hosts->len && !is_one; i++)
		is_one = pattern_fits(rewriter->hosts->pdata[i], &folded, NULL);

	return is_one;
}

/* The rewriter whose domain the host is under, or NULL. */
static const Rewriter *
rewriter_at(const Rewriters *rewriters, const char *host)
{
	const Rewriter *found = NULL;

	for (const char *rest = host; rest != NULL && found == NULL;) {
		found = g_hash_table_lookup(rewriters->domains, rest);
		rest = strchr(rest, '.');
		rest = rest != NULL ? rest + 1 : NULL;
	}

	return found != NULL && rewrites(found, host) ? found : NULL;
}

/* What stands behind one rewriter, or NULL where the link is of none of its forms. */
static char *
unwrap(const Rewriter *rewriter, const char *url, const Folded *folded)
{
	PatternHit hits[HOLES];

	for (size_t i = 0; i < rewriter->links->len; i++) {
		g_autofree char *target = NULL, *key = NULL, *decoded = NULL;

		if (!pattern_fits(rewriter->links->pdata[i], folded, hits))
			continue;
		target = g_strndup(url + hits[HOLE_TARGET].start,
				   hits[HOLE_TARGET].end - hits[HOLE_TARGET].start);
		key = g_strndup(url + hits[HOLE_KEY].start,
				hits[HOLE_KEY].end - hits[HOLE_KEY].start);
		decoded = rewriter_form_decode(rewriter->form, target, key);
		if (decoded != NULL)
			return g_steal_pointer(&decoded);
	}

	return NULL;
}

/* The domain that an address which tells no more is said to lead to, or NULL. */
static char *
domain_told(const Rewriter *rewriter, const char *url, const Folded *folded)
{
	PatternHit hits[HOLES];

	for (size_t i = 0; i < rewriter->domain->len; i++)
		if (pattern_fits(rewriter->domain->pdata[i], folded, hits))
			return g_strndup(url + hits[HOLE_TARGET].start,
					 hits[HOLE_TARGET].end - hits[HOLE_TARGET].start);

	return NULL;
}

static bool
is_blind(const Rewriter *rewriter, const Folded *folded)
{
	for (size_t i = 0; i < rewriter->blind->len; i++)
		if (pattern_fits(rewriter->blind->pdata[i], folded, NULL))
			return true;

	return false;
}

/* Take one rewriter off; false where there is none, or none that tells more. */
static bool
follow_one(const Rewriters *rewriters, Unwrapped *unwrapped, const char *url,
	   const char *host)
{
	const Rewriter *rewriter = rewriter_at(rewriters, host);
	g_auto(Folded) folded = { 0 };
	g_autofree char *next = NULL, *plain = NULL;
	bool is_fit;

	if (rewriter == NULL)
		return false;
	plain = rewriter->is_redirect ? rewriter_form_plain_path(url) : NULL;
	url = plain != NULL ? plain : url;
	is_fit = url_hint_may_fit(rewriter->hint, url);
	if (is_fit) {
		folded_init(&folded, url);
		next = unwrap(rewriter, url, &folded);
	}
	/* Gateways change their forms; a redirect is one in its own form alone. */
	if (next == NULL && !rewriter->is_redirect)
		next = rewriter_inner_url(url);
	if (next == NULL) {
		unwrapped->is_hidden = !rewriter->is_redirect;
		unwrapped->is_trusted = rewriter->group[0] == '\0';
		unwrapped->is_blind = is_fit && is_blind(rewriter, &folded);
		unwrapped->domain = is_fit ? domain_told(rewriter, url, &folded) : NULL;
		return false;
	}
	if (has_rival(rewriter, url, next)) {
		unwrapped->is_hidden = true;
		return false;
	}
	unwrapped->by_gateway |= !rewriter->is_redirect;
	g_free(unwrapped->target);
	unwrapped->target = g_steal_pointer(&next);

	return true;
}

void
rewriter_clear_unwrapped(Unwrapped *unwrapped)
{
	g_clear_pointer(&unwrapped->target, g_free);
	g_clear_pointer(&unwrapped->domain, g_free);
}

Unwrapped
rewriters_follow(const Rewriters *rewriters, const char *url, const char *host)
{
	Unwrapped unwrapped = { 0 };
	g_autofree char *at = g_strdup(host);

	for (size_t i = 0; i < LAYERS_MAX && at != NULL; i++) {
		if (!follow_one(rewriters, &unwrapped,
				unwrapped.target != NULL ? unwrapped.target : url, at))
			break;
		g_free(at);
		at = url_host(unwrapped.target);
	}

	return unwrapped;
}

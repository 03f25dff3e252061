/* SPDX-License-Identifier: BSD-2-Clause */
/* rewriter.c - takes off what mail gateways put before links */

#include <stdbool.h>
#include <string.h>

#include "base/keyfile.h"
#include "text/pattern.h"
#include "network/rewriter.h"
#include "mail/url.h"

/* Two gateways in a row are common, more are a riddle. */
#define LAYERS_MAX 3

typedef enum { FORM_PERCENT, FORM_PLAIN, FORM_DASHES, FORM_OPAQUE, FORM_LAST } Form;

typedef struct {
	const char *group;  /* borrowed from the file */
	GPtrArray *domains; /* const char *, the same */
	GPtrArray *links;   /* of Pattern */
	Form form;
} Rewriter;

struct Rewriters {
	GPtrArray *files;
	GPtrArray *list;     /* of Rewriter */
	GHashTable *domains; /* domain, borrowed → Rewriter */
};

static const char *const hole_names[] = { "target", NULL };
static const char *const form_names[FORM_LAST] = { "percent", "plain", "dashes",
						   "opaque" };

static void
rewriter_free(gpointer data)
{
	Rewriter *rewriter = data;

	g_ptr_array_unref(rewriter->links);
	g_ptr_array_unref(rewriter->domains);
	g_free(rewriter);
}

/* The rewriter whose section this is; a new one where a section begins. */
static Rewriter *
rewriter_of(Rewriters *rewriters, const char *group)
{
	Rewriter *last = rewriters->list->len > 0
			     ? rewriters->list->pdata[rewriters->list->len - 1]
			     : NULL;

	if (last != NULL && last->group == group)
		return last;
	last = g_new0(Rewriter, 1);
	last->group = group;
	last->links = g_ptr_array_new_with_free_func((GDestroyNotify)pattern_free);
	last->domains = g_ptr_array_new();
	g_ptr_array_add(rewriters->list, last);

	return last;
}

static bool
take_links(Rewriter *rewriter, const Keyfile *file, const KeyfileEntry *entry,
	   GError **error)
{
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		g_autoptr(GError) fault = NULL;
		Pattern *pattern = pattern_new(entry->list[i], hole_names, &fault);

		if (pattern == NULL)
			return keyfile_error(file, entry, error, "%s", fault->message);
		g_ptr_array_add(rewriter->links, pattern);
	}

	return true;
}

static bool
take_entry(Rewriters *rewriters, const Keyfile *file, const KeyfileEntry *entry,
	   GError **error)
{
	Rewriter *rewriter;

	if (!g_str_has_prefix(entry->group, "rewriter "))
		return keyfile_error(file, entry, error,
				     "no such section; there is [rewriter NAME]");
	rewriter = rewriter_of(rewriters, entry->group);
	if (g_str_equal(entry->key, "link"))
		return take_links(rewriter, file, entry, error);
	if (g_str_equal(entry->key, "domains")) {
		for (size_t i = 0; entry->list[i] != NULL; i++)
			g_ptr_array_add(rewriter->domains, (gpointer)entry->list[i]);
		return true;
	}
	if (!g_str_equal(entry->key, "form"))
		return keyfile_error(file, entry, error,
				     "no such key; there are domains, link, form");

	for (size_t i = 0; i < FORM_LAST; i++)
		if (g_str_equal(entry->value, form_names[i])) {
			rewriter->form = (Form)i;
			return true;
		}

	return keyfile_error(file, entry, error, "give percent, plain, dashes or opaque");
}

static bool
take_file(Rewriters *rewriters, const Keyfile *file, GError **error)
{
	size_t first = rewriters->list->len;

	for (size_t i = 0; i < keyfile_length(file); i++)
		if (!take_entry(rewriters, file, keyfile_entry(file, i), error))
			return false;
	for (size_t i = first; i < rewriters->list->len; i++) {
		const Rewriter *rewriter = rewriters->list->pdata[i];

		if (rewriter->domains->len == 0 ||
		    (rewriter->links->len == 0 && rewriter->form != FORM_OPAQUE))
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
	g_ptr_array_unref(rewriters->list);
	g_ptr_array_unref(rewriters->files);
	g_free(rewriters);
}

/* The target as a URL, or NULL where it is written otherwise. */
static char *
decode(Form form, char *target)
{
	if (form == FORM_PLAIN)
		return g_strdup(target);
	if (form == FORM_DASHES) {
		g_strdelimit(target, "-", '%');
		g_strdelimit(target, "_", '/');
	}

	return g_uri_unescape_string(target, NULL);
}

/* The gateway whose domain the host is under, or NULL. */
static const Rewriter *
gateway_of(const Rewriters *rewriters, const char *host)
{
	const Rewriter *found = NULL;

	for (const char *rest = host; rest != NULL && found == NULL;) {
		found = g_hash_table_lookup(rewriters->domains, rest);
		rest = strchr(rest, '.');
		rest = rest != NULL ? rest + 1 : NULL;
	}

	return found;
}

/* What stands behind one gateway, or NULL where the link is not of its form. */
static char *
unwrap_one(const Rewriter *rewriter, const char *url)
{
	g_auto(Folded) folded = { 0 };
	PatternHit hit;

	folded_init(&folded, url);
	for (size_t i = 0; i < rewriter->links->len; i++) {
		g_autofree char *target = NULL, *decoded = NULL;

		if (!pattern_fits(rewriter->links->pdata[i], &folded, &hit))
			continue;
		target = g_strndup(url + hit.start, hit.end - hit.start);
		decoded = decode(rewriter->form, target);
		if (decoded != NULL && g_str_has_prefix(decoded, "http"))
			return g_steal_pointer(&decoded);
	}

	return NULL;
}

/* One gateway taken off, or NULL where there is none. */
static char *
unwrap(const Rewriters *rewriters, const char *url, const char *host)
{
	const Rewriter *gateway = gateway_of(rewriters, host);

	return gateway != NULL ? unwrap_one(gateway, url) : NULL;
}

bool
rewriters_hide(const Rewriters *rewriters, const char *host)
{
	const Rewriter *gateway = gateway_of(rewriters, host);

	return gateway != NULL && gateway->form == FORM_OPAQUE;
}

char *
rewriters_target(const Rewriters *rewriters, const char *url, const char *host)
{
	char *target = unwrap(rewriters, url, host);

	for (size_t i = 1; i < LAYERS_MAX && target != NULL; i++) {
		g_autofree char *inner = url_host(target);
		char *next = inner != NULL ? unwrap(rewriters, target, inner) : NULL;

		if (next == NULL)
			break;
		g_free(target);
		target = next;
	}

	return target;
}

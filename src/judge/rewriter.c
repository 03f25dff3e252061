/* SPDX-License-Identifier: BSD-2-Clause */
/* rewriter.c - takes off what mail gateways put before links */

#include <stdbool.h>
#include <string.h>

#include "base/keyfile.h"
#include "base/pattern.h"
#include "judge/rewriter.h"

/* Two gateways in a row are common, more are a riddle. */
#define LAYERS_MAX 3

typedef enum {
	FORM_PERCENT,
	FORM_PLAIN,
	FORM_DASHES,
	FORM_LAST
} Form;

typedef struct {
	const char *group;	/* borrowed from the file */
	GPtrArray *links;	/* of Pattern */
	Form form;
} Rewriter;

struct Rewriters {
	GPtrArray *files;
	GPtrArray *list;	/* of Rewriter */
};

static const char *const hole_names[] = { "target", NULL };
static const char *const form_names[FORM_LAST] = { "percent", "plain", "dashes" };

static void
rewriter_free(gpointer data)
{
	Rewriter *rewriter = data;

	g_ptr_array_unref(rewriter->links);
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
	g_ptr_array_add(rewriters->list, last);

	return last;
}

static bool
take_links(Rewriter *rewriter, const Keyfile *file, const KeyfileEntry *entry, GError **error)
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
	if (!g_str_equal(entry->key, "form"))
		return keyfile_error(file, entry, error, "no such key; there are link, form");

	for (size_t i = 0; i < FORM_LAST; i++)
		if (g_str_equal(entry->value, form_names[i])) {
			rewriter->form = (Form)i;
			return true;
		}

	return keyfile_error(file, entry, error, "give percent, plain or dashes");
}

Rewriters *
rewriters_new(GPtrArray *files, GError **error)
{
	g_autoptr(Rewriters) rewriters = g_new0(Rewriters, 1);

	rewriters->files = g_ptr_array_ref(files);
	rewriters->list = g_ptr_array_new_with_free_func(rewriter_free);
	for (size_t i = 0; i < files->len; i++)
		for (size_t j = 0; j < keyfile_length(files->pdata[i]); j++)
			if (!take_entry(rewriters, files->pdata[i],
					keyfile_entry(files->pdata[i], j), error))
				return NULL;

	return g_steal_pointer(&rewriters);
}

void
rewriters_free(Rewriters *rewriters)
{
	if (rewriters == NULL)
		return;

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

/* One gateway taken off, or NULL where there is none. */
static char *
unwrap(const Rewriters *rewriters, const char *url, const Folded *folded)
{
	PatternHit hit;

	for (size_t i = 0; i < rewriters->list->len; i++) {
		const Rewriter *rewriter = rewriters->list->pdata[i];

		for (size_t j = 0; j < rewriter->links->len; j++) {
			g_autofree char *target = NULL, *decoded = NULL;

			if (!pattern_fits(rewriter->links->pdata[j], folded, &hit))
				continue;
			target = g_strndup(url + hit.start, hit.end - hit.start);
			decoded = decode(rewriter->form, target);
			if (decoded != NULL && g_str_has_prefix(decoded, "http"))
				return g_steal_pointer(&decoded);
		}
	}

	return NULL;
}

char *
rewriters_target(const Rewriters *rewriters, const char *url, const Folded *folded)
{
	char *target = unwrap(rewriters, url, folded);

	for (size_t i = 1; i < LAYERS_MAX && target != NULL; i++) {
		g_auto(Folded) inner = { 0 };
		char *next;

		folded_init(&inner, target);
		next = unwrap(rewriters, target, &inner);
		if (next == NULL)
			break;
		g_free(target);
		target = next;
	}

	return target;
}

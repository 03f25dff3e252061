/* SPDX-License-Identifier: BSD-2-Clause */
/* make-image.c - writes what our data files say, compiled, for image.c */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/data.h"
#include "base/keyfile-image.h"
#include "network/network-file.h"
#include "network/rewriter.h"
#include "note/language-image.h"
#include "people/name-rules.h"

/* The files of a kind, with their patterns. */
static bool
add_kind(GArray *sources, GPtrArray *files, const char *const *holes)
{
	for (guint i = 0; files != NULL && i < files->len; i++) {
		KeyfileImageSource source = { files->pdata[i], holes };

		g_array_append_val(sources, source);
	}

	return files != NULL;
}

/* The files of languages and rules are not among them: their image says more. */
static GVariant *
keyfiles(GError **error)
{
	const struct {
		const char *kind, *suffix;
		const char *const *holes;
	} kinds[] = {
		{ "digests", ".digest", NULL },
		{ "networks", ".network", network_file_holes() },
		{ "people", ".people", NULL },
		{ "replies", ".reply", NULL },
		{ "rewriters", ".rewriter", rewriters_holes() },
	};
	g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(KeyfileImageSource));
	g_autoptr(GPtrArray) all =
	    g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		GPtrArray *files = data_load(NULL, kinds[i].kind, kinds[i].suffix, error);

		if (!add_kind(sources, files, kinds[i].holes))
			return NULL;
		g_ptr_array_add(all, files);
	}

	return keyfile_image_new(sources);
}

static GVariant *
languages(GError **error)
{
	g_autoptr(Languages) read = languages_load(NULL, error);

	return read != NULL ? language_image_new(read) : NULL;
}

static GVariant *
names(GError **error)
{
	g_autoptr(NameRules) rules = name_rules_load(NULL, error);

	return rules != NULL ? name_rules_image(rules) : NULL;
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		GVariant *(*make)(GError **error);
	} images[] = { { "keyfiles", keyfiles },
		       { "languages", languages },
		       { "names", names } };
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) image = NULL;

	for (size_t i = 0; argc == 3 && i < G_N_ELEMENTS(images); i++)
		if (g_str_equal(argv[1], images[i].name))
			image = images[i].make(&error);
	if (image == NULL ||
	    !g_file_set_contents(argv[2], g_variant_get_data(image),
				 (gssize)g_variant_get_size(image), &error)) {
		fprintf(stderr, "make-image: %s\n",
			error != NULL ? error->message : "keyfiles|languages|names FILE");
		return EXIT_FAILURE;
	}

	return EXIT_SUCCESS;
}

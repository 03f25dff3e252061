/* SPDX-License-Identifier: BSD-2-Clause */
/* sources.c - the files of src/, for tests that read them */

#include "config.h"

#include "fixture.h"
#include "sources.h"

const char *const sources_folders[] = { "text",     "base",    "mail",   "people",
					"import",   "network", "note",   "judge",
					"requests", "edit",    "digest", "milter",
					"ctl",      NULL };

static const char *const own_ends[] = { ".c", ".h", NULL };
static const char *const included_ends[] = { ".inc", NULL };

static bool
has_end(const char *name, const char *const *ends)
{
	for (size_t i = 0; ends[i] != NULL; i++)
		if (g_str_has_suffix(name, ends[i]))
			return true;

	return false;
}

static size_t
visit_folder(const char *folder, const char *const *ends, SourcesVisit *visit,
	     void *context)
{
	g_autofree char *below_tests = g_strconcat("../src/", folder, NULL);
	g_autofree char *path = fixture_path(below_tests);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;
	size_t count = 0;

	ck_assert_msg(dir != NULL, "no folder %s", path);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *whole = g_build_filename(path, name, NULL);
		g_autofree char *file = g_build_filename(folder, name, NULL);
		g_autofree char *text = NULL;

		if (!has_end(name, ends))
			continue;
		ck_assert(g_file_get_contents(whole, &text, NULL, NULL));
		visit(context, file, text);
		count++;
	}

	return count;
}

void
sources_each(const char *folder, SourcesVisit *visit, void *context)
{
	ck_assert_uint_gt(visit_folder(folder, own_ends, visit, context), 0);
}

static size_t
visit_all(const char *const *ends, SourcesVisit *visit, void *context)
{
	size_t count = 0;

	for (size_t i = 0; sources_folders[i] != NULL; i++)
		count += visit_folder(sources_folders[i], ends, visit, context);

	return count;
}

size_t
sources_all(SourcesVisit *visit, void *context)
{
	return visit_all(own_ends, visit, context);
}

size_t
sources_included(SourcesVisit *visit, void *context)
{
	return visit_all(included_ends, visit, context);
}

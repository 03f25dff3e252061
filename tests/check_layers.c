/* SPDX-License-Identifier: BSD-2-Clause */
/* check_layers.c - does each folder of src/ include only what lies below it? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "sources.h"

/* Headers that only some files may include. */
static const struct {
	const char *include;
	const char *paths[6];
} guarded[] = {
	{ "libmilter/",
	  { "milter/milter.c", "milter/milter-socket.c", "milter/packet.c",
	    "milter/action.c", "milter/action.h" } },
	{ "gmime/", { "mail/" } },
	{ "libical/", { "import/ical.h" } },
	{ "csv.h", { "import/csv.c" } },
	{ "sqlite3.h", { "people/sqlite-" } },
	{ "json-glib/",
	  { "ctl/", "base/json.c", "base/json.h", "requests/",
	    "people/contact-json.c" } },
};

/* The layer of "mail/head.h"; the number of layers for a path of none. */
static size_t
layer_of(const char *path)
{
	size_t i;

	for (i = 0; sources_folders[i] != NULL; i++)
		if (g_str_has_prefix(path, sources_folders[i]) &&
		    path[strlen(sources_folders[i])] == '/')
			break;

	return i;
}

/* The last two layers lie side by side.  An include of no layer is allowed, too. */
static bool
is_allowed(const char *path, const char *include)
{
	size_t from = layer_of(path), to = layer_of(include);
	bool is_of_none = sources_folders[to] == NULL;
	bool is_last = sources_folders[from + 1] == NULL;

	return is_of_none || from == to || to + is_last < from;
}

static bool
is_guarded(const char *path, const char *include)
{
	for (size_t i = 0; i < G_N_ELEMENTS(guarded); i++) {
		bool is_one_of_them = false;

		if (!g_str_has_prefix(include, guarded[i].include))
			continue;
		for (size_t j = 0; guarded[i].paths[j] != NULL; j++)
			is_one_of_them |= g_str_has_prefix(path, guarded[i].paths[j]);
		if (!is_one_of_them)
			return true;
	}

	return false;
}

/* What a line includes, or NULL. */
static char *
included(const char *line)
{
	const char *start;

	if (!g_str_has_prefix(line, "#include"))
		return NULL;
	start = strpbrk(line, "\"<");

	return start != NULL ? g_strndup(start + 1, strcspn(start + 1, "\">")) : NULL;
}

static const char licence[] = "/* SPDX-License-Identifier: BSD-2-Clause */\n";

/* context: the number of includes seen, size_t. */
static void
check_file(void *context, const char *path, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	size_t *count = context;

	ck_assert_msg(g_str_has_prefix(text, licence), "%s: no licence", path);
	for (size_t i = 0; lines[i] != NULL; i++) {
		g_autofree char *include = included(lines[i]);

		if (include == NULL)
			continue;
		++*count;
		ck_assert_msg(!is_guarded(path, include), "%s includes %s", path,
			      include);
		ck_assert_msg(is_allowed(path, include),
			      "%s includes %s, which lies above it", path, include);
		/* Ours are written from src/ on, so that this test sees them. */
		ck_assert_msg(strchr(lines[i], '<') != NULL ||
				  strchr(include, '/') != NULL ||
				  g_str_equal(include, "config.h"),
			      "%s includes %s without its folder", path, include);
	}
}

START_TEST(a_folder_includes_only_those_below_it)
{
	size_t count = 0;

	sources_each(sources_folders[_i], check_file, &count);
	ck_assert_uint_gt(count, 0);
}
END_TEST

/* The check itself. */
START_TEST(the_order_of_the_layers_is_kept)
{
	ck_assert(is_allowed("judge/a.c", "mail/a.h"));
	ck_assert(is_allowed("milter/a.c", "base/a.h"));
	ck_assert(is_allowed("ctl/a.c", "judge/a.h"));
	ck_assert(!is_allowed("base/a.c", "mail/a.h"));
	ck_assert(!is_allowed("milter/a.c", "ctl/a.h"));
	ck_assert(!is_allowed("ctl/a.c", "milter/a.h"));
	ck_assert(is_guarded("judge/a.c", "gmime/gmime.h"));
	ck_assert(!is_guarded("mail/a.c", "gmime/gmime.h"));
	ck_assert(is_guarded("people/store.c", "sqlite3.h"));
	ck_assert(is_guarded("milter/session.c", "libmilter/mfapi.h"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("layers");
	TCase *tree = tcase_create("layers");

	tcase_add_loop_test(tree, a_folder_includes_only_those_below_it, 0, layer_of(""));
	tcase_add_test(tree, the_order_of_the_layers_is_kept);
	suite_add_tcase(suite, tree);

	return fixture_run(suite);
}

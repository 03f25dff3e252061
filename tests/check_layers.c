/* SPDX-License-Identifier: BSD-2-Clause */
/* check_layers.c - does each folder of src/ include only what lies below it? */

#include <string.h>

#include "fixture.h"

/* From the bottom up; the last two lie side by side. */
static const char *const layers[] = { "text",    "base", "mail",  "people", "import",
				      "network", "note", "judge", "milter", "ctl" };

#define SIDE_BY_SIDE (G_N_ELEMENTS(layers) - 2)

/* Headers that only some files may include. */
static const struct {
	const char *include;
	const char *paths[6];
} guarded[] = {
	{ "libmilter/",
	  { "milter/milter.c", "milter/milter.h", "milter/milter-socket.c",
	    "milter/action.c", "milter/action.h" } },
	{ "gmime/", { "mail/" } },
	{ "libical/",
	  { "import/calendar.c", "import/occurrence.c", "import/occurrence.h" } },
	{ "csv.h", { "import/csv.c" } },
	{ "sqlite3.h", { "people/sqlite-" } },
	{ "json-glib/",
	  { "ctl/", "base/json.c", "base/json.h", "judge/requests.c",
	    "judge/requests-contact.c" } },
};

/* The layer of "mail/head.h", or the number of layers for a path of none. */
static size_t
layer_of(const char *path)
{
	for (size_t i = 0; i < G_N_ELEMENTS(layers); i++)
		if (g_str_has_prefix(path, layers[i]) && path[strlen(layers[i])] == '/')
			return i;

	return G_N_ELEMENTS(layers);
}

static bool
is_allowed(size_t from, size_t to)
{
	return from == to || (to < from && !(from > SIDE_BY_SIDE && to == SIDE_BY_SIDE));
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

/* path: below src/. */
static size_t
check_file(const char *path, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	size_t from = layer_of(path), count = 0;

	for (size_t i = 0; lines[i] != NULL; i++) {
		g_autofree char *include = included(lines[i]);
		size_t to = include != NULL ? layer_of(include) : G_N_ELEMENTS(layers);

		if (include == NULL)
			continue;
		count++;
		ck_assert_msg(!is_guarded(path, include), "%s includes %s", path,
			      include);
		ck_assert_msg(to == G_N_ELEMENTS(layers) || is_allowed(from, to),
			      "%s includes %s, which lies above it", path, include);
		/* Ours are written from src/ on, so that this test sees them. */
		ck_assert_msg(strchr(lines[i], '<') != NULL ||
				  strchr(include, '/') != NULL ||
				  g_str_equal(include, "config.h"),
			      "%s includes %s without its folder", path, include);
	}

	return count;
}

static const char licence[] = "/* SPDX-License-Identifier: BSD-2-Clause */\n";

/* _i is the layer. */
START_TEST(a_folder_includes_only_those_below_it)
{
	g_autofree char *folder = g_strconcat("../src/", layers[_i], NULL);
	g_autofree char *path = fixture_path(folder);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;
	size_t count = 0;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *file = g_build_filename(path, name, NULL);
		g_autofree char *below_src = g_build_filename(layers[_i], name, NULL);
		g_autofree char *text = NULL;

		if (!g_str_has_suffix(name, ".c") && !g_str_has_suffix(name, ".h"))
			continue;
		ck_assert(g_file_get_contents(file, &text, NULL, NULL));
		ck_assert_msg(g_str_has_prefix(text, licence), "%s: no licence",
			      below_src);
		count += check_file(below_src, text);
	}
	ck_assert_msg(dir == NULL || count > 0, "%s includes nothing", layers[_i]);
}
END_TEST

/* The check itself: a folder that is not there yet proves nothing. */
START_TEST(the_order_of_the_layers_is_kept)
{
	ck_assert(is_allowed(layer_of("judge/a.c"), layer_of("mail/a.h")));
	ck_assert(is_allowed(layer_of("milter/a.c"), layer_of("base/a.h")));
	ck_assert(is_allowed(layer_of("ctl/a.c"), layer_of("judge/a.h")));
	ck_assert(!is_allowed(layer_of("base/a.c"), layer_of("mail/a.h")));
	ck_assert(!is_allowed(layer_of("milter/a.c"), layer_of("ctl/a.h")));
	ck_assert(!is_allowed(layer_of("ctl/a.c"), layer_of("milter/a.h")));
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

	tcase_add_loop_test(tree, a_folder_includes_only_those_below_it, 0,
			    G_N_ELEMENTS(layers));
	tcase_add_test(tree, the_order_of_the_layers_is_kept);
	suite_add_tcase(suite, tree);

	return fixture_run(suite);
}

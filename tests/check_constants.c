/* SPDX-License-Identifier: BSD-2-Clause */
/* check_constants.c - is each constant of src/ defined in one place? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "sources.h"

/*
 * Two files may use one name for numbers of their own, as INDENT.  The same name
 * with the same value is one constant that was written twice, and a public one that
 * a source defines anew means something else there.
 */

typedef struct {
	char *file; /* of the first definition */
	char *value;
} Constant;

typedef struct {
	GHashTable *constants; /* name → Constant */
	GHashTable *publics;   /* name → the header; owns both */
	GString *faults;
} Found;

static void
constant_free(void *pointer)
{
	Constant *constant = pointer;

	g_free(constant->file);
	g_free(constant->value);
	g_free(constant);
}

static void
found_init(Found *found)
{
	found->constants =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, constant_free);
	found->publics = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	found->faults = g_string_new(NULL);
}

static void
found_clear(Found *found)
{
	g_hash_table_unref(found->constants);
	g_hash_table_unref(found->publics);
	g_string_free(found->faults, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Found, found_clear)

static void
take(Found *found, const char *file, const char *name, const char *value)
{
	const Constant *first = g_hash_table_lookup(found->constants, name);
	Constant *constant;

	if (g_str_has_suffix(file, ".h"))
		g_hash_table_insert(found->publics, g_strdup(name), g_strdup(file));
	if (first != NULL && g_str_equal(first->value, value))
		g_string_append_printf(found->faults, "\n%s is defined in %s and %s",
				       name, first->file, file);
	if (first != NULL)
		return;
	constant = g_new(Constant, 1);
	constant->file = g_strdup(file);
	constant->value = g_strdup(value);
	g_hash_table_insert(found->constants, g_strdup(name), constant);
}

/* An include guard has no value, and a macro with arguments is no constant. */
static void
find_constants(void *context, const char *file, const char *text)
{
	g_autoptr(GRegex) define =
	    g_regex_new("^#define[ \\t]+(\\w+)[ \\t]+(\\S.*?)[ \\t]*(/\\*.*)?$",
			G_REGEX_MULTILINE, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;

	for (g_regex_match(define, text, 0, &match); g_match_info_matches(match);
	     g_match_info_next(match, NULL)) {
		g_autofree char *name = g_match_info_fetch(match, 1);
		g_autofree char *value = g_match_info_fetch(match, 2);

		take(context, file, name, value);
	}
}

/* After find_constants() of all files. */
static void
find_hidden(void *context, const char *file, const char *text)
{
	Found *found = context;
	GHashTableIter all;
	gpointer name, header;

	if (g_str_has_suffix(file, ".h"))
		return;
	g_hash_table_iter_init(&all, found->publics);
	while (g_hash_table_iter_next(&all, &name, &header)) {
		g_autofree char *define =
		    g_strconcat("\n#define ", (char *)name, " ", NULL);

		if (strstr(text, define) != NULL)
			g_string_append_printf(found->faults,
					       "\n%s of %s is defined anew in %s",
					       (char *)name, (char *)header, file);
	}
}

START_TEST(each_constant_is_defined_once)
{
	g_auto(Found) found = { 0 };

	found_init(&found);
	sources_all(find_constants, &found);
	sources_all(find_hidden, &found);
	ck_assert_uint_gt(g_hash_table_size(found.constants), 300);
	ck_assert_msg(found.faults->len == 0, "%s", found.faults->str);
}
END_TEST

/* The check itself. */
START_TEST(constants_that_are_written_twice_are_found)
{
	g_auto(Found) found = { 0 };

	found_init(&found);
	find_constants(&found, "a/a.h", "#ifndef A_H\n#define A_H\n#define A_MAX 3\n");
	find_constants(&found, "b/b.c", "#define TOP 2 /* two */\n#define A_MAX 4\n");
	find_constants(&found, "c/c.c", "#define TOP   2\n#define X(y) 1\n");
	find_constants(&found, "d/d.c", "#define TOP 5\n#define X(y) 1\n");
	find_hidden(&found, "b/b.c", "\n#define A_MAX 4\n");
	ck_assert_str_eq(found.faults->str, "\nTOP is defined in b/b.c and c/c.c"
					    "\nA_MAX of a/a.h is defined anew in b/b.c");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("constants");
	TCase *tests = tcase_create("constants");

	tcase_add_test(tests, each_constant_is_defined_once);
	tcase_add_test(tests, constants_that_are_written_twice_are_found);
	suite_add_tcase(suite, tests);

	return fixture_run(suite);
}

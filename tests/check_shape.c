/* SPDX-License-Identifier: BSD-2-Clause */
/* check_shape.c - does each file of src/ have the shape that HACKING.md promises? */

#include "config.h"

#include <string.h>

#include "fixture.h"

#define LINES_MAX          500 /* of a file */
#define FUNCTION_LINES_MAX 60  /* from a function's name to its closing brace */

static const char *const folders[] = { "text",    "base", "mail",  "people", "import",
				       "network", "note", "judge", "milter", "ctl" };

typedef enum {
	RULE_LINES,    /* a file has at most LINES_MAX lines */
	RULE_FUNCTION, /* a function has at most FUNCTION_LINES_MAX lines */
	RULE_CONFIG,   /* a source includes config.h first */
	RULE_PREFIX,   /* a public name begins with its file's name */
	RULE_DEFINED,  /* what x.h declares, x.c defines */
} Rule;

/* Files that still break a rule.  The list may only shrink: a row that is kept is a failure. */
static const struct {
	const char *file;
	Rule rule;
} exceptions[] = {
	{ "text/plain-text.h", RULE_PREFIX }, { "text/plain-text.h", RULE_DEFINED },
	{ "text/text.h", RULE_PREFIX },       { "text/text.h", RULE_DEFINED },
	{ "people/clue.h", RULE_DEFINED },    { "people/name.h", RULE_DEFINED },
	{ "ctl/command.h", RULE_DEFINED },
};

typedef struct {
	const char *file; /* below src/ */
	char *text;
	bool *is_used; /* of exceptions */
	GString *faults;
} Checked;

static void check_rule(const Checked *source, Rule rule, bool is_kept, const char *format,
		       ...) G_GNUC_PRINTF(4, 5);

static void
check_rule(const Checked *source, Rule rule, bool is_kept, const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	if (is_kept)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(exceptions); i++)
		if (exceptions[i].rule == rule &&
		    g_str_equal(exceptions[i].file, source->file)) {
			source->is_used[i] = true;
			return;
		}
	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_string_append_printf(source->faults, "\n%s: %s", source->file, what);
}

static void
check_lines(const Checked *source)
{
	g_auto(GStrv) lines = g_strsplit(source->text, "\n", -1);
	size_t start = 0;

	check_rule(source, RULE_LINES, g_strv_length(lines) - 1 <= LINES_MAX,
		   "%u lines, at most %d are wanted", g_strv_length(lines) - 1,
		   LINES_MAX);
	/* By the layout, only a function's braces stand alone at the start of a line. */
	for (size_t i = 1; lines[i] != NULL; i++) {
		if (g_str_equal(lines[i], "{"))
			start = i;
		if (!g_str_equal(lines[i], "}") || start == 0)
			continue;
		check_rule(source, RULE_FUNCTION, i - start + 2 <= FUNCTION_LINES_MAX,
			   "%zu lines: %s", i - start + 2, lines[start - 1]);
		start = 0;
	}
}

static void
check_config(const Checked *source)
{
	const char *include = strstr(source->text, "\n#include ");

	check_rule(source, RULE_CONFIG,
		   include != NULL &&
		       g_str_has_prefix(include, "\n#include \"config.h\"\n"),
		   "config.h is not included first");
}

/* The text without comments, directives and bodies. */
static char *
declarations_of(const char *text)
{
	g_autoptr(GRegex) noise =
	    g_regex_new("/\\*.*?\\*/|^#(?:[^\\n]*\\\\\\n)*[^\\n]*|^\\{.*?^\\}|^typedef "
			"[^;{]*\\{.*?^\\}"
			"[^;]*;|^typedef [^;]*;",
			G_REGEX_DOTALL | G_REGEX_MULTILINE, 0, NULL);

	return g_regex_replace_literal(noise, text, -1, 0, "", 0, NULL);
}

/* Does x.c define it, as a function or by G_DEFINE_QUARK()? */
static bool
is_defined(const char *source, const char *function)
{
	g_autofree char *at_start = g_strconcat("\n", function, "(", NULL);
	g_autofree char *quark = NULL;

	if (strstr(source, at_start) != NULL)
		return true;
	if (!g_str_has_suffix(function, "_quark"))
		return false;
	quark = g_strdup_printf("G_DEFINE_QUARK(%.*s,",
				(int)(strlen(function) - strlen("_quark")), function);

	return strstr(source, quark) != NULL;
}

static void
check_names(const Checked *header)
{
	g_autoptr(GRegex) function =
	    g_regex_new("^(?!static|struct|enum|G_DEFINE|\\s|\\})[\\w\\s*]*?\\b(\\w+)\\(",
			G_REGEX_MULTILINE, 0, NULL);
	g_autofree char *declarations = declarations_of(header->text);
	g_autofree char *base = g_path_get_basename(header->file);
	g_autofree char *prefix = g_strndup(base, strlen(base) - strlen(".h"));
	g_autofree char *below_tests =
	    g_strdup_printf("../src/%.*sc", (int)strlen(header->file) - 1, header->file);
	g_autofree char *path = fixture_path(below_tests);
	g_autofree char *source = NULL;
	g_autoptr(GMatchInfo) match = NULL;

	g_strdelimit(prefix, "-", '_');
	g_file_get_contents(path, &source, NULL, NULL);
	for (g_regex_match(function, declarations, 0, &match);
	     g_match_info_matches(match); g_match_info_next(match, NULL)) {
		g_autofree char *name = g_match_info_fetch(match, 1);

		check_rule(header, RULE_PREFIX, g_str_has_prefix(name, prefix),
			   "%s() does not begin with the file's name", name);
		check_rule(header, RULE_DEFINED,
			   source != NULL && is_defined(source, name),
			   "%s() is not defined in the source of its name", name);
	}
}

static void
check_file(const char *file, bool *is_used, GString *faults)
{
	g_autofree char *below_tests = g_strconcat("../src/", file, NULL);
	g_autofree char *path = fixture_path(below_tests);
	g_autofree char *text = NULL;
	Checked source = { .file = file, .is_used = is_used, .faults = faults };

	ck_assert(g_file_get_contents(path, &text, NULL, NULL));
	source.text = text;
	check_lines(&source);
	if (g_str_has_suffix(file, ".c"))
		check_config(&source);
	else
		check_names(&source);
}

START_TEST(each_file_keeps_its_shape)
{
	bool is_used[G_N_ELEMENTS(exceptions)] = { false };
	g_autoptr(GString) faults = g_string_new(NULL);
	size_t count = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *folder = g_strconcat("../src/", folders[i], NULL);
		g_autofree char *path = fixture_path(folder);
		g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
		const char *name;

		ck_assert_msg(dir != NULL, "no folder %s", folder);
		while ((name = g_dir_read_name(dir)) != NULL) {
			g_autofree char *file = g_build_filename(folders[i], name, NULL);

			if (!g_str_has_suffix(name, ".c") &&
			    !g_str_has_suffix(name, ".h"))
				continue;
			check_file(file, is_used, faults);
			count++;
		}
	}
	ck_assert_uint_gt(count, 200);
	ck_assert_msg(faults->len == 0, "%s", faults->str);
	for (size_t i = 0; i < G_N_ELEMENTS(exceptions); i++)
		ck_assert_msg(is_used[i], "%s keeps the rule by now: take its row out",
			      exceptions[i].file);
}
END_TEST

/* The check itself. */
START_TEST(declarations_are_found)
{
	g_autofree char *text =
	    declarations_of("/* a_b(\n */\n#define A_C(x) \\\n\ty(x)\n"
			    "typedef int A(void);\nint a_d(void);\n");

	ck_assert_ptr_null(strstr(text, "a_b"));
	ck_assert_ptr_null(strstr(text, "A"));
	ck_assert_ptr_nonnull(strstr(text, "a_d"));
	ck_assert(is_defined("int\na_d(void)\n", "a_d"));
	ck_assert(is_defined("G_DEFINE_QUARK(a_error, a_error)", "a_error_quark"));
	ck_assert(!is_defined("\treturn a_d(1);\n", "a_d"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("shape");
	TCase *shape = tcase_create("shape");

	tcase_add_test(shape, each_file_keeps_its_shape);
	tcase_add_test(shape, declarations_are_found);
	suite_add_tcase(suite, shape);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_shape.c - do the files of src/ have the shape that HACKING.md promises? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "sources.h"

#define LINES_MAX          500 /* of a file */
#define FUNCTION_LINES_MAX 60  /* from a function's name to its closing brace */

/*
 * The rules: a file has at most LINES_MAX lines, and a function
 * FUNCTION_LINES_MAX; a source includes config.h first, and once; a public name
 * begins with its file's name or the plural of it, a constant with that or with
 * the first word of its type's name; what x.h declares, x.c defines, or x.h itself
 * if it is inline.  The tests' sources only have to include config.h so, and to
 * name their suite as the file is named.
 */

/*
 * The one header that no source has the name of: the table of commands needs
 * all of them, and each has the file that is named by it.
 */
#define COMMANDS_HEADER "ctl/command.h"
#define COMMAND_PREFIX  "command_"

typedef struct {
	const char *file; /* below src/ */
	const char *text;
	GString *faults;
} Checked;

static void check_rule(const Checked *source, bool is_kept, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void
check_rule(const Checked *source, bool is_kept, const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	if (is_kept)
		return;
	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_string_append_printf(source->faults, "\n%s: %s", source->file, what);
}

static void
check_lines(const Checked *source)
{
	g_auto(GStrv) lines = g_strsplit(source->text, "\n", -1);
	size_t name = 0, start = 0;

	check_rule(source, g_strv_length(lines) - 1 <= LINES_MAX,
		   "%u lines, at most %d are wanted", g_strv_length(lines) - 1,
		   LINES_MAX);
	/*
	 * By the layout, only a function's braces stand alone at the start of a line,
	 * and only its name, which may need several lines, begins the last unindented
	 * line before them.
	 */
	for (size_t i = 1; lines[i] != NULL; i++) {
		if (g_str_equal(lines[i], "{"))
			start = i;
		else if (start == 0 && g_ascii_isalpha(lines[i][0]))
			name = i;
		if (!g_str_equal(lines[i], "}") || start == 0)
			continue;
		check_rule(source, i - name + 1 <= FUNCTION_LINES_MAX, "%zu lines: %s",
			   i - name + 1, lines[name]);
		start = 0;
	}
}

static void
check_config(const Checked *source)
{
	static const char config[] = "\n#include \"config.h\"\n";
	const char *include = strstr(source->text, "\n#include ");

	check_rule(source,
		   include != NULL && g_str_has_prefix(include, config) &&
		       strstr(include + 1, config) == NULL,
		   "config.h is not included first, and once");
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

/* Is it defined there, as a function or by G_DEFINE_QUARK()? */
static bool
is_defined(const char *source, const char *function)
{
	g_autofree char *at_start = g_strconcat("\n", function, "(", NULL);
	g_autofree char *quark = NULL;

	/* By the layout, only a definition has its type on a line of its own. */
	if (strstr(source, at_start) != NULL)
		return true;
	if (!g_str_has_suffix(function, "_quark"))
		return false;
	quark = g_strdup_printf("G_DEFINE_QUARK(%.*s,",
				(int)(strlen(function) - strlen("_quark")), function);

	return strstr(source, quark) != NULL;
}

/* Below tests/, the source of a header's name, or of the command's. */
static char *
source_path(const char *header, const char *function)
{
	g_autofree char *folder = g_path_get_dirname(header);
	g_autofree char *file = NULL;

	if (!g_str_equal(header, COMMANDS_HEADER))
		return g_strdup_printf("../src/%.*sc", (int)strlen(header) - 1, header);
	file = g_strdup(function + strlen(COMMAND_PREFIX));
	g_strdelimit(file, "_", '-');

	return g_strdup_printf("../src/%s/%s.c", folder, file);
}

static bool
is_defined_where_it_is_declared(const Checked *header, const char *function)
{
	g_autofree char *below_tests = source_path(header->file, function);
	g_autofree char *path = fixture_path(below_tests);
	g_autofree char *source = NULL;

	return is_defined(header->text, function) ||
	       (g_file_get_contents(path, &source, NULL, NULL) &&
		is_defined(source, function));
}

/* note(), note_free() and notes_new() are of note.h. */
static bool
is_of_file(const char *function, const char *prefix)
{
	const char *rest = function + strlen(prefix);

	return g_str_has_prefix(function, prefix) &&
	       (rest[0] == '\0' || rest[0] == '_' || g_str_has_prefix(rest, "s_"));
}

static void
check_names(const Checked *header)
{
	g_autoptr(GRegex) function =
	    g_regex_new("^(?!struct|enum|G_DEFINE|\\s|\\})[\\w\\s*]*?\\b(\\w+)\\(",
			G_REGEX_MULTILINE, 0, NULL);
	g_autofree char *declarations = declarations_of(header->text);
	g_autofree char *base = g_path_get_basename(header->file);
	g_autofree char *prefix = g_strndup(base, strlen(base) - strlen(".h"));
	g_autoptr(GMatchInfo) match = NULL;

	g_strdelimit(prefix, "-", '_');
	for (g_regex_match(function, declarations, 0, &match);
	     g_match_info_matches(match); g_match_info_next(match, NULL)) {
		g_autofree char *name = g_match_info_fetch(match, 1);

		bool is_prefixed = is_of_file(name, prefix);

		check_rule(header, is_prefixed,
			   "%s() does not begin with the file's name", name);
		if (!is_prefixed)
			continue;
		check_rule(header, is_defined_where_it_is_declared(header, name),
			   "%s() is not defined in the source of its name", name);
	}
}

/* The words of a file's or type's name that a constant may begin with, as "POLICY_". */
static char *
constant_prefix(const char *name, size_t length)
{
	g_autofree char *prefix = g_strdup_printf("%.*s_", (int)length, name);

	g_strdelimit(prefix, "-", '_');

	return g_ascii_strup(prefix, -1);
}

static bool
is_prefixed(const char *constant, const char *file, const char *type)
{
	g_autofree char *base = g_path_get_basename(file);
	size_t file_length = strlen(base) - strlen(".h"), type_length = type[0] != '\0';
	g_autofree char *by_file = constant_prefix(base, file_length);
	g_autofree char *by_type = NULL;
	g_autofree char *by_one = NULL;

	while (g_ascii_islower(type[type_length]))
		type_length++;
	by_type = constant_prefix(type, type_length);
	/* elements.h may say ELEMENT. */
	by_one = constant_prefix(base, file_length - g_str_has_suffix(by_file, "S_"));

	return g_str_has_prefix(constant, by_file) ||
	       g_str_has_prefix(constant, by_one) ||
	       (type[0] != '\0' && g_str_has_prefix(constant, by_type));
}

static void
check_constants_of(const Checked *header, const char *body, const char *type)
{
	g_autoptr(GRegex) constant =
	    g_regex_new("\\b[A-Z][A-Z0-9_]+(?=\\s*(=|,|$))", 0, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;

	for (g_regex_match(constant, body, 0, &match); g_match_info_matches(match);
	     g_match_info_next(match, NULL)) {
		g_autofree char *name = g_match_info_fetch(match, 0);

		check_rule(header, is_prefixed(name, header->file, type),
			   "%s does not begin with the name of its file or type", name);
	}
}

static void
check_constants(const Checked *header)
{
	g_autoptr(GRegex) comment = g_regex_new("/\\*.*?\\*/", G_REGEX_DOTALL, 0, NULL);
	g_autoptr(GRegex) list = g_regex_new(
	    "^(?:typedef )?enum\\b[^{;]*\\{([^}]*)\\}\\s*(\\w*)|^#define\\s+(\\w+)",
	    G_REGEX_MULTILINE, 0, NULL);
	g_autofree char *text =
	    g_regex_replace_literal(comment, header->text, -1, 0, "", 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;

	for (g_regex_match(list, text, 0, &match); g_match_info_matches(match);
	     g_match_info_next(match, NULL)) {
		g_autofree char *body = g_match_info_fetch(match, 1);
		g_autofree char *type = g_match_info_fetch(match, 2);
		g_autofree char *macro = g_match_info_fetch(match, 3);

		check_constants_of(header, body, type);
		if (macro != NULL)
			check_constants_of(header, macro, "");
	}
}

static void
check_file(void *context, const char *file, const char *text)
{
	Checked source = { .file = file, .text = text, .faults = context };

	check_lines(&source);
	if (g_str_has_suffix(file, ".c")) {
		check_config(&source);
	} else {
		check_names(&source);
		check_constants(&source);
	}
}

START_TEST(each_file_keeps_its_shape)
{
	g_autoptr(GString) faults = g_string_new(NULL);

	ck_assert_uint_gt(sources_all(check_file, faults), 200);
	ck_assert_msg(faults->len == 0, "%s", faults->str);
}
END_TEST

/* A suite has the name of its file: that of check_note_part.c is "note-part". */
static void
check_suite(const Checked *source)
{
	static const char prefix[] = "check_";
	g_autofree char *name = g_path_get_basename(source->file);
	g_autofree char *want = NULL;

	if (!g_str_has_prefix(name, prefix))
		return;
	*strrchr(name, '.') = '\0';
	g_strdelimit(name, "_", '-');
	want = g_strdup_printf("suite_create(\"%s\")", name + strlen(prefix));
	check_rule(source, strstr(source->text, want) != NULL, "has no %s", want);
}

static void
check_test_file(void *context, const char *file, const char *text)
{
	Checked source = { .file = file, .text = text, .faults = context };

	if (!g_str_has_suffix(file, ".c"))
		return;
	check_config(&source);
	check_suite(&source);
}

/* Not of tests/e2e/, whose sources are built without what configure found. */
START_TEST(each_test_includes_config_h_and_names_its_suite)
{
	static const char *const folders[] = { "../tests", "../tests/bench",
					       "../tests/fuzz", "../tests/ordinary" };
	g_autoptr(GString) faults = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		sources_each(folders[i], check_test_file, faults);
	ck_assert_msg(faults->len == 0, "%s", faults->str);
}
END_TEST

/* What HACKING.md says of each module: "text/text", once, to its words. */
static GHashTable *
listed_modules(void)
{
	g_autofree char *path = fixture_path("../HACKING.md");
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	GHashTable *modules =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autofree char *folder = NULL;

	ck_assert(g_file_get_contents(path, &text, NULL, NULL));
	lines = g_strsplit(text, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++) {
		static const char heading[] = "    src/";
		const char *line = lines[i] + strspn(lines[i], " ");

		if (g_str_has_prefix(lines[i], heading)) {
			const char *name = lines[i] + strlen(heading);

			g_free(folder);
			folder = g_strndup(name, strcspn(name, "/"));
		} else if (line[0] != '\0' && line != lines[i] + 4) {
			g_clear_pointer(&folder, g_free);
		} else if (line[0] != '\0' && folder != NULL) {
			size_t length = strcspn(line, " ");
			const char *words = line + length;
			char *module =
			    g_strdup_printf("%s/%.*s", folder, (int)length, line);

			ck_assert_msg(
			    g_hash_table_insert(modules, module,
						g_strdup(words + strspn(words, " "))),
			    "twice in HACKING.md: %s", line);
		}
	}

	return modules;
}

/* SECURITY.md names each test as `tests/FILE: NAME`. */
START_TEST(each_threat_has_a_test_that_exists)
{
	g_autofree char *path = fixture_path("../SECURITY.md");
	g_autofree char *text = NULL;
	g_autoptr(GRegex) named =
	    g_regex_new("\\| `tests/(\\S+): (\\w+)` \\|$", G_REGEX_MULTILINE, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;
	size_t count = 0;

	ck_assert(g_file_get_contents(path, &text, NULL, NULL));
	for (g_regex_match(named, text, 0, &match); g_match_info_matches(match);
	     g_match_info_next(match, NULL), count++) {
		g_autofree char *file = g_match_info_fetch(match, 1);
		g_autofree char *name = g_match_info_fetch(match, 2);
		g_autofree char *test_path = fixture_path(file);
		g_autofree char *test = NULL;
		g_autofree char *definition = g_strdup_printf(
		    g_str_has_suffix(file, ".py") ? "\ndef %s(" : "\nSTART_TEST(%s)",
		    name);

		ck_assert_msg(g_file_get_contents(test_path, &test, NULL, NULL),
			      "SECURITY.md names %s, which is not there", file);
		ck_assert_msg(strstr(test, definition) != NULL,
			      "SECURITY.md names %s, which is not in %s", name, file);
	}
	ck_assert_uint_gt(count, 20);
}
END_TEST

static void
add_module(void *context, const char *file, G_GNUC_UNUSED const char *text)
{
	GHashTable *modules = context;
	g_autofree char *module = g_strndup(file, strlen(file) - strlen(".c"));

	g_hash_table_add(modules, g_steal_pointer(&module));
}

START_TEST(hacking_lists_each_module_in_its_folder)
{
	g_autoptr(GHashTable) listed = listed_modules();
	g_autoptr(GHashTable) modules =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GHashTableIter all;
	gpointer module;

	sources_all(add_module, modules);
	g_hash_table_iter_init(&all, modules);
	while (g_hash_table_iter_next(&all, &module, NULL))
		ck_assert_msg(g_hash_table_contains(listed, module),
			      "HACKING.md does not list %s", (char *)module);
	g_hash_table_iter_init(&all, listed);
	while (g_hash_table_iter_next(&all, &module, NULL))
		ck_assert_msg(g_hash_table_contains(modules, module),
			      "HACKING.md lists %s, which is not there", (char *)module);
}
END_TEST

/* Modules without a header are commands, which their manual describes. */
START_TEST(hacking_says_of_a_module_what_its_header_says)
{
	g_autoptr(GHashTable) listed = listed_modules();
	GHashTableIter all;
	gpointer module, words;

	g_hash_table_iter_init(&all, listed);
	while (g_hash_table_iter_next(&all, &module, &words)) {
		g_autofree char *name = g_path_get_basename(module);
		g_autofree char *header = g_strdup_printf("../src/%s.h", (char *)module);
		g_autofree char *path = fixture_path(header);
		g_autofree char *want =
		    g_strdup_printf(" *\t%s - %s\n", name, (char *)words);
		g_autofree char *text = NULL;

		if (g_file_get_contents(path, &text, NULL, NULL))
			ck_assert_msg(strstr(text, want) != NULL,
				      "%s does not say as HACKING.md: %s", header, want);
	}
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
	tcase_add_test(shape, each_test_includes_config_h_and_names_its_suite);
	tcase_add_test(shape, hacking_lists_each_module_in_its_folder);
	tcase_add_test(shape, hacking_says_of_a_module_what_its_header_says);
	tcase_add_test(shape, each_threat_has_a_test_that_exists);
	tcase_add_test(shape, declarations_are_found);
	suite_add_tcase(suite, shape);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_name_image.c - are the names' rules that the build made what the files say? */

#include "config.h"

#include <glib/gstdio.h>

#include "fixture.h"
#include "base/data.h"
#include "people/name-rules.h"

static NameRules *
compiled(void)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "people", ".people", NULL);
	g_autoptr(GError) error = NULL;
	NameRules *rules = name_rules_new(files, &error);

	ck_assert_msg(rules != NULL, "%s", error != NULL ? error->message : "");

	return rules;
}

START_TEST(the_image_is_what_the_files_say)
{
	g_autoptr(NameRules) rules = compiled();
	g_autoptr(GVariant) ours = name_rules_image(rules);
	g_autoptr(GBytes) image = data_image(DATA_IMAGE_NAMES);

	ck_assert_ptr_nonnull(image);
	ck_assert_uint_eq(g_variant_get_size(ours), g_bytes_get_size(image));
	ck_assert_mem_eq(g_variant_get_data(ours), g_bytes_get_data(image, NULL),
			 g_bytes_get_size(image));
}
END_TEST

START_TEST(rules_of_the_image_answer_as_those_of_the_files)
{
	static const struct {
		NameRuleKind kind;
		const char *word, *said;
	} words[] = {
		{ NAME_RULE_SHORT, "bob", "robert" }, { NAME_RULE_TITLE, "hr", "." },
		{ NAME_RULE_PARTICLE, "van", "" },    { NAME_RULE_FORM, "gmbh", "" },
		{ NAME_RULE_SHORT, "blarf", NULL },   { NAME_RULE_PARTICLE, "", NULL },
	};
	g_autoptr(NameRules) loaded = name_rules_load(NULL, NULL);
	g_autoptr(NameRules) rules = compiled();

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		const char *got = name_rules_find(loaded, words[i].kind, words[i].word);

		ck_assert_msg(g_strcmp0(got, words[i].said) == 0, "%s: %s", words[i].word,
			      got);
		ck_assert_msg(got == NULL || fixture_is_in_image(DATA_IMAGE_NAMES, got),
			      "%s", words[i].word);
		got = name_rules_find(rules, words[i].kind, words[i].word);
		ck_assert_msg(g_strcmp0(got, words[i].said) == 0, "%s: %s", words[i].word,
			      got);
		ck_assert_msg(got == NULL || !fixture_is_in_image(DATA_IMAGE_NAMES, got),
			      "%s", words[i].word);
	}
	for (size_t kind = 0; kind < NAME_RULE_LAST; kind++)
		ck_assert_uint_eq(name_rules_longest(loaded, kind),
				  name_rules_longest(rules, kind));
}
END_TEST

START_TEST(an_administrators_own_names_are_read)
{
	g_autofree char *root = fixture_folder();
	g_autofree char *kind = g_build_filename(root, "people", NULL);
	g_autofree char *path = g_build_filename(kind, "own.people", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(NameRules) rules = NULL;

	ck_assert_int_eq(g_mkdir(kind, 0755), 0);
	ck_assert(g_file_set_contents_full(path, "[short]\nblarf = glorp\n", -1,
					   G_FILE_SET_CONTENTS_NONE, 0644, NULL));
	rules = name_rules_load(root, &error);
	ck_assert_msg(rules != NULL, "%s", error != NULL ? error->message : "");
	ck_assert_str_eq(name_rules_find(rules, NAME_RULE_SHORT, "blarf"), "glorp");
	ck_assert_str_eq(name_rules_find(rules, NAME_RULE_SHORT, "bob"), "robert");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("name-image");
	TCase *tcase = tcase_create("image");

	tcase_add_test(tcase, the_image_is_what_the_files_say);
	tcase_add_test(tcase, rules_of_the_image_answer_as_those_of_the_files);
	tcase_add_test(tcase, an_administrators_own_names_are_read);
	suite_add_tcase(suite, tcase);

	return fixture_run(suite);
}

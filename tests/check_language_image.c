/* SPDX-License-Identifier: BSD-2-Clause */
/* check_language_image.c - is what the build compiled what the files say? */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "fixture.h"
#include "base/data.h"
#include "note/language-image.h"
#include "note/note.h"

static Languages *
compiled(void)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "languages", ".language", NULL);
	g_autoptr(GError) error = NULL;
	Languages *languages = languages_new(files, &error);

	ck_assert_msg(languages != NULL, "%s", error != NULL ? error->message : "");

	return languages;
}

START_TEST(the_image_is_what_the_files_say)
{
	g_autoptr(Languages) languages = compiled();
	g_autoptr(GVariant) ours = language_image_new(languages);
	g_autoptr(GBytes) image = data_image(DATA_IMAGE_LANGUAGES);

	ck_assert_ptr_nonnull(image);
	ck_assert(!fixture_is_in_image(DATA_IMAGE_LANGUAGES, languages->entries));
	ck_assert_uint_eq(g_variant_get_size(ours), g_bytes_get_size(image));
	ck_assert_mem_eq(g_variant_get_data(ours), g_bytes_get_data(image, NULL),
			 g_bytes_get_size(image));
}
END_TEST

START_TEST(what_is_read_from_the_image_is_all_of_it)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = languages_load(NULL, &error);
	g_autoptr(Languages) ours = compiled();
	g_autoptr(GVariant) image = NULL, weights = NULL;
	g_autoptr(GBytes) linked = data_image(DATA_IMAGE_LANGUAGES);

	ck_assert_msg(languages != NULL, "%s", error != NULL ? error->message : "");
	ck_assert(fixture_is_in_image(DATA_IMAGE_LANGUAGES, languages->entries));
	ck_assert(fixture_is_in_image(
	    DATA_IMAGE_LANGUAGES,
	    g_array_index(rules_kinds(languages->rules), RuleKind, 0).name));
	weights = weights_image(languages->weights);
	ck_assert(fixture_is_in_image(DATA_IMAGE_LANGUAGES, g_variant_get_data(weights)));
	image = language_image_new(languages);
	ck_assert_uint_eq(g_variant_get_size(image), g_bytes_get_size(linked));
	ck_assert_mem_eq(g_variant_get_data(image), g_bytes_get_data(linked, NULL),
			 g_bytes_get_size(linked));

	/* What is made of it. */
	ck_assert_uint_eq(languages->longest_default, ours->longest_default);
	ck_assert_uint_eq(languages->with_defaults, ours->with_defaults);
	ck_assert_uint_eq(languages->roles->names->len, ours->roles->names->len);
	ck_assert_uint_eq(languages->defaults->len, ours->defaults->len);
	for (size_t i = 0; i < ours->defaults->len; i++) {
		const DefaultText *one =
		    &g_array_index(languages->defaults, DefaultText, i);
		const DefaultText *other = &g_array_index(ours->defaults, DefaultText, i);

		ck_assert_str_eq(one->key, other->key);
		ck_assert_str_eq(one->language, other->language);
		ck_assert_msg(g_strcmp0(one->plain, other->plain) == 0, "%s", one->key);
		ck_assert_uint_eq(one->name, other->name);
	}
}
END_TEST

/* The administrator's folder with one file, or none. */
static const struct {
	const char *kind, *name, *text;
	const char *note; /* a cue of offer in it */
	bool is_image;
} folders[] = {
	{ "languages", NULL, NULL, NULL, true },
	{ "languages", "eo.txt", "no language", NULL, true },
	{ "languages", "xx.language",
	  "[language]\ncode = xx\nname = X\n[phrases]\nwords = glorp; blarf\n"
	  "[cues]\noffer = blarf glorp\n",
	  "Glorp blarf glorp.", false },
	{ "notes", "site.rules", "[roles]\nnames = our-shop\n[words]\nour-shop = blarf\n",
	  NULL, false },
};

START_TEST(an_administrators_own_files_are_compiled)
{
	g_autofree char *root = fixture_folder();
	g_autofree char *kind = g_build_filename(root, folders[_i].kind, NULL);
	g_autofree char *path = folders[_i].name != NULL
				    ? g_build_filename(kind, folders[_i].name, NULL)
				    : NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = NULL;

	ck_assert_int_eq(g_mkdir(kind, 0755), 0);
	if (path != NULL)
		ck_assert(g_file_set_contents_full(path, folders[_i].text, -1,
						   G_FILE_SET_CONTENTS_NONE, 0644, NULL));
	languages = languages_load(root, &error);
	ck_assert_msg(languages != NULL, "%s", error != NULL ? error->message : "");
	ck_assert_msg(fixture_is_in_image(DATA_IMAGE_LANGUAGES, languages->entries) ==
			  folders[_i].is_image,
		      "%s", folders[_i].name);
	if (folders[_i].note != NULL) {
		static const NoteNames names = { .network = "LinkedIn" };
		g_autoptr(Note) note = note_judge(languages, folders[_i].note, &names);

		ck_assert_str_eq(note->language, "xx");
	}
}
END_TEST

START_TEST(a_mistake_in_an_own_file_is_told)
{
	g_autofree char *root = fixture_folder();
	g_autofree char *kind = g_build_filename(root, "languages", NULL);
	g_autofree char *path = g_build_filename(kind, "xx.language", NULL);
	g_autoptr(GError) error = NULL;

	ck_assert_int_eq(g_mkdir(kind, 0755), 0);
	ck_assert(g_file_set_contents_full(path, "[language]\ncode = xx\nnoun = x\n", -1,
					   G_FILE_SET_CONTENTS_NONE, 0644, NULL));
	ck_assert_ptr_null(languages_load(root, &error));
	ck_assert_msg(strstr(error->message, "xx.language:3: ") != NULL, "%s",
		      error->message);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("language-image");
	TCase *tcase = tcase_create("image");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, the_image_is_what_the_files_say);
	tcase_add_test(tcase, what_is_read_from_the_image_is_all_of_it);
	tcase_add_loop_test(tcase, an_administrators_own_files_are_compiled, 0,
			    G_N_ELEMENTS(folders));
	tcase_add_test(tcase, a_mistake_in_an_own_file_is_told);
	suite_add_tcase(suite, tcase);

	return fixture_run(suite);
}

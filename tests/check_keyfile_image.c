/* SPDX-License-Identifier: BSD-2-Clause */
/* check_keyfile_image.c - is what the build read what the key files say? */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "fixture.h"
#include "base/data.h"
#include "base/keyfile-image.h"
#include "network/network-file.h"
#include "network/rewriter.h"

static const struct {
	const char *kind, *suffix;
} kinds[] = {
	{ "digests", ".digest" }, { "networks", ".network" },   { "people", ".people" },
	{ "replies", ".reply" },  { "rewriters", ".rewriter" },
};

/* The file of ours as its bytes say it. */
static Keyfile *
read_bytes(const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = data_bytes(path + strlen(DATA_BUILT_IN), &error);
	Keyfile *file;

	ck_assert_msg(bytes != NULL, "%s: %s", path, error != NULL ? error->message : "");
	file = keyfile_new(path, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
			   &error);
	ck_assert_msg(file != NULL, "%s", error != NULL ? error->message : "");

	return file;
}

static void
is_same_entry(const KeyfileEntry *got, const KeyfileEntry *wanted)
{
	size_t i;

	ck_assert_str_eq(got->group, wanted->group);
	ck_assert_str_eq(got->key, wanted->key);
	ck_assert_str_eq(got->name, wanted->name);
	ck_assert_int_eq(g_strcmp0(got->language, wanted->language), 0);
	ck_assert_int_eq(got->language != NULL, wanted->language != NULL);
	ck_assert_str_eq(got->value, wanted->value);
	ck_assert_uint_eq(got->line, wanted->line);
	for (i = 0; got->list[i] != NULL && wanted->list[i] != NULL; i++)
		ck_assert_str_eq(got->list[i], wanted->list[i]);
	ck_assert_ptr_null(got->list[i]);
	ck_assert_ptr_null(wanted->list[i]);
}

START_TEST(a_file_of_the_image_is_what_its_bytes_say)
{
	g_autoptr(GPtrArray) files =
	    data_load(NULL, kinds[_i].kind, kinds[_i].suffix, NULL);

	ck_assert_uint_gt(files->len, 0);
	for (guint f = 0; f < files->len; f++) {
		const Keyfile *file = files->pdata[f];
		g_autoptr(Keyfile) wanted = read_bytes(keyfile_path(file));
		unsigned line, wanted_line;

		ck_assert(fixture_is_in_image(DATA_IMAGE_KEYFILES,
					      keyfile_entry(file, 0)->value));
		ck_assert_uint_eq(keyfile_length(file), keyfile_length(wanted));
		for (size_t i = 0; i < keyfile_length(file); i++)
			is_same_entry(keyfile_entry(file, i), keyfile_entry(wanted, i));
		ck_assert_uint_eq(keyfile_groups(file), keyfile_groups(wanted));
		for (size_t i = 0; i < keyfile_groups(file); i++) {
			ck_assert_str_eq(keyfile_group(file, i, &line),
					 keyfile_group(wanted, i, &wanted_line));
			ck_assert_uint_eq(line, wanted_line);
		}
	}
}
END_TEST

static void
is_same_pattern(const Keyfile *file, const KeyfileEntry *entry, size_t item,
		const char *const *holes)
{
	g_autoptr(Pattern) got = keyfile_pattern(file, entry, item, holes, NULL);
	g_autoptr(Pattern) wanted = pattern_new(entry->list[item], holes, NULL);
	g_autofree char *copy = NULL;

	ck_assert_msg((got == NULL) == (wanted == NULL), "%s", entry->list[item]);
	if (wanted == NULL)
		return;
	ck_assert_msg(fixture_is_in_image(DATA_IMAGE_KEYFILES, got), "%s",
		      entry->list[item]);
	copy = g_malloc(pattern_size(wanted));
	pattern_copy(wanted, copy);
	ck_assert_uint_eq(pattern_size(got), pattern_size(wanted));
	ck_assert_mem_eq(got, copy, pattern_size(wanted));
}

START_TEST(a_pattern_of_the_image_is_what_its_text_says)
{
	const struct {
		const char *kind, *suffix;
		const char *const *holes;
	} with_patterns[] = {
		{ "networks", ".network", network_file_holes() },
		{ "rewriters", ".rewriter", rewriters_holes() },
	};

	for (size_t k = 0; k < G_N_ELEMENTS(with_patterns); k++) {
		g_autoptr(GPtrArray) files =
		    data_load(NULL, with_patterns[k].kind, with_patterns[k].suffix, NULL);

		for (guint f = 0; f < files->len; f++)
			for (size_t i = 0; i < keyfile_length(files->pdata[f]); i++) {
				const KeyfileEntry *entry =
				    keyfile_entry(files->pdata[f], i);

				for (size_t j = 0; entry->list[j] != NULL; j++)
					is_same_pattern(files->pdata[f], entry, j,
							with_patterns[k].holes);
			}
	}
}
END_TEST

START_TEST(an_administrators_file_is_read_from_its_bytes)
{
	g_autofree char *root = fixture_folder();
	g_autofree char *kind = g_build_filename(root, "networks", NULL);
	g_autofree char *path = g_build_filename(kind, "vk.network", NULL);
	g_autoptr(GPtrArray) files = NULL;

	ck_assert_int_eq(g_mkdir(kind, 0755), 0);
	ck_assert(g_file_set_contents_full(path, "[network]\nname = own\nbrands = a; b\n",
					   -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
	files = data_load(root, "networks", ".network", NULL);
	ck_assert_ptr_nonnull(files);
	for (guint i = 0; i < files->len; i++) {
		const Keyfile *file = files->pdata[i];
		const KeyfileEntry *entry = keyfile_entry(file, 0);
		bool is_own = g_str_equal(keyfile_path(file), path);

		ck_assert_msg(fixture_is_in_image(DATA_IMAGE_KEYFILES, entry->value) !=
				  is_own,
			      "%s", keyfile_path(file));
		if (is_own) {
			g_autoptr(Pattern) pattern =
			    keyfile_pattern(file, keyfile_entry(file, 1), 1, NULL, NULL);

			ck_assert_str_eq(pattern_text(pattern), "b");
			ck_assert(!fixture_is_in_image(DATA_IMAGE_KEYFILES, pattern));
		}
	}
}
END_TEST

START_TEST(a_file_that_is_not_in_the_image_is_told_apart)
{
	g_autoptr(GBytes) bytes = data_image(DATA_IMAGE_KEYFILES);
	KeyfileImage image;

	keyfile_image_open(&image, bytes);
	ck_assert_ptr_null(keyfile_image_read(&image, "networks/vk.network"));
	ck_assert_ptr_null(keyfile_image_read(&image, ""));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("keyfile-image");
	TCase *tcase = tcase_create("image");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, a_file_of_the_image_is_what_its_bytes_say, 0,
			    G_N_ELEMENTS(kinds));
	tcase_add_test(tcase, a_pattern_of_the_image_is_what_its_text_says);
	tcase_add_test(tcase, an_administrators_file_is_read_from_its_bytes);
	tcase_add_test(tcase, a_file_that_is_not_in_the_image_is_told_apart);
	suite_add_tcase(suite, tcase);

	return fixture_run(suite);
}

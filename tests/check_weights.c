/* SPDX-License-Identifier: BSD-2-Clause */
/* check_weights.c - are foreign and broken files of weights refused, and told of? */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/data.h"
#include "fixture.h"
#include "note/language.h"

#define PATH "weights/note.weights"

/* Magic, then five words of four bytes. */
#define AT_VERSION 15
#define AT_ROWS    17
#define AT_BUCKETS 21
#define AT_BODY    37

static GByteArray *
shipped(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = data_bytes(PATH, &error);

	ck_assert_msg(bytes != NULL, "%s", error != NULL ? error->message : "");

	return g_bytes_unref_to_array(g_steal_pointer(&bytes));
}

static const struct {
	size_t at;     /* this byte is another one, */
	size_t length; /* or so many are left; 0: all */
	const char *want;
} faults[] = {
	{ 0, 0, "is no file of weights of this version" },
	{ AT_VERSION, 0, "is no file of weights of this version" },
	{ 0, 20, "is no file of weights of this version" },
	{ AT_ROWS, 0, "has not the length that it says" },
	{ AT_BUCKETS, 0, "has not the length that it says" },
	{ AT_BODY, 1000, "has not the length that it says" },
	{ AT_BODY, 0, "is damaged: its sum is wrong" },
	{ 100000, 0, "is damaged: its sum is wrong" },
};

static GByteArray *
faulty(int row)
{
	GByteArray *bytes = shipped();

	bytes->data[faults[row].at] ^= 0x40;
	if (faults[row].length > 0)
		g_byte_array_set_size(bytes, (guint)faults[row].length);

	return bytes;
}

START_TEST(a_file_that_is_not_sound_is_refused_by_name_and_reason)
{
	g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(faulty(_i));
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *want = g_strdup_printf("/x/y: %s", faults[_i].want);

	ck_assert_ptr_null(weights_new("/x/y", bytes, names, &error));
	ck_assert_str_eq(error->message, want);
}
END_TEST

START_TEST(a_file_that_is_too_large_is_refused)
{
	GByteArray *large = shipped();
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	g_byte_array_set_size(large, WEIGHTS_MAX_BYTES + 1);
	bytes = g_byte_array_free_to_bytes(large);
	ck_assert_ptr_null(weights_new("/x/y", bytes, names, &error));
	ck_assert_ptr_nonnull(strstr(error->message, "is larger than"));
}
END_TEST

/* The languages of a folder with such a file of its own. */
static Languages *
loaded_with(const GByteArray *bytes)
{
	g_autofree char *folder = g_dir_make_tmp("check-weights-XXXXXX", NULL);
	g_autofree char *below = g_build_filename(folder, "weights", NULL);
	g_autofree char *path = g_build_filename(folder, PATH, NULL);
	g_autoptr(GError) error = NULL;
	Languages *languages;

	ck_assert_int_eq(g_mkdir(below, 0700), 0);
	ck_assert(g_file_set_contents(path, (const char *)bytes->data, (gssize)bytes->len,
				      &error));
	languages = languages_load(folder, &error);
	ck_assert_msg(languages != NULL, "%s", error != NULL ? error->message : "");
	g_unlink(path);
	g_rmdir(below);
	g_rmdir(folder);

	return languages;
}

START_TEST(the_shipped_weights_take_the_place_of_a_folders_that_are_refused)
{
	g_autoptr(GByteArray) bytes = faulty(0);
	g_autoptr(Languages) languages = loaded_with(bytes);

	ck_assert_ptr_nonnull(languages->weights);
	ck_assert_ptr_nonnull(languages->refused);
	ck_assert_ptr_nonnull(strstr(languages->refused, PATH ": is no file of weights"));
}
END_TEST

START_TEST(a_folders_sound_weights_are_taken)
{
	g_autoptr(GByteArray) bytes = shipped();
	g_autoptr(Languages) languages = loaded_with(bytes);

	ck_assert_ptr_nonnull(languages->weights);
	ck_assert_ptr_null(languages->refused);
}
END_TEST

START_TEST(likelihoods_add_up_to_one)
{
	g_autoptr(GByteArray) bytes = shipped();
	g_autoptr(Languages) languages = loaded_with(bytes);
	g_autoptr(GArray) features = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	g_autoptr(GArray) buckets = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	double got[SIDE_LAST], sum = 0;

	/* Numbers beyond those that there are count nothing, and are not read. */
	for (uint16_t i = 0; i < 60000; i += 1000) {
		g_array_append_val(features, i);
		g_array_append_val(buckets, i);
	}
	weights_likelihoods(languages->weights, features, buckets, got);
	for (size_t side = 0; side < SIDE_LAST; side++) {
		ck_assert(got[side] >= 0);
		sum += got[side];
	}
	ck_assert(sum > 0.999 && sum < 1.001);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("weights");
	TCase *weights = tcase_create("weights");

	tcase_add_loop_test(weights,
			    a_file_that_is_not_sound_is_refused_by_name_and_reason, 0,
			    G_N_ELEMENTS(faults));
	tcase_add_test(weights, a_file_that_is_too_large_is_refused);
	tcase_add_test(weights,
		       the_shipped_weights_take_the_place_of_a_folders_that_are_refused);
	tcase_add_test(weights, a_folders_sound_weights_are_taken);
	tcase_add_test(weights, likelihoods_add_up_to_one);
	suite_add_tcase(suite, weights);

	return fixture_run(suite);
}

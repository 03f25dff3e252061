/* SPDX-License-Identifier: BSD-2-Clause */
/* check_data.c - do the administrator's files stand before our own? */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/data.h"
#include "fixture.h"

/* A folder of settings with one file below it. */
typedef struct {
	char *root;
	char *folder; /* root/KIND */
	char *file;   /* root/KIND/NAME */
} Place;

static void
place_init(Place *place, const char *kind, const char *name, const char *text)
{
	place->root = g_dir_make_tmp("check-XXXXXX", NULL);
	place->folder = g_build_filename(place->root, kind, NULL);
	place->file = g_build_filename(place->folder, name, NULL);
	ck_assert_int_eq(g_mkdir(place->folder, 0700), 0);
	ck_assert(g_file_set_contents(place->file, text, -1, NULL));
}

static void
place_clear(Place *place)
{
	g_unlink(place->file);
	g_rmdir(place->folder);
	g_rmdir(place->root);
	g_free(place->root);
	g_free(place->folder);
	g_free(place->file);
}

static const Keyfile *
named(const GPtrArray *files, const char *name)
{
	for (size_t i = 0; i < files->len; i++)
		if (g_str_has_suffix(keyfile_path(files->pdata[i]), name))
			return files->pdata[i];

	return NULL;
}

static const struct {
	const char *kind, *suffix;
	size_t least;
} kinds[] = {
	{ "networks", ".network", 1 },   { "languages", ".language", 20 },
	{ "people", ".people", 1 },      { "replies", ".reply", 7 },
	{ "rewriters", ".rewriter", 1 },
};

START_TEST(our_own_files_travel_inside)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) files =
	    data_load(NULL, kinds[_i].kind, kinds[_i].suffix, &error);
	g_autoptr(GPtrArray) nowhere =
	    data_load("/nonexistent", kinds[_i].kind, kinds[_i].suffix, &error);

	ck_assert_uint_ge(files->len, kinds[_i].least);
	ck_assert_uint_eq(files->len, nowhere->len);
	for (size_t i = 1; i < files->len; i++)
		ck_assert_int_lt(strcmp(keyfile_path(files->pdata[i - 1]),
					keyfile_path(files->pdata[i])),
				 0);
}
END_TEST

START_TEST(no_such_kind_has_no_files)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "nothing", ".nothing", NULL);

	ck_assert_uint_eq(files->len, 0);
}
END_TEST

static const struct {
	const char *name;
	size_t more; /* files than without it */
	bool is_read;
} theirs[] = {
	{ "en.reply", 0, true },   { "xx.reply", 1, true }, { ".xx.reply", 0, false },
	{ "xx.reply~", 0, false }, { "xx", 0, false },
};

START_TEST(their_file_replaces_ours_or_is_added)
{
	g_autoptr(GPtrArray) ours = data_load(NULL, "replies", ".reply", NULL);
	g_autoptr(GPtrArray) files = NULL;
	const Keyfile *file;
	Place place;

	place_init(&place, "replies", theirs[_i].name, "[reply]\ncode = theirs\n");
	files = data_load(place.root, "replies", ".reply", NULL);
	ck_assert_uint_eq(files->len, ours->len + theirs[_i].more);
	file = named(files, place.file);
	ck_assert((file != NULL) == theirs[_i].is_read);
	if (file != NULL)
		ck_assert_str_eq(keyfile_value(file, "reply", "code"), "theirs");
	place_clear(&place);
}
END_TEST

START_TEST(a_file_from_elsewhere_takes_the_place_of_its_name)
{
	static const char *const names[] = { "en.reply", "xx.reply" };
	g_autoptr(GPtrArray) ours = data_load(NULL, "replies", ".reply", NULL);
	g_autoptr(GPtrArray) files = NULL;
	g_autoptr(GError) error = NULL;
	const Keyfile *file;
	Place place;

	place_init(&place, "elsewhere", names[_i], "[reply]\ncode = theirs\n");
	files = data_load_with(NULL, "replies", ".reply", place.file, &error);
	ck_assert_msg(files != NULL, "%s", error != NULL ? error->message : "");
	ck_assert_uint_eq(files->len, ours->len + (size_t)_i);
	file = named(files, place.file);
	ck_assert_ptr_nonnull(file);
	ck_assert_str_eq(keyfile_value(file, "reply", "code"), "theirs");
	place_clear(&place);
}
END_TEST

/* Each kind of file, broken; the message begins with its path and the line. */
static const struct {
	const char *kind, *name, *text, *wanted;
} broken[] = {
	{ "networks", "x.network", "[network]\nnam = x\n", ":2: [network] nam: " },
	{ "networks", "linkedin.network", "no key file\n", ":1: " },
	{ "languages", "x.language", "[language]\ncode = x\n[x]\ny = z\n",
	  ":4: [x] y: " },
	{ "languages", "x.language", "[language]\ncode = x\n[cues]\nmet = ago; y\n",
	  ":4: [cues] met: \"y\" is a single letter" },
	{ "languages", "x.language",
	  "[language]\ncode = x\n[phrases]\npleasantries = \303\240; well\n",
	  ":4: [phrases] pleasantries: \"\303\240\" is a single letter" },
	{ "languages", "x.language", "[language]\ncode = x\n[roles]\n\nmet = me*; m*\n",
	  ":5: [roles] met: \"m*\" is a single letter" },
	{ "languages", "x.language", "[language]\ncode = x\n[phrases]\nfields = nom; n\n",
	  ":4: [phrases] fields: \"n\" is no word, or a single letter" },
	{ "replies", "en.reply", "[reply]\ncode = en\n[texts]\na = {b}\n",
	  ":4: [texts] a: " },
	{ "rewriters", "x.rewriter", "[rewriter x]\na = b\n", ":2: [rewriter x] a: " },
};

START_TEST(a_broken_file_is_named_with_its_line)
{
	g_autoptr(Assessor) assessor = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *settings = NULL, *wanted = NULL;
	Place place;

	place_init(&place, broken[_i].kind, broken[_i].name, broken[_i].text);
	settings = g_build_filename(place.root, "invite-milter.conf", NULL);
	wanted = g_strconcat(place.file, broken[_i].wanted, NULL);
	ck_assert(g_file_set_contents(settings, "", 0, NULL));
	assessor = assessor_new(settings, &error);
	g_unlink(settings);
	place_clear(&place);
	ck_assert_ptr_null(assessor);
	ck_assert_msg(g_str_has_prefix(error->message, wanted), "got %s, want %s",
		      error->message, wanted);
}
END_TEST

START_TEST(a_link_that_leads_nowhere_is_theirs)
{
	g_autoptr(GError) error = NULL;
	Place place;

	place_init(&place, "replies", "en.reply", "");
	g_unlink(place.file);
	ck_assert_int_eq(symlink("/nonexistent", place.file), 0);
	ck_assert_ptr_null(data_load(place.root, "replies", ".reply", &error));
	ck_assert_msg(g_str_has_prefix(error->message, place.file), "%s", error->message);
	g_clear_error(&error);
	g_unlink(place.file);
	g_rmdir(place.folder);
	ck_assert_int_eq(symlink("/nonexistent", place.folder), 0);
	ck_assert_ptr_null(data_load(place.root, "replies", ".reply", &error));
	ck_assert_ptr_nonnull(error);
	g_unlink(place.folder);
	place_clear(&place);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("data");
	TCase *data = tcase_create("data");

	tcase_add_loop_test(data, our_own_files_travel_inside, 0, G_N_ELEMENTS(kinds));
	tcase_add_test(data, no_such_kind_has_no_files);
	tcase_add_loop_test(data, their_file_replaces_ours_or_is_added, 0,
			    G_N_ELEMENTS(theirs));
	tcase_add_loop_test(data, a_file_from_elsewhere_takes_the_place_of_its_name, 0,
			    2);
	tcase_add_test(data, a_link_that_leads_nowhere_is_theirs);
	tcase_add_loop_test(data, a_broken_file_is_named_with_its_line, 0,
			    G_N_ELEMENTS(broken));
	suite_add_tcase(suite, data);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_digest_words.c - is each mistake in a digest's words named? */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/data.h"
#include "digest/digest-words.h"
#include "fixture.h"

/* Our English file with one text changed, and what is said of it; "" for nothing. */
static const struct {
	const char *from, *to, *want;
} changes[] = {
	{ "title = Your invitations", "title = Mine", "" },
	{ "title = Your invitations", "titel = Mine",
	  ": [words] titel: no such key; did "
	  "you mean \"title\"?" },
	{ "title = Your invitations\n", "", ": [words] needs title" },
	{ "code = en\n", "", ": [digest] needs a code" },
	{ "Open: {count}", "Open: {number}",
	  ": [words] open: no such placeholder; there" },
	{ "[words]", "[wrods]",
	  ": [wrods] from: no such section; did you mean \"words\"?" },
};

START_TEST(a_file_that_cannot_be_used_says_where)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *own = g_build_filename(folder, "digests", NULL);
	g_autofree char *path = g_build_filename(own, "en.digest", NULL);
	g_autofree char *ours = fixture_path("../src/data/digests/en.digest");
	g_autofree char *bytes = NULL;
	g_autoptr(GString) text = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(DigestWords) words = NULL;

	ck_assert(g_file_get_contents(ours, &bytes, NULL, NULL));
	text = g_string_new(bytes);
	ck_assert_uint_eq(g_string_replace(text, changes[_i].from, changes[_i].to, 0), 1);
	ck_assert_int_eq(g_mkdir(own, 0700), 0);
	ck_assert(g_file_set_contents(path, text->str, -1, NULL));
	words = digest_words_new(folder, &error);
	ck_assert_msg((words != NULL) == (changes[_i].want[0] == '\0'), "%s",
		      changes[_i].to);
	ck_assert_msg(words != NULL || strstr(error->message, changes[_i].want) != NULL,
		      "got \"%s\", want \"%s\"", words == NULL ? error->message : "",
		      changes[_i].want);
}
END_TEST

START_TEST(a_language_is_found_and_its_places_filled)
{
	const DigestHoles holes = { .name = "Ann {day}", .network = "Orbit" };
	g_autoptr(DigestWords) words = digest_words_new(NULL, NULL);
	g_autofree char *text = digest_words_text(words, "de", DIGEST_WORD_WHO, &holes);

	ck_assert_str_eq(digest_words_language(words, "pt-BR"), "pt");
	ck_assert_ptr_null(digest_words_language(words, "xx"));
	ck_assert_str_eq(text, "Ann {day} auf Orbit");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("digest-words");
	TCase *files = tcase_create("files");

	tcase_add_loop_test(files, a_file_that_cannot_be_used_says_where, 0,
			    G_N_ELEMENTS(changes));
	tcase_add_test(files, a_language_is_found_and_its_places_filled);
	suite_add_tcase(suite, files);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_keyfile.c - are key files read, and mistakes in them named by line? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/keyfile.h"

static Keyfile *
read_text(const char *text, GError **error)
{
	return keyfile_new("test.conf", text, strlen(text), error);
}

/* Every entry as "LINE GROUP|KEY|LANGUAGE|VALUE|ITEM|ITEM…\n". */
static char *
dump(const Keyfile *keyfile)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < keyfile_length(keyfile); i++) {
		const KeyfileEntry *entry = keyfile_entry(keyfile, i);

		g_string_append_printf(
		    text, "%u %s|%s|%s|%s", entry->line, entry->group, entry->key,
		    entry->language != NULL ? entry->language : "-", entry->value);
		for (const char *const *item = entry->list; *item != NULL; item++)
			g_string_append_printf(text, "|%s", *item);
		g_string_append_c(text, '\n');
	}

	return g_string_free(text, FALSE);
}

static const struct {
	const char *text;
	const char *want;
} files[] = {
	{ "", "" },
	{ "\n# only a comment", "" },
	{ "[empty]\n", "" },
	{ "[a]\nkey = value", "2 a|key|-|value|value\n" },
	{ "[a]\nkey=value\n", "2 a|key|-|value|value\n" },
	{ "[a]\r\n\r\nkey = value\r\n", "3 a|key|-|value|value\n" },
	{ "\357\273\277[a]\nkey = value\n", "2 a|key|-|value|value\n" },
	{ "  [a]  \n\t key \t=\t value \t \n", "2 a|key|-|value|value\n" },
	{ "[a]\nkey =\n", "2 a|key|-|\n" },
	{ "[a]\nkey = b = c\n", "2 a|key|-|b = c|b = c\n" },
	{ "[a]\nb = 1\n# note\n[c]\nb = 2\n", "2 a|b|-|1|1\n5 c|b|-|2|2\n" },
	{ "[policy recipient jane@example.org]\nspammy = tag\n",
	  "2 policy recipient jane@example.org|spammy|-|tag|tag\n" },
	{ "[a]\nkey[de] = eins\nkey[pt_BR] = um\nkey = one\n",
	  "2 a|key|de|eins|eins\n3 a|key|pt_BR|um|um\n4 a|key|-|one|one\n" },
	{ "[a]\nkey = x\nkey-2 = y\nkey-2[de] = z\nkey-12 = w\n",
	  "2 a|key|-|x|x\n3 a|key|-|y|y\n4 a|key|de|z|z\n5 a|key|-|w|w\n" },
	{ "[a]\nlist-of-2x = x\n-2 = y\nsha256 = z\n",
	  "2 a|list-of-2x|-|x|x\n3 a|-2|-|y|y\n4 a|sha256|-|z|z\n" },
	{ "[a]\nkey = x; y ;; z;\n", "2 a|key|-|x; y ;; z;|x|y|z\n" },
	{ "[a]\nkey = x\\;y;z\n", "2 a|key|-|x;y;z|x;y|z\n" },
	{ "[a]\nkey = x\\\\;y\n", "2 a|key|-|x\\;y|x\\|y\n" },
	{ "[a]\nkey = \\sx\\s;\\s\n", "2 a|key|-| x ; | x | \n" },
	{ "[a]\nkey = \\n\\t\\\\\n", "2 a|key|-|\n\t\\|\n\t\\\n" },
	/* Regular expressions and patterns keep their own escapes. */
	{ "[a]\nkey = \\d+\\.\\{x\\}\\\n",
	  "2 a|key|-|\\d+\\.\\{x\\}\\|\\d+\\.\\{x\\}\\\n" },
	{ "[a]\nkey = Zoë “möchte”\n", "2 a|key|-|Zoë “möchte”|Zoë “möchte”\n" },
};

START_TEST(every_entry_is_read_with_its_line)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Keyfile) keyfile = read_text(files[_i].text, &error);
	g_autofree char *got = NULL;

	ck_assert_msg(keyfile != NULL, "%s: %s", files[_i].text,
		      error != NULL ? error->message : "no error");
	got = dump(keyfile);
	ck_assert_msg(strcmp(got, files[_i].want) == 0, "%s\ngot:\n%s\nwant:\n%s",
		      files[_i].text, got, files[_i].want);
	ck_assert_str_eq(keyfile_path(keyfile), "test.conf");
}
END_TEST

static const struct {
	const char *text;
	const char *want;
} mistakes[] = {
	{ "[a]\nkey = 1\nother = 2\nkey = 3\n",
	  "test.conf:4: [a] key: given twice, first in line 2" },
	{ "[a]\nkey-2[de] = 1\nkey-2[de] = 2\n",
	  "test.conf:3: [a] key-2[de]: given twice, first in line 2" },
	{ "[a]\nx = 1\n[b]\n[a]\n",
	  "test.conf:4: [a]: the group stands in line 1 already, move its keys there" },
	{ "\nkey = 1\n", "test.conf:2: key: stands before any [group]" },
	{ "[a]\nwords\n", "test.conf:2: neither [group] nor key = value nor # comment" },
	{ "[a]\n; words\n",
	  "test.conf:2: neither [group] nor key = value nor # comment" },
	{ "[a\n", "test.conf:1: a group is written [name]" },
	{ "[]\n", "test.conf:1: a group is written [name]" },
	{ "[a[b]\n", "test.conf:1: a group is written [name]" },
	{ "[a] x\n", "test.conf:1: a group is written [name]" },
	{ "[a]\n= x\n",
	  "test.conf:2: a key is written key or key[language], then = and its value" },
	{ "[a]\nkey[] = x\n",
	  "test.conf:2: a key is written key or key[language], then = and its value" },
	{ "[a]\nkey[de = x\n",
	  "test.conf:2: a key is written key or key[language], then = and its value" },
	{ "[a]\nkey [de] = x\n",
	  "test.conf:2: a key is written key or key[language], then = and its value" },
	{ "[a]\n\nkey = M\374ller\n", "test.conf:3: not UTF-8; save the file in it" },
};

START_TEST(a_mistake_is_named_by_its_line)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Keyfile) keyfile = read_text(mistakes[_i].text, &error);

	ck_assert_msg(keyfile == NULL, "%s: was read", mistakes[_i].text);
	ck_assert(g_error_matches(error, KEYFILE_ERROR, KEYFILE_ERROR_SYNTAX));
	ck_assert_str_eq(error->message, mistakes[_i].want);
}
END_TEST

START_TEST(a_zero_byte_is_a_mistake)
{
	static const char bytes[] = "[a]\nkey = x\0y\n";
	g_autoptr(GError) error = NULL;
	g_autoptr(Keyfile) keyfile =
	    keyfile_new("test.conf", bytes, sizeof(bytes) - 1, &error);

	ck_assert_ptr_null(keyfile);
	ck_assert_str_eq(error->message, "test.conf:2: a zero byte: not a text file");
}
END_TEST

START_TEST(a_file_of_more_than_a_megabyte_is_not_read)
{
	size_t length = (1 << 20) + 1;
	g_autofree char *bytes = g_strnfill(length, '#');
	g_autoptr(GError) error = NULL;
	g_autoptr(Keyfile) fits = keyfile_new("test.conf", bytes, length - 1, &error);
	g_autoptr(Keyfile) keyfile = NULL;

	ck_assert_ptr_nonnull(fits);
	keyfile = keyfile_new("test.conf", bytes, length, &error);
	ck_assert_ptr_null(keyfile);
	ck_assert_str_eq(error->message,
			 "test.conf: 1048577 bytes, at most 1048576 are read");
}
END_TEST

/* Nothing is read of a line with a mistake, and what follows from it is no mistake. */
static const struct {
	const char *text;
	const char *mistakes;
	const char *rest;
} salvages[] = {
	{ "[a]\nkey = 1\nwords\nkey = 2\nother = 3\n",
	  "test.conf:3: neither [group] nor key = value nor # comment\n"
	  "test.conf:4: [a] key: given twice, first in line 2",
	  "2 a|key|-|1|1\n5 a|other|-|3|3\n" },
	{ "[a\nkey = 1\nwords\n[b]\nkey = 2\n",
	  "test.conf:1: a group is written [name]\n"
	  "test.conf:3: neither [group] nor key = value nor # comment",
	  "5 b|key|-|2|2\n" },
	{ "[a]\nx = 1\n[b]\n[a]\ny = 2\n",
	  "test.conf:4: [a]: the group stands in line 1 already, move its keys there",
	  "2 a|x|-|1|1\n5 a|y|-|2|2\n" },
	{ "[a]\nx = M\374ller\ny = 2\n", "test.conf:2: not UTF-8; save the file in it",
	  "3 a|y|-|2|2\n" },
};

START_TEST(all_mistakes_are_named_and_the_rest_can_be_read)
{
	const char *text = salvages[_i].text;
	g_autoptr(GError) error = NULL, strict = NULL;
	g_autoptr(Keyfile) none = read_text(text, &strict);
	g_autoptr(Keyfile) keyfile =
	    keyfile_salvage("test.conf", text, strlen(text), &error);
	g_autofree char *got = dump(keyfile);

	ck_assert_ptr_null(none);
	ck_assert_str_eq(strict->message, salvages[_i].mistakes);
	ck_assert_str_eq(error->message, salvages[_i].mistakes);
	ck_assert_str_eq(got, salvages[_i].rest);
}
END_TEST

START_TEST(a_book_is_told_to_be_none_in_few_words)
{
	g_autoptr(GString) book = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Keyfile) keyfile = NULL;

	for (size_t i = 0; i < 100000; i++)
		g_string_append(book, "words\n");
	keyfile = read_text(book->str, &error);
	ck_assert_ptr_null(keyfile);
	ck_assert_uint_lt(strlen(error->message), 66 * 1024);
	ck_assert(g_str_has_suffix(error->message, "\nand so on"));
}
END_TEST

START_TEST(every_short_file_is_read_or_its_line_is_named)
{
	static const char alphabet[] = "a=[] \r\\";
	size_t letters = sizeof(alphabet) - 1, count = 1;

	for (size_t i = 0; i < 6; i++)
		count *= letters;

	for (size_t number = 0; number < count; number++) {
		char text[] = "[g]\n......\n";
		g_autoptr(GError) error = NULL;
		g_autoptr(Keyfile) keyfile = NULL;

		for (size_t i = 0, rest = number; i < 6; i++, rest /= letters)
			text[4 + i] = alphabet[rest % letters];
		keyfile = read_text(text, &error);
		if (keyfile == NULL)
			ck_assert_msg(g_str_has_prefix(error->message, "test.conf:2: "),
				      "'%s': %s", text, error->message);
	}
}
END_TEST

START_TEST(a_value_is_found_by_group_and_key)
{
	g_autoptr(Keyfile) keyfile = read_text("[a]\nkey[de] = eins\nkey = one\n"
					       "[b]\nkey = two\n",
					       NULL);

	ck_assert_str_eq(keyfile_value(keyfile, "a", "key"), "one");
	ck_assert_str_eq(keyfile_value(keyfile, "b", "key"), "two");
	ck_assert_ptr_null(keyfile_value(keyfile, "a", "other"));
	ck_assert_ptr_null(keyfile_value(keyfile, "c", "key"));
}
END_TEST

START_TEST(entries_and_groups_are_found_with_their_lines)
{
	g_autoptr(Keyfile) keyfile = read_text("[a]\nkey = x; Y\nother = z\n[none]\n"
					       "[b]\nkey = y\n",
					       NULL);
	const KeyfileEntry *first = keyfile_entry(keyfile, 0);
	unsigned line;

	ck_assert_ptr_eq(keyfile_find(keyfile, "a", NULL, NULL), first);
	ck_assert_ptr_eq(keyfile_find(keyfile, "a", "key", "y"), first);
	ck_assert_ptr_eq(keyfile_find(keyfile, "a", "key", "x; Y"), first);
	ck_assert_ptr_eq(keyfile_find(keyfile, "a", NULL, "z"),
			 keyfile_entry(keyfile, 1));
	ck_assert_ptr_eq(keyfile_find(keyfile, "b", "key", "y"),
			 keyfile_entry(keyfile, 2));
	ck_assert_ptr_null(keyfile_find(keyfile, "a", "key", "z"));
	ck_assert_ptr_null(keyfile_find(keyfile, "none", NULL, NULL));

	ck_assert_uint_eq(keyfile_groups(keyfile), 3);
	ck_assert_str_eq(keyfile_group(keyfile, 1, &line), "none");
	ck_assert_uint_eq(line, 4);
}
END_TEST

START_TEST(an_error_names_path_line_group_and_key)
{
	g_autoptr(Keyfile) keyfile = read_text("[a]\n\nkey = 1\nkey[de] = 2\n", NULL);
	g_autoptr(GError) plain = NULL;
	g_autoptr(GError) german = NULL;
	g_autoptr(GError) whole = NULL;

	ck_assert(!keyfile_error(keyfile, keyfile_entry(keyfile, 0), &plain, "is %d", 1));
	ck_assert(g_error_matches(plain, KEYFILE_ERROR, KEYFILE_ERROR_VALUE));
	ck_assert_str_eq(plain->message, "test.conf:3: [a] key: is 1");
	ck_assert(
	    !keyfile_error(keyfile, keyfile_entry(keyfile, 1), &german, "is %d", 2));
	ck_assert_str_eq(german->message, "test.conf:4: [a] key[de]: is 2");
	ck_assert(!keyfile_error(keyfile, NULL, &whole, "says nothing"));
	ck_assert_str_eq(whole->message, "test.conf: says nothing");
	ck_assert(!keyfile_error(keyfile, NULL, NULL, "nobody asks"));
	ck_assert(!keyfile_error(keyfile, keyfile_entry(keyfile, 0), &whole, "is 1"));
	ck_assert_str_eq(whole->message, "test.conf: says nothing\n"
					 "test.conf:3: [a] key: is 1");
}
END_TEST

static const char *const names[] = {
	"socket", "socket-mode", "socket-owner", "socket-group", "mode", "banner", NULL,
};

START_TEST(an_error_is_one_line)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Keyfile) keyfile = read_text("[a]\nb = 1\n", NULL);

	keyfile_error(keyfile, NULL, &error, "no such hole: %s", "{b\r\nc}");
	ck_assert_str_eq(error->message, "test.conf: no such hole: {b  c}");
}
END_TEST

START_TEST(an_unknown_word_is_told_with_a_known_one)
{
	g_autoptr(Keyfile) keyfile = read_text("[a]\nsoket = 1\n", NULL);
	const KeyfileEntry *entry = keyfile_entry(keyfile, 0);
	g_autoptr(GError) near = NULL, far = NULL;

	ck_assert(!keyfile_unknown(keyfile, entry, "key", "soket", names, &near));
	ck_assert_str_eq(near->message,
			 "test.conf:2: [a] soket: no such key; did you mean \"socket\"?");
	ck_assert(!keyfile_unknown(keyfile, entry, "word", "qqqqqq", names, &far));
	ck_assert_str_eq(far->message,
			 "test.conf:2: [a] soket: no such word; there are socket, "
			 "socket-mode, socket-owner, socket-group, mode, banner");
}
END_TEST

static const struct {
	const char *word;
	const char *want;
} guesses[] = {
	{ "scoket", "socket" }, /* two letters swapped */
	{ "moed", "mode" },
	{ "sockt", "socket" },
	{ "Socket", "socket" },
	{ "socket_mode", "socket-mode" },
	{ "socketowner", "socket-owner" },
	{ "mod", "mode" },
	{ "mean", NULL }, /* two of four */
	{ "baner", "banner" },
	{ "colour", NULL },
	{ "", NULL },
	{ "socketsocketsocketsocketsocketsocketsocketsocketsocketsocketsocket", NULL },
};

START_TEST(the_nearest_name_is_guessed)
{
	const char *got = keyfile_nearest(guesses[_i].word, names);

	ck_assert_msg(g_strcmp0(got, guesses[_i].want) == 0, "'%s': got %s, want %s",
		      guesses[_i].word, got != NULL ? got : "none",
		      guesses[_i].want != NULL ? guesses[_i].want : "none");
}
END_TEST

static Suite *
keyfile_suite(void)
{
	Suite *suite = suite_create("keyfile");
	TCase *reading = tcase_create("reading");
	TCase *blaming = tcase_create("blaming");

	tcase_add_loop_test(reading, every_entry_is_read_with_its_line, 0,
			    G_N_ELEMENTS(files));
	tcase_add_test(reading, a_value_is_found_by_group_and_key);
	tcase_add_test(reading, entries_and_groups_are_found_with_their_lines);
	suite_add_tcase(suite, reading);

	tcase_set_timeout(blaming, 60);
	tcase_add_test(blaming, an_error_is_one_line);
	tcase_add_loop_test(blaming, a_mistake_is_named_by_its_line, 0,
			    G_N_ELEMENTS(mistakes));
	tcase_add_test(blaming, a_zero_byte_is_a_mistake);
	tcase_add_test(blaming, a_file_of_more_than_a_megabyte_is_not_read);
	tcase_add_loop_test(blaming, all_mistakes_are_named_and_the_rest_can_be_read, 0,
			    G_N_ELEMENTS(salvages));
	tcase_add_test(blaming, a_book_is_told_to_be_none_in_few_words);
	tcase_add_test(blaming, every_short_file_is_read_or_its_line_is_named);
	tcase_add_test(blaming, an_unknown_word_is_told_with_a_known_one);
	tcase_add_test(blaming, an_error_names_path_line_group_and_key);
	tcase_add_loop_test(blaming, the_nearest_name_is_guessed, 0,
			    G_N_ELEMENTS(guesses));
	suite_add_tcase(suite, blaming);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(keyfile_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_encoded.c - are encoded words read as people see them, and written well? */

#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>
#include <glib.h>

#include "mail/encoded.h"
#include "mail/encoded-field.h"

#define LOST "\357\277\275" /* U+FFFD */

static const struct {
	const char *raw;
	const char *want;
} readings[] = {
	{ "", "" },
	{ " \r\n\t ", "" },
	{ "Invitation to connect on Orbit", "Invitation to connect on Orbit" },
	{ "  Two  spaces ", "Two  spaces" },

	/* RFC 2047, section 8 */
	{ "(=?ISO-8859-1?Q?a?=)", "(a)" },
	{ "(=?ISO-8859-1?Q?a?= b)", "(a b)" },
	{ "(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)", "(ab)" },
	{ "(=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=)", "(ab)" },
	{ "(=?ISO-8859-1?Q?a?=\r\n\t=?ISO-8859-1?Q?b?=)", "(ab)" },
	{ "(=?ISO-8859-1?Q?a_b?=)", "(a b)" },
	{ "(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)", "(a b)" },
	{ "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n"
	  " =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
	  "If you can read this you understand the example." },
	/* a language, RFC 2231, section 5 */
	{ "=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore" },
	{ "=?utf-8*de-CH?q?J=C3=BCrg?=", "Jürg" },

	/* Words are parted from text only by the text's own spaces. */
	{ "Tu =?utf-8?q?invitaci=C3=B3n?= de Ana", "Tu invitación de Ana" },
	{ "=?utf-8?q?a?==?utf-8?q?b?=", "ab" },
	{ "Re:=?utf-8?q?a?=b", "Re:ab" },
	{ "\"=?utf-8?Q?J=C3=BCrgen?= Doe\"", "\"Jürgen Doe\"" },
	{ "=?utf-8?q?_a_?=", " a " },

	/* The word behind a padded one, which GMime 3.2.13 loses. */
	{ "=?UTF-8?B?SGVsbG8=?= =?UTF-8?B?IHdvcmxk?=", "Hello world" },
	{ "=?UTF-8?B?SGVsbG8=IHdvcmxk?=", "Hello world" },
	{ "=?UTF-8?B?SGVsbG8?=", "Hello" },
	{ "=?utf-8?b?SGVs\r\n bG8=?=", "Hello" },
	/* One character cut in two, also between B and Q. */
	{ "=?utf-8?q?J=C3?= =?UTF-8?q?=BCrgen?=", "Jürgen" },
	{ "=?utf-8?b?SsM=?= =?UTF-8?q?=BCrgen?=", "Jürgen" },
	{ "=?utf-8?q?=E6=8B?=\n =?utf-8?q?=9B=E5=BE=85?=", "招待" },
	{ "=?gb18030?b?zfU=?= =?gb18030?q?=D0?= =?gb18030?q?=A1?=", "王小" },

	/* charsets */
	{ "=?iso-8859-1?q?J=FCrgen_=93Doe=94?=", "Jürgen “Doe”" },
	{ "=?iso-8859-15?q?=A4?=", "€" },
	{ "=?windows-1251?b?z/Du4uXw6uA=?=", "Проверка" },
	{ "=?koi8-r?B?8NLJ18XU?=", "Привет" },
	{ "=?iso-2022-jp?b?GyRCPjdCVBsoQg==?=", "招待" },
	{ "=?shift_jis?b?j7WR0g==?=", "招待" },
	{ "=?ks_c_5601-1987?B?sK2zsg==?=", "강남" },
	{ "=?us-ascii?q?Jos=E9?=", "José" },
	{ "=?us-ascii?q?Jos=C3=A9?=", "José" },
	{ "=?x-nobody-knows?q?Jos=E9_Doe?=", "José Doe" },
	{ "=?x-nobody-knows?q?Jos=C3=A9?=", "José" },
	{ "=?utf-8?q?Jos=E9_Doe?=", "Jos" LOST " Doe" },
	{ "=?iso-2022-jp?b?GyRCPg==?= x", LOST " x" },
	{ "=?utf-8//IGNORE?q?a?=", "=?utf-8//IGNORE?q?a?=" },

	/* raw 8-bit */
	{ "J\303\274rgen", "Jürgen" },
	{ "J\374rgen", "Jürgen" },
	{ "J\374rgen =?utf-8?q?=C3=BC?=", "Jürgen ü" },

	/* What is no word stays as it stands. */
	{ "=?", "=?" },
	{ "a =?= b", "a =?= b" },
	{ "=?utf-8?q?never closed", "=?utf-8?q?never closed" },
	{ "=?utf-8?x?a?=", "=?utf-8?x?a?=" },
	{ "=?utf-8?q", "=?utf-8?q" },
	{ "=??q?a?=", "=??q?a?=" },
	{ "=?utf 8?q?a?=", "=?utf 8?q?a?=" },
	{ "=?utf-8?q?open =?utf-8?q?a?=", "=?utf-8?q?open a" },
	{ "=?=?utf-8?q?a?=", "=?a" },
	/* What is nearly one is one. */
	{ "=?utf-8?q?a b?=", "a b" },
	{ "=?utf-8?q?a=zz=4?=", "a=zz=4" },
	{ "=?utf-8?q?a=?= b", "a= b" },
	{ "=?utf-8?q?\?= b", " b" },

	/* One line without controls, whatever was encoded. */
	{ "a\r\n b\n\tc\td", "a b c d" },
	{ "a\r\nb\nc\rd", "a b c d" },
	{ "=?utf-8?q?a=0D=0AEvil:_b=09c?=", "a  Evil: b c" },
	{ "=?utf-8?q?a=00=01=1B=7Fb?=", "a" LOST "b" },
	{ "=?iso-8859-15?q?a=00=85b?=", "a" LOST " b" },
	{ "=?utf-8?q?a=C2=9Bb?=", "ab" },
	{ "a\001b", "ab" },
};

START_TEST(encoded_words_are_read_as_people_see_them)
{
	g_autofree char *got = encoded_decode(readings[_i].raw);

	ck_assert_msg(strcmp(got, readings[_i].want) == 0, "%s: got \"%s\", want \"%s\"",
		      readings[_i].raw, got, readings[_i].want);
}
END_TEST

/* One unit each, repeated to what a whole head may hold (head.h). */
static const char *const floods[] = {
	"=?",
	"?=",
	"=?a?q?",
	"=?a?q? ",
	"=?utf-8?b?",
	"=?utf-8?q?a?= ",
	"=?x?q?=ff?= x",
	"=?big5?q?a?= =?euc-kr?q?a?=",
	"=?iso-2022-jp?q?=1b?=x",
	"=?utf-7?q?+?=x",
	"\377",
	"\r\n",
	"\303",
};

static char *
flood(const char *unit)
{
	GString *out = g_string_sized_new(256 * 1024);

	while (out->len < 256 * 1024 - 100)
		g_string_append(out, unit);

	return g_string_free(out, FALSE);
}

START_TEST(floods_come_out_as_text)
{
	g_autofree char *raw = flood(floods[_i]);
	g_autofree char *got = encoded_decode(raw);

	ck_assert_msg(g_utf8_validate(got, -1, NULL), "%s: not UTF-8", floods[_i]);
	ck_assert_msg(strlen(got) <= 3 * strlen(raw), "%s: grew", floods[_i]);
}
END_TEST

static const struct {
	const char *text;
	EncodedPlace place;
	size_t used;
	const char *want;
} writings[] = {
	{ "", ENCODED_TEXT, 0, "" },
	{ "Hi Jane, thank you.", ENCODED_TEXT, 14, "Hi Jane, thank you." },
	{ "Jane Doe", ENCODED_PHRASE, 0, "Jane Doe" },
	{ "Jürgen Doe", ENCODED_PHRASE, 13, "=?UTF-8?Q?J=C3=BCrgen?= Doe" },
	{ "Jürgen Müller-Doe", ENCODED_PHRASE, 0,
	  "=?UTF-8?Q?J=C3=BCrgen_M=C3=BCller-Doe?=" },
	{ "王小明", ENCODED_PHRASE, 0, "=?UTF-8?B?546L5bCP5piO?=" },
	{ "Doe, Jane (x)", ENCODED_PHRASE, 0, "\"Doe, Jane (x)\"" },
	{ "J. \"JD\" Doe\\", ENCODED_PHRASE, 0, "\"J. \\\"JD\\\" Doe\\\\\"" },
	{ "J. Doe, Jürgen Doe, x", ENCODED_PHRASE, 0,
	  "\"J. Doe,\" =?UTF-8?Q?J=C3=BCrgen?= \"Doe, x\"" },
	{ "J. Doe", ENCODED_TEXT, 0, "J. Doe" },
	{ "a =?utf-8?q?x?= b", ENCODED_TEXT, 0,
	  "a =?UTF-8?Q?=3D=3Futf-8=3Fq=3Fx=3F=3D?= b" },
	/* Spaces that folding or reading would lose are encoded. */
	{ "a  b", ENCODED_TEXT, 0, "a =?UTF-8?Q?_b?=" },
	{ " a", ENCODED_TEXT, 0, "=?UTF-8?Q?_a?=" },
	{ "b a ", ENCODED_TEXT, 0, "b =?UTF-8?Q?a_?=" },
	{ " ", ENCODED_PHRASE, 0, "=?UTF-8?Q?_?=" },
	/* Controls and bad bytes should not come here; they do no harm. */
	{ "a\r\nEvil: b", ENCODED_TEXT, 0, "a =?UTF-8?Q?_Evil=3A?= b" },
	{ "caf\351", ENCODED_TEXT, 0, "=?UTF-8?Q?caf=EF=BF=BD?=" },
	/* folds */
	{ "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee fffffffff ggggggggg "
	  "hhhhhhhhh",
	  ENCODED_TEXT, 14,
	  "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee fffffffff\n"
	  "\tggggggggg hhhhhhhhh" },
	{ "aaaaaaaaa bbbbbbbbb", ENCODED_TEXT, 70, "\n\taaaaaaaaa bbbbbbbbb" },
	{ "ü", ENCODED_TEXT, 70, "\n\t=?UTF-8?Q?=C3=BC?=" },
};

START_TEST(text_is_written_as_a_header_wants_it)
{
	g_autofree char *got =
	    encoded_field(writings[_i].text, writings[_i].place, writings[_i].used);

	ck_assert_msg(strcmp(got, writings[_i].want) == 0, "%s: got \"%s\", want \"%s\"",
		      writings[_i].text, got, writings[_i].want);
}
END_TEST

/* Characters that something in here treats apart, and some it does not. */
static const gunichar alphabet[] = {
	' ',    ' ',    ' ',    ' ',    '=',    '?',    '_',    '"',    '\\',    '(',
	')',    '<',    '@',    ',',    '.',    ':',    'a',    'b',    'Q',     'z',
	'0',    '-',    '/',    '+',    '~',    '{',    0xa0,   0xfc,   0x3b1,   0x416,
	0x200b, 0x2028, 0x3000, 0x62db, 0xac15, 0xfeff, 0xfffd, 0xffff, 0x1f600, 0x10ffff,
};

static char *
random_text(GRand *random)
{
	GString *out = g_string_new(NULL);
	int length = g_rand_int_range(random, 0, 200);
	/* Half of them mostly ASCII, so that words of both kinds meet. */
	int all = G_N_ELEMENTS(alphabet), kinds = g_rand_boolean(random) ? 24 : all;

	for (int i = 0; i < length; i++) {
		int any = g_rand_int(random) % 40 == 0 ? all : kinds;

		g_string_append_unichar(out, alphabet[g_rand_int_range(random, 0, any)]);
	}

	return g_string_free(out, FALSE);
}

static bool
is_printable(const char *text)
{
	for (; *text != '\0'; text++)
		if (!g_ascii_isprint(*text))
			return false;

	return true;
}

/* Is each line printable ASCII, short where it can be, and not empty? */
static void
check_lines(const char *field, size_t used)
{
	g_auto(GStrv) lines = g_strsplit(field, "\n\t", -1);

	for (size_t i = 0; lines[i] != NULL; i++) {
		size_t columns = (i == 0 ? used : 1) + strlen(lines[i]);
		bool is_breakable = strpbrk(lines[i], " ?") != NULL;

		if (columns > 76 && is_breakable)
			ck_abort_msg("%zu columns: %s", columns, lines[i]);
		if (i > 0 && lines[i][0] == '\0')
			ck_abort_msg("empty line in \"%s\"", field);
		if (!is_printable(lines[i]))
			ck_abort_msg("more than printable ASCII in \"%s\"", field);
	}
}

START_TEST(what_is_written_is_read_back)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(2047);

	for (size_t i = 0; i < 20000; i++) {
		g_autofree char *text = random_text(random);
		size_t used = (size_t)g_rand_int_range(random, 0, 76);
		g_autofree char *field = encoded_field(text, ENCODED_TEXT, used);
		g_autofree char *phrase = encoded_field(text, ENCODED_PHRASE, used);
		g_autofree char *got = encoded_decode(field);

		if (strcmp(got, text) != 0)
			ck_abort_msg("%s: got \"%s\", want \"%s\"", field, got, text);
		check_lines(field, used);
		check_lines(phrase, used);
	}
}
END_TEST

/* RFC 2047, section 2: 75 characters at most; section 5: whole characters. */
START_TEST(each_written_word_stands_alone)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(75);

	for (size_t i = 0; i < 5000; i++) {
		g_autofree char *text = random_text(random);
		g_autofree char *field = encoded_field(text, ENCODED_TEXT, i % 90);
		g_auto(GStrv) words = g_strsplit_set(field, " \n\t", -1);

		for (size_t j = 0; words[j] != NULL; j++) {
			g_autofree char *got = encoded_decode(words[j]);

			if (!g_str_has_prefix(words[j], "=?UTF-8?"))
				continue;
			if (strlen(words[j]) > 75)
				ck_abort_msg("too long: %s", words[j]);
			if (strstr(text, got) == NULL)
				ck_abort_msg("%s: \"%s\" is not in \"%s\"", words[j], got,
					     text);
		}
	}
}
END_TEST

START_TEST(no_line_comes_near_998_columns)
{
	g_autofree char *token = g_strnfill(5000, 'x');
	g_autofree char *text = g_strdup_printf("a %s b", token);
	g_autofree char *field = encoded_field(text, ENCODED_TEXT, 10);
	g_autofree char *got = encoded_decode(field);

	ck_assert_str_eq(got, text);
	check_lines(field, 10);
}
END_TEST

static Suite *
encoded_suite(void)
{
	Suite *suite = suite_create("encoded");
	TCase *reading = tcase_create("reading");
	TCase *writing = tcase_create("writing");

	tcase_add_loop_test(reading, encoded_words_are_read_as_people_see_them, 0,
			    G_N_ELEMENTS(readings));
	tcase_add_loop_test(reading, floods_come_out_as_text, 0, G_N_ELEMENTS(floods));
	suite_add_tcase(suite, reading);

	tcase_add_loop_test(writing, text_is_written_as_a_header_wants_it, 0,
			    G_N_ELEMENTS(writings));
	tcase_add_test(writing, what_is_written_is_read_back);
	tcase_add_test(writing, each_written_word_stands_alone);
	tcase_add_test(writing, no_line_comes_near_998_columns);
	suite_add_tcase(suite, writing);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(encoded_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_plain_text.c - are a text's words, and what parts them, told as they are? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "text/plain-text.h"
#include "text/folded.h"
#include "text/text.h"

/* Lines are "|" here, between which all stands. */
static const struct {
	const char *text;
	const char *want;
} texts[] = {
	{ "", "|" },
	{ " \t ", "|" },
	{ "...", "|" },
	{ "\342\200\213", "|" },
	{ "Hi", "|hi|" },
	{ "  Hi,  Jane ", "|hi jane|" },
	{ "Let's connect", "|let s connect|" },
	{ "Let\342\200\231s connect!", "|let s connect|" },
	{ "follow-up \342\200\223 soon", "|follow up soon|" },
	{ "Hi. You", "|hi.you|" },
	{ "Hi! You", "|hi.you|" },
	{ "Hi? You; me", "|hi.you.me|" },
	{ "Hi, you: (me) [us] \"we\" a/b", "|hi you me us we a b|" },
	{ "Hi \342\200\246 you...me", "|hi.you.me|" }, /* … */
	{ "Hi . You", "|hi.you|" },
	{ "Node.js 3.5, you.Me", "|node js 3 5 you me|" },
	{ "p.s. Hi", "|p s.hi|" },
	{ "a.,b a.(b", "|a.b a.b|" },
	{ "a.\342\200\213b", "|a b|" },
	{ "a\357\274\216b", "|a.b|" }, /* wide full stop */
	{ "Hi,\nyou", "|hi|you|" },
	{ "Hi.\r\n\r\n .you", "|hi|you|" },
	{ "\n\nHi\n", "|hi|" },
	{ "a\vb\fc\302\205d\342\200\250e\342\200\251f", "|a|b|c|d|e|f|" },
	{ "Möchte Crème ŁÓDŹ", "|mochte creme lodz|" },
	{ "mo\314\210chte", "|mochte|" },
	{ "Z\314\200\314\201\314\202\314\203a\314\204lgo", "|zalgo|" },
	{ "con\342\200\213ne\302\255ct", "|connect|" },
	{ "\342\200\256Hi\342\200\254 \342\201\246you\342\201\251", "|hi you|" },
	{ "great \360\237\230\212 work\360\237\221\215\360\237\217\275!",
	  "|great work|" },
	{ "M\374ller \303", "|m ller|" },
	{ "\355\240\200a\377\376", "|a|" },
	{ "\357\274\250\357\275\211\357\274\201you", "|hi.you|" }, /* wide */
	{ "¿Qué tal? ¡Bien!", "|que tal.bien|" },
	{ "您好，很高兴。再见！", "|您好 很高兴.再见|" },
	{ "你好.再见", "|你好.再见|" },
	{ "在google工作", "|在 google 工作|" },
	{ "はじめまして、センターです", "|はしめまして センターてす|" },
	{ "안녕하세요. 반갑습니다", "|안녕하세요.반갑습니다|" },
	{ "مرحبا، كيف حالك؟ نعم", "|مرحبا كيف حالك.نعم|" },
	{ "שָׁלוֹם לך", "|שלום לך|" },
	{ "नमस्ते। आपका", "|नमसत.आपका|" },
};

START_TEST(words_and_gaps_are_told)
{
	g_auto(PlainText) plain = { 0 };
	g_autofree char *got = NULL;

	plain_text_init(&plain, texts[_i].text);
	got = g_ucs4_to_utf8(plain.chars, (glong)plain.length, NULL, NULL, NULL);
	g_strdelimit(got, "\n", '|');
	ck_assert_msg(strcmp(got, texts[_i].want) == 0, "'%s': got '%s', want '%s'",
		      texts[_i].text, got, texts[_i].want);
}
END_TEST

static const struct {
	const char *text;
	size_t start;
	size_t end;
	const char *want;
} cuts[] = {
	{ "", 0, 1, "" },
	{ "Hi", 1, 3, "Hi" },
	{ "  Hi,  Jane! ", 1, 3, "Hi" },
	{ "  Hi,  Jane! ", 1, 8, "Hi,  Jane" },
	{ "  Hi,  Jane! ", 0, 9, "  Hi,  Jane! " },
	{ "un cafe\314\201.", 4, 8, "cafe\314\201" },
	{ "\342\200\213Zo\303\253 x", 1, 4, "Zo\303\253" },
	{ "在google工作", 3, 9, "google" },
	{ "在google工作", 10, 12, "工作" },
};

START_TEST(cuts_come_from_the_original)
{
	g_auto(PlainText) plain = { 0 };
	g_autofree char *got = NULL;

	plain_text_init(&plain, cuts[_i].text);
	ck_assert_uint_le(cuts[_i].end, plain.length);
	got = plain_text_cut(&plain, cuts[_i].start, cuts[_i].end);
	ck_assert_msg(strcmp(got, cuts[_i].want) == 0, "'%s': got '%s', want '%s'",
		      cuts[_i].text, got, cuts[_i].want);
}
END_TEST

/* Whatever the bytes: gaps at both ends, no two side by side, and offsets that grow. */
static void
check_plain(const char *text)
{
	g_auto(PlainText) plain = { 0 };

	plain_text_init(&plain, text);
	ck_assert_uint_ge(plain.length, 1);
	ck_assert_uint_le(plain.length, strlen(text) + 2);
	ck_assert_uint_eq(plain.chars[0], PLAIN_TEXT_LINE);
	ck_assert_uint_eq(plain.chars[plain.length - 1], PLAIN_TEXT_LINE);
	ck_assert_uint_eq(plain.offsets[plain.length], strlen(text));
	for (size_t i = 0; i < plain.length; i++) {
		ck_assert_uint_le(plain.offsets[i], plain.offsets[i + 1]);
		ck_assert(i == 0 || !plain_text_is_gap(plain.chars[i]) ||
			  !plain_text_is_gap(plain.chars[i - 1]));
	}
}

START_TEST(any_bytes_are_a_text)
{
	for (unsigned first = 1; first < 256; first++)
		for (unsigned second = 1; second < 256; second++) {
			const char text[] = { 'a', (char)first, (char)second,
					      '.', 'b',         '\0' };

			check_plain(text);
		}
}
END_TEST

/* A gap that nobody wrote needs room, and plain_text_init() counts on three bytes. */
START_TEST(letters_of_two_bytes_are_of_scripts_with_spaces)
{
	for (gunichar c = 1; c < 0x800; c++)
		ck_assert_msg(!text_is_spaceless(folded_char(c)), "U+%04X", c);
}
END_TEST

START_TEST(scripts_in_turns_find_room)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < 1000; i++)
		g_string_append(text, "王a");
	check_plain(text->str);
}
END_TEST

static Suite *
plain_text_suite(void)
{
	Suite *suite = suite_create("plain-text");
	TCase *reading = tcase_create("reading");
	TCase *bounds = tcase_create("bounds");

	tcase_add_loop_test(reading, words_and_gaps_are_told, 0, G_N_ELEMENTS(texts));
	tcase_add_loop_test(reading, cuts_come_from_the_original, 0, G_N_ELEMENTS(cuts));
	suite_add_tcase(suite, reading);

	tcase_add_test(bounds, any_bytes_are_a_text);
	tcase_add_test(bounds, letters_of_two_bytes_are_of_scripts_with_spaces);
	tcase_add_test(bounds, scripts_in_turns_find_room);
	suite_add_tcase(suite, bounds);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(plain_text_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

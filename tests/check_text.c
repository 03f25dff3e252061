/* SPDX-License-Identifier: BSD-2-Clause */
/* check_text.c - is text of any kind shown safely and compared kindly? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "text/folded.h"
#include "text/text.h"

/* Written with escapes where the character would not be seen. */
static const struct {
	const char *text;
	const char *want;
} folds[] = {
	{ "", "" },
	{ "  \t\r\n ", "" },
	{ "Jane Doe", "jane doe" },
	{ " Jane\t \n Doe ", "jane doe" },
	{ "Jane\302\240\343\200\200Doe", "jane doe" },
	{ "J\303\234RGEN", "jurgen" },
	{ "Ju\314\210rgen", "jurgen" },
	{ "\357\274\252\357\275\201ne", "jane" }, /* wide J, a */
	{ "Łódź đ Ø æ ß œ ı İ þ", "lodz d o a s o i i t" },
	{ "ΟΔΟΣ οδος", "οδοσ οδοσ" },
	{ "Александр Пётр", "александр петр" },
	{ "강남 간남", "강남 간남" }, /* two names */
	{ "王小明", "王小明" },
	{ "I\342\200\231d I\302\264d I`d", "i'd i'd i'd" }, /* ’ ´ */
	{ "I\312\274d I\342\200\230d", "i'd i'd" },         /* ʼ ‘ */
	{ "I\357\274\207d", "i'd" },                        /* wide ' */
	{ "“a” „b“ «c»", "\"a\" \"b\" \"c\"" },
	{ "a – b — c − d ‐ e", "a - b - c - d - e" },
	{ "Doe. :. ", "doe" },
	{ "Invites you\342\200\246", "invites you" }, /* … */
	{ "招待。", "招待" },
	{ "a.b: c", "a.b: c" },
	{ "Ja\342\200\213n\342\200\214e\357\273\277", "jane" }, /* ZWSP, ZWNJ, BOM */
	{ "D\302\255o\342\201\240e\342\200\215", "doe" },       /* SHY, WJ, ZWJ */
	{ "\342\200\256enaJ\342\200\254 \342\201\246Doe\342\201\251", "enaj doe" },
	{ "a\357\270\217b\315\217c", "abc" },   /* VS16, CGJ */
	{ "a\302\205b\342\200\250c", "a b c" }, /* NEL, LS */
	{ "a \342\200\213 b", "a b" },
	{ "a\001b\177c\033d", "abcd" },
	{ "M\374ller", "m\357\277\275ller" },                       /* Latin-1 */
	{ "\303", "\357\277\275" },                                 /* cut short */
	{ "\355\240\200", "\357\277\275\357\277\275\357\277\275" }, /* a surrogate */
};

START_TEST(fold_makes_equal_what_people_read_as_equal)
{
	g_autofree char *got = folded_text(folds[_i].text);
	g_autofree char *again = folded_text(got);

	ck_assert_msg(strcmp(got, folds[_i].want) == 0, "'%s': got '%s', want '%s'",
		      folds[_i].text, got, folds[_i].want);
	ck_assert_msg(strcmp(again, got) == 0, "'%s': folded twice it is '%s'", got,
		      again);
}
END_TEST

START_TEST(folding_a_folded_character_changes_nothing)
{
	for (gunichar c = 1; c <= 0x10ffff; c++) {
		gunichar folded = folded_char(c);

		if (folded != 0)
			ck_assert_msg(folded_char(folded) == folded,
				      "U+%04X: first U+%04X, then U+%04X", c, folded,
				      folded_char(folded));
	}
}
END_TEST

/* For some letters GLib is not asked; the answer is the same. */
START_TEST(a_letter_folds_as_the_first_of_its_parts_does)
{
	for (gunichar c = 0x80; c <= 0x10ffff; c++) {
		gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
		bool is_syllable = c >= 0xac00 && c <= 0xd7a3;

		if (!g_unichar_isalpha(c) || is_syllable || folded_char(c) == 0 ||
		    g_unichar_fully_decompose(c, TRUE, parts, G_N_ELEMENTS(parts)) == 0 ||
		    g_unichar_isspace(parts[0]))
			continue;
		ck_assert_msg(folded_char(c) == folded_char(parts[0]),
			      "U+%04X: got U+%04X, U+%04X folds to U+%04X", c,
			      folded_char(c), parts[0], folded_char(parts[0]));
	}
}
END_TEST

START_TEST(ascii_folds_to_ascii_or_nothing)
{
	for (gunichar c = 1; c < 0x80; c++) {
		gunichar folded = folded_char(c);

		ck_assert_msg(folded < 0x80, "U+%04X: got U+%04X", c, folded);
		if (g_ascii_isgraph((char)c) && c != '`')
			ck_assert_uint_eq(folded, (gunichar)g_ascii_tolower((char)c));
		else if (g_ascii_isspace((char)c) || c == '\v')
			ck_assert_uint_eq(folded, ' ');
		else
			ck_assert_uint_eq(folded, c == '`' ? '\'' : 0);
	}
}
END_TEST

/* What the name is, cut from the original by the offsets of its folded form. */
static const struct {
	const char *text;
	size_t start; /* folded */
	size_t end;
	const char *want;
} ways_back[] = {
	{ "Hi Jane", 3, 7, "Jane" },
	{ "Hi  Ju\314\210rgen Doe", 3, 9, "Ju\314\210rgen" },
	{ "\342\200\213Hi \342\200\213Zo\303\253.", 3, 6, "Zo\303\253" },
	{ " Jane Doe : ", 0, 8, "Jane Doe" },
	{ "Andre\314\201", 0, 5, "Andre\314\201" },
	{ "", 0, 0, "" },
	{ " . ", 0, 0, "" },
};

START_TEST(offsets_lead_back_to_the_original)
{
	g_auto(Folded) folded = { 0 };
	g_autofree char *got = NULL;
	const char *text = ways_back[_i].text;
	size_t start = ways_back[_i].start, end = ways_back[_i].end;

	folded_init(&folded, text);
	ck_assert_uint_le(end, folded.length);
	ck_assert_uint_le(folded.offsets[folded.length], strlen(text));
	if (start < end)
		got = g_strndup(text + folded.offsets[start],
				folded.offsets[end] - folded.offsets[start]);
	ck_assert_msg(strcmp(got != NULL ? got : "", ways_back[_i].want) == 0,
		      "'%s': got '%s', want '%s'", text, got, ways_back[_i].want);
}
END_TEST

static const struct {
	const char *text;
	size_t max;
	const char *want;
	const char *want_token;
} cleanings[] = {
	{ "", 8, "", "" },
	{ "Jane Doe", 64, "Jane Doe", "Jane Doe" },
	{ "  Jane \r\n\t Doe  ", 64, "Jane Doe", "Jane Doe" },
	{ "Jane\r\nBcc: all", 64, "Jane Bcc: all", "Jane Bcc: all" },
	{ "Jane Doe", 4, "Jane", "Jane" },
	{ "Jane Doe", 5, "Jane", "Jane" },
	{ "Jane Doe", 6, "Jane D", "Jane D" },
	{ "Jane", 0, "", "" },
	{ "Jürgen Ćosić", 8, "Jürgen Ć", "Jürgen Ć" },
	{ "a\033[31mb\177\001", 64, "a[31mb", "a[31mb" },
	{ "\342\200\256Jane\342\200\213\342\200\215\315\217 Doe\357\273\277", 64,
	  "Jane Doe", "Jane Doe" },
	{ "Jane \342\200\213 Doe", 64, "Jane Doe", "Jane Doe" },
	{ "\363\240\201\201Jane\363\240\201\277", 64, "Jane", "Jane" }, /* tags */
	{ "M\374ller", 64, "M\357\277\275ller", "M\357\277\275ller" },
	{ "Jane\303", 64, "Jane\357\277\275", "Jane\357\277\275" },
	{ "a\", relation=known; <b>", 64, "a\", relation=known; <b>",
	  "a relationknown b" },
	{ "a , , b", 64, "a , , b", "a b" },
	{ "\",;=<>", 64, "\",;=<>", "" },
};

START_TEST(clean_text_is_one_harmless_line)
{
	g_autofree char *got = text_clean(cleanings[_i].text, cleanings[_i].max);
	g_autofree char *token = text_token(cleanings[_i].text, cleanings[_i].max);

	ck_assert_msg(g_utf8_validate(got, -1, NULL), "'%s': no UTF-8", got);
	ck_assert_msg(strcmp(got, cleanings[_i].want) == 0, "'%s': got '%s', want '%s'",
		      cleanings[_i].text, got, cleanings[_i].want);
	ck_assert_msg(strcmp(token, cleanings[_i].want_token) == 0,
		      "token of '%s': got '%s', want '%s'", cleanings[_i].text, token,
		      cleanings[_i].want_token);
}
END_TEST

START_TEST(any_bytes_come_out_as_utf8)
{
	for (unsigned first = 1; first < 256; first++)
		for (unsigned second = 1; second < 256; second++) {
			const char text[] = { 'a', (char)first, (char)second, 'b', '\0' };
			g_autofree char *clean = text_clean(text, 64);
			g_autofree char *folded = folded_text(text);

			ck_assert(g_utf8_validate(clean, -1, NULL));
			ck_assert(g_utf8_validate(folded, -1, NULL));
		}
}
END_TEST

static const struct {
	const char *a;
	const char *b;
	bool same;
} pairs[] = {
	{ "Zoë O’Hara", "ZOE  O'HARA", true },
	{ "Jane Doe.", "jane doe", true },
	{ "", "\342\200\213", true },
	{ "Jane", "Janet", false },
	{ "Jane", "Joan", false },
	{ "강", "간", false },
};

START_TEST(same_is_same_once_folded)
{
	ck_assert_msg(folded_same_text(pairs[_i].a, pairs[_i].b) == pairs[_i].same,
		      "'%s', '%s': want %d", pairs[_i].a, pairs[_i].b, pairs[_i].same);
	ck_assert_msg(folded_same_text(pairs[_i].b, pairs[_i].a) == pairs[_i].same,
		      "'%s', '%s': want %d", pairs[_i].b, pairs[_i].a, pairs[_i].same);
}
END_TEST

static const struct {
	const char *text, *words;
	bool has;
} contained[] = {
	{ "Jane Doe added you", "jane doe", true },
	{ "From: Jane", "Jane", true },
	{ "Janet Doe added you", "Jane", false },
	{ "Mary-Jane", "Jane", true },
	{ "", "Jane", false },
	{ "Jane", "", false },
	/* scripts without blanks, and one behind another */
	{ "佐伯花枝さんが", "佐伯花枝", true },
	{ "Orbitで友達に", "Orbit", true },
	{ "ของOrbit", "Orbit", true },
	{ "Orbits", "Orbit", false },
	{ "Ветровая", "Ветров", false },
};

START_TEST(words_are_found_whole)
{
	g_auto(Folded) text = { 0 }, words = { 0 };

	folded_init(&text, contained[_i].text);
	folded_init(&words, contained[_i].words);
	ck_assert_msg(folded_has_words(&text, &words) == contained[_i].has,
		      "'%s' in '%s': want %d", contained[_i].words, contained[_i].text,
		      contained[_i].has);
}
END_TEST

static const struct {
	gunichar c;
	bool is_spaceless;
} scripts[] = {
	{ ' ', false },   { 'a', false },  { U'é', false },  { U'я', false },
	{ U'ش', false },  { U'ש', false }, { U'न', false },  { U'한', false },
	{ U'。', false }, { U'王', true }, { U'々', true },  { U'の', true },
	{ U'カ', true },  { U'ー', true }, { 0x0e01, true }, /* Thai */
	{ 0x0e81, true },                                    /* Lao */
	{ 0x1780, true },                                    /* Khmer */
	{ 0x1000, true },                                    /* Myanmar */
};

START_TEST(scripts_without_spaces_are_known)
{
	ck_assert_msg(text_is_spaceless(scripts[_i].c) == scripts[_i].is_spaceless,
		      "U+%04X: want %d", scripts[_i].c, scripts[_i].is_spaceless);
}
END_TEST

START_TEST(a_word_has_a_letter_or_a_digit)
{
	ck_assert(text_has_word("--- ж"));
	ck_assert(text_has_word("(7)"));
	ck_assert(!text_has_word("-*- …"));
	ck_assert(!text_has_word(""));
}
END_TEST

static Suite *
text_suite(void)
{
	Suite *suite = suite_create("text");
	TCase *folding = tcase_create("folding");
	TCase *cleaning = tcase_create("cleaning");
	TCase *comparing = tcase_create("comparing");

	tcase_add_loop_test(folding, fold_makes_equal_what_people_read_as_equal, 0,
			    G_N_ELEMENTS(folds));
	tcase_add_test(folding, folding_a_folded_character_changes_nothing);
	tcase_add_test(folding, a_letter_folds_as_the_first_of_its_parts_does);
	tcase_add_test(folding, ascii_folds_to_ascii_or_nothing);
	tcase_add_loop_test(folding, offsets_lead_back_to_the_original, 0,
			    G_N_ELEMENTS(ways_back));
	tcase_add_loop_test(folding, scripts_without_spaces_are_known, 0,
			    G_N_ELEMENTS(scripts));
	tcase_add_test(folding, a_word_has_a_letter_or_a_digit);
	suite_add_tcase(suite, folding);

	tcase_add_loop_test(cleaning, clean_text_is_one_harmless_line, 0,
			    G_N_ELEMENTS(cleanings));
	tcase_add_test(cleaning, any_bytes_come_out_as_utf8);
	suite_add_tcase(suite, cleaning);

	tcase_add_loop_test(comparing, same_is_same_once_folded, 0, G_N_ELEMENTS(pairs));
	tcase_add_loop_test(comparing, words_are_found_whole, 0, G_N_ELEMENTS(contained));
	suite_add_tcase(suite, comparing);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(text_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

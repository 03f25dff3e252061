/* SPDX-License-Identifier: BSD-2-Clause */
/* check_phrase_set.c - are all phrases found in one pass, and no others? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "text/phrase-set.h"
#include "text/text.h"

#define MAX_PHRASES 8

#define SEED        11
#define RANDOM_SETS 400

/* Ids are places in the list; each hit is "id:what the original says". */
static const struct {
	const char *phrases[MAX_PHRASES];
	const char *text;
	const char *want;
} searches[] = {
	/* Words */
	{ { "hello" }, "Hello", "0:Hello" },
	{ { "hello" }, "", "" },
	{ { "hello" }, "  ...", "" },
	{ { "hello" }, "hello, HELLO hello", "0:hello 0:HELLO 0:hello" },
	{ { "art" }, "start arts party art", "0:art" },
	{ { "3" }, "33 3 x3", "0:3" },
	{ { "!Hello..." }, "hello", "0:hello" },
	{ { NULL }, "hello", "" },

	/* Several at once */
	{ { "a b", "b c", "b", "a b c" }, "a b c", "0:a b 2:b 3:a b c 1:b c" },
	{ { "a b c d", "b c", "c" }, "a b c x", "1:b c 2:c" },
	{ { "how are you", "how are things" },
	  "how are how are things",
	  "1:how are things" },
	{ { "hello", "hello" }, "hello", "0:hello 1:hello" },
	{ { "Hello!", "HELLO", "hello" }, "hello", "0:hello 1:hello 2:hello" },
	{ { "a a" }, "a a a", "0:a a 0:a a" },
	{ { "hope you", "you are well", "hope you are well" },
	  "I hope you are well.",
	  "0:hope you 2:hope you are well 1:you are well" },

	/* The beginning of a word */
	{ { "sell*" }, "sell sells sel reselling", "0:sell 0:sells" },
	{ { "we sell*", "sell" }, "we selling, sell", "0:we selling 1:sell" },
	{ { "sell*", "sells" }, "sells", "0:sells 1:sells" },

	/* What tells nothing */
	{ { "let's connect" }, "Let\342\200\231s connect", "0:Let\342\200\231s connect" },
	{ { "let\342\200\231s connect" }, "Let's connect!", "0:Let's connect" },
	{ { "let's connect" }, "lets connect", "" },
	{ { "follow up" },
	  "a follow-up, a follow\342\200\223up",
	  "0:follow-up 0:follow\342\200\223up" },
	{ { "dear jane" }, "Dear, (Jane)", "0:Dear, (Jane" },
	{ { "m\303\266chte" },
	  "MO\314\210CHTE mochte m?chte",
	  "0:MO\314\210CHTE 0:mochte" },
	{ { "connect" }, "con\342\200\213nect", "0:con\342\200\213nect" },
	{ { "zalgo" },
	  "z\314\200\314\201\314\202algo\315\242",
	  "0:z\314\200\314\201\314\202algo\315\242" },
	{ { "connect" }, "\342\200\256connect\342\200\254", "0:connect\342\200\254" },
	{ { "great work" },
	  "great \360\237\230\212 work",
	  "0:great \360\237\230\212 work" },
	{ { "m ller" }, "M\374ller", "0:M\374ller" },
	{ { "hello" }, "\357\274\250\357\275\205llo", "0:\357\274\250\357\275\205llo" },

	/* Ends of sentences and lines */
	{ { "thank you" }, "thank. you", "" },
	{ { "thank you" }, "thank! you thank? you thank; you", "" },
	{ { "thank you" }, "thank\nyou", "" },
	{ { "thank you" }, "thank\342\200\250you", "" },
	{ { "thank you" }, "thank, you", "0:thank, you" },
	{ { "thank", "you" }, "thank. you", "0:thank 1:you" },
	{ { "thank", "you" }, "thank\r\nyou", "0:thank 1:you" },
	{ { "node js" }, "Node.js", "0:Node.js" },
	{ { "thanks! talk soon" }, "Thanks. Talk soon", "0:Thanks. Talk soon" },
	{ { "thanks! talk soon" }, "Thanks\nTalk soon", "0:Thanks\nTalk soon" },
	{ { "thanks! talk soon" }, "Thanks, talk soon", "" },
	{ { "a. b", "b. c", "a. b. d" }, "a. b. c", "0:a. b 1:b. c" },
	{ { "x. y", "z" }, "x. z", "1:z" },
	{ { "谢谢。再见", "再见" }, "谢谢！再见", "0:谢谢！再见 1:再见" },

	/* Scripts */
	{ { "认识", "很高兴认识您" }, "您好，很高兴认识您。", "0:认识 1:很高兴认识您" },
	{ { "您好" }, "您。好", "" },
	{ { "よろしくお願い" }, "今後ともよろしくお願いします", "0:よろしくお願い" },
	{ { "センター" }, "サービスセンターです", "0:センター" },
	{ { "ยินดีที่ได้รู้จัก" }, "สวัสดีครับยินดีที่ได้รู้จักครับ", "0:ยินดีที่ได้รู้จัก" },
	{ { "在google工作" }, "我在 Google 工作。", "0:在 Google 工作" },
	{ { "google" }, "我在Google工作 googled", "0:Google" },
	{ { "안녕" }, "안녕하세요", "" },
	{ { "안녕하세요" }, "네, 안녕하세요.", "0:안녕하세요" },
	{ { "مرحبا كيف حالك" }, "مَرْحَبًا، كيف حالك؟", "0:مَرْحَبًا، كيف حالك" },
	{ { "שלום" }, "שָׁלוֹם לך", "0:שָׁלוֹם" },
	{ { "नमस्ते" }, "नमस्ते।", "0:नमस्ते" },
	{ { "क" }, "का", "" },
	{ { "ΟΔΟΣ" }, "η οδος", "0:οδος" },
	{ { "Пётр" }, "петр", "0:петр" },
};

static void
append_hits(const PhraseSet *set, const char *text, GString *got)
{
	g_auto(PlainText) plain = { 0 };
	PhraseSearch search;
	PhraseHit hit;

	plain_text_init(&plain, text);
	phrase_set_search_init(&search, set, &plain);
	while (phrase_set_search_next(&search, &hit)) {
		g_autofree char *cut = plain_text_cut(&plain, hit.start, hit.end);

		g_string_append_printf(got, "%s%u:%s", got->len > 0 ? " " : "", hit.id,
				       cut);
	}
	ck_assert(!phrase_set_search_next(&search, &hit));
}

static void
add(PhraseSet *set, const char *phrase, uint32_t id)
{
	g_autoptr(GError) error = NULL;

	ck_assert_msg(phrase_set_add(set, phrase, id, &error), "'%s': %s", phrase,
		      error != NULL ? error->message : "no error");
}

START_TEST(phrases_are_found_where_they_stand)
{
	g_autoptr(PhraseSet) set = phrase_set_new();
	g_autoptr(GString) got = g_string_new(NULL);

	for (uint32_t i = 0; i < MAX_PHRASES && searches[_i].phrases[i] != NULL; i++)
		add(set, searches[_i].phrases[i], i);
	phrase_set_seal(set);
	append_hits(set, searches[_i].text, got);
	ck_assert_msg(strcmp(got->str, searches[_i].want) == 0,
		      "'%s' in '%s': got '%s', want '%s'", searches[_i].phrases[0],
		      searches[_i].text, got->str, searches[_i].want);
}
END_TEST

START_TEST(a_phrase_with_many_ids_tells_each_once)
{
	static const uint32_t ids[] = { 7, UINT32_MAX, 7, 0, 7, 3, 0 };
	g_autoptr(PhraseSet) set = phrase_set_new();
	g_autoptr(GString) got = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
		add(set, i % 2 == 0 ? "Hi you" : "hi, you!", ids[i]);
	phrase_set_seal(set);
	append_hits(set, "hi you", got);
	ck_assert_str_eq(got->str, "0:hi you 3:hi you 7:hi you 4294967295:hi you");
}
END_TEST

/* The slow way: does the phrase stand at this very place? */
static bool
stands_at(const PlainText *phrase, const PlainText *text, size_t at)
{
	size_t length = phrase->length - 2;
	const gunichar *chars = text->chars + at;

	if (at + length >= text->length)
		return false;
	if (!text_is_spaceless(phrase->chars[1]) && !plain_text_is_gap(chars[-1]))
		return false;
	if (!text_is_spaceless(phrase->chars[length]) &&
	    !plain_text_is_gap(chars[length]))
		return false;
	for (size_t i = 0; i < length; i++) {
		gunichar want = phrase->chars[i + 1], got = chars[i];

		if (want != got && !(want == PLAIN_TEXT_STOP && got == PLAIN_TEXT_LINE) &&
		    !(want == PLAIN_TEXT_LINE && got == PLAIN_TEXT_STOP))
			return false;
	}

	return true;
}

/* In the order of phrase_set_search_next(): by end, then the longest, then by id. */
static void
append_naive_hits(const PlainText *phrases, size_t count, const char *text, GString *got)
{
	g_auto(PlainText) plain = { 0 };

	plain_text_init(&plain, text);
	for (size_t end = 2; end < plain.length; end++)
		for (size_t start = 1; start < end; start++)
			for (size_t i = 0; i < count; i++) {
				g_autofree char *cut = NULL;

				if (phrases[i].length - 2 != end - start ||
				    !stands_at(&phrases[i], &plain, start))
					continue;
				cut = plain_text_cut(&plain, start, end);
				g_string_append_printf(got, "%s%zu:%s",
						       got->len > 0 ? " " : "", i, cut);
			}
}

/* Few different characters, so that much is found. */
static char *
random_text(GRand *rand, int most)
{
	static const char *const pieces[] = { "a",    "b",
					      "A",    "é",
					      " ",    " ",
					      "a ",   " b",
					      ", ",   ". ",
					      ".",    "\n",
					      "!",    "王",
					      "小",   "ー",
					      "한",   "\314\201",
					      "'",    "a b",
					      "王王", "\342\200\213",
					      "\374" };
	g_autoptr(GString) text = g_string_new(NULL);
	int length = g_rand_int_range(rand, 1, most + 1);

	for (int i = 0; i < length; i++)
		g_string_append(text,
				pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);

	return g_strdup(text->str);
}

/* Fills phrases with count of them; what holds no letter is tried again. */
static void
add_random_phrases(GRand *rand, PhraseSet *set, PlainText *phrases, char **texts,
		   size_t count)
{
	for (size_t i = 0; i < count;) {
		g_autofree char *text = random_text(rand, 6);

		if (!phrase_set_add(set, text, (uint32_t)i, NULL))
			continue;
		texts[i] = g_steal_pointer(&text);
		plain_text_init(&phrases[i], texts[i]);
		i++;
	}
}

START_TEST(a_pass_finds_what_a_naive_search_finds)
{
	GRand *rand = g_rand_new_with_seed((guint32)(SEED + _i));
	size_t count = (size_t)g_rand_int_range(rand, 1, 40);
	g_autofree PlainText *phrases = g_new0(PlainText, count);
	g_auto(GStrv) texts = g_new0(char *, count + 1);
	g_autoptr(PhraseSet) set = phrase_set_new();

	add_random_phrases(rand, set, phrases, texts, count);
	phrase_set_seal(set);
	for (size_t i = 0; i < 10; i++) {
		g_autofree char *text = random_text(rand, 60);
		g_autoptr(GString) got = g_string_new(NULL);
		g_autoptr(GString) want = g_string_new(NULL);

		append_hits(set, text, got);
		append_naive_hits(phrases, count, text, want);
		ck_assert_msg(strcmp(got->str, want->str) == 0,
			      "set %d, '%s': got '%s', want '%s'", _i, text, got->str,
			      want->str);
	}
	for (size_t i = 0; i < count; i++)
		plain_text_clear(&phrases[i]);
	g_rand_free(rand);
}
END_TEST

static void
assert_fault(PhraseSet *set, const char *phrase, PhraseSetError code)
{
	g_autoptr(GError) error = NULL;

	ck_assert(!phrase_set_add(set, phrase, 1, &error));
	ck_assert_msg(g_error_matches(error, PHRASE_SET_ERROR, (int)code),
		      "'%.40s': got '%s'", phrase, error->message);
	ck_assert_msg(g_utf8_validate(error->message, -1, NULL), "'%s'", error->message);
}

START_TEST(what_holds_no_letter_is_no_phrase)
{
	static const char *const phrases[] = { "",         " ",
					       "...",      "\342\200\213",
					       "\n!\n",    "\360\237\230\212",
					       "\314\201", "\377" };
	g_autoptr(PhraseSet) set = phrase_set_new();

	for (size_t i = 0; i < G_N_ELEMENTS(phrases); i++)
		assert_fault(set, phrases[i], PHRASE_SET_ERROR_EMPTY);
}
END_TEST

START_TEST(a_phrase_has_at_most_so_many_characters)
{
	g_autoptr(PhraseSet) set = phrase_set_new();
	g_autoptr(GString) phrase = g_string_new(NULL);
	g_autoptr(GString) got = g_string_new(NULL);
	g_autofree char *want = NULL;

	for (size_t i = 0; i < PHRASE_SET_MAX_CHARS; i++)
		g_string_append(phrase, "é");
	add(set, phrase->str, 0);
	g_string_append_c(phrase, '!');
	add(set, phrase->str, 0);
	g_string_append_c(phrase, 'e');
	assert_fault(set, phrase->str, PHRASE_SET_ERROR_TOO_LONG);

	phrase_set_seal(set);
	g_string_truncate(phrase, phrase->len - 2);
	append_hits(set, phrase->str, got);
	want = g_strconcat("0:", phrase->str, NULL);
	ck_assert_str_eq(got->str, want);
}
END_TEST

START_TEST(a_set_has_at_most_so_many_phrases)
{
	g_autoptr(PhraseSet) set = phrase_set_new();
	g_autoptr(GString) got = g_string_new(NULL);

	for (uint32_t i = 0; i < PHRASE_SET_MAX_COUNT; i++) {
		char phrase[16];

		g_snprintf(phrase, sizeof(phrase), "x%u", i);
		add(set, phrase, i);
	}
	assert_fault(set, "one more", PHRASE_SET_ERROR_TOO_MANY);
	phrase_set_seal(set);
	append_hits(set, "x0 x119999, x120000 one more", got);
	ck_assert_str_eq(got->str, "0:x0 119999:x119999");
}
END_TEST

START_TEST(a_set_has_at_most_so_many_characters)
{
	g_autoptr(PhraseSet) set = phrase_set_new();
	g_autoptr(GString) got = g_string_new(NULL);
	gunichar c = 0x20000; /* Han, which fold to themselves */

	for (uint32_t i = 0; i < PHRASE_SET_MAX_ALPHABET; i++) {
		char phrase[8] = "";

		phrase[g_unichar_to_utf8(c++, phrase)] = '\0';
		add(set, phrase, i);
	}
	assert_fault(set, "one more", PHRASE_SET_ERROR_TOO_MANY);
	add(set, "\360\240\200\201\360\240\200\200", 1);
	phrase_set_seal(set);
	append_hits(set, "one more \360\240\200\201\360\240\200\200", got);
	ck_assert_str_eq(got->str,
			 "1:\360\240\200\201 1:\360\240\200\201\360\240\200\200 "
			 "0:\360\240\200\200");
}
END_TEST

/* PatternList and texts that make an automaton fall back as often as can be. */
static const struct {
	const char *phrase; /* repeated to the greatest length, and each shorter */
	const char *text;   /* repeated */
} hard[] = {
	{ "a ", "a " },      { "a ", "a a a a a a b " },
	{ "王", "王" },      { "王", "王王王王王王王小" },
	{ "a. ", "a. " },    { "a. a ", "a. a. a a. " },
	{ "a", "a" },        { "z\314\201", "z\314\201\314\201\314\201\314\201" },
	{ "a", "\377\376" }, { "a", "\360\237\230\212" },
};

/* Steps of a pass, which may be no more than two a character. */
static size_t
count_steps(const PhraseSet *set, const char *piece, size_t times)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(PlainText) plain = { 0 };
	PhraseSearch search;
	PhraseHit hit;

	for (size_t i = 0; i < times; i++)
		g_string_append(text, piece);
	plain_text_init(&plain, text->str);
	phrase_set_search_init(&search, set, &plain);
	while (phrase_set_search_next(&search, &hit))
		;
	ck_assert_uint_ge(search.steps, plain.length);
	ck_assert_msg(search.steps <= 2 * plain.length,
		      "'%s': %zu steps for %zu characters", piece, search.steps,
		      plain.length);

	return search.steps;
}

START_TEST(hard_texts_take_two_steps_a_character)
{
	g_autoptr(PhraseSet) set = phrase_set_new();
	g_autoptr(GString) phrase = g_string_new(hard[_i].phrase);

	while (phrase_set_add(set, phrase->str, 0, NULL))
		g_string_append(phrase, hard[_i].phrase);
	phrase_set_seal(set);
	count_steps(set, hard[_i].text, 10);
	count_steps(set, hard[_i].text, 10000);
}
END_TEST

START_TEST(steps_do_not_grow_with_the_phrases)
{
	size_t steps[2] = { 0 };

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		g_autoptr(PhraseSet) set = phrase_set_new();

		add(set, "nice to meet you", 0);
		for (uint32_t j = 0; j < (i == 0 ? 10 : 10000); j++) {
			g_autofree char *phrase =
			    g_strdup_printf("nice to meet number %u", j);

			add(set, phrase, j);
		}
		phrase_set_seal(set);
		steps[i] =
		    count_steps(set, "nice to meet you, nice to meet number 9x. ", 100);
	}
	ck_assert_uint_eq(steps[0], steps[1]);
}
END_TEST

START_TEST(ten_thousand_phrases_take_few_bytes)
{
	GRand *rand = g_rand_new_with_seed(SEED);
	g_autoptr(PhraseSet) set = phrase_set_new();

	for (uint32_t i = 0; i < 10000; i++) {
		char phrase[21] = "";

		for (size_t j = 0; j < sizeof(phrase) - 1; j++)
			phrase[j] = (char)g_rand_int_range(rand, 'a', 'z' + 1);
		add(set, phrase, i);
	}
	phrase_set_seal(set);
	ck_assert_uint_le(phrase_set_size(set), 4000000);
	g_rand_free(rand);
}
END_TEST

static Suite *
phrases_suite(void)
{
	Suite *suite = suite_create("phrase-set");
	TCase *finding = tcase_create("finding");
	TCase *limits = tcase_create("limits");
	TCase *costs = tcase_create("costs");

	tcase_add_loop_test(finding, phrases_are_found_where_they_stand, 0,
			    G_N_ELEMENTS(searches));
	tcase_add_test(finding, a_phrase_with_many_ids_tells_each_once);
	tcase_add_loop_test(finding, a_pass_finds_what_a_naive_search_finds, 0,
			    RANDOM_SETS);
	suite_add_tcase(suite, finding);

	tcase_add_test(limits, what_holds_no_letter_is_no_phrase);
	tcase_add_test(limits, a_phrase_has_at_most_so_many_characters);
	tcase_add_test(limits, a_set_has_at_most_so_many_phrases);
	tcase_add_test(limits, a_set_has_at_most_so_many_characters);
	suite_add_tcase(suite, limits);

	tcase_add_loop_test(costs, hard_texts_take_two_steps_a_character, 0,
			    G_N_ELEMENTS(hard));
	tcase_add_test(costs, steps_do_not_grow_with_the_phrases);
	tcase_add_test(costs, ten_thousand_phrases_take_few_bytes);
	suite_add_tcase(suite, costs);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(phrases_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

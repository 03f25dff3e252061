/* SPDX-License-Identifier: BSD-2-Clause */
/* check_pattern.c - do words with holes fit the lines they should, and no others? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "text/pattern.h"

static const char *const holes[] = { "inviter", "company", NULL };

/* What the line's holes were filled with, "INVITER|COMPANY", or NULL: it does not fit. */
static char *
match(const char *text, const char *line)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Pattern) pattern = pattern_new(text, holes, &error);
	g_auto(Folded) folded = { 0 };
	PatternHit hits[2];

	ck_assert_msg(pattern != NULL, "%s", error != NULL ? error->message : "no error");
	folded_init(&folded, line);
	ck_assert_msg(pattern_fits(pattern, &folded, NULL) ==
			  pattern_fits(pattern, &folded, hits),
		      "\"%s\", '%s': fits only when nobody asks for holes", text, line);
	if (!pattern_fits(pattern, &folded, hits))
		return NULL;

	return g_strdup_printf("%.*s|%.*s", (int)(hits[0].end - hits[0].start),
			       line + hits[0].start, (int)(hits[1].end - hits[1].start),
			       line + hits[1].start);
}

static const struct {
	const char *text;
	const char *line;
	const char *want; /* see match() */
} lines[] = {
	/* words only */
	{ "I'd like to connect", "I’d  like to CONNECT.", "|" },
	{ "I'd like to connect", "I'd like to connect with you", NULL },
	{ "I'd like to connect", "Hello, I'd like to connect", NULL },
	{ "I'd like to connect.", "I'd like to connect", "|" },
	{ "  words ", "words", "|" },
	{ "words", "", NULL },

	/* one hole */
	{ "Confirm that you know {inviter}", "Confirm that you know Jane Doe",
	  "Jane Doe|" },
	{ "Confirm that you know {inviter}.", "Confirm that you know Jane Doe.",
	  "Jane Doe|" },
	{ "Confirm that you know {inviter}", "Confirm that you know", NULL },
	{ "Confirm that you know {inviter}", "Confirm that you know  ", NULL },
	{ "{inviter} wants to connect", "Jürgen Doe wants to connect", "Jürgen Doe|" },
	{ "{inviter} wants to connect", "Ju\314\210rgen  wants to connect",
	  "Ju\314\210rgen|" },
	{ "{inviter} wants to connect", "wants to connect", NULL },
	{ "{inviter} wants to connect", " wants to connect", NULL },
	{ "{inviter} wants to connect", "Jane wants to connect now", NULL },
	{ "Hi,{inviter}!", "Hi, Jane !", "Jane|" },
	{ "Hi,{inviter}!", "Hi, !", NULL },
	{ "Hi,{inviter}!", "Hi,!", NULL },
	{ " {inviter} wants ", "Jane wants", "Jane|" },
	{ "\302\240{inviter} wants", "Jane wants", "Jane|" },

	/* the last words are the line's last, a middle one the first place that fits */
	{ "{inviter} at work", "Jane at work at work", "Jane at work|" },
	{ "{inviter} at {company}", "Jane at Inn at Sea", "Jane|Inn at Sea" },
	{ "{inviter} from {company} waits", "Jane from Example Corp waits",
	  "Jane|Example Corp" },
	{ "From {company}: {inviter}", "From Example Corp: Jane", "Jane|Example Corp" },
	{ "{inviter} from {company} waits", "Jane from waits", NULL },
	{ "{inviter} {company} here", "Jane Example Corp here", "Jane|Example Corp" },
	{ "a {inviter} a", "a a a", "a|" },
	{ "a {inviter} a", "a a", NULL },
	{ "aa {inviter} ab", "aa aab ab", "aab|" },
	{ "ab{inviter}ba", "aba", NULL },
	{ "ab{inviter}ba", "abba", NULL },
	{ "ab{inviter}ba", "abxba", "x|" },

	/* the hole nobody asks about may be empty */
	{ "accept * invitation", "Accept Jane's invitation", "|" },
	{ "accept * invitation", "Accept invitation", "|" },
	{ "accept * invitation", "Acceptinvitation", NULL },
	{ "accept * invitation", "Accept an noninvitation", NULL },
	{ "accept * invitation", "Accepting an invitation", NULL },
	{ "accept* invitation", "Accepting an invitation", "|" },
	{ "* wants to connect *", "Jane wants to connect with you", "|" },
	{ "* wants to connect *", "wants to connect", "|" },
	{ "* wants to connect *", "Jane wants to connecting", NULL },
	{ "*want*", "unwanted", "|" },
	{ "*want*", "went", NULL },
	{ "Hi * {inviter}", "Hi Jane", "Jane|" },
	{ "{inviter} * waits", "Jane now waits", "Jane|" },
	{ "{inviter} * waits", "Jane waits", "Jane|" },
	{ "* {inviter} * waits", "now Jane always waits", "Jane|" },
	{ "*: {inviter} waits", "Reminder: Jane waits", "Jane|" },

	/* characters lost on the way */
	{ "möchte {inviter} hören", "m?chte Jane h\357\277\275ren", "Jane|" },
	{ "möchte {inviter} hören", "m\366chte Jane h\366ren", "Jane|" },
	{ "mo\314\210chte {inviter}", "m?chte Jane", "Jane|" },
	{ "I’d say {inviter}", "I?d say Jane", "Jane|" },
	{ "mochte {inviter}", "m?chte Jane", NULL },
	/* but not all of them: any words fit then */
	{ "*领英*", "a \357\277\275\357\277\275 b", NULL },
	{ "領英 {inviter}", "\357\277\275英 Jane", "Jane|" },
	{ "В сети {inviter}", "? ???? Jane", NULL },
	{ "В сети {inviter}", "? ??т? Jane", "Jane|" },
	{ "möchte {inviter}", "mxchte Jane", NULL },
	{ "really? {inviter}", "really? Jane", "Jane|" },

	/* no character may be lost from the name */
	{ "{inviter} waits", "M\374ller waits", "M\374ller|" },
	{ "{inviter} waits", "\342\200\213Jane\302\240waits", "Jane|" },

	/* escapes */
	{ "5 \\* {inviter}", "5 * Jane", "Jane|" },
	{ "5 \\* {inviter}", "5 times Jane", NULL },
	{ "\\{inviter\\} {inviter}", "{inviter} Jane", "Jane|" },
	{ "a\\\\b {inviter}", "a\\b Jane", "Jane|" },
	{ "a\\b {inviter}", "a\\b Jane", "Jane|" },
};

START_TEST(a_pattern_fits_the_whole_line_only)
{
	g_autofree char *got = match(lines[_i].text, lines[_i].line);

	ck_assert_msg(g_strcmp0(got, lines[_i].want) == 0,
		      "\"%s\", '%s': got %s, "
		      "want %s",
		      lines[_i].text, lines[_i].line, got != NULL ? got : "no fit",
		      lines[_i].want != NULL ? lines[_i].want : "no fit");
}
END_TEST

static const struct {
	const char *text;
	const char *want;
} mistakes[] = {
	{ "Hi {sender}", "\"Hi {sender}\": unknown hole {sender}, "
			 "known are {inviter}, {company}" },
	{ "Hi {}", "\"Hi {}\": unknown hole {}, known are {inviter}, {company}" },
	{ "Hi {invite}", "\"Hi {invite}\": unknown hole {invite}, "
			 "known are {inviter}, {company}" },
	{ "Hi {inviter", "\"Hi {inviter\": a \"{\" without its \"}\" "
			 "(write \\{ for the character)" },
	{ "Hi {inviter}{company}", "\"Hi {inviter}{company}\": two holes side by side, "
				   "put words between them" },
	{ "Hi *{inviter}", "\"Hi *{inviter}\": two holes side by side, "
			   "put words between them" },
	{ "Hi **", "\"Hi **\": two holes side by side, put words between them" },
	{ "{inviter}", "\"{inviter}\": no words, it would fit every line" },
	{ "{inviter}.", "\"{inviter}.\": no words, it would fit every line" },
	{ "{inviter} {company}", "\"{inviter} {company}\": no words, "
				 "it would fit every line" },
	{ "*", "\"*\": no words, it would fit every line" },
	{ "", "\"\": no words, it would fit every line" },
	{ " \342\200\213. ", "\" \342\200\213. \": no words, it would fit every line" },
	{ "M\374ller", "a pattern that is not UTF-8" },
};

START_TEST(a_pattern_that_cannot_be_read_says_why)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Pattern) pattern = pattern_new(mistakes[_i].text, holes, &error);

	ck_assert_msg(pattern == NULL, "\"%s\": was read", mistakes[_i].text);
	ck_assert(g_error_matches(error, PATTERN_ERROR, PATTERN_ERROR_SYNTAX));
	ck_assert_str_eq(error->message, mistakes[_i].want);
}
END_TEST

START_TEST(a_pattern_needs_no_holes)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Pattern) pattern = pattern_new("* words *", NULL, &error);
	g_autoptr(Pattern) named = pattern_new("Hi {inviter}", NULL, &error);

	ck_assert_ptr_nonnull(pattern);
	ck_assert_str_eq(pattern_text(pattern), "* words *");
	ck_assert_ptr_null(named);
	ck_assert_ptr_nonnull(error);
}
END_TEST

static const struct {
	const char *text;
	const char *want; /* named holes "N", others "A" */
} examples[] = {
	{ "words only", "words only" },
	{ "{inviter} at {company}", "N at N" },
	{ "* from {inviter} now*", "A from N nowA" },
	{ "a \\* b \\{inviter\\} \\\\", "a * b {inviter} \\" },
};

START_TEST(an_example_has_the_words_and_what_is_given)
{
	g_autoptr(Pattern) pattern = pattern_new(examples[_i].text, holes, NULL);
	g_autofree char *line = pattern_example(pattern, "N", "A");
	g_autofree char *hits = match(examples[_i].text, line);

	ck_assert_str_eq(line, examples[_i].want);
	ck_assert_ptr_nonnull(hits);
}
END_TEST

START_TEST(hits_are_written_only_when_the_line_fits)
{
	g_autoptr(Pattern) pattern = pattern_new("{inviter} waits", holes, NULL);
	g_auto(Folded) other = { 0 };
	g_auto(Folded) line = { 0 };
	PatternHit hits[2] = { { 7, 8 }, { 9, 10 } };

	folded_init(&other, "Jane sleeps");
	ck_assert(!pattern_fits(pattern, &other, hits));
	ck_assert_uint_eq(hits[0].start, 7);
	ck_assert_uint_eq(hits[0].end, 8);

	folded_init(&line, "Jane waits");
	ck_assert(pattern_fits(pattern, &line, hits));
	ck_assert_uint_eq(hits[0].start, 0);
	ck_assert_uint_eq(hits[0].end, 4);
	ck_assert_uint_eq(hits[1].start, hits[1].end);
}
END_TEST

/*
 * Hold the one pass against a search that tries everything, on every short
 * line: taking the first place that fits must never cost a match.
 */
static bool
fits_slowly(const char *text, const char *line)
{
	if (*text == '\0')
		return *line == '\0';
	if (*text == '*')
		return fits_slowly(text + 1, line) ||
		       (*line != '\0' && fits_slowly(text, line + 1));

	return *text == *line && fits_slowly(text + 1, line + 1);
}

START_TEST(going_back_would_find_no_more)
{
	static const char *const texts[] = {
		"ab*",     "*ab",     "*ab*",  "a*b",       "ab*ab", "a*ba*b",
		"*aab*ab", "*a*b*a*", "a*a*a", "*aba*aba*", "*b*ab", "ba*a*",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(Pattern) pattern = pattern_new(texts[i], NULL, NULL);

		for (unsigned bits = 1; bits < 1u << 11; bits++) {
			g_auto(Folded) folded = { 0 };
			char line[12];
			size_t length = 0;

			/* The digits below the first 1 are the line. */
			for (unsigned rest = bits; rest > 1; rest >>= 1)
				line[length++] = rest & 1 ? 'b' : 'a';
			line[length] = '\0';
			folded_init(&folded, line);
			ck_assert_msg(pattern_fits(pattern, &folded, NULL) ==
					  fits_slowly(texts[i], line),
				      "\"%s\", '%s': want %d", texts[i], line,
				      fits_slowly(texts[i], line));
		}
	}
}
END_TEST

START_TEST(a_long_line_is_no_burden)
{
	g_autofree char *line = g_strnfill(1 << 20, 'a');
	g_autoptr(Pattern) pattern =
	    pattern_new("*a*aa*aaa*aaaaaaaaaaaaaaab*c", NULL, NULL);
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, line);
	ck_assert(!pattern_fits(pattern, &folded, NULL));
}
END_TEST

static Suite *
pattern_suite(void)
{
	Suite *suite = suite_create("pattern");
	TCase *reading = tcase_create("reading");
	TCase *fitting = tcase_create("fitting");

	tcase_add_loop_test(reading, a_pattern_that_cannot_be_read_says_why, 0,
			    G_N_ELEMENTS(mistakes));
	tcase_add_test(reading, a_pattern_needs_no_holes);
	suite_add_tcase(suite, reading);

	tcase_add_loop_test(fitting, a_pattern_fits_the_whole_line_only, 0,
			    G_N_ELEMENTS(lines));
	tcase_add_loop_test(fitting, an_example_has_the_words_and_what_is_given, 0,
			    G_N_ELEMENTS(examples));
	tcase_add_test(fitting, hits_are_written_only_when_the_line_fits);
	tcase_add_test(fitting, going_back_would_find_no_more);
	tcase_add_test(fitting, a_long_line_is_no_burden);
	suite_add_tcase(suite, fitting);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(pattern_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_sure_words.c - which words are sure, and what takes that back? */

#include "config.h"

#include "fixture.h"
#include "note/sure-words.h"

#define LANGUAGE                                                                         \
	"[language]\ncode = xx\nname = X\n"                                              \
	"[roles]\nneighbour = next door\nteam = our shift\nmate = my mate\n"             \
	"sale = bargain\nfee = monthly fee\nclick = wrong click\nwhy = your fence\n"

#define RULES                                                                            \
	"[roles]\nnames = neighbour; team; mate; sale; fee; click; why\n"                \
	"[personal nextdoor]\nnear = yes\nstrong = neighbour\nagainst = sale\n"          \
	"[personal team]\nnear = yes\nstrong = team\nplain = mate\nagainst = fee\n"      \
	"[personal met]\nstrong = mate\n"                                                \
	"[vague click]\nidle = yes\nstrong = click\nagainst = why\n"

static const struct {
	const char *note;
	bool is_near;
} notes[] = {
	{ "I live next door", true },
	{ "I live next door, a bargain", false },
	{ "I am of our shift", true },
	{ "I am of our shift for a monthly fee", false },
	/* What speaks against a kind speaks against no other. */
	{ "I live next door for a monthly fee", true },
	{ "I am of our shift, a bargain", true },
	{ "I live next door and am of our shift, a bargain", true },
	{ "I live next door and am of our shift, a bargain for a monthly fee", false },
	/* Not strong, and strong of a kind that is not near. */
	{ "It is my mate", false },
	{ "It is a bargain", false },
};

static Languages *
test_languages(void)
{
	g_autoptr(GPtrArray) files = fixture_files("languages/xx.language", LANGUAGE);
	g_autoptr(GPtrArray) rules = fixture_files("notes/x.rules", RULES);
	g_autoptr(GError) error = NULL;
	Languages *languages = languages_new_with(files, rules, &error);

	ck_assert_msg(languages != NULL, "%s", error != NULL ? error->message : "");

	return languages;
}

START_TEST(what_speaks_against_a_kind_takes_back_that_kind_alone)
{
	g_autoptr(Languages) languages = test_languages();
	g_auto(Wording) wording = { 0 };
	g_auto(Evidence) evidence = { 0 };
	Cues cues = { 0 };

	wording_init(&wording, languages, notes[_i].note, NULL);
	evidence_init(&evidence, &wording, &cues);
	ck_assert_msg(sure_words_tell_near(languages, &evidence) == notes[_i].is_near,
		      "\"%s\": got %s", notes[_i].note,
		      notes[_i].is_near ? "not near" : "near");
}
END_TEST

static const struct {
	const char *note;
	bool is_personal;
} clicks[] = {
	{ "It is my mate", true },
	{ "It is my mate, a wrong click", false },
	{ "It is my mate, a wrong click, and your fence", true },
	/* Who is near needs no reason. */
	{ "I live next door, a wrong click", true },
};

START_TEST(a_reason_that_is_none_makes_no_friend)
{
	g_autoptr(Languages) languages = test_languages();
	g_auto(Wording) wording = { 0 };
	g_auto(Evidence) evidence = { 0 };
	Cues cues = { 0 };
	double likelihoods[SIDE_LAST] = {
		[SIDE_VAGUE] = 0.3, [SIDE_PITCH] = 0.1, [SIDE_PERSONAL] = 0.6
	};

	wording_init(&wording, languages, clicks[_i].note, NULL);
	evidence_init(&evidence, &wording, &cues);
	sure_words_weigh(languages, &evidence, likelihoods);
	ck_assert_msg((likelihoods[SIDE_PERSONAL] > 0) == clicks[_i].is_personal,
		      "\"%s\": got %.2f personal", clicks[_i].note,
		      likelihoods[SIDE_PERSONAL]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sure-words");
	TCase *near = tcase_create("near");

	tcase_add_loop_test(near, what_speaks_against_a_kind_takes_back_that_kind_alone,
			    0, G_N_ELEMENTS(notes));
	tcase_add_loop_test(near, a_reason_that_is_none_makes_no_friend, 0,
			    G_N_ELEMENTS(clicks));
	suite_add_tcase(suite, near);

	return fixture_run(suite);
}

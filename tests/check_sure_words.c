/* SPDX-License-Identifier: BSD-2-Clause */
/* check_sure_words.c - which words are sure, and what takes that back? */

#include "config.h"

#include "fixture.h"
#include "note/sure-words.h"

#define LANGUAGE                                                                         \
	"[language]\ncode = xx\nname = X\n"                                              \
	"[roles]\nneighbour = next door\nteam = our shift\nmate = my mate\n"             \
	"sale = bargain\nfee = monthly fee\n"

#define RULES                                                                            \
	"[roles]\nnames = neighbour; team; mate; sale; fee\n"                            \
	"[personal nextdoor]\nnear = yes\nstrong = neighbour\nagainst = sale\n"          \
	"[personal team]\nnear = yes\nstrong = team\nplain = mate\nagainst = fee\n"      \
	"[personal met]\nstrong = mate\n"

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

START_TEST(what_speaks_against_a_kind_takes_back_that_kind_alone)
{
	g_autoptr(GPtrArray) files = fixture_files("languages/xx.language", LANGUAGE);
	g_autoptr(GPtrArray) rules = fixture_files("notes/x.rules", RULES);
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = languages_new_with(files, rules, &error);
	g_auto(Wording) wording = { 0 };
	g_auto(Evidence) evidence = { 0 };
	Cues cues = { 0 };

	ck_assert_msg(languages != NULL, "%s", error != NULL ? error->message : "");
	wording_init(&wording, languages, notes[_i].note, NULL);
	evidence_init(&evidence, &wording, &cues);
	ck_assert_msg(sure_words_tell_near(languages, &evidence) == notes[_i].is_near,
		      "\"%s\": got %s", notes[_i].note,
		      notes[_i].is_near ? "not near" : "near");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sure-words");
	TCase *near = tcase_create("near");

	tcase_add_loop_test(near, what_speaks_against_a_kind_takes_back_that_kind_alone,
			    0, G_N_ELEMENTS(notes));
	suite_add_tcase(suite, near);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_cue.c - are cues weighed as the manual says, and signs found in any language? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "note/cue.h"
#include "note/default-text.h"
#include "note/note.h"
#include "note/signals.h"

#define END CUE_LAST

START_TEST(many_weak_words_of_a_kind_weigh_no_more_than_two)
{
	g_auto(Cues) cues = { 0 };

	for (size_t i = 0; i < 50; i++)
		cues_add(&cues, CUE_OFFER, CUE_WEAK, g_strdup("solution"));
	ck_assert_uint_eq(cues.found[CUE_OFFER].weight, 2);
	cues_add(&cues, CUE_OFFER, CUE_STRONG, g_strdup("we help"));
	ck_assert_str_eq(cues.found[CUE_OFFER].words, "we help");
}
END_TEST

static const struct {
	const char *text;
	const char *want; /* reasons, joined by ", " */
} signs[] = {
	{ "", "" },
	{ "Hi {firstName}, well", "pitch:template-field \"{firstName}\"" },
	{ "Hi {{ first }}", "pitch:template-field \"{{ first }\"" },
	{ "Hi {{ first | there }}", "pitch:template-field \"{{ first |\"" },
	{ "{Hi|Hello} Ann", "pitch:template-field \"{Hi|\"" },
	{ "Hi {{contact.first_name}},",
	  "pitch:template-field \"{{contact.first_name}\"" },
	{ "Hi [First Name]", "pitch:template-field \"[First Name]\"" },
	{ "Hi [sic] Bob", "" },
	{ "at [Your Firm]", "pitch:template-field \"[Your Firm]\"" },
	{ "at <company>", "pitch:template-field \"company\"" },
	{ "at [the firm]", "" },
	{ "Hi <Name>", "pitch:template-field \"Name\"" },
	{ "I <3 you", "" },
	{ "Hi %FIRSTNAME%", "pitch:template-field \"%FIRSTNAME%\"" },
	{ "20% of 30% off", "" },
	{ "50% of a name 20%", "" },
	{ "100%name% sure", "" },
	{ "at %%COMPANY NAME%%", "pitch:template-field \"%%COMPANY NAME%\"" },
	{ "at __COMPANY__ today", "pitch:template-field \"__COMPANY__\"" },
	{ "at __COMPANY_NAME__", "pitch:template-field \"__COMPANY_NAME__\"" },
	{ "your __init__ and my__name__", "" },
	{ "Hi #FirstName#", "pitch:template-field \"#FirstName#\"" },
	{ "#name #company", "" },
	{ "Hallo [Vorname]", "pitch:template-field \"[Vorname]\"" },
	{ "Bonjour {pr\303\251nom}", "pitch:template-field \"{pr\303\251nom}\"" },
	{ "chez [Soci\303\251t\303\251]",
	  "pitch:template-field \"[Soci\303\251t\303\251]\"" },
	{ "une [\303\251conomie] vraie", "" },
	{ "Hola [nombre]", "pitch:template-field \"[nombre]\"" },
	{ "Ciao [NOME]", "pitch:template-field \"[NOME]\"" },
	{ "Dag [naam]", "pitch:template-field \"[naam]\"" },
	{ "\320\227\320\264\321\200\320\260\320\262\321\201\321\202\320\262\321\203\320"
	  "\271, [\320\230\320\274\321\217]",
	  "pitch:template-field \"[\320\230\320\274\321\217]\"" },
	{ "[\345\220\215\345\211\215]\346\247\230",
	  "pitch:template-field \"[\345\220\215\345\211\215]\"" },
	{ "\343\200\220\344\274\232\347\244\276\345\220\215\343\200\221",
	  "pitch:template-field "
	  "\"\343\200\220\344\274\232\347\244\276\345\220\215\343\200\221\"" },
	{ "a [renamed] <title> tag [1]", "" },
	{ "Hi *|FNAME|*", "pitch:template-field \"*|FNAME|*\"" },
	{ "call +31 20 555 0100 now", "pitch:phone \"+31 20 555 0100\"" },
	{ "(020) 5550-100-1", "pitch:phone \"(020) 5550-100-1\"" },
	{ "call 1\342\200\221808\342\200\220555\342\200\2210147",
	  "pitch:phone \"1-808-555-0147\"" },
	{ "\357\274\204\357\274\224\357\274\231\357\274\231 today",
	  "pitch:price \"$499\"" },
	{ "5.3.2026\342\200\2237.3.2026", "" },
	{ "in 2024 and 2025", "" },
	{ "10.000.000.000.000.000", "" },
	{ "for $500 a day", "pitch:price \"$500\"" },
	{ "99 \342\202\254", "pitch:price \"99 \342\202\254\"" },
	{ "see https://example.org/x", "pitch:link \"https://example.org/x\"" },
	{ "\350\246\213\343\201\246 https://example.org/x\343\202\222",
	  "pitch:link \"https://example.org/x\"" },
	{ "WWW.example.org", "pitch:link \"WWW.example.org\"" },
	{ "ahttp://x", "" },
	{ "{", "" },
	{ "{{{{{{{{", "" },
};

START_TEST(signs_are_found_in_any_language)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_auto(Cues) cues = { 0 };
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *got = NULL;

	signals_add(&cues, assessor_languages(assessor)->field_words, signs[_i].text);
	for (int cue = 0; cue < CUE_LAST; cue++)
		if (cues.found[cue].words != NULL)
			g_ptr_array_add(reasons, cues_reason(&cues, (Cue)cue));
	g_ptr_array_add(reasons, NULL);
	got = g_strjoinv(", ", (char **)reasons->pdata);
	ck_assert_msg(g_str_equal(got, signs[_i].want), "%s: got %s, want %s",
		      signs[_i].text, got, signs[_i].want);
}
END_TEST

#define EN "I'd like to add you to my professional network on LinkedIn."

static const struct {
	const char *text;
	bool is_default;
} fuzzy[] = {
	{ EN, true },
	{ "I'd like to add you to my profesional network on LinkedIn", true },
	{ "Id like too ad you to my professional network on Linkedin", true },
	{ "I'd like to add you to my professional network on XING.", true },
	{ "I'd like to add you to my professional netw", true },
	{ "I'd like to add you", false },
	{ "I'd like to add you to my profession\320\260l netw\320\276rk on LinkedIn",
	  true },
	{ "I'd like to add you to the list of speakers on Linux.", false },
	{ "I'd like to add you to my professional network on LinkedIn. We met in Ghent.",
	  false },
	{ "I\357\277\275d like to add you to my professional network on LinkedIn.",
	  true },
	{ "Ich m?chte Sie zu meinem beruflichen Netzwerk auf LinkedIn hinzuf?gen.",
	  true },
	{ "", false },
};

START_TEST(a_default_text_stays_one_with_letters_wrong)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	size_t edits = 0;
	const DefaultText *got =
	    default_text_of(assessor_languages(assessor), fuzzy[_i].text, &edits);

	ck_assert_msg((got != NULL) == fuzzy[_i].is_default, "%s: got %s, %zu edits",
		      fuzzy[_i].text, got != NULL ? got->key : "none", edits);
	ck_assert_uint_le(edits, DEFAULT_TEXT_MAX_EDITS + 1);
}
END_TEST

static const struct {
	const char *text, *recipient, *about, *want; /* want: a reason */
} facts[] = {
	{ "Hi Bob, let's connect", "Bob Ray", NULL, "greeting:by-name" },
	{ "Hi Bobby, let's connect", "Robert Ray", NULL, "greeting:by-name" },
	{ "Hi Maria, let's connect", "Bob Ray", NULL, "pitch:wrong-name \"Maria\"" },
	{ "Are you at type systems, too?", NULL, "type systems",
	  "context:about \"type systems\"" },
	{ "I'd like to join your professionel network", NULL, NULL,
	  "default:linkedin-en-5 1 edits" },
	{ "Hej! Jag vill g\303\244rna ha dig i mitt n\303\244tverk p\303\245 LinkedIn.",
	  NULL, NULL, "default:structural" },
};

START_TEST(what_is_known_of_the_reader_is_evidence)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	const char *const about[] = { facts[_i].about, NULL };
	NoteNames names = { .recipient = facts[_i].recipient,
			    .network = "LinkedIn",
			    .rules = assessor_rules(assessor)->names,
			    .about = about };
	g_autoptr(Note) note =
	    note_judge(assessor_languages(assessor), facts[_i].text, &names);
	g_autofree char *all = NULL;

	g_ptr_array_add(note->reasons, NULL);
	all = g_strjoinv(", ", (char **)note->reasons->pdata);
	ck_assert_msg(strstr(all, facts[_i].want) != NULL, "%s: got %s, want %s",
		      facts[_i].text, all, facts[_i].want);
}
END_TEST

static const struct {
	struct {
		Cue cue;
		size_t weight;
	} found[3];
	bool want;
} pasts[] = {
	{ { { END } }, false },
	{ { { CUE_MET, 2 }, { END } }, true },
	{ { { CUE_TOGETHER, 2 }, { END } }, true },
	{ { { CUE_MUTUAL, 2 }, { END } }, true },
	{ { { CUE_REFERRAL, 2 }, { END } }, true },
	{ { { CUE_ABOUT, 2 }, { END } }, true },
	{ { { CUE_CALL, 2 }, { CUE_MET, 2 }, { END } }, true },
	/* A hint of one, twice even; and what a template may pretend. */
	{ { { CUE_MET, 1 }, { CUE_TOGETHER, 1 }, { END } }, false },
	{ { { CUE_MET, 1 }, { CUE_MET, 1 }, { END } }, false },
	{ { { CUE_YOURS, 2 }, { CUE_SHARED, 2 }, { END } }, false },
	{ { { CUE_REASON, 2 }, { CUE_OFFER, 2 }, { END } }, false },
};

START_TEST(a_shared_past_is_more_than_a_hint)
{
	g_auto(Cues) cues = { 0 };

	for (size_t i = 0; i < 3 && pasts[_i].found[i].cue != END; i++)
		cues_add(&cues, pasts[_i].found[i].cue, pasts[_i].found[i].weight,
			 g_strdup("words"));
	ck_assert_msg(cues_tell_shared_past(&cues) == pasts[_i].want, "row %d", _i);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("cue");
	TCase *cue = tcase_create("cue");

	tcase_add_loop_test(cue, a_shared_past_is_more_than_a_hint, 0,
			    G_N_ELEMENTS(pasts));
	tcase_add_test(cue, many_weak_words_of_a_kind_weigh_no_more_than_two);
	tcase_add_loop_test(cue, signs_are_found_in_any_language, 0, G_N_ELEMENTS(signs));
	tcase_add_loop_test(cue, a_default_text_stays_one_with_letters_wrong, 0,
			    G_N_ELEMENTS(fuzzy));
	tcase_add_loop_test(cue, what_is_known_of_the_reader_is_evidence, 0,
			    G_N_ELEMENTS(facts));
	suite_add_tcase(suite, cue);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_verdict.c - does the table give the words that the manual promises? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "judge/verdict.h"

#define UNVERIFIED AUTHENTICITY_UNVERIFIED
#define VERIFIED   AUTHENTICITY_VERIFIED
#define FORGED     AUTHENTICITY_FORGED

/* What was found, and the words for it; plain where the network takes no replies. */
static const struct {
	Authenticity authenticity;
	Relation relation;
	Request request;
	NoteClass note;
	const char *verdict, *answer, *plain;
} table[] = {
	/* forged, whatever else */
	{ FORGED, RELATION_STRANGER, REQUEST_NONE, NOTE_NONE, "forged", "report",
	  "report" },
	{ FORGED, RELATION_KNOWN, REQUEST_CONNECT, NOTE_PERSONAL, "forged", "report",
	  "report" },
	{ FORGED, RELATION_IMPOSTOR, REQUEST_ENDORSE, NOTE_PITCH, "forged", "report",
	  "report" },
	/* impostor */
	{ UNVERIFIED, RELATION_IMPOSTOR, REQUEST_CONNECT, NOTE_PERSONAL, "impostor",
	  "consider", "consider" },
	{ VERIFIED, RELATION_IMPOSTOR, REQUEST_RECOMMEND, NOTE_PITCH, "impostor",
	  "consider", "consider" },
	/* favours, unless a friend asks, proven or not; for notes see below */
	{ VERIFIED, RELATION_STRANGER, REQUEST_RECOMMEND, NOTE_PERSONAL, "spammy",
	  "ignore", "ignore" },
	{ UNVERIFIED, RELATION_NAMESAKE, REQUEST_ENDORSE, NOTE_NONE, "spammy", "ignore",
	  "ignore" },
	{ VERIFIED, RELATION_LIKELY, REQUEST_ENDORSE, NOTE_NONE, "known", "consider",
	  "consider" },
	{ UNVERIFIED, RELATION_KNOWN, REQUEST_RECOMMEND, NOTE_PERSONAL, "known",
	  "consider", "consider" },
	{ VERIFIED, RELATION_KNOWN, REQUEST_RECOMMEND, NOTE_DEFAULT, "known", "consider",
	  "consider" },
	/* known */
	{ VERIFIED, RELATION_KNOWN, REQUEST_CONNECT, NOTE_DEFAULT, "known", "accept",
	  "accept" },
	{ VERIFIED, RELATION_KNOWN, REQUEST_CONNECT, NOTE_PITCH, "known", "accept",
	  "accept" },
	{ UNVERIFIED, RELATION_KNOWN, REQUEST_CONNECT, NOTE_DEFAULT, "known", "consider",
	  "consider" },
	{ VERIFIED, RELATION_LIKELY, REQUEST_CONNECT, NOTE_NONE, "known", "consider",
	  "consider" },
	{ VERIFIED, RELATION_KNOWN, REQUEST_GROUP, NOTE_NONE, "known", "consider",
	  "consider" },
	/* by the note */
	{ UNVERIFIED, RELATION_STRANGER, REQUEST_CONNECT, NOTE_PITCH, "spammy", "ignore",
	  "ignore" },
	{ VERIFIED, RELATION_NAMESAKE, REQUEST_EVENT, NOTE_PITCH, "spammy", "ignore",
	  "ignore" },
	{ UNVERIFIED, RELATION_STRANGER, REQUEST_CONNECT, NOTE_PERSONAL, "personal",
	  "consider", "consider" },
	{ UNVERIFIED, RELATION_UNKNOWN, REQUEST_FOLLOW, NOTE_PERSONAL, "personal",
	  "consider", "consider" },
	{ UNVERIFIED, RELATION_STRANGER, REQUEST_CONNECT, NOTE_DEFAULT, "default-text",
	  "reply-dont-accept", "ignore" },
	{ VERIFIED, RELATION_NAMESAKE, REQUEST_JOIN, NOTE_DEFAULT, "default-text",
	  "consider", "consider" },
	{ UNVERIFIED, RELATION_STRANGER, REQUEST_FOLLOW, NOTE_DEFAULT, "default-text",
	  "reply-dont-accept", "ignore" },
	/* nothing to go by */
	{ UNVERIFIED, RELATION_UNKNOWN, REQUEST_CONNECT, NOTE_NONE, "contextless",
	  "reply-dont-accept", "ignore" },
	{ VERIFIED, RELATION_STRANGER, REQUEST_CONNECT, NOTE_VAGUE, "contextless",
	  "reply-dont-accept", "ignore" },
	{ UNVERIFIED, RELATION_STRANGER, REQUEST_FOLLOW, NOTE_NONE, "contextless",
	  "ignore", "ignore" },
	/* a meeting, a group, a place: without a note, too */
	{ UNVERIFIED, RELATION_STRANGER, REQUEST_EVENT, NOTE_NONE, "contextless",
	  "consider", "consider" },
	{ VERIFIED, RELATION_UNKNOWN, REQUEST_EVENT, NOTE_VAGUE, "contextless",
	  "consider", "consider" },
	{ UNVERIFIED, RELATION_STRANGER, REQUEST_GROUP, NOTE_NONE, "contextless",
	  "consider", "consider" },
	{ UNVERIFIED, RELATION_STRANGER, REQUEST_JOIN, NOTE_VAGUE, "contextless",
	  "consider", "consider" },
	{ UNVERIFIED, RELATION_STRANGER, REQUEST_JOIN, NOTE_PITCH, "spammy", "ignore",
	  "ignore" },
};

static void
check_row(size_t row, bool takes_replies, const char *wanted)
{
	Findings findings = { table[row].authenticity, table[row].relation,
			      table[row].request,      table[row].note,
			      takes_replies,           NULL };
	Answer answer = ANSWER_NONE;
	const char *verdict = verdict_name(verdict_of(&findings, &answer));

	ck_assert_msg(
	    g_str_equal(verdict, table[row].verdict) &&
		g_str_equal(verdict_answer_name(answer), wanted),
	    "%s, %s, %s, %s: got %s and %s, want %s and %s",
	    authenticity_name(findings.authenticity), relation_name(findings.relation),
	    network_request_name(findings.request), note_class_name(findings.note),
	    verdict, verdict_answer_name(answer), table[row].verdict, wanted);
}

START_TEST(each_row_gives_its_words)
{
	check_row((size_t)_i, true, table[_i].answer);
	check_row((size_t)_i, false, table[_i].plain);
}
END_TEST

/* A banner with another mark is innocent, but where somebody is an impostor already. */
START_TEST(a_foreign_banner_weighs_with_impostors_alone)
{
	for (int relation = 0; relation < RELATION_LAST; relation++)
		for (int note = 0; note < NOTE_LAST; note++) {
			Findings findings = { .authenticity = (Authenticity)_i,
					      .relation = (Relation)relation,
					      .request = REQUEST_CONNECT,
					      .note = (NoteClass)note };
			Answer answer, foreign_answer;
			Verdict verdict = verdict_of(&findings, &answer), foreign;

			findings.has_foreign_block = true;
			foreign = verdict_of(&findings, &foreign_answer);
			ck_assert_int_eq(foreign, verdict);
			if (verdict == VERDICT_IMPOSTOR && _i != VERIFIED)
				ck_assert_int_eq(foreign_answer, ANSWER_REPORT);
			else
				ck_assert_int_eq(foreign_answer, answer);
		}
}
END_TEST

/* A favour asked by somebody with a past that the note tells is answered. */
START_TEST(a_past_that_the_note_tells_earns_a_favour_a_reply)
{
	Findings findings = { .authenticity = VERIFIED,
			      .relation = RELATION_STRANGER,
			      .request = _i == 0 ? REQUEST_RECOMMEND : REQUEST_ENDORSE,
			      .note = NOTE_PERSONAL,
			      .tells_past = true };
	Answer answer = ANSWER_NONE;

	ck_assert_int_eq(verdict_of(&findings, &answer), VERDICT_PERSONAL);
	ck_assert_int_eq(answer, ANSWER_CONSIDER);
	findings.note = NOTE_PITCH;
	ck_assert_int_eq(verdict_of(&findings, &answer), VERDICT_SPAMMY);
	ck_assert_int_eq(answer, ANSWER_IGNORE);
}
END_TEST

static void
check_answer(const Findings *findings)
{
	Answer answer = ANSWER_NONE;
	Verdict verdict = verdict_of(findings, &answer);

	ck_assert(verdict > VERDICT_NONE && verdict < VERDICT_LAST);
	ck_assert(answer > ANSWER_NONE && answer < ANSWER_LAST);
	/* Nothing but a network that vouches for someone known is ever accepted. */
	ck_assert(answer != ANSWER_ACCEPT || (findings->authenticity == VERIFIED &&
					      findings->relation == RELATION_KNOWN &&
					      findings->request == REQUEST_CONNECT));
	ck_assert((verdict == VERDICT_FORGED) == (findings->authenticity == FORGED));
	ck_assert(answer != ANSWER_REPLY_DONT_ACCEPT || findings->takes_replies);
	/* A meeting, a group or a place is ignored for what it says alone. */
	ck_assert(answer != ANSWER_IGNORE || findings->note == NOTE_PITCH ||
		  (findings->request != REQUEST_EVENT &&
		   findings->request != REQUEST_GROUP &&
		   findings->request != REQUEST_JOIN));
}

/* _i is the authenticity. */
START_TEST(there_is_an_answer_to_everything)
{
	for (int relation = 0; relation < RELATION_LAST; relation++)
		for (int request = 0; request < REQUEST_LAST; request++)
			for (int note = 0; note < NOTE_LAST; note++)
				for (int replies = 0; replies < 2; replies++) {
					Findings findings = {
						(Authenticity)_i, (Relation)relation,
						(Request)request, (NoteClass)note,
						replies == 1,     NULL
					};

					check_answer(&findings);
				}
}
END_TEST

/* "known" is a relation and a verdict, so names are compared within one kind only. */
static void
check_names(const char *const *names, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		ck_assert_ptr_nonnull(names[i]);
		ck_assert(names[i][0] != '\0');
		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(names[i], names[j]);
	}
}

START_TEST(every_value_has_a_name_of_its_own)
{
	const char *verdicts[VERDICT_LAST], *answers[ANSWER_LAST],
	    *requests[REQUEST_LAST], *notices[NOTICE_LAST], *notes[NOTE_LAST],
	    *relations[RELATION_LAST], *authenticities[AUTHENTICITY_LAST];

	for (int i = 0; i < VERDICT_LAST; i++)
		verdicts[i] = verdict_name((Verdict)i);
	for (int i = 0; i < ANSWER_LAST; i++)
		answers[i] = verdict_answer_name((Answer)i);
	for (int i = 0; i < REQUEST_LAST; i++)
		requests[i] = network_request_name((Request)i);
	for (int i = 0; i < NOTICE_LAST; i++)
		notices[i] = network_notice_name((Notice)i);
	for (int i = 0; i < NOTE_LAST; i++)
		notes[i] = note_class_name((NoteClass)i);
	for (int i = 0; i < RELATION_LAST; i++)
		relations[i] = relation_name((Relation)i);
	for (int i = 0; i < AUTHENTICITY_LAST; i++)
		authenticities[i] = authenticity_name((Authenticity)i);
	check_names(verdicts, VERDICT_LAST);
	check_names(answers, ANSWER_LAST);
	check_names(requests, REQUEST_LAST);
	check_names(notices, NOTICE_LAST);
	check_names(notes, NOTE_LAST);
	check_names(relations, RELATION_LAST);
	check_names(authenticities, AUTHENTICITY_LAST);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("verdict");
	TCase *verdict = tcase_create("verdict");

	tcase_add_loop_test(verdict, each_row_gives_its_words, 0, G_N_ELEMENTS(table));
	tcase_add_loop_test(verdict, there_is_an_answer_to_everything, 0,
			    AUTHENTICITY_LAST);
	tcase_add_loop_test(verdict, a_foreign_banner_weighs_with_impostors_alone, 0,
			    AUTHENTICITY_LAST);
	tcase_add_loop_test(verdict, a_past_that_the_note_tells_earns_a_favour_a_reply, 0,
			    2);
	tcase_add_test(verdict, every_value_has_a_name_of_its_own);
	suite_add_tcase(suite, verdict);

	return fixture_run(suite);
}

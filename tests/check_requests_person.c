/* SPDX-License-Identifier: BSD-2-Clause */
/* check_requests_person.c - what does a mail teach that its owner filed by hand? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "requests/requests-person.h"
#include "requests/requests.h"

#define GUEST   "linkedin/guest-2010-default.eml"
#define MEMBER  "linkedin/member-2024-default.eml"
#define PROFILE "https://www.linkedin.com/in/kwabena-osei-tutu"
#define KWABENA PROFILE "|Kwabena Osei-Tutu|Adinkra Partners"
#define THIJS   "thijs@example.org|Thijs van Rozendaal|Waterkant Automatisering"

#define NEW     "{\"learnt\":[\"new\"]}"
#define UPDATED "{\"learnt\":[\"updated\"]}"
#define SAME    "{\"learnt\":[\"known already\"]}"
#define NOBODY  "{\"forgotten\":0}"
#define ONE     "{\"forgotten\":1}"
#define NONE    "{\"untaught\":\"no invitation\"}"
#define FORGED  "{\"untaught\":\"forged\"}"
#define POSES   "{\"untaught\":\"poses as somebody known\"}"

static const struct {
	const char *mail, *head;          /* and what stands before it, or NULL */
	FixtureContact before;            /* somebody who is known; all NULL: nobody */
	const char *known, *known_people; /* the answer, and whom the owner knows then */
	const char *stranger,
	    *stranger_people; /* likewise, of the other command instead */
} rows[] = {
	{ GUEST, NULL, { 0 }, NEW, THIJS, NOBODY, "" },
	{ MEMBER, NULL, { 0 }, NEW, KWABENA, NOBODY, "" },
	{ "linkedin/reminder-2013-dated.eml",
	  NULL,
	  { 0 },
	  NEW,
	  "mehmet@example.org|Mehmet Karaosman",
	  NOBODY,
	  "" },
	/* It says nothing of people, or nothing that could be believed. */
	{ "ordinary/plain.eml", NULL, { 0 }, NONE, "", NONE, "" },
	{ "ordinary/verdict-fields-of-the-sender.eml", NULL, { 0 }, NONE, "", NONE, "" },
	{ "linkedin/lookalike-messages-digest.eml", NULL, { 0 }, NONE, "", NONE, "" },
	{ "linkedin/notice-accepted-2025.eml", NULL, { 0 }, NONE, "", NONE, "" },
	{ "linkedin/near-forwarded-by-a-human.eml", NULL, { 0 }, NONE, "", NONE, "" },
	{ "linkedin/forged-look-alike-domain.eml", NULL, { 0 }, FORGED, "", FORGED, "" },
	{ "linkedin/forged-real-domain-link-outside.eml",
	  NULL,
	  { 0 },
	  FORGED,
	  "",
	  FORGED,
	  "" },
	/* The network's own address is nobody's. */
	{ MEMBER,
	  "Reply-To: <invitations@linkedin.com>\r\n",
	  { 0 },
	  NEW,
	  KWABENA,
	  NOBODY,
	  "" },
	/* A known person is not changed, whatever is written into the mail. */
	{ MEMBER,
	  NULL,
	  { .source = SOURCE_ADDED, .url = PROFILE },
	  SAME,
	  PROFILE,
	  ONE,
	  "" },
	{ MEMBER,
	  "Reply-To: Kwabena Osei-Tutu <eve@example.org>\r\n",
	  { .source = SOURCE_ADDED, .url = PROFILE },
	  SAME,
	  PROFILE,
	  ONE,
	  "" },
	/* All of them is forgotten, wherever it is from. */
	{ MEMBER,
	  NULL,
	  { SOURCE_SENT, "Kwabena Osei-Tutu", NULL, "kwabena@example.com", PROFILE,
	    1000 },
	  SAME,
	  "kwabena@example.com|" PROFILE "|Kwabena Osei-Tutu",
	  ONE,
	  "" },
	/* Two may have one name: only who is known by the owner's hand is meant. */
	{ MEMBER,
	  NULL,
	  { .source = SOURCE_ADDED, .name = "Kwabena Osei-Tutu" },
	  UPDATED,
	  KWABENA,
	  NOBODY,
	  "Kwabena Osei-Tutu" },
	{ MEMBER,
	  NULL,
	  { .source = SOURCE_HAND, .name = "Kwabena Osei-Tutu" },
	  UPDATED,
	  KWABENA,
	  ONE,
	  "" },
	{ MEMBER,
	  NULL,
	  { .source = SOURCE_HAND, .name = "Kofi Mensah" },
	  NEW,
	  "Kofi Mensah; " KWABENA,
	  NOBODY,
	  "Kofi Mensah" },
	/* An impostor becomes nobody known, and the real person stays known. */
	{ MEMBER,
	  NULL,
	  { SOURCE_HAND, "Kwabena Osei-Tutu", "Adinkra Partners", NULL,
	    "https://www.linkedin.com/in/the-real-one", 1000 },
	  POSES,
	  "https://www.linkedin.com/in/the-real-one|Kwabena Osei-Tutu|Adinkra Partners",
	  POSES,
	  "https://www.linkedin.com/in/the-real-one|Kwabena Osei-Tutu|Adinkra Partners" },
};

/* A RequestsTell: one line. */
static bool
listen_to(void *context, const char *line)
{
	g_string_append(context, line);

	return true;
}

static void
check_command(int row, const char *command, const char *want, const char *want_people)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	const AccessClient owner = { FIXTURE_OWNER, false };
	Store *store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GString) mail = fixture_mail(rows[row].mail), got = g_string_new(NULL);
	g_autofree char *text = NULL, *request = NULL, *people = NULL;

	assessor_set_store(assessor, store);
	if (rows[row].before.name != NULL || rows[row].before.url != NULL)
		fixture_learn(store, assessor, &rows[row].before);
	g_string_prepend(mail, rows[row].head != NULL ? rows[row].head : "");
	text = g_base64_encode((const guchar *)mail->str, mail->len);
	request = g_strdup_printf("{\"do\":\"%s\",\"mail\":\"%s\"}", command, text);
	requests_answer(store, assessor, &owner, request, FIXTURE_NOW, listen_to, got);
	people = fixture_people(store, FIXTURE_OWNER);
	ck_assert_msg(g_str_equal(got->str, want) && g_str_equal(people, want_people),
		      "row %d, %s: %s: got %s and %s, want %s and %s", row,
		      rows[row].mail, command, got->str, people, want, want_people);
}

START_TEST(who_invites_in_a_mail_is_known_from_then_on)
{
	check_command(_i, "known", rows[_i].known, rows[_i].known_people);
}
END_TEST

START_TEST(who_invites_in_a_mail_is_a_stranger_from_then_on)
{
	check_command(_i, "stranger", rows[_i].stranger, rows[_i].stranger_people);
}
END_TEST

START_TEST(who_is_known_by_hand_is_told_so)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(MEMBER);
	g_auto(Contact) inviter = { 0 };
	g_autoptr(Assessment) assessment = NULL;
	RequestsPerson lesson;
	Learnt learnt;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	ck_assert(requests_person_of_mail(assessor, FIXTURE_OWNER, mail->str, mail->len,
					  FIXTURE_NOW, &lesson, &inviter, NULL));
	ck_assert_int_eq(lesson, REQUESTS_PERSON_TEACHES);
	ck_assert(learn_contacts(assessor_store(assessor), assessor_rules(assessor),
				 FIXTURE_OWNER, &inviter, 1, FIXTURE_NOW, &learnt, NULL));
	assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	ck_assert_str_eq(assessment->reasons->pdata[assessment->reasons->len - 1],
			 "relation:known profile 2026-01-15 hand");
}
END_TEST

/* Without the store an impostor cannot be told, so nobody becomes known. */
START_TEST(a_store_in_trouble_is_told)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(MEMBER);
	g_autoptr(GError) error = NULL;
	g_auto(Contact) inviter = { 0 };
	RequestsPerson lesson;

	assessor_set_store(assessor,
			   store_new("sqlite:/nonexistent/people", STORE_SERVE));
	ck_assert(!requests_person_of_mail(assessor, FIXTURE_OWNER, mail->str, mail->len,
					   FIXTURE_NOW, &lesson, &inviter, &error));
	ck_assert_ptr_nonnull(strstr(error->message, "/nonexistent/people"));
}
END_TEST

static const struct {
	const char *request, *want;
} requests[] = {
	{ "{\"do\":\"known\"}", "{\"error\":\"there is no mail in the request\"}" },
	{ "{\"do\":\"stranger\",\"mail\":\"\"}",
	  "{\"error\":\"there is no mail in the request\"}" },
	{ "{\"do\":\"known\",\"mail\":[\"eA==\"]}",
	  "{\"error\":\"there is no mail in the request\"}" },
	{ "{\"do\":\"known\",\"mail\":\"%%%\"}", "{\"error\":\"" },
	{ "{\"do\":\"known\",\"mail\":\"AAAAAAAA\"}", "{\"" },
	{ "{\"do\":\"known\",\"owner\":\"omar@example.net\",\"mail\":\"eA==\"}",
	  "{\"refused\":\"right\",\"error\":\"this mailbox is not yours\"}" },
};

START_TEST(a_request_without_a_mail_does_no_harm)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	const AccessClient owner = { FIXTURE_OWNER, false };
	g_autoptr(GString) got = g_string_new(NULL);
	g_autofree char *people = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	requests_answer(assessor_store(assessor), assessor, &owner, requests[_i].request,
			FIXTURE_NOW, listen_to, got);
	people = fixture_people(assessor_store(assessor), FIXTURE_OWNER);
	ck_assert_msg(g_str_has_prefix(got->str, requests[_i].want) && people[0] == '\0',
		      "%s: got %s, want %s", requests[_i].request, got->str,
		      requests[_i].want);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("requests-person");
	TCase *filed = tcase_create("filed");

	tcase_add_loop_test(filed, who_invites_in_a_mail_is_known_from_then_on, 0,
			    G_N_ELEMENTS(rows));
	tcase_add_loop_test(filed, who_invites_in_a_mail_is_a_stranger_from_then_on, 0,
			    G_N_ELEMENTS(rows));
	tcase_add_test(filed, who_is_known_by_hand_is_told_so);
	tcase_add_test(filed, a_store_in_trouble_is_told);
	tcase_add_loop_test(filed, a_request_without_a_mail_does_no_harm, 0,
			    G_N_ELEMENTS(requests));
	suite_add_tcase(suite, filed);
	fixture_load();

	return fixture_run(suite);
}

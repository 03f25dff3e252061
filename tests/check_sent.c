/* SPDX-License-Identifier: BSD-2-Clause */
/* check_sent.c - does a mail that went out make its recipients known? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "mail/message.h"
#include "people/sent.h"

/* A head of these lines; a fold is "\n ". */
static Head *
head_of(const char *lines)
{
	Head *head = head_new();
	g_auto(GStrv) fields = g_regex_split_simple("\\n(?! )", lines, 0, 0);

	for (size_t i = 0; fields[i] != NULL; i++) {
		char *colon = strchr(fields[i], ':');

		if (colon == NULL)
			continue;
		*colon = '\0';
		head_add(head, fields[i], colon + 1);
	}

	return head;
}

/* Words separated by blanks; NULL for NULL. */
static GPtrArray *
list_of(const char *words)
{
	g_auto(GStrv) parts = NULL;
	GPtrArray *list;

	if (words == NULL)
		return NULL;
	parts = g_strsplit(words, " ", -1);
	list = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; parts[i] != NULL; i++)
		if (parts[i][0] != '\0')
			g_ptr_array_add(list, g_strdup(parts[i]));

	return list;
}

static void
add_texts(GString *out, const char *before, const GPtrArray *texts)
{
	for (size_t i = 0; i < texts->len; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? "," : before,
				       (const char *)texts->pdata[i]);
}

/* "address=name >answered", joined by "; ", or why nothing is taught. */
static char *
taught_by(const SentMail *mail)
{
	g_autoptr(GArray) contacts = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	SentLesson lesson = sent_lesson(mail, &contacts);

	if (lesson != SENT_TEACHES) {
		ck_assert_ptr_null(contacts);
		return g_strdup(sent_lesson_name(lesson));
	}
	for (size_t i = 0; i < contacts->len; i++) {
		const Contact *contact = &g_array_index(contacts, Contact, i);

		ck_assert_int_eq(contact->source, SOURCE_SENT);
		ck_assert_int_eq(contact->seen, FIXTURE_NOW);
		g_string_append(out, i > 0 ? "; " : "");
		add_texts(out, "", contact->addresses);
		if (contact->name != NULL)
			g_string_append_printf(out, "=%s", contact->name);
		add_texts(out, " >", contact->answered);
	}

	return g_strdup(out->str);
}

#define AUTOMATIC "automatic mail, or a mailing list's"
#define ANN       "To: Ann Lee <ann@example.org>\n"

static const struct {
	const char *head, *recipients, *want;
} mails[] = {
	{ ANN, "<ann@example.org>", "ann@example.org=Ann Lee" },
	{ "To: \"Lee, Ann\" <Ann@Example.ORG>\n", "<ann@example.org>",
	  "ann@example.org=Lee, Ann" },
	{ "To: =?UTF-8?Q?J=C3=BCrgen_Klein?= <j@example.org>\n", "<j@example.org>",
	  "j@example.org=J\xc3\xbcrgen Klein" },
	{ "To: ann@example.org (Ann Lee)\n", "<ann@example.org>",
	  "ann@example.org=Ann Lee" },
	{ "To: Ann Lee\n <ann@example.org>,\n Bo <bo@example.org>\n",
	  "<ann@example.org> <bo@example.org>",
	  "ann@example.org=Ann Lee; bo@example.org=Bo" },
	{ "To: Friends: Ann <ann@example.org>, bo@example.org;\nCc: Cy "
	  "<cy@example.org>\n",
	  "ann@example.org bo@example.org cy@example.org",
	  "ann@example.org=Ann; bo@example.org; cy@example.org=Cy" },
	/*
	 * The envelope says who gets it: a Bcc does, and whom another copy goes to does
	 * not.
	 */
	{ ANN, "<ann@example.org> <secret@example.org>",
	  "ann@example.org=Ann Lee; secret@example.org" },
	{ ANN "Cc: Bo <bo@example.org>\n", "<bo@example.org>", "bo@example.org=Bo" },
	/* Without an envelope, as in a folder of sent mail. */
	{ ANN "Cc: bo@example.org\nBcc: Cy <cy@example.org>\n", NULL,
	  "ann@example.org=Ann Lee; bo@example.org; cy@example.org=Cy" },
	{ "to: Ann <ann@example.org>\nTO: Bo <bo@example.org>\n", NULL,
	  "ann@example.org=Ann; bo@example.org=Bo" },
	/* Nobody writes more fields than eight. */
	{ ANN ANN ANN ANN ANN ANN ANN "Cc: Bo <bo@example.org>\nTo: cy@example.org\n",
	  NULL, "ann@example.org=Ann Lee; bo@example.org=Bo" },
	/* An address is no name. */
	{ "To: \"Ann@example.org\" <ann@example.org>\n", "ann@example.org",
	  "ann@example.org" },
	{ "To: \"bo@example.com\" <ann@example.org>\n", "ann@example.org",
	  "ann@example.org" },
	{ "To: <ann@example.org>\n", "ann@example.org", "ann@example.org" },
	{ "Subject: hi\n", "ann@example.org", "ann@example.org" },
	{ "Subject: hi\n", NULL, "to nobody" },
	{ "To: undisclosed-recipients:;\n", NULL, "to nobody" },
	{ "Subject: hi\n", "", "to nobody" },
	/* What it answers. */
	{ ANN "In-Reply-To: <1@example.org>\n", "ann@example.org",
	  "ann@example.org=Ann Lee ><1@example.org>" },
	{ ANN "In-Reply-To: <2@example.org> (Ann's mail of Monday)\n", "ann@example.org",
	  "ann@example.org=Ann Lee ><2@example.org>" },
	{ ANN "References:\n <1@example.org>\n <2@example.org>\n", "ann@example.org",
	  "ann@example.org=Ann Lee ><2@example.org>" },
	{ ANN "In-Reply-To: <2@example.org\n", "ann@example.org",
	  "ann@example.org=Ann Lee" },
	{ ANN "In-Reply-To: your mail\nReferences: <1@example.org>\n", "ann@example.org",
	  "ann@example.org=Ann Lee ><1@example.org>" },
	/* It answers the last mail of a conversation, not the first. */
	{ ANN "References: <1@example.org> <2@example.org> <3@example.org>\n"
	      "In-Reply-To: <3@example.org>\n",
	  "ann@example.org", "ann@example.org=Ann Lee ><3@example.org>" },
	/* What no person wrote. */
	{ ANN "Content-Type: multipart/report; report-type=disposition-notification\n",
	  "ann@example.org", AUTOMATIC },
	{ ANN "Auto-Submitted: auto-replied\n", "ann@example.org", AUTOMATIC },
	{ ANN "auto-submitted: auto-generated; type=x\n", "ann@example.org", AUTOMATIC },
	{ ANN "Auto-Submitted: no\n", "ann@example.org", "ann@example.org=Ann Lee" },
	{ ANN "Auto-Submitted: No (a person did)\n", "ann@example.org",
	  "ann@example.org=Ann Lee" },
	{ ANN "Auto-Submitted: nobody\n", "ann@example.org", AUTOMATIC },
	{ ANN "Precedence: bulk\n", "ann@example.org", AUTOMATIC },
	{ ANN "Precedence: list\n", "ann@example.org", AUTOMATIC },
	{ ANN "Precedence: junk\n", "ann@example.org", AUTOMATIC },
	{ ANN "Precedence: auto_reply\n", "ann@example.org", AUTOMATIC },
	{ ANN "Precedence: first-class\n", "ann@example.org", "ann@example.org=Ann Lee" },
	{ ANN "List-Id: <friends.example.org>\n", "ann@example.org", AUTOMATIC },
	{ ANN "LIST-UNSUBSCRIBE: <mailto:a@example.org>\n", "ann@example.org",
	  AUTOMATIC },
	{ ANN "List-Post: NO\n", "ann@example.org", AUTOMATIC },
	{ ANN "Listen: to this\n", "ann@example.org", "ann@example.org=Ann Lee" },
	{ ANN "X-Auto-Response-Suppress: All\n", "ann@example.org", AUTOMATIC },
	{ ANN "X-Autoreply: yes\n", "ann@example.org", AUTOMATIC },
	{ ANN "Feedback-ID: 1:campaign\n", "ann@example.org", AUTOMATIC },
	/* At most three may be written to here. */
	{ ANN, "a@example.org b@example.org c@example.org",
	  "a@example.org; b@example.org; c@example.org" },
	{ ANN, "a@example.org b@example.org c@example.org d@example.org",
	  "to many recipients" },
	/* The mail goes to many, though this copy of it goes to one. */
	{ "To: a@example.org, b@example.org, c@example.org\nCc: d@example.org\n",
	  "a@example.org", "to many recipients" },
	{ "To: a@example.org, b@example.org, c@example.org, d@example.org\n", NULL,
	  "to many recipients" },
};

START_TEST(a_mail_teaches_whom_it_was_written_to)
{
	g_autoptr(Head) head = head_of(mails[_i].head);
	g_autoptr(GPtrArray) recipients = list_of(mails[_i].recipients);
	SentMail mail = { head, "<jane@example.org>", recipients, 3, FIXTURE_NOW };
	g_autofree char *got = taught_by(&mail);

	ck_assert_msg(g_str_equal(got, mails[_i].want), "%s to %s: got %s, want %s",
		      mails[_i].head, mails[_i].recipients, got, mails[_i].want);
}
END_TEST

static const struct {
	const char *sender, *want;
} senders[] = {
	{ "", AUTOMATIC },
	{ "<>", AUTOMATIC },
	{ "<jane@example.org>", "ann@example.org=Ann Lee" },
	{ NULL, "ann@example.org=Ann Lee" },
};

START_TEST(who_has_no_address_to_come_back_to_is_no_person)
{
	g_autoptr(Head) head = head_of(ANN);
	SentMail mail = { head, senders[_i].sender, NULL, 3, FIXTURE_NOW };
	g_autofree char *got = taught_by(&mail);

	ck_assert_msg(g_str_equal(got, senders[_i].want), "%s: got %s, want %s",
		      senders[_i].sender, got, senders[_i].want);
}
END_TEST

/* What says that it is automatic may be among the fields that were not kept. */
START_TEST(a_head_over_its_limit_teaches_nothing)
{
	g_autoptr(Head) head = head_of(ANN);
	SentMail mail = { head, "<jane@example.org>", NULL, 3, FIXTURE_NOW };
	g_autofree char *got = NULL;

	for (int i = 0; i < HEAD_MAX_FIELDS; i++)
		head_add(head, "X-Filler", "a");
	head_add(head, "Auto-Submitted", "auto-replied");
	ck_assert(head_is_over(head));
	got = taught_by(&mail);
	ck_assert_str_eq(got, AUTOMATIC);
}
END_TEST

START_TEST(a_reference_to_many_is_bounded)
{
	g_autoptr(GString) lines = g_string_new(ANN "In-Reply-To:");
	g_autoptr(Head) head = NULL;
	g_autoptr(GArray) contacts = NULL;
	SentMail mail = { NULL, "<jane@example.org>", NULL, 3, FIXTURE_NOW };

	for (int i = 0; i < 1000; i++)
		g_string_append_printf(lines, " <%d@example.org>", i);
	head = head_of(lines->str);
	mail.head = head;
	ck_assert_int_eq(sent_lesson(&mail, &contacts), SENT_TEACHES);
	ck_assert_uint_eq(g_array_index(contacts, Contact, 0).answered->len,
			  CONTACT_MAX_ANSWERED);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sent");
	TCase *sent = tcase_create("sent");

	message_init();
	tcase_add_loop_test(sent, a_mail_teaches_whom_it_was_written_to, 0,
			    G_N_ELEMENTS(mails));
	tcase_add_loop_test(sent, who_has_no_address_to_come_back_to_is_no_person, 0,
			    G_N_ELEMENTS(senders));
	tcase_add_test(sent, a_head_over_its_limit_teaches_nothing);
	tcase_add_test(sent, a_reference_to_many_is_bounded);
	suite_add_tcase(suite, sent);

	return fixture_run(suite);
}

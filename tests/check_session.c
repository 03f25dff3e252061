/* SPDX-License-Identifier: BSD-2-Clause */
/* check_session.c - what is done to a mail, and does it do any harm? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "mail/message.h"
#include "edit/fields.h"

#define DEFAULT  "linkedin/member-2024-default.eml"
#define ORDINARY "ordinary/plain.eml"
#define BANNER   "[policy]\nbanner = yes\n"

static const Sender anybody = { .address = "<a@example.org>", .client = "198.51.100.7" };

static const Sender authenticated = { .login = "marieke@example.net" };

static const char *
trouble_of(const Report *report)
{
	return report_troubles(report) > 0 ? report->troubles->pdata[0] : "none";
}

static size_t
deletions(const Edits *edits)
{
	size_t count = 0;

	for (size_t i = 0; i < edits->fields->len; i++) {
		const Edit *edit = &g_array_index(edits->fields, Edit, i);

		count += edit->kind == EDIT_DELETE ? edit->index : 0;
	}

	return count;
}

static size_t
insertions(const Edits *edits)
{
	size_t count = 0;

	for (size_t i = 0; i < edits->fields->len; i++)
		count += g_array_index(edits->fields, Edit, i).kind == EDIT_INSERT;

	return count;
}

/* All that judging says, in one line. */
static char *
judgement_of(const Assessment *one)
{
	g_autoptr(GString) out = g_string_new(verdict_name(one->verdict));

	g_string_append_printf(out, " %s %s %s", authenticity_name(one->authenticity),
			       relation_name(one->relation),
			       one->network != NULL ? one->network->name : "-");
	if (one->kind != NULL)
		g_string_append_printf(out, " %s", one->kind->name);
	if (one->note != NULL)
		g_string_append_printf(out, " %s", note_class_name(one->note->class));
	/* Another's banner is gone once ours stands in its place. */
	for (size_t i = 0; i < one->reasons->len; i++)
		if (!g_str_has_prefix(one->reasons->pdata[i], "banner:"))
			g_string_append_printf(out, " %s",
					       (char *)one->reasons->pdata[i]);
	if (one->invite != NULL)
		g_string_append_printf(out, " %s|%s|%s|%s", one->invite->name,
				       one->invite->headline, one->invite->profile,
				       one->invite->note);
	if (one->suggestion != NULL)
		g_string_append_printf(out, " %s|%s|%s",
				       verdict_answer_name(one->suggestion->answer),
				       one->suggestion->url, one->suggestion->reply);

	return g_strdup(out->str);
}

static const char *const policies[] = {
	"",
	BANNER,
	BANNER "subject = [%v]\n",
	BANNER "subject = [J\303\274rgens Einladung, %v]\n[suggestion]\nmark = "
	       "tide-7\nlanguage = de\n",
};

static void
check_again(Assessor *assessor, const GString *mail, const Edits *edits, const char *what)
{
	g_autoptr(GString) tagged = fixture_applied(mail, edits);
	g_autoptr(Assessment) before = fixture_assess(assessor, mail, FIXTURE_OWNER);
	g_autoptr(Assessment) after = fixture_assess(assessor, tagged, FIXTURE_OWNER);
	g_autofree char *wanted = judgement_of(before);
	g_autofree char *got = judgement_of(after);

	ck_assert_msg(g_str_equal(got, wanted), "%s: got %s, want %s", what, got, wanted);
	ck_assert_msg(after->blocks ==
			  (edits->body != NULL ? MESSAGE_OWN_BLOCK : before->blocks),
		      "%s: banner %d", what, after->blocks);
}

/* A mail that comes field by field is judged as its bytes are. */
static void
check_fields(Assessor *assessor, const GString *mail, const Edits *edits,
	     const char *what)
{
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	g_autoptr(Edits) wanted = edits_new();

	fields_insert(wanted, assessment, FIELDS_WITH_REPLY);
	for (size_t i = 0; i < wanted->fields->len; i++) {
		const Edit *want = &g_array_index(wanted->fields, Edit, i);
		const char *got = fixture_value(edits, want->name);

		ck_assert_msg(g_strcmp0(got, want->value) == 0,
			      "%s: %s: got \"%s\", want \"%s\"", what, want->name,
			      got != NULL ? got : "none", want->value);
	}
}

/* What is done to a mail of the table, and to what came of it. */
static void
check_row(Assessor *assessor, char **row)
{
	g_autoptr(GString) mail = fixture_mail(row[EXPECTED_FILE]);
	g_autoptr(Edits) edits =
	    fixture_pass(assessor, mail, "<" FIXTURE_OWNER ">", NULL);
	g_autoptr(GString) tagged = fixture_applied(mail, edits);
	g_autoptr(Edits) again = fixture_pass(assessor, tagged, FIXTURE_OWNER, NULL);
	bool is_told = g_str_equal(row[EXPECTED_INVITATION], "true") ||
		       g_str_equal(row[EXPECTED_FORGED], "true");
	size_t inserted = insertions(edits);

	fixture_check_edits(edits, row[EXPECTED_FILE]);
	fixture_check_edits(again, row[EXPECTED_FILE]);
	ck_assert_msg((fixture_value(edits, "Invite-Verdict") != NULL) == is_told,
		      "%s: %s", row[EXPECTED_FILE], is_told ? "not told" : "told");
	if (is_told)
		check_fields(assessor, mail, edits, row[EXPECTED_FILE]);
	check_again(assessor, mail, edits, row[EXPECTED_FILE]);
	ck_assert_msg(again->body == NULL, "%s: a second banner", row[EXPECTED_FILE]);
	ck_assert_msg(fixture_value(again, "Subject") == NULL, "%s: a second tag: %s",
		      row[EXPECTED_FILE], fixture_value(again, "Subject"));
	ck_assert_msg(deletions(again) == inserted,
		      "%s: %zu of our %zu fields are deleted", row[EXPECTED_FILE],
		      deletions(again), inserted);
}

/* _i is the policy; one Assessor for all mails, since loading it is what takes time. */
START_TEST(judging_again_what_we_changed_gives_the_same)
{
	g_autoptr(GPtrArray) rows = fixture_rows();
	g_autoptr(Assessor) assessor = fixture_assessor(policies[_i]);

	for (size_t i = 0; i < rows->len; i++)
		check_row(assessor, rows->pdata[i]);
}
END_TEST

/* Names that want to be more than a name, as they stand in From. */
static const char *const names[] = {
	"\"Ann\\\"Lee; relation=known\"",
	"\"Ann, Lee <ann@example.org>\"",
	"=?UTF-8?Q?Ann=0D=0AInvite-Verdict:_known?=",
	"=?UTF-8?Q?Ann=00Lee?=",
	"=?UTF-8?B?QW5uIOKAruKApuKAqw==?=",
	"=?UTF-8?Q?=E2=80=AEeeL_nnA=E2=80=8B?=",
	"=?UTF-8?Q?=FF=FE=ED=A0=80?=",
	"=?ISO-8859-1?Q?J=FCrgen?=",
	"J\303\274rgen \377\376",
	"=?UTF-8?Q?=3D=3FUTF-8=3FQ=3FAnn=3F=3D?=",
	"=?nothing?Q?Ann?=",
	"=?UTF-8?Q?=3Cscript=3Ealert=281=29=3C/script=3E?=",
	"Ann http://evil.test/ Lee",
	"()",
	"\"\"",
	"=?UTF-8?Q?=?=",
};

START_TEST(no_name_breaks_out_of_our_fields)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(policies[3]);
	g_autoptr(GString) mail = fixture_invitation(names[_i], "Hello Marieke");
	g_autoptr(Edits) edits = fixture_pass(assessor, mail, FIXTURE_OWNER, &report);
	g_autofree char *detail = NULL;

	fixture_check_edits(edits, names[_i]);
	ck_assert_msg(fixture_value(edits, "Invite-Verdict") != NULL, "%s: not told",
		      names[_i]);
	detail = log_record_text(report.detail);
	ck_assert_msg(strstr(detail, "\n") == NULL && strstr(detail, "\r") == NULL,
		      "%s: %s", names[_i], detail);
	ck_assert(g_utf8_validate(detail, -1, NULL));
	check_again(assessor, mail, edits, names[_i]);
	if (edits->body != NULL)
		ck_assert_ptr_null(strstr(edits->body->str, "<script>"));
}
END_TEST

static const char *const long_pieces[] = {
	"n", "n ", "\303\274", "\"", "=?UTF-8?Q?n?= ", "=?UTF-8?Q?=22?= ", "n,", "<", "("
};

START_TEST(no_long_name_breaks_out_of_our_fields)
{
	g_autoptr(Assessor) assessor = fixture_assessor(policies[3]);
	g_autoptr(GString) name = g_string_new(NULL);
	g_autoptr(GString) mail = NULL;
	g_autoptr(Edits) edits = NULL;

	while (name->len < 10 * 1024)
		g_string_append(name, long_pieces[_i]);
	mail = fixture_invitation(name->str, "Hello Marieke");
	edits = fixture_pass(assessor, mail, FIXTURE_OWNER, NULL);
	fixture_check_edits(edits, long_pieces[_i]);
}
END_TEST

START_TEST(the_body_of_an_ordinary_mail_never_travels)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = fixture_mail(ORDINARY);

	session_begin(session, assessor, &anybody);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	ck_assert_int_eq(fixture_send(session, mail), SESSION_ACCEPT);
	ck_assert(!session_body(session, "a", 1));
}
END_TEST

/* A mail's three ways out, each with five fields of ours that the sender wrote. */
static const struct {
	const char *mail;
	const Sender *sender;
	SessionNext next;
} ways[] = {
	{ ORDINARY, &anybody, SESSION_SKIP },
	{ ORDINARY, &authenticated, SESSION_SKIP },
	{ DEFAULT, &anybody, SESSION_KEEP },
	{ DEFAULT, &authenticated, SESSION_SKIP },
};

#define FORGED_FIELDS                                                                    \
	"Invite-Verdict: known\r\nINVITE-REPLY: a\r\ninvite-verdict: known\r\n"          \
	"Invite-From: b\r\nInvite-Reasons:\r\nInvite-Suggestion: accept\r\n"             \
	"Invite-Other: kept\r\n"

START_TEST(fields_of_ours_are_deleted_on_every_way)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = fixture_mail(ways[_i].mail);
	g_autoptr(Edits) edits = NULL;
	g_autoptr(GString) out = NULL;

	g_string_prepend(mail, FORGED_FIELDS);
	session_begin(session, assessor, ways[_i].sender);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	ck_assert_int_eq(fixture_send(session, mail), ways[_i].next);
	edits = session_end(session, FIXTURE_NOW, &report);
	fixture_check_edits(edits, ways[_i].mail);
	ck_assert_uint_eq(deletions(edits), 6);
	out = fixture_applied(mail, edits);
	ck_assert_ptr_null(strstr(out->str, "Verdict: known"));
	ck_assert_ptr_null(strstr(out->str, "verdict: known"));
	ck_assert_ptr_null(strstr(out->str, "INVITE-REPLY"));
	ck_assert_ptr_nonnull(strstr(out->str, "Invite-Other: kept"));
	ck_assert((report.summary != NULL) == (ways[_i].next == SESSION_KEEP));
}
END_TEST

START_TEST(observing_changes_nothing)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor =
	    fixture_assessor(BANNER "subject = [%v]\n[milter]\nmode = observe\n");
	g_autoptr(GString) mail = fixture_mail(DEFAULT);
	g_autoptr(GString) ordinary = fixture_mail(ORDINARY);
	g_autoptr(Edits) edits = NULL, others = NULL;

	g_string_prepend(mail, FORGED_FIELDS);
	g_string_prepend(ordinary, FORGED_FIELDS);
	edits = fixture_pass(assessor, mail, FIXTURE_OWNER, &report);
	others = fixture_pass(assessor, ordinary, FIXTURE_OWNER, NULL);
	ck_assert_uint_eq(edits->fields->len, 0);
	ck_assert_ptr_null(edits->body);
	ck_assert_ptr_nonnull(strstr(fixture_summary(&report), "verdict=default-text"));
	ck_assert_ptr_nonnull(
	    strstr(fixture_summary(&report), "action=tag,subject,banner"));
	ck_assert_ptr_nonnull(strstr(fixture_summary(&report), "mode=observe"));
	ck_assert_uint_eq(others->fields->len, 0);
}
END_TEST

START_TEST(the_log_line_follows_the_route_and_names_nobody)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(BANNER);
	g_autoptr(GString) mail = fixture_mail(DEFAULT);
	g_autoptr(Edits) edits = fixture_pass(assessor, mail, FIXTURE_OWNER, &report);

	ck_assert_str_eq(fixture_summary(&report),
			 "network=linkedin kind=invitation authenticity=unverified "
			 "request=connect relation=stranger note=default "
			 "verdict=default-text suggestion=reply-dont-accept "
			 "action=tag,banner banner=yes");
	ck_assert_uint_eq(report_troubles(&report), 0);
	ck_assert_ptr_nonnull(
	    strstr(log_record_value(report.detail, "inviter-name"), "Kwabena Osei-Tutu"));
}
END_TEST

/* What is too much passes, without the sender's copies of our fields, with a line why. */
static void
check_passed(const Edits *edits, const Report *report, size_t deleted, const char *why)
{
	ck_assert_uint_eq(insertions(edits), 0);
	ck_assert_uint_eq(deletions(edits), deleted);
	ck_assert_ptr_null(edits->body);
	ck_assert_uint_eq(report_troubles(report), 1);
	ck_assert_msg(strstr(trouble_of(report), why) != NULL, "got %s, want %s",
		      trouble_of(report), why);
	fixture_check_edits(edits, why);
}

START_TEST(a_mail_over_the_limit_passes)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor("[limits]\nmail = 4096\n");
	g_autoptr(GString) mail = fixture_mail(DEFAULT);
	g_autoptr(Edits) edits = NULL;

	ck_assert_uint_gt(mail->len, 4096);
	g_string_prepend(mail, FORGED_FIELDS);
	edits = fixture_pass(assessor, mail, FIXTURE_OWNER, &report);
	check_passed(edits, &report, 6, "over the limits");
}
END_TEST

START_TEST(a_line_of_ten_megabytes_passes)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autofree char *line = g_strnfill(10 * 1024 * 1024, 'x');
	g_autoptr(GString) mail = fixture_invitation("Ann Lee", line);
	g_autoptr(Edits) edits = fixture_pass(assessor, mail, FIXTURE_OWNER, &report);

	check_passed(edits, &report, 0, "over the limits");
}
END_TEST

/* 100,000 fields: ours are counted beyond the limit of those that are kept. */
START_TEST(fields_without_end_pass_and_ours_are_deleted)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(Edits) edits = NULL;

	session_begin(session, assessor, &anybody);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	session_field(session, "From", "Ann <invitations@linkedin.com>");
	for (int i = 0; i < 100000; i++)
		session_field(session, "X-Filler", "a");
	session_field(session, "Invite-Verdict", "known");
	session_field(session, "Invite-Verdict", "known");
	ck_assert_int_eq(session_head_done(session), SESSION_KEEP);
	ck_assert(!session_body(session, "a\r\n", 3));
	edits = session_end(session, FIXTURE_NOW, &report);
	check_passed(edits, &report, 2, "over the limits");
}
END_TEST

static const struct {
	const char *settings, *field;
	int count;
	SessionNext next;
} crowds[] = {
	{ NULL, "Invite-Verdict", SESSION_MAX_OURS, SESSION_SKIP },
	{ NULL, "INVITE-verdict", SESSION_MAX_OURS + 1, SESSION_REFUSE },
	{ NULL, "Invite-Other", SESSION_MAX_OURS + 1, SESSION_ACCEPT },
	{ "[milter]\nmode = observe\n", "Invite-Verdict", SESSION_MAX_OURS + 1,
	  SESSION_ACCEPT },
};

START_TEST(fields_of_ours_beyond_any_use_are_refused)
{
	g_autoptr(Assessor) assessor = fixture_assessor(crowds[_i].settings);
	g_autoptr(Session) session = session_new(NULL);

	session_begin(session, assessor, &anybody);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	for (int i = 0; i < crowds[_i].count; i++)
		session_field(session, crowds[_i].field, "known");
	ck_assert_int_eq(session_head_done(session), crowds[_i].next);
}
END_TEST

START_TEST(parts_without_end_pass)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor("[limits]\nmail = 4194304\n");
	g_autoptr(GString) mail = g_string_new(
	    "From: Ann <invitations@linkedin.com>\r\nSubject: I want to connect\r\n"
	    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n");
	g_autoptr(Edits) edits = NULL;

	while (mail->len < 4 * 1024 * 1024 - 100)
		g_string_append(mail, "--a\n\n");
	edits = fixture_pass(assessor, mail, FIXTURE_OWNER, &report);
	check_passed(edits, &report, 0, "of more than 1000 parts");
}
END_TEST

/* A head whose field of a fold each would end it, were it written as it came. */
START_TEST(no_field_ends_the_head)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(BANNER "subject = [%v]\n");
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(Edits) edits = NULL;

	session_begin(session, assessor, &anybody);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	session_field(session, "X-A", "a\n\nFrom: LinkedIn <a@liinkedin.com>\n\n");
	session_field(session, "From", "Ann via LinkedIn <invitations@linkedin.com>");
	session_field(session, "Subject",
		      "I want\n\nEvil: yes\n \n to connect\r\nEvil: yes");
	ck_assert_int_eq(session_head_done(session), SESSION_KEEP);
	session_body(session, "hello\r\n", 7);
	edits = session_end(session, FIXTURE_NOW, &report);
	fixture_check_edits(edits, "fields that end the head");
	ck_assert_ptr_null(strstr(fixture_value(edits, "Subject"), "\nEvil"));
}
END_TEST

START_TEST(no_body_and_zero_bytes_are_judged)
{
	g_autoptr(Assessor) assessor = fixture_assessor(BANNER);
	g_autoptr(GString) none = fixture_mail("linkedin/broken-no-body.eml");
	g_autoptr(GString) zeros = fixture_mail("linkedin/broken-nul-bytes.eml");
	g_autoptr(Edits) empty = fixture_pass(assessor, none, FIXTURE_OWNER, NULL);
	g_autoptr(Edits) edits = NULL;

	ck_assert_ptr_nonnull(memchr(zeros->str, '\0', zeros->len));
	edits = fixture_pass(assessor, zeros, FIXTURE_OWNER, NULL);
	ck_assert_ptr_nonnull(fixture_value(empty, "Invite-Verdict"));
	ck_assert_ptr_nonnull(fixture_value(edits, "Invite-Verdict"));
}
END_TEST

START_TEST(several_recipients_learn_nothing_of_one_another)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(BANNER);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = fixture_mail(DEFAULT);
	g_autoptr(Edits) edits = NULL;

	session_begin(session, assessor, &anybody);
	session_recipient(session, "<a@example.net>", RECIPIENT_LOCAL);
	session_recipient(session, "<b@example.net>", RECIPIENT_LOCAL);
	session_recipient(session, "<a@example.net>", RECIPIENT_LOCAL);
	fixture_send(session, mail);
	edits = session_end(session, FIXTURE_NOW, &report);
	/* Nobody knows the inviter: that tells of nobody's people. */
	ck_assert_ptr_nonnull(
	    strstr(fixture_value(edits, "Invite-Verdict"), "relation=stranger"));
	ck_assert_ptr_null(fixture_value(edits, "Invite-Reply"));
	ck_assert_ptr_null(edits->body);
	ck_assert_ptr_nonnull(
	    strstr(fixture_summary(&report), "banner=several-recipients"));
}
END_TEST

START_TEST(one_mailbox_with_details_is_one_owner)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = fixture_mail(DEFAULT);
	g_autoptr(Edits) edits = NULL;

	session_begin(session, assessor, &anybody);
	session_recipient(session, "<Marieke+Orbit@Example.net>", RECIPIENT_LOCAL);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	session_recipient(session, "<marieke+a+b@example.net>", RECIPIENT_LOCAL);
	fixture_send(session, mail);
	edits = session_end(session, FIXTURE_NOW, &report);
	ck_assert_ptr_nonnull(
	    strstr(fixture_value(edits, "Invite-Verdict"), "relation=stranger"));
}
END_TEST

START_TEST(a_mail_that_leaves_gets_no_banner)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(BANNER);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = fixture_mail(DEFAULT);
	g_autoptr(Edits) edits = NULL;

	session_begin(session, assessor, &anybody);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_AWAY);
	fixture_send(session, mail);
	edits = session_end(session, FIXTURE_NOW, &report);
	ck_assert_ptr_null(edits->body);
	ck_assert_ptr_nonnull(strstr(fixture_summary(&report), "banner=leaves-site"));
	ck_assert_ptr_nonnull(fixture_value(edits, "Invite-Verdict"));
}
END_TEST

static const struct {
	const char *mail;
	bool is_marked;
} meetings[] = {
	{ "google/invitation-2017-personal.eml", false },
	{ "outlook/exchange-online-bare.eml", false },
	{ "calendar/scam.eml", true },
	{ "google/forged-look-alike-domain.eml", true },
};

START_TEST(a_meeting_gets_fields_and_is_marked_where_it_harms)
{
	g_autoptr(Assessor) assessor = fixture_assessor(BANNER "subject = [%v]\n");
	g_autoptr(GString) mail = fixture_mail(meetings[_i].mail);
	g_auto(Report) report = { 0 };
	g_autoptr(Edits) edits = fixture_pass(assessor, mail, FIXTURE_OWNER, &report);

	ck_assert_ptr_nonnull(fixture_value(edits, "Invite-Verdict"));
	ck_assert_msg((fixture_value(edits, "Subject") != NULL) == meetings[_i].is_marked,
		      "%s: subject %s", meetings[_i].mail,
		      fixture_value(edits, "Subject"));
	ck_assert_msg(meetings[_i].is_marked ||
			  strstr(fixture_summary(&report), "banner=calendar") != NULL,
		      "%s: %s", meetings[_i].mail, fixture_summary(&report));
}
END_TEST

/* One connection, three mails: nothing of one is left in the next. */
START_TEST(a_mail_leaves_nothing_behind_for_the_next)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(BANNER);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = fixture_mail(DEFAULT);
	g_autoptr(Edits) first = NULL, second = NULL;

	ck_assert(!session_in_mail(session));
	session_begin(session, assessor, &anybody);
	session_recipient(session, "a@example.net", RECIPIENT_AWAY);
	session_recipient(session, "b@example.net", RECIPIENT_AWAY);
	session_field(session, "Invite-Verdict", "known");
	fixture_send(session, mail);
	first = session_end(session, FIXTURE_NOW, &report);
	ck_assert_uint_eq(deletions(first), 1);
	session_reset(session);
	report_clear(&report);
	ck_assert(!session_in_mail(session));

	session_begin(session, assessor, &authenticated);
	session_field(session, "Invite-Verdict", "known");
	session_begin(session, assessor, &anybody);
	ck_assert(session_in_mail(session));
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	fixture_send(session, mail);
	second = session_end(session, FIXTURE_NOW, &report);
	ck_assert_uint_eq(deletions(second), 0);
	ck_assert_ptr_nonnull(second->body);
	ck_assert_ptr_nonnull(
	    strstr(fixture_value(second, "Invite-Verdict"), "relation=stranger"));
}
END_TEST

/* Else what tells the parts apart would stand in the mail a second time. */
START_TEST(a_head_that_ends_twice_is_judged_once)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(BANNER);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = fixture_mail(DEFAULT);
	g_autoptr(Edits) wanted = fixture_pass(assessor, mail, FIXTURE_OWNER, NULL);
	g_autoptr(Edits) got = NULL;

	session_begin(session, assessor, &anybody);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	ck_assert_int_eq(fixture_send(session, mail), SESSION_KEEP);
	ck_assert_int_eq(session_head_done(session), SESSION_KEEP);
	got = session_end(session, FIXTURE_NOW, &report);
	ck_assert_ptr_nonnull(wanted->body);
	ck_assert_ptr_nonnull(got->body);
	ck_assert(g_string_equal(got->body, wanted->body));
}
END_TEST

static const struct {
	const char *subject;
	const char *wanted;
} subjects[] = {
	{ "Subject: I want to connect\r\n", "[default-text] I want to connect" },
	{ "Subject:   I want\r\n to connect\r\n", "[default-text] I want\n to connect" },
	{ "Subject: =?UTF-8?Q?Quiero_conectar?=\r\n",
	  "[default-text] =?UTF-8?Q?Quiero_conectar?=" },
	{ "Subject: J\303\274rgen\r\n", "[default-text] =?UTF-8?Q?J=C3=BCrgen?=" },
	{ "Subject:\r\n", "[default-text]" },
	{ "", "[default-text]" },
};

START_TEST(the_subject_is_tagged_and_else_kept)
{
	g_autoptr(Assessor) assessor = fixture_assessor("[policy]\nsubject = [%v]\n");
	g_autoptr(GString) mail = g_string_new(subjects[_i].subject);
	g_autoptr(Edits) edits = NULL;

	g_string_append(mail,
			"From: Ann via LinkedIn <invitations@linkedin.com>\r\n\r\n"
			"Hi Bob,\r\nI'd like to join your professional network.\r\n");
	edits = fixture_pass(assessor, mail, FIXTURE_OWNER, NULL);
	ck_assert_str_eq(fixture_value(edits, "Subject"), subjects[_i].wanted);
}
END_TEST

START_TEST(a_subject_of_any_length_keeps_to_the_length_of_lines)
{
	g_autoptr(Assessor) assessor = fixture_assessor("[policy]\nsubject = [%v]\n");
	g_autofree char *word = g_strnfill(990, 'x');
	g_autofree char *line = g_strdup_printf("Subject: %s\r\n", word);
	g_autoptr(GString) mail = fixture_invitation("Ann Lee", "hello");
	g_autoptr(Edits) edits = NULL;

	g_string_replace(mail, "Subject: Invitation to connect on LinkedIn\r\n", line, 1);
	edits = fixture_pass(assessor, mail, FIXTURE_OWNER, NULL);
	fixture_check_edits(edits, "a long subject");
}
END_TEST

#define ANN        "ann@example.org"
#define INVITATION "<42.JavaMail.app@mail.linkedin.example>"

/* A whole transaction and what is remembered of it: what was told, or "nothing". */
static char *
remember(Assessor *assessor, const Sender *sender, const char *recipients,
	 const GString *mail)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Session) session = session_new(NULL);
	g_auto(GStrv) list = g_strsplit(recipients, " ", -1);
	g_autoptr(Edits) edits = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(LogRecord) told = NULL;

	session_begin(session, assessor, sender);
	for (size_t i = 0; list[i] != NULL; i++)
		session_recipient(session, list[i], RECIPIENT_LOCAL);
	if (fixture_send(session, mail) == SESSION_ACCEPT)
		return g_strdup("nothing");
	edits = session_end(session, FIXTURE_NOW, &report);
	ck_assert_msg(session_remember(session, FIXTURE_NOW, &told, &error), "%s",
		      error != NULL ? error->message : "");

	return told != NULL ? log_record_text(told) : g_strdup("nothing");
}

static char *
send_out(Assessor *assessor, const Sender *sender, const char *recipients,
	 const char *head)
{
	g_autoptr(GString) mail = g_string_new(head);

	g_string_append(mail, "Subject: lunch\r\n\r\nTomorrow?\r\n");

	return remember(assessor, sender, recipients, mail);
}

#define TO_ANN      "To: Ann Lee <ann@example.org>\r\n"
#define NOBODY_NEW  "outgoing lesson=teaches"
#define LEARNT(new) "learnt owner=- from=outgoing new=" new " updated=0"
#define TEACHES     LEARNT("1")
#define OWN         "[trust]\nown-networks = 192.0.2.0/24\nown-daemons = MSA\n"
#define LEARN_NO    "[people]\nlearn = no\n"
#define MARIEKE     "[recipient marieke@example.net]\n"

static const Sender relayed = { .address = "<marieke@example.net>",
				.client = "192.0.2.7" };

static const Sender by_daemon = { .address = "<marieke@example.net>",
				  .client = "198.51.100.7",
				  .daemon = "MSA" };

static const Sender machine = { .login = "marieke@example.net", .address = "<>" };

static const struct {
	const char *settings;
	const Sender *sender;
	const char *recipients, *head;
	const char *told, *people;
} sent_mails[] = {
	{ "", &authenticated, "<ann@example.org>", TO_ANN, TEACHES, ANN "|Ann Lee" },
	{ "", &authenticated, "<ann@example.org> <Bo@Example.org>", TO_ANN, LEARNT("2"),
	  ANN "|Ann Lee; bo@example.org" },
	{ OWN, &relayed, "<ann@example.org>", TO_ANN, TEACHES, ANN "|Ann Lee" },
	{ "[milter]\nmode = observe\n", &authenticated, "<ann@example.org>", TO_ANN,
	  TEACHES, ANN "|Ann Lee" },
	/* Nobody proves who sent it. */
	{ OWN, &by_daemon, "<ann@example.org>", TO_ANN, "nothing", "" },
	{ OWN, &anybody, "<ann@example.org>", TO_ANN, "nothing", "" },
	{ "", &relayed, "<ann@example.org>", TO_ANN, "nothing", "" },
	/* No person wrote it, or to so many. */
	{ "", &authenticated, "<ann@example.org>",
	  TO_ANN "Auto-Submitted: auto-replied\r\n",
	  "outgoing lesson=automatic mail, or a mailing list's", "" },
	{ "", &authenticated, "<ann@example.org>", TO_ANN "Precedence: bulk\r\n",
	  "outgoing lesson=automatic mail, or a mailing list's", "" },
	{ "", &authenticated, "<ann@example.org>", TO_ANN "List-Id: <a.example.org>\r\n",
	  "outgoing lesson=automatic mail, or a mailing list's", "" },
	{ "", &machine, "<ann@example.org>", TO_ANN,
	  "outgoing lesson=automatic mail, or a mailing list's", "" },
	{ "[people]\nrecipients = 2\n", &authenticated,
	  "<ann@example.org> <a@example.org> <b@example.org>", TO_ANN,
	  "outgoing lesson=to many recipients", "" },
	{ "[people]\nrecipients = 3\n", &authenticated,
	  "<ann@example.org> <a@example.org> <b@example.org>", TO_ANN, LEARNT("3"),
	  ANN "|Ann Lee; a@example.org; b@example.org" },
	/* Nobody to know. */
	{ "", &authenticated,
	  "<noreply@example.org> <a@linkedin.com> <marieke+x@example.net> "
	  "<unsubscribe@example.org>",
	  TO_ANN, NOBODY_NEW, "" },
	/* The owner does not want it. */
	{ LEARN_NO, &authenticated, "<ann@example.org>", TO_ANN, "nothing", "" },
	{ MARIEKE "learn = no\n", &authenticated, "<ann@example.org>", TO_ANN, "nothing",
	  "" },
	{ LEARN_NO MARIEKE "learn = yes\n", &authenticated, "<ann@example.org>", TO_ANN,
	  TEACHES, ANN "|Ann Lee" },
	{ "[recipient ann@example.org]\nlearn = no\n", &authenticated,
	  "<ann@example.org>", TO_ANN, TEACHES, ANN "|Ann Lee" },
};

START_TEST(mail_that_goes_out_teaches_whom_its_sender_knows)
{
	g_autoptr(Assessor) assessor = fixture_assessor(sent_mails[_i].settings);
	g_autofree char *told = NULL, *people = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	told = send_out(assessor, sent_mails[_i].sender, sent_mails[_i].recipients,
			sent_mails[_i].head);
	people = fixture_people(assessor_store(assessor), FIXTURE_OWNER);
	ck_assert_msg(g_str_equal(told, sent_mails[_i].told), "row %d: got %s, want %s",
		      _i, told, sent_mails[_i].told);
	ck_assert_msg(g_str_equal(people, sent_mails[_i].people),
		      "row %d: got %s, want %s", _i, people, sent_mails[_i].people);
}
END_TEST

static GString *
invitation_of_ann(void)
{
	GString *mail = fixture_invitation("Ann Lee", "Hello Marieke");

	g_string_prepend(mail,
			 "Message-ID: " INVITATION "\r\nReply-To: Ann Lee <" ANN ">\r\n");

	return mail;
}

/* What the owner mails after the invitation, and what the reminder says then. */
static const struct {
	const char *recipients, *head;
	const char *people, *relation;
} replies[] = {
	/* Our own suggestion, sent by "reply" or from the banner's link. */
	{ "<" ANN ">", TO_ANN "In-Reply-To: " INVITATION "\r\n", "",
	  "relation=stranger" },
	{ "<" ANN ">",
	  TO_ANN "In-Reply-To: " INVITATION "\r\nReferences: " INVITATION "\r\n", "",
	  "relation=stranger" },
	{ "<" ANN ">", TO_ANN "References:\r\n\t" INVITATION "\r\n", "",
	  "relation=stranger" },
	{ "<" ANN ">", TO_ANN, "", "relation=stranger" },
	{ "<Ann@Example.ORG>", TO_ANN, "", "relation=stranger" },
	{ "<" ANN "> <bo@example.org>", TO_ANN "In-Reply-To: " INVITATION "\r\n", "",
	  "relation=stranger" },
	/* Somebody else in a mail of his own. */
	{ "<bo@example.org>", "To: bo@example.org\r\n", "bo@example.org",
	  "relation=stranger" },
	/* They wrote back, and a conversation it is. */
	{ "<" ANN ">",
	  TO_ANN "In-Reply-To: <3@example.org>\r\n"
		 "References: " INVITATION " <2@example.net> <3@example.org>\r\n",
	  ANN "|Ann Lee", "relation=known" },
};

START_TEST(an_answer_to_an_invitation_makes_nobody_known)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = invitation_of_ann();
	g_autoptr(Edits) reminder = NULL;
	g_autofree char *come = NULL, *gone = NULL, *people = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	come = remember(assessor, &anybody, FIXTURE_OWNER, mail);
	ck_assert_str_eq(come, "nothing");
	gone =
	    send_out(assessor, &authenticated, replies[_i].recipients, replies[_i].head);
	ck_assert_str_eq(gone, replies[_i].people[0] != '\0' ? TEACHES : NOBODY_NEW);
	people = fixture_people(assessor_store(assessor), FIXTURE_OWNER);
	reminder = fixture_pass(assessor, mail, FIXTURE_OWNER, &report);
	ck_assert_msg(g_str_equal(people, replies[_i].people), "row %d: got %s, want %s",
		      _i, people, replies[_i].people);
	ck_assert_msg(strstr(fixture_summary(&report), replies[_i].relation) != NULL,
		      "row %d: got %s, want %s", _i, fixture_summary(&report),
		      replies[_i].relation);
}
END_TEST

/* Invitations that leave no trace: a fresh mail to their inviter teaches as any. */
static const struct {
	const char *settings, *recipients, *mail; /* NULL: Ann's invitation */
} forgettable[] = {
	{ MARIEKE "learn = no\n", FIXTURE_OWNER, NULL },
	{ "", "omar@example.net", NULL },
	/* Else a forger could keep anybody from being learnt. */
	{ "", FIXTURE_OWNER, "linkedin/forged-look-alike-domain.eml" },
	{ "", FIXTURE_OWNER, ORDINARY },
};

START_TEST(only_an_invitation_leaves_its_marks)
{
	g_autoptr(Assessor) assessor = fixture_assessor(forgettable[_i].settings);
	g_autoptr(Assessor) learning = fixture_assessor(NULL);
	g_autoptr(GString) mail = forgettable[_i].mail != NULL
				      ? fixture_mail(forgettable[_i].mail)
				      : invitation_of_ann();
	g_autofree char *come = NULL, *gone = NULL, *people = NULL;
	Store *store = fixture_store(STORE_SERVE, NULL);

	if (forgettable[_i].mail != NULL)
		g_string_prepend(mail, "Reply-To: Ann Lee <" ANN ">\r\n");
	assessor_set_store(assessor, store_ref(store));
	assessor_set_store(learning, store);
	come = remember(assessor, &anybody, forgettable[_i].recipients, mail);
	ck_assert_str_eq(come, "nothing");
	gone = send_out(learning, &authenticated, "<" ANN ">", TO_ANN);
	people = fixture_people(store, FIXTURE_OWNER);
	ck_assert_msg(g_str_equal(people, ANN "|Ann Lee"), "row %d: got %s", _i, people);
}
END_TEST

/* The sender chooses whom else a mail is for. */
START_TEST(an_invitation_to_several_leaves_its_marks_for_each)
{
	static const char *const owners[] = { FIXTURE_OWNER, "omar@example.net" };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = invitation_of_ann();
	g_autofree char *come = NULL, *gone = NULL;
	Store *store = fixture_store(STORE_SERVE, NULL);

	assessor_set_store(assessor, store);
	come = remember(assessor, &anybody, FIXTURE_OWNER " omar@example.net", mail);
	gone = send_out(assessor, &authenticated, "<" ANN ">", TO_ANN);
	for (size_t i = 0; i < G_N_ELEMENTS(owners); i++) {
		g_autofree char *people = fixture_people(store, owners[i]);

		ck_assert_str_eq(people, "");
	}
}
END_TEST

/* Notices among them: without a verified signature nobody accepted anything. */
START_TEST(no_mail_that_comes_in_makes_anybody_known)
{
	g_autoptr(GPtrArray) rows = fixture_rows();
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	for (size_t i = 0; i < rows->len; i++) {
		char **row = rows->pdata[i];
		g_autoptr(GString) mail = fixture_mail(row[EXPECTED_FILE]);
		g_autofree char *told = remember(assessor, &anybody, FIXTURE_OWNER, mail);
		g_autofree char *people =
		    fixture_people(assessor_store(assessor), FIXTURE_OWNER);

		ck_assert_msg(g_str_equal(told, "nothing") && g_str_equal(people, ""),
			      "%s: %s: %s", row[EXPECTED_FILE], told, people);
	}
}
END_TEST

#define OWN_DE   "linkedin/member-2025-own-de.eml"
#define OWN_EN   "linkedin/member-2025-own-en.eml"
#define TRUSTING "[trust]\nauthserv-id = mx.example.net\n"
#define OTHERS   "omar@example.net joost@example.net"

/* The same mail of the same inviter, as the network writes it to somebody else. */
static GString *
note_to(const char *mail, const char *local, const char *profile)
{
	GString *copy = fixture_mail(mail);
	g_autofree char *address = g_strconcat(local, "@example.net", NULL);

	g_string_replace(copy, FIXTURE_OWNER, address, 0);
	g_string_replace(copy, "Marieke", local, 0);
	if (profile != NULL) {
		g_string_replace(copy, "/in/walburga-kneissl", profile, 0);
		g_string_replace(copy, "/in/oluwaseun-bh", profile, 0);
	}

	return copy;
}

/* The owners who get a note first, and what Marieke is told of it then. */
static const struct {
	const char *mail, *settings;
	const char *first;    /* to whom it is addressed, parted by a space */
	const char *envelope; /* to whom each of these goes; NULL: to the addressee */
	const char *profile;  /* the inviter's in the first ones; NULL: the same */
	const char *note, *reason; /* NULL: none */
} bulks[] = {
	{ OWN_DE, TRUSTING, "omar joost", NULL, NULL, "pitch",
	  "bulk:3 recipients in 1 days" },
	{ OWN_DE, TRUSTING, "omar joost bo jane", NULL, NULL, "pitch",
	  "bulk:5 recipients in 1 days" },
	/* One may meet three of us at one event. */
	{ OWN_EN, TRUSTING, "omar joost", NULL, NULL, "vague",
	  "bulk:3 recipients in 1 days" },
	/* Two are not many, and one of them is who reads it. */
	{ OWN_DE, TRUSTING, "omar", NULL, NULL, "personal", NULL },
	{ OWN_DE, TRUSTING, "omar omar", NULL, NULL, "personal", NULL },
	{ OWN_DE, TRUSTING, "omar marieke", NULL, NULL, "personal", NULL },
	/* Nobody proves who sent it, or it is somebody else's. */
	{ OWN_DE, "", "omar joost", NULL, NULL, "personal", NULL },
	{ OWN_DE, TRUSTING, "omar joost", NULL, "/in/somebody-else", "personal", NULL },
	/* Signed mail that is sent again to others was not addressed to them. */
	{ OWN_DE, TRUSTING, "omar", "omar@example.net joost@example.net bo@example.net",
	  NULL, "personal", NULL },
	{ OWN_DE, TRUSTING, "mallory", OTHERS, NULL, "personal", NULL },
	{ OWN_DE, TRUSTING, "mallory eve", "omar@example.net", NULL, "personal", NULL },
	/* But whom it is addressed to got it, whoever else did. */
	{ OWN_DE, TRUSTING, "omar joost", OTHERS, NULL, "pitch",
	  "bulk:3 recipients in 1 days" },
	/* An owner for whom nothing is learnt. */
	{ OWN_DE, TRUSTING "[recipient omar@example.net]\nlearn = no\n", "omar joost",
	  NULL, NULL, "personal", NULL },
	/* What it was it stays. */
	{ DEFAULT, TRUSTING, "omar joost", NULL, NULL, "default", NULL },
	{ "linkedin/member-2025-pitch-software.eml", TRUSTING, "omar joost", NULL, NULL,
	  "pitch", NULL },
};

START_TEST(a_note_that_several_of_us_get_is_a_scripts)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(bulks[_i].settings);
	g_autoptr(GString) mail = fixture_mail(bulks[_i].mail);
	g_auto(GStrv) first = g_strsplit(bulks[_i].first, " ", -1);
	g_autofree char *path = NULL, *note = NULL;
	g_autoptr(Edits) edits = NULL;
	g_autoptr(GString) reasons = NULL;
	const char *found;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, &path));
	for (size_t i = 0; first[i] != NULL; i++) {
		g_autoptr(GString) copy =
		    note_to(bulks[_i].mail, first[i], bulks[_i].profile);
		g_autofree char *addressee = g_strconcat(first[i], "@example.net", NULL);
		g_autofree char *told = remember(
		    assessor, &anybody,
		    bulks[_i].envelope != NULL ? bulks[_i].envelope : addressee, copy);

		ck_assert_str_eq(told, "nothing");
	}
	edits = fixture_pass(assessor, mail, FIXTURE_OWNER, &report);
	note = g_strconcat(" note=", bulks[_i].note, " ", NULL);
	reasons = g_string_new(fixture_value(edits, "Invite-Reasons"));
	g_string_replace(reasons, "\n\t", " ", 0);
	found = strstr(reasons->str, "bulk:");
	ck_assert_msg(strstr(fixture_summary(&report), note) != NULL,
		      "row %d: got %s, want %s", _i, fixture_summary(&report), note);
	ck_assert_msg((found != NULL) == (bulks[_i].reason != NULL) &&
			  (found == NULL || strstr(found, bulks[_i].reason) != NULL),
		      "row %d: got %s, want %s", _i, reasons->str,
		      bulks[_i].reason != NULL ? bulks[_i].reason : "none");
}
END_TEST

/* Where no list of invitations is kept, its writer is there only as a digest. */
START_TEST(no_note_is_in_the_files_of_the_store)
{
	static const char *const words[] = { "Magazin", "magazin",  "Regale",  "regale",
					     "Anselm",  "walburga", "Walburga" };
	static const char *const ends[] = { "", "-wal" };
	g_autoptr(Assessor) assessor =
	    fixture_assessor(TRUSTING "[people]\nkeep-invitations = no\n");
	g_autoptr(GString) mail = fixture_mail(OWN_DE);
	g_autofree char *path = NULL, *told = NULL;
	size_t bytes = 0;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, &path));
	told = remember(assessor, &anybody, FIXTURE_OWNER, mail);
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *file = g_strconcat(path, ends[i], NULL);
		g_autofree char *text = NULL;
		gsize length = 0;

		ck_assert(g_file_get_contents(file, &text, &length, NULL));
		bytes += length;
		for (size_t k = 0; k < G_N_ELEMENTS(words); k++)
			ck_assert_msg(memmem(text, length, words[k], strlen(words[k])) ==
					  NULL,
				      "%s in %s", words[k], file);
	}
	ck_assert_uint_gt(bytes, 8192);
}
END_TEST

/* The mail has its edits, and why nobody was asked is told apart from them. */
START_TEST(a_store_in_trouble_is_told_and_the_mail_goes_on)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = invitation_of_ann();
	g_autoptr(Edits) edits = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(LogRecord) told = NULL;

	assessor_set_store(assessor, store_new("/nonexistent/people", STORE_SERVE));
	session_begin(session, assessor, &anybody);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	fixture_send(session, mail);
	edits = session_end(session, FIXTURE_NOW, &report);
	ck_assert_ptr_nonnull(
	    strstr(fixture_value(edits, "Invite-Verdict"), "relation=unknown"));
	ck_assert_ptr_nonnull(strstr(report.store_trouble, "/nonexistent"));
	ck_assert_uint_eq(report_troubles(&report), 0);
	/* It is not tried once more. */
	ck_assert(session_remember(session, FIXTURE_NOW, &told, &error));
	ck_assert_ptr_null(told);
}
END_TEST

/* One connection: what one mail would teach is not taught by the next. */
START_TEST(a_mail_leaves_no_recipient_to_the_next)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = g_string_new("To: bo@example.org\r\n\r\nhi\r\n");
	g_autoptr(Edits) edits = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(LogRecord) told = NULL;
	g_autofree char *people = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	session_begin(session, assessor, &authenticated);
	session_recipient(session, "<" ANN ">", RECIPIENT_LOCAL);
	session_field(session, "To", "Ann Lee <" ANN ">");
	session_begin(session, assessor, &authenticated);
	session_recipient(session, "<bo@example.org>", RECIPIENT_LOCAL);
	fixture_send(session, mail);
	edits = session_end(session, FIXTURE_NOW, &report);
	ck_assert(session_remember(session, FIXTURE_NOW, &told, &error));
	people = fixture_people(assessor_store(assessor), FIXTURE_OWNER);
	ck_assert_str_eq(people, "bo@example.org");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("session");
	TCase *all = tcase_create("all"), *one = tcase_create("one"),
	      *memory = tcase_create("memory");

	/* All mails, under ThreadSanitizer, beside another suite. */
	tcase_set_timeout(all, 600);
	tcase_add_loop_test(all, judging_again_what_we_changed_gives_the_same, 0,
			    G_N_ELEMENTS(policies));
	tcase_add_loop_test(all, no_name_breaks_out_of_our_fields, 0,
			    G_N_ELEMENTS(names));
	tcase_add_loop_test(all, no_long_name_breaks_out_of_our_fields, 0,
			    G_N_ELEMENTS(long_pieces));
	suite_add_tcase(suite, all);
	tcase_set_timeout(one, 600);
	tcase_add_test(one, the_body_of_an_ordinary_mail_never_travels);
	tcase_add_loop_test(one, fields_of_ours_are_deleted_on_every_way, 0,
			    G_N_ELEMENTS(ways));
	tcase_add_test(one, observing_changes_nothing);
	tcase_add_test(one, the_log_line_follows_the_route_and_names_nobody);
	tcase_add_test(one, a_mail_over_the_limit_passes);
	tcase_add_test(one, a_line_of_ten_megabytes_passes);
	tcase_add_test(one, fields_without_end_pass_and_ours_are_deleted);
	tcase_add_loop_test(one, fields_of_ours_beyond_any_use_are_refused, 0,
			    G_N_ELEMENTS(crowds));
	tcase_add_test(one, parts_without_end_pass);
	tcase_add_test(one, no_field_ends_the_head);
	tcase_add_test(one, no_body_and_zero_bytes_are_judged);
	tcase_add_test(one, several_recipients_learn_nothing_of_one_another);
	tcase_add_test(one, one_mailbox_with_details_is_one_owner);
	tcase_add_test(one, a_mail_that_leaves_gets_no_banner);
	tcase_add_loop_test(one, a_meeting_gets_fields_and_is_marked_where_it_harms, 0,
			    G_N_ELEMENTS(meetings));
	tcase_add_test(one, a_mail_leaves_nothing_behind_for_the_next);
	tcase_add_test(one, a_head_that_ends_twice_is_judged_once);
	tcase_add_loop_test(one, the_subject_is_tagged_and_else_kept, 0,
			    G_N_ELEMENTS(subjects));
	tcase_add_test(one, a_subject_of_any_length_keeps_to_the_length_of_lines);
	suite_add_tcase(suite, one);
	tcase_set_timeout(memory, 600);
	tcase_add_loop_test(memory, mail_that_goes_out_teaches_whom_its_sender_knows, 0,
			    G_N_ELEMENTS(sent_mails));
	tcase_add_loop_test(memory, an_answer_to_an_invitation_makes_nobody_known, 0,
			    G_N_ELEMENTS(replies));
	tcase_add_loop_test(memory, only_an_invitation_leaves_its_marks, 0,
			    G_N_ELEMENTS(forgettable));
	tcase_add_test(memory, an_invitation_to_several_leaves_its_marks_for_each);
	tcase_add_test(memory, no_mail_that_comes_in_makes_anybody_known);
	tcase_add_loop_test(memory, a_note_that_several_of_us_get_is_a_scripts, 0,
			    G_N_ELEMENTS(bulks));
	tcase_add_test(memory, no_note_is_in_the_files_of_the_store);
	tcase_add_test(memory, a_store_in_trouble_is_told_and_the_mail_goes_on);
	tcase_add_test(memory, a_mail_leaves_no_recipient_to_the_next);
	suite_add_tcase(suite, memory);
	fixture_load();

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_assess.c - is each mail of tests/mail read as EXPECTED.tsv says? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "mail/message.h"

static void
check_cell(char **row, Expected column, const char *what, const char *got)
{
	const char *wanted = row[column];

	ck_assert_msg(g_str_equal(wanted, got != NULL ? got : ""),
		      "%s: %s: got \"%s\", want \"%s\"", row[EXPECTED_FILE], what,
		      got != NULL ? got : "", wanted);
}

static void
check_invite(char **row, const Invite *invite)
{
	g_autofree char *count = invite->connections >= 0
				     ? g_strdup_printf("%ld", invite->connections)
				     : g_strdup("");
	g_autofree char *text = g_strcompress(row[EXPECTED_TEXT]);

	/* A mail that invites to nothing has no note, whatever stands in its place. */
	if (row[EXPECTED_NOTE][0] != '\0')
		ck_assert_msg(g_str_equal(text, invite->note != NULL ? invite->note : ""),
			      "%s: text: got \"%s\", want \"%s\"", row[EXPECTED_FILE],
			      invite->note, text);
	/* The table leaves out who wrote where a mail is about something else. */
	if (row[EXPECTED_INVITER][0] == '\0')
		return;
	check_cell(row, EXPECTED_INVITER, "inviter", invite->name);
	check_cell(row, EXPECTED_HEADLINE, "headline", invite->headline);
	check_cell(row, EXPECTED_COMPANY, "company", invite->company);
	check_cell(row, EXPECTED_LOCATION, "location", invite->location);
	check_cell(row, EXPECTED_PROFILE, "profile", invite->profile);
	check_cell(row, EXPECTED_CONNECTIONS, "connections", count);
	/*
	 * Where nobody is greeted the name in To stands in; a notice has no note to
	 * greet.
	 */
	if (row[EXPECTED_RECIPIENT][0] != '\0' && row[EXPECTED_NOTE][0] != '\0')
		check_cell(row, EXPECTED_RECIPIENT, "recipient", invite->recipient);
}

static void
check_kind(char **row, const Assessment *assessment)
{
	const Kind *kind = assessment->kind;
	Request request = kind != NULL ? kind->request : REQUEST_NONE;
	Notice notice = kind != NULL ? kind->notice : NOTICE_NONE;
	bool is_reminder = kind != NULL && kind->is_reminder;

	check_cell(row, EXPECTED_INVITATION, "invitation",
		   request != REQUEST_NONE ? "true" : "false");
	check_cell(row, EXPECTED_REQUEST, "request",
		   request != REQUEST_NONE ? network_request_name(request) : "");
	check_cell(row, EXPECTED_NOTICE, "notice",
		   notice != NOTICE_NONE ? network_notice_name(notice) : "");
	check_cell(row, EXPECTED_REMINDER, "reminder", is_reminder ? "true" : "false");
	check_cell(row, EXPECTED_NOTE, "note",
		   assessment->note != NULL ? note_class_name(assessment->note->class)
					    : "");
}

START_TEST(each_mail_is_read_as_the_table_says)
{
	g_autoptr(GPtrArray) rows = fixture_rows();
	char **row = rows->pdata[_i];
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(row[EXPECTED_FILE]);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	const Network *network = assessment->network;
	bool is_forged = assessment->authenticity == AUTHENTICITY_FORGED;

	check_cell(row, EXPECTED_FORGED, "forged", is_forged ? "true" : "false");
	check_cell(row, EXPECTED_NETWORK, "network",
		   network != NULL ? network->name : NULL);
	if (is_forged)
		return;
	check_kind(row, assessment);
	if (assessment->invite != NULL)
		check_invite(row, assessment->invite);
	else
		check_cell(row, EXPECTED_INVITER, "inviter", NULL);
}
END_TEST

/* What is judged does not depend on how its lines end. */
START_TEST(line_ends_change_nothing)
{
	g_autoptr(GPtrArray) rows = fixture_rows();
	char **row = rows->pdata[_i];
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(row[EXPECTED_FILE]);
	g_autoptr(Assessment) crlf = fixture_assess(assessor, mail, FIXTURE_OWNER);
	g_autoptr(Assessment) lf = NULL;
	g_autoptr(GString) plain = g_string_new(NULL);

	for (size_t i = 0; i < mail->len; i++)
		if (mail->str[i] != '\r')
			g_string_append_c(plain, mail->str[i]);
	lf = fixture_assess(assessor, plain, FIXTURE_OWNER);
	ck_assert_msg(crlf->verdict == lf->verdict && crlf->kind == lf->kind,
		      "%s: %s with CRLF, %s with LF", row[EXPECTED_FILE],
		      verdict_name(crlf->verdict), verdict_name(lf->verdict));
}
END_TEST

/* The claim index lets every mail through that a network may claim. */
START_TEST(the_claim_index_is_never_wrong_with_no)
{
	g_autoptr(GPtrArray) rows = fixture_rows();
	char **row = rows->pdata[_i];
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(row[EXPECTED_FILE]);
	g_autoptr(Message) message = message_new(mail->str, mail->len, "fence", NULL);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	g_auto(Claim) claim = { 0 };

	claim_init(&claim, message_head(message));
	ck_assert_msg(assessment->network == NULL || assessor_claims(assessor, &claim),
		      "%s: shut out", row[EXPECTED_FILE]);
	ck_assert_msg(!g_str_has_prefix(row[EXPECTED_FILE], "ordinary/") ||
			  !assessor_claims(assessor, &claim),
		      "%s: let in", row[EXPECTED_FILE]);
}
END_TEST

/* What sells there may be the network's own words. */
START_TEST(a_network_whose_mail_nobody_read_is_never_spammy)
{
	g_autoptr(GPtrArray) rows = fixture_rows();
	char **row = rows->pdata[_i];
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(row[EXPECTED_FILE]);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_msg(assessment->network == NULL || assessment->network->is_seen ||
			  assessment->verdict != VERDICT_SPAMMY,
		      "%s: spammy", row[EXPECTED_FILE]);
}
END_TEST

START_TEST(a_forgery_gets_neither_page_nor_address_nor_reply)
{
	g_autoptr(GPtrArray) rows = fixture_rows();
	char **row = rows->pdata[_i];
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = NULL;
	g_autoptr(Assessment) assessment = NULL;

	if (!g_str_equal(row[EXPECTED_FORGED], "true"))
		return;
	mail = fixture_mail(row[EXPECTED_FILE]);
	assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	ck_assert_int_eq(assessment->verdict, VERDICT_FORGED);
	ck_assert_int_eq(assessment->suggestion->answer, ANSWER_REPORT);
	ck_assert_ptr_null(assessment->suggestion->url);
	ck_assert_ptr_null(assessment->suggestion->address);
	ck_assert_ptr_null(assessment->suggestion->reply);
	ck_assert_uint_ge(assessment->reasons->len, 1);
}
END_TEST

#define TRUST "[trust]\nauthserv-id = mx.example.net\n"

static const struct {
	const char *mail;
	const char *reason;
	const char *settings;
} doubtful[] = {
	{ "linkedin/links-rewritten-unknown.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-unknown-phish.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-short.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-short-phish.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-two.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-two-phish.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-fragment.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-fragment-phish.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-html-only.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-token.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-one-token.eml", "links:rewritten", TRUST },
	{ "linkedin/links-rewritten-one-token-phish.eml", "links:rewritten", TRUST },
	{ "linkedin/links-rewritten-counted.eml", "links:rewritten" },
	{ "linkedin/links-rewritten-hosts.eml", "links:rewritten" },
	{ "linkedin/authentication-results-arc-stranger.eml", "arc:stranger", TRUST },
	{ "linkedin/authentication-results-arc-unsealed.eml", "arc:stranger", TRUST },
	{ "linkedin/authentication-results-arc-no-set.eml", "arc:stranger", TRUST },
	{ "linkedin/authentication-results-arc-phish.eml", "arc:stranger", TRUST },
};

START_TEST(what_may_be_a_phish_gets_neither_page_nor_address_nor_reply)
{
	g_autoptr(Assessor) assessor = fixture_assessor(doubtful[_i].settings);
	g_autoptr(GString) mail = fixture_mail(doubtful[_i].mail);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_int_eq(assessment->authenticity, AUTHENTICITY_UNVERIFIED);
	ck_assert_str_eq(assessment->reasons->pdata[0], doubtful[_i].reason);
	ck_assert_ptr_null(assessment->suggestion->url);
	ck_assert_ptr_null(assessment->suggestion->address);
	ck_assert_ptr_null(assessment->suggestion->reply);
}
END_TEST

START_TEST(a_gateway_of_the_site_makes_no_link_doubtful)
{
	g_autoptr(Assessor) assessor = fixture_assessor(
	    "[trust]\nrewriters = gateway.quayside.example, l.quayside.example\n");
	g_autoptr(GString) mail = fixture_mail("linkedin/links-rewritten-token.eml");
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_int_eq(assessment->authenticity, AUTHENTICITY_UNVERIFIED);
	ck_assert_str_ne(assessment->reasons->pdata[0], "links:rewritten");
	ck_assert_ptr_nonnull(assessment->suggestion->url);
}
END_TEST

/* What becomes of a stranger's request to mailboxes that know nobody. */
static const struct {
	const char *mail;
	Verdict verdict;
	Answer answer;
} strangers[] = {
	{ "calendar/own-host.eml", VERDICT_PERSONAL, ANSWER_CONSIDER },
	{ "calendar/own-host-alone.eml", VERDICT_CONTEXTLESS, ANSWER_CONSIDER },
	{ "calendar/papers.eml", VERDICT_PERSONAL, ANSWER_CONSIDER },
	{ "calendar/sells-on-own-host.eml", VERDICT_SPAMMY, ANSWER_IGNORE },
	{ "calendar/sells-on-own-host-de.eml", VERDICT_SPAMMY, ANSWER_IGNORE },
	{ "calendar/sells-on-own-host-es.eml", VERDICT_SPAMMY, ANSWER_IGNORE },
	{ "calendar/near-own-host-visit.eml", VERDICT_PERSONAL, ANSWER_CONSIDER },
	{ "outlook/two-authors.eml", VERDICT_PERSONAL, ANSWER_CONSIDER },
	{ "outlook/two-authors-sell.eml", VERDICT_SPAMMY, ANSWER_IGNORE },
	{ "outlook/teams-privacy.eml", VERDICT_PERSONAL, ANSWER_CONSIDER },
	{ "outlook/near-teams-privacy-shop.eml", VERDICT_SPAMMY, ANSWER_IGNORE },
	{ "linkedin/request-recommendation.eml", VERDICT_SPAMMY, ANSWER_IGNORE },
	{ "linkedin/request-recommendation-own.eml", VERDICT_SPAMMY, ANSWER_IGNORE },
	{ "linkedin/request-endorsement.eml", VERDICT_SPAMMY, ANSWER_IGNORE },
	{ "linkedin/request-group.eml", VERDICT_CONTEXTLESS, ANSWER_CONSIDER },
	{ "linkedin/request-event.eml", VERDICT_CONTEXTLESS, ANSWER_CONSIDER },
	{ "linkedin/request-newsletter.eml", VERDICT_CONTEXTLESS, ANSWER_IGNORE },
	{ "linkedin/request-page-reminder-fr.eml", VERDICT_CONTEXTLESS, ANSWER_IGNORE },
	{ "linkedin/member-2026-no-note.eml", VERDICT_CONTEXTLESS,
	  ANSWER_REPLY_DONT_ACCEPT },
	/* A member who does not pay cannot answer there. */
	{ "xing/request-de.eml", VERDICT_CONTEXTLESS, ANSWER_IGNORE },
	{ "xing/request-de-note.eml", VERDICT_PERSONAL, ANSWER_CONSIDER },
	{ "strava/request.eml", VERDICT_CONTEXTLESS, ANSWER_IGNORE },
	{ "researchgate/join-coauthor.eml", VERDICT_CONTEXTLESS, ANSWER_CONSIDER },
	{ "trello/board.eml", VERDICT_CONTEXTLESS, ANSWER_CONSIDER },
	{ "outlook/request-bare.eml", VERDICT_CONTEXTLESS, ANSWER_CONSIDER },
	{ "github/repository-2025.eml", VERDICT_CONTEXTLESS, ANSWER_CONSIDER },
	{ "trello/board-note.eml", VERDICT_PERSONAL, ANSWER_CONSIDER },
	{ "hi5/friend-2008.eml", VERDICT_DEFAULT_TEXT, ANSWER_IGNORE },
};

START_TEST(a_strangers_request_gets_the_answer_of_its_kind)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(strangers[_i].mail);
	g_autoptr(Assessment) got = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_msg(got->verdict == strangers[_i].verdict &&
			  got->suggestion->answer == strangers[_i].answer,
		      "%s: %s, %s", strangers[_i].mail, verdict_name(got->verdict),
		      verdict_answer_name(got->suggestion->answer));
}
END_TEST

/* What a verifier in front says counts where it is trusted, and first of all the mail. */
static const struct {
	const char *mail;
	const char *reason; /* NULL: unverified */
} trusts[] = {
	{ "linkedin/member-2024-default.eml", "verified:dkim mailc.linkedin.com" },
	{ "linkedin/notice-accepted-2025.eml", "verified:dkim " },
	{ "linkedin/lookalike-jobs-2026.eml", "verified:dkim " },
	{ "linkedin/authentication-results-two-verifiers.eml",
	  "verified:dkim linkedin.com" },
	{ "linkedin/authentication-results-dkim-fail.eml", "forged:dkim-fail" },
	{ "linkedin/authentication-results-arc-own.eml", "forged:dmarc-fail" },
	{ "linkedin/authentication-results-arc-unsigned.eml", "forged:dmarc-fail" },
	{ "linkedin/forged-one-token.eml", "forged:dkim-fail" },
	{ "linkedin/authentication-results-arc-border.eml", NULL },
	{ "linkedin/authentication-results-hidden-fail.eml", "forged:dmarc-fail" },
	{ "linkedin/authentication-results-hidden-pass.eml", NULL },
	{ "linkedin/authentication-results-none.eml", NULL },
	{ "linkedin/guest-2011-06-default.eml", NULL },
	{ "linkedin/through-a-mailing-list.eml", NULL },
	{ "linkedin/forged-real-domain-link-outside.eml", "forged:links-elsewhere" },
	{ "linkedin/forged-look-alike-domain.eml", "forged:look-alike-domain" },
	{ "linkedin/forged-display-name.eml", "forged:links-elsewhere" },
};

START_TEST(a_trusted_verifier_proves_or_disproves)
{
	const char *want = trusts[_i].reason;
	g_autoptr(Assessor) assessor =
	    fixture_assessor("[trust]\nauthserv-id = other.example, mx.example.net\n");
	g_autoptr(Assessor) stranger =
	    fixture_assessor("[trust]\nauthserv-id = example.net mx\n");
	g_autoptr(GString) mail = fixture_mail(trusts[_i].mail);
	g_autoptr(Assessment) got = fixture_assess(assessor, mail, FIXTURE_OWNER);
	g_autoptr(Assessment) other = fixture_assess(stranger, mail, FIXTURE_OWNER);
	const char *reason = got->reasons->len > 0 ? got->reasons->pdata[0] : "none";
	const char *name = authenticity_name(got->authenticity);

	ck_assert_msg(want == NULL ? got->authenticity == AUTHENTICITY_UNVERIFIED
				   : g_str_has_prefix(reason, want) &&
					 g_str_has_prefix(reason, name),
		      "%s: %s, \"%s\", want \"%s\"", trusts[_i].mail, name, reason,
		      want != NULL ? want : "unverified");
	ck_assert_msg(other->authenticity != AUTHENTICITY_VERIFIED &&
			  (other->authenticity == AUTHENTICITY_UNVERIFIED ||
			   g_str_has_prefix(trusts[_i].mail, "linkedin/forged-")),
		      "%s: %s by somebody else", trusts[_i].mail,
		      authenticity_name(other->authenticity));
}
END_TEST

START_TEST(without_a_single_owner_the_relation_is_unknown)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail("linkedin/member-2024-default.eml");
	g_autoptr(Assessment) none = fixture_assess(assessor, mail, NULL);
	g_autoptr(Assessment) one = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_int_eq(none->relation, RELATION_UNKNOWN);
	ck_assert_int_eq(one->relation, RELATION_STRANGER);
	ck_assert_ptr_null(strstr(none->suggestion->reply, "don't know each other"));
	ck_assert_ptr_nonnull(strstr(one->suggestion->reply, "don't know each other"));
	ck_assert_str_eq(one->suggestion->url,
			 "https://www.linkedin.com/mynetwork/invitation-manager/");
}
END_TEST

/* The reply in the note's language, else the frame's, else the setting's. */
static const struct {
	const char *mail;
	const char *settings;
	const char *reply, *banner;
} languages[] = {
	{ "linkedin/member-2025-own-de.eml", NULL, "de", "en" },
	{ "linkedin/member-2018-own-it.eml", NULL, "it", "en" },
	{ "linkedin/member-2010-it-frame-default.eml", NULL, "en", "it" },
	{ "linkedin/guest-2011-11-es-default.eml", NULL, "es", "en" },
	{ "linkedin/reminder-2011-es-member.eml", NULL, "es", "es" },
	{ "linkedin/broken-no-body.eml", NULL, "en", "en" },
	{ "linkedin/broken-no-body.eml", "[suggestion]\nlanguage = nl\n", "en", "en" },
	{ "linkedin/guest-2016-id-default.eml", "[suggestion]\nlanguage = fr\n", "fr",
	  "fr" },
	{ "linkedin/guest-2016-id-default.eml",
	  "[suggestion]\nlanguage = fr\n[recipient Marieke@Example.net]\nlanguage = nl\n",
	  "nl", "nl" },
};

START_TEST(reply_and_banner_speak_the_right_language)
{
	g_autoptr(Assessor) assessor = fixture_assessor(languages[_i].settings);
	g_autoptr(GString) mail = fixture_mail(languages[_i].mail);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_msg(g_strcmp0(assessment->suggestion->language, languages[_i].reply) ==
			  0,
		      "%s: reply in %s, want %s", languages[_i].mail,
		      assessment->suggestion->language, languages[_i].reply);
	ck_assert_msg(g_strcmp0(assessment->voice.language, languages[_i].banner) == 0,
		      "%s: banner in %s, want %s", languages[_i].mail,
		      assessment->voice.language, languages[_i].banner);
}
END_TEST

/* The tone of the recipient, else of the domain, else of all. */
static const struct {
	const char *owner;
	const char *reply; /* begins with it */
} tones[] = {
	{ FIXTURE_OWNER, "Dear Kwabena Osei-Tutu,\n\nThank you very much " },
	{ "jan@example.net", "Hi Kwabena,\n\nThanks for " },
	{ "jan@example.org", "Hi Kwabena,\n\nThank you for " },
};

START_TEST(each_recipient_has_a_tone)
{
	g_autoptr(Assessor) assessor =
	    fixture_assessor("[domain example.net]\ntone = brief\n"
			     "[recipient " FIXTURE_OWNER "]\ntone = formal\n");
	g_autoptr(GString) mail = fixture_mail("linkedin/member-2024-default.eml");
	g_autoptr(Assessment) one = fixture_assess(assessor, mail, tones[_i].owner);

	ck_assert_msg(g_str_has_prefix(one->suggestion->reply, tones[_i].reply),
		      "%s: got %s, want %s", tones[_i].owner, one->suggestion->reply,
		      tones[_i].reply);
}
END_TEST

static const struct {
	const char *note;
	const char *recipient;
} greeted[] = {
	{ "Hi Marieke,\n\nit was good to meet you.", "Marieke" },
	{ "Dear Mrs. Duivenvoorde,\n\nit was good to meet you.", "Marieke Duivenvoorde" },
	{ "It was good to meet you.", "Marieke Duivenvoorde" },
	/* Others' names, and a first line that is none. */
	{ "Hi Joost,\n\nit was good to meet you.", "Marieke Duivenvoorde" },
	{ "Hi Mari,\n\nit was good to meet you.", "Marieke Duivenvoorde" },
	{ "What we saw in Arnhem:\n\nit was good to meet you.", "Marieke Duivenvoorde" },
};

START_TEST(nobody_signs_with_a_name_that_is_not_theirs)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_invitation("Ann Lee", greeted[_i].note);
	g_autoptr(Assessment) one = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_str_eq(one->invite->recipient, greeted[_i].recipient);
}
END_TEST

/* What a list is called signs nobody's reply. */
START_TEST(only_the_owners_own_name_signs_a_reply)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_invitation("Ann Lee", "Do we know each other?");
	g_autoptr(Assessment) own = fixture_assess(assessor, mail, FIXTURE_OWNER);
	g_autoptr(Assessment) other = fixture_assess(assessor, mail, "jan@example.net");

	ck_assert_str_eq(own->invite->recipient, "Marieke Duivenvoorde");
	ck_assert_ptr_null(other->invite->recipient);
	ck_assert_msg(g_str_has_suffix(other->suggestion->reply, "\n\nBest regards"),
		      "%s", other->suggestion->reply);
}
END_TEST

START_TEST(a_first_line_of_other_words_names_nobody)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail =
	    fixture_invitation("Ann Lee", "What we saw in Arnhem:\n\nhills.");
	g_autoptr(Assessment) one = fixture_assess(assessor, mail, "jan@example.net");

	ck_assert_ptr_null(one->invite->recipient);
}
END_TEST

/*
 * Words of a mail that are left out, up to NULL, and whether a headline is missed then.
 */
static const struct {
	const char *mail;
	const char *without[3];
	bool is_missed;
} headlines[] = {
	{ "linkedin/member-2025-own-en.eml", { NULL }, false },
	{ "linkedin/member-2025-own-en.eml",
	  { "Preservation Engineer at Savanna Bits", "Ibadan, Nigeria" },
	  true },
	/* Forged by its links, whoever is shown. */
	{ "linkedin/forged-real-domain-link-outside.eml", { NULL }, false },
	/* No place for one: no HTML part, or a reminder. */
	{ "linkedin/member-2011-en-bare.eml", { NULL }, false },
	{ "linkedin/guest-2009-default.eml", { NULL }, false },
	{ "linkedin/reminder-2016-second-guest.eml", { NULL }, false },
	/* A network that has none. */
	{ "facebook/friend-2015.eml", { NULL }, false },
};

START_TEST(a_headline_is_missed_where_the_mail_has_a_place_for_one)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(headlines[_i].mail);
	g_autoptr(Assessment) got = NULL;
	bool is_missed = false;

	for (size_t i = 0; headlines[_i].without[i] != NULL; i++)
		ck_assert_uint_gt(g_string_replace(mail, headlines[_i].without[i], "", 0),
				  1);
	got = fixture_assess(assessor, mail, FIXTURE_OWNER);
	for (size_t i = 0; i < got->reasons->len; i++)
		is_missed |= g_str_equal(got->reasons->pdata[i], "profile:no-headline");
	ck_assert_msg(is_missed == headlines[_i].is_missed, "%s: got %d, want %d",
		      headlines[_i].mail, is_missed, headlines[_i].is_missed);
}
END_TEST

static const char *const no_mails[] = {
	"", "\r\n", "hello", "\0\0\0", "a b c\r\n\r\nd", "X-Only: this\r\n\r\nbody\r\n"
};

START_TEST(what_is_no_mail_is_an_error)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	Delivery delivery = { .now = FIXTURE_NOW };
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(
	    assess(assessor, no_mails[_i], strlen(no_mails[_i]), &delivery, &error));
	ck_assert_int_eq(error->code, MESSAGE_ERROR_NOT_MAIL);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("assess");
	TCase *table = tcase_create("table"), *single = tcase_create("single");
	g_autoptr(GPtrArray) rows = fixture_rows();
	int most = (int)rows->len;

	tcase_add_loop_test(table, each_mail_is_read_as_the_table_says, 0, most);
	tcase_add_loop_test(table, line_ends_change_nothing, 0, most);
	tcase_add_loop_test(table, a_network_whose_mail_nobody_read_is_never_spammy, 0,
			    most);
	tcase_add_loop_test(table, the_claim_index_is_never_wrong_with_no, 0, most);
	tcase_add_loop_test(table,
			    what_may_be_a_phish_gets_neither_page_nor_address_nor_reply,
			    0, G_N_ELEMENTS(doubtful));
	tcase_add_test(table, a_gateway_of_the_site_makes_no_link_doubtful);
	tcase_add_loop_test(table, a_forgery_gets_neither_page_nor_address_nor_reply, 0,
			    most);
	suite_add_tcase(suite, table);
	tcase_add_loop_test(single, a_strangers_request_gets_the_answer_of_its_kind, 0,
			    G_N_ELEMENTS(strangers));
	tcase_add_loop_test(single, a_trusted_verifier_proves_or_disproves, 0,
			    G_N_ELEMENTS(trusts));
	tcase_add_test(single, without_a_single_owner_the_relation_is_unknown);
	tcase_add_loop_test(single, reply_and_banner_speak_the_right_language, 0,
			    G_N_ELEMENTS(languages));
	tcase_add_test(single, only_the_owners_own_name_signs_a_reply);
	tcase_add_test(single, a_first_line_of_other_words_names_nobody);
	tcase_add_loop_test(single, nobody_signs_with_a_name_that_is_not_theirs, 0,
			    G_N_ELEMENTS(greeted));
	tcase_add_loop_test(single, each_recipient_has_a_tone, 0, G_N_ELEMENTS(tones));
	tcase_add_loop_test(single,
			    a_headline_is_missed_where_the_mail_has_a_place_for_one, 0,
			    G_N_ELEMENTS(headlines));
	tcase_add_loop_test(single, what_is_no_mail_is_an_error, 0,
			    G_N_ELEMENTS(no_mails));
	suite_add_tcase(suite, single);
	fixture_load();

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_kept.c - do mails that come in and go out keep the list of invitations? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "judge/kept.h"

#define OWNER    FIXTURE_OWNER
#define TRUSTING "[trust]\nauthserv-id = mx.example.net\n"
#define NO_LIST  "[people]\nkeep-invitations = no\n"
#define OWN_DE   "linkedin/member-2025-own-de.eml"
#define ACCEPTED "linkedin/notice-accepted-2025.eml"
#define THIJS    "linkedin/guest-2010-default.eml"

/* What stands in an invitation instead of its own inviter's profile. */
#define HERS  "walburga-kneissl"
#define OTHER "ottilie-brandenstein"

/* One mail on its way. */
typedef struct {
	const char *name;           /* below tests/mail, or a head and body; NULL: none */
	const char *instead, *with; /* in it; NULL: as it is */
	const char *login;          /* not NULL: it goes out */
	const char *to;             /* recipients; NULL: the owner */
} Passed;

static GString *
mail_of(const Passed *passed)
{
	GString *mail = strchr(passed->name, ':') != NULL ? g_string_new(passed->name)
							  : fixture_mail(passed->name);

	if (passed->instead != NULL)
		g_string_replace(mail, passed->instead, passed->with, 0);

	return mail;
}

static void
pass(Assessor *assessor, const Passed *passed)
{
	const Sender sender = { .login = passed->login, .address = "<x@example.org>" };
	g_autoptr(GString) mail = mail_of(passed);
	g_autoptr(Session) session = session_new(NULL);
	g_auto(Report) report = { 0 };
	g_auto(GStrv) to = g_strsplit(passed->to != NULL ? passed->to : OWNER, " ", -1);
	g_autoptr(Edits) edits = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(LogRecord) told = NULL;

	session_begin(session, assessor, &sender);
	for (size_t i = 0; to[i] != NULL; i++)
		session_recipient(session, to[i], RECIPIENT_LOCAL);
	if (fixture_send(session, mail) == SESSION_ACCEPT)
		return;
	edits = session_end(session, FIXTURE_NOW, &report);
	ck_assert_msg(session_remember(session, FIXTURE_NOW, &told, &error), "%s",
		      error != NULL ? error->message : "");
}

/* "network request verdict state why reminders name" of each, joined by "; ". */
static char *
tell(Assessor *assessor, const char *owner)
{
	static const StoreInvitationText words[] = { STORE_INVITATION_NETWORK,
						     STORE_INVITATION_REQUEST,
						     STORE_INVITATION_VERDICT };
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	ck_assert(store_invitation_list(assessor_store(assessor), owner,
					STORE_INVITATION_BRIEF, &list, &error));
	for (size_t i = 0; i < list->len; i++) {
		const StoreInvitation *row = list->pdata[i];
		const char *name = row->texts[STORE_INVITATION_NAME];

		g_string_append(out, i > 0 ? "; " : "");
		for (size_t k = 0; k < G_N_ELEMENTS(words); k++)
			g_string_append_printf(out, "%s ", row->texts[words[k]]);
		g_string_append_printf(out, "%s %s %d %s",
				       invitation_state_name(row->state),
				       invitation_state_why_name(row->why),
				       (int)row->reminders, name != NULL ? name : "-");
	}

	return g_strdup(out->str);
}

#define DE_OPEN    "linkedin connect personal open came 0 Walburga Kneißl"
#define THIJS_OPEN "linkedin connect default-text open came 0 Thijs van Rozendaal"
#define REPLY_TO   "From: Marieke <marieke@example.net>\r\nTo: "
#define REPLY_TEXT "\r\nSubject: Re\r\n\r\nHello\r\n"
#define TO_THIJS   REPLY_TO "thijs@example.org" REPLY_TEXT
#define AUTOMATIC  REPLY_TO "thijs@example.org\r\nAuto-Submitted: auto-replied" REPLY_TEXT

static const struct {
	const char *settings;
	Passed mails[3];
	const char *want;
} routes[] = {
	/* What is listed. */
	{ "", { { OWN_DE } }, DE_OPEN },
	{ "[people]\nlearn = no\n", { { OWN_DE } }, DE_OPEN },
	{ "[milter]\nmode = observe\n", { { OWN_DE } }, DE_OPEN },
	{ "", { { OWN_DE }, { OWN_DE } }, DE_OPEN },
	{ "",
	  { { OWN_DE }, { OWN_DE, "Message-ID: <", "Message-ID: <x" } },
	  "linkedin connect personal open came 1 Walburga Kneißl" },
	{ "",
	  { { "linkedin/forged-display-name.eml" },
	    { "linkedin/forged-look-alike-domain.eml" } },
	  "linkedin none forged open came 1 -" },
	{ "",
	  { { "calendar/scam.eml" } },
	  "calendar event spammy open came 0 Vernon Hale" },
	/* What is not. */
	{ "", { { "calendar/bare-request.eml" } }, "" },
	{ "", { { "ordinary/attachment.eml" } }, "" },
	{ "", { { "linkedin/lookalike-password.eml" } }, "" },
	{ "", { { ACCEPTED } }, "" },
	{ NO_LIST, { { OWN_DE } }, "" },
	{ "[people]\nkeep-invitations = 0\n", { { OWN_DE } }, "" },
	{ "[domain example.net]\nkeep-invitations = no\n", { { OWN_DE } }, "" },
	{ NO_LIST "[recipient " OWNER "]\nkeep-invitations = 9\n",
	  { { OWN_DE } },
	  DE_OPEN },
	{ "", { { OWN_DE, .to = "omar@example.net" } }, "" },
	{ "", { { OWN_DE, .to = "omar@example.net " OWNER } }, DE_OPEN },
	/* The owner writes. */
	{ "",
	  { { THIJS }, { TO_THIJS, .login = OWNER, .to = "thijs@example.org" } },
	  "linkedin connect default-text answered mail 0 Thijs van Rozendaal" },
	{ "[people]\nlearn = no\n",
	  { { THIJS }, { TO_THIJS, .login = OWNER, .to = "thijs@example.org" } },
	  "linkedin connect default-text answered mail 0 Thijs van Rozendaal" },
	{ "",
	  { { THIJS }, { AUTOMATIC, .login = OWNER, .to = "thijs@example.org" } },
	  THIJS_OPEN },
	{ "",
	  { { THIJS },
	    { TO_THIJS, .login = "omar@example.net", .to = "thijs@example.org" } },
	  THIJS_OPEN },
	{ "", { { THIJS }, { TO_THIJS, .to = "thijs@example.org" } }, THIJS_OPEN },
	/* The network tells, if it is the network. */
	{ TRUSTING,
	  { { OWN_DE, HERS, OTHER }, { ACCEPTED } },
	  "linkedin connect personal accepted notice 0 Walburga Kneißl" },
	{ "", { { OWN_DE, HERS, OTHER }, { ACCEPTED } }, DE_OPEN },
	{ TRUSTING,
	  { { OWN_DE, HERS, OTHER },
	    { ACCEPTED, "Results: mx.example.net", "Results: mx.example.org" } },
	  DE_OPEN },
	{ TRUSTING,
	  { { OWN_DE, HERS, OTHER }, { ACCEPTED, .to = "omar@example.net" } },
	  DE_OPEN },
	{ TRUSTING,
	  { { OWN_DE, HERS, OTHER },
	    { ACCEPTED, "marieke@example.net", "omar@example.net" } },
	  DE_OPEN },
};

START_TEST(a_mail_is_listed_and_what_comes_of_it)
{
	g_autoptr(Assessor) assessor = fixture_assessor(routes[_i].settings);
	g_autofree char *got = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	for (size_t i = 0; i < G_N_ELEMENTS(routes[_i].mails); i++)
		if (routes[_i].mails[i].name != NULL)
			pass(assessor, &routes[_i].mails[i]);
	got = tell(assessor, OWNER);
	ck_assert_msg(g_str_equal(got, routes[_i].want), "row %d: got %s, want %s", _i,
		      got, routes[_i].want);
}
END_TEST

/* Each is told by what they know; nobody by what another one does. */
START_TEST(each_owner_has_a_list_of_their_own)
{
	static const FixtureContact thijs = { SOURCE_ADDED,
					      .address = "thijs@example.org" };
	static const Passed to_both = { THIJS, .to = OWNER " omar@example.net" };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autofree char *hers = NULL, *his = NULL;
	Store *store = fixture_store(STORE_SERVE, NULL);

	assessor_set_store(assessor, store);
	fixture_learn(store, assessor, &thijs);
	pass(assessor, &to_both);
	hers = tell(assessor, OWNER);
	his = tell(assessor, "omar@example.net");
	ck_assert_str_eq(hers, "linkedin connect known open came 0 Thijs van Rozendaal");
	ck_assert_str_eq(his, THIJS_OPEN);
}
END_TEST

/* All that a person may want to see of it later. */
START_TEST(an_invitation_is_kept_with_its_evidence)
{
	static const struct {
		StoreInvitationText text;
		const char *want; /* how it begins */
	} texts[] = {
		{ STORE_INVITATION_ANSWER, "consider" },
		{ STORE_INVITATION_RELATION, "stranger" },
		{ STORE_INVITATION_AUTHENTICITY, "verified" },
		{ STORE_INVITATION_PROFILE,
		  "https://www.linkedin.com/in/walburga-kneissl" },
		{ STORE_INVITATION_HEADLINE, "Archivarin at Landesarchiv Hohenfels" },
		{ STORE_INVITATION_COMPANY, "Landesarchiv Hohenfels" },
		{ STORE_INVITATION_MESSAGE_ID, "<" },
		{ STORE_INVITATION_PAGE,
		  "https://www.linkedin.com/mynetwork/invitation-manager/" },
		{ STORE_INVITATION_LANGUAGE, "de" },
		{ STORE_INVITATION_NOTE, "Liebe Marieke, herzlichen Dank" },
		{ STORE_INVITATION_REPLY, "Hallo Walburga," },
	};
	static const Passed mail = { OWN_DE };
	g_autoptr(Assessor) assessor = fixture_assessor(TRUSTING);
	g_autoptr(StoreInvitation) row = NULL;
	g_autoptr(GError) error = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	pass(assessor, &mail);
	ck_assert(store_invitation_get(assessor_store(assessor), OWNER, 1, &row, &error));
	ck_assert_ptr_nonnull(row);
	ck_assert_int_eq(row->first, FIXTURE_NOW);
	ck_assert_int_eq(row->trust, 2);
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		const char *got = row->texts[texts[i].text];

		ck_assert_msg(got != NULL && g_str_has_prefix(got, texts[i].want),
			      "%s: got %s, want %s",
			      store_invitation_text_name(texts[i].text),
			      got != NULL ? got : "nothing", texts[i].want);
	}
}
END_TEST

/* The table of what waits for an answer. */
START_TEST(what_is_worth_an_answer_stands_first)
{
	static const struct {
		Verdict verdict;
		Answer answer;
	} order[] = {
		{ VERDICT_KNOWN, ANSWER_ACCEPT },
		{ VERDICT_PERSONAL, ANSWER_CONSIDER },
		{ VERDICT_CONTEXTLESS, ANSWER_REPLY_DONT_ACCEPT },
		{ VERDICT_DEFAULT_TEXT, ANSWER_REPLY_DONT_ACCEPT },
		{ VERDICT_CONTEXTLESS, ANSWER_IGNORE }, /* from here on none is due */
		{ VERDICT_SPAMMY, ANSWER_IGNORE },
		{ VERDICT_IMPOSTOR, ANSWER_CONSIDER },
		{ VERDICT_FORGED, ANSWER_REPORT },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		int worth = kept_worth(order[i].verdict, order[i].answer);

		ck_assert_msg((worth > 0) == (i < 4), "row %zu: %d", i, worth);
		if (i > 0)
			ck_assert_int_lt(
			    worth, kept_worth(order[i - 1].verdict, order[i - 1].answer));
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("kept");
	TCase *list = tcase_create("list");

	fixture_load();
	tcase_add_loop_test(list, a_mail_is_listed_and_what_comes_of_it, 0,
			    G_N_ELEMENTS(routes));
	tcase_add_test(list, each_owner_has_a_list_of_their_own);
	tcase_add_test(list, an_invitation_is_kept_with_its_evidence);
	tcase_add_test(list, what_is_worth_an_answer_stands_first);
	suite_add_tcase(suite, list);

	return fixture_run(suite);
}

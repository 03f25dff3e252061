/* SPDX-License-Identifier: BSD-2-Clause */
/* check_requests_invitation.c - is a list told, closed and forgotten as it is asked? */

#include "config.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "base/json.h"
#include "fixture.h"
#include "judge/kept.h"
#include "requests/requests.h"

#define OWNER  FIXTURE_OWNER
#define OMAR   "omar@example.net"
#define OWN_DE "linkedin/member-2025-own-de.eml"
#define THIJS  "linkedin/guest-2010-default.eml"
#define DAY    (24 * 3600)

static const AccessClient hers = { OWNER, false };
static const AccessClient his = { OMAR, false };
static const AccessClient root = { NULL, true };

/* What an answer tells: words of each invitation, and the last line. */
typedef struct {
	GString *rows;
	char *last;
} Told;

/* A RequestsTell. */
static bool
listen_to(void *context, const char *line)
{
	Told *told = context;
	g_autoptr(JsonNode) root_node = json_from_string(line, NULL);
	JsonObject *object = json_node_get_object(root_node), *row;

	if (!json_object_has_member(object, "invitation")) {
		g_free(told->last);
		told->last = g_strdup(line);
		return true;
	}
	row = json_object_get_object_member(object, "invitation");
	g_string_append_printf(told->rows, "%s%d %s %s %s%s%s",
			       told->rows->len > 0 ? "; " : "",
			       (int)json_number(row, "id"), json_text(row, "state"),
			       json_text(row, "state_why"), json_text(row, "name"),
			       json_flag(row, "due") ? " due" : "",
			       json_text(row, "reply") != NULL ? " reply" : "");
	ck_assert(!json_object_has_member(row, "name_key"));

	return true;
}

static bool
ask(Assessor *assessor, const AccessClient *client, const char *request, gint64 now,
    Told *told_out)
{
	told_out->rows = g_string_new(NULL);
	told_out->last = NULL;

	return requests_answer(assessor_store(assessor), assessor, client, request, now,
			       listen_to, told_out);
}

static void
told_clear(Told *told)
{
	g_string_free(told->rows, TRUE);
	g_free(told->last);
}

/* last: how the last line begins. */
static void
check_asked(Assessor *assessor, const AccessClient *client, const char *request,
	    gint64 now, const char *rows, const char *last)
{
	Told told;

	ask(assessor, client, request, now, &told);
	ck_assert_msg(g_str_equal(told.rows->str, rows), "%s: got %s, want %s", request,
		      told.rows->str, rows);
	ck_assert_msg(g_str_has_prefix(told.last, last), "%s: got %s, want %s", request,
		      told.last, last);
	told_clear(&told);
}

static void
list(Assessor *assessor, const char *name, const char *owner, gint64 when)
{
	g_autoptr(GString) mail = fixture_mail(name);
	g_autoptr(Assessment) found = fixture_assess(assessor, mail, owner);
	g_autoptr(StoreInvitation) said = kept_invitation(found);
	g_autoptr(GError) error = NULL;
	InvitationKept kept;

	ck_assert_msg(invitation_keep(assessor_store(assessor), owner, said,
				      kept_mail(found), when, &kept, &error),
		      "%s", error != NULL ? error->message : "");
}

static Assessor *
two_invitations(void)
{
	Assessor *assessor = fixture_assessor(NULL);

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	list(assessor, OWN_DE, OWNER, FIXTURE_NOW);
	list(assessor, THIJS, OWNER, FIXTURE_NOW + DAY);

	return assessor;
}

#define WALBURGA "1 open came Walburga Kneißl"
#define IS_THIJS "2 open came Thijs van Rozendaal"

static const struct {
	const AccessClient *client;
	const char *request;
	const char *rows, *last;
} questions[] = {
	{ &hers, "{\"do\":\"invitations\"}", WALBURGA " due; " IS_THIJS,
	  "{\"end\":2,\"open\":2,\"due\":1,\"kept\":true,\"verified\":false,\"past\":[]"
	  "}" },
	{ &hers, "{\"do\":\"invitations\",\"whole\":true}",
	  WALBURGA " due reply; " IS_THIJS " reply", "{\"end\":2" },
	{ &hers, "{\"do\":\"invitations\",\"due\":true}", WALBURGA " due", "{\"end\":1" },
	{ &hers, "{\"do\":\"invitations\",\"verdict\":\"default-text\"}", IS_THIJS,
	  "{\"end\":1" },
	{ &hers, "{\"do\":\"invitations\",\"network\":\"xing\"}", "",
	  "{\"end\":0,\"open\":2,\"due\":1" },
	{ &hers, "{\"do\":\"invitations\",\"since\":1768435201}", IS_THIJS,
	  "{\"end\":1" },
	/* Another's is another's. */
	{ &his, "{\"do\":\"invitations\"}", "", "{\"end\":0" },
	{ &his, "{\"do\":\"invitations\",\"owner\":\"" OWNER "\"}", "",
	  "{\"refused\":\"right\"" },
	{ &his, "{\"do\":\"invitation\",\"who\":\"1\",\"owner\":\"" OWNER "\"}", "",
	  "{\"refused\":\"right\"" },
	{ &his, "{\"do\":\"close\",\"who\":[\"1\"],\"state\":\"ignored\"}", "",
	  "{\"closed\":[{\"who\":\"1\",\"id\":1,\"became\":\"none\"}]}" },
	{ &root, "{\"do\":\"invitations\"}", "", "{\"refused\":\"owner\"" },
	{ &root, "{\"do\":\"invitations\",\"everywhere\":true}", "",
	  "{\"refused\":\"owner\"" },
	{ &root, "{\"do\":\"invitations\",\"owner\":\"" OWNER "\"}",
	  WALBURGA " due; " IS_THIJS, "{\"end\":2" },
	/* What names one. */
	{ &hers, "{\"do\":\"invitation\",\"who\":\"1\"}", WALBURGA " due reply",
	  "{\"end\":1,\"owner\":\"" OWNER "\"}" },
	{ &hers, "{\"do\":\"invitation\",\"who\":\"Kneißl, Walburga\"}",
	  WALBURGA " due reply", "{\"end\":1" },
	{ &hers,
	  "{\"do\":\"invitation\",\"who\":\"http://de.linkedin.com/in/Walburga-Kneissl/"
	  "\"}",
	  WALBURGA " due reply", "{\"end\":1" },
	{ &hers, "{\"do\":\"invitation\",\"who\":\"Thijs@example.org\"}",
	  IS_THIJS " reply", "{\"end\":1" },
	{ &hers, "{\"do\":\"invitation\",\"who\":\"3\"}", "", "{\"end\":0" },
	{ &hers, "{\"do\":\"invitation\",\"who\":\"0\"}", "", "{\"end\":0" },
	{ &hers, "{\"do\":\"invitation\",\"who\":\"99999999999999999999\"}", "",
	  "{\"end\":0" },
	{ &hers, "{\"do\":\"invitation\",\"who\":\"<>\"}", "", "{\"end\":0" },
	{ &hers, "{\"do\":\"invitation\",\"who\":\"%\"}", "", "{\"end\":0" },
	{ &hers, "{\"do\":\"invitation\"}", "", "{\"error\":\"show what?" },
	{ &hers, "{\"do\":\"invitation\",\"who\":7}", "", "{\"error\":\"show what?" },
	/* What closes. */
	{ &hers,
	  "{\"do\":\"close\",\"who\":[\"1\",\"9\",\"Thijs van Rozendaal\",7],"
	  "\"state\":\"accepted\"}",
	  "",
	  "{\"closed\":[{\"who\":\"1\",\"id\":1,\"became\":\"changed\",\"was\":\"open\"},"
	  "{\"who\":\"9\",\"id\":9,\"became\":\"none\"},"
	  "{\"who\":\"Thijs van "
	  "Rozendaal\",\"id\":2,\"became\":\"changed\",\"was\":\"open\"},"
	  "{\"who\":\"\",\"became\":\"none\"}]}" },
	{ &hers, "{\"do\":\"close\",\"who\":[\"1\"],\"state\":\"open\"}", "",
	  "{\"closed\":[{\"who\":\"1\",\"id\":1,\"became\":\"unchanged\"}]}" },
	{ &hers, "{\"do\":\"close\",\"who\":[\"1\"],\"state\":\"expired\"}", "",
	  "{\"error\":\"close what" },
	{ &hers, "{\"do\":\"close\",\"who\":[],\"state\":\"ignored\"}", "",
	  "{\"error\":\"close what" },
	{ &hers, "{\"do\":\"close\",\"who\":\"1\",\"state\":\"ignored\"}", "",
	  "{\"error\":\"close what" },
};

START_TEST(a_list_is_told_to_whom_it_is_due)
{
	g_autoptr(Assessor) assessor = two_invitations();

	check_asked(assessor, questions[_i].client, questions[_i].request,
		    FIXTURE_NOW + 2 * DAY, questions[_i].rows, questions[_i].last);
}
END_TEST

/* How a mail is filed, and what the list says of it then. */
static const struct {
	const char *first, *second; /* requests without their mail; second may be NULL */
	const char *want;
} filings[] = {
	{ "\"do\":\"stranger\"", NULL, "1 ignored moved Walburga Kneißl" },
	{ "\"do\":\"teach\",\"class\":\"pitch\"", NULL,
	  "1 ignored moved Walburga Kneißl" },
	{ "\"do\":\"known\"", NULL, "1 open came Walburga Kneißl" },
	{ "\"do\":\"teach\",\"class\":\"personal\"", NULL,
	  "1 open came Walburga Kneißl" },
	{ "\"do\":\"stranger\"", "\"do\":\"known\"", "1 open moved Walburga Kneißl" },
	{ "\"do\":\"teach\",\"class\":\"pitch\"", "\"do\":\"teach\",\"class\":\"undo\"",
	  "1 open moved Walburga Kneißl" },
};

START_TEST(a_mail_that_is_filed_is_settled)
{
	const char *const requests[] = { filings[_i].first, filings[_i].second };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(OWN_DE);
	g_autofree char *text = g_base64_encode((const guchar *)mail->str, mail->len);

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	list(assessor, OWN_DE, OWNER, FIXTURE_NOW);
	for (size_t i = 0; i < 2 && requests[i] != NULL; i++) {
		g_autofree char *request =
		    g_strdup_printf("{%s,\"mail\":\"%s\"}", requests[i], text);
		Told told;

		ask(assessor, &hers, request, FIXTURE_NOW, &told);
		ck_assert_msg(strstr(told.last, "error") == NULL, "%s", told.last);
		told_clear(&told);
	}
	check_asked(assessor, &hers, "{\"do\":\"invitations\",\"all\":true}", FIXTURE_NOW,
		    filings[_i].want, "{\"end\":1");
}
END_TEST

/* Who was filed as known is told as known. */
START_TEST(who_is_said_to_be_known_is_listed_so)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(OWN_DE);
	g_autofree char *text = g_base64_encode((const guchar *)mail->str, mail->len);
	g_autofree char *request =
	    g_strdup_printf("{\"do\":\"known\",\"mail\":\"%s\"}", text);
	Told told;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	list(assessor, OWN_DE, OWNER, FIXTURE_NOW);
	ask(assessor, &hers, request, FIXTURE_NOW, &told);
	told_clear(&told);
	check_asked(assessor, &hers, "{\"do\":\"invitations\",\"verdict\":\"known\"}",
		    FIXTURE_NOW, "1 open came Walburga Kneißl", "{\"end\":1");
}
END_TEST

/* By whom somebody is named, and how many people and invitations go. */
static const struct {
	const char *who, *last, *rows;
	bool is_known;
} forgettings[] = {
	{ "Walburga Kneißl", "{\"forgotten\":0,\"invitations\":1}",
	  "2 open came Thijs van Rozendaal", false },
	{ "https://www.linkedin.com/in/walburga-kneissl",
	  "{\"forgotten\":0,\"invitations\":1}", "2 open came Thijs van Rozendaal",
	  false },
	{ "thijs@example.org", "{\"forgotten\":0,\"invitations\":1}",
	  "1 open came Walburga Kneißl", false },
	{ "bo@example.org", "{\"forgotten\":0}",
	  "1 open came Walburga Kneißl; 2 open came Thijs van Rozendaal", false },
	/* Known by another address, and all that is theirs goes. */
	{ "tvr@example.com", "{\"forgotten\":1,\"invitations\":1}",
	  "1 open came Walburga Kneißl", true },
};

START_TEST(who_is_forgotten_goes_with_what_they_sent)
{
	static const FixtureContact thijs = { .source = SOURCE_ADDED,
					      .name = "Thijs van Rozendaal",
					      .address = "tvr@example.com" };
	g_autoptr(Assessor) assessor = two_invitations();
	g_autofree char *request =
	    g_strdup_printf("{\"do\":\"forget\",\"who\":\"%s\"}", forgettings[_i].who);
	bool is_to_scrub;
	Told told;

	if (forgettings[_i].is_known)
		fixture_learn(assessor_store(assessor), assessor, &thijs);
	is_to_scrub = ask(assessor, &hers, request, FIXTURE_NOW, &told);
	ck_assert_str_eq(told.last, forgettings[_i].last);
	ck_assert(is_to_scrub == (strstr(told.last, "invitations") != NULL));
	told_clear(&told);
	check_asked(assessor, &hers, "{\"do\":\"invitations\"}", FIXTURE_NOW,
		    forgettings[_i].rows, "{\"end\":");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("requests-invitation");
	TCase *requests = tcase_create("requests");

	fixture_load();
	tcase_add_loop_test(requests, a_list_is_told_to_whom_it_is_due, 0,
			    G_N_ELEMENTS(questions));
	tcase_add_loop_test(requests, a_mail_that_is_filed_is_settled, 0,
			    G_N_ELEMENTS(filings));
	tcase_add_test(requests, who_is_said_to_be_known_is_listed_so);
	tcase_add_loop_test(requests, who_is_forgotten_goes_with_what_they_sent, 0,
			    G_N_ELEMENTS(forgettings));
	suite_add_tcase(suite, requests);

	return fixture_run(suite);
}

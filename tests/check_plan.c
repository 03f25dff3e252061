/* SPDX-License-Identifier: BSD-2-Clause */
/* check_plan.c - does what all recipients want come out right, whatever they want? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "judge/policy-action.h"

#define TRUST "[trust]\nauthserv-id = mx.example.net\n"
#define PASS  "Authentication-Results: mx.example.net; dkim=pass header.d=linkedin.com\r\n"
#define MAIL  "linkedin/member-2024-default.eml"

/* An answer's line has 512 octets (RFC 5321, section 4.5.3.1.5). */
#define REPLY_LINE_MAX (512 - strlen("550 5.7.1 \r\n"))

#define POLICIES            20
#define MAILS_PER_POLICY    20
#define RECIPIENTS_PER_MAIL 8

static GString *
verified_mail(const char *name)
{
	g_autoptr(GString) mail = fixture_mail(name);

	g_string_prepend(mail, PASS);

	return g_steal_pointer(&mail);
}

/* Recipients, as in RCPT TO, separated by blanks. */
static Edits *
plan_for(Assessor *assessor, const GString *mail, const char *recipients, Report *report)
{
	g_autoptr(Session) session = session_new(NULL);
	g_auto(GStrv) given = g_strsplit(recipients, " ", -1);

	session_begin(session, assessor, &(Sender){ .address = "<a@example.org>" });
	for (size_t i = 0; given[i] != NULL; i++)
		session_recipient(session, given[i], RECIPIENT_LOCAL);
	if (fixture_send(session, mail) == SESSION_ACCEPT)
		return edits_new();

	return session_end(session, FIXTURE_NOW, report);
}

/* "+added -removed", in the order in which they are sent. */
static char *
envelope_of(const Edits *edits)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < edits->recipients_in->len; i++)
		g_string_append_printf(text, "%s+%s", text->len > 0 ? " " : "",
				       (const char *)edits->recipients_in->pdata[i]);
	for (guint i = 0; i < edits->recipients_out->len; i++)
		g_string_append_printf(text, "%s-%s", text->len > 0 ? " " : "",
				       (const char *)edits->recipients_out->pdata[i]);

	return g_strdup(text->str);
}

#define A   "a@example.net"
#define B   "b@example.net"
#define C   "c@example.net"
#define BOX "box@example.net"
#define FOR(address, rule)                                                               \
	"[policy recipient " address "]\nallow-discard = yes\nany = " rule "\n"

/* Policies of several recipients, what comes of the envelope, and what the log tells. */
static const struct {
	const char *policy, *recipients, *envelope, *action;
} envelopes[] = {
	{ FOR(A, "redirect " BOX), A " " B, "+" BOX " -" A, "action=redirect" },
	{ FOR(A, "redirect Box@Example.net") FOR(B, "copy " BOX), A " " B,
	  "+Box@Example.net -" A, "action=redirect,copy" },
	{ FOR(A, "discard"), A " " B, "-" A, "action=discard" },
	/* B does not want LinkedIn's mail judged; what A wants is done all the same. */
	{ "[recipient " B "]\nnetworks = xing\n" FOR(A, "redirect " BOX), A " " B,
	  "+" BOX " -" A, "action=redirect" },
	{ "[recipient " B "]\nnetworks = xing\n" FOR(A, "redirect " BOX), B " " A,
	  "+" BOX " -" A, "action=redirect" },
	/* A recipient who has the mail already is not added. */
	{ FOR(A, "redirect B@EXAMPLE.net") FOR(B, "tag"), A " " B, "-" A,
	  "action=redirect" },
	{ FOR(A, "copy " B), A " " B, "", "action=copy" },
	/* A recipient to whom a redirect leads keeps the mail, and it goes no further. */
	{ FOR(A, "redirect " B) FOR(B, "discard") FOR(C, ""), A " " B " " C, "-" A,
	  "action=redirect" },
	{ FOR(A, "redirect " B) FOR(B, "discard"), A " " B, "-" A, "action=redirect" },
	{ FOR(A, "copy " B) FOR(B, "discard"), A " " B, "", "action=copy" },
	{ FOR(A, "redirect %u+x@%d") FOR("a+x@example.net", "redirect " BOX),
	  A " a+x@example.net", "+" BOX " -" A, "action=redirect" },
	{ FOR(A, "redirect %u+x@%d") FOR("a+x@example.net", "discard"),
	  A " <A+X@example.net>", "-" A, "action=redirect" },
	{ FOR(A, "redirect " BOX "; copy %u@%d"), A " " B, "+" BOX, "action=redirect" },
	/* To itself is nowhere. */
	{ FOR(A, "redirect %u@%d; copy " A), A " " B, "", "action=none" },
	/* Twice the same. */
	{ FOR(A, "redirect " BOX), A " <" A "> " B, "+" BOX " -" A " -<" A ">",
	  "action=redirect" },
	/* No address comes of it: nothing is done for this one. */
	{ "[policy]\nany = redirect %u+x@%d\n", "\"a..b\"@example.net " B,
	  "+b+x@example.net -" B, "action=redirect" },
};

START_TEST(who_gets_the_mail)
{
	g_auto(Report) report = { 0 };
	g_autofree char *settings = g_strconcat(TRUST, envelopes[_i].policy, NULL);
	g_autoptr(Assessor) assessor = fixture_assessor(settings);
	g_autoptr(GString) mail = verified_mail(MAIL);
	g_autoptr(Edits) edits =
	    plan_for(assessor, mail, envelopes[_i].recipients, &report);
	g_autofree char *got = envelope_of(edits);

	ck_assert_msg(g_str_equal(got, envelopes[_i].envelope), "%s%s: got %s, want %s",
		      envelopes[_i].policy, envelopes[_i].recipients, got,
		      envelopes[_i].envelope);
	ck_assert_msg(strstr(fixture_summary(&report), envelopes[_i].action) != NULL,
		      "%s: %s", envelopes[_i].policy, fixture_summary(&report));
}
END_TEST

/* More recipients than we look at: none of them is touched. */
START_TEST(of_very_many_recipients_none_is_moved)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor =
	    fixture_assessor(TRUST "[policy]\nany = redirect %u+x@%d\n");
	g_autoptr(GString) mail = verified_mail(MAIL);
	g_autoptr(GString) recipients = g_string_new("u@example.net");
	g_autoptr(Edits) edits = NULL;
	g_autofree char *got = NULL;

	for (int i = 1; i <= 1000; i++)
		g_string_append_printf(recipients, " u%d@example.net", i);
	edits = plan_for(assessor, mail, recipients->str, &report);
	got = envelope_of(edits);
	ck_assert_str_eq(got, "");
}
END_TEST

static const struct {
	const char *words, *recipient, *reply;
} replies[] = {
	{ "No %v, %u", A, "No default-text, a" },
	{ "No %u at %d", "<J%x@example.net>", "No j?x at example.net" },
	{ "No %u", "j\303\274rgen@example.net", "No j??rgen" },
	{ "No %u", "\"a\rb\"@example.net", "No \"a?b\"" },
};

/* MTAs read a "%" differently, and take no control character. */
START_TEST(an_answer_is_plain_whoever_the_recipient_is)
{
	g_auto(Report) report = { 0 };
	g_autofree char *settings =
	    g_strdup_printf(TRUST "[policy]\nany = reject %s\n", replies[_i].words);
	g_autoptr(Assessor) assessor = fixture_assessor(settings);
	g_autoptr(GString) mail = verified_mail(MAIL);
	g_autoptr(Edits) edits = plan_for(assessor, mail, replies[_i].recipient, &report);

	ck_assert_int_eq(edits->end, EDITS_REJECT);
	ck_assert_str_eq(edits->reply, replies[_i].reply);
}
END_TEST

/* Random policies. */

static const char *
any_of(GRand *random, const char *const *texts, size_t length)
{
	return texts[g_rand_int_range(random, 0, (gint32)length)];
}

#define ANY_OF(random, texts) any_of(random, texts, G_N_ELEMENTS(texts))

static bool
one_in(GRand *random, int count)
{
	return g_rand_int_range(random, 0, count) == 0;
}

static const char *const names[] = {
	"a",   "b",       "c",    "a+x",           "A", "b+x+y", "default-text",
	"j%x", "\"o'x\"", "x..y", "j\303\274rgen",
};

static const char *const domains[] = { "example.net", "example.org", "Example.NET" };

static const char *const targets[] = {
	"%u+x@%d", "a@example.net",  "B@example.net",  "b@%d",  "box@example.org",
	"%v@%d",   "%d@example.com", "%u@example.net", "%u@%d",
};

static const char *const words[] = { "[%v]", "[%u]", "[J\303\274rgens %v]" };

static const char *const keys[] = { "any", "default-text", "spammy", "forged",
				    "personal" };

/* One list of actions. */
static void
append_rule(GString *text, GRand *random)
{
	static const struct {
		const char *name;
		const char *const *arguments;
		size_t count;
	} kinds[] = {
		{ "tag", NULL, 0 },
		{ "subject", words, G_N_ELEMENTS(words) },
		{ "banner", NULL, 0 },
		{ "redirect", targets, G_N_ELEMENTS(targets) },
		{ "copy", targets, G_N_ELEMENTS(targets) },
		{ "copy", targets, G_N_ELEMENTS(targets) },
	};

	if (one_in(random, 3)) {
		g_string_append(text,
				one_in(random, 2) ? "discard" : "reject No %v for %u");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (one_in(random, 2))
			g_string_append_printf(
			    text, "%s%s %s; ", "", kinds[i].name,
			    kinds[i].arguments != NULL
				? any_of(random, kinds[i].arguments, kinds[i].count)
				: "");
}

static void
append_section(GString *text, GRand *random, const char *head)
{
	g_string_append_printf(text, "[%s]\nallow-discard = yes\n%s = ", head,
			       ANY_OF(random, keys));
	append_rule(text, random);
	g_string_append_c(text, '\n');
}

/* Some sections; now and then it is one that is refused. */
static char *
random_policy(GRand *random)
{
	g_autoptr(GString) text = g_string_new(TRUST);

	append_section(text, random, "policy");
	if (one_in(random, 2))
		append_section(text, random, "policy domain example.net");
	for (size_t i = 0; i < 4; i++)
		if (one_in(random, 2)) {
			g_autofree char *head =
			    g_strdup_printf("policy recipient %s@example.net", names[i]);

			append_section(text, random, head);
		}

	return g_strdup(text->str);
}

/* One that is not refused. */
static Assessor *
random_assessor(GRand *random, char **text_out)
{
	for (;;) {
		g_autofree char *text = random_policy(random);
		g_autoptr(Settings) settings = fixture_settings(text);
		g_autoptr(Owners) owners = owners_new(settings, NULL);
		g_autoptr(Policy) policy = policy_new(settings, owners, NULL);

		if (policy == NULL)
			continue;
		*text_out = g_steal_pointer(&text);

		return fixture_assessor(*text_out);
	}
}

/* A mail of any kind, verified or not, with fields of ours or not. */
static GString *
random_mail(GRand *random, const GPtrArray *rows, const char **name_out)
{
	char **row = rows->pdata[g_rand_int_range(random, 0, (gint32)rows->len)];
	GString *mail;

	*name_out = one_in(random, 2) ? MAIL : row[EXPECTED_FILE];
	mail = fixture_mail(*name_out);
	if (one_in(random, 2))
		g_string_prepend(mail, PASS);
	if (one_in(random, 3))
		g_string_prepend(mail,
				 "Invite-Verdict: known\r\nInvite-Verdict: known\r\n");

	return mail;
}

static char *
random_recipients(GRand *random)
{
	g_autoptr(GString) text = g_string_new(NULL);
	gint32 count = g_rand_int_range(random, 1, RECIPIENTS_PER_MAIL + 1);

	for (gint32 i = 0; i < count; i++)
		g_string_append_printf(text, "%s<%s@%s>", i > 0 ? " " : "",
				       ANY_OF(random, names), ANY_OF(random, domains));

	return g_strdup(text->str);
}

/* What is said of one try, where it fails. */
typedef struct {
	const char *policy, *mail, *recipients;
} Try;

#define TRY(is_true, try, why)                                                           \
	ck_assert_msg(is_true, "%s\n%smail %s for %s", why, (try)->policy, (try)->mail,  \
		      (try)->recipients)

/* The recipients in the end, as addresses in lower case. */
static GHashTable *
final_recipients(const Edits *edits, const char *recipients)
{
	GHashTable *all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_auto(GStrv) given = g_strsplit(recipients, " ", -1);

	for (size_t i = 0; given[i] != NULL; i++)
		if (!g_ptr_array_find_with_equal_func(edits->recipients_out, given[i],
						      g_str_equal, NULL))
			g_hash_table_add(
			    all,
			    g_ascii_strdown(given[i] + 1, (gssize)strlen(given[i]) - 2));
	for (guint i = 0; i < edits->recipients_in->len; i++)
		g_hash_table_add(all,
				 g_ascii_strdown(edits->recipients_in->pdata[i], -1));

	return all;
}

/* Is it where this action of a recipient's wants it? */
static bool
is_there(GHashTable *all, const Action *action, const char *address, Verdict verdict)
{
	g_autofree char *to = policy_action_argument(action, address, verdict);
	g_autofree char *lower = to != NULL ? g_ascii_strdown(to, -1) : NULL;

	return lower != NULL && g_hash_table_contains(all, lower);
}

/* One recipient's mail is where their policy says, and nowhere for want of one. */
static void
check_recipient(Assessor *assessor, const Assessment *judged, GHashTable *all,
		const char *address, const Try *try)
{
	const Findings findings = { .authenticity = judged->authenticity,
				    .relation = judged->relation };
	g_auto(Actions) actions = { 0 };
	bool is_sure = judged->authenticity != AUTHENTICITY_UNVERIFIED;
	bool may_be_gone = false, has_it = g_hash_table_contains(all, address);

	policy_actions(assessor_policy(assessor), address, judged->verdict, &findings,
		       &actions);
	for (guint i = 0; i < actions.list->len; i++) {
		const Action *action = &g_array_index(actions.list, Action, i);
		g_autofree char *to =
		    policy_action_argument(action, address, judged->verdict);
		bool is_sent_on = is_there(all, action, address, judged->verdict);

		if (action->kind == ACTION_REDIRECT && to != NULL) {
			TRY(is_sent_on, try, "a redirect leads nowhere");
			may_be_gone = true;
		} else if (action->kind == ACTION_COPY && to != NULL && is_sure) {
			TRY(is_sent_on, try, "a copy is lost");
		}
		may_be_gone |= action->kind == ACTION_DISCARD && is_sure;
	}
	TRY(has_it || may_be_gone, try, "the mail is lost");
}

static void
check_addresses(const Edits *edits, const char *recipients, const Try *try)
{
	g_auto(GStrv) given = g_strsplit(recipients, " ", -1);

	for (guint i = 0; i < edits->recipients_in->len; i++) {
		const char *address = edits->recipients_in->pdata[i];

		TRY(policy_action_is_address(address), try, "an address that is none");
		for (guint j = 0; j < i; j++)
			TRY(g_ascii_strcasecmp(address, edits->recipients_in->pdata[j]) !=
				0,
			    try, "added twice");
		for (size_t j = 0; given[j] != NULL; j++)
			TRY(strlen(given[j]) != strlen(address) + 2 ||
				g_ascii_strncasecmp(given[j] + 1, address,
						    strlen(address)) != 0,
			    try, "added who is there");
	}
	for (guint i = 0; i < edits->recipients_out->len; i++)
		TRY(g_strv_contains((const char *const *)given,
				    edits->recipients_out->pdata[i]),
		    try, "removed who is not there");
}

/* A mail that does not pass is left alone. */
static void
check_end(const Edits *edits, const Try *try)
{
	const char *reply = edits->reply;

	TRY((edits->end == EDITS_REJECT) == (reply != NULL), try,
	    "a reply of no rejection");
	for (const char *c = reply; c != NULL && *c != '\0'; c++)
		TRY(g_ascii_isprint(*c) && *c != '%', try, reply);
	TRY(reply == NULL || (reply[0] != '\0' && strlen(reply) <= REPLY_LINE_MAX), try,
	    reply);
	if (edits->end != EDITS_PASS)
		TRY(edits->fields->len == 0 && edits->recipients_in->len == 0 &&
			edits->recipients_out->len == 0 && edits->body == NULL,
		    try, "edits of a mail that does not pass");
}

static void
check_try(Assessor *assessor, const GString *mail, const Try *try)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Edits) edits = plan_for(assessor, mail, try->recipients, &report);
	g_autoptr(GHashTable) all = final_recipients(edits, try->recipients);
	g_autoptr(Assessment) judged = fixture_assess(assessor, mail, A);
	g_auto(GStrv) given = g_strsplit(try->recipients, " ", -1);

	fixture_check_edits(edits, try->mail);
	check_addresses(edits, try->recipients, try);
	check_end(edits, try);
	if (edits->end != EDITS_PASS)
		return;
	TRY(g_hash_table_size(all) > 0, try, "a mail to nobody");
	if (!report.is_recognised) {
		TRY(edits->recipients_in->len + edits->recipients_out->len == 0, try,
		    "a mail of nobody's was moved");
		return;
	}
	for (size_t i = 0; given[i] != NULL; i++) {
		g_autofree char *address =
		    g_ascii_strdown(given[i] + 1, (gssize)strlen(given[i]) - 2);

		check_recipient(assessor, judged, all, address, try);
	}
}

/* _i is the seed, which the failure names. */
START_TEST(no_policy_loses_a_mail)
{
	g_autoptr(GRand) random = g_rand_new_with_seed((guint32)_i);
	g_autoptr(GPtrArray) rows = fixture_rows();
	g_autofree char *policy = NULL;
	g_autoptr(Assessor) assessor = random_assessor(random, &policy);

	for (int i = 0; i < MAILS_PER_POLICY; i++) {
		Try try = { .policy = policy };
		g_autoptr(GString) mail = random_mail(random, rows, &try.mail);
		g_autofree char *recipients = random_recipients(random);

		try.recipients = recipients;
		check_try(assessor, mail, &try);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("plan");
	TCase *plan = tcase_create("plan");

	suite_add_tcase(suite, plan);
	tcase_add_loop_test(plan, who_gets_the_mail, 0, G_N_ELEMENTS(envelopes));
	tcase_add_test(plan, of_very_many_recipients_none_is_moved);
	tcase_add_loop_test(plan, an_answer_is_plain_whoever_the_recipient_is, 0,
			    G_N_ELEMENTS(replies));
	tcase_add_loop_test(plan, no_policy_loses_a_mail, 0, POLICIES);

	return fixture_run(suite);
}

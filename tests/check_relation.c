/* SPDX-License-Identifier: BSD-2-Clause */
/* check_relation.c - is the inviter known, a namesake, or one who poses as known? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "judge/relation.h"

#define ANN       "ann@example.org"
#define ANN_URL   "https://www.linkedin.com/in/ann-lee"
#define OTHER_URL "https://www.linkedin.com/in/ann-lee-7"
/* 2024-03-01 and the day before, noon. */
#define MARCH    1709294400
#define FEBRUARY 1709208000

/* "Ann Lee" with a Cyrillic A, and "Лев Толстой". */
#define FALSE_ANN "\xd0\x90nn Lee"
#define LEV                                                                              \
	"\xd0\x9b\xd0\xb5\xd0\xb2 "                                                      \
	"\xd0\xa2\xd0\xbe\xd0\xbb\xd1\x81\xd1\x82\xd0\xbe\xd0\xb9"
/* A whole name in Cyrillic that looks like "Poxa Coce". */
#define FALSE_POXA "\xd0\xa0\xd0\xbe\xd1\x85\xd0\xb0 \xd0\xa1\xd0\xbe\xd1\x81\xd0\xb5"

/* The inviter; members are NULL where the mail does not say. */
typedef struct {
	const char *name, *company, *profile, *address;
} Inviter;

static const struct {
	FixtureContact known[3];
	Inviter inviter;
	const char *want;
} meetings[] = {
	/* Nobody. */
	{ { { 0 } }, { "Ann Lee", "Example", ANN_URL, ANN }, "stranger" },
	{ { { 0 } }, { NULL, NULL, NULL, NULL }, "stranger" },
	{ { { SOURCE_SENT, "Ann Lee", "Example", ANN, ANN_URL, MARCH } },
	  { NULL, "Example", NULL, NULL },
	  "stranger" },
	{ { { SOURCE_SENT, "Ann Lee", "Example", ANN, ANN_URL, MARCH } },
	  { "Bo Berg", "Example", OTHER_URL, "bo@example.org" },
	  "stranger" },
	{ { { SOURCE_SENT, "Ann Lee", .seen = MARCH } },
	  { "Ann", .profile = NULL },
	  "stranger" },
	{ { { SOURCE_SENT, "Ann Lee", .seen = MARCH } },
	  { "", .profile = NULL },
	  "stranger" },
	/* The profile, however it is written, and whatever they are called now. */
	{ { { SOURCE_ACCEPTED, "Ann Lee", .url = ANN_URL, .seen = MARCH } },
	  { "Ann Lee", NULL, ANN_URL, NULL },
	  "known profile 2024-03-01 accepted" },
	{ { { SOURCE_CONNECTION, "Ann Lee",
	      .url = "http://nl.linkedin.com/in/Ann-Lee/?trk=x", .seen = MARCH } },
	  { "Ann Lee-Roth", "Other", ANN_URL, NULL },
	  "known profile 2024-03-01 connection" },
	{ { { SOURCE_ACCEPTED, "Ann Lee", .url = ANN_URL, .seen = MARCH } },
	  { NULL, NULL, ANN_URL, NULL },
	  "known profile 2024-03-01 accepted" },
	/* The address. */
	{ { { SOURCE_SENT, .address = ANN, .seen = MARCH } },
	  { "Ann Lee", NULL, NULL, ANN },
	  "known address 2024-03-01 sent" },
	{ { { SOURCE_SENT, .address = ANN, .seen = MARCH } },
	  { "Ann Lee", NULL, NULL, "Ann@Example.ORG" },
	  "known address 2024-03-01 sent" },
	{ { { SOURCE_SENT, .address = "Ann@Example.ORG", .seen = MARCH },
	    { SOURCE_MET, .address = ANN, .seen = FEBRUARY } },
	  { NULL, NULL, NULL, ANN },
	  "known address 2024-02-29 met" },
	/* A profile says more than an address. */
	{ { { SOURCE_SENT, .address = ANN, .seen = FEBRUARY },
	    { SOURCE_ACCEPTED, .url = ANN_URL, .seen = MARCH } },
	  { "Ann Lee", NULL, ANN_URL, ANN },
	  "known profile 2024-03-01 accepted" },
	/* The owner's own, a network's and a machine's address match nobody. */
	{ { { 0 } }, { "Ann Lee", NULL, NULL, FIXTURE_OWNER }, "stranger" },
	{ { { 0 } }, { "Ann Lee", NULL, NULL, "invitations@linkedin.com" }, "stranger" },
	/* Name and company. */
	{ { { SOURCE_CONTACT, "Ann Lee", "Example Ltd", .seen = MARCH } },
	  { "Ann Lee", "Example", NULL, NULL },
	  "likely company 2024-03-01 contact" },
	{ { { SOURCE_CONTACT, "LEE, Ann", "EXAMPLE GmbH", ANN, .seen = MARCH } },
	  { "Dr. Ann Lee", "Example, Inc.", ANN_URL, NULL },
	  "likely company 2024-03-01 contact" },
	/* The name alone: two John Smiths are no crime. */
	{ { { SOURCE_SENT, "Ann Lee", .address = ANN, .seen = MARCH } },
	  { "Ann Lee", NULL, NULL, NULL },
	  "namesake" },
	{ { { SOURCE_SENT, "Ann Lee", "Example", ANN, .seen = MARCH } },
	  { "Ann Lee", "Other", NULL, "ann@example.com" },
	  "namesake" },
	{ { { SOURCE_ACCEPTED, "Ann Lee", .url = ANN_URL, .seen = MARCH } },
	  { "Ann Lee", NULL, OTHER_URL, NULL },
	  "namesake" },
	{ { { SOURCE_ACCEPTED, "Ann Lee", "Example", .url = ANN_URL, .seen = MARCH } },
	  { "Ann Lee", NULL, OTHER_URL, NULL },
	  "namesake" },
	{ { { SOURCE_ACCEPTED, "Ann Lee", "Example", .url = ANN_URL, .seen = MARCH } },
	  { "Ann Lee", "Other", OTHER_URL, NULL },
	  "namesake" },
	{ { { SOURCE_SENT, "J\xc3\xbcrgen Klein", .address = "j@example.org",
	      .seen = MARCH } },
	  { "Juergen Klein", NULL, NULL, NULL },
	  "namesake" },
	{ { { SOURCE_SENT, "Jurgen Klein", .address = "j@example.org", .seen = MARCH } },
	  { "J\xc3\xbcrgen Klein", NULL, NULL, NULL },
	  "namesake" },
	{ { { SOURCE_SENT, LEV, .address = "lev@example.org", .seen = MARCH } },
	  { LEV, NULL, NULL, NULL },
	  "namesake" },
	/* A short form hints and matches nothing. */
	{ { { SOURCE_SENT, "Robert Miller", .address = "r@example.org", .seen = MARCH } },
	  { "Bob Miller", NULL, NULL, NULL },
	  "stranger short-form" },
	{ { { SOURCE_SENT, "Bob Miller", .address = "r@example.org", .seen = MARCH } },
	  { "Robert Miller", NULL, NULL, NULL },
	  "stranger short-form" },
	{ { { SOURCE_SENT, "Bob Miller", .address = "r@example.org", .seen = MARCH } },
	  { "Rob Miller", NULL, NULL, NULL },
	  "stranger short-form" },
	{ { { SOURCE_SENT, "Bob Miller", .address = "r@example.org", .seen = MARCH } },
	  { "Bob Miller", NULL, NULL, NULL },
	  "namesake" },
	/* Name and company under another profile of the same network. */
	{ { { SOURCE_ACCEPTED, "Ann Lee", "Example", .url = ANN_URL, .seen = MARCH } },
	  { "Ann Lee", "Example Ltd", OTHER_URL, NULL },
	  "impostor other-profile 2024-03-01 accepted" },
	/* Nobody can say where the mail has no profile. */
	{ { { SOURCE_ACCEPTED, "Ann Lee", "Example", .url = ANN_URL, .seen = MARCH } },
	  { "Ann Lee", "Example", NULL, NULL },
	  "likely company 2024-03-01 accepted" },
	/* Two have one name and company; one has no profile, or the inviter's. */
	{ { { SOURCE_ACCEPTED, "Ann Lee", "Example", .url = ANN_URL, .seen = MARCH },
	    { SOURCE_ACCEPTED, "Ann Lee", "Example", .url = OTHER_URL, .seen = MARCH } },
	  { "Ann Lee", "Example", OTHER_URL, NULL },
	  "known profile 2024-03-01 accepted" },
	{ { { SOURCE_ACCEPTED, "Ann Lee", "Example", .url = ANN_URL, .seen = MARCH },
	    { SOURCE_ACCEPTED, "Ann Lee", "Other", .url = OTHER_URL, .seen = MARCH } },
	  { "Ann Lee", "Example", "https://www.linkedin.com/in/ann-lee-9", NULL },
	  "impostor other-profile 2024-03-01 accepted" },
	/* Their name in letters that only look like it. */
	{ { { SOURCE_SENT, "Ann Lee", .address = ANN, .seen = MARCH } },
	  { FALSE_ANN, NULL, NULL, NULL },
	  "impostor look-alike" },
	{ { { SOURCE_SENT, "Ann Lee", "Example", ANN, .seen = MARCH } },
	  { FALSE_ANN, "Example", OTHER_URL, NULL },
	  "impostor look-alike" },
	{ { { SOURCE_SENT, "Poxa Coce", .address = ANN, .seen = MARCH } },
	  { FALSE_POXA, NULL, NULL, NULL },
	  "impostor look-alike" },
	/* One of the name is at the company, whoever else looks like it; in any order. */
	{ { { SOURCE_CONTACT, FALSE_POXA, "Example", .seen = MARCH },
	    { SOURCE_SENT, "Poxa Coce", .address = ANN, .seen = MARCH } },
	  { FALSE_POXA, "Example", NULL, NULL },
	  "likely company 2024-03-01 contact" },
	{ { { SOURCE_SENT, "Poxa Coce", .address = ANN, .seen = MARCH },
	    { SOURCE_ACCEPTED, "Poxa Coce", "Example", .url = ANN_URL, .seen = MARCH },
	    { SOURCE_CONTACT, FALSE_POXA, "Example", .seen = MARCH } },
	  { FALSE_POXA, "Example", OTHER_URL, NULL },
	  "likely company 2024-03-01 contact" },
	/* The profile is theirs, so they are who they are. */
	{ { { SOURCE_ACCEPTED, "Ann Lee", .url = ANN_URL, .seen = MARCH } },
	  { FALSE_ANN, NULL, ANN_URL, NULL },
	  "known profile 2024-03-01 accepted" },
	/* Nobody poses as nobody. */
	{ { { 0 } }, { FALSE_ANN, NULL, NULL, NULL }, "stranger" },
};

static void
learn_all(Store *store, const Assessor *assessor, const FixtureContact *known,
	  size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (known[i].seen != 0)
			fixture_learn(store, assessor, &known[i]);
}

/* What is said of the inviter; the caller's. */
static char *
reason_of(Store *store, const LearnRules *rules, const char *owner,
	  const Inviter *inviter, gint64 since)
{
	g_autoptr(Invite) invite = invite_new();
	g_autoptr(GError) error = NULL;
	Relation relation = RELATION_LAST;
	gint64 first = -1;
	char *reason = NULL;

	invite->name = g_strdup(inviter->name);
	invite->company = g_strdup(inviter->company);
	invite->profile = g_strdup(inviter->profile);
	invite->address = g_strdup(inviter->address);
	ck_assert_msg(relation_find(store, rules, owner, invite, since, &relation,
				    &reason, &first, &error),
		      "%s", error != NULL ? error->message : "");
	ck_assert_msg(g_str_has_prefix(reason, relation_name(relation)), "%s, for %s",
		      reason, relation_name(relation));
	ck_assert_msg((first > 0) ==
			  (relation == RELATION_KNOWN || relation == RELATION_LIKELY),
		      "%s, since %" G_GINT64_FORMAT, reason, first);

	return reason;
}

START_TEST(the_inviter_is_held_against_the_owners_people)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *got = NULL, *others = NULL;

	learn_all(store, assessor, meetings[_i].known, G_N_ELEMENTS(meetings[_i].known));
	got = reason_of(store, assessor_rules(assessor), FIXTURE_OWNER,
			&meetings[_i].inviter, 0);
	ck_assert_msg(g_str_equal(got, meetings[_i].want), "row %d: got %s, want %s", _i,
		      got, meetings[_i].want);
	/* Nobody is known to another owner. */
	others = reason_of(store, assessor_rules(assessor), "omar@example.net",
			   &meetings[_i].inviter, 0);
	ck_assert_str_eq(others, "stranger");
}
END_TEST

START_TEST(who_was_not_seen_for_long_is_a_stranger)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	const LearnRules *rules = assessor_rules(assessor);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	const FixtureContact known = { SOURCE_ACCEPTED, "Ann Lee", NULL, NULL,
				       ANN_URL,         MARCH };
	const Inviter inviter = { "Ann Lee", NULL, ANN_URL, NULL };
	g_autofree char *still = NULL, *gone = NULL;

	fixture_learn(store, assessor, &known);
	still = reason_of(store, rules, FIXTURE_OWNER, &inviter, MARCH);
	gone = reason_of(store, rules, FIXTURE_OWNER, &inviter, MARCH + 1);
	ck_assert_str_eq(still, "known profile 2024-03-01 accepted");
	ck_assert_str_eq(gone, "stranger");
}
END_TEST

/* "Forget people of whom nothing was seen": they were, by another of their marks. */
START_TEST(who_was_seen_lately_is_known_by_all_that_is_known_of_them)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	const LearnRules *rules = assessor_rules(assessor);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	const FixtureContact card = { SOURCE_CONTACT, "Ann Lee", NULL, ANN,
				      ANN_URL,        FEBRUARY };
	const FixtureContact mail = { SOURCE_SENT, NULL, NULL, ANN, NULL, MARCH };
	const Inviter inviter = { "Ann Lee", NULL, ANN_URL, NULL };
	g_autofree char *got = NULL;

	fixture_learn(store, assessor, &card);
	fixture_learn(store, assessor, &mail);
	got = reason_of(store, rules, FIXTURE_OWNER, &inviter, MARCH);
	ck_assert_str_eq(got, "known profile 2024-02-29 contact");
}
END_TEST

START_TEST(one_among_many_namesakes_is_known_by_profile)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	const LearnRules *rules = assessor_rules(assessor);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	const FixtureContact john = { SOURCE_ACCEPTED, "John Smith", NULL, NULL,
				      ANN_URL,         MARCH };
	const Inviter inviter = { "John Smith", NULL, ANN_URL, NULL };
	g_autofree char *got = NULL;

	for (int i = 0; i < STORE_MAX_HITS + 10; i++) {
		g_autofree char *address = g_strdup_printf("john-%d@example.org", i);
		const FixtureContact other = { SOURCE_SENT, "John Smith", NULL,
					       address,     NULL,         MARCH };

		fixture_learn(store, assessor, &other);
	}
	fixture_learn(store, assessor, &john);
	got = reason_of(store, rules, FIXTURE_OWNER, &inviter, 0);
	ck_assert_str_eq(got, "known profile 2024-03-01 accepted");
}
END_TEST

START_TEST(a_store_that_cannot_be_read_is_trouble)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autofree char *path = NULL, *reason = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(Invite) invite = invite_new();
	g_autoptr(GError) error = NULL;
	Relation relation = RELATION_LAST;
	gint64 first = -1;

	ck_assert(g_file_set_contents(path, "Roses are red\n", -1, NULL));
	ck_assert(!relation_find(store, assessor_rules(assessor), FIXTURE_OWNER, invite,
				 0, &relation, &reason, &first, &error));
	ck_assert_int_eq(first, -1);
	ck_assert_int_eq(error->code, STORE_ERROR_DAMAGED);
	ck_assert_int_eq(relation, RELATION_LAST);
	ck_assert_ptr_null(reason);
}
END_TEST

/* And the mail goes on: nobody could be asked, and why is told. */
START_TEST(a_mail_is_judged_without_a_store_that_can_be_read)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autofree char *path = NULL;
	Store *store = fixture_store(STORE_SERVE, &path);
	g_autoptr(GString) mail =
	    fixture_invitation("Ann Lee via LinkedIn", "Hello Marieke");
	g_autoptr(Assessment) assessment = NULL;

	ck_assert(g_file_set_contents(path, "Roses are red\n", -1, NULL));
	assessor_set_store(assessor, store);
	assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	ck_assert_int_eq(assessment->relation, RELATION_UNKNOWN);
	ck_assert_ptr_nonnull(strstr(assessment->store_trouble, path));
	ck_assert(g_ptr_array_find_with_equal_func(
	    assessment->reasons, "relation:unknown", g_str_equal, NULL));
}
END_TEST

/* keep: of all, and of one recipient. */
static const struct {
	const char *settings, *want;
} keeps[] = {
	{ NULL, "relation:known address 2026-01-05 sent" },
	{ "[people]\nkeep = 11\n", "relation:known address 2026-01-05 sent" },
	{ "[people]\nkeep = 9\n", "relation:stranger" },
	{ "[people]\nkeep = 9\n[recipient " FIXTURE_OWNER "]\nkeep = 0\n",
	  "relation:known address 2026-01-05 sent" },
	{ "[recipient " FIXTURE_OWNER "]\nkeep = 9\n", "relation:stranger" },
	{ "[recipient omar@example.net]\nkeep = 9\n",
	  "relation:known address 2026-01-05 sent" },
};

START_TEST(people_are_kept_for_as_long_as_their_owner_wants)
{
	g_autoptr(Assessor) assessor = fixture_assessor(keeps[_i].settings);
	g_autoptr(GString) mail = fixture_invitation("Ann Lee", "Hello Marieke");
	const FixtureContact known = { SOURCE_SENT, NULL, NULL,
				       ANN,         NULL, FIXTURE_NOW - 10 * 24 * 3600 };
	g_autoptr(Assessment) assessment = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	fixture_learn(assessor_store(assessor), assessor, &known);
	g_string_replace(mail, "\r\nTo:", "\r\nReply-To: " ANN "\r\nTo:", 1);
	assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	ck_assert_msg(g_ptr_array_find_with_equal_func(assessment->reasons,
						       keeps[_i].want, g_str_equal, NULL),
		      "%s: got %s, want %s", keeps[_i].settings,
		      assessment->reasons->len > 0 ? (char *)assessment->reasons->pdata[0]
						   : "-",
		      keeps[_i].want);
}
END_TEST

/* A meeting request of lorcan@example.com's, with what is put on top of it. */
#define VERIFIER  "[trust]\nauthserv-id = mx.example.net\n"
#define OURS      VERIFIER "[people]\ncolleagues = example.com\n"
#define RESULTS   "Authentication-Results: mx.example.net;\r\n\t"
#define COLLEAGUE "relation:known colleague"
#define STRANGER  "relation:stranger"

static const struct {
	const char *settings, *fields, *want;
} authors[] = {
	{ OURS, RESULTS "dkim=pass header.d=example.com\r\n", COLLEAGUE },
	{ VERIFIER "[people]\ncolleagues = example.org, EXAMPLE.com\n",
	  RESULTS "dkim=pass header.d=example.com\r\n", COLLEAGUE },
	{ OURS, RESULTS "auth=pass smtp.auth=lorcan@example.com\r\n", COLLEAGUE },
	{ OURS,
	  RESULTS "dkim=fail header.d=example.net; dkim=pass header.i=@example.com\r\n",
	  COLLEAGUE },
	{ VERIFIER "[recipient " FIXTURE_OWNER "]\ncolleagues = example.com\n",
	  RESULTS "dkim=pass header.d=example.com\r\n", COLLEAGUE },
	{ VERIFIER "[domain example.net]\ncolleagues = example.com\n",
	  RESULTS "dkim=pass header.d=example.com\r\n", COLLEAGUE },
	/* somebody else's colleague, or nobody's */
	{ VERIFIER "[recipient omar@example.net]\ncolleagues = example.com\n",
	  RESULTS "dkim=pass header.d=example.com\r\n", STRANGER },
	{ VERIFIER, RESULTS "dkim=pass header.d=example.com\r\n", STRANGER },
	{ VERIFIER "[people]\ncolleagues = mail.example.com\n",
	  RESULTS "dkim=pass header.d=example.com\r\n", STRANGER },
	/*
	 * not proven: another's signature, a broken one, the client alone, nobody
	 * trusted
	 */
	{ OURS, "", STRANGER },
	{ OURS, RESULTS "dkim=pass header.d=example.org\r\n", STRANGER },
	{ OURS, RESULTS "dkim=pass header.d=com\r\n", STRANGER },
	{ OURS, RESULTS "dkim=pass header.d=notexample.com\r\n", STRANGER },
	{ OURS, RESULTS "dkim=fail header.d=example.com\r\n", STRANGER },
	{ OURS, RESULTS "auth=pass smtp.auth=eve@example.org\r\n", STRANGER },
	{ OURS, RESULTS "auth=pass smtp.auth=lorcan\r\n", STRANGER },
	{ OURS,
	  RESULTS "spf=pass smtp.mailfrom=example.com; dmarc=pass "
		  "header.from=example.com\r\n",
	  STRANGER },
	{ "[trust]\nown-networks = 198.51.100.0/24\n[people]\ncolleagues = example.com\n",
	  "", STRANGER },
	{ "[people]\ncolleagues = example.com\n",
	  RESULTS "dkim=pass header.d=example.com\r\n", STRANGER },
	/* what was signed is not what is shown */
	{ OURS, RESULTS "dkim=pass header.d=example.com\r\nContent-Type: text/plain\r\n",
	  STRANGER },
	{ OURS, RESULTS "dkim=pass header.d=example.com\r\nSubject: Cheap\r\n",
	  STRANGER },
};

START_TEST(a_colleague_is_known_by_a_signature_or_a_login)
{
	g_autoptr(Assessor) assessor = fixture_assessor(authors[_i].settings);
	g_autoptr(GString) mail = fixture_mail("outlook/request-bare.eml");
	g_autoptr(Assessment) got = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	g_string_prepend(mail, authors[_i].fields);
	got = fixture_assess(assessor, mail, FIXTURE_OWNER);
	ck_assert_msg(g_ptr_array_find_with_equal_func(got->reasons, authors[_i].want,
						       g_str_equal, NULL),
		      "%s%s: got %s, want %s", authors[_i].settings, authors[_i].fields,
		      (char *)got->reasons->pdata[got->reasons->len - 1],
		      authors[_i].want);
	if (g_str_equal(authors[_i].want, COLLEAGUE))
		ck_assert_int_eq(got->verdict, VERDICT_KNOWN);
}
END_TEST

/* A network's own address is nobody's colleague, whatever the setting says. */
START_TEST(a_network_is_no_colleague)
{
	g_autoptr(Assessor) assessor =
	    fixture_assessor("[trust]\nauthserv-id = "
			     "mx.example.net\n[people]\ncolleagues = linkedin.com\n");
	g_autoptr(GString) mail = fixture_mail("linkedin/member-2024-default.eml");
	g_autoptr(Assessment) got = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	g_string_prepend(mail, RESULTS "dkim=pass header.d=linkedin.com\r\n");
	got = fixture_assess(assessor, mail, FIXTURE_OWNER);
	ck_assert_int_eq(got->authenticity, AUTHENTICITY_VERIFIED);
	ck_assert_int_eq(got->relation, RELATION_STRANGER);
}
END_TEST

START_TEST(each_relation_has_its_word)
{
	static const char *const words[] = { "unknown", "stranger", "namesake",
					     "likely",  "known",    "impostor" };

	ck_assert_uint_eq(G_N_ELEMENTS(words), RELATION_LAST);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		ck_assert_str_eq(relation_name((Relation)i), words[i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("relation");
	TCase *relation = tcase_create("relation");

	tcase_add_loop_test(relation, the_inviter_is_held_against_the_owners_people, 0,
			    G_N_ELEMENTS(meetings));
	tcase_add_test(relation, who_was_not_seen_for_long_is_a_stranger);
	tcase_add_test(relation,
		       who_was_seen_lately_is_known_by_all_that_is_known_of_them);
	tcase_add_test(relation, one_among_many_namesakes_is_known_by_profile);
	tcase_add_test(relation, a_store_that_cannot_be_read_is_trouble);
	tcase_add_test(relation, a_mail_is_judged_without_a_store_that_can_be_read);
	tcase_add_loop_test(relation, people_are_kept_for_as_long_as_their_owner_wants, 0,
			    G_N_ELEMENTS(keeps));
	tcase_add_loop_test(relation, a_colleague_is_known_by_a_signature_or_a_login, 0,
			    G_N_ELEMENTS(authors));
	tcase_add_test(relation, a_network_is_no_colleague);
	tcase_add_test(relation, each_relation_has_its_word);
	suite_add_tcase(suite, relation);

	return fixture_run(suite);
}

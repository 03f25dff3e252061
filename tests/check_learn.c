/* SPDX-License-Identifier: BSD-2-Clause */
/* check_learn.c - who becomes known, who is one and the same, and who never is known? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "network/networks.h"
#include "people/learn.h"

#define ANN     "ann@example.org"
#define ANN_URL "https://www.linkedin.com/in/ann-lee"
#define BO_URL  "https://www.linkedin.com/in/bo-lee"
#define DAY     (24 * 3600)

static const char conf[] = "[people]\naliases = m@example.org=" FIXTURE_OWNER "\n";

/* One after the other; the last one's fate, and whom the owner knows then. */
static const struct {
	FixtureContact said[4];
	Learnt want;
	const char *people;
} lessons[] = {
	{ { { SOURCE_SENT, .address = ANN } }, LEARNT_NEW, ANN },
	{ { { SOURCE_SENT, "Ann Lee", .address = "Ann@Example.ORG" } },
	  LEARNT_NEW,
	  ANN "|Ann Lee" },
	{ { { SOURCE_CONTACT, "Ann Lee", "Example Ltd", ANN, ANN_URL } },
	  LEARNT_NEW,
	  ANN "|" ANN_URL "|Ann Lee|Example Ltd" },
	{ { { SOURCE_ACCEPTED, "Ann Lee", .url = ANN_URL } },
	  LEARNT_NEW,
	  ANN_URL "|Ann Lee" },
	{ { { SOURCE_CONNECTION, "Ann Lee" } }, LEARNT_NEW, "Ann Lee" },
	/* Once more: an address or a profile makes them the same. */
	{ { { SOURCE_SENT, .address = ANN }, { SOURCE_SENT, .address = ANN } },
	  LEARNT_SAME,
	  ANN },
	{ { { SOURCE_SENT, .address = ANN, .seen = 100 },
	    { SOURCE_SENT, .address = ANN, .seen = 200 } },
	  LEARNT_SAME,
	  ANN },
	{ { { SOURCE_SENT, .address = ANN }, { SOURCE_SENT, "Ann Lee", .address = ANN } },
	  LEARNT_UPDATED,
	  ANN "|Ann Lee" },
	{ { { SOURCE_ACCEPTED, "Ann Lee", .url = ANN_URL },
	    { SOURCE_CONTACT, "Ann Lee-Roth", .address = ANN,
	      .url = "http://linkedin.com/in/Ann-Lee/" } },
	  LEARNT_UPDATED,
	  ANN "|" ANN_URL "|Ann Lee|Ann Lee-Roth" },
	/* Name and company, too. */
	{ { { SOURCE_SENT, "Ann Lee", "Example Ltd", ANN },
	    { SOURCE_CONNECTION, "LEE, Ann", "Example", .url = ANN_URL } },
	  LEARNT_UPDATED,
	  ANN "|" ANN_URL "|Ann Lee|Example Ltd" },
	{ { { SOURCE_SENT, "Ann Lee", "Example Ltd", ANN },
	    { SOURCE_CONNECTION, "Ann Lee", "Other Ltd", .url = ANN_URL } },
	  LEARNT_NEW,
	  ANN "|Ann Lee|Example Ltd; " ANN_URL "|Ann Lee|Other Ltd" },
	/* The name of one of whom nothing else is known. */
	{ { { SOURCE_CONNECTION, "Ann Lee" },
	    { SOURCE_SENT, "Ann Lee", .address = ANN } },
	  LEARNT_UPDATED,
	  ANN "|Ann Lee" },
	{ { { SOURCE_SENT, "Ann Lee", .address = ANN }, { SOURCE_MET, "Ann Lee" } },
	  LEARNT_SAME,
	  ANN "|Ann Lee" },
	/* Two John Smiths are two. */
	{ { { SOURCE_SENT, "John Smith", .address = "john@example.org" },
	    { SOURCE_SENT, "John Smith", .address = "js@example.com" } },
	  LEARNT_NEW,
	  "john@example.org|John Smith; js@example.com|John Smith" },
	{ { { SOURCE_ACCEPTED, "Ann Lee", "Example", .url = ANN_URL },
	    { SOURCE_ACCEPTED, "Ann Lee", "Example",
	      .url = "https://www.linkedin.com/in/ann-lee-2" } },
	  LEARNT_NEW,
	  ANN_URL
	  "|Ann Lee|Example; https://www.linkedin.com/in/ann-lee-2|Ann Lee|Example" },
	/* A short form, and a name that looks the same, are somebody else. */
	{ { { SOURCE_CONNECTION, "Robert Smith" },
	    { SOURCE_SENT, "Bob Smith", .address = "bob@example.org" } },
	  LEARNT_NEW,
	  "Robert Smith; bob@example.org|Bob Smith" },
	{ { { SOURCE_CONNECTION, "Ann Lee" },
	    { SOURCE_CONNECTION, "\xd0\x90nn Lee", .address = "a@example.com" } },
	  LEARNT_NEW,
	  "Ann Lee; a@example.com" },
	/* Two who share what a contact has are one. */
	{ { { SOURCE_SENT, "Ann Lee", .address = ANN },
	    { SOURCE_ACCEPTED, "Ann Lee-Roth", .url = ANN_URL },
	    { SOURCE_SENT, .address = "bo@example.org" },
	    { SOURCE_CONTACT, .address = ANN, .url = ANN_URL } },
	  LEARNT_SAME,
	  ANN "|" ANN_URL "|Ann Lee|Ann Lee-Roth; bo@example.org" },
	/* These are never learnt. */
	{ { { SOURCE_SENT, "Marieke", .address = FIXTURE_OWNER } }, LEARNT_OWNER, "" },
	{ { { SOURCE_SENT, "Marieke", .address = "marieke+lists@example.net" } },
	  LEARNT_OWNER,
	  "" },
	{ { { SOURCE_SENT, "Marieke", .address = "m@example.org" } }, LEARNT_OWNER, "" },
	{ { { SOURCE_SENT, "Ann Lee", .address = "ann@linkedin.com" } },
	  LEARNT_NETWORK,
	  "" },
	{ { { SOURCE_SENT, "Ann Lee", .address = "ann@e.LinkedIn.com" } },
	  LEARNT_NETWORK,
	  "" },
	{ { { SOURCE_SENT, "Ann Lee", .address = "ann@linkedin.com.example.org" } },
	  LEARNT_NEW,
	  "ann@linkedin.com.example.org|Ann Lee" },
	{ { { SOURCE_SENT, "Shop", .address = "noreply@example.org" } },
	  LEARNT_ROBOT,
	  "" },
	{ { { SOURCE_SENT, .address = "no-reply@example.org" } }, LEARNT_ROBOT, "" },
	{ { { SOURCE_SENT, .address = "unsubscribe@example.org" } }, LEARNT_ROBOT, "" },
	{ { { SOURCE_SENT, .address = "unsubscribe-12345@example.org" } },
	  LEARNT_ROBOT,
	  "" },
	{ { { SOURCE_SENT, "\xd0\x90nn Lee" } }, LEARNT_NOBODY, "" },
	{ { { SOURCE_CONTACT, .company = "Example Ltd" } }, LEARNT_NOBODY, "" },
	{ { { SOURCE_CONTACT, "???" } }, LEARNT_NOBODY, "" },
	{ { { SOURCE_CONTACT, .url = "https://example.org/ann" } }, LEARNT_NOBODY, "" },
	{ { { SOURCE_CONTACT, .url = "https://www.linkedin.com/company/example" } },
	  LEARNT_NOBODY,
	  "" },
	/* A person with other addresses or pages is known by these. */
	{ { { SOURCE_CONTACT, "Ann Lee", .address = "ann@linkedin.com",
	      .url = ANN_URL } },
	  LEARNT_NEW,
	  ANN_URL "|Ann Lee" },
};

START_TEST(a_contact_is_somebody_new_or_known_or_nobody)
{
	g_autoptr(Assessor) assessor = fixture_assessor(conf);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *people = NULL;
	Learnt got = LEARNT_LAST;

	for (size_t i = 0; i < 4; i++) {
		const FixtureContact *said = &lessons[_i].said[i];

		if (said->name != NULL || said->address != NULL || said->url != NULL ||
		    said->company != NULL)
			got = fixture_learn(store, assessor, said);
	}
	people = fixture_people(store, FIXTURE_OWNER);
	ck_assert_msg(got == lessons[_i].want, "row %d: got %s, want %s", _i,
		      learn_name(got), learn_name(lessons[_i].want));
	ck_assert_msg(g_str_equal(people, lessons[_i].people), "row %d: got %s, want %s",
		      _i, people, lessons[_i].people);
}
END_TEST

START_TEST(a_batch_is_learnt_as_a_whole)
{
	g_autoptr(Assessor) assessor = fixture_assessor(conf);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(Store) broken = store_new("/nonexistent/people.sqlite", STORE_SERVE);
	g_autoptr(GError) error = NULL;
	g_autofree Contact *contacts = g_new0(Contact, LEARN_BATCH);
	g_autofree Learnt *results = g_new0(Learnt, LEARN_BATCH);
	g_autofree char *people = NULL;
	g_autofree char *last =
	    g_strdup_printf("; a%d@example.org", (LEARN_BATCH - 1) / 2);

	for (int i = 0; i < LEARN_BATCH; i++) {
		g_autofree char *address = g_strdup_printf("a%d@example.org", i / 2);

		contact_init(&contacts[i], SOURCE_CONTACT);
		contact_add_address(&contacts[i], address);
	}
	ck_assert(learn_contacts(store, assessor_rules(assessor), FIXTURE_OWNER, contacts,
				 LEARN_BATCH, FIXTURE_NOW, results, &error));
	for (int i = 0; i < LEARN_BATCH; i++)
		ck_assert_int_eq(results[i], i % 2 == 0 ? LEARNT_NEW : LEARNT_SAME);
	people = fixture_people(store, FIXTURE_OWNER);
	ck_assert(g_str_has_suffix(people, last));

	ck_assert(!learn_contacts(broken, assessor_rules(assessor), FIXTURE_OWNER,
				  contacts, LEARN_BATCH, FIXTURE_NOW, results, &error));
	ck_assert_int_eq(error->code, STORE_ERROR_MISSING);
	for (int i = 0; i < LEARN_BATCH; i++)
		contact_clear(&contacts[i]);
}
END_TEST

/* An import may have any number of addresses of one person; the store keeps some. */
START_TEST(nobody_has_identities_without_end)
{
	g_autoptr(Assessor) assessor = fixture_assessor(conf);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *people = NULL;
	g_auto(GStrv) addresses = NULL;
	Learnt got = LEARNT_LAST;

	for (int i = 0; i < 2 * STORE_MAX_IDENTITIES; i++) {
		g_autofree char *url =
		    g_strdup_printf("https://www.linkedin.com/in/ann-lee-%d", i);
		const FixtureContact one = { SOURCE_CONTACT, .address = ANN, .url = url };

		got = fixture_learn(store, assessor, &one);
	}
	ck_assert_int_eq(got, LEARNT_SAME);
	people = fixture_people(store, FIXTURE_OWNER);
	addresses = g_strsplit(people, "|", -1);
	ck_assert_uint_eq(g_strv_length(addresses), STORE_MAX_IDENTITIES);
}
END_TEST

/* Learns somebody of this number and says what became of them. */
static Learnt
learn_number(Store *store, const Assessor *assessor, int number, const char *url)
{
	g_autofree char *address = g_strdup_printf("p%d@example.org", number);
	const FixtureContact one = { SOURCE_SENT, .address = address, .url = url };

	return fixture_learn(store, assessor, &one);
}

START_TEST(an_owner_has_no_more_people_than_the_limit)
{
	g_autoptr(Assessor) assessor =
	    fixture_assessor("[people]\nlimit = 3\ndomain = example.net\n");
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *people = NULL, *after = NULL;
	const gint64 first = 1;
	size_t forgotten = 0;

	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(learn_number(store, assessor, i, NULL), LEARNT_NEW);
	ck_assert_int_eq(learn_number(store, assessor, 3, NULL), LEARNT_FULL);
	/* Nothing is lost, and what is new about them is learnt. */
	ck_assert_int_eq(
	    learn_number(store, assessor, 1, "https://www.linkedin.com/in/p-1"),
	    LEARNT_UPDATED);
	people = fixture_people(store, FIXTURE_OWNER);
	ck_assert_msg(strstr(people, "p0@") != NULL && strstr(people, "p1@") != NULL &&
			  strstr(people, "p2@") != NULL && strstr(people, "p3@") == NULL,
		      "%s", people);

	/* There is room again when one is forgotten, or two turn out to be one. */
	ck_assert(store_forget(store, FIXTURE_OWNER, &first, 1, &forgotten, &error));
	ck_assert_int_eq(learn_number(store, assessor, 4, NULL), LEARNT_NEW);
	ck_assert_int_eq(learn_number(store, assessor, 5, NULL), LEARNT_FULL);
	ck_assert_int_eq(
	    learn_number(store, assessor, 2, "https://www.linkedin.com/in/p-1"),
	    LEARNT_SAME);
	ck_assert_int_eq(learn_number(store, assessor, 5, NULL), LEARNT_NEW);
	ck_assert_int_eq(learn_number(store, assessor, 6, NULL), LEARNT_FULL);
}
END_TEST

START_TEST(no_contact_at_all_is_no_trouble)
{
	g_autoptr(Assessor) assessor = fixture_assessor(conf);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GError) error = NULL;

	ck_assert(learn_contacts(store, assessor_rules(assessor), FIXTURE_OWNER, NULL, 0,
				 FIXTURE_NOW, NULL, &error));
	fixture_invited(store, FIXTURE_OWNER, NULL, NULL);
}
END_TEST

#define INVITATION "<1@mail.linkedin.example>"

/* A mail to the inviter, some days after the invitation, and whether it teaches. */
static const struct {
	const char *mark_id, *mark_address;
	const char *address, *answered;
	int days;
	Learnt want;
} answers[] = {
	{ INVITATION, NULL, ANN, INVITATION, 0, LEARNT_INVITER },
	{ INVITATION, NULL, ANN, INVITATION, 4000, LEARNT_INVITER },
	{ INVITATION, ANN, ANN, INVITATION, 0, LEARNT_INVITER },
	/* A copy of the answer for a colleague makes nobody known, either. */
	{ INVITATION, ANN, "bo@example.org", INVITATION, 0, LEARNT_INVITER },
	/* A fresh mail, as from the banner's link. */
	{ INVITATION, ANN, ANN, NULL, 0, LEARNT_INVITER },
	{ NULL, ANN, ANN, NULL, 0, LEARNT_INVITER },
	{ NULL, "Ann@Example.ORG", ANN, NULL, 0, LEARNT_INVITER },
	{ NULL, ANN, "ANN@example.org", NULL, 89, LEARNT_INVITER },
	{ NULL, ANN, ANN, NULL, 91, LEARNT_NEW },
	{ INVITATION, ANN, "bo@example.org", NULL, 0, LEARNT_NEW },
	{ INVITATION, NULL, ANN, NULL, 0, LEARNT_NEW },
	/* The conversation that comes of it is of their own. */
	{ INVITATION, ANN, ANN, "<2@example.org>", 0, LEARNT_NEW },
};

static Learnt
learn_answer(Store *store, const LearnRules *rules, int row)
{
	g_auto(Contact) contact = { 0 };
	g_autoptr(GError) error = NULL;
	Learnt learnt = LEARNT_LAST;

	contact_init(&contact, SOURCE_SENT);
	contact.seen = FIXTURE_NOW + (gint64)answers[row].days * DAY;
	contact_add_address(&contact, answers[row].address);
	if (answers[row].answered != NULL)
		contact_add_answered(&contact, answers[row].answered);
	ck_assert_msg(learn_contacts(store, rules, FIXTURE_OWNER, &contact, 1,
				     contact.seen, &learnt, &error),
		      "%s", error != NULL ? error->message : "");

	return learnt;
}

START_TEST(an_answer_to_an_invitation_teaches_nothing)
{
	g_autoptr(Assessor) assessor = fixture_assessor(conf);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GError) error = NULL;
	Learnt got;

	fixture_invited(store, FIXTURE_OWNER, answers[_i].mark_id,
			answers[_i].mark_address);
	got = learn_answer(store, assessor_rules(assessor), _i);
	ck_assert_msg(got == answers[_i].want, "row %d: got %s, want %s", _i,
		      learn_name(got), learn_name(answers[_i].want));
}
END_TEST

START_TEST(an_invitation_of_another_owner_is_none_of_ours)
{
	g_autoptr(Assessor) assessor = fixture_assessor(conf);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GError) error = NULL;

	fixture_invited(store, "omar@example.net", INVITATION, ANN);
	ck_assert_int_eq(learn_answer(store, assessor_rules(assessor), 0), LEARNT_NEW);
}
END_TEST

/* They are known already, and a mail to them is no less than before. */
START_TEST(whoever_is_known_stays_known_when_they_invite)
{
	g_autoptr(Assessor) assessor = fixture_assessor(conf);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *people = NULL;

	fixture_learn(store, assessor, &(FixtureContact){ SOURCE_SENT, .address = ANN });
	fixture_invited(store, FIXTURE_OWNER, INVITATION, ANN);
	ck_assert_int_eq(learn_answer(store, assessor_rules(assessor), 0),
			 LEARNT_INVITER);
	people = fixture_people(store, FIXTURE_OWNER);
	ck_assert_str_eq(people, ANN);
}
END_TEST

/* Nobody who was never learnt, or was forgotten, is to be read in the file. */
START_TEST(an_invitation_leaves_no_address_to_be_read)
{
	static const char *const ends[] = { "", "-wal" };
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(GError) error = NULL;

	fixture_invited(store, FIXTURE_OWNER, INVITATION, ANN);
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *file = g_strconcat(path, ends[i], NULL);
		g_autofree char *bytes = NULL;
		gsize length = 0;

		ck_assert(g_file_get_contents(file, &bytes, &length, NULL));
		ck_assert_msg(memmem(bytes, length, ANN, strlen(ANN)) == NULL,
			      "%s tells %s", file, ANN);
	}
}
END_TEST

static const struct {
	const char *url, *want;
} profiles[] = {
	{ ANN_URL, "linkedin.com/in/ann-lee" },
	{ "https://nl.linkedin.com/in/Ann-Lee?trk=abc", "linkedin.com/in/ann-lee" },
	{ BO_URL "/", "linkedin.com/in/bo-lee" },
	{ "linkedin.com/in/ann-lee", "linkedin.com/in/ann-lee" },
	{ "www.linkedin.com/in/ann-lee", "linkedin.com/in/ann-lee" },
	{ "https://nl.linkedin.com/in/Ann-Lee/en-us", "linkedin.com/in/ann-lee" },
	{ "https://www.linkedin.com/in/ann-lee/de?trk=x/y", "linkedin.com/in/ann-lee" },
	{ "https://www.linkedin.com/in/j%c3%bcrgen/", "linkedin.com/in/j\xc3\xbcrgen" },
	{ "https://sy.linkedin.com/pub/ann-lee/a7/57/b50?trk=pub",
	  "linkedin.com/in/ann-lee-b50057a7" },
	{ "https://www.linkedin.com/pub/ann-lee/1/2B/3c/",
	  "linkedin.com/in/ann-lee-03c02b1" },
	{ "http://sy.linkedin.com/pub/ann-lee/a7/57/b50/ar",
	  "linkedin.com/in/ann-lee-b50057a7" },
	{ "https://www.linkedin.com/pub/ann-lee/1/2b/3c/pt-br/?trk=pub",
	  "linkedin.com/in/ann-lee-03c02b1" },
	{ "https://www.linkedin.com/mwlite/in/Ann-Lee", "linkedin.com/in/ann-lee" },
	{ "https://www.linkedin.com/mwlite/in/ann-lee/?trk=x",
	  "linkedin.com/in/ann-lee" },
	{ "https://www.linkedin.com/pub/dir/ann/lee", NULL },
	{ "https://www.linkedin.com/pub/ann-lee/1/2b", NULL },
	{ "https://www.linkedin.com/mwlite/jobs/in-ann-lee", NULL },
	{ "https://www.linkedin.com/pub/ann-lee/1/2b/3c4d", NULL },
	{ "https://www.linkedin.com/profile/view?id=123&authToken=x",
	  "linkedin.com/profile/view?id=123" },
	{ "http://de.linkedin.com/profile/view?trk=x&id=123",
	  "linkedin.com/profile/view?id=123" },
	{ "https://www.linkedin.com/in//ann-lee", NULL },
	{ "https://www.linkedin.com/jobs/1", NULL },
	{ "https://www.linkedin.com.example.org/in/ann-lee", NULL },
	{ "https://example.org/in/ann-lee", NULL },
	{ "", NULL },
};

START_TEST(a_profile_is_a_networks)
{
	g_autoptr(Assessor) assessor = fixture_assessor(conf);
	g_autofree char *got =
	    networks_profile_key(assessor_networks(assessor), profiles[_i].url);

	ck_assert_msg(g_strcmp0(got, profiles[_i].want) == 0, "%s: got %s, want %s",
		      profiles[_i].url, got, profiles[_i].want);
}
END_TEST

START_TEST(a_mail_that_went_out_teaches_in_one_go)
{
	g_autoptr(Assessor) assessor = fixture_assessor(conf);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(Head) head = head_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *people = NULL;
	SentMail mail = { head, "<marieke@example.net>", NULL, 10, FIXTURE_NOW };
	LearnSent sent;

	head_add(head, "To", "Ann Lee <ann@example.org>, M <m@example.org>");
	head_add(head, "Cc", "Bo <bo@example.org>, Shop <noreply@example.org>");
	ck_assert(learn_sent(store, assessor_rules(assessor), FIXTURE_OWNER, &mail,
			     FIXTURE_NOW, &sent, &error));
	ck_assert_int_eq(sent.lesson, SENT_TEACHES);
	ck_assert_uint_eq(sent.count, 4);
	people = fixture_people(store, FIXTURE_OWNER);
	ck_assert_str_eq(people, ANN "|Ann Lee; bo@example.org|Bo");
}
END_TEST

/* It is told, for nobody is there to be asked. */
START_TEST(a_mail_to_somebody_beyond_the_limit_is_told)
{
	g_autoptr(Assessor) assessor = fixture_assessor("[people]\nlimit = 1\n");
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GError) error = NULL;
	const char *const to[] = { "ann@example.org", "bo@example.org",
				   "ann@example.org" };
	const SentLesson want[] = { SENT_TEACHES, SENT_BEYOND_LIMIT, SENT_TEACHES };

	for (size_t i = 0; i < G_N_ELEMENTS(to); i++) {
		g_autoptr(Head) head = head_new();
		SentMail mail = { head, FIXTURE_OWNER, NULL, 10, FIXTURE_NOW };
		LearnSent got;

		head_add(head, "To", to[i]);
		ck_assert(learn_sent(store, assessor_rules(assessor), FIXTURE_OWNER,
				     &mail, FIXTURE_NOW, &got, &error));
		ck_assert_msg(got.lesson == want[i], "mail %zu to %s: got %s, want %s", i,
			      to[i], sent_lesson_name(got.lesson),
			      sent_lesson_name(want[i]));
	}
}
END_TEST

START_TEST(each_fate_has_a_name)
{
	for (int i = 0; i < LEARNT_LAST; i++)
		ck_assert_int_eq(learn_named(learn_name((Learnt)i)), i);
	ck_assert_int_eq(learn_named("somebody"), LEARNT_LAST);
	ck_assert_int_eq(learn_named(NULL), LEARNT_LAST);
	for (int i = 0; i < SENT_LAST; i++)
		ck_assert_ptr_nonnull(sent_lesson_name((SentLesson)i));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("learn");
	TCase *learn = tcase_create("learn");

	tcase_add_loop_test(learn, a_contact_is_somebody_new_or_known_or_nobody, 0,
			    G_N_ELEMENTS(lessons));
	tcase_add_test(learn, a_batch_is_learnt_as_a_whole);
	tcase_add_test(learn, nobody_has_identities_without_end);
	tcase_add_test(learn, an_owner_has_no_more_people_than_the_limit);
	tcase_add_test(learn, no_contact_at_all_is_no_trouble);
	tcase_add_loop_test(learn, an_answer_to_an_invitation_teaches_nothing, 0,
			    G_N_ELEMENTS(answers));
	tcase_add_test(learn, an_invitation_of_another_owner_is_none_of_ours);
	tcase_add_test(learn, whoever_is_known_stays_known_when_they_invite);
	tcase_add_test(learn, an_invitation_leaves_no_address_to_be_read);
	tcase_add_loop_test(learn, a_profile_is_a_networks, 0, G_N_ELEMENTS(profiles));
	tcase_add_test(learn, a_mail_that_went_out_teaches_in_one_go);
	tcase_add_test(learn, a_mail_to_somebody_beyond_the_limit_is_told);
	tcase_add_test(learn, each_fate_has_a_name);
	suite_add_tcase(suite, learn);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_invitation.c - does a list of invitations tell what waits for an answer? */

#include "config.h"

#include <string.h>

#include <sqlite3.h>

#include "fixture.h"
#include "people/bulk.h"
#include "people/expire.h"
#include "people/invitation.h"
#include "people/invitation-drop.h"
#include "people/store-purge.h"

#define JANE FIXTURE_OWNER
#define OMAR "omar@example.net"
#define DAY  (24 * 3600)
#define NOW  FIXTURE_NOW

/* Fails with what the store says. */
#define must(call)                                                                       \
	do {                                                                             \
		g_autoptr(GError) error = NULL;                                          \
		bool is_well = (call);                                                   \
                                                                                         \
		ck_assert_msg(is_well, "%s", error != NULL ? error->message : "");       \
	} while (0)

/* A mail as it is told of; NULL and 0 for what it does not say. */
typedef struct {
	const char *id, *name, *profile, *address, *note, *verdict;
	int worth, trust; /* trust: 0 is 1, that of a mail that nobody verified */
	bool is_forged, is_reminder;
	int day;
	const char *network, *request;
} Mail;

static StoreInvitation *
said_by(const Mail *mail)
{
	StoreInvitation *said = store_invitation_new();
	g_autofree char *key =
	    mail->name != NULL ? g_ascii_strdown(mail->name, -1) : NULL;

	said->worth = mail->worth;
	said->trust = mail->is_forged ? 0 : MAX(mail->trust, 1);
	store_invitation_set(said, STORE_INVITATION_NETWORK,
			     mail->network != NULL ? mail->network : "orbit");
	store_invitation_set(said, STORE_INVITATION_REQUEST,
			     mail->request != NULL ? mail->request : "connect");
	store_invitation_set(said, STORE_INVITATION_VERDICT, mail->verdict);
	store_invitation_set(said, STORE_INVITATION_NAME, mail->name);
	store_invitation_set(said, STORE_INVITATION_NAME_KEY, key);
	store_invitation_set(said, STORE_INVITATION_PROFILE, mail->profile);
	store_invitation_set(said, STORE_INVITATION_PROFILE_KEY, mail->profile);
	store_invitation_set(said, STORE_INVITATION_ADDRESS, mail->address);
	store_invitation_set(said, STORE_INVITATION_NOTE, mail->note);
	store_invitation_set(said, STORE_INVITATION_MESSAGE_ID, mail->id);

	return said;
}

static InvitationKept
come(Store *store, const char *owner, const Mail *mail)
{
	g_autoptr(StoreInvitation) said = said_by(mail);
	InvitationKept kept;

	must(invitation_keep(store, owner, said,
			     mail->is_reminder ? INVITATION_REMINDER
					       : INVITATION_FIRST_MAIL,
			     NOW + mail->day * DAY, &kept, &error));

	return kept;
}

/* "1 open came 0 Ann|note|personal" of each row: number, state, why, reminders. */
static char *
tell(Store *store, const char *owner)
{
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	must(store_invitation_list(store, owner, STORE_INVITATION_WHOLE, &list, &error));
	for (size_t i = 0; i < list->len; i++) {
		const StoreInvitation *row = list->pdata[i];
		const char *name = row->texts[STORE_INVITATION_NAME],
			   *note = row->texts[STORE_INVITATION_NOTE],
			   *verdict = row->texts[STORE_INVITATION_VERDICT];

		g_string_append_printf(out, "%s%d %s %s %d %s|%s|%s", i > 0 ? "; " : "",
				       (int)row->id, invitation_state_name(row->state),
				       invitation_state_why_name(row->why),
				       (int)row->reminders, name != NULL ? name : "-",
				       note != NULL ? note : "-",
				       verdict != NULL ? verdict : "-");
	}

	return g_strdup(out->str);
}

#define check_told(store, owner, want)                                                   \
	do {                                                                             \
		g_autofree char *told_now = tell(store, owner);                          \
                                                                                         \
		ck_assert_str_eq(told_now, want);                                        \
	} while (0)

static void
happen(Store *store, gint64 id, InvitationEvent event, int day, int want)
{
	InvitationChange change;

	must(invitation_happened(store, JANE, &id, 1, event, NOW + day * DAY, &change,
				 &error));
	ck_assert_int_eq((int)change.kind, want);
}

#define ANN "Ann Lee", "orbit.example/ann", "ann@example.org"

/* Two mails one after the other, and what the list says then. */
static const struct {
	const char *what;
	Mail first, second;
	const char *want;
} pairs[] = {
	{ "a reminder",
	  { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", ANN, NULL, "contextless", 2, .is_reminder = true, .day = 3 },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ "the mail again",
	  { "<1>", ANN, "Hi", "personal", 3 },
	  { "<1>", ANN, "Hi", "personal", 3, .day = 1 },
	  "1 open came 0 Ann Lee|Hi|personal" },
	{ "no word that it is a reminder",
	  { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", ANN, "Hi", "personal", 3, .day = 1 },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ "no Message-ID, and the same time",
	  { NULL, ANN, "Hi", "personal", 3 },
	  { NULL, ANN, "Hi", "personal", 3 },
	  "1 open came 0 Ann Lee|Hi|personal" },
	{ "no Message-ID, and later",
	  { NULL, ANN, "Hi", "personal", 3 },
	  { NULL, ANN, "Hi", "personal", 3, .day = 1 },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ "a name alone",
	  { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", "Ann Lee", .is_reminder = true, .verdict = "contextless" },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ "an address alone",
	  { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", NULL, NULL, "ann@example.org", .is_reminder = true },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ "first a name, then the profile",
	  { "<1>", "Ann Lee" },
	  { "<2>", ANN, "Hi", "personal", 3 },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ "another of the name",
	  { "<1>", ANN, NULL, "contextless", 2 },
	  { "<2>", "Ann Lee", "orbit.example/ann2", .verdict = "contextless" },
	  "1 open came 0 Ann Lee|-|contextless; 2 open came 0 Ann Lee|-|contextless" },
	{ "another request",
	  { "<1>", ANN, NULL, "contextless", 2 },
	  { "<2>", ANN, NULL, "contextless", 2, .request = "group" },
	  "1 open came 0 Ann Lee|-|contextless; 2 open came 0 Ann Lee|-|contextless" },
	{ "another network",
	  { "<1>", ANN, NULL, "contextless", 2 },
	  { "<2>", ANN, NULL, "contextless", 2, .network = "guild" },
	  "1 open came 0 Ann Lee|-|contextless; 2 open came 0 Ann Lee|-|contextless" },
	{ "a proof comes later",
	  { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", ANN, "Hello", "known", 4, .trust = 2 },
	  "1 open came 1 Ann Lee|Hello|known" },
	{ "forgeries are one",
	  { "<1>", .verdict = "forged", .is_forged = true },
	  { "<2>", .verdict = "forged", .is_forged = true },
	  "1 open came 1 -|-|forged" },
	{ "nobody named is one",
	  { "<1>", .verdict = "contextless" },
	  { "<2>", .verdict = "contextless" },
	  "1 open came 1 -|-|contextless" },
	{ "a forgery is nobody's",
	  { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", ANN, "Buy", "forged", .is_forged = true },
	  "1 open came 0 Ann Lee|Hi|personal; 2 open came 0 Ann Lee|Buy|forged" },
	/* What anybody can write of a friend. */
	{ "a pitch in a friend's name",
	  { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", ANN, "Buy now", "spammy", -1 },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ "praise of a proven pitch",
	  { "<1>", ANN, "Buy now", "spammy", -1, .trust = 2 },
	  { "<2>", ANN, "Hi", "personal", 3 },
	  "1 open came 1 Ann Lee|Buy now|spammy" },
	{ "the proven one unproven",
	  { "<1>", ANN, "Hi", "known", 4, .trust = 2 },
	  { "<2>", "Ann Lee", NULL, "x@example.com", "Hi", "known", 4 },
	  "1 open came 1 Ann Lee|Hi|known" },
};

START_TEST(a_second_mail_is_the_first_ones_or_another)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *got = NULL;

	come(store, JANE, &pairs[_i].first);
	come(store, JANE, &pairs[_i].second);
	got = tell(store, JANE);
	ck_assert_msg(g_str_equal(got, pairs[_i].want), "%s: got %s, want %s",
		      pairs[_i].what, got, pairs[_i].want);
	check_told(store, OMAR, "");
}
END_TEST

/* Two mails of one trust, and the judgement that is told in whatever order they are read. */
static const struct {
	Mail early, late;
	const char *want;
} orders[] = {
	{ { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", ANN, NULL, "contextless", 2, .is_reminder = true, .day = 3 },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", ANN, NULL, "known", 4, .is_reminder = true, .day = 3 },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ { "<1>", ANN, "Buy", "spammy", -1 },
	  { "<2>", ANN, NULL, "contextless", 2, .is_reminder = true, .day = 3 },
	  "1 open came 1 Ann Lee|Buy|spammy" },
	{ { "<1>", ANN, "Join me", "default-text", 1 },
	  { "<2>", ANN, NULL, "contextless", 2, .is_reminder = true, .day = 3 },
	  "1 open came 1 Ann Lee|Join me|default-text" },
	{ { "<1>", ANN, NULL, "contextless", 2 },
	  { "<2>", ANN, "Buy", "spammy", -1, .day = 3 },
	  "1 open came 1 Ann Lee|-|contextless" },
	{ { "<1>", ANN, NULL, "contextless", 2 },
	  { "<2>", ANN, "Join me", "default-text", 1, .day = 3 },
	  "1 open came 1 Ann Lee|-|contextless" },
	{ { "<1>", ANN, NULL, "contextless", 2 },
	  { "<2>", ANN, "Hm", "contextless", 2, .day = 3 },
	  "1 open came 1 Ann Lee|Hm|contextless" },
	{ { "<1>", ANN, NULL, "contextless", 2 },
	  { "<2>", ANN, "Hi", "personal", 3, .day = 3 },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ { "<1>", ANN, "Buy", "spammy", -1 },
	  { "<2>", ANN, "Hi", "personal", 3, .day = 3 },
	  "1 open came 1 Ann Lee|Hi|personal" },
	{ { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", ANN, "Hello", "personal", 3, .day = 3 },
	  "1 open came 1 Ann Lee|Hi|personal" },
};

START_TEST(mails_say_the_same_in_whatever_order_they_are_read)
{
	for (int i = 0; i < 2; i++) {
		g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);

		come(store, JANE, i == 0 ? &orders[_i].early : &orders[_i].late);
		come(store, JANE, i == 0 ? &orders[_i].late : &orders[_i].early);
		check_told(store, JANE, orders[_i].want);
	}
}
END_TEST

/* The headline was judged, too: it is that of the mail whose judgement is told. */
START_TEST(a_headline_is_that_of_the_judgement)
{
	for (int i = 0; i < 2; i++) {
		g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
		g_autoptr(StoreInvitation) row = NULL;
		InvitationKept kept;

		for (int k = 0; k < 2; k++) {
			const Mail *mail = k == i ? &orders[2].early : &orders[2].late;
			g_autoptr(StoreInvitation) said = said_by(mail);

			store_invitation_set(said, STORE_INVITATION_HEADLINE,
					     k == i ? "Sales" : "Reminded of");
			must(invitation_keep(store, JANE, said, INVITATION_FIRST_MAIL,
					     NOW + mail->day * DAY, &kept, &error));
		}
		must(store_invitation_get(store, JANE, 1, &row, &error));
		ck_assert_str_eq(row->texts[STORE_INVITATION_HEADLINE], "Sales");
		ck_assert_str_eq(row->texts[STORE_INVITATION_ADDRESS], "ann@example.org");
	}
}
END_TEST

/* Of the first INVITATION_MAX_MAILS the Message-ID is kept, of others the last one's time. */
START_TEST(a_mailbox_that_is_read_twice_adds_nothing)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *want = g_strdup_printf("1 open came %d Ann Lee|Hi|personal",
						2 * INVITATION_MAX_MAILS - 1);

	for (int i = 0; i < 4 * INVITATION_MAX_MAILS; i++) {
		g_autofree char *id =
		    g_strdup_printf("<%d>", i % (2 * INVITATION_MAX_MAILS));
		const Mail mail = {
			id,         ANN, "Hi",
			"personal", 3,   .day = i % (2 * INVITATION_MAX_MAILS)
		};
		InvitationKept kept = come(store, JANE, &mail);

		ck_assert_msg((kept == INVITATION_SEEN) ==
				  (i >= 2 * INVITATION_MAX_MAILS),
			      "mail %d: %d", i, (int)kept);
	}
	check_told(store, JANE, want);
}
END_TEST

/* Who else may write in her name, and where the answer goes then. */
static const struct {
	Mail first, second;
	const char *want;
} addresses[] = {
	{ { "<1>", ANN, "Hi", "personal", 3 },
	  { "<2>", "Ann Lee", "orbit.example/ann", "x@example.com", "Hello", "known", 4 },
	  "ann@example.org" },
	{ { "<1>", "Ann Lee", "orbit.example/ann" },
	  { "<2>", ANN, .verdict = "contextless" },
	  "ann@example.org" },
	{ { "<1>", "Ann Lee", "orbit.example/ann", "x@example.com", "Hi", "known", 4 },
	  { "<2>", ANN, "Hello", "personal", 3, .trust = 2 },
	  "ann@example.org" },
	{ { "<1>", ANN, "Hi", "personal", 3, .trust = 2 },
	  { "<2>", "Ann Lee", "orbit.example/ann", "x@example.com", "Hi", "known", 4 },
	  "ann@example.org" },
};

START_TEST(an_answer_goes_where_the_surest_mail_said_first)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(StoreInvitation) row = NULL;

	come(store, JANE, &addresses[_i].first);
	come(store, JANE, &addresses[_i].second);
	must(store_invitation_get(store, JANE, 1, &row, &error));
	ck_assert_int_eq(row->reminders, 1);
	ck_assert_str_eq(row->texts[STORE_INVITATION_ADDRESS], addresses[_i].want);
}
END_TEST

/* State and why before, the event, state and why after; NULL: as before. */
static const struct {
	InvitationEvent before, event;
	const char *want;
} moves[] = {
	{ INVITATION_SAID_OPEN, INVITATION_MAILED, "answered mail" },
	{ INVITATION_SAID_OPEN, INVITATION_NOTICED_ACCEPTED, "accepted notice" },
	{ INVITATION_SAID_OPEN, INVITATION_NOTICED_REPLIED, "answered notice" },
	{ INVITATION_SAID_OPEN, INVITATION_MOVED_AWAY, "ignored moved" },
	{ INVITATION_SAID_OPEN, INVITATION_MOVED_BACK, NULL },
	{ INVITATION_SAID_OPEN, INVITATION_TIMED_OUT, "expired time" },
	{ INVITATION_SAID_OPEN, INVITATION_SAID_IGNORED, "ignored hand" },
	{ INVITATION_SAID_IGNORED, INVITATION_SAID_IGNORED, NULL },
	{ INVITATION_SAID_IGNORED, INVITATION_SAID_OPEN, "open hand" },
	{ INVITATION_SAID_IGNORED, INVITATION_TIMED_OUT, NULL },
	{ INVITATION_SAID_IGNORED, INVITATION_REMINDED, NULL },
	{ INVITATION_SAID_IGNORED, INVITATION_CAME, "open came" },
	{ INVITATION_SAID_IGNORED, INVITATION_MOVED_BACK, NULL },
	{ INVITATION_SAID_IGNORED, INVITATION_NOTICED_REPLIED, NULL },
	{ INVITATION_SAID_ACCEPTED, INVITATION_MAILED, NULL },
	{ INVITATION_SAID_ACCEPTED, INVITATION_MOVED_AWAY, NULL },
	{ INVITATION_SAID_ACCEPTED, INVITATION_SAID_ANSWERED, "answered hand" },
	{ INVITATION_MOVED_AWAY, INVITATION_MOVED_BACK, "open moved" },
	{ INVITATION_MOVED_AWAY, INVITATION_MAILED, "answered mail" },
	{ INVITATION_MAILED, INVITATION_NOTICED_ACCEPTED, "accepted notice" },
	{ INVITATION_MAILED, INVITATION_MOVED_AWAY, NULL },
	{ INVITATION_TIMED_OUT, INVITATION_REMINDED, "open came" },
	{ INVITATION_TIMED_OUT, INVITATION_MAILED, "answered mail" },
};

START_TEST(what_happens_leads_from_state_to_state)
{
	InvitationState state = INVITATION_STATE_OPEN;
	InvitationWhy why = INVITATION_WHY_CAME;
	g_autofree char *before = NULL, *got = NULL;
	const char *want;

	invitation_state_after(state, why, moves[_i].before, &state, &why);
	before = g_strdup_printf("%s %s", invitation_state_name((int)state),
				 invitation_state_why_name((int)why));
	invitation_state_after(state, why, moves[_i].event, &state, &why);
	got = g_strdup_printf("%s %s", invitation_state_name((int)state),
			      invitation_state_why_name((int)why));
	want = moves[_i].want != NULL ? moves[_i].want : before;
	ck_assert_msg(g_str_equal(got, want), "row %d: %s became %s, want %s", _i, before,
		      got, want);
}
END_TEST

static const Mail of_ann = { "<1@example.org>", ANN, "Hi", "personal", 3 };

START_TEST(a_closed_one_opens_for_another_and_not_for_a_reminder_or_an_old_mail)
{
	static const Mail reminder = { "<2>", ANN, .is_reminder = true, .day = 4 };
	static const Mail old = { "<3>", ANN, "Long ago", "personal", 3, .day = 1 };
	static const Mail another = { "<4>", ANN, "Again", "spammy", -1, .day = 5 };
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);

	ck_assert_int_eq(come(store, JANE, &of_ann), INVITATION_NEW);
	happen(store, 1, INVITATION_SAID_IGNORED, 2, INVITATION_CHANGED);
	ck_assert_int_eq(come(store, JANE, &reminder), INVITATION_AGAIN);
	ck_assert_int_eq(come(store, JANE, &old), INVITATION_AGAIN);
	check_told(store, JANE, "1 ignored hand 2 Ann Lee|Hi|personal");
	ck_assert_int_eq(come(store, JANE, &another), INVITATION_REOPENED);
	check_told(store, JANE, "1 open came 0 Ann Lee|Again|spammy");
	happen(store, 7, INVITATION_SAID_IGNORED, 2, INVITATION_NONE);
}
END_TEST

/* What the owner mails, and whether that answers Ann. */
static const struct {
	const char *address, *answered;
	bool is_answer;
} mailed[] = {
	{ "ann@example.org", NULL, true },
	{ "bo@example.org", NULL, false },
	{ "bo@example.org", "<1@example.org>", true },
	{ "bo@example.org", "<1@EXAMPLE.org>", true },
	{ "ann@example.org", "<other@example.org>", true },
};

START_TEST(a_mail_to_the_inviter_or_in_the_thread_answers)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GArray) contacts = g_array_new(FALSE, FALSE, sizeof(Contact));
	g_auto(Contact) contact = { 0 };

	contact_init(&contact, SOURCE_SENT);
	contact_add_address(&contact, mailed[_i].address);
	if (mailed[_i].answered != NULL)
		contact_add_answered(&contact, mailed[_i].answered);
	g_array_append_val(contacts, contact);
	come(store, JANE, &of_ann);
	must(invitation_mailed(store, OMAR, contacts, NOW, &error));
	check_told(store, JANE, "1 open came 0 Ann Lee|Hi|personal");
	must(invitation_mailed(store, JANE, contacts, NOW, &error));
	check_told(store, JANE,
		   mailed[_i].is_answer ? "1 answered mail 0 Ann Lee|Hi|personal"
					: "1 open came 0 Ann Lee|Hi|personal");
}
END_TEST

static void
expire(Store *store, const char *text, int day)
{
	g_autoptr(Settings) settings = fixture_settings(text);

	must(expire_store(store, settings, NOW + day * DAY, &error));
}

/* "network verdict state count" of what was dropped. */
static char *
tell_past(Store *store)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GArray) past = NULL;

	must(store_invitation_past(store, JANE, &past, &error));
	for (size_t i = 0; i < past->len; i++) {
		const StoreInvitationPast *one =
		    &g_array_index(past, StoreInvitationPast, i);

		g_string_append_printf(
		    out, "%s%s %s %s %d", i > 0 ? "; " : "", one->network, one->verdict,
		    invitation_state_name(one->state), (int)one->count);
	}

	return g_strdup(out->str);
}

START_TEST(time_closes_and_then_leaves_a_number_alone)
{
	static const Mail of_bo = { "<b>", "Bo Ek", .verdict = "personal", .day = 5 };
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *past = NULL, *none = NULL;

	come(store, JANE, &of_ann);
	come(store, JANE, &of_bo);
	expire(store, "", 30);
	check_told(store, JANE,
		   "1 open came 0 Ann Lee|Hi|personal; "
		   "2 open came 0 Bo Ek|-|personal");
	expire(store, "[people]\nexpire-invitations = 0\n", 80);
	check_told(store, JANE,
		   "1 open came 0 Ann Lee|Hi|personal; "
		   "2 open came 0 Bo Ek|-|personal");
	expire(store, "", 31);
	check_told(store, JANE,
		   "1 expired time 0 Ann Lee|Hi|personal; "
		   "2 open came 0 Bo Ek|-|personal");
	expire(store, "", 91);
	check_told(store, JANE, "2 expired time 0 Bo Ek|-|personal");
	past = tell_past(store);
	ck_assert_str_eq(past, "orbit personal expired 1");
	/* A number is never another's. */
	come(store, JANE, &of_ann);
	check_told(store, JANE,
		   "2 expired time 0 Bo Ek|-|personal; "
		   "3 open came 0 Ann Lee|Hi|personal");
	expire(store, "[people]\nkeep-invitations = no\n", 1);
	check_told(store, JANE, "");
	none = tell_past(store);
	ck_assert_str_eq(none, "");
}
END_TEST

/* It came, and was closed, in a year that is not yet. */
START_TEST(a_clock_that_was_ahead_keeps_nothing_closed)
{
	static const Mail ahead = { "<a>", ANN, "Hi", "personal", 3, .day = 400 };
	static const Mail another = { "<b>", ANN, "Again", "personal", 3, .day = 3 };
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);

	come(store, JANE, &ahead);
	happen(store, 1, INVITATION_SAID_IGNORED, 401, INVITATION_CHANGED);
	expire(store, "", 1);
	check_told(store, JANE, "1 ignored hand 0 Ann Lee|Hi|personal");
	ck_assert_int_eq(come(store, JANE, &another), INVITATION_REOPENED);
	check_told(store, JANE, "1 open came 0 Ann Lee|Again|personal");
	expire(store, "", 32);
	check_told(store, JANE, "1 open came 0 Ann Lee|Again|personal");
	expire(store, "", 34);
	check_told(store, JANE, "1 expired time 0 Ann Lee|Again|personal");
}
END_TEST

/* By which of their identities somebody is forgotten. */
static const struct {
	const char *profile, *address, *name;
	size_t want;
} forgotten[] = {
	{ "orbit.example/ann", NULL, NULL, 2 },
	{ NULL, "ann@example.org", NULL, 2 },
	{ NULL, NULL, "ann lee", 2 },
	{ NULL, NULL, "bo ek", 1 },
	{ "orbit.example/ann", NULL, "bo ek", 3 },
	{ NULL, "x@example.org", "x", 0 },
	{ NULL, NULL, NULL, 0 },
};

START_TEST(who_is_forgotten_invited_nobody)
{
	static const Mail group = { "<2>", ANN, "Join", .request = "group" };
	static const Mail of_bo = { "<b>", "Bo Ek" };
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *past = NULL;
	size_t count = 0;

	come(store, JANE, &of_ann);
	come(store, JANE, &group);
	come(store, JANE, &of_bo);
	come(store, OMAR, &of_ann);
	must(invitation_drop_person(store, JANE, forgotten[_i].profile,
				    forgotten[_i].address, forgotten[_i].name, NOW,
				    &count, &error));
	ck_assert_uint_eq(count, forgotten[_i].want);
	check_told(store, OMAR, "1 open came 0 Ann Lee|Hi|personal");
	past = tell_past(store);
	ck_assert_str_eq(past, "");
}
END_TEST

/* Read again, from a mailbox in which it still lies, it does not come back. */
START_TEST(a_mail_that_was_forgotten_stays_so_as_long_as_it_could_be_listed)
{
	static const Mail reminder = { "<2@example.org>", ANN, .is_reminder = true,
				       .day = 2 };
	static const Mail later = {
		"<3@example.org>", ANN, "Hi", "personal", 3, .day = 5
	};
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	size_t count = 0;

	come(store, JANE, &of_ann);
	come(store, JANE, &reminder);
	come(store, OMAR, &of_ann);
	must(invitation_drop_person(store, JANE, "orbit.example/ann", NULL, NULL,
				    NOW + 4 * DAY, &count, &error));
	ck_assert_int_eq(come(store, JANE, &of_ann), INVITATION_SEEN);
	ck_assert_int_eq(come(store, JANE, &reminder), INVITATION_SEEN);
	check_told(store, JANE, "");
	check_told(store, OMAR, "1 open came 0 Ann Lee|Hi|personal");
	ck_assert_int_eq(come(store, JANE, &later), INVITATION_NEW);
	check_told(store, JANE, "2 open came 0 Ann Lee|Hi|personal");
	must(invitation_drop_person(store, JANE, NULL, NULL, "ann lee", NOW + 5 * DAY,
				    &count, &error));
	must(invitation_drop_old(store, JANE, 0, 10, NOW + 14 * DAY, &error));
	ck_assert_int_eq(come(store, JANE, &of_ann), INVITATION_SEEN);
	must(invitation_drop_old(store, JANE, 0, 10, NOW + 17 * DAY, &error));
	ck_assert_int_eq(come(store, JANE, &of_ann), INVITATION_NEW);
}
END_TEST

START_TEST(what_is_forgotten_is_in_no_byte_of_the_file)
{
	static const Mail mail = { "<k>", "Quirijn Zwart", "orbit.example/quirijn",
				   "quirijn@example.org", "Wentelteefjes" };
	static const char *const words[] = { "uirijn", "Wentelteefjes" };
	g_autofree char *path = NULL, *text = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	size_t count = 0;
	gsize length;

	come(store, JANE, &mail);
	must(invitation_drop_person(store, JANE, NULL, "quirijn@example.org", NULL, NOW,
				    &count, &error));
	ck_assert_uint_eq(count, 1);
	must(store_scrub(store, &error));
	ck_assert(g_file_get_contents(path, &text, &length, NULL));
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		ck_assert_msg(memmem(text, length, words[i], strlen(words[i])) == NULL,
			      "%s is there", words[i]);
}
END_TEST

/* Proven ones and friends outlast any number of others. */
START_TEST(a_flood_drops_what_would_be_missed_least)
{
	static const Mail friend = { "<f>", "Ann Lee", .verdict = "known", .worth = 4,
				     .trust = 2 };
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GPtrArray) list = NULL;
	g_autofree char *past = NULL;
	const StoreInvitation *first;

	come(store, JANE, &friend);
	for (int i = 0; i < STORE_INVITATION_MAX_COUNT + 50; i++) {
		g_autofree char *name = g_strdup_printf("Nobody %d", i);
		const Mail mail = { name, name, .verdict = "personal", .worth = 4 };

		come(store, JANE, &mail);
	}
	must(store_invitation_list(store, JANE, STORE_INVITATION_BRIEF, &list, &error));
	ck_assert_uint_le(list->len, STORE_INVITATION_MAX_COUNT);
	ck_assert_uint_gt(list->len, STORE_INVITATION_MAX_COUNT - 50);
	first = list->pdata[0];
	ck_assert_str_eq(first->texts[STORE_INVITATION_NAME], "Ann Lee");
	past = tell_past(store);
	ck_assert_msg(strstr(past, "orbit personal open ") != NULL, "%s", past);
}
END_TEST

/* A mailbox's mails, the worth by its place, on their way through a transaction. */
typedef struct {
	bool is_backwards;
	size_t kept[INVITATION_BEYOND + 1];
} Rescan;

#define MAILS (STORE_INVITATION_MAX_COUNT + 30)

static bool
read_mailbox(StoreWriter *writer, void *context, GError **error)
{
	Rescan *rescan = context;

	memset(rescan->kept, 0, sizeof(rescan->kept));
	for (int i = 0; i < MAILS; i++) {
		int number = rescan->is_backwards ? MAILS - 1 - i : i;
		g_autofree char *name = g_strdup_printf("Nobody %d", number);
		const Mail mail = { name, name, .verdict = "personal",
				    .worth = number % 4 };
		g_autoptr(StoreInvitation) said = said_by(&mail);
		InvitationKept kept;

		/* Half of them are to be closed, as nothing was heard of them. */
		if (!invitation_record_old(writer, JANE, said, INVITATION_FIRST_MAIL,
					   NOW + number * 60, NOW + MAILS / 2 * 60, &kept,
					   error))
			return false;
		rescan->kept[kept]++;
	}

	return true;
}

START_TEST(what_is_beyond_the_bound_is_counted_once)
{
	Rescan rescan = { .is_backwards = _i == 1 };
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *list = NULL, *past = NULL, *past_again = NULL;

	must(store_change(store, read_mailbox, &rescan, &error));
	ck_assert_uint_eq(rescan.kept[INVITATION_NEW], STORE_INVITATION_MAX_COUNT);
	ck_assert_uint_eq(rescan.kept[INVITATION_BEYOND], 30);
	list = tell(store, JANE);
	past = tell_past(store);
	must(store_change(store, read_mailbox, &rescan, &error));
	ck_assert_uint_eq(rescan.kept[INVITATION_SEEN], STORE_INVITATION_MAX_COUNT);
	ck_assert_uint_eq(rescan.kept[INVITATION_BEYOND], 30);
	check_told(store, JANE, list);
	past_again = tell_past(store);
	ck_assert_str_eq(past_again, past);
	ck_assert(strstr(list, "Nobody 1029|") != NULL);
	ck_assert(strstr(list, " Nobody 0|") == NULL);
}
END_TEST

/* Each text is cut, between characters, and what is no UTF-8 harms nothing. */
START_TEST(no_text_is_longer_than_is_kept)
{
	g_autofree char *long_text = g_strnfill(65536, 'x');
	g_autoptr(GString) letters = g_string_new("");
	const Mail mail = { long_text, long_text, long_text, long_text, long_text };
	const Mail wide = { "<w>", "W", NULL, NULL, NULL };
	Mail wide_mail = wide;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GPtrArray) list = NULL;

	g_string_append(letters, "\xff");
	for (int i = 0; i < 5000; i++)
		g_string_append(letters, "\xe5\xb1\xb1");
	wide_mail.note = letters->str;
	come(store, JANE, &mail);
	come(store, JANE, &wide_mail);
	must(store_invitation_list(store, JANE, STORE_INVITATION_WHOLE, &list, &error));
	for (size_t i = 0; i < list->len; i++) {
		const StoreInvitation *row = list->pdata[i];

		for (int k = 0; k < STORE_INVITATION_LAST; k++)
			if (row->texts[k] != NULL) {
				ck_assert_uint_le(strlen(row->texts[k]), 4096);
				ck_assert(g_utf8_validate(row->texts[k], -1, NULL));
			}
	}
	ck_assert_uint_eq(list->len, 2);
}
END_TEST

START_TEST(what_is_open_and_worth_an_answer_is_due_after_two_days)
{
	StoreInvitation row = { .first = NOW, .worth = 1 };

	ck_assert(!invitation_is_due(&row, NOW + 2 * DAY - 1));
	ck_assert(invitation_is_due(&row, NOW + 2 * DAY));
	row.worth = 0;
	ck_assert(!invitation_is_due(&row, NOW + 2 * DAY));
	row.worth = 1;
	row.state = INVITATION_STATE_ANSWERED;
	ck_assert(!invitation_is_due(&row, NOW + 2 * DAY));
}
END_TEST

/* A store that is only read, and was never made, lists nothing. */
/* All that a mail writes. */
static bool
write_mail(StoreWriter *writer, void *context, GError **error)
{
	const Mail *mail = context;
	const Fingerprint note = { { 1 } };
	g_autoptr(StoreInvitation) said = said_by(mail);
	InvitationKept kept;

	return store_writer_trace(writer, JANE, mail->id, NOW, error) &&
	       bulk_record(writer, JANE, mail->profile, &note, NOW, error) &&
	       invitation_record(writer, JANE, said, INVITATION_FIRST_MAIL, NOW, &kept,
				 error);
}

/* SQLite takes 64 KB where a statement can be undone alone. */
START_TEST(a_mail_is_written_without_a_copy_of_the_pages)
{
	static const Mail first = { .id = "<1@x>", .name = "Ann", .profile = "x/ann" };
	static const Mail second = { .id = "<2@x>", .name = "Ben", .profile = "x/ben" };
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	int now, most;

	must(store_change(store, write_mail, (void *)&first, &error));
	sqlite3_status(SQLITE_STATUS_MALLOC_SIZE, &now, &most, 1);
	must(store_change(store, write_mail, (void *)&second, &error));
	sqlite3_status(SQLITE_STATUS_MALLOC_SIZE, &now, &most, 0);
	ck_assert_int_gt(most, 0);
	ck_assert_int_lt(most, 64 * 1024);
}
END_TEST

/* What the row of the only owner says: the last number and how many, as of a drop. */
static void
check_owner(const char *path, gint64 invited, gint64 invitations)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *row = NULL;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT invited, invitations FROM owner",
					    -1, &row, NULL),
			 SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
	ck_assert_int_eq(sqlite3_column_int64(row, 0), invited);
	ck_assert_int_eq(sqlite3_column_int64(row, 1), invitations);
	sqlite3_finalize(row);
	sqlite3_close(db);
}

typedef struct {
	gint64 id; /* 0: one more is put, else this is dropped */
	StoreInvitationDrop drop;
	gint64 want;          /* the number that it gets */
	size_t count;         /* how many there are then */
	gint64 invited, rows; /* the owner's row behind it */
} Numbered;

static bool
number_step(StoreWriter *writer, void *context, GError **error)
{
	const Numbered *step = context;
	g_autoptr(StoreInvitation) one = store_invitation_new();
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	size_t count = 0;

	if (step->id != 0) {
		g_array_append_val(ids, step->id);
		return store_invitation_drop(writer, JANE, ids, step->drop, error);
	}
	if (!store_invitation_put(writer, JANE, one, &count, error))
		return false;
	ck_assert_int_eq(one->id, step->want);
	ck_assert_uint_eq(count, step->count);

	return true;
}

START_TEST(a_number_is_given_once_and_the_owners_row_is_written_for_drops_alone)
{
	static const Numbered steps[] = {
		{ .want = 1, .count = 1 },
		{ .want = 2, .count = 2 },
		{ .want = 3, .count = 3 },
		{ .id = 3, .drop = STORE_INVITATION_UNMADE },
		{ .want = 3, .count = 3 },
		{ .id = 1, .invited = 3, .rows = 2 },
		{ .want = 4, .count = 3, .invited = 3, .rows = 2 },
		{ .id = 4, .drop = STORE_INVITATION_UNCOUNTED, .invited = 4, .rows = 2 },
		{ .id = 9, .invited = 4, .rows = 2 }, /* there is none */
		{ .want = 5, .count = 3, .invited = 4, .rows = 2 },
		{ .want = 6, .count = 4, .invited = 4, .rows = 2 },
		{ .id = 6, .drop = STORE_INVITATION_UNMADE, .invited = 4, .rows = 2 },
		{ .want = 6, .count = 4, .invited = 4, .rows = 2 },
		{ .id = 2, .invited = 6, .rows = 3 },
		{ .id = 3, .invited = 6, .rows = 2 },
		{ .id = 5, .invited = 6, .rows = 1 },
		{ .id = 6, .invited = 6, .rows = 0 },
		{ .want = 7, .count = 1, .invited = 6, .rows = 0 },
	};
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		must(store_change(store, number_step, (void *)&steps[i], &error));
		check_owner(path, steps[i].invited, steps[i].rows);
	}
}
END_TEST

/* It came while the owner's others were dropped. */
START_TEST(an_owner_with_an_invitation_left_is_not_purged)
{
	static const Numbered one = { .want = 1, .count = 1 };
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);

	must(store_change(store, number_step, (void *)&one, &error));
	must(store_purge_drop(store, JANE, &error));
	check_owner(path, 0, 0);
}
END_TEST

START_TEST(a_store_that_is_not_there_lists_nothing)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_READ, &path);
	g_autoptr(StoreInvitation) like = store_invitation_new(), none = NULL;
	g_autoptr(GArray) ids = NULL;

	like->trust = 1;
	store_invitation_set(like, STORE_INVITATION_NAME_KEY, "ann lee");
	check_told(store, JANE, "");
	must(invitation_find(store, JANE, like, &ids, &error));
	ck_assert_uint_eq(ids->len, 0);
	must(store_invitation_get(store, JANE, 1, &none, &error));
	ck_assert_ptr_null(none);
	ck_assert(!g_file_test(path, G_FILE_TEST_EXISTS));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("invitation");
	TCase *list = tcase_create("list");

	tcase_add_loop_test(list, a_second_mail_is_the_first_ones_or_another, 0,
			    G_N_ELEMENTS(pairs));
	tcase_add_loop_test(list, mails_say_the_same_in_whatever_order_they_are_read, 0,
			    G_N_ELEMENTS(orders));
	tcase_add_test(list, a_headline_is_that_of_the_judgement);
	tcase_add_test(list, a_mailbox_that_is_read_twice_adds_nothing);
	tcase_add_loop_test(list, an_answer_goes_where_the_surest_mail_said_first, 0,
			    G_N_ELEMENTS(addresses));
	tcase_add_loop_test(list, what_happens_leads_from_state_to_state, 0,
			    G_N_ELEMENTS(moves));
	tcase_add_test(
	    list, a_closed_one_opens_for_another_and_not_for_a_reminder_or_an_old_mail);
	tcase_add_loop_test(list, a_mail_to_the_inviter_or_in_the_thread_answers, 0,
			    G_N_ELEMENTS(mailed));
	tcase_add_test(list, a_clock_that_was_ahead_keeps_nothing_closed);
	tcase_add_test(list, time_closes_and_then_leaves_a_number_alone);
	tcase_add_loop_test(list, who_is_forgotten_invited_nobody, 0,
			    G_N_ELEMENTS(forgotten));
	tcase_add_test(list,
		       a_mail_that_was_forgotten_stays_so_as_long_as_it_could_be_listed);
	tcase_add_test(list, what_is_forgotten_is_in_no_byte_of_the_file);
	tcase_add_test(list, a_flood_drops_what_would_be_missed_least);
	tcase_add_loop_test(list, what_is_beyond_the_bound_is_counted_once, 0, 2);
	tcase_add_test(list, no_text_is_longer_than_is_kept);
	tcase_add_test(list, what_is_open_and_worth_an_answer_is_due_after_two_days);
	tcase_add_test(list, a_mail_is_written_without_a_copy_of_the_pages);
	tcase_add_test(
	    list, a_number_is_given_once_and_the_owners_row_is_written_for_drops_alone);
	tcase_add_test(list, an_owner_with_an_invitation_left_is_not_purged);
	tcase_add_test(list, a_store_that_is_not_there_lists_nothing);
	tcase_set_timeout(list, 60);
	suite_add_tcase(suite, list);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_digest.c - does a digest tell what is open, and nothing that could do harm? */

#include "config.h"

#include <string.h>

#include "base/terminal.h"
#include "digest/digest-mail.h"
#include "digest/digest-parts.h"
#include "fixture.h"
#include "people/invitation.h"
#include "people/sent.h"

#define JANE FIXTURE_OWNER
#define NOW  FIXTURE_NOW
#define DAY  (24 * 3600)
#define ZONE "[digest]\ntime-zone = UTC\n"

/* Fails with what the store says. */
#define must(call)                                                                       \
	do {                                                                             \
		g_autoptr(GError) error = NULL;                                          \
		bool is_well = (call);                                                   \
                                                                                         \
		ck_assert_msg(is_well, "%s", error != NULL ? error->message : "");       \
	} while (0)

/* One mail as it was judged; day: after NOW. */
typedef struct {
	const char *verdict, *answer, *name, *note, *reply;
	int worth, day;
	bool is_reminder;
	const char *relation, *headline;
} Mail;

static void
come(Store *store, const Mail *mail)
{
	g_autoptr(StoreInvitation) said = store_invitation_new();
	g_autofree char *key = mail->name != NULL ? g_utf8_strdown(mail->name, -1) : NULL;
	g_autofree char *id = g_strdup_printf("<%u@example.org>", g_random_int());
	InvitationKept kept;

	said->worth = mail->worth;
	said->trust = g_strcmp0(mail->verdict, "forged") == 0 ? 0 : 2;
	store_invitation_set(said, STORE_INVITATION_NETWORK, "linkedin");
	store_invitation_set(said, STORE_INVITATION_REQUEST, "connect");
	store_invitation_set(said, STORE_INVITATION_VERDICT, mail->verdict);
	store_invitation_set(said, STORE_INVITATION_ANSWER, mail->answer);
	store_invitation_set(said, STORE_INVITATION_RELATION, mail->relation);
	store_invitation_set(said, STORE_INVITATION_NAME, mail->name);
	store_invitation_set(said, STORE_INVITATION_NAME_KEY, key);
	store_invitation_set(said, STORE_INVITATION_HEADLINE, mail->headline);
	store_invitation_set(said, STORE_INVITATION_NOTE, mail->note);
	store_invitation_set(said, STORE_INVITATION_REPLY, mail->reply);
	store_invitation_set(said, STORE_INVITATION_MESSAGE_ID, id);
	if (said->trust > 0)
		store_invitation_set(said, STORE_INVITATION_PAGE, "https://example.org/");
	must(invitation_keep(store, JANE, said,
			     mail->is_reminder ? INVITATION_REMINDER
					       : INVITATION_FIRST_MAIL,
			     NOW + mail->day * DAY, &kept, &error));
}

static const Mail known = {
	"known",
	"accept",
	"Ann Lee",
	"It was good to meet you.",
	"Hi Ann,\n\nHello.",
	.worth = 4,
	.day = -3,
	.relation = "known",
	.headline = "Sells at www.example.com",
};
static const Mail contextless = {
	"contextless", "reply-dont-accept", "Omar Haddad", NULL, "x", .worth = 2,
};
static const Mail silent = {
	"contextless", "ignore", "Wout Smit", NULL, NULL, .worth = 0,
};
static const Mail spammy = {
	"spammy", "ignore", "Max Trader", "Buy!", NULL, .worth = -1,
};
static const Mail forged = {
	"forged", "report", "Orbit Team", "Click!", NULL, .worth = -3,
};

/* All that a test needs: a store, settings, and what is asked. */
typedef struct {
	Assessor *assessor;
	DigestWords *words;
	Store *store; /* the assessor's */
	DigestAsk ask;
} Desk;

static void
desk_clear(Desk *desk)
{
	digest_words_free(desk->words);
	assessor_unref(desk->assessor);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Desk, desk_clear)

static void
desk_init(Desk *desk, const char *settings)
{
	g_autoptr(GError) error = NULL;

	desk->assessor = fixture_assessor(settings);
	desk->store = fixture_store(STORE_WORK, NULL);
	assessor_set_store(desk->assessor, desk->store);
	desk->words = digest_words_new(NULL, &error);
	ck_assert_msg(desk->words != NULL, "%s", error != NULL ? error->message : "");
	desk->ask = (DigestAsk){ .assessor = desk->assessor,
				 .words = desk->words,
				 .owner = JANE,
				 .now = NOW };
}

static Digest *
digest_of(const Desk *desk)
{
	g_autoptr(GError) error = NULL;
	Digest *digest = digest_new(&desk->ask, &error);

	ck_assert_msg(digest != NULL, "%s", error != NULL ? error->message : "");

	return digest;
}

static char *
text_of(const Desk *desk)
{
	g_autoptr(Digest) digest = digest_of(desk);

	return document_text(digest->document);
}

START_TEST(a_digest_reads_so)
{
	static const char want[] =
	    "Your invitations\n================\n\nOpen: 5\n\n\n"
	    "Worth an answer\n---------------\n\n"
	    "* Ann Lee on LinkedIn\nSells at www[.]example[.]com\n"
	    "since 2026-01-12 · due\n"
	    "It seems to come from someone you know.\nAccept, and say hello.\n"
	    "What they wrote:\n\n> It was good to meet you.\n\n"
	    "A reply, ready to send:\n\n    Hi Ann,\n\n    Hello.\n\n"
	    "Open your invitations on LinkedIn\n"
	    "https://www.linkedin.com/mynetwork/invitation-manager/\n"
	    "Done with it: invitectl close 1\n\n\n"
	    "No word of why\n--------------\n\n"
	    "2      Omar Haddad                           LinkedIn        2026-01-15\n\n"
	    "They did not say why they invite you. One reply asks them all:\n\n"
	    "    Hello,\n\n"
	    "    Thank you for the invitation. I thought I'd reach out to find out\n"
	    "    what I can do for you.\n\n    Best regards\n\n"
	    "Open your invitations on LinkedIn\n"
	    "https://www.linkedin.com/mynetwork/invitation-manager/\n\n"
	    "- No word of why, and nothing to answer: 1 (Wout Smit). Nothing to do,\n"
	    "  unless you know them.\n"
	    "- Selling something, or asking a favour: 1 (Max Trader). Nothing to do.\n"
	    "- Forged, or posing as somebody you know: 1 (Orbit Team). Don't use\n"
	    "  their links.\n\n\n"
	    "invite-milter\n-------------\n\n"
	    "When this comes, or that it never does, is set by \"digest\" in the\n"
	    "settings.\n";
	g_auto(Desk) desk = { 0 };
	g_autofree char *text = NULL;

	desk_init(&desk, ZONE "[trust]\nauthserv-id = mx.example.net\n");
	come(desk.store, &known);
	come(desk.store, &contextless);
	come(desk.store, &spammy);
	come(desk.store, &forged);
	come(desk.store, &silent);
	text = text_of(&desk);
	ck_assert_msg(g_str_equal(text, want), "%s", text);
}
END_TEST

/* What became of an invitation, and is it news for a digest at NOW after one at since? */
static const struct {
	const char *what;
	Mail mail;
	InvitationEvent event; /* INVITATION_CAME: none */
	int event_day, since;  /* days; since 0: there was no digest */
	bool is_news;
	const char *told;
} news[] = {
	{ "it came before any digest",
	  { "known", "accept", "Ann Lee", .worth = 4, .day = -20 },
	  INVITATION_CAME,
	  0,
	  0,
	  true,
	  "Ann Lee on" },
	{ "it came since",
	  { "contextless", "x", "Ann Lee", .worth = 2, .day = -1 },
	  INVITATION_CAME,
	  0,
	  -2,
	  true,
	  "Ann Lee  " },
	{ "it was told of",
	  { "contextless", "x", "Ann Lee", .worth = 2, .day = -9 },
	  INVITATION_CAME,
	  0,
	  -1,
	  false,
	  NULL },
	{ "it is due since yesterday",
	  { "personal", "consider", "Ann Lee", .worth = 3, .day = -2 },
	  INVITATION_CAME,
	  0,
	  -1,
	  true,
	  "due" },
	{ "it was due before",
	  { "personal", "consider", "Ann Lee", .worth = 3, .day = -9 },
	  INVITATION_CAME,
	  0,
	  -1,
	  false,
	  NULL },
	{ "it sells",
	  { "spammy", "ignore", "Ann Lee", .worth = -1, .day = -1 },
	  INVITATION_CAME,
	  0,
	  -2,
	  false,
	  NULL },
	{ "it is forged",
	  { "forged", "report", "Ann Lee", .worth = -3, .day = -1 },
	  INVITATION_CAME,
	  0,
	  -2,
	  false,
	  NULL },
	{ "it was answered, and nothing came for two weeks",
	  { "personal", "consider", "Ann Lee", .worth = 3, .day = -20 },
	  INVITATION_MAILED,
	  -14,
	  -1,
	  true,
	  "invitectl close 1 --ignored" },
	{ "it was answered so long ago that the last digest said so",
	  { "personal", "consider", "Ann Lee", .worth = 3, .day = -30 },
	  INVITATION_MAILED,
	  -20,
	  -1,
	  false,
	  NULL },
	{ "it was answered yesterday",
	  { "personal", "consider", "Ann Lee", .worth = 3, .day = -20 },
	  INVITATION_MAILED,
	  -1,
	  -2,
	  false,
	  NULL },
	{ "the network says that they write to each other",
	  { "personal", "consider", "Ann Lee", .worth = 3, .day = -20 },
	  INVITATION_NOTICED_REPLIED,
	  -14,
	  -1,
	  false,
	  NULL },
	{ "a friend was accepted",
	  { "known", "accept", "Ann Lee", NULL, "Hi Ann!", .worth = 4, .day = -20,
	    .relation = "known" },
	  INVITATION_NOTICED_ACCEPTED,
	  -1,
	  -2,
	  true,
	  "Hi Ann!" },
	{ "a friend was accepted, whose mail nobody verified",
	  { "known", "consider", "Ann Lee", NULL, "Hi Ann, later!", .worth = 4,
	    .day = -20, .relation = "known" },
	  INVITATION_SAID_ACCEPTED,
	  -1,
	  -2,
	  true,
	  "    Hi Ann,\n\n    Thank you for the invitation. It's good to hear from you" },
	{ "a stranger was accepted",
	  { "personal", "accept", "Ann Lee", NULL, "Hi Ann!", .worth = 4, .day = -20,
	    .relation = "stranger" },
	  INVITATION_SAID_ACCEPTED,
	  -1,
	  -2,
	  false,
	  NULL },
	{ "it was ignored",
	  { "personal", "consider", "Ann Lee", .worth = 3, .day = -1 },
	  INVITATION_SAID_IGNORED,
	  -1,
	  -2,
	  false,
	  NULL },
};

START_TEST(a_digest_is_worth_a_mail_where_something_is_new)
{
	static const gint64 id = 1;
	g_auto(Desk) desk = { 0 };
	g_autoptr(Digest) digest = NULL;
	g_autofree char *text = NULL;

	desk_init(&desk, ZONE);
	come(desk.store, &news[_i].mail);
	if (news[_i].event != INVITATION_CAME)
		must(invitation_happened(desk.store, JANE, &id, 1, news[_i].event,
					 NOW + news[_i].event_day * DAY, NULL, &error));
	desk.ask.since = news[_i].since != 0 ? NOW + news[_i].since * DAY : 0;
	digest = digest_of(&desk);
	text = document_text(digest->document);
	ck_assert_msg(digest->is_news == news[_i].is_news, "%s: news is %d",
		      news[_i].what, digest->is_news);
	ck_assert_msg(news[_i].told == NULL || strstr(text, news[_i].told) != NULL,
		      "%s: no \"%s\" in:\n%s", news[_i].what, news[_i].told, text);
}
END_TEST

START_TEST(a_reminder_is_told_of_once)
{
	Mail again = contextless;
	g_auto(Desk) desk = { 0 };
	g_autofree char *text = NULL, *later = NULL;

	desk_init(&desk, ZONE);
	again.day = -5;
	come(desk.store, &again);
	again.day = -1;
	again.is_reminder = true;
	come(desk.store, &again);
	desk.ask.since = NOW - 2 * DAY;
	text = text_of(&desk);
	ck_assert_msg(strstr(text, "- Omar Haddad on LinkedIn: 1, the last on "
				   "2026-01-14\n") != NULL,
		      "%s", text);
	desk.ask.since = NOW;
	later = text_of(&desk);
	ck_assert_str_eq(later, "");
}
END_TEST

START_TEST(whoever_became_known_is_told_of_with_the_way_back)
{
	static const FixtureContact people[] = {
		{ SOURCE_SENT, "Ann Lee", NULL, "ann@example.org", NULL, NOW - 3600 },
		{ SOURCE_ADDED, "Eve $(rm -rf ~) O'Hara", NULL, NULL, NULL, NOW - 3600 },
		{ SOURCE_SENT, "Old Friend", NULL, "old@example.org", NULL,
		  NOW - 9 * DAY },
	};
	g_auto(Desk) desk = { 0 };
	g_autofree char *text = NULL;

	desk_init(&desk, ZONE);
	come(desk.store, &contextless);
	for (size_t i = 0; i < G_N_ELEMENTS(people); i++)
		fixture_learn(desk.store, desk.assessor, &people[i]);
	desk.ask.since = NOW - DAY;
	text = text_of(&desk);
	ck_assert_msg(strstr(text, "- Ann Lee: you wrote to them\n"
				   "  Undo: invitectl people forget ann@example.org\n"),
		      "%s", text);
	ck_assert_msg(strstr(text, "  Undo: invitectl people forget 'Eve $(rm -rf ~) "
				   "O'\\''Hara'\n"),
		      "%s", text);
	ck_assert_msg(strstr(text, "Old Friend") == NULL, "%s", text);
}
END_TEST

/* How often a part stands in a text. */
static size_t
count_in(const char *text, const char *part)
{
	size_t count = 0;

	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		count++;

	return count;
}

START_TEST(a_flood_is_told_of_by_its_number)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *text = NULL;

	desk_init(&desk, ZONE);
	for (int i = 0; i < 60; i++) {
		g_autofree char *name =
		    g_strdup_printf("Guest %c%c", 'A' + i / 26, 'A' + i % 26);
		Mail mail = i % 3 == 0 ? known : i % 3 == 1 ? contextless : spammy;

		mail.name = name;
		come(desk.store, &mail);
	}
	text = text_of(&desk);
	ck_assert_uint_eq(count_in(text, "* Guest"), DIGEST_MAX_WORTH);
	ck_assert_msg(strstr(text, "And 10 more: invitectl list\n") != NULL, "%s", text);
	ck_assert_uint_eq(count_in(text, "LinkedIn        2026"), 20);
	ck_assert_msg(strstr(text, "favour: 20 (Guest") != NULL, "%s", text);
}
END_TEST

static void
free_row(gpointer row)
{
	store_invitation_free(row);
}

START_TEST(fifty_thousand_are_parted)
{
	static const char *const verdicts[] = { "known", "contextless", "contextless",
						"spammy" };
	static const int worths[] = { 4, 2, 0, -1 };
	const DigestTimes times = { .since = NOW - DAY, .now = NOW, .unanswered = DAY };
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_row);
	g_auto(DigestParts) parts = { 0 };
	const StoreInvitation *first;

	for (int i = 0; i < 50000; i++) {
		StoreInvitation *row = store_invitation_new();

		row->id = i + 1;
		row->first = row->last = NOW - (i * 7919) % 100000;
		row->worth = worths[i % 4];
		store_invitation_set(row, STORE_INVITATION_VERDICT, verdicts[i % 4]);
		g_ptr_array_add(list, row);
	}
	digest_parts_init(&parts, list, &times);
	ck_assert_uint_eq(parts.open, 50000);
	ck_assert(parts.is_news);
	for (size_t i = DIGEST_PART_WORTH; i <= DIGEST_PART_SELLS; i++)
		ck_assert_uint_ge(parts.rows[i]->len, 12500);
	first = parts.rows[DIGEST_PART_WORTH]->pdata[0];
	for (guint i = 1; i < parts.rows[DIGEST_PART_WORTH]->len; i++)
		ck_assert_int_le(
		    first->first,
		    ((const StoreInvitation *)parts.rows[DIGEST_PART_WORTH]->pdata[i])
			->first);
}
END_TEST

/* What an inviter might write to do harm. */
static const char *const hostile[] = {
	"<script>alert(1)</script>",
	"</blockquote></div><a href=\"http://evil.example.com\">x</a>",
	"<img src=//evil.example.com/pixel.png onerror=alert(1)>",
	"\" style=\"background:url(http://evil.example.com)",
	"Ann\r\nBcc: victim@example.org\r\n\r\nSubject: x",
	"\033[2J\xE2\x80\xAE\xE2\x80\x8B\x01\x7F",
	"Your invitations\n================\n* Worth an answer",
	"--=_ebd73bc51f86fae1fc360d2e",
	"{name} {command} %s%n &lt; &#60;script&#62;",
	("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	"\xFF\xFE\xC0\xAF not UTF-8",
	("王王王王王王王王王王王王王王王王王王王王王王王王"
	 "王王王王王王王王王王王王王王王王王王王王"),
};

static void
check_columns(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++)
		ck_assert_msg(terminal_columns(lines[i]) <= DOCUMENT_COLUMNS,
			      "%d columns: %s", terminal_columns(lines[i]), lines[i]);
}

START_TEST(what_inviters_write_harms_nobody)
{
	static const char *const places[] = { "href=\"", "<img", "<script", "<link",
					      "style=\"background:url" };
	Mail mail = known, row = contextless;
	g_auto(Desk) desk = { 0 };
	g_autoptr(Digest) digest = NULL;
	g_autofree char *text = NULL, *html = NULL,
			*other = g_strconcat("B ", hostile[_i], NULL);

	desk_init(&desk, ZONE);
	mail.name = mail.note = mail.headline = hostile[_i];
	row.name = other;
	come(desk.store, &mail);
	come(desk.store, &row);
	digest = digest_of(&desk);
	text = document_text(digest->document);
	html = document_html(digest->document, digest->language);
	check_columns(text);
	ck_assert(g_utf8_validate(text, -1, NULL));
	ck_assert_msg(strpbrk(text, "\033\r\x01\x7F") == NULL, "%s", text);
	ck_assert_msg(count_in(text, "\n====") == 1, "%s", text);
	ck_assert_msg(count_in(text, "://") == 2 && strstr(text, "evil.example") == NULL,
		      "%s", text);
	/* The two links to the network's page are all that can be followed. */
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
		ck_assert_msg(count_in(html, places[i]) == (i == 0 ? 2 : 0), "%s",
			      places[i]);
	ck_assert_uint_eq(count_in(html, "href=\"https://www.linkedin.com/"), 2);
	/* The number of a row stands in one line, however narrow the screen. */
	ck_assert_uint_eq(count_in(html, "<tr><td"),
			  count_in(html, "white-space:nowrap"));
	for (const char *c = html; *c != '\0'; c++)
		ck_assert_msg(*c == '\n' || (*c >= ' ' && *c < 0x7F), "byte %d", *c);
}
END_TEST

static const char *const languages[] = { "de", "en", "es", "fr", "it", "nl", "pt" };

START_TEST(each_language_says_all_of_it)
{
	/* In each language's reply that accepts, and in none that does not. */
	static const char *const welcomes[] = {
		"Ich nehme sie gern an",  "glad to stay in touch", "acepto con gusto",
		"j'accepte avec plaisir", "accetto volentieri",    "graag aanneem",
		"aceito com muito gosto",
	};
	static const gint64 third = 3, fourth = 4;
	static const FixtureContact friend = {
		SOURCE_MET, "Ann Lee", NULL, "ann@example.org", NULL, NOW - 3600,
	};
	g_autofree char *settings =
	    g_strdup_printf(ZONE "[suggestion]\nlanguage = %s\n", languages[_i]);
	g_auto(Desk) desk = { 0 };
	Mail other = contextless;
	g_autoptr(Digest) digest = NULL;
	g_autofree char *text = NULL;
	g_autoptr(GString) line = g_string_new(NULL);

	desk_init(&desk, settings);
	come(desk.store, &known);
	come(desk.store, &contextless);
	other.day = -30;
	other.name = "Third Guest";
	come(desk.store, &other);
	other = known;
	other.day = -30;
	other.name = "Fourth Guest";
	other.answer = "consider";
	come(desk.store, &other);
	come(desk.store, &spammy);
	come(desk.store, &forged);
	must(invitation_happened(desk.store, JANE, &third, 1, INVITATION_MAILED,
				 NOW - 20 * DAY, NULL, &error));
	must(invitation_happened(desk.store, JANE, &fourth, 1, INVITATION_SAID_ACCEPTED,
				 NOW - DAY, NULL, &error));
	fixture_learn(desk.store, desk.assessor, &friend);
	digest = digest_of(&desk);
	ck_assert_str_eq(digest->language, languages[_i]);
	text = document_text(digest->document);
	check_columns(text);
	ck_assert_msg(strpbrk(text, "{}") == NULL, "%s", text);
	ck_assert_uint_eq(count_in(text, "Ann Lee"), 2);
	ck_assert_uint_eq(count_in(text, "Fourth Guest"), 1);
	g_strdelimit(text, "\n", ' ');
	g_string_append(line, text);
	g_string_replace(line, "     ", " ", 0);
	ck_assert_msg(strstr(line->str, welcomes[_i]) != NULL, "%s", line->str);
	ck_assert_msg(strstr(text, "invitectl close 3 --ignored") != NULL, "%s", text);
	ck_assert_msg(strstr(text, "authserv-id") != NULL, "%s", text);
}
END_TEST

START_TEST(the_mail_is_read_back_taught_by_nobody_and_judged_by_nobody)
{
	g_auto(Desk) desk = { 0 };
	g_autoptr(Digest) digest = NULL;
	g_autoptr(GString) mail = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message = NULL;
	g_autoptr(Edits) edits = NULL;
	g_auto(Report) report = { 0 };
	g_autoptr(GArray) contacts = NULL;
	SentMail sent = { .sender = "<postmaster@example.net>", .most = 20, .seen = NOW };

	desk_init(&desk, ZONE "digest-from = invitations@example.net\n");
	come(desk.store, &known);
	come(desk.store, &contextless);
	digest = digest_of(&desk);
	mail = digest_mail(&desk.ask, digest, 2461056, &error);
	ck_assert_msg(mail != NULL, "%s", error != NULL ? error->message : "");
	ck_assert_msg(strstr(mail->str, "\nAuto-Submitted: auto-generated\n") != NULL &&
			  strstr(mail->str, "\nList-Id: <invitations.example.net>\n") !=
			      NULL &&
			  strstr(mail->str, "From: Invitations "
					    "<invitations@example.net>\n") != NULL,
		      "%s", mail->str);
	for (const char *c = mail->str; *c != '\0'; c++)
		ck_assert_msg((*c >= ' ' && *c < 0x7F) || *c == '\n', "byte %d", *c);
	g_string_replace(mail, "\n", "\r\n", 0);
	message = message_new(mail->str, mail->len, NULL, &error);
	ck_assert_msg(message != NULL, "%s", error != NULL ? error->message : "");
	sent.head = message_head(message);
	ck_assert_int_eq(sent_lesson(&sent, &contacts), SENT_AUTOMATIC);
	edits = fixture_pass(desk.assessor, mail, JANE, &report);
	ck_assert_msg(report.summary == NULL && edits->fields->len == 0, "%s",
		      fixture_summary(&report));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("digest");
	TCase *told = tcase_create("told"), *safe = tcase_create("safe");

	fixture_load();
	tcase_add_test(told, a_digest_reads_so);
	tcase_add_loop_test(told, a_digest_is_worth_a_mail_where_something_is_new, 0,
			    G_N_ELEMENTS(news));
	tcase_add_test(told, a_reminder_is_told_of_once);
	tcase_add_test(told, whoever_became_known_is_told_of_with_the_way_back);
	tcase_add_loop_test(told, each_language_says_all_of_it, 0,
			    G_N_ELEMENTS(languages));
	tcase_set_timeout(told, 60);
	suite_add_tcase(suite, told);
	tcase_add_test(safe, a_flood_is_told_of_by_its_number);
	tcase_add_test(safe, fifty_thousand_are_parted);
	tcase_add_loop_test(safe, what_inviters_write_harms_nobody, 0,
			    G_N_ELEMENTS(hostile));
	tcase_add_test(safe, the_mail_is_read_back_taught_by_nobody_and_judged_by_nobody);
	tcase_set_timeout(safe, 60);
	suite_add_tcase(suite, safe);

	return fixture_run(suite);
}

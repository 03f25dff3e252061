/* SPDX-License-Identifier: BSD-2-Clause */
/* check_reply_texts.c - can each of our replies be sent as it is? */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "fixture.h"
#include "judge/reply-form.h"
#include "judge/suggestion.h"

/* How letters are written in each language. */
static const struct {
	const char *language;
	const char *greeting_end;
	bool is_lower; /* the text goes on behind the greeting's comma */
	/* one of these says that people do not know each other */
	const char *strangers[3];
	const char *group;
	const char *accept;  /* to ask before one accepts is a promise to accept */
	const char *message; /* an invitation may come without any */
	const char *offer;   /* a favour that is asked is none */
} customs[] = {
	{ "en",
	  ",",
	  false,
	  { "know each other", "introduced" },
	  "group",
	  "accept",
	  "message",
	  "offer" },
	{ "de", ",", true, { "kennen" }, "Gruppe", "annehme", "Nachricht", "Angebot" },
	{ "fr",
	  ",",
	  false,
	  { "connaissons", "faire connaissance" },
	  "groupe",
	  "accept",
	  "message",
	  "offre" },
	{ "es",
	  ":",
	  false,
	  { "conocemos", "conocernos" },
	  "grupo",
	  "acept",
	  "mensaje",
	  "propuesta" },
	{ "pt",
	  ".",
	  false,
	  { "conhecemos", "conhecer" },
	  "grupo",
	  "aceit",
	  "mensagem",
	  "proposta" },
	{ "it",
	  ",",
	  true,
	  { "conosciamo", "conoscerci" },
	  "gruppo",
	  "accett",
	  "messaggio",
	  "proposta" },
	{ "nl", ",", false, { "kennen" }, "groep", "aanneem", "bericht", "aanbod" },
};

/* A reply is sent at any hour. */
static const char *const hours[] = { "morning",  "Morgen",    "Abend",
				     "Buenos d", "Buenas ",   "Bom dia",
				     "Bonsoir",  "Buonasera", "middag" };

static const char *const tones[] = { "friendly", "brief", "formal" };

/* What can be found of a mail, and what its answer may say. */
static const struct {
	Verdict verdict;
	Answer answer;
	Relation relation;
	Request request;
	bool is_asking;
	bool says_strangers;
} found[] = {
#define FOUND(verdict, answer, relation, request, asks, strangers)                       \
	{                                                                                \
		VERDICT_##verdict, ANSWER_##answer, RELATION_##relation,                 \
		    REQUEST_##request, asks, strangers                                   \
	}
	FOUND(DEFAULT_TEXT, REPLY_DONT_ACCEPT, STRANGER, CONNECT, true, true),
	FOUND(CONTEXTLESS, REPLY_DONT_ACCEPT, STRANGER, CONNECT, true, true),
	FOUND(DEFAULT_TEXT, REPLY_DONT_ACCEPT, UNKNOWN, CONNECT, true, false),
	FOUND(CONTEXTLESS, REPLY_DONT_ACCEPT, NAMESAKE, CONNECT, true, false),
	FOUND(CONTEXTLESS, CONSIDER, STRANGER, CONNECT, true, false),
	FOUND(CONTEXTLESS, CONSIDER, STRANGER, EVENT, true, false),
	FOUND(CONTEXTLESS, CONSIDER, UNKNOWN, GROUP, true, false),
	FOUND(DEFAULT_TEXT, CONSIDER, STRANGER, JOIN, true, false),
	FOUND(PERSONAL, CONSIDER, STRANGER, CONNECT, false, false),
	FOUND(PERSONAL, CONSIDER, UNKNOWN, EVENT, false, false),
	FOUND(PERSONAL, CONSIDER, NAMESAKE, GROUP, false, false),
	FOUND(PERSONAL, CONSIDER, STRANGER, FOLLOW, false, false),
	FOUND(KNOWN, ACCEPT, KNOWN, CONNECT, false, false),
	FOUND(KNOWN, CONSIDER, LIKELY, CONNECT, false, false),
	FOUND(KNOWN, CONSIDER, KNOWN, EVENT, false, false),
	FOUND(KNOWN, CONSIDER, KNOWN, GROUP, false, false),
	FOUND(KNOWN, CONSIDER, KNOWN, RECOMMEND, false, false),
	FOUND(SPAMMY, IGNORE, STRANGER, CONNECT, false, false),
	FOUND(KNOWN, CONSIDER, LIKELY, RECOMMEND, false, false),
	FOUND(SPAMMY, IGNORE, STRANGER, ENDORSE, false, false),
};

static size_t
count(const char *text, const char *what)
{
	size_t times = 0;

	for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what))
		times++;

	return times;
}

static void
check_greeting(const char *greeting, int custom, bool is_named)
{
	ck_assert_msg(g_str_has_suffix(greeting, customs[custom].greeting_end), "%s",
		      greeting);
	ck_assert_msg(is_named == (strstr(greeting, "Ann") != NULL), "%s", greeting);
	for (size_t i = 0; i < G_N_ELEMENTS(hours); i++)
		ck_assert_msg(strstr(greeting, hours[i]) == NULL, "%s", greeting);
}

/* Signs as the language sets them: "?" behind a blank that breaks no line, "¿" before. */
static void
check_signs(const char *text, const char *language)
{
	bool is_french = g_str_equal(language, "fr");

	ck_assert_msg(strstr(text, "  ") == NULL && strpbrk(text, "{}") == NULL, "%s",
		      text);
	/* ISO-8859-1 has no dash, and a hyphen is none. */
	ck_assert_msg(strstr(text, " - ") == NULL, "%s", text);
	ck_assert_msg(count(text, "\302\277") ==
			  (g_str_equal(language, "es") ? count(text, "?") : 0),
		      "%s", text);
	for (const char *c = text + 2; *c != '\0'; c++)
		if (strchr(":;?!", *c) != NULL)
			ck_assert_msg(is_french == (strncmp(c - 2, "\302\240", 2) == 0) &&
					  c[-1] != ' ',
				      "%s", text);
}

/* A mail in ISO-8859-1 gets its banner only if the reply can be written in that. */
static void
check_letters(const char *body)
{
	for (const char *c = body; *c != '\0'; c = g_utf8_next_char(c))
		ck_assert_msg(g_utf8_get_char(c) <= 0xff, "%s: ISO-8859-1 lacks \"%.*s\"",
			      body, (int)(g_utf8_next_char(c) - c), c);
}

static void
check_body(const char *body, int custom, size_t at, bool is_formal)
{
	char last = body[strlen(body) - 1];
	bool says_strangers = false;

	for (size_t i = 0; customs[custom].strangers[i] != NULL; i++)
		says_strangers |= strstr(body, customs[custom].strangers[i]) != NULL;
	ck_assert_msg(says_strangers == found[at].says_strangers, "%s", body);
	ck_assert_msg(strstr(body, customs[custom].group) == NULL, "%s", body);
	ck_assert_msg(!!g_unichar_islower(g_utf8_get_char(body)) ==
			      customs[custom].is_lower ||
			  is_formal,
		      "%s", body);
	if (!found[at].is_asking)
		ck_assert_msg(last == '.' || last == '!', "%s", body);
	else
		ck_assert_msg(
		    last == '?' ||
			((is_formal || found[at].answer == ANSWER_REPLY_DONT_ACCEPT) &&
			 last == '.'),
		    "%s", body);
	ck_assert_msg(found[at].is_asking || strchr(body, '?') == NULL, "%s", body);
	ck_assert_msg(!found[at].is_asking ||
			  strstr(body, customs[custom].accept) == NULL,
		      "%s", body);
	ck_assert_msg(found[at].verdict != VERDICT_SPAMMY ||
			  strstr(body, customs[custom].offer) == NULL,
		      "%s", body);
	check_signs(body, customs[custom].language);
	check_letters(body);
}

/* Another invite-milter may take our words for a note: they offer and sell nothing. */
static void
check_offers_nothing(const Languages *languages, const Suggestion *one)
{
	NoteNames names = { .inviter = "Bob Ray", .recipient = "Ann Lee" };
	g_autoptr(Note) note = note_judge(languages, one->reply, &names);

	ck_assert_msg(note->class != NOTE_PITCH, "%s: a pitch", one->reply);
	for (size_t i = 0; i < note->reasons->len; i++) {
		const char *reason = note->reasons->pdata[i];

		ck_assert_msg(!g_str_has_prefix(reason, "pitch:"), "%s: %s", one->reply,
			      reason);
	}
}

/* From greeting to sign-off one form of address. */
static void
check_form(const Voice *voice, const char *reply, bool is_familiar)
{
	ck_assert_msg(!reply_form_has(voice, is_familiar ? "polite" : "familiar", reply),
		      "%s", reply);
}

static void
check_reply(const Voice *voice, const Languages *languages, int custom, size_t at,
	    Invite *invite)
{
	char title[] = "Orbit";
	Network network = { .title = title, .takes_replies = true };
	Findings findings = { .authenticity = AUTHENTICITY_VERIFIED,
			      .relation = found[at].relation,
			      .request = found[at].request,
			      .note = NOTE_VAGUE,
			      .takes_replies = true };
	g_autoptr(Suggestion) one = suggestion_new(voice, &network, invite, &findings,
						   found[at].verdict, found[at].answer);
	g_auto(GStrv) parts = NULL;
	bool has_no_end = g_str_equal(voice->tone, "brief") && invite->recipient == NULL;

	ck_assert_ptr_nonnull(one->reply);
	check_offers_nothing(languages, one);
	check_form(voice, one->reply, invite->note != NULL);
	parts = g_strsplit(one->reply, "\n\n", -1);
	ck_assert_msg(g_strv_length(parts) == (has_no_end ? 2 : 3), "%s", one->reply);
	check_greeting(parts[0], custom, invite->name != NULL);
	/* A reply to a nameless inviter says nothing of strangers (check_suggestion). */
	if (invite->name != NULL)
		check_body(parts[1], custom, at, g_str_equal(voice->tone, "formal"));
	/* A form of address shows only where the inviter wrote something. */
	if (found[at].verdict == VERDICT_KNOWN && invite->note == NULL)
		ck_assert_msg(strstr(parts[1], customs[custom].message) == NULL, "%s",
			      parts[1]);
	if (invite->recipient != NULL)
		ck_assert_msg(g_str_has_suffix(parts[2], "Bob Ray"), "%s", parts[2]);
}

START_TEST(each_reply_can_be_sent_as_it_is)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "replies", ".reply", NULL);
	g_autoptr(Replies) replies = replies_new(files, NULL);
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	char inviter[] = "Ann Lee", recipient[] = "Bob Ray", familiar[] = "Du, tu, jij!";

	for (size_t i = 0; i < G_N_ELEMENTS(tones) * 2 * 2; i++)
		for (size_t at = 0; at < G_N_ELEMENTS(found); at++) {
			bool is_named = i % 2 == 0;
			Invite invite = { .name = is_named ? inviter : NULL,
					  .recipient = is_named ? recipient : NULL,
					  .note = i / 2 % 2 == 1 ? familiar : NULL };
			Voice voice = { .replies = replies,
					.own = "",
					.tone = tones[i / 4],
					.language = customs[_i].language };

			check_reply(&voice, assessor_languages(assessor), _i, at,
				    &invite);
		}
}
END_TEST

/* The columns of replies/READ.tsv. */
enum {
	READ_MAIL,
	READ_PROFILE,
	READ_TONE,
	READ_REQUEST,
	READ_VERDICT,
	READ_REPLY,
	READ_LAST
};

/* The reply to a mail, in a tone, whose inviter is known by the profile, if there is one. */
static void
check_read(char **row)
{
	g_autofree char *settings =
	    g_strdup_printf("[suggestion]\ntone = %s\n", row[READ_TONE]);
	g_autoptr(Assessor) assessor = fixture_assessor(settings);
	g_autoptr(GString) mail = fixture_mail(row[READ_MAIL]);
	g_autoptr(Assessment) assessment = NULL;
	g_autofree char *want = g_strcompress(row[READ_REPLY]);
	const char *got;

	if (row[READ_PROFILE][0] != '\0') {
		FixtureContact friend = { SOURCE_ADDED, .url = row[READ_PROFILE] };
		Store *store = fixture_store(STORE_SERVE, NULL);

		assessor_set_store(assessor, store);
		fixture_learn(store, assessor, &friend);
	}
	assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	ck_assert_str_eq(verdict_name(assessment->verdict), row[READ_VERDICT]);
	ck_assert_str_eq(network_request_name(assessment->kind->request),
			 row[READ_REQUEST]);
	got = assessment->suggestion->reply;
	ck_assert_msg(g_strcmp0(got, want) == 0, "%s, %s: got\n%s\nwant\n%s",
		      row[READ_MAIL], row[READ_TONE], got, want);
}

START_TEST(each_reply_that_was_read_is_still_written)
{
	g_autofree char *path = fixture_path("replies/READ.tsv");
	g_autofree char *bytes = NULL;
	g_auto(GStrv) lines = NULL;
	size_t count = 0;

	ck_assert(g_file_get_contents(path, &bytes, NULL, NULL));
	lines = g_strsplit(bytes, "\n", -1);
	for (size_t i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++, count++) {
		g_auto(GStrv) row = g_strsplit(lines[i], "\t", -1);

		ck_assert_msg(g_strv_length(row) == READ_LAST, "line %zu", i + 1);
		check_read(row);
	}
	ck_assert_uint_ge(count, 60);
}
END_TEST

static bool
has_year(const char *text)
{
	for (const char *c = text; *c != '\0'; c++)
		if (strspn(c, "0123456789") == 4)
			return true;

	return false;
}

/*
 * Where its page is shown, where to click there stands with it, and since when that is
 * known.
 */
static void
check_hint(const Voice *voice, const Network *network, Request request)
{
	Invite invite = { .name = NULL };
	Findings findings = { .relation = RELATION_STRANGER, .request = request };
	g_autoptr(Suggestion) one = suggestion_new(voice, network, &invite, &findings,
						   VERDICT_CONTEXTLESS, ANSWER_CONSIDER);
	g_autofree char *hint = suggestion_hint(voice, network, &invite, &findings, one);
	g_autofree char *asked =
	    g_strdup_printf("no-reply-%s", network_request_name(request));
	const char *const keys[] = { asked, "no-reply", NULL };
	ReplyNames names = { .network = network->title };
	g_autofree char *none = replies_text(voice, "banner", keys, &names);
	bool is_favour = request == REQUEST_RECOMMEND || request == REQUEST_ENDORSE;

	ck_assert_msg(hint != NULL, "%s, %s, %s: nothing is said", network->name,
		      network_request_name(request), voice->language);
	ck_assert_msg(g_str_equal(hint, none) || has_year(hint), "%s: %s", network->name,
		      hint);
	/* A favour has no button to accept by. */
	ck_assert_msg(!is_favour || !network->takes_replies || g_str_equal(hint, none),
		      "%s: %s", network->name, hint);
	check_signs(hint, voice->language);
	check_letters(hint);
}

START_TEST(each_network_and_request_tells_the_way_to_reply)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	const Networks *networks = assessor_networks(assessor);
	Voice voice = assessor_voice(assessor, FIXTURE_OWNER);

	voice.language = customs[_i].language;
	for (size_t i = 0; i < networks_length(networks); i++) {
		const Network *network = networks_get(networks, i);

		for (guint at = 0; network->page != NULL && at < network->kinds->len;
		     at++) {
			const Kind *kind = network->kinds->pdata[at];

			if (kind->request != REQUEST_NONE)
				check_hint(&voice, network, kind->request);
		}
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("reply-texts");
	TCase *texts = tcase_create("texts");

	tcase_add_loop_test(texts, each_reply_can_be_sent_as_it_is, 0,
			    G_N_ELEMENTS(customs));
	tcase_add_test(texts, each_reply_that_was_read_is_still_written);
	tcase_add_loop_test(texts, each_network_and_request_tells_the_way_to_reply, 0,
			    G_N_ELEMENTS(customs));
	suite_add_tcase(suite, texts);

	return fixture_run(suite);
}

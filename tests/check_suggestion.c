/* SPDX-License-Identifier: BSD-2-Clause */
/* check_suggestion.c - is the reply fit to send, whoever invites? */

#include "config.h"

#include <string.h>

#include "text/text.h"
#include "fixture.h"
#include "judge/suggestion.h"

#define PAGE "https://www.orbit.example/requests"
#define ANN  "ann@example.org"

#define T1                                                                               \
	"[reply]\ncode = en\n[texts]\ngreeting = Hi {first},\ngreeting-nameless = "      \
	"Hello,\n"                                                                       \
	"signoff = Yours\\n{recipient}\nsignoff-nameless = Yours\n"                      \
	"reply-dont-accept = strangers on {network}\n"                                   \
	"reply-dont-accept-unknown = nobody knows\nconsider = why?\naccept = welcome\n"  \
	"consider-known = you!\nconsider-personal = said\nconsider-event = what "        \
	"meeting?\n"                                                                     \
	"decline = no\ndecline-event = no time\n"                                        \
	"[banner]\nno-reply = No way on {network}.\n"                                    \
	"no-reply-event = Yes or no on {network}.\n"

/* Which of a name is used, and which is not fit to be. */
static const struct {
	const char *inviter;
	const char *greeting;
} names[] = {
	{ "Jane Doe", "Hi Jane," },
	{ "Jane", "Hi Jane," },
	{ "Dr. Jane Doe", "Hi Jane," },
	{ "Prof. Dr. Jane Doe", "Hi Jane," },
	{ "Doe, Jane", "Hi Jane," },
	{ "Dr. Augustin Beauchamp, PhD", "Hi Augustin," },
	{ "Jane Doe, Jr.", "Hi Jane," },
	{ "J.R. Doe, Ph.D.", "Hello," },
	{ "Garc\303\255a, Mar\303\255a Jos\303\251", "Hi Mar\303\255a," },
	{ "J\303\274rgen Doe", "Hi J\303\274rgen," },
	{ "\345\246\202\346\234\210 \351\201\245",
	  "Hi \345\246\202\346\234\210 \351\201\245," },
	{ "Jane\r\nBcc: x", "Hi Jane," },
	{ "\342\200\256Jane\342\200\254 Doe", "Hi Jane," },
	{ "Dr. Jane Roe, PhD, MBA", "Hi Jane," },
	{ "Jane Roe, Ph.D., CFA", "Hi Jane," },
	{ "Jane Roe, Marketing Manager", "Hi Jane," },
	{ "Jane Roe (She/Her)", "Hi Jane," },
	{ "(She/Her) Jane Roe", "Hi Jane," },
	{ "Jane Roe \357\274\210she\357\274\211", "Hi Jane," },
	{ "\360\237\232\200 Jane Roe \360\237\221\251\360\237\217\275\342"
	  "\200\215\360\237\222\273",
	  "Hi Jane," },
	{ "\342\230\205Jane\342\230\205 Roe", "Hi Jane," },
	{ "Jane;", "Hi Jane," },
	{ "\"Jane\" Roe", "Hi Jane," },
	{ "- Jane Roe", "Hi Jane," },
	{ "Doe, McKenzie", "Hi McKenzie," },
	{ "van der Wit, Jane", "Hi Jane," },
	{ "De Wit, Jane", "Hello," },
	{ "Jane Roe,", "Hi Jane," },
	{ "Ann-Sofie O'Roe", "Hi Ann-Sofie," },
	{ "-", "Hello," },
	{ "*", "Hello," },
	{ "***", "Hello," },
	{ "\360\237\232\200", "Hello," },
	{ "()", "Hello," },
	{ "(Jane", "Hi Jane," },
	{ ".", "Hello," },
	{ ",", "Hello," },
	{ "Orbit", "Hello," },
	{ "ORBIT", "Hello," },
	{ "Orbit Team", "Hello," },
	{ "\352\271\200\354\262\240\354\210\230",
	  "Hi \352\271\200\354\262\240\354\210\230," },
	{ "\352\271\200 \354\262\240\354\210\230",
	  "Hi \352\271\200 \354\262\240\354\210\230," },
	{ NULL, "Hello," },
	{ "", "Hello," },
	{ " \t ", "Hello," },
	{ "Win http://evil.test", "Hello," },
	{ "www.evil.test", "Hello," },
	{ "a@evil.test", "Hello," },
	{ "evil.test/x", "Hello," },
	{ "evil.test", "Hello," },
	{ "Cheap pills evil.test now", "Hello," },
	{ "<b>Jane</b>", "Hello," },
};

/* What was found before, of a mail of a network that takes replies or does not. */
typedef struct {
	Verdict verdict;
	Answer answer;
	Relation relation;
	Request request;
	bool takes_replies;
} Case;

static Suggestion *
suggest(const Case *found, const Invite *invite, const char *language)
{
	g_autoptr(GPtrArray) files = fixture_files("t.reply", T1);
	g_autoptr(Replies) replies = replies_new(files, NULL);
	char page[] = PAGE, title[] = "Orbit";
	Network network = { .title = title,
			    .page = page,
			    .takes_replies = found->takes_replies };
	Findings findings = { .relation = found->relation, .request = found->request };
	Voice voice = { replies, "", "friendly", language };

	return suggestion_new(&voice, &network, invite, &findings, found->verdict,
			      found->answer);
}

static const Case considered = { VERDICT_CONTEXTLESS, ANSWER_CONSIDER, RELATION_STRANGER,
				 REQUEST_CONNECT, true };

START_TEST(only_a_name_that_is_one_is_greeted)
{
	char *name = g_strdup(names[_i].inviter);
	Invite invite = { .name = name };
	g_autoptr(Suggestion) suggestion = suggest(&considered, &invite, "en");
	g_autofree char *wanted =
	    g_strconcat(names[_i].greeting, "\n\nwhy?\n\nYours", NULL);

	ck_assert_msg(g_strcmp0(suggestion->reply, wanted) == 0, "%s: got %s, want %s",
		      name, suggestion->reply, wanted);
	g_free(name);
}
END_TEST

START_TEST(a_long_name_is_cut)
{
	g_autofree char *name = g_strnfill(10000, 'n');
	Invite invite = { .name = name, .recipient = name };
	g_autoptr(Suggestion) suggestion = suggest(&considered, &invite, "en");

	ck_assert_uint_le(strlen(suggestion->reply), 2 * TEXT_NAME_MAX + 40);
}
END_TEST

/* The text, the page and the address that go with an answer. */
static const struct {
	Case found;
	const char *address;
	const char *text; /* what the reply holds, NULL: no reply */
	bool has_page, has_address;
} answers[] = {
#define CONNECT(verdict, answer, relation)                                               \
	{                                                                                \
		VERDICT_##verdict, ANSWER_##answer, RELATION_##relation,                 \
		    REQUEST_CONNECT, true                                                \
	}
	{ CONNECT(DEFAULT_TEXT, REPLY_DONT_ACCEPT, STRANGER), ANN, "strangers on Orbit",
	  true, true },
	{ CONNECT(CONTEXTLESS, REPLY_DONT_ACCEPT, NAMESAKE), ANN, "nobody knows", true,
	  true },
	{ CONNECT(CONTEXTLESS, REPLY_DONT_ACCEPT, UNKNOWN), NULL, "nobody knows", true,
	  false },
	{ CONNECT(PERSONAL, CONSIDER, UNKNOWN), ANN, "said", true, true },
	/* A note that says why is not asked why. */
	{ CONNECT(PERSONAL, CONSIDER, STRANGER), ANN, "said", true, true },
	/* Friends are not asked what they have in mind. */
	{ CONNECT(KNOWN, CONSIDER, KNOWN), ANN, "you!", true, true },
	{ CONNECT(KNOWN, CONSIDER, LIKELY), ANN, "you!", true, true },
	{ { VERDICT_KNOWN, ANSWER_CONSIDER, RELATION_KNOWN, REQUEST_EVENT, true },
	  ANN,
	  "you!",
	  true,
	  true },
	/* What is asked back fits what was asked. */
	{ { VERDICT_CONTEXTLESS, ANSWER_CONSIDER, RELATION_STRANGER, REQUEST_EVENT,
	    false },
	  ANN,
	  "what meeting?",
	  true,
	  true },
	{ { VERDICT_CONTEXTLESS, ANSWER_CONSIDER, RELATION_UNKNOWN, REQUEST_EVENT,
	    false },
	  NULL,
	  "what meeting?",
	  true,
	  false },
	{ { VERDICT_CONTEXTLESS, ANSWER_CONSIDER, RELATION_STRANGER, REQUEST_JOIN,
	    false },
	  ANN,
	  "why?",
	  true,
	  true },
	{ CONNECT(KNOWN, ACCEPT, KNOWN), ANN, "welcome", true, true },
	{ CONNECT(FORGED, REPORT, STRANGER), ANN, NULL, false, false },
	{ CONNECT(IMPOSTOR, CONSIDER, IMPOSTOR), ANN, NULL, false, false },
	/* A polite no, where it can arrive. */
	{ CONNECT(SPAMMY, IGNORE, STRANGER), ANN, "no", true, true },
	{ CONNECT(SPAMMY, IGNORE, UNKNOWN), NULL, "no", true, false },
	{ { VERDICT_SPAMMY, ANSWER_IGNORE, RELATION_STRANGER, REQUEST_CONNECT, false },
	  ANN,
	  "no",
	  true,
	  true },
	{ { VERDICT_SPAMMY, ANSWER_IGNORE, RELATION_STRANGER, REQUEST_CONNECT, false },
	  NULL,
	  NULL,
	  true,
	  false },
	{ { VERDICT_SPAMMY, ANSWER_IGNORE, RELATION_NAMESAKE, REQUEST_ENDORSE, true },
	  NULL,
	  "no",
	  true,
	  false },
	/* To a calendar's thousands nobody waits for an answer. */
	{ { VERDICT_SPAMMY, ANSWER_IGNORE, RELATION_STRANGER, REQUEST_EVENT, false },
	  ANN,
	  NULL,
	  true,
	  false },
	{ { VERDICT_SPAMMY, ANSWER_IGNORE, RELATION_STRANGER, REQUEST_EVENT, true },
	  ANN,
	  "no time",
	  true,
	  true },
	/* A stranger who sells nothing is no reason to say no. */
	{ CONNECT(CONTEXTLESS, IGNORE, STRANGER), ANN, NULL, true, false },
	{ { VERDICT_DEFAULT_TEXT, ANSWER_IGNORE, RELATION_STRANGER, REQUEST_CONNECT,
	    false },
	  ANN,
	  NULL,
	  true,
	  false },
	/* And never to those who pretend. */
	{ CONNECT(SPAMMY, IGNORE, IMPOSTOR), ANN, NULL, false, false },
	{ CONNECT(SPAMMY, REPORT, STRANGER), ANN, NULL, false, false },
};

START_TEST(each_answer_has_its_text_page_and_address)
{
	char name[] = "Ann Lee";
	Invite invite = { .name = name, .address = (char *)answers[_i].address };
	g_autoptr(Suggestion) one = suggest(&answers[_i].found, &invite, "en");
	g_autofree char *wanted =
	    g_strdup_printf("Hi Ann,\n\n%s\n\nYours", answers[_i].text);

	ck_assert_int_eq(one->answer, answers[_i].found.answer);
	if (answers[_i].text == NULL)
		ck_assert_ptr_null(one->reply);
	else
		ck_assert_str_eq(one->reply, wanted);
	ck_assert_str_eq(one->url != NULL ? one->url : "",
			 answers[_i].has_page ? PAGE : "");
	ck_assert_str_eq(one->address != NULL ? one->address : "",
			 answers[_i].has_address ? ANN : "");
}
END_TEST

/* A nameless inviter cannot be looked up, so the reply says nothing of strangers. */
static const struct {
	const char *inviter;
	const char *text;
} strangers[] = {
	{ "Ann Lee", "strangers on Orbit" },
	{ "Ann L.", "nobody knows" },
	{ "ann77", "nobody knows" },
	{ "Orbit", "nobody knows" },
	{ ANN, "nobody knows" },
	{ NULL, "nobody knows" },
};

START_TEST(only_those_whom_the_mail_names_are_strangers)
{
	static const Case found = CONNECT(DEFAULT_TEXT, REPLY_DONT_ACCEPT, STRANGER);
	Invite invite = { .name = (char *)strangers[_i].inviter };
	g_autoptr(Suggestion) one = suggest(&found, &invite, "en");

	ck_assert_msg(strstr(one->reply, strangers[_i].text) != NULL, "%s: %s",
		      strangers[_i].inviter, one->reply);
}
END_TEST

/* Whose note tells of a past that both have is told no such thing, in any language. */
START_TEST(nobody_who_tells_of_a_past_is_called_a_stranger)
{
	static const char *const languages[] = {
		"de", "en", "es", "fr", "it", "nl", "pt"
	};
	static const char *const tones[] = { "friendly", "brief", "formal" };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	char title[] = "Orbit", name[] = "Ann Lee", note[] = "";
	const Network network = { .title = title };
	const Invite invite = { .name = name, .note = note };
	Findings findings = { .relation = RELATION_STRANGER, .note = NOTE_VAGUE };
	g_autoptr(Suggestion) strange = NULL, met = NULL, unknown = NULL;
	Voice voice = assessor_voice(assessor, "");

	voice.language = languages[_i % G_N_ELEMENTS(languages)];
	voice.tone = tones[_i / G_N_ELEMENTS(languages)];
	strange = suggestion_new(&voice, &network, &invite, &findings,
				 VERDICT_CONTEXTLESS, ANSWER_REPLY_DONT_ACCEPT);
	findings.tells_past = true;
	met = suggestion_new(&voice, &network, &invite, &findings, VERDICT_CONTEXTLESS,
			     ANSWER_REPLY_DONT_ACCEPT);
	findings = (Findings){ .relation = RELATION_UNKNOWN, .note = NOTE_VAGUE };
	unknown = suggestion_new(&voice, &network, &invite, &findings,
				 VERDICT_CONTEXTLESS, ANSWER_REPLY_DONT_ACCEPT);
	ck_assert_str_eq(met->reply, unknown->reply);
	ck_assert_msg(!g_str_equal(met->reply, strange->reply), "%s, %s: %s",
		      voice.language, voice.tone, met->reply);
}
END_TEST

/* What is said of the way to reply without accepting; NULL for nothing. */
#define HINT                                                                             \
	"[network]\nname = orbit\nreply-hint[en] = Press Reply (2016).\n"                \
	"reply-hint[de] = Antworten (2016).\n"

static const struct {
	const char *language;
	const char *network; /* its file, or NULL */
	Case found;
	const char *address;
	const char *wanted;
} hints[] = {
	{ "en", HINT, CONNECT(CONTEXTLESS, REPLY_DONT_ACCEPT, STRANGER), NULL,
	  "Press Reply (2016)." },
	{ "de", HINT, CONNECT(CONTEXTLESS, REPLY_DONT_ACCEPT, STRANGER), NULL,
	  "Antworten (2016)." },
	{ "fr", HINT, CONNECT(CONTEXTLESS, REPLY_DONT_ACCEPT, STRANGER), NULL, NULL },
	{ "en", NULL, CONNECT(CONTEXTLESS, REPLY_DONT_ACCEPT, STRANGER), NULL, NULL },
	{ "en", HINT, CONNECT(KNOWN, ACCEPT, KNOWN), NULL, NULL },
	{ "en", HINT, CONNECT(FORGED, REPORT, STRANGER), NULL, NULL },
	/* A network without a way says so, but where mail reaches the inviter. */
	{ "en",
	  NULL,
	  { VERDICT_DEFAULT_TEXT, ANSWER_IGNORE, RELATION_STRANGER, REQUEST_CONNECT,
	    false },
	  NULL,
	  "No way on Orbit." },
	{ "en",
	  NULL,
	  { VERDICT_DEFAULT_TEXT, ANSWER_IGNORE, RELATION_STRANGER, REQUEST_CONNECT,
	    false },
	  ANN,
	  NULL },
	{ "en",
	  NULL,
	  { VERDICT_CONTEXTLESS, ANSWER_CONSIDER, RELATION_STRANGER, REQUEST_EVENT,
	    false },
	  ANN,
	  NULL },
	{ "en",
	  NULL,
	  { VERDICT_CONTEXTLESS, ANSWER_CONSIDER, RELATION_STRANGER, REQUEST_EVENT,
	    false },
	  NULL,
	  "Yes or no on Orbit." },
	/* A group passes no message on, also where people do. */
	{ "en",
	  HINT,
	  { VERDICT_CONTEXTLESS, ANSWER_CONSIDER, RELATION_STRANGER, REQUEST_GROUP,
	    true },
	  NULL,
	  "No way on Orbit." },
	/* Nor does a favour: it has nothing that one accepts. */
	{ "en",
	  HINT,
	  { VERDICT_SPAMMY, ANSWER_IGNORE, RELATION_STRANGER, REQUEST_RECOMMEND, true },
	  NULL,
	  "No way on Orbit." },
	{ "en",
	  HINT,
	  { VERDICT_SPAMMY, ANSWER_IGNORE, RELATION_STRANGER, REQUEST_ENDORSE, true },
	  NULL,
	  "No way on Orbit." },
	/* Why there is no way is true of all that is asked. */
	{ "en",
	  HINT,
	  { VERDICT_CONTEXTLESS, ANSWER_CONSIDER, RELATION_STRANGER, REQUEST_GROUP,
	    false },
	  NULL,
	  "Press Reply (2016)." },
};

START_TEST(the_way_to_reply_without_accepting_is_told)
{
	g_autoptr(GPtrArray) files = fixture_files("t.reply", T1);
	g_autoptr(Replies) replies = replies_new(files, NULL);
	g_autoptr(Keyfile) file = hints[_i].network != NULL
				      ? keyfile_new("t.network", hints[_i].network,
						    strlen(hints[_i].network), NULL)
				      : NULL;
	const Case *found = &hints[_i].found;
	char page[] = PAGE, title[] = "Orbit";
	Network network = { .title = title,
			    .page = page,
			    .takes_replies = found->takes_replies,
			    .file = file };
	Findings findings = { .relation = found->relation, .request = found->request };
	Invite invite = { .address = (char *)hints[_i].address };
	Voice voice = { replies, "", "friendly", hints[_i].language };
	g_autoptr(Suggestion) one = suggestion_new(&voice, &network, &invite, &findings,
						   found->verdict, found->answer);
	g_autofree char *got = suggestion_hint(&voice, &network, &invite, &findings, one);

	ck_assert_msg(g_strcmp0(got, hints[_i].wanted) == 0, "%d: got %s, want %s", _i,
		      got, hints[_i].wanted);
}
END_TEST

/* The note's form of address is the reply's; a default text's is the network's. */
static const struct {
	const char *note;
	NoteClass class;
	bool is_familiar;
} forms[] = {
	{ "Hast du Zeit?", NOTE_VAGUE, true },
	{ "Haben Sie Zeit?", NOTE_VAGUE, false },
	{ "Hast du Zeit?", NOTE_DEFAULT, false },
	{ NULL, NOTE_NONE, false },
};

START_TEST(the_reply_takes_the_form_of_address_of_the_note)
{
	g_autoptr(GPtrArray) files = fixture_files(
	    "t.reply", "[reply]\ncode = de\nfamiliar = du\npolite = Sie\n"
		       "[texts]\nconsider = polite\nsignoff-nameless = Gruß\n"
		       "[texts familiar]\nconsider = familiar\n");
	g_autoptr(Replies) replies = replies_new(files, NULL);
	char title[] = "Orbit";
	Network network = { .title = title };
	Findings findings = { .relation = RELATION_STRANGER, .note = forms[_i].class };
	Invite invite = { .note = (char *)forms[_i].note };
	Voice voice = { replies, "", "formal", "de" };
	g_autoptr(Suggestion) one = suggestion_new(&voice, &network, &invite, &findings,
						   VERDICT_CONTEXTLESS, ANSWER_CONSIDER);

	ck_assert_str_eq(one->reply,
			 forms[_i].is_familiar ? "familiar\n\nGruß" : "polite\n\nGruß");
}
END_TEST

START_TEST(without_a_language_there_is_a_page_and_no_reply)
{
	Invite invite = { .connections = -1 };
	g_autoptr(Suggestion) one = suggest(&considered, &invite, NULL);

	ck_assert_ptr_null(one->reply);
	ck_assert_str_eq(one->url, PAGE);
}
END_TEST

/* What a text says is not the mail's, so it may be nothing. */
START_TEST(an_empty_greeting_leaves_no_empty_lines)
{
	g_autoptr(GPtrArray) files = fixture_files(
	    "t.reply",
	    "[reply]\ncode = en\n[texts]\ngreeting =\nsignoff =\nconsider = why?\n");
	g_autoptr(Replies) replies = replies_new(files, NULL);
	char title[] = "Orbit";
	Network network = { .title = title };
	Findings findings = { .relation = RELATION_STRANGER };
	Invite invite = { .connections = -1 };
	Voice voice = { replies, "", "friendly", "en" };
	g_autoptr(Suggestion) one = suggestion_new(&voice, &network, &invite, &findings,
						   VERDICT_PERSONAL, ANSWER_CONSIDER);

	ck_assert_str_eq(one->reply, "why?");
}
END_TEST

/* Without a note nothing but the frame tells; its subject and its end are English. */
static const char *const frames[] = { "de", "es", "fr", "it", "nl", "pt" };
static const char *const shapes[] = { "text", "html", "both" };

START_TEST(a_reply_to_no_note_speaks_the_frames_language)
{
	const char *language = frames[_i / G_N_ELEMENTS(shapes)];
	g_autofree char *name = g_strdup_printf("linkedin/modern-%s-%s.eml", language,
						shapes[_i % G_N_ELEMENTS(shapes)]);
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(name);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_msg(g_strcmp0(assessment->invite->language, language) == 0,
		      "%s: a frame in %s", name, assessment->invite->language);
	ck_assert_msg(g_strcmp0(assessment->suggestion->language, language) == 0,
		      "%s: a reply in %s", name, assessment->suggestion->language);
}
END_TEST

/* A button that Spaniards and Portuguese read alike is no vote for one of them. */
START_TEST(words_of_two_languages_are_told_by_the_others)
{
	g_autofree char *name = g_strdup_printf("linkedin/modern-pt-%s.eml", shapes[_i]);
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(name);
	g_autoptr(Assessment) assessment = NULL;

	ck_assert_uint_gt(g_string_replace(mail, "Visualizar perfil", "Ver perfil", 0),
			  0);
	/* Nor are those of other people's cards, below a line that is in no list. */
	g_string_replace(mail, "More people you may know", "Gente da sua cidade", 0);
	assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	ck_assert_str_eq(assessment->suggestion->language, "pt");
}
END_TEST

START_TEST(a_networks_name_is_in_no_language)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail("googleplus/join-2011-es.eml");
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_str_eq(assessment->suggestion->language, "es");
}
END_TEST

/* Above a mail of text alone a mail system's words stand where a note may stand. */
static const struct {
	const char *note;
	bool is_found;
} tops[] = {
	{ "We met at the kiln in Ghent, and you lent me your tools.", true },
	{ "We offer web design at a low price. Book a demo today!", false },
	{ "Dear user, this mail comes from outside. Open no links.", false },
	{ "You have not met this sender before. We met no mail of theirs yet.", false },
	{ "You have never worked with the author. Take care with links.", false },
	{ "Hi Marieke, we met at the kiln in Ghent.", true },
	{ "Hello! We met at the kiln in Ghent, and you lent me your tools.", true },
	{ "We met at the kiln in Ghent, and you lent me your tools.\n\nBassirou", true },
	{ "I'd like to add you to my professional network on LinkedIn.", true },
};

START_TEST(above_a_mail_of_text_alone_a_note_must_greet_or_be_signed)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail("linkedin/modern-en-text.eml");
	g_autofree char *top = g_strconcat("\r\n\r\n", tops[_i].note, "\r\n\r\n", NULL);
	g_autoptr(Assessment) assessment = NULL;
	bool is_found;

	g_string_replace(mail, "\r\n\r\n", top, 1);
	assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	is_found = !g_ptr_array_find_with_equal_func(assessment->note->reasons,
						     "note:not-found", g_str_equal, NULL);
	ck_assert_msg(is_found == tops[_i].is_found, "%s: %sfound", tops[_i].note,
		      is_found ? "" : "not ");
	ck_assert_msg(is_found || assessment->note->class == NOTE_VAGUE, "%s: %s",
		      tops[_i].note, note_class_name(assessment->note->class));
}
END_TEST

static const char *const warnings[] = { "fr", "it", "ja" };

START_TEST(a_mail_systems_warning_is_neither_personal_nor_a_pitch)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autofree char *name =
	    g_strdup_printf("linkedin/modern-banner-plain-%s.eml", warnings[_i]);
	g_autoptr(GString) mail = fixture_mail(name);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_str_eq(assessment->note->reasons->pdata[0], "note:not-found");
	ck_assert_int_eq(assessment->note->class, NOTE_VAGUE);
	ck_assert(fingerprint_sketch_is_none(&assessment->note->sketch));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("suggestion");
	TCase *reply = tcase_create("reply");

	tcase_add_loop_test(reply, only_a_name_that_is_one_is_greeted, 0,
			    G_N_ELEMENTS(names));
	tcase_add_test(reply, a_long_name_is_cut);
	tcase_add_loop_test(reply, each_answer_has_its_text_page_and_address, 0,
			    G_N_ELEMENTS(answers));
	/* Seven languages, three tones. */
	tcase_add_loop_test(reply, nobody_who_tells_of_a_past_is_called_a_stranger, 0,
			    7 * 3);
	tcase_add_loop_test(reply, only_those_whom_the_mail_names_are_strangers, 0,
			    G_N_ELEMENTS(strangers));
	tcase_add_loop_test(reply, the_way_to_reply_without_accepting_is_told, 0,
			    G_N_ELEMENTS(hints));
	tcase_add_loop_test(reply, the_reply_takes_the_form_of_address_of_the_note, 0,
			    G_N_ELEMENTS(forms));
	tcase_add_test(reply, without_a_language_there_is_a_page_and_no_reply);
	tcase_add_test(reply, an_empty_greeting_leaves_no_empty_lines);
	tcase_add_loop_test(reply, a_reply_to_no_note_speaks_the_frames_language, 0,
			    G_N_ELEMENTS(frames) * G_N_ELEMENTS(shapes));
	tcase_add_loop_test(reply, words_of_two_languages_are_told_by_the_others, 0,
			    G_N_ELEMENTS(shapes));
	tcase_add_test(reply, a_networks_name_is_in_no_language);
	tcase_add_loop_test(reply,
			    above_a_mail_of_text_alone_a_note_must_greet_or_be_signed, 0,
			    G_N_ELEMENTS(tops));
	tcase_add_loop_test(reply, a_mail_systems_warning_is_neither_personal_nor_a_pitch,
			    0, G_N_ELEMENTS(warnings));
	suite_add_tcase(suite, reply);
	fixture_load();

	return fixture_run(suite);
}

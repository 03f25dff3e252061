/* SPDX-License-Identifier: BSD-2-Clause */
/* check_suggestion.c - is the reply fit to send, whoever invites? */

#include <string.h>

#include "base/data.h"
#include "base/text.h"
#include "fixture.h"
#include "judge/suggestion.h"

#define PAGE "https://www.orbit.example/requests"

#define T1                                                                               \
	"[reply]\ncode = en\n[texts]\ngreeting = Hi {first},\ngreeting-nameless = Hello,\n"\
	"signoff = Yours\\n{recipient}\nsignoff-nameless = Yours\n"                      \
	"reply-dont-accept = strangers on {network}\n"                                   \
	"reply-dont-accept-unknown = nobody knows\nconsider = why?\naccept = welcome\n"

static const struct {
	const char *text;
	const char *wanted;
} mistakes[] = {
	{ "[reply]\nname = x\n", "t.reply: [reply] needs a code" },
	{ "[reply]\ncode = en\n[text]\ngreeting = Hi\n",
	  "t.reply:4: [text] greeting: no such section; there are reply, texts, banner" },
	{ "[reply]\ncode = en\n[texts]\n\n# c\ngreeting = Hi {fist},\n",
	  "t.reply:6: [texts] greeting: no such placeholder {fist}; there are {first}" },
	{ "[reply]\ncode = en\n[banner]\nwho = {inviter} and {\n",
	  "t.reply:4: [banner] who: no such placeholder {}" },
	{ "[reply]\ncode = en\n[banner]\nwho = {inviter\n",
	  "t.reply:4: [banner] who: " },
};

START_TEST(a_mistake_is_named_with_file_line_and_key)
{
	g_autoptr(GPtrArray) files = fixture_files("t.reply", mistakes[_i].text);
	g_autoptr(GError) error = NULL;
	g_autoptr(Replies) replies = replies_new(files, &error);

	ck_assert_msg(replies == NULL, "taken: %s", mistakes[_i].text);
	ck_assert_msg(g_str_has_prefix(error->message, mistakes[_i].wanted),
		      "got \"%s\", want \"%s\"", error->message, mistakes[_i].wanted);
}
END_TEST

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
	{ "J.R. Doe, Ph.D.", "Hi Doe," },
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

static Suggestion *
suggest(Answer answer, Relation relation, const Invite *invite, bool has_language)
{
	g_autoptr(GPtrArray) files = fixture_files("t.reply", T1);
	g_autoptr(Replies) replies = replies_new(files, NULL);
	char page[] = PAGE, title[] = "Orbit";
	Network network = { .title = title, .page = page, .takes_replies = true };
	Findings findings = { .relation = relation, .request = REQUEST_CONNECT };
	Suggestion *suggestion = suggestion_new(replies, &network, invite, answer,
						&findings, has_language ? "en" : NULL);

	/* The language is the files', which go. */
	suggestion->language = NULL;

	return suggestion;
}

START_TEST(only_a_name_that_is_one_is_greeted)
{
	char *name = g_strdup(names[_i].inviter);
	Invite invite = { .name = name };
	g_autoptr(Suggestion) suggestion =
	    suggest(ANSWER_CONSIDER, RELATION_STRANGER, &invite, true);
	g_autofree char *wanted =
	    g_strconcat(names[_i].greeting, "\n\nwhy?\n\nYours", NULL);

	ck_assert_msg(g_strcmp0(suggestion->reply, wanted) == 0, "%s: got %s, want %s", name,
		      suggestion->reply, wanted);
	g_free(name);
}
END_TEST

START_TEST(a_long_name_is_cut)
{
	g_autofree char *name = g_strnfill(10000, 'n');
	Invite invite = { .name = name, .recipient = name };
	g_autoptr(Suggestion) suggestion =
	    suggest(ANSWER_CONSIDER, RELATION_STRANGER, &invite, true);

	ck_assert_uint_le(strlen(suggestion->reply), 2 * TEXT_NAME_MAX + 40);
}
END_TEST

/* The text, the page and the address that go with an answer. */
static const struct {
	Answer answer;
	Relation relation;
	const char *text; /* what the reply holds, NULL: no reply */
	bool has_page, has_address;
} answers[] = {
	{ ANSWER_REPLY_DONT_ACCEPT, RELATION_STRANGER, "strangers on Orbit", true, true },
	{ ANSWER_REPLY_DONT_ACCEPT, RELATION_NAMESAKE, "strangers on Orbit", true, true },
	{ ANSWER_REPLY_DONT_ACCEPT, RELATION_UNKNOWN, "nobody knows", true, true },
	{ ANSWER_CONSIDER, RELATION_UNKNOWN, "why?", true, true },
	{ ANSWER_CONSIDER, RELATION_KNOWN, "why?", true, true },
	{ ANSWER_ACCEPT, RELATION_KNOWN, "welcome", true, true },
	{ ANSWER_IGNORE, RELATION_STRANGER, NULL, true, false },
	{ ANSWER_REPORT, RELATION_STRANGER, NULL, false, false },
	{ ANSWER_CONSIDER, RELATION_IMPOSTOR, NULL, false, false },
};

START_TEST(each_answer_has_its_text_page_and_address)
{
	char name[] = "Ann", address[] = "ann@example.org";
	Invite invite = { .name = name, .address = address };
	g_autoptr(Suggestion) one =
	    suggest(answers[_i].answer, answers[_i].relation, &invite, true);

	ck_assert_int_eq(one->answer, answers[_i].answer);
	if (answers[_i].text == NULL)
		ck_assert_ptr_null(one->reply);
	else
		ck_assert_ptr_nonnull(strstr(one->reply, answers[_i].text));
	ck_assert_str_eq(one->url != NULL ? one->url : "", answers[_i].has_page ? PAGE : "");
	ck_assert_str_eq(one->address != NULL ? one->address : "",
			 answers[_i].has_address ? address : "");
}
END_TEST

START_TEST(without_a_language_there_is_a_page_and_no_reply)
{
	Invite invite = { .connections = -1 };
	g_autoptr(Suggestion) one =
	    suggest(ANSWER_REPLY_DONT_ACCEPT, RELATION_STRANGER, &invite, false);

	ck_assert_ptr_null(one->reply);
	ck_assert_str_eq(one->url, PAGE);
}
END_TEST

static const struct {
	const char *first, *second;
	const char *wanted;
} choices[] = {
	{ "de", "en", "de" },	  { "xx", "fr", "fr" },	     { "pt-BR", "en", "pt" },
	{ "pt_BR", "en", "pt" },  { "", "nl", "nl" },	     { "d", "it", "it" },
	{ "deu", "es", "es" },	  { "zz", "yy", NULL },	     { "EN", "yy", NULL },
};

START_TEST(the_first_language_that_is_spoken_is_chosen)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "replies", ".reply", NULL);
	g_autoptr(Replies) replies = replies_new(files, NULL);
	const char *wishes[] = { choices[_i].first, choices[_i].second, NULL };
	const char *got = replies_language(replies, wishes);

	ck_assert_msg(g_strcmp0(got, choices[_i].wanted) == 0, "%s, %s: got %s, want %s",
		      choices[_i].first, choices[_i].second, got, choices[_i].wanted);
}
END_TEST

/* Every language says everything, with a name and without. */
static const char *const languages[] = { "en", "de", "fr", "es", "pt", "it", "nl" };
static const char *const texts[] = { "greeting",	  "greeting-nameless",
				     "signoff",		  "signoff-nameless",
				     "reply-dont-accept", "reply-dont-accept-unknown",
				     "consider",	  "accept" };
static const char *const words[] = { "title-reply-dont-accept", "title-consider",
				     "title-accept", "title-ignore", "title-report", "who",
				     "who-nameless", "why-default-text", "why-contextless",
				     "why-personal", "why-spammy", "why-known",
				     "why-impostor", "why-forged", "hint-namesake",
				     "do-reply-dont-accept",
				     "do-consider", "do-accept", "do-ignore", "do-report",
				     "reply-label", "page-label", "mail-label", "subject" };

static void
check_text(const Replies *replies, const char *language, const char *group, const char *key)
{
	ReplyNames people = { "Ann Lee", "Bob Ray", "Orbit" };
	g_autofree char *text = replies_text(replies, language, group, key, &people);

	ck_assert_msg(text != NULL && text[0] != '\0', "%s: [%s] %s is missing", language,
		      group, key);
	ck_assert_msg(strpbrk(text, "{}") == NULL, "%s: [%s] %s: %s", language, group, key,
		      text);
}

START_TEST(each_language_has_every_text)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "replies", ".reply", NULL);
	g_autoptr(Replies) replies = replies_new(files, NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		check_text(replies, languages[_i], "texts", texts[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		check_text(replies, languages[_i], "banner", words[i]);
}
END_TEST

START_TEST(a_text_that_lacks_its_name_is_none)
{
	g_autoptr(GPtrArray) files = fixture_files("t.reply", T1);
	g_autoptr(Replies) replies = replies_new(files, NULL);
	ReplyNames nobody = { NULL, NULL, "Orbit" };
	g_autofree char *nameless =
	    replies_text(replies, "en", "texts", "greeting-nameless", &nobody);

	ck_assert_ptr_null(replies_text(replies, "en", "texts", "greeting", &nobody));
	ck_assert_ptr_null(replies_text(replies, "en", "texts", "signoff", &nobody));
	ck_assert_ptr_null(replies_text(replies, "en", "texts", "nothing", &nobody));
	ck_assert_ptr_null(replies_text(replies, "xx", "texts", "consider", &nobody));
	ck_assert_str_eq(nameless, "Hello,");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("suggestion");
	TCase *file = tcase_create("file"), *reply = tcase_create("reply");

	tcase_add_loop_test(file, a_mistake_is_named_with_file_line_and_key, 0,
			    G_N_ELEMENTS(mistakes));
	tcase_add_loop_test(file, the_first_language_that_is_spoken_is_chosen, 0,
			    G_N_ELEMENTS(choices));
	tcase_add_loop_test(file, each_language_has_every_text, 0, G_N_ELEMENTS(languages));
	tcase_add_test(file, a_text_that_lacks_its_name_is_none);
	suite_add_tcase(suite, file);
	tcase_add_loop_test(reply, only_a_name_that_is_one_is_greeted, 0,
			    G_N_ELEMENTS(names));
	tcase_add_test(reply, a_long_name_is_cut);
	tcase_add_loop_test(reply, each_answer_has_its_text_page_and_address, 0,
			    G_N_ELEMENTS(answers));
	tcase_add_test(reply, without_a_language_there_is_a_page_and_no_reply);
	suite_add_tcase(suite, reply);

	return fixture_run(suite);
}

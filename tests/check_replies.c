/* SPDX-License-Identifier: BSD-2-Clause */
/* check_replies.c - whose text is said, in which tone, and are mistakes named? */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/data.h"
#include "fixture.h"
#include "judge/replies.h"
#include "judge/replies-file.h"

#define EN "[reply]\ncode = en\n"

static const struct {
	const char *text;
	const char *wanted;
} mistakes[] = {
	{ "[reply]\nname = x\n",
	  "t.reply: [reply] needs a code; say the language, code = en" },
	{ "[texts]\naccept = x\n", "t.reply: [reply] needs a code" },
	{ EN, "t.reply: no text in it; write some below [texts]" },
	{ "[reply]\ncode = english\n[texts]\naccept = x\n",
	  "t.reply:2: [reply] code: give a language such as en or pt-BR" },
	{ "[reply]\ncode = EN\n[texts]\naccept = x\n",
	  "t.reply:2: [reply] code: give a language such as en or pt-BR" },
	{ EN "[text]\ngreeting = Hi\n",
	  "t.reply:4: [text] greeting: no such section; there are reply, texts, texts "
	  "brief, texts formal, texts familiar, texts brief familiar, texts formal "
	  "familiar, banner" },
	{ "[reply]\ncode = en\nfamilar = du\n",
	  "t.reply:3: [reply] familar: no such key" },
	{ EN "[texts friendly]\ngreeting = Hi\n",
	  "t.reply:4: [texts friendly] greeting: no such section" },
	{ EN "[texts]\ngreetings = Hi\n",
	  "t.reply:4: [texts] greetings: no such key; did you mean \"greeting\"?" },
	{ EN "[texts]\nconsider-evnt = x\n",
	  "t.reply:4: [texts] consider-evnt: no such key" },
	{ EN "[texts]\ngreeting-event = x\n",
	  "t.reply:4: [texts] greeting-event: no such key" },
	{ EN "[banner]\ndo-consider-known = x\n",
	  "t.reply:4: [banner] do-consider-known: no such key" },
	{ EN "[texts]\nignore = no\n", "t.reply:4: [texts] ignore: no such key" },
	{ EN "[texts formal]\nwho = x\n", "t.reply:4: [texts formal] who: no such key" },
	{ EN "[banner]\ntitel-accept = x\n",
	  "t.reply:4: [banner] titel-accept: no such key" },
	{ EN "[texts]\ngreeting[de] = Hallo\n",
	  "t.reply:4: [texts] greeting[de]: the key has no number and no language" },
	{ EN "[texts]\ngreeting-2 = Hallo\n",
	  "t.reply:4: [texts] greeting: the key has no number and no language" },
	{ EN "[texts]\n\n# c\ngreeting = Hi {fist},\n",
	  "t.reply:6: [texts] greeting: no such placeholder {fist}; there are {first}, "
	  "{name}, {inviter}, {company}, {recipient}, {network}, {since}" },
	{ EN "[texts brief]\ngreeting = Hi {first\n",
	  "t.reply:4: [texts brief] greeting: no such placeholder {first};" },
	{ EN "[banner]\nwho = {inviter} and {\n",
	  "t.reply:4: [banner] who: no such placeholder {}" },
	{ EN "[banner]\nwho = {inviter}{{network}\n",
	  "t.reply:4: [banner] who: no such placeholder {{network}" },
	{ EN "[texts]\naccept = a\001b\n",
	  "t.reply:4: [texts] accept: a control character in the text; take it out" },
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

/* "u" of two bytes: characters are counted. */
START_TEST(a_text_has_a_thousand_characters_at_most)
{
	for (size_t length = REPLIES_TEXT_MAX; length <= REPLIES_TEXT_MAX + 1; length++) {
		g_autoptr(GString) text = g_string_new(EN "[texts]\naccept = ");
		g_autoptr(GPtrArray) files = NULL;
		g_autoptr(GError) error = NULL;
		g_autoptr(Replies) replies = NULL;

		for (size_t i = 0; i < length; i++)
			g_string_append(text, "\303\274");
		files = fixture_files("t.reply", text->str);
		replies = replies_new(files, &error);
		if (length <= REPLIES_TEXT_MAX)
			ck_assert_msg(replies != NULL, "%zu: refused", length);
		else
			ck_assert_str_eq(error->message,
					 "t.reply:4: [texts] accept: 1001 characters, at "
					 "most 1000 are sent; shorten it");
	}
}
END_TEST

/* At start only the administrator's files are looked through. */
START_TEST(our_own_files_have_no_mistake)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "replies", ".reply", NULL);

	ck_assert_uint_gt(files->len, 0);
	for (size_t i = 0; i < files->len; i++) {
		g_autoptr(GError) error = NULL;

		ck_assert_msg(replies_file_check(files->pdata[i], &error), "%s",
			      error != NULL ? error->message : "");
	}
}
END_TEST

static Replies *
ours(void)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "replies", ".reply", NULL);
	Replies *replies = replies_new(files, NULL);

	ck_assert_ptr_nonnull(replies);

	return replies;
}

static const struct {
	const char *first, *second;
	const char *wanted;
} choices[] = {
	{ "de", "en", "de" },    { "xx", "fr", "fr" }, { "pt-BR", "en", "pt" },
	{ "pt_BR", "en", "pt" }, { "", "nl", "nl" },   { "d", "it", "it" },
	{ "deu", "es", "es" },   { "zz", "yy", NULL }, { "EN", "yy", NULL },
};

START_TEST(the_first_language_that_is_spoken_is_chosen)
{
	g_autoptr(Replies) replies = ours();
	const char *wishes[] = { choices[_i].first, choices[_i].second, NULL };
	Voice voice = { replies, "", "friendly", NULL };
	const char *got = replies_language(&voice, wishes);

	ck_assert_msg(g_strcmp0(got, choices[_i].wanted) == 0, "%s, %s: got %s, want %s",
		      choices[_i].first, choices[_i].second, got, choices[_i].wanted);
}
END_TEST

static const char *const languages[] = { "en", "de", "fr", "es", "pt", "it", "nl" };
static const char *const tones[] = { "friendly", "brief", "formal" };
static const char *const bodies[] = { "reply-dont-accept",
				      "reply-dont-accept-unknown",
				      "consider",
				      "consider-known",
				      "consider-personal",
				      "consider-event",
				      "consider-group",
				      "consider-join",
				      "accept",
				      "decline" };
static const char *const words[] = { "title-reply-dont-accept",
				     "title-consider",
				     "title-accept",
				     "title-ignore",
				     "title-report",
				     "who",
				     "who-nameless",
				     "who-event",
				     "who-nameless-event",
				     "who-recommend",
				     "who-endorse",
				     "why-default-text",
				     "why-contextless",
				     "why-contextless-event",
				     "why-contextless-group",
				     "why-contextless-join",
				     "why-contextless-follow",
				     "why-personal",
				     "why-personal-event",
				     "why-personal-group",
				     "why-personal-join",
				     "why-personal-follow",
				     "why-spammy",
				     "why-spammy-recommend",
				     "why-spammy-endorse",
				     "why-known",
				     "why-impostor",
				     "why-forged",
				     "hint-namesake",
				     "hint-known",
				     "hint-likely",
				     "do-reply-dont-accept",
				     "do-consider",
				     "do-consider-event",
				     "do-consider-group",
				     "do-consider-join",
				     "do-accept",
				     "do-ignore",
				     "do-report",
				     "reply-label",
				     "reply-label-ignore",
				     "page-label",
				     "mail-label",
				     "no-reply",
				     "no-reply-event",
				     "no-reply-recommend",
				     "no-reply-endorse",
				     "profile-label",
				     "subject" };

static char *
say(const Voice *voice, const char *group, const char *key, const ReplyNames *names)
{
	const char *const keys[] = { key, NULL };
	char *text = replies_text(voice, group, keys, names);

	ck_assert_msg(text == NULL || strpbrk(text, "{}") == NULL, "%s: [%s] %s: %s",
		      voice->language, group, key, text);

	return text;
}

static char *
must_say(const Voice *voice, const char *group, const char *key)
{
	ReplyNames people = { "Ann Lee", "Loom Ltd", "Bob Ray", "Orbit", "2019-05-14" };
	char *text = say(voice, group, key, &people);

	ck_assert_msg(text != NULL, "%s, %s: [%s] %s is missing", voice->language,
		      voice->tone, group, key);

	return text;
}

/* Sentences end with a stop before a space, or with the text. */
static size_t
count_sentences(const char *text)
{
	size_t count = 0;

	for (const char *c = text; *c != '\0'; c++)
		count += strchr(".!?", *c) != NULL && (c[1] == ' ' || c[1] == '\0');

	return count;
}

START_TEST(each_language_has_every_text_in_each_tone)
{
	g_autoptr(Replies) replies = ours();

	for (size_t tone = 0; tone < G_N_ELEMENTS(tones); tone++) {
		Voice voice = { replies, "", tones[tone], languages[_i] };
		g_autofree char *greeting = must_say(&voice, "texts", "greeting");
		g_autofree char *nameless =
		    must_say(&voice, "texts", "greeting-nameless");
		g_autofree char *signoff = must_say(&voice, "texts", "signoff");

		ck_assert_msg(strstr(signoff, "Bob Ray") != NULL, "%s: %s", languages[_i],
			      signoff);
		for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
			g_autofree char *body = must_say(&voice, "texts", bodies[i]);
			g_autofree char *again = NULL;
			Voice friendly = { replies, "", "friendly", languages[_i] };

			ck_assert_msg(tone != 1 || count_sentences(body) == 1,
				      "%s: more than a sentence: %s", languages[_i],
				      body);
			again = must_say(&friendly, "texts", bodies[i]);
			ck_assert_msg(tone == 0 || !g_str_equal(body, again),
				      "%s: %s says the same as friendly: %s",
				      languages[_i], tones[tone], body);
		}
	}
}
END_TEST

START_TEST(nobody_is_greeted_formally_by_a_first_name_alone)
{
	g_autoptr(Replies) replies = ours();
	Voice voice = { replies, "", "formal", languages[_i] };
	g_autofree char *greeting = must_say(&voice, "texts", "greeting");

	ck_assert_msg(strstr(greeting, "Ann Lee") != NULL ||
			  strstr(greeting, "Ann") == NULL,
		      "%s: %s", languages[_i], greeting);
}
END_TEST

START_TEST(each_language_has_every_word_of_the_banner)
{
	g_autoptr(Replies) replies = ours();
	Voice voice = { replies, "", "formal", languages[_i] };

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		g_free(must_say(&voice, "banner", words[i]));
}
END_TEST

/* What the holes of a text are filled with, and when it is passed over. */
static const struct {
	const char *text;
	ReplyNames names;
	const char *wanted;
} holes[] = {
	{ "{first}", { .inviter = "Dr. Ann Lee, PhD" }, "Ann" },
	{ "{name}", { .inviter = "Dr. Ann Lee, PhD" }, "Dr. Ann Lee" },
	{ "{name}", { .inviter = "Lee, Ann" }, "Ann Lee" },
	{ "{name}", { .inviter = "Ann Lee, Painter" }, NULL },
	{ "{inviter}", { .inviter = "Ann Lee, Painter" }, "Ann Lee, Painter" },
	{ "{name}", { .inviter = "Orbit", .network = "Orbit" }, NULL },
	{ "{name}", { .inviter = "Orbit, PhD", .network = "Orbit" }, NULL },
	{ "{company}", { .company = "Klaver & Zoon" }, "Klaver & Zoon" },
	{ "{company}", { .company = "shop.example.com" }, NULL },
	{ "{company}", { .inviter = "Ann Lee" }, NULL },
	{ "at {company}", { .company = "{first}" }, NULL },
	{ "{network}{recipient}\n",
	  { .recipient = "Bob", .network = "Orbit" },
	  "OrbitBob" },
	{ "since {since}", { .since = "2019-05-14" }, "since 2019-05-14" },
	{ "since {since}", { .since = NULL }, NULL },
	{ "}", { NULL }, "}" },
};

START_TEST(a_text_is_said_with_its_names_or_not_at_all)
{
	g_autofree char *file =
	    g_strconcat(EN "[texts]\naccept = ", holes[_i].text, NULL);
	g_autoptr(GPtrArray) files = fixture_files("t.reply", file);
	g_autoptr(Replies) replies = replies_new(files, NULL);
	Voice voice = { replies, "", "friendly", "en" };
	static const char *const keys[] = { "accept", NULL };
	g_autofree char *got = replies_text(&voice, "texts", keys, &holes[_i].names);

	ck_assert_msg(g_strcmp0(got, holes[_i].wanted) == 0, "%s: got %s, want %s",
		      holes[_i].text, got, holes[_i].wanted);
}
END_TEST

/* Files of one's own in a folder that goes with them. */
typedef struct {
	char *folder;
	Replies *replies;
} Own;

static const struct {
	const char *name;
	const char *text;
} own_files[] = {
	{ "jane.reply", EN "[texts]\nconsider = Jane asks.\ngreeting = Ahoy {first},\n"
			   "[texts brief]\nconsider = Jane?\n" },
	{ "house.reply",
	  EN "[texts]\nconsider = The house asks.\ndecline =\n"
	     "accept = {company}? Welcome.\n[banner]\ntitle-accept = Yes!\n" },
	{ "eo.reply", "[reply]\ncode = eo\n[texts]\naccept = Bonvenon.\n" },
};

static void
own_init(Own *own)
{
	own->folder = g_dir_make_tmp("check-XXXXXX", NULL);
	own->replies = ours();
	ck_assert_ptr_nonnull(own->folder);
	for (size_t i = 0; i < G_N_ELEMENTS(own_files); i++) {
		g_autofree char *path =
		    g_build_filename(own->folder, own_files[i].name, NULL);

		ck_assert(g_file_set_contents(path, own_files[i].text, -1, NULL));
	}
}

static void
own_clear(Own *own)
{
	for (size_t i = 0; i < G_N_ELEMENTS(own_files); i++) {
		g_autofree char *path =
		    g_build_filename(own->folder, own_files[i].name, NULL);

		g_unlink(path);
	}
	g_rmdir(own->folder);
	g_free(own->folder);
	replies_free(own->replies);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Own, own_clear)

static void
own_add(const Own *own, const char *paths)
{
	g_autoptr(GError) error = NULL;

	ck_assert_msg(replies_add_own(own->replies, paths, own->folder, &error), "%s: %s",
		      paths, error != NULL ? error->message : "");
}

#define BOTH "jane.reply, house.reply"

/* The beginning of what is said; "" for nothing. */
static const struct {
	const char *own, *tone, *language;
	const char *group, *key;
	const char *wanted;
} said[] = {
	{ "", "friendly", "en", "texts", "consider", "Thank you for writing to me." },
	{ BOTH, "friendly", "en", "texts", "consider", "Jane asks." },
	{ BOTH, "brief", "en", "texts", "consider", "Jane?" },
	{ BOTH, "formal", "en", "texts", "consider", "Jane asks." },
	{ "house.reply", "brief", "en", "texts", "consider", "The house asks." },
	{ BOTH, "brief", "en", "texts", "greeting", "Ahoy Ann," },
	{ BOTH, "friendly", "en", "texts", "reply-dont-accept", "Thank you" },
	{ BOTH, "formal", "en", "texts", "reply-dont-accept", "Thank you very much" },
	/* Without a company the house says nothing, and we do. */
	{ BOTH, "brief", "en", "texts", "accept", "Thanks for the invitation," },
	/* An empty text is none, and nobody else's is taken. */
	{ BOTH, "friendly", "en", "texts", "decline", "" },
	{ "jane.reply", "friendly", "en", "texts", "decline", "Thank you for thinking" },
	{ BOTH, "friendly", "en", "banner", "title-accept", "Yes!" },
	{ BOTH, "friendly", "en", "banner", "title-ignore", "Ignore" },
	/* Another language has nothing to do with them. */
	{ BOTH, "friendly", "de", "texts", "consider", "vielen Dank" },
	{ "eo.reply", "friendly", "eo", "texts", "accept", "Bonvenon." },
	{ "eo.reply", "friendly", "eo", "texts", "consider", "" },
	{ "", "friendly", "eo", "texts", "accept", "" },
};

START_TEST(ones_own_texts_go_before_ours_one_by_one)
{
	g_auto(Own) own = { NULL, NULL };
	Voice voice = { NULL, said[_i].own, said[_i].tone, said[_i].language };
	ReplyNames names = { .inviter = "Ann Lee", .network = "Orbit" };
	g_autofree char *got = NULL;

	own_init(&own);
	own_add(&own, BOTH);
	own_add(&own, "jane.reply");
	own_add(&own, "house.reply");
	own_add(&own, "eo.reply");
	own_add(&own, "");
	voice.replies = own.replies;
	got = say(&voice, said[_i].group, said[_i].key, &names);
	ck_assert_msg(said[_i].wanted[0] != '\0'
			  ? got != NULL && g_str_has_prefix(got, said[_i].wanted)
			  : got == NULL,
		      "\"%s\", %s: got %s, want %s", said[_i].own, said[_i].key, got,
		      said[_i].wanted);
}
END_TEST

START_TEST(a_language_of_ones_own_is_nobody_elses)
{
	g_auto(Own) own = { NULL, NULL };
	static const char *const wishes[] = { "eo", "en", NULL };
	Voice mine = { NULL, "eo.reply", "friendly", NULL };
	Voice other = { NULL, "", "friendly", NULL };

	own_init(&own);
	own_add(&own, "eo.reply");
	mine.replies = other.replies = own.replies;
	ck_assert_str_eq(replies_language(&mine, wishes), "eo");
	ck_assert_str_eq(replies_language(&other, wishes), "en");
}
END_TEST

/*
 * What is wrong with a file of one's own; the message is what stands behind its folder.
 */
static const struct {
	const char *paths;
	const char *text; /* of house.reply */
	const char *wanted;
} own_mistakes[] = {
	{ "jane.reply house.reply", EN "[texts]\naccept = {frist}\n",
	  "/house.reply:4: [texts] accept: no such placeholder {frist}; there are" },
	{ "house.reply", EN "[texts]\naccept = M\374ller\n",
	  "/house.reply:4: not UTF-8; save the file in it" },
	{ "house.reply", "[texts]\naccept = Hi\n", "/house.reply: [reply] needs a code" },
	{ "house.reply", EN, "/house.reply: no text in it; write some below [texts]" },
	{ "house.reply", EN "[texts]\naccept\n", "/house.reply:4: neither [group] nor" },
	{ "none.reply", EN, "/none.reply" },
};

START_TEST(a_mistake_in_ones_own_file_is_named_with_its_path)
{
	g_auto(Own) own = { NULL, NULL };
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	const char *behind;

	own_init(&own);
	path = g_build_filename(own.folder, "house.reply", NULL);
	ck_assert(g_file_set_contents(path, own_mistakes[_i].text, -1, NULL));
	ck_assert_msg(
	    !replies_add_own(own.replies, own_mistakes[_i].paths, own.folder, &error),
	    "taken: %s", own_mistakes[_i].text);
	behind = strstr(error->message, own.folder);
	ck_assert_msg(behind != NULL && g_str_has_prefix(behind + strlen(own.folder),
							 own_mistakes[_i].wanted),
		      "got \"%s\", want \"%s\"", error->message, own_mistakes[_i].wanted);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("replies");
	TCase *file = tcase_create("file"), *text = tcase_create("text"),
	      *own = tcase_create("own");

	tcase_add_loop_test(file, a_mistake_is_named_with_file_line_and_key, 0,
			    G_N_ELEMENTS(mistakes));
	tcase_add_test(file, a_text_has_a_thousand_characters_at_most);
	tcase_add_test(file, our_own_files_have_no_mistake);
	suite_add_tcase(suite, file);
	tcase_add_loop_test(text, the_first_language_that_is_spoken_is_chosen, 0,
			    G_N_ELEMENTS(choices));
	tcase_add_loop_test(text, each_language_has_every_text_in_each_tone, 0,
			    G_N_ELEMENTS(languages));
	tcase_add_loop_test(text, nobody_is_greeted_formally_by_a_first_name_alone, 0,
			    G_N_ELEMENTS(languages));
	tcase_add_loop_test(text, each_language_has_every_word_of_the_banner, 0,
			    G_N_ELEMENTS(languages));
	tcase_add_loop_test(text, a_text_is_said_with_its_names_or_not_at_all, 0,
			    G_N_ELEMENTS(holes));
	suite_add_tcase(suite, text);
	tcase_add_loop_test(own, ones_own_texts_go_before_ours_one_by_one, 0,
			    G_N_ELEMENTS(said));
	tcase_add_test(own, a_language_of_ones_own_is_nobody_elses);
	tcase_add_loop_test(own, a_mistake_in_ones_own_file_is_named_with_its_path, 0,
			    G_N_ELEMENTS(own_mistakes));
	suite_add_tcase(suite, own);

	return fixture_run(suite);
}

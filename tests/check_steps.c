/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_steps.c - does eight times the text cost eight times as much?
 *
 * A sender chooses the text, and none may be dearer than its length.  What is
 * compared is processor time of this thread at two lengths, the least of several
 * rounds: a quadratic function takes 64 times as much, and a linear one 8.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <check.h>
#include <glib.h>

#include "base/data.h"
#include "mail/encoded.h"
#include "mail/encoded-field.h"
#include "mail/html.h"
#include "mail/htmltop.h"
#include "mail/insert.h"
#include "mail/mailbox.h"
#include "mail/message.h"
#include "mail/transfer.h"
#include "note/default-text.h"
#include "note/evidence.h"
#include "note/note-language.h"
#include "note/signals.h"
#include "note/wording.h"
#include "text/charset.h"
#include "text/fingerprint.h"
#include "text/folded.h"
#include "text/text.h"

#define SHORT_BYTES (8 * 1024)
#define FACTOR      8
#define MAX_RATIO   28
#define ROUNDS      3

/* Less than this in all is no matter, whatever it grows by. */
#define CHEAP_SECONDS 0.008

/* What a text is made of, again and again. */
static const char *const runs[] = {
	"a",
	" ",
	"a ",
	"\t",
	"\r\n",
	"\n\n",
	"\303\244",
	"\314\201",
	"\342\200\213",
	"\377",
	"\302\240",
	"a.",
	"http://",
	"http://a.example/x ",
	"www.",
	"www.a-.",
	"hw",
	"a@b.example ",
	"@",
	",",
	"<",
	">",
	"<a,",
	"(",
	"\"",
	"\\",
	":",
	";",
	"a:",
	"[",
	"=?",
	"=?utf-8?q?x?= ",
	"=?x?q?",
	"?=",
	"=?a?b?eA==?=",
	"=",
	"=3D",
	"=\r\n",
	"= ",
	"&",
	"&amp;",
	"&#120;",
	"&a",
	"&notit;",
	"<b>",
	"</b>",
	"<a href=x>",
	"<a href=\"",
	"<!--",
	"-->",
	"<!",
	"<style>",
	"<div hidden>",
	"<p>a",
	"<td>",
	"<x y ",
	"<x y=z ",
	"<title>",
	"--",
	"---\n",
	"--a\n\n",
	"\n--",
	"~{",
	"~{VPND~}",
	"\033$B",
	"\033(B",
	"> ",
	">",
	"-- \n",
	"_",
	"*",
	"{",
	"\342\200\256",
	"From ",
	"Content-Type: multipart/x; boundary=a\n\n--a\n",
	"Content-Type: x;",
	"a=b;",
	"x: ",
	"dkim=pass ",
	"=== invite-milter ===\n",
	"=== invite-milter ===\n=== /invite-milter ===\na\n",
	"<b id=invite-milter>",
	"<b id=invite-milter>a</b>b",
	"\n <",
	"http://a\nb\n",
	"[x]",
	"{a",
	"[{",
	"<<",
	"( ",
	"+1 ",
	"1,",
	"1 ",
	"$ ",
	"\342\202\254 ",
	"Dear Ann,\n",
	"Best regards\nAnn Lee\n",
	"we met at ",
	"great meeting you at the ",
	"I'd like to add you to my professional network. ",
	"me you ",
	"Ann Lee ",
	"\344\275\240\345\245\275",
	"? ",
	"\360\237\230\200",
};

/* What follows a run as long as itself: with some readers it is looked for. */
static const char *const tails[] = {
	NULL,
	"http://a.example/x ",
	"<a href=http://a.example>b</a>",
	"a@b.example, ",
	"=?utf-8?q?x?= ",
};

typedef void Reader(const char *text, size_t length);

static void
read_clean(const char *text, G_GNUC_UNUSED size_t length)
{
	static const size_t limits[] = { 10, 1000, 100000, SIZE_MAX / 8 };

	for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
		g_autofree char *clean = text_clean(text, limits[i]);
		g_autofree char *token = text_token(text, limits[i]);
	}
}

static void
read_fold(const char *text, G_GNUC_UNUSED size_t length)
{
	g_autofree char *folded = folded_text(text);
}

static void
read_encoded(const char *text, G_GNUC_UNUSED size_t length)
{
	g_autofree char *decoded = encoded_decode(text);
	g_autofree char *clean = text_clean(decoded, 1000);
	g_autofree char *field = encoded_field(clean, ENCODED_PHRASE, 10);
}

static void
read_mailbox(const char *text, G_GNUC_UNUSED size_t length)
{
	g_auto(Mailbox) mailbox = { 0 };

	mailbox_parse(text, &mailbox);
}

static void
read_visible(const char *text, size_t length)
{
	g_autoptr(Visible) visible = visible_of_text(text, length);
}

static void
read_html(const char *text, size_t length)
{
	g_autoptr(Visible) visible = html_visible(text, length);

	htmltop_of(text, length, 0);
}

static void
read_transfer(const char *text, size_t length)
{
	g_autoptr(GString) out = g_string_new(NULL);

	transfer_decode(TRANSFER_QUOTED, text, length, out);
	transfer_decode(TRANSFER_BASE64, text, length, out);
	transfer_quoted_place(text, length, length / 2);
}

static void
read_charset(const char *text, size_t length)
{
	g_autofree char *guessed = charset_text(text, length, NULL);
	g_autofree char *japanese = charset_text(text, length, "iso-2022-jp");
	g_autofree char *chinese = charset_text(text, length, "gb2312");
}

/* As a body, as a field and as a part's type. */
static void
read_message(const char *text, G_GNUC_UNUSED size_t length)
{
	static const char *const heads[] = {
		"From: a@example.org\n\n",
		"From: a@example.org\nContent-Type: text/html\n\n",
		"Content-Type: multipart/mixed; boundary=a\nFrom: x\n\n--a\n",
		"Subject: x\nContent-Type: text/plain;",
		"Subject: ",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
		g_autofree char *mail = g_strconcat(heads[i], text, NULL);
		g_autoptr(Message) message =
		    message_new(mail, strlen(mail), "fence", NULL);
		g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
		GString *body =
		    insert_into(mail, strlen(mail), "x\n", "<p>x</p>\n", reasons);

		if (body != NULL)
			g_string_free(body, TRUE);
	}
}

/* Read once, and kept as long as the tests run. */
static const Languages *
languages(void)
{
	static Languages *all = NULL;

	if (all == NULL) {
		g_autoptr(GPtrArray) files =
		    data_load(NULL, "languages", ".language", NULL);

		all = languages_new(files, NULL);
		ck_assert_ptr_nonnull(all);
	}

	return all;
}

static void
read_signals(const char *text, G_GNUC_UNUSED size_t length)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_auto(Cues) cues = { 0 };

	signals_add(&cues, languages()->field_words, valid);
}

/* All that a note costs, but for its end at NOTE_MAX. */
static void
read_note(const char *text, G_GNUC_UNUSED size_t length)
{
	static const char *const names[] = { "Ann Lee", NULL };
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autoptr(GString) own = g_string_new(NULL);
	g_auto(Wording) wording = { 0 };
	g_auto(Cues) cues = { 0 };
	g_auto(Evidence) evidence = { 0 };
	size_t edits;

	wording_init(&wording, languages(), valid, names);
	wording_common_words(&wording);
	wording_begins(&wording, ENTRY_GREETING);
	wording_own_words(&wording, ~(guint64)0, own);
	wording_cues(&wording, ~(guint64)0, &cues);
	note_language_of(&wording);
	fingerprint_of(&wording.plain, wording.is_name);
	evidence_init(&evidence, &wording, ~(guint64)0, &cues);
	default_text_of(languages(), valid, &edits);
	default_text_with_hole(languages(), valid);
}

static const struct {
	const char *name;
	Reader *reader;
} readers[] = {
	{ "clean", read_clean },       { "fold", read_fold },
	{ "encoded", read_encoded },   { "mailbox", read_mailbox },
	{ "visible", read_visible },   { "html", read_html },
	{ "transfer", read_transfer }, { "charset", read_charset },
	{ "message", read_message },   { "signals", read_signals },
	{ "note", read_note },
};

static double
now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);

	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* The least processor time of several rounds, for a text of some length. */
static double
seconds(Reader *reader, const char *run, const char *tail, size_t length, int rounds)
{
	g_autoptr(GString) text = g_string_sized_new(length + strlen(run));
	double least = 1e9;

	while (text->len < (tail != NULL ? length / 2 : length))
		g_string_append(text, run);
	while (text->len < length)
		g_string_append(text, tail);
	for (int i = 0; i < rounds; i++) {
		double start = now();

		reader(text->str, text->len);
		least = MIN(least, now() - start);
	}

	return least;
}

static void
check_run(size_t reader, const char *run, const char *tail)
{
	Reader *read = readers[reader].reader;
	double large = 0, small = 1;

	/* Once, and where that is dear, more carefully. */
	for (int rounds = 1; rounds <= ROUNDS; rounds += ROUNDS - 1) {
		large = seconds(read, run, tail, FACTOR * SHORT_BYTES, rounds);
		if (large < CHEAP_SECONDS)
			return;
		small = seconds(read, run, tail, SHORT_BYTES, rounds);
		if (large < MAX_RATIO * small)
			return;
	}
	ck_abort_msg(
	    "%s of \"%s\" and \"%s\": %d times the text takes %.0f times as much",
	    readers[reader].name, run, tail, FACTOR, large / small);
}

START_TEST(no_text_is_dearer_than_its_length)
{
	message_init();
	for (size_t i = 0; i < G_N_ELEMENTS(runs); i++)
		for (size_t j = 0; j < G_N_ELEMENTS(tails); j++)
			check_run((size_t)_i, runs[i], tails[j]);
}
END_TEST

static Suite *
steps_suite(void)
{
	Suite *suite = suite_create("steps");
	TCase *cost = tcase_create("cost");

	tcase_set_timeout(cost, 120);
	tcase_add_loop_test(cost, no_text_is_dearer_than_its_length, 0,
			    G_N_ELEMENTS(readers));
	suite_add_tcase(suite, cost);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(steps_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

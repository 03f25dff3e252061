/* SPDX-License-Identifier: BSD-2-Clause */
/* steps.c - the readers of what a sender writes, and what a text costs them */

#include "config.h"

#include <string.h>
#include <time.h>

#include <glib.h>

#include "base/data.h"
#include "ctl/vocabulary.h"
#include "import/calendar.h"
#include "import/csv.h"
#include "import/vcard.h"
#include "judge/assess.h"
#include "mail/arc.h"
#include "mail/encoded.h"
#include "mail/encoded-field.h"
#include "mail/html.h"
#include "mail/htmltop.h"
#include "mail/insert.h"
#include "mail/mailbox.h"
#include "mail/message.h"
#include "mail/parameter.h"
#include "mail/received.h"
#include "mail/results.h"
#include "mail/transfer.h"
#include "network/claim.h"
#include "note/default-text.h"
#include "note/disguise.h"
#include "note/evidence.h"
#include "note/note-language.h"
#include "note/signals.h"
#include "note/wording.h"
#include "people/reply-name.h"
#include "text/address.h"
#include "text/charset.h"
#include "text/fingerprint.h"
#include "text/folded.h"
#include "text/text.h"
#include "steps.h"

/* Less than this in all is no matter, whatever it grows by. */
#define CHEAP_SECONDS 0.008
#define ROUNDS        3

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
		g_assert_nonnull(all);
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
	g_autofree char *given = g_utf8_make_valid(text, -1);
	bool on_purpose;
	g_autofree char *valid = disguise_undone(given, &on_purpose);
	g_autoptr(GString) own = g_string_new(NULL);
	g_auto(Wording) wording = { 0 };
	g_auto(Cues) cues = { 0 };
	g_auto(Evidence) evidence = { 0 };
	g_auto(FingerprintSketch) sketch = { 0 };
	size_t edits;

	wording_init(&wording, languages(), valid, names);
	wording_common_words(&wording);
	wording_begins(&wording, ENTRY_GREETING);
	wording_own_words(&wording, own);
	wording_cues(&wording, &cues);
	note_language_of(&wording);
	fingerprint_sketch_init(&sketch, &wording.plain, wording.is_name);
	fingerprint_of_sketch(&sketch);
	evidence_init(&evidence, &wording, &cues);
	default_text_of(languages(), valid, &edits);
	default_text_with_hole(languages(), valid);
}

/* Read once, and kept as long as the tests run. */
static Assessor *
assessor(void)
{
	static Assessor *all = NULL;

	if (all == NULL)
		all = assessor_new(NULL, NULL);
	g_assert_nonnull(all);

	return all;
}

static void
visit_address(G_GNUC_UNUSED void *context, G_GNUC_UNUSED const char *name,
	      G_GNUC_UNUSED const char *address)
{
}

/* A field's value, as the readers of each field that we read get it. */
static void
read_field(const char *text, G_GNUC_UNUSED size_t length)
{
	static const char *const own[] = { "example.org", NULL };
	static const char *const names[] = { "Authentication-Results",
					     "ARC-Authentication-Results",
					     "ARC-Seal",
					     "Received",
					     "From",
					     "Subject" };
	g_autoptr(Head) head = head_new();
	g_autofree char *results = g_strconcat("a; dkim=pass ", text, NULL);
	g_autofree char *seal = g_strconcat("i=1; d=a; ", text, NULL);
	g_autofree char *border = NULL, *boundary = NULL;
	g_autoptr(Results) found = results_new(results);
	const ArcTrust whom = { "a", "a" };
	g_autoptr(GPtrArray) trusted = NULL;
	g_auto(ArcChain) chain = { 0 };
	g_autoptr(GString) written = g_string_new(NULL);
	g_auto(Claim) claim = { 0 };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		head_add(head, names[i], i == 0 ? results : i == 2 ? seal : text);
	trusted = results_trusted(head, "a");
	arc_read(&chain, head, &whom);
	border = received_border(head, own, NULL);
	boundary = parameter_value(seal, "boundary");
	claim_init(&claim, head);
	head_write(head, "", written);
	address_list(text, visit_address, NULL);
}

static void
read_name(const char *text, G_GNUC_UNUSED size_t length)
{
	const NameRules *rules = assessor_rules(assessor())->names;
	g_autofree char *clean = reply_name_clean(rules, text);
	g_autofree char *first = clean != NULL ? reply_name_first(rules, clean) : NULL;
	g_autofree char *whole =
	    clean != NULL ? reply_name_whole(rules, clean, NULL) : NULL;
	g_autofree char *company = name_company_key(rules, text);
	g_auto(Name) name = { 0 };

	name_init(&name, rules, text);
	name_is_robot(rules, text);
}

static void
take_contact(G_GNUC_UNUSED void *context, G_GNUC_UNUSED const Contact *contact,
	     G_GNUC_UNUSED size_t line, G_GNUC_UNUSED const char *trouble)
{
}

static void
read_vcard(const char *text, G_GNUC_UNUSED size_t length)
{
	static const char *const heads[] = { "", "BEGIN:VCARD\nVERSION:3.0\n",
					     "BEGIN:VCARD\nFN:" };

	for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
		g_autofree char *file = g_strconcat(heads[i], text, NULL);

		vcard_read(file, strlen(file), take_contact, NULL);
	}
}

static void
read_csv(const char *text, G_GNUC_UNUSED size_t length)
{
	static CsvColumns *columns = NULL;
	static const char *const heads[] = { "", "First Name,Email Address\n",
					     "Name;E-mail\n\"" };

	if (columns == NULL) {
		g_autoptr(GPtrArray) files = data_load(NULL, "people", ".people", NULL);

		columns = csv_columns_new(files, NULL);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
		g_autofree char *file = g_strconcat(heads[i], text, NULL);

		csv_read(columns, file, strlen(file), G_MAXINT32, take_contact, NULL);
	}
}

static void
read_calendar(const char *text, G_GNUC_UNUSED size_t length)
{
	static Owners *owners = NULL;
	static const char *const heads[] = {
		"", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
		"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nDESCRIPTION:",
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nRRULE:"
	};

	if (owners == NULL)
		owners = owners_new(assessor_settings(assessor()), NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
		g_autofree char *file =
		    g_strconcat(heads[i], text, "\nEND:VEVENT\nEND:VCALENDAR\n", NULL);
		g_auto(CalendarRequest) request = { 0 };

		calendar_read(file, strlen(file), owners, "a@example.org", 1700000000,
			      take_contact, NULL);
		calendar_request_read(&request, file, strlen(file));
	}
}

#define INVITES                                                                          \
	"X-LinkedIn-Template: email_m2m_invite_single_01\n"                              \
	"Message-ID: <1@example.prod>\nTo: Ann <ann@example.org>\n"
#define AUTHOR "From: Jan <invitations@linkedin.com>\n"
#define MEETING                                                                          \
	"From: a@example.org\nContent-Type: text/calendar; method=REQUEST\n\n"           \
	"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nDESCRIPTION:"

/* What networks and notes are read from, and a mail whose words are masked. */
static void
read_invitation(const char *text, G_GNUC_UNUSED size_t length)
{
	static const char *const heads[] = {
		INVITES AUTHOR "Subject: I want to connect\n\nHi Ann,\n\n",
		INVITES AUTHOR "Content-Type: text/html\n\n<p>Hi Ann,</p><p>",
		INVITES AUTHOR "Subject: ",
		INVITES "Subject: I want to connect\nFrom: ",
		MEETING,
	};
	Delivery delivery = { .owner = "ann@example.org" };

	for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
		g_autofree char *mail = g_strconcat(
		    heads[i], text, "\nAccept: https://www.linkedin.com/comm/x\n", NULL);
		g_autoptr(Assessment) assessment =
		    assess(assessor(), mail, strlen(mail), &delivery, NULL);
	}
}

static void
read_skeleton(const char *text, G_GNUC_UNUSED size_t length)
{
	static Vocabulary *vocabulary = NULL;
	static const char *const heads[] = {
		INVITES AUTHOR "Subject: I want to connect\n\n",
		INVITES AUTHOR "Content-Type: text/html\n\n",
		INVITES AUTHOR "Subject: ",
	};

	if (vocabulary == NULL)
		vocabulary = vocabulary_new(assessor(), NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
		g_autofree char *mail = g_strconcat(heads[i], text, NULL);
		GString *skeleton =
		    vocabulary_skeleton(vocabulary, mail, strlen(mail), NULL);

		if (skeleton != NULL)
			g_string_free(skeleton, TRUE);
	}
}

static const struct {
	const char *name;
	Reader *reader;
} readers[] = {
	{ "clean", read_clean },
	{ "fold", read_fold },
	{ "encoded", read_encoded },
	{ "mailbox", read_mailbox },
	{ "visible", read_visible },
	{ "html", read_html },
	{ "transfer", read_transfer },
	{ "charset", read_charset },
	{ "message", read_message },
	{ "signals", read_signals },
	{ "note", read_note },
	{ "field", read_field },
	{ "name", read_name },
	{ "vcard", read_vcard },
	{ "csv", read_csv },
	{ "calendar", read_calendar },
	{ "invitation", read_invitation },
	{ "skeleton", read_skeleton },
};

size_t
steps_readers(void)
{
	return G_N_ELEMENTS(readers);
}

const char *
steps_reader_name(size_t reader)
{
	return readers[reader].name;
}

static double
now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);

	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* The least processor time of several rounds, for a text of some length. */
static double
seconds(Reader *reader, const StepsText *text, size_t length, int rounds)
{
	g_autoptr(GString) whole = g_string_sized_new(length + strlen(text->run));
	double least = 1e9;

	g_string_append(whole, text->head);
	while (whole->len < (text->tail[0] != '\0' ? length / 2 : length))
		g_string_append(whole, text->run);
	while (whole->len < length)
		g_string_append(whole, text->tail);
	for (int i = 0; i < rounds; i++) {
		double start = now();

		reader(whole->str, whole->len);
		least = MIN(least, now() - start);
	}

	return least;
}

double
steps_ratio(size_t reader, const StepsText *text, double *cost_out)
{
	Reader *read = readers[reader].reader;
	double large = 0, small = 1;

	message_init();
	/* Once, and where that is dear, more carefully. */
	for (int rounds = 1; rounds <= ROUNDS; rounds += ROUNDS - 1) {
		large = seconds(read, text, STEPS_FACTOR * STEPS_SHORT_BYTES, rounds);
		*cost_out = large / (double)(STEPS_FACTOR * STEPS_SHORT_BYTES);
		if (large < CHEAP_SECONDS)
			return 0;
		small = seconds(read, text, STEPS_SHORT_BYTES, rounds);
		if (large < STEPS_MAX_RATIO * small)
			return large / small;
	}

	return large / small;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench_people.c - what it costs to know people, beside plain SQLite
 *
 * usage: bench_people look PEOPLE OWNERS LOOKUPS ROUNDS
 *        bench_people learn PEOPLE OWNERS MAILS ROUNDS
 *        bench_people import CONTACTS
 *
 * Design rationale: the questions of a round are drawn and written out before
 * its clock starts, the same ones for both, and both have their turn in it;
 * of the rounds the medians count.  Each answer is checked, for a look-up that
 * finds the wrong thing may be quick.  The databases lie in a folder below
 * TMPDIR, which is removed.
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <glib/gstdio.h>

#include "crowd.h"
#include "import/vcard.h"
#include "import/vcard-write.h"
#include "judge/assess.h"
#include "mail/message.h"
#include "milter/session.h"
#include "network/networks.h"

/* After all that was made up became known. */
#define NOW 1735689600

typedef struct {
	char *folder;
	char *store, *plain, *settings; /* paths in it */
} Place;

static const char *const files[] = {
	"people.sqlite",    "people.sqlite-wal", "people.sqlite-shm",  "plain.sqlite",
	"plain.sqlite-wal", "plain.sqlite-shm",  "invite-milter.conf",
};

static void
place_init(Place *place)
{
	g_autoptr(GError) error = NULL;

	place->folder = g_dir_make_tmp("bench-people-XXXXXX", &error);
	if (place->folder == NULL)
		crowd_die("temporary folder", error->message);
	place->store = g_build_filename(place->folder, files[0], NULL);
	place->plain = g_build_filename(place->folder, files[3], NULL);
	place->settings = g_build_filename(place->folder, files[6], NULL);
}

static void
place_remove(Place *place)
{
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = g_build_filename(place->folder, files[i], NULL);

		g_unlink(path);
	}
	g_rmdir(place->folder);
	g_free(place->folder);
	g_free(place->store);
	g_free(place->plain);
	g_free(place->settings);
}

static Assessor *
open_assessor(const Place *place, const char *learn, StoreMode mode)
{
	g_autofree char *text = g_strdup_printf(
	    "[people]\nstore = sqlite:%s\nlearn = %s\nlimit = 0\n", place->store, learn);
	g_autoptr(GError) error = NULL;
	Assessor *assessor = NULL;

	if (g_file_set_contents(place->settings, text, -1, &error))
		assessor = assessor_open(place->settings, mode, &error);
	if (assessor == NULL || !store_open(assessor_store(assessor), &error))
		crowd_die("opening", error->message);

	return assessor;
}

static void
fill_store(const Place *place, const Crowd *crowd)
{
	Assessor *assessor = open_assessor(place, "yes", STORE_WORK);
	NameRules *const *names = (NameRules *const *)&assessor_rules(assessor)->names;
	g_autoptr(Store) store = store_new(place->store, STORE_WORK);
	g_autoptr(GError) error = NULL;

	/* Nobody else has it open while it is filled. */
	assessor_set_store(assessor, NULL);
	crowd_fill_store(crowd, *names, place->store);
	if (!store_open(store, &error))
		crowd_die(place->store, error->message);
	assessor_unref(assessor);
}

/* Microseconds so far, of the processor and on the wall. */
typedef struct {
	double cpu, wall;
} Clock;

static double
clock_now(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);

	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static Clock
clock_start(void)
{
	return (Clock){ clock_now(CLOCK_PROCESS_CPUTIME_ID), clock_now(CLOCK_MONOTONIC) };
}

/* Since the start, for each of so many. */
static Clock
clock_stop(Clock start, size_t count)
{
	Clock now = clock_start();

	return (Clock){ (now.cpu - start.cpu) / (double)count,
			(now.wall - start.wall) / (double)count };
}

static int
by_size(const void *a, const void *b)
{
	const double *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

/* Sorts them. */
static double
median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), by_size);

	return count % 2 == 1 ? values[count / 2]
			      : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* What is asked: an invitation, and of the plain table its inviter's row. */
typedef struct {
	Figure figure;
	Figure other; /* whose name it is, where that is another's */
	Invite invite;
} Question;

typedef enum { ASK_STRANGER, ASK_KNOWN, ASK_LIKELY, ASK_LAST } Ask;

/* And what is answered; the plain look-up finds only what is there. */
static const struct {
	const char *name;
	Relation relation;
	bool is_there;
} asks[ASK_LAST] = {
	[ASK_STRANGER] = { "stranger / no row", RELATION_STRANGER, false },
	[ASK_KNOWN] = { "known / row", RELATION_KNOWN, true },
	[ASK_LIKELY] = { "name and company / row", RELATION_LIKELY, true },
};

typedef struct {
	const Crowd *crowd;
	Store *store;
	const LearnRules *rules;
	sqlite3_stmt *row;
	GRand *random;
	Question *questions;
	size_t count;
} Looks;

static guint32
draw(GRand *random, guint32 from, guint32 count)
{
	return from + (guint32)g_rand_int_range(random, 0, (gint32)count);
}

static void
question_init(Question *question, Ask ask, const Crowd *crowd, GRand *random)
{
	guint32 from = asks[ask].is_there ? 0 : crowd->people;
	guint32 number = draw(random, from, crowd->people);
	Figure *other = &question->other;

	figure_init(&question->figure, crowd, number);
	figure_init(other, crowd, number + (ask == ASK_LIKELY ? crowd->people : 0));
	question->invite = (Invite){
		.name = question->figure.name,
		.company = question->figure.company,
		.profile = ask == ASK_LIKELY ? NULL : other->profile,
		.address = other->address,
		.connections = -1,
	};
}

static void
ask_store(Looks *looks, const Question *question, Ask ask)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *reason = NULL;
	Relation relation;
	gint64 first;

	if (!relation_find(looks->store, looks->rules, question->figure.owner,
			   &question->invite, 0, &relation, &reason, &first, &error))
		crowd_die("relation_find", error->message);
	if (relation != asks[ask].relation)
		crowd_die(question->figure.name, reason);
}

static void
ask_plain(Looks *looks, const Question *question, Ask ask)
{
	int code;

	sqlite3_bind_text(looks->row, 1, question->figure.owner, -1, SQLITE_STATIC);
	sqlite3_bind_text(looks->row, 2, question->figure.address, -1, SQLITE_STATIC);
	code = sqlite3_step(looks->row);
	if (code != (asks[ask].is_there ? SQLITE_ROW : SQLITE_DONE) ||
	    (code == SQLITE_ROW &&
	     strcmp((const char *)sqlite3_column_text(looks->row, 0),
		    question->figure.name)))
		crowd_die(question->figure.name, "not found in the plain table");
	sqlite3_reset(looks->row);
}

typedef void AskOne(Looks *looks, const Question *question, Ask ask);

static Clock
ask_all(Looks *looks, AskOne *ask_one, Ask ask)
{
	Clock start = clock_start();

	for (size_t i = 0; i < looks->count; i++)
		ask_one(looks, &looks->questions[i], ask);

	return clock_stop(start, looks->count);
}

/* One round of each, the first one's turn changing; the questions are new ones. */
static void
ask_round(Looks *looks, Ask ask, bool is_plain_first, Clock *ours_out, Clock *plain_out)
{
	for (size_t i = 0; i < looks->count; i++)
		question_init(&looks->questions[i], ask, looks->crowd, looks->random);
	if (is_plain_first)
		*plain_out = ask_all(looks, ask_plain, ask);
	*ours_out = ask_all(looks, ask_store, ask);
	if (!is_plain_first)
		*plain_out = ask_all(looks, ask_plain, ask);
}

static void
look_for(Looks *looks, Ask ask, size_t rounds)
{
	g_autofree double *ours_us = g_new(double, rounds);
	g_autofree double *plain_us = g_new(double, rounds);
	g_autofree double *cpu = g_new(double, rounds);
	g_autofree double *wall = g_new(double, rounds);
	Clock ours, plain;

	ask_round(looks, ask, true, &ours, &plain); /* to warm up */
	for (size_t i = 0; i < rounds; i++) {
		ask_round(looks, ask, i % 2 == 0, &ours, &plain);
		ours_us[i] = ours.cpu;
		plain_us[i] = plain.cpu;
		cpu[i] = ours.cpu / plain.cpu;
		wall[i] = ours.wall / plain.wall;
	}
	printf("%-30s%15.2f%15.2f%15.2f%15.2f\n", asks[ask].name, median(ours_us, rounds),
	       median(plain_us, rounds), median(cpu, rounds), median(wall, rounds));
}

/* All of it into the system's memory, as of files that are in use. */
static void
warm(const char *path)
{
	FILE *file = fopen(path, "r");
	char bytes[1 << 16];

	if (file == NULL)
		crowd_die(path, "cannot be read");
	while (fread(bytes, 1, sizeof(bytes), file) > 0)
		continue;
	fclose(file);
}

static void
bench_look(const Place *place, const Crowd *crowd, size_t count, size_t rounds)
{
	Assessor *assessor;
	sqlite3 *plain;
	Looks looks = { .crowd = crowd, .count = count };

	fill_store(place, crowd);
	crowd_fill_plain(crowd, place->plain);
	warm(place->store);
	warm(place->plain);
	assessor = open_assessor(place, "yes", STORE_SERVE);
	plain = plain_open(place->plain);
	looks.store = assessor_store(assessor);
	looks.rules = assessor_rules(assessor);
	looks.row = plain_prepare(
	    plain, "SELECT name FROM person WHERE owner = ?1 AND address = ?2");
	looks.random = g_rand_new_with_seed(1);
	looks.questions = g_new0(Question, count);

	printf("%-30s%15s%15s%15s%15s\n", "relation / plain look-up", "CPU us",
	       "plain CPU us", "ratio of CPU", "ratio of wall");
	for (Ask ask = 0; ask < ASK_LAST; ask++)
		look_for(&looks, ask, rounds);

	g_free(looks.questions);
	g_rand_free(looks.random);
	sqlite3_finalize(looks.row);
	sqlite3_close(plain);
	assessor_unref(assessor);
}

/* A mail as a person's program sends it; every other one answers another. */
static const struct {
	const char *name, *value;
	bool is_answer;
} fields[] = {
	{ "Received",
	  "from [192.0.2.7] (client.example.net [192.0.2.7])\n"
	  "\tby mx.example.net (Postfix) with ESMTPSA id 4ZkT7c0Wl2z9;\n"
	  "\tTue, 04 Feb 2025 08:00:02 +0000 (UTC)",
	  false },
	{ "Message-ID", "<5f0c2b7e-77d1-4b2e-9a34-2f6d1c1b8f10@example.net>", false },
	{ "Date", "Tue, 4 Feb 2025 09:00:01 +0100", false },
	{ "MIME-Version", "1.0", false },
	{ "User-Agent", "Mozilla Thunderbird", false },
	{ "Subject", "The minutes of the meeting", false },
	{ "Content-Language", "en-GB", false },
	{ "Content-Type", "text/plain; charset=UTF-8; format=flowed", false },
	{ "Content-Transfer-Encoding", "7bit", false },
	{ "In-Reply-To", "<20250203170512.GA4711@mail.example.org>", true },
	{ "References",
	  "<20250203091500.GA4623@mail.example.org>\n"
	  " <20250203170512.GA4711@mail.example.org>",
	  true },
};

static void
send_mail(Session *session, Assessor *assessor, const Figure *to, bool is_answer,
	  gint64 now)
{
	g_auto(Report) report = { 0 };
	Sender sender = { .login = to->owner, .address = to->owner };
	char named[sizeof(to->name) + sizeof(to->address)];
	g_autoptr(GError) error = NULL;
	g_autoptr(Edits) edits = NULL;
	g_autoptr(LogRecord) told = NULL;

	g_snprintf(named, sizeof(named), "%s <%s>", to->name, to->address);
	session_begin(session, assessor, &sender);
	session_recipient(session, to->address, RECIPIENT_AWAY);
	session_field(session, "From", to->owner);
	session_field(session, "To", named);
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (is_answer || !fields[i].is_answer)
			session_field(session, fields[i].name, fields[i].value);
	session_head_done(session);
	edits = session_end(session, now, &report);
	if (!session_remember(session, now, &told, &error))
		crowd_die("session_remember", error->message);
	session_reset(session);
}

typedef enum { MAIL_UNLEARNT, MAIL_KNOWN, MAIL_NEW, MAIL_LAST } Mail;

typedef struct {
	const Crowd *crowd;
	Assessor *learns, *learns_not;
	GRand *random;
	guint32 next; /* number of somebody new */
	gint64 now;
	size_t count;
} Mails;

static Clock
send_all(Mails *mails, Mail mail)
{
	g_autoptr(Session) session = session_new(NULL);
	g_autofree Figure *to = g_new(Figure, mails->count);
	Assessor *assessor = mail == MAIL_UNLEARNT ? mails->learns_not : mails->learns;
	Clock start;

	for (size_t i = 0; i < mails->count; i++)
		figure_init(&to[i], mails->crowd,
			    mail == MAIL_NEW
				? mails->next++
				: draw(mails->random, 0, mails->crowd->people));
	start = clock_start();
	for (size_t i = 0; i < mails->count; i++)
		send_mail(session, assessor, &to[i], i % 2 == 0, mails->now++);

	return clock_stop(start, mails->count);
}

static void
print_learnt(const char *name, double *cpu, double *wall, size_t rounds)
{
	printf("%-30s%15.1f%15.1f\n", name, median(cpu, rounds), median(wall, rounds));
}

/* What each kind of mail costs more than one of which nothing is learnt. */
static void
send_rounds(Mails *mails, size_t rounds)
{
	g_autofree double *cpu = g_new(double, rounds *MAIL_LAST);
	g_autofree double *wall = g_new(double, rounds *MAIL_LAST);
	static const char *const names[MAIL_LAST] = { "learn = no",
						      "to somebody known: more",
						      "to somebody new: more" };

	for (Mail mail = 0; mail < MAIL_LAST; mail++)
		(void)send_all(mails, mail); /* to warm up */
	for (size_t i = 0; i < rounds; i++) {
		Clock plain = send_all(mails, MAIL_UNLEARNT);

		cpu[i] = plain.cpu;
		wall[i] = plain.wall;
		for (Mail mail = MAIL_KNOWN; mail < MAIL_LAST; mail++) {
			Clock clock = send_all(mails, mail);

			cpu[mail * rounds + i] = clock.cpu - plain.cpu;
			wall[mail * rounds + i] = clock.wall - plain.wall;
		}
	}
	for (Mail mail = 0; mail < MAIL_LAST; mail++)
		print_learnt(names[mail], cpu + mail * rounds, wall + mail * rounds,
			     rounds);
}

static void
bench_learn(const Place *place, const Crowd *crowd, size_t count, size_t rounds)
{
	Mails mails = {
		.crowd = crowd, .next = crowd->people, .now = NOW, .count = count
	};

	fill_store(place, crowd);
	mails.learns_not = open_assessor(place, "no", STORE_SERVE);
	mails.learns = open_assessor(place, "yes", STORE_SERVE);
	mails.random = g_rand_new_with_seed(2);
	printf("%-30s%15s%15s\n", "mail that goes out", "CPU us/mail", "wall us/mail");
	send_rounds(&mails, rounds);
	g_rand_free(mails.random);
	assessor_unref(mails.learns);
	assessor_unref(mails.learns_not);
}

/* Somebody who serves mail, meanwhile. */
typedef struct {
	const LearnRules *rules;
	const Networks *networks;
	Store *store;
	const Crowd *crowd;
	guint32 next;
	gint ends;     /* atomic */
	GArray *waits; /* of double, milliseconds */
	size_t refused;
} Rival;

static Contact
contact_of(const Figure *figure, Source source, gint64 seen)
{
	Contact contact;

	contact_init(&contact, source);
	contact.seen = seen;
	contact_set_name(&contact, figure->name);
	contact_add_address(&contact, figure->address);
	if (source == SOURCE_SENT)
		return contact;
	contact_set_company(&contact, figure->company);
	contact_add_url(&contact, figure->profile);

	return contact;
}

static gpointer
run_rival(gpointer data)
{
	Rival *rival = data;

	while (g_atomic_int_get(&rival->ends) == 0) {
		Figure figure;
		g_auto(Contact) contact = { 0 };
		g_autoptr(GError) error = NULL;
		Learnt learnt;
		gint64 start;
		double wait;

		figure_init(&figure, rival->crowd, rival->next++);
		contact = contact_of(&figure, SOURCE_SENT, NOW);
		networks_find_profiles(rival->networks, &contact);
		start = g_get_monotonic_time();
		if (!learn_contacts(rival->store, rival->rules, "rival@example.net",
				    &contact, 1, NOW, &learnt, &error))
			rival->refused++;
		wait = (double)(g_get_monotonic_time() - start) / 1e3;
		g_array_append_val(rival->waits, wait);
		g_usleep(3000);
	}

	return NULL;
}

/* An address book on its way into the store. */
typedef struct {
	Store *store;
	const LearnRules *rules;
	const Networks *networks;
	const char *owner;
	Contact contacts[LEARN_BATCH];
	size_t count;
	size_t learnt;
} Import;

static void
learn_batch(Import *import)
{
	Learnt results[LEARN_BATCH];
	g_autoptr(GError) error = NULL;

	if (!learn_contacts(import->store, import->rules, import->owner, import->contacts,
			    import->count, NOW, results, &error))
		crowd_die("learn_contacts", error->message);
	for (size_t i = 0; i < import->count; i++)
		contact_clear(&import->contacts[i]);
	import->learnt += import->count;
	import->count = 0;
}

/* A ContactTake. */
static void
take_card(void *context, const Contact *card, size_t line, const char *trouble)
{
	Import *import = context;
	Contact *contact = &import->contacts[import->count++];

	(void)line;
	if (card == NULL)
		crowd_die("vcard_read", trouble);
	contact_init(contact, SOURCE_CONTACT);
	contact_set_name(contact, card->name);
	contact_set_company(contact, card->company);
	for (size_t i = 0; i < card->addresses->len; i++)
		contact_add_address(contact, card->addresses->pdata[i]);
	for (size_t i = 0; i < card->urls->len; i++)
		contact_add_url(contact, card->urls->pdata[i]);
	networks_find_profiles(import->networks, contact);
	if (import->count == LEARN_BATCH)
		learn_batch(import);
}

static GString *
cards_of(const Crowd *crowd)
{
	GString *cards = g_string_new(NULL);

	for (guint32 i = 0; i < crowd->people; i++) {
		Figure figure;
		g_auto(Contact) contact = { 0 };

		figure_init(&figure, crowd, i);
		contact = contact_of(&figure, SOURCE_CONTACT, 0);
		vcard_write(cards, &contact);
	}

	return cards;
}

static void
import_all(const char *name, Import *import, const GString *cards, size_t count)
{
	Clock clock = clock_start();

	import->learnt = 0;
	vcard_read(cards->str, cards->len, take_card, import);
	learn_batch(import);
	clock = clock_stop(clock, 1000000);
	if (import->learnt != count)
		crowd_die(name, "some contacts are missing");
	printf("%-30s%15.2f%15.2f\n", name, clock.cpu, clock.wall);
}

static void
import_beside(Import *import, const GString *cards, size_t count, Rival *rival)
{
	GThread *thread = g_thread_new("rival", run_rival, rival);
	const GArray *waits = rival->waits;
	double middle;

	import_all("while somebody serves", import, cards, count);
	g_atomic_int_set(&rival->ends, 1);
	g_thread_join(thread);
	if (waits->len == 0)
		return;
	middle = median((double *)waits->data, waits->len);
	printf("%-30s%15s%15s%15s%15s\n", "who serves waits", "median ms", "most ms",
	       "writes", "refused");
	printf("%-30s%15.2f%15.2f%15u%15zu\n", "", middle,
	       g_array_index(waits, double, waits->len - 1), waits->len, rival->refused);
}

static void
bench_import(const Place *place, const Crowd *crowd)
{
	Assessor *works = open_assessor(place, "yes", STORE_WORK);
	Assessor *serves = open_assessor(place, "yes", STORE_SERVE);
	g_autoptr(GArray) waits = g_array_new(FALSE, FALSE, sizeof(double));
	Rival rival = { .rules = assessor_rules(serves),
			.networks = assessor_networks(serves),
			.store = assessor_store(serves),
			.crowd = crowd,
			.next = crowd->people,
			.waits = waits };
	Import import = { .store = assessor_store(works),
			  .rules = assessor_rules(works),
			  .networks = assessor_networks(works),
			  .owner = "first@example.net" };
	GString *cards = cards_of(crowd);

	printf("%-30s%15s%15s\n", "import of vCards", "CPU s", "wall s");
	import_all("new ones", &import, cards, crowd->people);
	import_all("the same once more", &import, cards, crowd->people);
	import.owner = "second@example.net";
	import_beside(&import, cards, crowd->people, &rival);
	g_string_free(cards, TRUE);
	assessor_unref(serves);
	assessor_unref(works);
}

static int
usage(void)
{
	fprintf(stderr, "usage: bench_people look PEOPLE OWNERS LOOKUPS ROUNDS\n"
			"       bench_people learn PEOPLE OWNERS MAILS ROUNDS\n"
			"       bench_people import CONTACTS\n");

	return 2;
}

int
main(int argc, char **argv)
{
	size_t numbers[4] = { 0 };
	Crowd crowd;
	Place place;

	for (int i = 2; i < argc && i < 6; i++)
		numbers[i - 2] = strtoul(argv[i], NULL, 10);
	if (argc < 3 || numbers[0] < 1 || numbers[0] > CROWD_MAX / 4 ||
	    argc != (g_str_equal(argv[1], "import") ? 3 : 6))
		return usage();
	crowd = (Crowd){ (guint32)numbers[0], (guint32)MAX(numbers[1], 1) };
	message_init();
	place_init(&place);
	if (g_str_equal(argv[1], "look"))
		bench_look(&place, &crowd, MAX(numbers[2], 1), MAX(numbers[3], 1));
	else if (g_str_equal(argv[1], "learn"))
		bench_learn(&place, &crowd, MAX(numbers[2], 1), MAX(numbers[3], 1));
	else if (g_str_equal(argv[1], "import"))
		bench_import(&place, &crowd);
	place_remove(&place);

	return 0;
}

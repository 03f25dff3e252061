/* SPDX-License-Identifier: BSD-2-Clause */
/* check_lesson.c - does what an owner says of a note hold for the next one like it? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "requests/requests.h"
#include "people/expire.h"
#include "people/lesson.h"

#define OTHER "joost@example.net"
#define DAY   (24 * 3600)

/* One recruiter's template, sent by several people. */
#define TEMPLATE                                                                         \
	"Hi %s, I lead a small studio that paints murals for offices in old harbours. "  \
	"Would a wall of yours like some colour before the summer begins? %s"

/* Fails with what the store says. */
#define must(call)                                                                       \
	do {                                                                             \
		g_autoptr(GError) error = NULL;                                          \
		bool is_well = (call);                                                   \
                                                                                         \
		ck_assert_msg(is_well, "%s", error != NULL ? error->message : "");       \
	} while (0)

static bool
listen_to(void *context, const char *line)
{
	g_string_append(context, line);

	return true;
}

static GString *
invitation(const char *inviter, const char *greeted)
{
	g_autofree char *note = g_strdup_printf(TEMPLATE, greeted, inviter);
	g_autofree char *body =
	    g_strdup_printf("%s\r\n\r\n%s\r\n\r\nAccept:\r\n"
			    "https://www.linkedin.com/comm/people/invite-accept?x=1\r\n",
			    inviter, note);

	return fixture_invitation(inviter, body);
}

/* What the owner's request about a mail is answered. */
static char *
teach(Assessor *assessor, const char *owner, const char *class, const GString *mail)
{
	const AccessClient client = { owner, false };
	g_autofree char *text = g_base64_encode((const guchar *)mail->str, mail->len);
	g_autofree char *request = g_strdup_printf(
	    "{\"do\":\"teach\",\"class\":\"%s\",\"mail\":\"%s\"}", class, text);
	g_autoptr(GString) got = g_string_new(NULL);

	requests_answer(assessor_store(assessor), assessor, &client, request, FIXTURE_NOW,
			listen_to, got);

	return g_strdup(got->str);
}

static void
check_taught(Assessor *assessor, const char *owner, const char *class,
	     const GString *mail, const char *want)
{
	g_autofree char *got = teach(assessor, owner, class, mail);

	ck_assert_msg(g_str_equal(got, want), "%s, %s: got %s, want %s", owner, class,
		      got, want);
}

/* class NULL: whatever its words say, for nobody taught it. */
static void
check_judged(Assessor *assessor, const char *owner, const char *class,
	     const GString *mail)
{
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, owner);
	const GPtrArray *reasons = assessment->note->reasons;
	g_autofree char *want = g_strconcat("learned:owner ", class, NULL);
	bool is_told = false;

	for (size_t i = 0; i < reasons->len; i++)
		is_told |= g_str_has_prefix(reasons->pdata[i], want);
	/* It decided, so it is told before what the words say. */
	ck_assert_msg(class != NULL
			  ? reasons->len > 0 && g_str_equal(reasons->pdata[0], want)
			  : !is_told,
		      "%s: %s%s", owner,
		      class != NULL ? "not told first: " : "told without ", want);
	ck_assert_msg(class == NULL ||
			  g_str_equal(note_class_name(assessment->note->class), class),
		      "%s: got %s, want %s", owner,
		      note_class_name(assessment->note->class), class);
}

START_TEST(a_template_has_the_class_that_its_owner_taught)
{
	static const char *const classes[] = { "pitch", "vague", "personal" };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) one = invitation("Kwabena Osei-Tutu", "Marieke"),
			   other = invitation("Ingeborg Aalto", "Ms Duivenvoorde");

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	check_judged(assessor, FIXTURE_OWNER, NULL, other);
	for (size_t i = 0; i < G_N_ELEMENTS(classes); i++) {
		check_taught(assessor, FIXTURE_OWNER, classes[i], one,
			     "{\"taught\":\"new\"}");
		check_taught(assessor, FIXTURE_OWNER, classes[i], other,
			     "{\"taught\":\"known already\"}");
		check_judged(assessor, FIXTURE_OWNER, classes[i], other);
		check_judged(assessor, OTHER, NULL, other);
	}
	check_taught(assessor, OTHER, "undo", one,
		     "{\"untaught\":\"no note like it was taught\"}");
	check_judged(assessor, FIXTURE_OWNER, "personal", one);
	check_taught(assessor, FIXTURE_OWNER, "undo", other, "{\"taught\":\"undone\"}");
	check_judged(assessor, FIXTURE_OWNER, NULL, one);
}
END_TEST

/* The owner has read the mail, though nobody of ours has read the network's. */
START_TEST(a_pitch_that_was_taught_is_spammy_at_any_network)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail("xing/request-de-note.eml");
	g_autoptr(Assessment) assessment = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	check_taught(assessor, FIXTURE_OWNER, "pitch", mail, "{\"taught\":\"new\"}");
	assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	ck_assert(!assessment->network->is_seen);
	ck_assert_str_eq(verdict_name(assessment->verdict), "spammy");
}
END_TEST

static const struct {
	const char *mail, *class, *want;
} untaught[] = {
	{ "ordinary/plain.eml", "pitch", "{\"untaught\":\"no invitation\"}" },
	{ "linkedin/forged-look-alike-domain.eml", "personal",
	  "{\"untaught\":\"forged\"}" },
	{ "linkedin/guest-2010-default.eml", "pitch",
	  "{\"untaught\":\"its note has too few own words to be known again\"}" },
	{ "linkedin/member-2025-pitch-software.eml", "default",
	  "{\"error\":\"teach what? A note is personal, vague or pitch; or undo\"}" },
	{ "linkedin/member-2025-pitch-software.eml", "",
	  "{\"error\":\"teach what? A note is personal, vague or pitch; or undo\"}" },
};

START_TEST(what_teaches_nothing_says_why)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(untaught[_i].mail);
	g_autoptr(GArray) lessons = NULL;

	assessor_set_store(assessor, fixture_store(STORE_SERVE, NULL));
	check_taught(assessor, FIXTURE_OWNER, untaught[_i].class, mail,
		     untaught[_i].want);
	must(store_lessons(assessor_store(assessor), FIXTURE_OWNER, &lessons, &error));
	ck_assert_uint_eq(lessons->len, 0);
}
END_TEST

/* One that is near no other: its words are those of no other number. */
static FingerprintSketch
sketch_of(size_t number)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(PlainText) plain = { 0 };
	FingerprintSketch sketch;

	for (char c = 'a'; c < 'm'; c++) {
		g_string_append_printf(text, "%c", c);
		for (size_t n = number + 1; n > 0; n /= 26)
			g_string_append_c(text, (char)('a' + n % 26));
		g_string_append_c(text, ' ');
	}
	plain_text_init(&plain, text->str);

	fingerprint_sketch_init(&sketch, &plain, NULL);

	return sketch;
}

static char *
taught(Store *store, size_t number, gint64 since)
{
	g_auto(FingerprintSketch) sketch = sketch_of(number);
	char *class = NULL;

	must(lesson_find(store, FIXTURE_OWNER, &sketch, since, &class, &error));

	return class;
}

START_TEST(a_new_lesson_takes_the_place_of_the_oldest)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *first = NULL, *second = NULL, *last = NULL;
	g_autoptr(GArray) lessons = NULL;

	for (size_t i = 0; i <= LESSON_MAX_COUNT; i++) {
		g_auto(FingerprintSketch) sketch = sketch_of(i);
		bool is_new;

		must(lesson_teach(store, FIXTURE_OWNER, fingerprint_of_sketch(&sketch),
				  "pitch", FIXTURE_NOW + (gint64)i, &is_new, &error));
		ck_assert_msg(is_new, "%zu is like another", i);
	}
	must(store_lessons(store, FIXTURE_OWNER, &lessons, &error));
	ck_assert_uint_eq(lessons->len, LESSON_MAX_COUNT);
	first = taught(store, 0, 0);
	second = taught(store, 1, 0);
	last = taught(store, LESSON_MAX_COUNT, 0);
	ck_assert_ptr_null(first);
	ck_assert_str_eq(second, "pitch");
	ck_assert_str_eq(last, "pitch");
}
END_TEST

START_TEST(lessons_go_with_the_people_of_their_owner)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(Settings) settings = fixture_settings("[people]\nkeep = 30\n");
	g_autofree char *old = NULL, *before = NULL, *kept = NULL, *gone = NULL;
	g_auto(FingerprintSketch) first = sketch_of(0), second = sketch_of(1);
	bool is_new;

	must(lesson_teach(store, FIXTURE_OWNER, fingerprint_of_sketch(&first), "pitch",
			  FIXTURE_NOW - 31 * DAY, &is_new, &error));
	must(lesson_teach(store, FIXTURE_OWNER, fingerprint_of_sketch(&second), "vague",
			  FIXTURE_NOW - 29 * DAY, &is_new, &error));
	before = taught(store, 0, 0);
	ck_assert_str_eq(before, "pitch");
	/* It counts no longer, even before it goes. */
	old = taught(store, 0, FIXTURE_NOW - 30 * DAY);
	ck_assert_ptr_null(old);
	must(expire_store(store, settings, FIXTURE_NOW, &error));
	gone = taught(store, 0, 0);
	kept = taught(store, 1, 0);
	ck_assert_ptr_null(gone);
	ck_assert_str_eq(kept, "vague");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lesson");
	TCase *lesson = tcase_create("lesson");

	tcase_add_test(lesson, a_template_has_the_class_that_its_owner_taught);
	tcase_add_test(lesson, a_pitch_that_was_taught_is_spammy_at_any_network);
	tcase_add_loop_test(lesson, what_teaches_nothing_says_why, 0,
			    G_N_ELEMENTS(untaught));
	tcase_add_test(lesson, a_new_lesson_takes_the_place_of_the_oldest);
	tcase_add_test(lesson, lessons_go_with_the_people_of_their_owner);
	suite_add_tcase(suite, lesson);
	fixture_load();

	return fixture_run(suite);
}

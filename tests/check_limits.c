/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_limits.c - do mails beyond a limit of all of them pass, and are limits
 * documented?
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "sources.h"

#define MAIL   "linkedin/member-2024-default.eml"
#define MANUAL "man/invite-milter.8"
#define MEMORY "[limits]\nmemory = 1048576\n"

static const Sender anybody = { .address = "<a@example.org>" };

/* A session in which all of the mail but its end was sent. */
static Session *
session_of(Assessor *assessor, Budget *budget, const GString *mail)
{
	Session *session = session_new(budget);

	session_begin(session, assessor, &anybody);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	session_field(session, "Invite-Verdict", "accept");
	fixture_send(session, mail);

	return session;
}

/* An invitation that is filled up to so many bytes. */
static GString *
large_mail(size_t length)
{
	GString *mail = fixture_mail(MAIL);

	while (mail->len < length)
		g_string_append(mail, "It is filled up by this line.\r\n");

	return mail;
}

static size_t
count_edits(const Edits *edits, EditKind kind)
{
	size_t count = 0;

	for (guint i = 0; i < edits->fields->len; i++)
		count += g_array_index(edits->fields, Edit, i).kind == kind;

	return count;
}

static void
check_end(Session *session, SessionBeyond beyond, bool is_judged, const char *what)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Edits) edits = session_end(session, FIXTURE_NOW, &report);

	ck_assert_msg(session_beyond(session) == beyond, "%s: got limit %d, want %d",
		      what, session_beyond(session), beyond);
	ck_assert_msg((report.summary != NULL) == is_judged, "%s: %s", what,
		      is_judged ? "not judged" : fixture_summary(&report));
	ck_assert_msg((count_edits(edits, EDIT_INSERT) > 0) == is_judged,
		      "%s: %zu fields", what, count_edits(edits, EDIT_INSERT));
	ck_assert_msg(count_edits(edits, EDIT_DELETE) == 1,
		      "%s: the sender's field stays", what);
}

START_TEST(a_mail_that_finds_no_memory_passes_unjudged)
{
	g_autoptr(Assessor) assessor = fixture_assessor(MEMORY);
	g_autoptr(Budget) budget = budget_new();
	g_autoptr(GString) mail = large_mail(300 * 1024);
	g_autoptr(Session) first = session_of(assessor, budget, mail);
	g_autoptr(Session) second = session_of(assessor, budget, mail);
	g_autoptr(Session) third = NULL;

	check_end(second, SESSION_BEYOND_MEMORY, false, "second");
	check_end(first, SESSION_WITHIN, true, "first");
	session_reset(first);
	third = session_of(assessor, budget, mail);
	check_end(third, SESSION_WITHIN, true, "third");
}
END_TEST

/* Fields and recipients take memory as well. */
START_TEST(what_comes_before_the_body_is_counted)
{
	g_autoptr(Assessor) assessor = fixture_assessor(MEMORY);
	g_autoptr(Budget) budget = budget_new();
	g_autoptr(Session) session = session_new(budget);
	g_autofree char *text = g_strnfill(600, 'a');
	g_autofree char *recipient = g_strconcat("<", text, "@example.net>", NULL);

	session_begin(session, assessor, &anybody);
	for (size_t i = 0; i < 400; i++)
		session_recipient(session, recipient, RECIPIENT_LOCAL);
	ck_assert_int_eq(session_beyond(session), SESSION_BEYOND_MEMORY);
	session_begin(session, assessor, &anybody);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	ck_assert_int_eq(session_beyond(session), SESSION_WITHIN);
	for (size_t i = 0; i < 300; i++)
		session_field(session, "X-Filler", text);
	ck_assert_int_eq(session_beyond(session), SESSION_WITHIN);
	ck_assert(budget_keep(budget, 500 * 1024, 1024 * 1024));
	ck_assert(!budget_keep(budget, 500 * 1024, 1024 * 1024));
}
END_TEST

START_TEST(a_connection_beyond_the_limit_has_no_mail_judged)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = fixture_mail(MAIL);

	session_begin(session, assessor, &anybody);
	session_pass(session, SESSION_BEYOND_CONNECTIONS);
	session_recipient(session, FIXTURE_OWNER, RECIPIENT_LOCAL);
	session_field(session, "Invite-Verdict", "accept");
	ck_assert_int_eq(fixture_send(session, mail), SESSION_SKIP);
	check_end(session, SESSION_BEYOND_CONNECTIONS, false, "no place");
	session_begin(session, assessor, &anybody);
	ck_assert_int_eq(session_beyond(session), SESSION_WITHIN);
}
END_TEST

static const struct {
	const char *what;
	const char *settings;
	size_t bytes; /* of the mail */
	unsigned owners;
	SessionBeyond beyond;
} crowds[] = {
	{ "time for all", "[limits]\nmail-time = 60000\n", 0, 20, SESSION_WITHIN },
	{ "no time", "[limits]\nmail-time = 1\n", 400 * 1024, 20, SESSION_BEYOND_TIME },
	{ "much work", "[limits]\nmail-time = 60000\nmail = 4194304\n", 3 * 1024 * 1024,
	  20, SESSION_BEYOND_TIME },
	{ "one owner", "[limits]\nmail-time = 1\nmail = 4194304\n", 3 * 1024 * 1024, 1,
	  SESSION_WITHIN },
};

/* What is over the time is said of the mail without asking for anybody's people. */
START_TEST(a_mail_to_many_takes_no_longer_than_it_may)
{
	g_auto(Report) report = { 0 };
	g_autoptr(Assessor) assessor = fixture_assessor(crowds[_i].settings);
	g_autoptr(Session) session = session_new(NULL);
	g_autoptr(GString) mail = large_mail(crowds[_i].bytes);
	g_autoptr(Edits) edits = NULL;
	bool is_unknown;

	session_begin(session, assessor, &anybody);
	for (unsigned i = 0; i < crowds[_i].owners; i++) {
		g_autofree char *owner = g_strdup_printf("<owner%u@example.net>", i);

		session_recipient(session, owner, RECIPIENT_LOCAL);
	}
	fixture_send(session, mail);
	edits = session_end(session, FIXTURE_NOW, &report);
	ck_assert_msg(session_beyond(session) == crowds[_i].beyond, "%s: got limit %d",
		      crowds[_i].what, session_beyond(session));
	ck_assert_msg(report.summary != NULL, "%s: not judged", crowds[_i].what);
	is_unknown = strstr(fixture_summary(&report), "relation=unknown") != NULL;
	ck_assert_msg(is_unknown == (crowds[_i].beyond == SESSION_BEYOND_TIME),
		      "%s: got %s", crowds[_i].what, fixture_summary(&report));
	ck_assert_uint_gt(count_edits(edits, EDIT_INSERT), 0);
}
END_TEST

/*
 * Constants that no sender meets: of data files, of settings, of tables; and numbers
 * by which a text is told from another, and which cost nothing.
 */
static const char *const not_limits[] = {
	"DIGEST_WORDS_TEXT_MAX",
	"EDIT_DISTANCE_MAX_WORD",
	"EDIT_DISTANCE_MAX_TEXT",
	"PHRASE_SET_MAX_CHARS",
	"PHRASE_SET_MAX_COUNT",
	"PHRASE_SET_MAX_ALPHABET",
	"SYMBOLS_MAX_COUNT",
	"LETTER_MAX_BYTES",
	"FOLDED_MAX_BYTES",
	"LINE_MAX_COLUMNS",
	"MAX_QP_COLUMN",
	"PREFIX_MAX_LENGTH",
	"REFERENCE_MAX_BYTES",
	"REQUESTS_MAX_MAIL",
	"SHAPE_MAX",
	"FILE_MAX_BYTES",
	"PLACE_MAX_WORDS",
	"WRITTEN_MAX_WORDS",
	"LABEL_MAX_LINES",
	"BANNER_LABEL_MAX",
	"BANNER_TAG_MAX",
	"COUNT_MAX_WORDS",
	"LOST_MAX",
	"MIDDLE_MAX_WORDS",
	"READING_LABEL_MAX_WORDS",
	"COLON_MAX_WORDS",
	"ENDING_MAX",
	"NUMBER_MAX_WORDS",
	"SERVICE_MAX_WORDS",
	"SERVICE_MAX_NAMES",
	"PASS_MAX_WORDS",
	"TOP_MAX_LINES",
	"GREETING_MAX_BYTES",
	"FENCE_MAX_LINES",
	"SHOUT_MAX_BYTES",
	"TEXT_GREETING_MAX_WORDS",
	"SIGNATURE_MAX_WORDS",
	"SIGNED_MAX_WORDS",
	"SIGNED_MAX_LINES",
	"TITLE_MAX_LINES",
	"TITLE_MAX_WORDS",
	"LANGUAGE_MAX_COUNT",
	"LANGUAGE_MAX_SCRIPTS",
	"LANGUAGE_CUE_MAX_WORDS",
	"CUE_SHOWN_MAX",
	"MASK_SHAPE_MAX_WORD",
	"MASK_TEXT_MAX_KEY",
	"MAX_PARTICLE",
	"MAX_SPACELESS",
	"MAX_SPELLED_GAP",
	"SITE_MAX_WEIGHT",
	"SITE_MAX_SUM",
	"DEFAULT_TEXT_MAX_EDITS",
	"RULE_MAX_KINDS",
	"RULE_MAX_STEPS",
	"RULE_MAX_GAP",
	"BESIDE_MAX_WORDS",
	"GREETED_MAX_NAMES",
	"GREETED_MAX_CHARS",
	"STRUCTURAL_MAX_WORDS",
	"STRUCTURAL_MAX_OWN",
	"KIND_MAX",
	"WEAK_MAX",
	"FIELD_MAX",
	"PHONE_MAX_DIGITS",
	"WEIGHTS_MAX_BYTES",
	"ROLE_MAX_COUNT",
	"ROLE_MAX_WORDS",
	"REASONS_MAX",
	"PROGRAM_MAX_BYTES",
	"QUEUE_MAX_LINES",
	"SECRET_MAX",
	"JSON_BOUND_NAME_MAX",
	"REJECT_MAX",
	"INPUT_MAX_LINE",
	"TRUSTED_MAX_BYTES",
	"TRUSTED_MAX_LIST",
	"REPLIES_TEXT_MAX",
	"LOG_PAGES_MAX",
	"NAME_RULE_MAX_BYTES",
	"NAME_RULE_MAX_WORDS",
	"SQLITE_STORE_IDLE_MAX",
	"DEGREE_MAX",
	"MAX_USER",
	NULL,
};

/* Every constant of src/: its name → GPtrArray of how it is written. */
static void
collect(void *context, const char *file, const char *text)
{
	GHashTable *constants = context;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	/* What only a user's own files and commands meet. */
	if (g_str_has_prefix(file, "ctl/"))
		return;
	for (char **line = lines; *line != NULL; line++) {
		g_auto(GStrv) words = g_strsplit_set(*line, " \t", 3);
		char *value = words[0] != NULL && words[1] != NULL ? words[2] : NULL;
		GPtrArray *values;

		if (g_strcmp0(words[0], "#define") != 0 || value == NULL)
			continue;
		values = g_hash_table_lookup(constants, words[1]);
		if (values == NULL) {
			values = g_ptr_array_new_with_free_func(g_free);
			g_hash_table_insert(constants, g_strdup(words[1]), values);
		}
		g_ptr_array_add(values, g_strdup(value));
	}
}

static guint64 number_of(GHashTable *constants, const char *text);

/* A number, another constant, or what stands in parentheses. */
static guint64
factor(GHashTable *constants, const char **at)
{
	g_autofree char *name = NULL;
	GPtrArray *values;
	guint64 number;
	size_t length;
	char *end;

	*at += strspn(*at, " \t(");
	if (g_ascii_isdigit(**at)) {
		number = g_ascii_strtoull(*at, &end, 0);
		*at = end + strspn(end, "UL)");
		return number;
	}
	length = strspn(*at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
	name = g_strndup(*at, length);
	*at += length;
	values = g_hash_table_lookup(constants, name);

	return values != NULL ? number_of(constants, values->pdata[0]) : 0;
}

/* Products and shifts, from the left; 0 for what is no number. */
static guint64
number_of(GHashTable *constants, const char *text)
{
	guint64 number = factor(constants, &text);

	for (;;) {
		text += strspn(text, " \t)");
		if (g_str_has_prefix(text, "<<")) {
			text += 2;
			number <<= factor(constants, &text);
		} else if (*text == '*') {
			text++;
			number *= factor(constants, &text);
		} else {
			return number;
		}
	}
}

static bool
has_number(GHashTable *constants, const char *name, guint64 number)
{
	GPtrArray *values = g_hash_table_lookup(constants, name);

	for (guint i = 0; values != NULL && i < values->len; i++)
		if (number_of(constants, values->pdata[i]) == number)
			return true;

	return false;
}

static GHashTable *
constants_of_source(void)
{
	GHashTable *constants = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						      (GDestroyNotify)g_ptr_array_unref);

	sources_all(collect, constants);

	return constants;
}

static char *
manual(void)
{
	g_autofree char *path = fixture_path("../" MANUAL);
	char *text = NULL;

	ck_assert_msg(g_file_get_contents(path, &text, NULL, NULL), "%s", path);

	return text;
}

static bool
is_limit(const char *name)
{
	g_auto(GStrv) words = g_strsplit(name, "_", -1);

	return g_strv_contains((const char *const *)words, "MAX") &&
	       !g_strv_contains(not_limits, name);
}

START_TEST(the_manual_has_each_limit_with_its_number)
{
	g_autoptr(GHashTable) constants = constants_of_source();
	g_autoptr(GString) faults = g_string_new(NULL);
	g_autofree char *text = manual();
	GHashTableIter all;
	gpointer name, values;
	size_t found = 0;

	g_hash_table_iter_init(&all, constants);
	while (g_hash_table_iter_next(&all, &name, &values)) {
		for (guint i = 0; is_limit(name) && i < ((GPtrArray *)values)->len; i++) {
			const char *written = ((GPtrArray *)values)->pdata[i];
			g_autofree char *row =
			    g_strdup_printf("\n.It Dv %s Ta %" G_GUINT64_FORMAT " Ta ",
					    (char *)name, number_of(constants, written));

			found++;
			if (strstr(text, row) == NULL)
				g_string_append_printf(faults, "%s", row);
		}
	}
	ck_assert_uint_gt(found, 50);
	ck_assert_msg(faults->len == 0, MANUAL " lacks:%s", faults->str);
}
END_TEST

START_TEST(the_manual_has_no_other_limit)
{
	g_autoptr(GHashTable) constants = constants_of_source();
	g_autofree char *text = manual();
	g_auto(GStrv) rows = g_strsplit(text, "\n.It Dv ", -1);
	size_t found = 0;

	for (size_t i = 1; rows[i] != NULL; i++) {
		g_auto(GStrv) cells = g_strsplit(rows[i], " Ta ", 3);

		/* Other lists have a name of another kind there. */
		if (g_strv_length(cells) != 3)
			continue;
		found++;
		ck_assert_msg(
		    has_number(constants, cells[0], g_ascii_strtoull(cells[1], NULL, 10)),
		    MANUAL ": no %s of %s in src/", cells[0], cells[1]);
	}
	ck_assert_uint_gt(found, 50);
}
END_TEST

START_TEST(what_is_no_limit_is_in_the_source)
{
	g_autoptr(GHashTable) constants = constants_of_source();

	for (size_t i = 0; not_limits[i] != NULL; i++)
		ck_assert_msg(g_hash_table_contains(constants, not_limits[i]),
			      "no %s in src/", not_limits[i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("limits");
	TCase *mails = tcase_create("mails"), *documents = tcase_create("documents");

	tcase_set_timeout(mails, 60);
	tcase_add_test(mails, a_mail_that_finds_no_memory_passes_unjudged);
	tcase_add_test(mails, what_comes_before_the_body_is_counted);
	tcase_add_test(mails, a_connection_beyond_the_limit_has_no_mail_judged);
	tcase_add_loop_test(mails, a_mail_to_many_takes_no_longer_than_it_may, 0,
			    G_N_ELEMENTS(crowds));
	suite_add_tcase(suite, mails);
	tcase_add_test(documents, the_manual_has_each_limit_with_its_number);
	tcase_add_test(documents, the_manual_has_no_other_limit);
	tcase_add_test(documents, what_is_no_limit_is_in_the_source);
	suite_add_tcase(suite, documents);
	fixture_load();

	return fixture_run(suite);
}

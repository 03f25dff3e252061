/* SPDX-License-Identifier: BSD-2-Clause */
/* check_log.c - is each line whole, harmless, and only there when it is wanted? */

#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"

#define THREADS 8
#define LINES   500

/* Each test runs in a process of its own, so standard error is ours to take. */
static int
take_stderr(void)
{
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_ge(dup2(ends[1], STDERR_FILENO), 0);
	close(ends[1]);

	return ends[0];
}

static char *
read_all(int fd)
{
	GString *text = g_string_new(NULL);
	char bytes[4096];
	ssize_t length;

	close(STDERR_FILENO);
	while ((length = read(fd, bytes, sizeof(bytes))) > 0)
		g_string_append_len(text, bytes, length);
	close(fd);

	return g_string_free(text, FALSE);
}

/* What is there already; others may write on. */
static char *
read_some(int fd)
{
	char bytes[4096];
	ssize_t length = read(fd, bytes, sizeof(bytes));

	return g_strndup(bytes, length > 0 ? (size_t)length : 0);
}

static const struct {
	const char *text;
	const char *want;
} lines[] = {
	{ "4XyZ: verdict=known", "check: 4XyZ: verdict=known\n" },
	{ "two\nlines\r\n", "check: two?lines??\n" },
	{ "bell\a, escape\033[2J, delete\x7f", "check: bell?, escape?[2J, delete?\n" },
	{ "next line \xc2\x85 and \xc2\xa0 space",
	  "check: next line ? and \xc2\xa0 space\n" },
	{ "from right \xe2\x80\xae to left", "check: from right ? to left\n" },
	{ "J\xc3\xbcrgen", "check: J\xc3\xbcrgen\n" },
	{ "cut off \xc2", "check: cut off \xef\xbf\xbd\n" },
	{ "100%s", "check: 100%s\n" },
};

START_TEST(control_characters_never_reach_a_log)
{
	int fd = take_stderr();
	g_autofree char *got = NULL;

	log_open("check", "stderr", "info");
	log_info("%s", lines[_i].text);
	got = read_all(fd);
	ck_assert_str_eq(got, lines[_i].want);
}
END_TEST

/* What a line of JSON says after its time; the object, parsed, is checked, too. */
static char *
read_json(int fd)
{
	static const char start[] = "{\"time\":\"2026-11-29T20:24:50.123Z\",";
	g_autofree char *got = read_all(fd);
	g_autoptr(JsonObject) object = NULL;

	ck_assert_msg(g_str_has_suffix(got, "}\n"), "got %s", got);
	ck_assert_ptr_null(memchr(got, '\n', strlen(got) - 1));
	object = json_read(got);
	ck_assert_msg(object != NULL, "no object: %s", got);
	ck_assert_msg(g_regex_match_simple("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"
					   "\\.\\d{3}Z$",
					   json_text(object, "time"), 0, 0),
		      "got %s", got);

	return g_strdup(got + strlen(start));
}

static void
say_words(const char *words)
{
	log_info("%s", words);
}

static void
say_trouble(const char *words)
{
	log_mail(LOG_AT_ERROR, "4XyZ", "%s", words);
}

static void
say_pairs(const char *value)
{
	g_autoptr(LogRecord) record = log_record_new("learnt");

	log_record_add(record, "a", value);
	log_record_add_quoted(record, "b", value);
	log_record_add_number(record, "c", 12);
	log_record(LOG_AT_INFO, "-", record);
}

static const struct {
	void (*say)(const char *text);
	const char *text;
	const char *as_text, *as_json;
} records[] = {
	{ say_words, "two\nlines", "check: two?lines\n",
	  "\"level\":\"info\",\"message\":\"two?lines\"}\n" },
	{ say_words, "a \"b\" \\ \xc2 J\xc3\xbcrgen \xe2\x80\xae",
	  "check: a \"b\" \\ \xef\xbf\xbd J\xc3\xbcrgen ?\n",
	  "\"level\":\"info\",\"message\":\"a \\\"b\\\" \\\\ \xef\xbf\xbd "
	  "J\xc3\xbcrgen ?\"}\n" },
	{ say_trouble, "why", "check: 4XyZ: why\n",
	  "\"level\":\"error\",\"id\":\"4XyZ\",\"trouble\":\"why\"}\n" },
	{ say_pairs, "x", "check: -: learnt a=x b=\"x\" c=12\n",
	  "\"level\":\"info\",\"message\":\"learnt\",\"a\":\"x\",\"b\":\"x\",\"c\":12}"
	  "\n" },
};

START_TEST(text_and_json_say_the_same)
{
	int fd = take_stderr();
	g_autofree char *got = NULL;

	log_open("check", "stderr", "info");
	log_set_format(_i % 2 == 0 ? "text" : "json");
	records[_i / 2].say(records[_i / 2].text);
	got = _i % 2 == 0 ? read_all(fd) : read_json(fd);
	ck_assert_str_eq(got,
			 _i % 2 == 0 ? records[_i / 2].as_text : records[_i / 2].as_json);
}
END_TEST

/* Each takes more of a line than it has bytes, or has several. */
static const char *const fillers[] = {
	"x", "\"", "\\", "\xc3\xbc", "\xf0\x9f\x98\x80", "\x01", "\xff"
};

START_TEST(json_that_is_too_long_is_cut_in_its_longest_value)
{
	int fd = take_stderr();
	g_autofree char *got = NULL;
	g_autoptr(LogRecord) record = log_record_new(NULL);
	g_autoptr(GString) longest = g_string_new(NULL);
	g_autoptr(JsonObject) object = NULL;

	while (longest->len < 9000)
		g_string_append(longest, fillers[_i]);
	log_record_add(record, "before", "short");
	log_record_add(record, "long", longest->str);
	log_record_add(record, "after", "as short");
	log_open("check", "stderr", "info");
	log_set_format("json");
	log_record(LOG_AT_INFO, "4XyZ", record);
	got = read_all(fd);
	ck_assert_uint_le(strlen(got), 4001);
	ck_assert_uint_ge(strlen(got), 3900);
	ck_assert(g_utf8_validate(got, -1, NULL));
	object = json_read(got);
	ck_assert_msg(object != NULL, "no object: %s", got);
	ck_assert_str_eq(json_text(object, "before"), "short");
	ck_assert_str_eq(json_text(object, "after"), "as short");
	ck_assert_str_eq(json_text(object, "id"), "4XyZ");
}
END_TEST

/* No value alone makes it too long. */
START_TEST(json_of_many_long_values_is_bounded)
{
	static const char *const keys[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i" };
	int fd = take_stderr();
	g_autofree char *got = NULL, *value = g_strnfill(1000, '"');
	g_autoptr(LogRecord) record = log_record_new(value);
	g_autoptr(JsonObject) object = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		log_record_add(record, keys[i], value);
	log_open("check", "stderr", "info");
	log_set_format("json");
	log_record(LOG_AT_ERROR, value, record);
	got = read_all(fd);
	ck_assert_uint_le(strlen(got), 4001);
	object = json_read(got);
	ck_assert_msg(object != NULL, "no object: %s", got);
	ck_assert(json_has(object, "trouble") && json_has(object, "i"));
}
END_TEST

static const struct {
	const char *level;
	const char *want;
} levels[] = {
	{ "error", "check: e\n" },
	{ "info", "check: e\ncheck: i\n" },
	{ "debug", "check: e\ncheck: i\ncheck: d\n" },
	{ "no level", "check: e\ncheck: i\n" },
};

START_TEST(a_level_holds_back_what_is_below_it)
{
	int fd = take_stderr();
	g_autofree char *got = NULL;

	log_open("check", "stderr", levels[_i].level);
	ck_assert(log_wants(LOG_AT_ERROR));
	log_error("e");
	log_info("i");
	log_debug("d");
	got = read_all(fd);
	ck_assert_msg(strcmp(got, levels[_i].want) == 0, "%s: got %s, want %s",
		      levels[_i].level, got, levels[_i].want);
}
END_TEST

START_TEST(level_and_target_change_when_it_is_opened_again)
{
	int fd = take_stderr();
	g_autofree char *got = NULL;

	log_open("check", "stderr", "error");
	log_info("held back");
	log_open("check", "stderr", "info");
	log_info("seen");
	log_open("check", "syslog", "info");
	log_info("elsewhere");
	log_open("check", "both", "info");
	log_info("both");
	got = read_all(fd);
	ck_assert_str_eq(got, "check: seen\ncheck: both\n");
}
END_TEST

START_TEST(a_long_line_is_cut_between_two_characters)
{
	int fd = take_stderr();
	g_autofree char *got = NULL;
	GString *text = g_string_new("x");

	while (text->len < 9000)
		g_string_append(text, "\xc3\xbc");
	log_open("check", "stderr", "info");
	log_info("%s", text->str);
	got = read_all(fd);
	ck_assert_uint_le(strlen(got), 4096);
	ck_assert_uint_ge(strlen(got), 3900);
	ck_assert(g_utf8_validate(got, -1, NULL));
	ck_assert(g_str_has_suffix(got, "\n"));
	g_string_free(text, TRUE);
}
END_TEST

static void
warn_structured(void)
{
	g_log_structured("GMime", G_LOG_LEVEL_WARNING, "MESSAGE", "%s", "structured");
}

START_TEST(libraries_speak_at_debug_level_only)
{
	int fd = take_stderr();
	g_autofree char *got = NULL;

	log_open("check", "stderr", "info");
	g_log("GMime", G_LOG_LEVEL_CRITICAL, "plain");
	warn_structured();
	log_open("check", "stderr", "debug");
	g_log("GMime", G_LOG_LEVEL_CRITICAL, "plain\n");
	warn_structured();
	got = read_all(fd);
	ck_assert_str_eq(got, "check: GMime: plain?\ncheck: GMime: structured\n");
}
END_TEST

static gpointer
chatter(gpointer letter)
{
	for (size_t i = 0; i < LINES; i++)
		log_info("%s%s%s%s", (char *)letter, (char *)letter, (char *)letter,
			 (char *)letter);

	return NULL;
}

START_TEST(lines_of_many_threads_do_not_mix)
{
	static const char *const letters[THREADS] = { "a", "b", "c", "d",
						      "e", "f", "g", "h" };
	g_autofree char *file = g_strdup("check_log.XXXXXX");
	g_autofree char *got = NULL;
	g_auto(GStrv) rows = NULL;
	GThread *threads[THREADS];
	int fd = mkstemp(file);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_ge(dup2(fd, STDERR_FILENO), 0);
	log_open("check", "stderr", "info");
	for (size_t i = 0; i < THREADS; i++)
		threads[i] = g_thread_new(NULL, chatter, (gpointer)letters[i]);
	for (size_t i = 0; i < THREADS; i++)
		g_thread_join(threads[i]);

	ck_assert(g_file_get_contents(file, &got, NULL, NULL));
	unlink(file);
	rows = g_strsplit(got, "\n", -1);
	ck_assert_uint_eq(g_strv_length(rows), THREADS * LINES + 1);
	for (size_t i = 0; i < THREADS * LINES; i++) {
		const char *row = rows[i];

		ck_assert_msg(strlen(row) == strlen("check: aaaa") && row[7] == row[10] &&
				  g_str_has_prefix(row, "check: "),
			      "line %zu is \"%s\"", i, row);
	}
}
END_TEST

/* A pipe holds 64 kB; what is beyond that would wait for its reader. */
#define TOO_MANY 4000

START_TEST(a_reader_that_stands_still_holds_nobody_up)
{
	int fd = take_stderr();
	g_autofree char *got = NULL;

	log_open("check", "stderr", "info");
	log_start_writer();
	for (int i = 0; i < TOO_MANY; i++)
		log_info("line %d: %060d", i, 0);
	/* Were it to wait for the reader, this test would never end. */
	log_stop_writer();
	log_info("not even directly");
	got = read_some(fd);
	ck_assert(g_str_has_prefix(got, "check: line 0:"));
}
END_TEST

/*
 * A terminal that nobody reads is ready as long as it has room for one character,
 * as a pipe is that another process writes to, too; a line that is longer blocks.
 */
START_TEST(a_write_that_blocks_although_it_was_ready_holds_nobody_up)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY), end;

	if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0 ||
	    (end = open(ptsname(terminal), O_RDWR | O_NOCTTY)) < 0)
		return; /* a machine without terminals */
	ck_assert_int_ge(dup2(end, STDERR_FILENO), 0);
	log_open("check", "stderr", "info");
	log_start_writer();
	/* Were it to write itself, this test would never end. */
	for (int i = 0; i < 100; i++)
		log_info("line %d: %02999d", i, 0);
	log_stop_writer();
	close(terminal);
}
END_TEST

START_TEST(what_was_queued_is_written_in_order_and_losses_are_told)
{
	int fd = take_stderr();
	g_autofree char *got = NULL;
	g_autoptr(GString) wanted = g_string_new(NULL);

	log_open("check", "stderr", "info");
	log_start_writer();
	for (int i = 0; i < 100; i++) {
		log_info("line %d", i);
		g_string_append_printf(wanted, "check: line %d\n", i);
	}
	log_stop_writer();
	log_info("directly");
	g_string_append(wanted, "check: directly\n");
	got = read_all(fd);
	ck_assert_str_eq(got, wanted->str);
}
END_TEST

START_TEST(dropped_lines_are_counted_and_told)
{
	int fd = take_stderr();
	g_autoptr(GString) all = g_string_new(NULL);
	char bytes[4096];
	ssize_t length;

	log_open("check", "stderr", "info");
	log_start_writer();
	for (int i = 0; i < TOO_MANY; i++)
		log_info("line %d: %060d", i, 0);
	while (strstr(all->str, "lines were dropped") == NULL &&
	       (length = read(fd, bytes, sizeof(bytes))) > 0)
		g_string_append_len(all, bytes, length);
	ck_assert_ptr_nonnull(strstr(all->str, " log lines were dropped: nobody took"));
	log_stop_writer();
	close(fd);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("log");
	TCase *lines_case = tcase_create("lines");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(lines_case, control_characters_never_reach_a_log, 0,
			    G_N_ELEMENTS(lines));
	tcase_add_loop_test(lines_case, text_and_json_say_the_same, 0,
			    2 * G_N_ELEMENTS(records));
	tcase_add_loop_test(lines_case, json_that_is_too_long_is_cut_in_its_longest_value,
			    0, G_N_ELEMENTS(fillers));
	tcase_add_test(lines_case, json_of_many_long_values_is_bounded);
	tcase_add_loop_test(lines_case, a_level_holds_back_what_is_below_it, 0,
			    G_N_ELEMENTS(levels));
	tcase_add_test(lines_case, level_and_target_change_when_it_is_opened_again);
	tcase_add_test(lines_case, a_long_line_is_cut_between_two_characters);
	tcase_add_test(lines_case, libraries_speak_at_debug_level_only);
	tcase_add_test(lines_case, lines_of_many_threads_do_not_mix);
	tcase_add_test(lines_case, a_reader_that_stands_still_holds_nobody_up);
	tcase_add_test(lines_case,
		       a_write_that_blocks_although_it_was_ready_holds_nobody_up);
	tcase_add_test(lines_case,
		       what_was_queued_is_written_in_order_and_losses_are_told);
	tcase_add_test(lines_case, dropped_lines_are_counted_and_told);
	suite_add_tcase(suite, lines_case);
	/* Taken standard errors and GLib's writer last for a process. */
	srunner_set_fork_status(runner, CK_FORK);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_metrics.c - does a monitor get what was counted, whatever it sends? */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fixture.h"
#include "milter/metrics.h"

static Tally tally = TALLY_INIT;
static const MetricsState state = { .busy = 3, .started = 1000, .configured = 2000 };

static char *
text_of_now(void)
{
	return metrics_text(&tally, &state);
}

static void
judge(const char *network, const char *found, gint64 microseconds)
{
	g_auto(Report)
	    report = { .is_recognised = true, .summary = log_record_new(NULL) };

	log_record_add(report.summary, "network", network);
	log_record_add(report.summary, "authenticity", found);
	log_record_add(report.summary, "verdict",
		       g_str_equal(found, "verified") ? "known" : "forged");
	tally_mail(&tally);
	tally_decision(&tally, SESSION_KEEP);
	tally_time(&tally, microseconds);
	tally_report(&tally, "1", &report);
}

/* Does a line stand there, as a whole? */
static bool
has_line(const char *text, const char *line)
{
	g_autofree char *whole = g_strconcat("\n", line, "\n", NULL);

	return strstr(text, whole) != NULL;
}

START_TEST(what_was_counted_is_told)
{
	static const char *const lines[] = {
		"invite_milter_start_time_seconds 1000",
		"invite_milter_settings_time_seconds 2000",
		"invite_milter_connections{state=\"busy\"} 3",
		"invite_milter_mails_total 3",
		"invite_milter_decision_total{decision=\"accept\"} 0",
		"invite_milter_decision_total{decision=\"keep\"} 3",
		"invite_milter_judged_total{network=\"linkedin\",verdict=\"known\","
		"authenticity=\"verified\"} 2",
		"invite_milter_judged_total{network=\"x_i_ng\",verdict=\"forged\","
		"authenticity=\"forged\"} 1",
		"invite_milter_judging_seconds_bucket{le=\"0.0005\"} 1",
		"invite_milter_judging_seconds_bucket{le=\"0.001\"} 2",
		"invite_milter_judging_seconds_bucket{le=\"1\"} 2",
		"invite_milter_judging_seconds_bucket{le=\"+Inf\"} 3",
		"invite_milter_judging_seconds_sum 2.001400",
		"invite_milter_judging_seconds_count 3",
		"invite_milter_store_troubles_total 1",
		"invite_milter_troubles_total 1",
	};
	g_autofree char *text = NULL;

	judge("linkedin", "verified", 400);
	judge("linkedin", "verified", 1000);
	judge("x\"i\\ng", "forged", 2000000);
	tally_store(&tally, NULL, "it is gone");
	text = text_of_now();
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		ck_assert_msg(has_line(text, lines[i]), "missing: %s\nin:\n%s", lines[i],
			      text);
}
END_TEST

START_TEST(outcomes_without_end_are_counted_up_to_a_limit)
{
	for (size_t i = 0; i < TALLY_MAX_JUDGED + 10; i++) {
		g_autofree char *network = g_strdup_printf("n%zu", i);

		judge(network, "verified", 1);
	}
	ck_assert_uint_eq(g_hash_table_size(tally.judged), TALLY_MAX_JUDGED);
}
END_TEST

static const struct {
	const char *request;
	const char *answer; /* how it begins; "" for none */
} requests[] = {
	{ "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\n" },
	{ "GET /metrics?a=b HTTP/1.0\n\n", "HTTP/1.1 200 OK\r\n" },
	{ "GET /metricsx HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found\r\n" },
	{ "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found\r\n" },
	{ "POST /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\n" },
	{ "\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\n" },
	{ "GET /metrics HTTP/1.1\r\n", "" }, /* and then its end */
	{ NULL, "" },                        /* more than may be sent */
};

START_TEST(a_request_is_answered_or_let_go)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *place = g_strdup_printf("unix:%s/metrics", folder);
	g_autoptr(Listener) listener = NULL;
	g_autofree char *flood = g_strnfill(METRICS_MAX_REQUEST * 4, 'x');
	const char *request = requests[_i].request != NULL ? requests[_i].request : flood;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	ListenerPlace where = {
		.address = place, .mode = "0600", .owner = "", .group = ""
	};
	g_autoptr(GString) got = g_string_new(NULL);
	char bytes[1024];
	ssize_t length;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	listener = listener_open(&where, NULL);
	ck_assert_ptr_nonnull(listener);
	ck_assert(metrics_start(listener, text_of_now));
	g_snprintf(address.sun_path, sizeof(address.sun_path), "%s/metrics", folder);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	send(fd, request, strlen(request), MSG_NOSIGNAL);
	shutdown(fd, SHUT_WR);
	while ((length = recv(fd, bytes, sizeof(bytes), 0)) > 0)
		g_string_append_len(got, bytes, length);
	close(fd);
	ck_assert_msg(requests[_i].answer[0] != '\0'
			  ? g_str_has_prefix(got->str, requests[_i].answer)
			  : got->len == 0,
		      "to \"%.30s\": got \"%s\"", request, got->str);
	/* The thread stays, and looks at the listener. */
	g_steal_pointer(&listener);
}
END_TEST

START_TEST(a_file_is_replaced_as_a_whole)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *path = g_build_filename(folder, "metrics.prom", NULL);
	g_autofree char *got = NULL;
	g_autoptr(GDir) files = NULL;
	g_autoptr(GError) error = NULL;
	char old[32] = "";
	int fd;

	ck_assert(g_file_set_contents(path, "what was before", -1, NULL));
	fd = open(path, O_RDONLY);
	ck_assert_msg(metrics_write(path, text_of_now, &error), "%s",
		      error != NULL ? error->message : "");
	ck_assert_int_eq(read(fd, old, sizeof(old) - 1), strlen("what was before"));
	close(fd);
	ck_assert_str_eq(old, "what was before");
	ck_assert(g_file_get_contents(path, &got, NULL, NULL));
	ck_assert(g_str_has_prefix(got, "# HELP "));
	files = g_dir_open(folder, 0, NULL);
	ck_assert_str_eq(g_dir_read_name(files), "metrics.prom");
	ck_assert_ptr_null(g_dir_read_name(files));
}
END_TEST

START_TEST(a_file_that_cannot_be_written_is_told)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *missing = g_build_filename(folder, "none", "metrics.prom", NULL);
	g_autofree char *left = g_strconcat(folder, ".new", NULL);
	g_autoptr(GError) error = NULL;

	ck_assert(!metrics_write(missing, text_of_now, &error));
	ck_assert(strstr(error->message, "metrics.prom") != NULL);
	g_clear_error(&error);
	/* No file comes in the place of a folder, and none is left beside it. */
	ck_assert(!metrics_write(folder, text_of_now, &error));
	ck_assert(strstr(error->message, folder) != NULL);
	ck_assert(!g_file_test(left, G_FILE_TEST_EXISTS));
	ck_assert(metrics_write("", text_of_now, NULL));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("metrics");
	TCase *metrics = tcase_create("metrics");

	tcase_add_test(metrics, what_was_counted_is_told);
	tcase_add_test(metrics, outcomes_without_end_are_counted_up_to_a_limit);
	tcase_add_loop_test(metrics, a_request_is_answered_or_let_go, 0,
			    G_N_ELEMENTS(requests));
	tcase_add_test(metrics, a_file_is_replaced_as_a_whole);
	tcase_add_test(metrics, a_file_that_cannot_be_written_is_told);
	suite_add_tcase(suite, metrics);

	return fixture_run(suite);
}

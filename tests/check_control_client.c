/* SPDX-License-Identifier: BSD-2-Clause */
/* check_control_client.c - how long may a client hold the daemon up? */

#include "config.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fixture.h"
#include "milter/control-client.h"

static ControlTurns turns;
static int ends[2]; /* the daemon's, which the client owns, and ours */
static ControlClient *client;

static void
connect_client(void)
{
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	turns = (ControlTurns){ 0 };
	control_client_init_turns(&turns);
	client = control_client_new(ends[0]);
	ck_assert_ptr_nonnull(client);
}

static void
let_go(void)
{
	control_client_free(client);
	close(ends[1]);
}

static void
ask(const char *line)
{
	ck_assert_int_eq(write(ends[1], line, strlen(line)), (ssize_t)strlen(line));
}

START_TEST(waits_of_all_requests_are_counted)
{
	client->patience = 200 * G_TIME_SPAN_MILLISECOND;
	ask("one\n");
	ck_assert_str_eq(control_client_request(client, &turns), "one");
	ck_assert(control_client_end_answer(client));
	ck_assert_ptr_null(control_client_request(client, &turns));
	ask("two\n");
	ck_assert_ptr_null(control_client_request(client, &turns));
}
END_TEST

/* Nothing of the answer is sent during the turn. */
static void
large_request_is_answered(const char *line, bool is_kept, const char *answer)
{
	char got[128] = "";

	ask("large\n");
	ck_assert_str_eq(control_client_request(client, &turns), "large");
	client->turns = &turns;
	ck_assert_int_eq(control_client_tell(client, line), is_kept);
	ck_assert_int_eq(recv(ends[1], got, sizeof(got), MSG_DONTWAIT), -1);
	ck_assert(control_client_end_answer(client));
	ck_assert_uint_eq(turns.now, 1);
	ck_assert_int_gt(recv(ends[1], got, sizeof(got) - 1, MSG_DONTWAIT), 0);
	ck_assert_str_eq(got, answer);
}

START_TEST(answer_to_a_large_request_is_kept_until_its_turn_is_over)
{
	large_request_is_answered("done", true, "done\n");
}
END_TEST

START_TEST(answer_that_is_too_long_to_be_kept_is_an_error)
{
	g_autofree char *line = g_strnfill(65536, 'x');

	large_request_is_answered(
	    line, false,
	    "{\"error\":\"the answer is too long for so long a request\"}\n");
}
END_TEST

/* Half a request, which is all that comes. */
typedef struct {
	const char *request;
	int ends[2];
	ControlClient *client;
	atomic_bool is_let_go;
} Half;

static gpointer
write_half(gpointer data)
{
	const Half *half = data;

	send(half->ends[1], half->request, strlen(half->request), MSG_NOSIGNAL);

	return NULL;
}

static gpointer
wait_for_half(gpointer data)
{
	Half *half = data;

	half->is_let_go = control_client_request(half->client, &turns) == NULL;

	return NULL;
}

START_TEST(half_of_a_large_request_is_given_up_before_half_of_a_small_one)
{
	g_autofree char *x = g_strnfill(300000, 'x');
	g_autofree char *large = g_strconcat("{\"x\":\"", x, NULL);
	Half halves[] = { { .request = "{\"x\":" }, { .request = large } };
	GThread *writers[2], *waiting[2];

	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, halves[i].ends), 0);
		halves[i].client = control_client_new(halves[i].ends[0]);
		ck_assert_ptr_nonnull(halves[i].client);
		writers[i] = g_thread_new("writer", write_half, &halves[i]);
		waiting[i] = g_thread_new("waiting", wait_for_half, &halves[i]);
	}
	g_thread_join(waiting[1]);
	ck_assert(halves[1].is_let_go);
	ck_assert(!halves[0].is_let_go);
	close(halves[0].ends[1]);
	g_thread_join(waiting[0]);
	for (int i = 0; i < 2; i++) {
		control_client_free(halves[i].client);
		g_thread_join(writers[i]);
	}
	close(halves[1].ends[1]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("control-client");
	TCase *cases = tcase_create("control-client");

	tcase_add_checked_fixture(cases, connect_client, let_go);
	tcase_add_test(cases, waits_of_all_requests_are_counted);
	tcase_add_test(cases, answer_to_a_large_request_is_kept_until_its_turn_is_over);
	tcase_add_test(cases, answer_that_is_too_long_to_be_kept_is_an_error);
	tcase_add_test(cases,
		       half_of_a_large_request_is_given_up_before_half_of_a_small_one);
	suite_add_tcase(suite, cases);

	return fixture_run(suite);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* check_listener.c - does the socket stand where it should, and steal from nobody? */

#include "config.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "milter/listener.h"

#define STARTERS 8
#define ROUNDS   50 /* a lost race shows in one of many */

static char *folder;  /* of this test alone */
static char *path;    /* in it, nothing there */
static char *address; /* unix:path */

static void
make_folder(void)
{
	folder = g_dir_make_tmp("check_listener.XXXXXX", NULL);
	ck_assert_ptr_nonnull(folder);
	path = g_build_filename(folder, "milter.sock", NULL);
	address = g_strdup_printf("unix:%s", path);
}

static void
remove_folder(void)
{
	g_unlink(path);
	ck_assert_msg(g_rmdir(folder) == 0, "something is left in %s", folder);
	g_free(address);
	g_free(path);
	g_free(folder);
}

static ListenerPlace
place_at(const char *where)
{
	ListenerPlace place = {
		.address = where, .mode = "", .owner = "", .group = "", .is_mta = true
	};

	return place;
}

static Listener *
open_at(const char *where)
{
	ListenerPlace place = place_at(where);
	g_autoptr(GError) error = NULL;
	Listener *listener = listener_open(&place, &error);

	ck_assert_msg(listener != NULL, "%s: %s", where,
		      error != NULL ? error->message : "?");

	return listener;
}

static void
wants_refusal(const char *where, ListenerError code, const char *words)
{
	ListenerPlace place = place_at(where);
	g_autoptr(GError) error = NULL;
	g_autoptr(Listener) listener = listener_open(&place, &error);

	ck_assert_msg(listener == NULL, "%s: was opened", where);
	ck_assert_msg(g_error_matches(error, LISTENER_ERROR, code) &&
			  strstr(error->message, words) != NULL,
		      "%s: got %d \"%s\", want %d \"%s\"", where, error->code,
		      error->message, code, words);
}

/* A connection to path, or -1. */
static int
call_path(void)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(un.sun_path, path, sizeof(un.sun_path));
	if (connect(fd, (struct sockaddr *)&un, sizeof(un)) == 0)
		return fd;
	close(fd);

	return -1;
}

static int
call_port(guint16 port)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(fd, (struct sockaddr *)&in, sizeof(in)) == 0)
		return fd;
	close(fd);

	return -1;
}

/* A socket that nobody listens on, as a killed process leaves it. */
static void
leave_dead_socket(void)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(un.sun_path, path, sizeof(un.sun_path));
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&un, sizeof(un)), 0);
	ck_assert_int_eq(listen(fd, 1), 0);
	close(fd);
}

static guint16
port_of(const Listener *listener)
{
	struct sockaddr_in in = { 0 };
	socklen_t length = sizeof(in);

	ck_assert_int_eq(
	    getsockname(listener_fd(listener), (struct sockaddr *)&in, &length), 0);
	ck_assert_uint_eq(ntohl(in.sin_addr.s_addr), INADDR_LOOPBACK);

	return ntohs(in.sin_port);
}

/* On a port that was free a moment ago. */
static Listener *
open_port(guint16 *port_out)
{
	for (unsigned port = 20000 + getpid() % 20000; port < 65535; port++) {
		g_autofree char *where = g_strdup_printf("inet:%u", port);
		ListenerPlace place = place_at(where);
		Listener *listener = listener_open(&place, NULL);

		if (listener == NULL)
			continue;
		*port_out = port_of(listener);
		return listener;
	}
	ck_abort_msg("no port is free");
	return NULL;
}

static const struct {
	const char *where;
	const char *words; /* of the message */
} bad_addresses[] = {
	{ "", "write unix:PATH" },
	{ "/run/milter.sock", "write unix:PATH" },
	{ "tcp:25", "write unix:PATH" },
	{ "unix:", "the whole path" },
	{ "unix:run/milter.sock", "the whole path" },
	{ "unix:/"
	  "0123456789012345678901234567890123456789012345678901234567890123456789"
	  "01234567890123456789012345678901234567",
	  "the system's limit" },
	{ "unix:/nonexistent/milter.sock", "folder /nonexistent" },
	{ "unix:/dev/null/milter.sock", "/dev/null" },
	{ "inet:", "is no port" },
	{ "inet:0", "is no port" },
	{ "inet:65536", "is no port" },
	{ "inet:+25", "is no port" },
	{ "inet:smtp@127.0.0.1", "is no port" },
	{ "inet:127.0.0.1:8890", "is no port" },
	{ "inet6:@::1", "is no port" },
	{ "8890", "write unix:PATH" },
	{ ":8890", "write unix:PATH" },
	{ "unx:/run/8890", "write unix:PATH" },
	{ "192.0.2.1:8890", "allow-remote" },
	{ "inet:8890@::1", "host \"::1\"" },
	{ "inet6:8890@127.0.0.1", "host \"127.0.0.1\"" },
	{ "inet:8890@0.0.0.0", "allow-remote" },
	{ "inet:8890@192.0.2.1", "allow-remote" },
	{ "inet:8890@128.0.0.1", "allow-remote" },
	{ "inet6:8890@::", "allow-remote" },
	{ "inet6:8890@2001:db8::1", "allow-remote" },
	{ "inet6:8890@::ffff:192.0.2.1", "allow-remote" },
};

START_TEST(a_wrong_address_is_refused_with_what_to_write)
{
	ListenerPlace place = place_at(bad_addresses[_i].where);
	g_autoptr(GError) error = NULL;

	wants_refusal(bad_addresses[_i].where, LISTENER_ERROR_ADDRESS,
		      bad_addresses[_i].words);
	ck_assert_msg(!listener_check(&place, &error), "%s: the check takes it",
		      bad_addresses[_i].where);
	ck_assert_msg(strstr(error->message, bad_addresses[_i].words) != NULL,
		      "%s: got %s", bad_addresses[_i].where, error->message);
}
END_TEST

static const struct {
	const char *where;
	bool is_remote;
} near_or_allowed[] = {
	{ "inet:8890", false },           { "inet:8890@127.0.0.1", false },
	{ "127.0.0.1:8890", false },      { "[::1]:8890", false },
	{ "inet:8890@127.8.9.1", false }, { "inet6:8890@::1", false },
	{ "inet6:8890", false },          { "inet6:8890@::ffff:127.0.0.1", false },
	{ "inet:8890@0.0.0.0", true },    { "inet6:8890@2001:db8::1", true },
};

START_TEST(other_hosts_reach_only_what_may_be_reached)
{
	ListenerPlace place = place_at(near_or_allowed[_i].where);
	g_autoptr(GError) error = NULL;

	place.is_remote = near_or_allowed[_i].is_remote;
	ck_assert_msg(listener_check(&place, &error), "%s: %s", near_or_allowed[_i].where,
		      error != NULL ? error->message : "");
}
END_TEST

static const struct {
	const char *mode, *owner, *group;
	const char *words;
} bad_places[] = {
	{ "0888", "", "", "socket-mode: \"0888\"" },
	{ "1777", "", "", "socket-mode: \"1777\"" },
	{ "rw", "", "", "socket-mode: \"rw\"" },
	{ "", "no such user", "", "no user \"no such user\"" },
	{ "", "", "no such group", "no group \"no such group\"" },
};

START_TEST(a_wrong_mode_or_owner_is_refused_and_leaves_nothing)
{
	ListenerPlace place = { address, bad_places[_i].mode, bad_places[_i].owner,
				bad_places[_i].group };
	g_autoptr(GError) error = NULL;

	ck_assert(!listener_check(&place, &error));
	g_clear_error(&error);
	ck_assert_ptr_null(listener_open(&place, &error));
	ck_assert_msg(strstr(error->message, bad_places[_i].words) != NULL,
		      "got %s, want %s", error->message, bad_places[_i].words);
	ck_assert(!g_file_test(path, G_FILE_TEST_EXISTS));
}
END_TEST

static const char *const modes[] = { "0600", "0660", "666", "0777" };

START_TEST(the_socket_has_its_mode_whatever_the_umask)
{
	ListenerPlace place = { address, modes[_i], "", "" };
	g_autoptr(Listener) listener = NULL;
	struct stat status;

	umask(077);
	listener = listener_open(&place, NULL);
	ck_assert_ptr_nonnull(listener);
	ck_assert_int_eq(g_lstat(path, &status), 0);
	ck_assert_uint_eq(status.st_mode & 0777, strtoul(modes[_i], NULL, 8));
	ck_assert_uint_eq(umask(0), 077);
}
END_TEST

START_TEST(a_dead_socket_is_replaced)
{
	g_autoptr(Listener) listener = NULL;
	int fd;

	leave_dead_socket();
	listener = open_at(address);
	fd = call_path();
	ck_assert_int_ge(fd, 0);
	close(fd);
}
END_TEST

START_TEST(a_live_socket_is_not_stolen)
{
	g_autoptr(Listener) listener = open_at(address);
	int fd;

	wants_refusal(address, LISTENER_ERROR_IN_USE, "a running process listens there");
	fd = call_path();
	ck_assert_int_ge(fd, 0);
	close(fd);
}
END_TEST

START_TEST(a_file_that_is_no_socket_stays)
{
	g_autofree char *text = NULL;

	ck_assert(g_file_set_contents(path, "mine", -1, NULL));
	wants_refusal(address, LISTENER_ERROR_IN_USE, "no socket and is left alone");
	ck_assert(g_file_get_contents(path, &text, NULL, NULL));
	ck_assert_str_eq(text, "mine");
}
END_TEST

static gpointer
start_one(gpointer unused)
{
	ListenerPlace place = place_at(address);

	(void)unused;
	return listener_open(&place, NULL);
}

START_TEST(of_many_that_start_at_once_one_wins)
{
	GThread *threads[STARTERS];
	Listener *winner = NULL;
	size_t won = 0;
	int fd;

	leave_dead_socket();
	for (size_t i = 0; i < STARTERS; i++)
		threads[i] = g_thread_new(NULL, start_one, NULL);
	for (size_t i = 0; i < STARTERS; i++) {
		Listener *listener = g_thread_join(threads[i]);

		if (listener == NULL)
			continue;
		winner = listener;
		won++;
	}
	ck_assert_uint_eq(won, 1);
	fd = call_path();
	ck_assert_int_ge(fd, 0);
	ck_assert(listener_has_waiting(winner));
	close(fd);
	listener_free(winner);
}
END_TEST

START_TEST(the_path_goes_with_its_listener)
{
	Listener *listener = open_at(address);

	ck_assert(g_file_test(path, G_FILE_TEST_EXISTS));
	listener_free(listener);
	ck_assert(!g_file_test(path, G_FILE_TEST_EXISTS));
}
END_TEST

static bool
is_answered(Listener *listener)
{
	int client = call_path();
	int fd = accept(listener_fd(listener), NULL, NULL);

	if (fd >= 0)
		close(fd);
	if (client >= 0)
		close(client);

	return client >= 0 && fd >= 0;
}

START_TEST(a_path_that_was_removed_is_made_again)
{
	g_autoptr(Listener) listener = open_at(address);
	g_autoptr(GError) error = NULL;

	ck_assert(!listener_is_gone(listener));
	ck_assert_int_eq(g_unlink(path), 0);
	ck_assert(listener_is_gone(listener));
	ck_assert(!is_answered(listener));
	ck_assert(listener_restore(listener, &error));
	ck_assert(!listener_is_gone(listener));
	ck_assert(is_answered(listener));
}
END_TEST

START_TEST(a_path_that_is_somebody_elses_by_now_stays)
{
	Listener *listener = open_at(address);

	ck_assert_int_eq(g_unlink(path), 0);
	leave_dead_socket();
	listener_free(listener);
	ck_assert(g_file_test(path, G_FILE_TEST_EXISTS));
}
END_TEST

START_TEST(a_client_who_waits_is_served_after_the_close)
{
	g_autoptr(Listener) listener = open_at(address);
	int waiting, accepted;

	ck_assert(!listener_has_waiting(listener));
	waiting = call_path();
	ck_assert_int_ge(waiting, 0);
	ck_assert(listener_close(listener));
	ck_assert(!g_file_test(path, G_FILE_TEST_EXISTS));
	ck_assert_int_lt(call_path(), 0);

	ck_assert(listener_has_waiting(listener));
	accepted = accept(listener_fd(listener), NULL, NULL);
	ck_assert_int_ge(accepted, 0);
	ck_assert(!listener_has_waiting(listener));
	close(accepted);
	close(waiting);
}
END_TEST

START_TEST(a_port_is_of_the_loopback_and_closes_only_while_nobody_waits)
{
	guint16 port;
	g_autoptr(Listener) listener = open_port(&port);
	g_autofree char *where = g_strdup_printf("inet:%u@127.0.0.1", port);
	int waiting = call_port(port), accepted;

	ck_assert_int_ge(waiting, 0);
	wants_refusal(where, LISTENER_ERROR_IN_USE, "a running process listens there");
	ck_assert(!listener_close(listener));
	accepted = accept(listener_fd(listener), NULL, NULL);
	ck_assert_int_ge(accepted, 0);

	ck_assert(listener_close(listener));
	ck_assert_int_lt(call_port(port), 0);
	ck_assert(!listener_has_waiting(listener));

	/* What takes its place keeps an accept loop quiet. */
	ck_assert_int_lt(accept(listener_fd(listener), NULL, NULL), 0);
	ck_assert_int_eq(errno, EAGAIN);
	close(accepted);
	close(waiting);
}
END_TEST

static const ListenerPlace here = { "", "", "", "", false, true };

/* Hand a socket over as systemd does; returns another descriptor of it. */
static int
hand_over(void)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	g_autofree char *process = g_strdup_printf("%d", getpid());
	int fd = fcntl(socket(AF_UNIX, SOCK_STREAM, 0), F_DUPFD, 10);

	g_strlcpy(un.sun_path, path, sizeof(un.sun_path));
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&un, sizeof(un)), 0);
	ck_assert_int_eq(listen(fd, 5), 0);
	ck_assert_int_eq(dup2(fd, 3), 3);
	g_setenv("LISTEN_PID", process, TRUE);
	g_setenv("LISTEN_FDS", "1", TRUE);

	return fd;
}

START_TEST(an_inherited_socket_waits_for_the_next_instance)
{
	int systemd = hand_over(), waiting, late, accepted;
	g_autoptr(GError) error = NULL;
	g_autoptr(Listener) listener = listener_inherited(&here, &error);

	ck_assert_msg(listener != NULL, "%s",
		      error != NULL ? error->message : "nothing there");
	ck_assert(listener_is_inherited(listener));
	waiting = call_path();
	ck_assert_int_ge(waiting, 0);
	ck_assert(listener_has_waiting(listener));
	ck_assert(listener_close(listener));
	ck_assert(!listener_has_waiting(listener));
	ck_assert_int_lt(accept(listener_fd(listener), NULL, NULL), 0);
	ck_assert_int_eq(errno, EAGAIN);
	late = call_path();
	ck_assert_int_ge(late, 0);
	listener_free(g_steal_pointer(&listener));

	ck_assert(g_file_test(path, G_FILE_TEST_EXISTS));
	for (int i = 0; i < 2; i++) {
		accepted = accept(systemd, NULL, NULL);
		ck_assert_int_ge(accepted, 0);
		close(accepted);
	}
	close(late);
	close(waiting);
	close(systemd);
}
END_TEST

START_TEST(an_inherited_socket_that_other_hosts_reach_is_refused)
{
	int systemd = hand_over(), fd = socket(AF_INET, SOCK_STREAM, 0);
	const ListenerPlace remote = { "", "", "", "", true, true };
	g_autoptr(Listener) listener = NULL;
	g_autoptr(GError) error = NULL;

	/* Without bind() it listens on a free port of all addresses. */
	ck_assert_int_eq(listen(fd, 5), 0);
	ck_assert_int_eq(dup2(fd, 3), 3);
	ck_assert_ptr_null(listener_inherited(&here, &error));
	ck_assert_ptr_nonnull(strstr(error->message, "allow-remote"));
	listener = listener_inherited(&remote, NULL);
	ck_assert_ptr_nonnull(listener);
	close(fd);
	close(systemd);
}
END_TEST

START_TEST(what_was_handed_to_another_process_is_left_alone)
{
	int systemd = hand_over();
	g_autoptr(GError) error = NULL;

	g_setenv("LISTEN_PID", "1", TRUE);
	ck_assert_ptr_null(listener_inherited(&here, &error));
	ck_assert_ptr_null(error);
	close(systemd);
}
END_TEST

START_TEST(two_inherited_sockets_are_refused)
{
	int systemd = hand_over();
	g_autoptr(GError) error = NULL;

	g_setenv("LISTEN_FDS", "2", TRUE);
	ck_assert_ptr_null(listener_inherited(&here, &error));
	ck_assert_ptr_nonnull(error);
	ck_assert_ptr_nonnull(strstr(error->message, "one ListenStream="));
	close(systemd);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("listener");
	TCase *opening = tcase_create("opening"), *ending = tcase_create("ending");
	SRunner *runner = srunner_create(suite);
	int failed;

	/* Descriptor 3 is what systemd hands over: keep Check's own files off it. */
	dup2(STDIN_FILENO, 3);

	tcase_add_checked_fixture(opening, make_folder, remove_folder);
	tcase_add_loop_test(opening, a_wrong_address_is_refused_with_what_to_write, 0,
			    G_N_ELEMENTS(bad_addresses));
	tcase_add_loop_test(opening, other_hosts_reach_only_what_may_be_reached, 0,
			    G_N_ELEMENTS(near_or_allowed));
	tcase_add_loop_test(opening, a_wrong_mode_or_owner_is_refused_and_leaves_nothing,
			    0, G_N_ELEMENTS(bad_places));
	tcase_add_loop_test(opening, the_socket_has_its_mode_whatever_the_umask, 0,
			    G_N_ELEMENTS(modes));
	tcase_add_test(opening, a_dead_socket_is_replaced);
	tcase_add_test(opening, a_live_socket_is_not_stolen);
	tcase_add_test(opening, a_file_that_is_no_socket_stays);
	tcase_add_loop_test(opening, of_many_that_start_at_once_one_wins, 0, ROUNDS);
	suite_add_tcase(suite, opening);

	tcase_add_checked_fixture(ending, make_folder, remove_folder);
	tcase_add_test(ending, the_path_goes_with_its_listener);
	tcase_add_test(ending, a_path_that_was_removed_is_made_again);
	tcase_add_test(ending, a_path_that_is_somebody_elses_by_now_stays);
	tcase_add_test(ending, a_client_who_waits_is_served_after_the_close);
	tcase_add_test(ending,
		       a_port_is_of_the_loopback_and_closes_only_while_nobody_waits);
	tcase_add_test(ending, an_inherited_socket_waits_for_the_next_instance);
	tcase_add_test(ending, what_was_handed_to_another_process_is_left_alone);
	tcase_add_test(ending, an_inherited_socket_that_other_hosts_reach_is_refused);
	tcase_add_test(ending, two_inherited_sockets_are_refused);
	suite_add_tcase(suite, ending);

	/* The umask, descriptor 3 and the environment are a process's own. */
	srunner_set_fork_status(runner, CK_FORK);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

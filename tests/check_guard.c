/* SPDX-License-Identifier: BSD-2-Clause */
/* check_guard.c - does libmilter get whole, good packets, and all others what they asked? */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "fixture.h"
#include "milter/guard.h"
#include "milter/packet.h"

#define FILES 256

/* A string of bytes with its length, the NUL that C adds left out. */
#define BYTES(text) text, sizeof(text) - 1

#define OPENS    "\0\0\0\15O\0\0\0\6\0\0\1\377\0\37\377\377"
#define MACROS   "\0\0\0\6DMi\0q\0"
#define SENDER   "\0\0\0\5Ma@b\0"
#define ODD      "\0\0\0\4DMi\0"
#define OPENED   (sizeof(OPENS) - 1)
#define RESTING  64
#define PATIENCE 60000 /* milliseconds; nothing waits so long that goes right */

static Guard *guard;
static int listener, mta, ours;
static struct sockaddr_un address;
static socklen_t address_length;

static int
connect_mta(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, address_length), 0);

	return fd;
}

static void
open_both(void)
{
	address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	address_length = sizeof(address);
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* The kernel chooses a name: unix(7). */
	ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, sizeof(sa_family_t)),
			 0);
	ck_assert_int_eq(listen(listener, 8), 0);
	ck_assert_int_eq(
	    getsockname(listener, (struct sockaddr *)&address, &address_length), 0);
	guard = guard_new(listener, FILES, 0);
	mta = connect_mta();
	ours = guard_accept(guard, listener, NULL, NULL);
	ck_assert_int_ge(ours, 0);
}

static void
close_both(void)
{
	guard_close(guard, ours);
	close(mta);
	close(listener);
	guard_free(guard);
}

static void
say(const char *bytes, size_t length)
{
	ck_assert_int_eq(send(mta, bytes, length, MSG_NOSIGNAL), (ssize_t)length);
}

static int
poll_ours(int timeout)
{
	struct pollfd asked = { .fd = ours, .events = POLLIN | POLLPRI, .revents = -1 };
	int ready = guard_poll(guard, &asked, 1, timeout);

	ck_assert_int_eq(asked.revents, ready == 1 ? POLLIN : 0);

	return ready;
}

/* As libmilter reads: five bytes, then what they say.  False: the MTA hung up. */
static bool
reads_packet(GByteArray *all)
{
	unsigned char head[5];
	size_t length, got = 0;

	ck_assert_int_eq(poll_ours(PATIENCE), 1);
	if (guard_read(guard, ours, head, sizeof(head)) == 0)
		return false;
	g_byte_array_append(all, head, sizeof(head));
	length = ((size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3]) - 1;
	while (got < length) {
		guint8 bytes[4096];
		ssize_t size;

		ck_assert_int_eq(poll_ours(PATIENCE), 1);
		size = guard_read(guard, ours, bytes, MIN(sizeof(bytes), length - got));
		ck_assert_int_gt(size, 0);
		g_byte_array_append(all, bytes, (guint)size);
		got += (size_t)size;
	}

	return true;
}

static void
check_reads(const char *want, size_t length)
{
	g_autoptr(GByteArray) all = g_byte_array_new();

	while (all->len < length)
		ck_assert(reads_packet(all));
	ck_assert_uint_eq(all->len, length);
	ck_assert_mem_eq(all->data, want, length);
}

static void
check_is_over(void)
{
	char byte;

	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(poll_ours(PATIENCE), 1);
		ck_assert_int_eq(guard_read(guard, ours, &byte, 1), 0);
	}
}

START_TEST(a_connection_that_rests_holds_no_memory)
{
	int theirs[RESTING], served[RESTING];
	size_t before;

	for (size_t i = 0; i < RESTING; i++) {
		theirs[i] = connect_mta();
		served[i] = guard_accept(guard, listener, NULL, NULL);
		ck_assert_int_ge(served[i], 0);
	}
	before = mallinfo2().uordblks;
	for (size_t i = 0; i < RESTING; i++) {
		struct pollfd asked = { .fd = served[i], .events = POLLIN };

		ck_assert_int_eq(guard_poll(guard, &asked, 1, 0), 0);
	}
	ck_assert_uint_lt(mallinfo2().uordblks, before + RESTING * 1024);
	for (size_t i = 0; i < RESTING; i++) {
		guard_close(guard, served[i]);
		close(theirs[i]);
	}
}
END_TEST

/* _i: so many bytes come first. */
START_TEST(a_packet_is_told_of_when_all_of_it_is_there)
{
	static const char all[] = OPENS MACROS SENDER;
	size_t length = sizeof(all) - 1, cut = (size_t)_i;

	say(all, cut);
	if (cut < OPENED)
		ck_assert_int_eq(poll_ours(0), 0);
	else
		check_reads(all, cut < OPENED + 10 ? OPENED : OPENED + 10);
	ck_assert_int_eq(poll_ours(0), 0);
	ck_assert_int_eq(poll_ours(1), 0);
	say(all + cut, length - cut);
	if (cut < OPENED)
		check_reads(all, length);
	else if (cut < OPENED + 10)
		check_reads(all + OPENED, length - OPENED);
	else
		check_reads(all + OPENED + 10, length - OPENED - 10);
	ck_assert_int_eq(poll_ours(0), 0);
}
END_TEST

START_TEST(what_has_come_is_read_at_once)
{
	char byte;

	say(BYTES(OPENS MACROS SENDER));
	ck_assert_int_eq(poll_ours(PATIENCE), 1);
	ck_assert_int_eq(recv(ours, &byte, 1, MSG_DONTWAIT), -1);
	check_reads(BYTES(OPENS MACROS SENDER));
}
END_TEST

START_TEST(the_packets_before_a_bad_one_are_read)
{
	say(BYTES(OPENS SENDER ODD SENDER));
	check_reads(BYTES(OPENS SENDER));
	check_is_over();
}
END_TEST

static const struct {
	const char *bytes;
	size_t length;
} bad[] = {
	{ BYTES(ODD) },          { BYTES("\0\0\0\0") },          { BYTES("\0\20\0\2B") },
	{ BYTES("\0\0\0\2xx") }, { BYTES("\377\377\377\377D") },
};

START_TEST(a_bad_packet_ends_the_connection)
{
	say(BYTES(OPENS));
	check_reads(BYTES(OPENS));
	say(bad[_i].bytes, bad[_i].length);
	check_is_over();
}
END_TEST

START_TEST(nothing_comes_before_the_negotiation)
{
	say(BYTES(SENDER));
	check_is_over();
}
END_TEST

/* _i: so many bytes are there when the MTA hangs up. */
START_TEST(half_a_packet_is_never_read)
{
	static const char all[] = OPENS MACROS;
	size_t cut = (size_t)_i;

	say(all, cut);
	ck_assert_int_eq(shutdown(mta, SHUT_WR), 0);
	if (cut >= OPENED)
		check_reads(BYTES(OPENS));
	check_is_over();
}
END_TEST

START_TEST(a_large_packet_comes_whole)
{
	g_autofree char *bytes = g_malloc0(PACKET_MAX_BYTES + 5);
	g_autoptr(GByteArray) all = g_byte_array_new();
	size_t sent = 0;

	say(BYTES(OPENS));
	check_reads(BYTES(OPENS));
	memcpy(bytes, "\0\20\0\1B", 5);
	for (size_t i = 5; i < PACKET_MAX_BYTES + 5; i++)
		bytes[i] = (char)(i % 251);
	while (sent < PACKET_MAX_BYTES + 5) {
		size_t size = MIN(PACKET_MAX_BYTES + 5 - sent, 10007);

		ck_assert_int_eq(poll_ours(0), 0);
		say(bytes + sent, size);
		sent += size;
	}
	while (all->len < PACKET_MAX_BYTES + 5) {
		guint8 some[65536];
		ssize_t got;

		ck_assert_int_eq(poll_ours(PATIENCE), 1);
		got = guard_read(guard, ours, some, sizeof(some));
		ck_assert_int_gt(got, 0);
		g_byte_array_append(all, some, (guint)got);
	}
	ck_assert_mem_eq(all->data, bytes, all->len);
}
END_TEST

static gpointer
say_the_rest(gpointer unused)
{
	(void)unused;
	g_usleep(20 * G_TIME_SPAN_MILLISECOND);
	say(&OPENS[3], OPENED - 3);

	return NULL;
}

/* _i: the timeout. */
START_TEST(a_wait_goes_on_after_half_a_packet)
{
	GThread *thread;

	say(OPENS, 3);
	thread = g_thread_new("mta", say_the_rest, NULL);
	ck_assert_int_eq(poll_ours(_i == 0 ? -1 : PATIENCE), 1);
	check_reads(BYTES(OPENS));
	g_thread_join(thread);
}
END_TEST

START_TEST(a_read_without_a_poll_waits)
{
	GThread *thread;
	char bytes[OPENED];

	say(OPENS, 3);
	thread = g_thread_new("mta", say_the_rest, NULL);
	ck_assert_int_eq(guard_read(guard, ours, bytes, sizeof(bytes)), (ssize_t)OPENED);
	ck_assert_mem_eq(bytes, OPENS, OPENED);
	g_thread_join(thread);
}
END_TEST

static void
do_nothing(int unused)
{
	(void)unused;
}

START_TEST(a_signal_ends_a_wait)
{
	struct sigaction action = { .sa_handler = do_nothing };
	struct itimerval timer = { .it_value.tv_usec = 20000,
				   .it_interval.tv_usec = 20000 };
	struct pollfd asked = { .fd = ours, .events = POLLIN };

	say(OPENS, 3);
	ck_assert_int_eq(sigaction(SIGALRM, &action, NULL), 0);
	ck_assert_int_eq(setitimer(ITIMER_REAL, &timer, NULL), 0);
	ck_assert_int_eq(guard_poll(guard, &asked, 1, -1), -1);
	ck_assert_int_eq(errno, EINTR);
	timer = (struct itimerval){ 0 };
	setitimer(ITIMER_REAL, &timer, NULL);
}
END_TEST

/* As libmilter's thread polls that looks after connections at rest. */
START_TEST(of_many_only_those_with_a_packet_are_ready)
{
	int half = connect_mta(), half_ours = guard_accept(guard, listener, NULL, NULL);
	int rests = connect_mta(), rests_ours = guard_accept(guard, listener, NULL, NULL);
	int ends[2];
	struct pollfd asked[4] = { { .events = POLLIN } };

	ck_assert_int_eq(pipe(ends), 0);
	asked[0].fd = ends[0];
	asked[1] = (struct pollfd){ .fd = half_ours, .events = POLLIN };
	asked[2] = (struct pollfd){ .fd = ours, .events = POLLIN };
	asked[3] = (struct pollfd){ .fd = rests_ours, .events = POLLIN };
	ck_assert_int_eq(send(half, OPENS, 7, 0), 7);
	ck_assert_int_eq(guard_poll(guard, asked, 4, 1), 0);
	say(BYTES(OPENS));
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(guard_poll(guard, asked, 4, PATIENCE), 1);
		ck_assert_int_eq(asked[0].revents, 0);
		ck_assert_int_eq(asked[1].revents, 0);
		ck_assert_int_eq(asked[2].revents, POLLIN);
		ck_assert_int_eq(asked[3].revents, 0);
	}
	/* What is kept for libmilter must not hide what the kernel has to tell. */
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	close(rests);
	ck_assert_int_eq(guard_poll(guard, asked, 4, PATIENCE), 3);
	ck_assert_int_eq(asked[0].revents, POLLIN);
	ck_assert_int_eq(asked[3].revents, POLLIN);
	check_reads(BYTES(OPENS));
	guard_close(guard, half_ours);
	guard_close(guard, rests_ours);
	close(half);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

START_TEST(the_next_of_the_same_number_begins_anew)
{
	int old = ours;

	say(BYTES(OPENS SENDER));
	ck_assert_int_eq(poll_ours(PATIENCE), 1);
	ck_assert_int_eq(guard_close(guard, ours), 0);
	close(mta);
	mta = connect_mta();
	ours = guard_accept(guard, listener, NULL, NULL);
	/* The MTA's took the lower number. */
	if (ours != old) {
		ck_assert_int_eq(dup2(ours, old), old);
		ck_assert_int_eq(mta, old);
	}
	ck_assert_int_eq(poll_ours(0), 0);
}
END_TEST

/* guard, or NULL as before libmilter begins. */
static void
check_is_the_kernels(Guard *who)
{
	struct pollfd asked = { .events = POLLIN };
	char bytes[8] = "";
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	asked.fd = ends[0];
	ck_assert_int_eq(guard_poll(who, &asked, 1, 0), 0);
	ck_assert_int_eq(write(ends[1], "abc", 3), 3);
	ck_assert_int_eq(guard_poll(who, &asked, 1, -1), 1);
	ck_assert_int_eq(asked.revents, POLLIN);
	ck_assert_int_eq(guard_read(who, ends[0], bytes, 2), 2);
	ck_assert_str_eq(bytes, "ab");
	ck_assert_int_eq(guard_close(who, ends[1]), 0);
	ck_assert_int_eq(guard_poll(who, &asked, 1, -1), 1);
	ck_assert_int_eq(asked.revents, POLLIN | POLLHUP);
	ck_assert_int_eq(guard_read(who, ends[0], bytes, 8), 1);
	ck_assert_int_eq(guard_read(who, ends[0], bytes, 8), 0);
	ck_assert_int_eq(guard_close(who, ends[0]), 0);
	ck_assert_int_eq(guard_close(who, ends[0]), -1);
	ck_assert_int_eq(errno, EBADF);
	ck_assert_int_eq(guard_read(who, ends[0], bytes, 8), -1);
	ck_assert_int_eq(errno, EBADF);
	ck_assert_int_eq(guard_read(who, -1, bytes, 8), -1);
	ck_assert_int_eq(guard_poll(who, &asked, 1, 0), 1);
	ck_assert_int_eq(asked.revents, POLLNVAL);
	ck_assert_int_eq(guard_poll(who, NULL, 0, 1), 0);
	ck_assert_int_eq(guard_accept(who, ends[0], NULL, NULL), -1);
	ck_assert_int_eq(errno, EBADF);
}

START_TEST(what_is_no_connection_is_the_kernels)
{
	check_is_the_kernels(guard);
	check_is_the_kernels(NULL);
}
END_TEST

START_TEST(a_connection_of_another_listener_is_the_kernels)
{
	g_autoptr(Guard) other = guard_new(listener + 1, FILES, 0);
	int fd = connect_mta(), taken = guard_accept(other, listener, NULL, NULL);
	struct pollfd asked = { .fd = taken, .events = POLLIN };

	ck_assert_int_eq(send(fd, "x", 1, 0), 1);
	ck_assert_int_eq(guard_poll(other, &asked, 1, PATIENCE), 1);
	close(fd);
	close(taken);
}
END_TEST

/* How often this thread slept. */
static long
sleeps(void)
{
	struct rusage usage;

	ck_assert_int_eq(getrusage(RUSAGE_THREAD, &usage), 0);

	return usage.ru_nvcsw;
}

static void
check_nobody_comes_in(void)
{
	long before = sleeps();

	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(guard_accept(guard, listener, NULL, NULL), -1);
		ck_assert_int_eq(errno, EMFILE);
	}
	/* It does not come back at once to be called again. */
	ck_assert_int_ge(sleeps() - before, 3);
	ck_assert(guard_is_full(guard));
}

START_TEST(without_a_file_it_sleeps)
{
	int another = connect_mta(), taken;
	struct rlimit files, few;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &files), 0);
	few = (struct rlimit){ .rlim_cur = (rlim_t)another + 1,
			       .rlim_max = files.rlim_max };
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
	check_nobody_comes_in();
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &files), 0);
	taken = guard_accept(guard, listener, NULL, NULL);
	ck_assert_int_ge(taken, 0);
	ck_assert(!guard_is_full(guard));
	guard_close(guard, taken);
	close(another);
}
END_TEST

START_TEST(spare_files_are_left_until_the_end)
{
	g_autoptr(Guard) full = guard;
	int another = connect_mta(), first, second;

	guard = guard_new(listener, FILES, FILES - 1);
	first = guard_accept(guard, listener, NULL, NULL);
	ck_assert_int_ge(first, 0);
	connect_mta();
	check_nobody_comes_in();
	ck_assert_int_eq(guard_close(guard, first), 0);
	second = guard_accept(guard, listener, NULL, NULL);
	ck_assert_int_ge(second, 0);
	connect_mta();
	check_nobody_comes_in();
	guard_use_spare(guard);
	first = guard_accept(guard, listener, NULL, NULL);
	ck_assert_int_ge(first, 0);
	guard_close(guard, first);
	guard_close(guard, second);
	close(another);
}
END_TEST

START_TEST(nobody_waiting_is_no_trouble)
{
	ck_assert_int_eq(guard_accept(guard, listener, NULL, NULL), -1);
	ck_assert_int_eq(errno, EAGAIN);
	ck_assert(!guard_is_full(guard));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("guard");
	TCase *cases = tcase_create("guard");

	tcase_add_checked_fixture(cases, open_both, close_both);
	tcase_add_loop_test(cases, a_packet_is_told_of_when_all_of_it_is_there, 0,
			    sizeof(OPENS MACROS SENDER) - 1);
	tcase_add_test(cases, a_connection_that_rests_holds_no_memory);
	tcase_add_test(cases, what_has_come_is_read_at_once);
	tcase_add_test(cases, the_packets_before_a_bad_one_are_read);
	tcase_add_loop_test(cases, a_bad_packet_ends_the_connection, 0,
			    G_N_ELEMENTS(bad));
	tcase_add_test(cases, nothing_comes_before_the_negotiation);
	tcase_add_loop_test(cases, half_a_packet_is_never_read, 0,
			    sizeof(OPENS MACROS) - 1);
	tcase_add_test(cases, a_large_packet_comes_whole);
	tcase_add_loop_test(cases, a_wait_goes_on_after_half_a_packet, 0, 2);
	tcase_add_test(cases, a_read_without_a_poll_waits);
	tcase_add_test(cases, a_signal_ends_a_wait);
	tcase_add_test(cases, of_many_only_those_with_a_packet_are_ready);
	tcase_add_test(cases, the_next_of_the_same_number_begins_anew);
	tcase_add_test(cases, what_is_no_connection_is_the_kernels);
	tcase_add_test(cases, a_connection_of_another_listener_is_the_kernels);
	tcase_add_test(cases, without_a_file_it_sleeps);
	tcase_add_test(cases, spare_files_are_left_until_the_end);
	tcase_add_test(cases, nobody_waiting_is_no_trouble);
	suite_add_tcase(suite, cases);

	return fixture_run(suite);
}

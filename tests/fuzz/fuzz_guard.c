/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_guard.c - does libmilter get what was sent, packet by packet, and none that is bad?
 *
 * The first byte says how many bytes come at a time; the rest comes over a connection,
 * behind a negotiation or, where that byte is odd, without one.  What is read is held
 * against a reader of packets that knows nothing of the guard's.
 */

#include "config.h"

#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "fuzz.h"
#include "milter/guard.h"
#include "milter/packet.h"

#define MAX_BYTES 65536
#define OPENS     "\0\0\0\15O\0\0\0\6\0\0\1\377\0\37\377\377"
#define OPENED    (sizeof(OPENS) - 1)

static int
open_listener(struct sockaddr_un *address_out, socklen_t *length_out)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	/* The kernel chooses a name: unix(7). */
	address_out->sun_family = AF_UNIX;
	*length_out = sizeof(*address_out);
	if (bind(fd, (struct sockaddr *)address_out, sizeof(sa_family_t)) != 0 ||
	    listen(fd, 8) != 0 ||
	    getsockname(fd, (struct sockaddr *)address_out, length_out) != 0)
		g_error("no socket");

	return fd;
}

/* All that can be read now, in whole packets; true: the connection is over. */
static bool
reads_all(Guard *guard, int fd, GByteArray *all)
{
	struct pollfd asked = { .fd = fd, .events = POLLIN };
	guint8 bytes[4099];

	while (guard_poll(guard, &asked, 1, 0) == 1) {
		ssize_t got = guard_read(guard, fd, bytes, sizeof(bytes));

		g_assert_true(got >= 0);
		if (got == 0)
			return true;
		g_byte_array_append(all, bytes, (guint)got);
	}

	return false;
}

/* What crashes libmilter is in none. */
static void
check_packets(const guint8 *bytes, size_t length)
{
	while (length > 0) {
		size_t size, strings = 0;

		g_assert_true(length >= 5);
		size = (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
		g_assert_true(bytes[0] == 0 && size > 0 && size <= PACKET_MAX_BYTES + 1);
		g_assert_true(length >= size + 4);
		for (size_t i = 6; i < size + 4; i++)
			strings += bytes[i] == 0;
		if (bytes[4] == 'D')
			g_assert_true(size > 1 && strings % 2 == 0 &&
				      (size == 2 || bytes[size + 3] == 0));
		bytes += size + 4;
		length -= size + 4;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sockaddr_un address;
	static socklen_t length;
	static int listener = -1;
	g_autoptr(GByteArray) sent = g_byte_array_new(), got = g_byte_array_new();
	g_autoptr(Guard) guard = NULL;
	size_t step;
	int mta, ours;
	bool is_over = false;

	if (size < 2 || size > MAX_BYTES)
		return 0;
	if (listener < 0)
		listener = open_listener(&address, &length);
	guard = guard_new(listener, 64, 0);
	mta = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(mta, (struct sockaddr *)&address, length) != 0)
		g_error("no connection");
	ours = guard_accept(guard, listener, NULL, NULL);
	g_assert_true(ours >= 0);

	if (data[0] % 2 == 0)
		g_byte_array_append(sent, (const guint8 *)OPENS, OPENED);
	g_byte_array_append(sent, data + 1, (guint)size - 1);
	step = MAX((size_t)data[0] * data[0] / 4, MAX(sent->len / 64, 1));
	for (size_t at = 0; at < sent->len && !is_over; at += step) {
		size_t some = MIN(step, sent->len - at);

		g_assert_true(send(mta, sent->data + at, some, MSG_NOSIGNAL) ==
			      (ssize_t)some);
		is_over = reads_all(guard, ours, got);
	}
	close(mta);
	g_assert_true(reads_all(guard, ours, got));
	g_assert_true(got->len <= sent->len);
	g_assert_true(got->len == 0 || memcmp(got->data, sent->data, got->len) == 0);
	check_packets(got->data, got->len);
	guard_close(guard, ours);

	return 0;
}

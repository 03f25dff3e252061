/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guard.c - stands between libmilter and the connections of the MTA
 *
 * Design rationale: a thread of libmilter's works on a connection until nothing comes
 * for a millisecond, and then leaves it to another, which polls all that rest.  One
 * thread at a time has a connection, and hands it on under libmilter's lock; so a wire
 * has no lock of its own, and only the table that it is found in is atomic.
 *
 * The functions whose names we took are called by others of that kind: readv() for
 * read(), ppoll() for poll(), accept4() for accept().
 */

#include "config.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/log.h"
#include "base/rarely.h"
#include "milter/guard.h"
#include "milter/packet.h"

/* The memory for what has come; it doubles for a packet that needs more. */
#define WIRE_BYTES (16 * 1024)

/* Descriptors of connections are numbers below this, however many files may be open. */
#define FILES_BELOW (1 << 20)

/* From one try to let somebody in to the next, where no file is free. */
#define PAUSE (100 * G_TIME_SPAN_MILLISECOND)

/* A connection, and what came over it. */
typedef struct {
	char *bytes;  /* NULL while there is nothing */
	size_t size;  /* of the memory */
	size_t next;  /* libmilter reads on here, */
	size_t whole; /* up to here: packets that are whole and good */
	size_t end;   /* of what came */
	PacketPlace place;
	bool is_over; /* hung up, or sent what is no packet */
} Wire;

struct Guard {
	int listener;
	size_t files;
	atomic_size_t most, open; /* connections */
	atomic_bool is_full;
	Rarely rarely;
	_Atomic(Wire *) *wires; /* by descriptor; NULL: none */
};

Guard *
guard_new(int listener, size_t files, size_t spare)
{
	Guard *guard = g_new0(Guard, 1);

	guard->listener = listener;
	guard->files = MIN(files, FILES_BELOW);
	guard->most = guard->files - MIN(spare, guard->files);
	guard->rarely = (Rarely)RARELY_INIT;
	/* The pages that nobody comes to are never there. */
	guard->wires = g_new0(_Atomic(Wire *), guard->files);

	return guard;
}

static void
free_wire(Wire *wire)
{
	g_free(wire->bytes);
	g_free(wire);
}

void
guard_free(Guard *guard)
{
	if (guard == NULL)
		return;

	for (size_t fd = 0; fd < guard->files; fd++)
		if (guard->wires[fd] != NULL)
			free_wire(guard->wires[fd]);
	rarely_clear(&guard->rarely);
	g_free(guard->wires);
	g_free(guard);
}

bool
guard_is_full(const Guard *guard)
{
	return atomic_load(&guard->is_full);
}

void
guard_use_spare(Guard *guard)
{
	atomic_store(&guard->most, guard->files);
}

static Wire *
wire_of(const Guard *guard, int fd)
{
	if (guard == NULL || fd < 0 || (size_t)fd >= guard->files)
		return NULL;

	return atomic_load(&guard->wires[fd]);
}

static bool
is_ready(const Wire *wire)
{
	return wire->next < wire->whole || wire->is_over;
}

static void
tell_rarely(Guard *guard, const char *text)
{
	gint64 now = g_get_monotonic_time() / G_USEC_PER_SEC;
	size_t times;

	if (!rarely_is_due(&guard->rarely, text, now, &times))
		return;
	if (times > 1)
		log_error("%s (%zu times since the last line)", text, times);
	else
		log_error("%s", text);
}

static void
check_packets(Guard *guard, Wire *wire)
{
	PacketState state = PACKET_WHOLE;
	g_autofree char *text = NULL;
	const char *why;
	size_t size;

	while (state == PACKET_WHOLE) {
		state = packet_read(wire->bytes + wire->whole, wire->end - wire->whole,
				    wire->place, &size, &why);
		if (state != PACKET_WHOLE)
			continue;
		wire->whole += size;
		wire->place = PACKET_FOLLOWS;
	}
	if (state == PACKET_CUT)
		return;
	wire->is_over = true;
	text = g_strdup_printf("a connection of the MTA is ended, for it sent %s", why);
	tell_rarely(guard, text);
}

/* A connection that rests holds no memory. */
static void
give_back(Wire *wire)
{
	g_clear_pointer(&wire->bytes, g_free);
	wire->size = wire->next = wire->whole = wire->end = 0;
}

/* There is room for more behind what has come; whole packets were all read. */
static void
make_room(Wire *wire)
{
	if (wire->next > 0)
		memmove(wire->bytes, wire->bytes + wire->next, wire->end - wire->next);
	wire->end -= wire->next;
	wire->next = wire->whole = 0;
	if (wire->end == wire->size) {
		wire->size = wire->size > 0 ? wire->size * 2 : WIRE_BYTES;
		wire->bytes = g_realloc(wire->bytes, wire->size);
	}
}

/* Takes what has come, until a packet is whole or nothing more is there. */
static void
take(Guard *guard, Wire *wire, int fd)
{
	while (!is_ready(wire)) {
		size_t room;
		ssize_t got;

		make_room(wire);
		room = wire->size - wire->end;
		got = recv(fd, wire->bytes + wire->end, room, MSG_DONTWAIT);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN) {
			if (wire->end == 0)
				give_back(wire);
			return;
		}
		if (got <= 0) {
			wire->is_over = true;
			return;
		}
		wire->end += (size_t)got;
		check_packets(guard, wire);
		if ((size_t)got < room)
			return;
	}
}

static int
kernel_poll(struct pollfd *fds, nfds_t count, gint64 microseconds)
{
	struct timespec time = { .tv_sec = microseconds / G_USEC_PER_SEC,
				 .tv_nsec = microseconds % G_USEC_PER_SEC * 1000 };

	return ppoll(fds, count, microseconds < 0 ? NULL : &time, NULL);
}

/* The connection that is asked for something to read, else NULL. */
static Wire *
reader_of(const Guard *guard, const struct pollfd *asked)
{
	return (asked->events & POLLIN) != 0 ? wire_of(guard, asked->fd) : NULL;
}

/* What the kernel says of our connections is news of bytes, not of packets. */
static int
count_ready(Guard *guard, struct pollfd *fds, nfds_t count)
{
	int ready = 0;

	for (nfds_t i = 0; i < count; i++) {
		Wire *wire = reader_of(guard, &fds[i]);

		if (wire != NULL) {
			if (fds[i].revents != 0)
				take(guard, wire, fds[i].fd);
			fds[i].revents = is_ready(wire) ? POLLIN : 0;
		}
		ready += fds[i].revents != 0;
	}

	return ready;
}

static bool
is_any_ready(const Guard *guard, const struct pollfd *fds, nfds_t count,
	     bool *is_any_ours_out)
{
	bool is_any = false;

	*is_any_ours_out = false;
	for (nfds_t i = 0; i < count; i++) {
		const Wire *wire = reader_of(guard, &fds[i]);

		*is_any_ours_out |= wire != NULL;
		is_any |= wire != NULL && is_ready(wire);
	}

	return is_any;
}

int
guard_poll(Guard *guard, struct pollfd *fds, nfds_t count, int timeout)
{
	gint64 wait = timeout < 0 ? -1 : timeout * G_TIME_SPAN_MILLISECOND, end;
	Wire *only = count == 1 ? reader_of(guard, fds) : NULL;
	bool is_any_ours, is_any;
	int ready;

	/* Mostly it is here already, or has just come. */
	if (only != NULL) {
		take(guard, only, fds->fd);
		fds->revents = is_ready(only) ? POLLIN : 0;
		if (fds->revents != 0)
			return 1;
	}
	is_any = is_any_ready(guard, fds, count, &is_any_ours);
	if (!is_any_ours)
		return kernel_poll(fds, count, wait);

	end = g_get_monotonic_time() + wait;
	do {
		ready = kernel_poll(fds, count, is_any ? 0 : wait);
		if (ready < 0)
			return ready;
		ready = count_ready(guard, fds, count);
		if (wait >= 0)
			wait = MAX(end - g_get_monotonic_time(), 0);
	} while (ready == 0 && wait != 0);

	return ready;
}

ssize_t
guard_read(Guard *guard, int fd, void *bytes, size_t size)
{
	struct iovec place = { .iov_base = bytes, .iov_len = size };
	struct pollfd asked = { .fd = fd, .events = POLLIN };
	Wire *wire = wire_of(guard, fd);

	if (wire == NULL)
		return readv(fd, &place, 1);
	if (!is_ready(wire) && guard_poll(guard, &asked, 1, -1) < 0)
		return -1;

	size = MIN(size, wire->whole - wire->next);
	if (size > 0)
		memcpy(bytes, wire->bytes + wire->next, size);
	wire->next += size;
	if (wire->next == wire->end)
		give_back(wire);

	return (ssize_t)size;
}

int
guard_close(Guard *guard, int fd)
{
	Wire *wire = wire_of(guard, fd);

	if (wire != NULL) {
		/* Before another thread can be given the same number. */
		atomic_store(&guard->wires[fd], NULL);
		atomic_fetch_sub(&guard->open, 1);
		free_wire(wire);
	}

	return (int)syscall(SYS_close, fd);
}

/* Sets errno; -1, for the caller to return. */
static int
wait_for_files(Guard *guard, int why)
{
	g_autofree char *text = g_strdup_printf("at most %zu files may be open: new "
						"connections wait; raise LimitNOFILE or "
						"ulimit -n",
						guard->files);

	atomic_store(&guard->is_full, true);
	tell_rarely(guard, text);
	g_usleep(PAUSE);
	errno = why;

	return -1;
}

int
guard_accept(Guard *guard, int fd, struct sockaddr *address, socklen_t *length)
{
	int made;

	if (guard == NULL || fd != guard->listener)
		return accept4(fd, address, length, 0);
	if (atomic_load(&guard->open) >= atomic_load(&guard->most))
		return wait_for_files(guard, EMFILE);

	made = accept4(fd, address, length, SOCK_CLOEXEC);
	if (made >= 0 && (size_t)made >= guard->files) {
		syscall(SYS_close, made);
		return wait_for_files(guard, EMFILE);
	}
	if (made < 0 &&
	    (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM))
		return wait_for_files(guard, errno);
	if (made < 0)
		return -1;
	atomic_store(&guard->is_full, false);
	atomic_fetch_add(&guard->open, 1);
	atomic_store(&guard->wires[made], g_new0(Wire, 1));

	return made;
}

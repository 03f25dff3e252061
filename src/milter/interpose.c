/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interpose.c - the functions of the C library that libmilter gets from us
 *
 * Design rationale: a library is given the program's function where both the program
 * and the C library have one of a name.  So is every other library here, and for all
 * that are no connection of libmilter's the functions do what the C library's do.
 * This file belongs to the daemon alone, for in a library it would come into every
 * program that reads a file.
 *
 * A libmilter that was compiled with _FORTIFY_SOURCE may call the functions by their
 * names for that; they check a size that is known to be kept.
 */

#include "config.h"

#include <unistd.h>

#include "milter/guard.h"
#include "milter/milter.h"

/* Under a name of ours in C, so that no header's idea of the function is met. */
#define INTERPOSED(name) __asm__(name) __attribute__((visibility("default"), used))

int interpose_accept(int fd, struct sockaddr *address, socklen_t *length)
    INTERPOSED("accept");
int interpose_poll(struct pollfd *fds, nfds_t count, int timeout) INTERPOSED("poll");
int interpose_poll_checked(struct pollfd *fds, nfds_t count, int timeout, size_t size)
    INTERPOSED("__poll_chk");
ssize_t interpose_read(int fd, void *bytes, size_t size) INTERPOSED("read");
ssize_t interpose_read_checked(int fd, void *bytes, size_t size, size_t room)
    INTERPOSED("__read_chk");
int interpose_close(int fd) INTERPOSED("close");
int interpose_sigwait(const sigset_t *restrict set, int *restrict signal_out)
    INTERPOSED("sigwait");

int
interpose_accept(int fd, struct sockaddr *address, socklen_t *length)
{
	return guard_accept(milter_guard(), fd, address, length);
}

int
interpose_poll(struct pollfd *fds, nfds_t count, int timeout)
{
	return guard_poll(milter_guard(), fds, count, timeout);
}

int
interpose_poll_checked(struct pollfd *fds, nfds_t count, int timeout, size_t size)
{
	g_assert(count <= size / sizeof(*fds));

	return guard_poll(milter_guard(), fds, count, timeout);
}

ssize_t
interpose_read(int fd, void *bytes, size_t size)
{
	return guard_read(milter_guard(), fd, bytes, size);
}

ssize_t
interpose_read_checked(int fd, void *bytes, size_t size, size_t room)
{
	g_assert(size <= room);

	return guard_read(milter_guard(), fd, bytes, size);
}

int
interpose_close(int fd)
{
	return guard_close(milter_guard(), fd);
}

/*
 * libmilter has a thread that waits for HUP, TERM and INT and stops at each.
 * The kernel may hand it any signal that comes while the main thread is busy
 * with another, so that thread gets our sigwait(), which waits for ever; the
 * main thread uses sigwaitinfo().
 */
int
interpose_sigwait(const sigset_t *restrict set, int *restrict signal_out)
{
	(void)set;
	(void)signal_out;
	for (;;)
		pause();
}

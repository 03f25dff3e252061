/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	guard - stands between libmilter and the connections of the MTA
 *
 * DESCRIPTION
 *	libmilter polls and reads each packet twice, reads beyond its memory where
 *	macros are an odd number of strings, and goes round without end while no
 *	file can be opened.  So its accept(), poll(), read() and close() are ours
 *	(interpose.c), and call the functions here.
 *
 *	What the MTA sends is read at once as far as it has come, and each packet is
 *	checked (packet.h).  libmilter is told of a packet when all of it is there;
 *	a bad one looks to it as if the MTA had hung up, and the log says why.
 *
 *	Nobody new is let in while few files can be opened: accept() fails, as it
 *	does without a file, after a pause.
 *
 *	Descriptors that did not come through guard_accept() are the kernel's alone,
 *	and so are all of them where the guard is NULL.  The calls behave as those
 *	that they stand for, errno included.  Any thread may call them, but no two
 *	at once for the same connection; libmilter does not.
 *
 * OWNERSHIP
 *	guard_close() gives back what belongs to a connection.  guard_free() is for
 *	tests: it closes nothing.
 *
 * SEE ALSO
 *	packet.h, accept(2), poll(2), read(2)
 */
#ifndef GUARD_H
#define GUARD_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <glib.h>

typedef struct Guard Guard;

/*
 * listener: what libmilter accepts from.  files: so many may be open in the process;
 * spare: so many of them are for others than connections.
 */
Guard *guard_new(int listener, size_t files, size_t spare);
void guard_free(Guard *guard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Guard, guard_free)

/* Do new connections wait for a file? */
bool guard_is_full(const Guard *guard);

/* From now on connections may take the spare files, too. */
void guard_use_spare(Guard *guard);

int guard_accept(Guard *guard, int fd, struct sockaddr *address, socklen_t *length);
int guard_poll(Guard *guard, struct pollfd *fds, nfds_t count, int timeout);
ssize_t guard_read(Guard *guard, int fd, void *bytes, size_t size);
int guard_close(Guard *guard, int fd);

#endif

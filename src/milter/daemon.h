/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	daemon - the process in the background, and what its supervisor is told
 *
 * SEE ALSO
 *	daemon(7), sd_notify(3)
 */
#ifndef DAEMON_H
#define DAEMON_H

#include <stdbool.h>

#include <glib.h>

/*
 * Go on in a child, in the background.  In the child: -1, with the pipe to its
 * parent.  In the parent: the status to exit with, once the child serves or has
 * failed to.
 */
int daemon_start(int *ready_out);

/*
 * Tell the parent at the pipe (-1: there is none) and systemd that mail is served.
 * Standard error is closed unless the log is kept there.
 */
void daemon_ready(int ready, bool keeps_stderr);

/* Tell systemd, if it is the supervisor, in one datagram. */
void daemon_notify(const char *text);

/*
 * The microseconds within which systemd wants to be told WATCHDOG=1; G_MAXINT64
 * where it does not.
 */
gint64 daemon_watchdog(void);

/* Limit what malloc() keeps, and allow as many open files as the system does. */
void daemon_set_limits(void);

/* Give back what malloc() keeps of the mails and settings that are over. */
void daemon_trim(void);

/* How many files may be open. */
size_t daemon_files(void);

/*
 * Say why, and end, where a file that is mapped into memory is cut off: SQLite maps
 * the -shm of the store.  The supervisor starts the daemon again.
 */
void daemon_explain_bus_error(void);

#endif

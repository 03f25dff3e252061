/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	milter - libmilter's callbacks, and the few calls that steer it
 *
 * DESCRIPTION
 *	Nothing is decided here: each callback hands what the MTA says to the
 *	connection's Session and turns its answer into libmilter's.
 *
 *	libmilter runs callbacks in a pool of threads, one of them at a time
 *	for each connection, and knows one filter a process; so what all
 *	connections share is static here, under one lock.
 *
 *	A connection is busy from its first packet until its first mail has
 *	ended, and then while a mail is in flight.
 *
 * OWNERSHIP
 *	milter_use() takes a reference on the Assessor and keeps it until the
 *	next call.
 *
 * SEE ALSO
 *	session.h, action.h, listener.h
 */
#ifndef MILTER_H
#define MILTER_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "judge/assess.h"
#include "milter/guard.h"
#include "milter/metrics.h"
#include "milter/tally.h"

/* Open files that are no connections of the MTA: store, clients, sockets, log. */
#define MILTER_FILES_BESIDE 100

#define MILTER_ERROR (milter_error_quark())
GQuark milter_error_quark(void);

typedef enum {
	MILTER_ERROR_LIBRARY, /* libmilter refused */
} MilterError;

/* The mails that follow are judged by this one; those in flight keep theirs. */
void milter_use(Assessor *assessor);

/* The one in use, a reference to it. */
Assessor *milter_assessor(void);

/*
 * Serve this listening socket; it stays the caller's.  polled_out: the
 * descriptor that libmilter accepts from, fd itself or another of the same socket.
 */
bool milter_listen(int fd, int *polled_out, GError **error);

/* Serves for ever; comes back only where libmilter gives up by itself. */
void milter_run(void);

/*
 * How many connections have a mail in flight, and how many are still to have their
 * first.
 */
size_t milter_busy(void);
size_t milter_fresh(void);

/* How many connections came since the start. */
size_t milter_taken(void);

/* What libmilter reads through; NULL before milter_listen(). */
Guard *milter_guard(void);

/* What is counted, and how the daemon stands. */
Tally *milter_tally(void);
MetricsState milter_state(void);

#endif

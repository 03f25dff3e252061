/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	metrics - what a monitor asks for, in Prometheus' text format
 *
 * DESCRIPTION
 *	metrics_text() writes what a Tally counted and how the daemon stands.
 *	No label says anything of a mail but network, verdict and authenticity.
 *
 *	metrics_start() answers HTTP's GET /metrics on a listening socket, from a
 *	thread of its own, to one client after the other: each may send
 *	METRICS_MAX_REQUEST bytes and has METRICS_SECONDS.
 *
 *	metrics_write() puts the text into a file as a whole, for a collector that
 *	reads files, such as node_exporter's textfile; path "" writes none.  It is
 *	written beside it first, as PATH.new.
 *
 * OWNERSHIP
 *	The listener is borrowed until the process ends.
 *
 * SEE ALSO
 *	Prometheus' exposition formats, text version 0.0.4
 */
#ifndef METRICS_H
#define METRICS_H

#include <stdbool.h>

#include <glib.h>

#include "milter/listener.h"
#include "milter/tally.h"

#define METRICS_MAX_REQUEST 4096
#define METRICS_SECONDS     5

/* How the daemon stands when it is asked. */
typedef struct {
	size_t busy;       /* connections with a mail in flight */
	size_t idle;       /* connections without */
	gint64 started;    /* seconds since 1970 */
	gint64 configured; /* when the settings in use were read */
	gint64 uptime;     /* seconds that it runs */
} MetricsState;

/* Resident bytes, see proc(5); 0 where that cannot be read. */
size_t metrics_memory(void);

char *metrics_text(Tally *tally, const MetricsState *state);

/* Called for each request, from another thread; the text is freed. */
typedef char *MetricsSource(void);

/* False where no thread can be started. */
bool metrics_start(const Listener *listener, MetricsSource *source);

bool metrics_write(const char *path, MetricsSource *source, GError **error);

#endif

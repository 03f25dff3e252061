/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	monitor - what the daemon tells of itself to log, monitors and users
 *
 * OWNERSHIP
 *	All that is returned is the caller's.
 *
 * SEE ALSO
 *	tally.h, metrics.h, status.h
 */
#ifndef MONITOR_H
#define MONITOR_H

#include "base/log-record.h"
#include "people/store.h"

/* For the log: what was done since the start. */
LogRecord *monitor_counters(void);

/* The same and more for a monitor, a MetricsSource. */
char *monitor_metrics(void);

/* And for users, a ControlStatus; store: not the one that mail is judged with. */
char *monitor_status(Store *store);

#endif

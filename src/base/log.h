/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	log - one line a recognised mail, one a trouble
 *
 * DESCRIPTION
 *	Goes to syslog (facility mail) or standard error.  Only the edges log:
 *	milter.c, serve.c, control.c and the commands.  Text from a mail must have
 *	gone through text_clean() or text_token() before it comes here; control
 *	characters that still arrive are written as "?".
 *
 *	A daemon calls log_start_writer() once its threads may begin: from then
 *	on a thread of its own writes what standard error does not take at once,
 *	and all for syslog, so that a reader that stands still holds up no mail.
 *	Lines that find no room in its queue are dropped, counted and told of.
 *
 *	Safe with threads.
 */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>

#include <glib.h>

typedef enum {
	LOG_AT_ERROR,
	LOG_AT_INFO,
	LOG_AT_DEBUG,
} LogLevel;

/* target: "syslog", "stderr" or "both"; level: "error", "info" or "debug". May be called again. */
void log_open(const char *program, const char *target, const char *level);
bool log_wants(LogLevel level);

/* Not before the last fork(): a child has no thread. */
void log_start_writer(void);

/* Wait for what is queued, a second at most; lines are written directly from then on. */
void log_stop_writer(void);

void log_error(const char *format, ...) G_GNUC_PRINTF(1, 2);
void log_info(const char *format, ...) G_GNUC_PRINTF(1, 2);
void log_debug(const char *format, ...) G_GNUC_PRINTF(1, 2);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	log - a line for each recognised mail and for each trouble
 *
 * DESCRIPTION
 *	Goes to syslog (facility mail) or standard error.  Only the edges log:
 *	milter.c, serve.c, control.c and the commands.  Text from a mail must have
 *	gone through text_clean() or text_token() before it comes here; control
 *	characters that still arrive are written as "?" (terminal.h).
 *
 *	A line is text, or one object of JSON (log-record.h).  Standard error gets
 *	the program's name before a line of text, and nothing before JSON; the
 *	system log puts its own words before either.
 *
 *	A daemon calls log_start_writer() once its threads may begin.  From then
 *	on a thread writes the lines, so that a reader that stands still holds up
 *	no mail.  Where standard error is ready to take a line, its caller waits
 *	until it is written, for a second at most.  Lines beyond the thread's queue
 *	are dropped, and their number is logged.
 *
 *	All functions may be called from several threads.
 */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>

#include <glib.h>

#include "base/log-record.h"

typedef enum {
	LOG_AT_ERROR,
	LOG_AT_INFO,
	LOG_AT_DEBUG,
} LogLevel;

/*
 * target: "syslog", "stderr" or "both"; level: "error", "info" or "debug".  May be
 * called again.
 */
void log_open(const char *program, const char *target, const char *level);
bool log_wants(LogLevel level);

/* "text", as at first, or "json"; for the lines from now on. */
void log_set_format(const char *format);

/* Call it after the last fork(), for a child has only the thread that forked. */
void log_start_writer(void);

/* Wait for what is queued, a second at most; lines are written directly from then on. */
void log_stop_writer(void);

void log_error(const char *format, ...) G_GNUC_PRINTF(1, 2);
void log_info(const char *format, ...) G_GNUC_PRINTF(1, 2);
void log_debug(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* Words about a mail.  id: its queue ID, or NULL. */
void log_mail(LogLevel level, const char *id, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* id NULL: it is about no mail, and "-": its mail has no queue ID. */
void log_record(LogLevel level, const char *id, const LogRecord *record);

/* How many lines were dropped since the start. */
size_t log_dropped(void);

#endif

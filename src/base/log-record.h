/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	log-record - what one line of the log says, as text or as JSON
 *
 * DESCRIPTION
 *	A LogRecord has words, keys with values, or both.  As text it is
 *	"words key=value key=value", as JSON an object with the same keys, in the
 *	same order.  Both show a value alike: controls and characters that nobody
 *	sees are "?", and a byte that is no UTF-8 is U+FFFD.
 *
 * OWNERSHIP
 *	A LogRecord owns its words and values; keys are borrowed for good.
 *
 * SEE ALSO
 *	log.h; "LOG" in invite-milter(8)
 */
#ifndef LOG_RECORD_H
#define LOG_RECORD_H

#include <stddef.h>

#include <glib.h>

typedef struct LogRecord LogRecord;

/* What a line has before the record. */
typedef struct {
	gint64 time; /* microseconds since 1970 */
	const char *level;
	const char *id;    /* the mail's queue ID; NULL, or "-" for one that is unknown */
	const char *words; /* the key of the words: "message" or "trouble" */
} LogRecordHead;

/* words NULL: none. */
LogRecord *log_record_new(const char *words);
void log_record_free(LogRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LogRecord, log_record_free)

/* A value without blanks; one that text puts into quotation marks; and a number. */
void log_record_add(LogRecord *record, const char *key, const char *value);
void log_record_add_quoted(LogRecord *record, const char *key, const char *value);
void log_record_add_number(LogRecord *record, const char *key, size_t number);

/* NULL where there is none. */
const char *log_record_words(const LogRecord *record);
const char *log_record_value(const LogRecord *record, const char *key);

/* Without the head; the caller's, as below. */
char *log_record_text(const LogRecord *record);

/*
 * An object in one line of at most max bytes: where it is longer, the end of its
 * longest value is left out.
 */
char *log_record_json(const LogRecord *record, const LogRecordHead *head, size_t max);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	report - what the log tells of a mail
 *
 * DESCRIPTION
 *	A Report is written while a mail is judged and its edits are planned,
 *	and logged when they are sent.  Its texts are fit for a log line:
 *	nothing that a mail says reaches them but through text_token().
 *
 * OWNERSHIP
 *	A Report of zeros is an empty one; report_clear() makes it empty again.
 */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>

#include <glib.h>

#include "base/log-record.h"
#include "judge/assess.h"

typedef struct {
	bool is_recognised;  /* an invitation, or a forgery of one */
	LogRecord *summary;  /* what was found and done; NULL: no network's mail */
	LogRecord *detail;   /* names and note, for the debug level, or NULL */
	char *store_trouble; /* why nobody could be asked who knows whom, or NULL */
	GPtrArray *troubles; /* char *, each worth a line of its own; NULL: none */
} Report;

void report_clear(Report *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Report, report_clear)

/* Trouble is told without the text of the mail, and without addresses. */
void report_trouble(Report *report, const char *format, ...) G_GNUC_PRINTF(2, 3);
size_t report_troubles(const Report *report);

/*
 * What is done to a mail: the names of the actions, what became of the banner, and
 * the owners (char *) whose mailboxes it goes to, NULL for more than are named.
 */
typedef struct {
	const char *actions;
	const char *banner;
	const GPtrArray *owners;
} ReportDone;

/* Tell what was found in a mail of a network, and what is done to it. */
void report_found(Report *report, const Assessment *assessment, const ReportDone *done);

/* The summary as a monitor counts it: network="…",verdict="…",authenticity="…" */
char *report_labels(const Report *report);

/*
 * "learnt owner=HASH from=outgoing new=1 updated=0", the caller's; NULL where nothing
 * new was learnt.  The owner's address is not in it.
 */
LogRecord *report_learnt(const Assessor *assessor, const char *owner, const char *from,
			 const Learnt *results, size_t count);

/* Does it tell of people who were learnt? */
bool report_is_learnt(const LogRecord *record);

/* Nothing is done to the mail after all: the summary says so, and the troubles go. */
void report_observing(Report *report);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	session - one connection of the MTA and the mail in flight
 *
 * DESCRIPTION
 *	Keeps what the MTA tells about a mail and decides at the end of its
 *	header whether it is worth keeping:
 *
 *	    no network, none of our fields	SESSION_ACCEPT: the body never travels
 *	    no network, fields of ours		SESSION_SKIP: they are deleted at the end
 *	    a network				SESSION_KEEP: the body is kept, to a limit
 *
 *	    more fields of ours than a limit	SESSION_REFUSE, but for mode observe
 *
 *	Fields of ours were written by the sender; they are counted beyond
 *	every other limit and deleted from any mail.  Knows no libmilter.
 *
 *	Mail that goes out (outgoing.h) is never judged.  session_remember()
 *	learns whom it makes known.  It also keeps what tells an answer to an
 *	invitation, and learns who accepted by a verified notice.
 *
 * OWNERSHIP
 *	All arguments stay the caller's.  A session takes a reference on the
 *	Assessor for each mail.
 */
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "judge/assess.h"
#include "milter/budget.h"
#include "edit/edits.h"
#include "edit/plan.h"
#include "edit/report.h"

typedef struct Session Session;

typedef enum {
	SESSION_ACCEPT,
	SESSION_SKIP,
	SESSION_KEEP,
	SESSION_REFUSE,
} SessionNext;

/*
 * A mail with more fields of our names is refused.  An MTA deletes a field by
 * going through all of them: 5,000 take Postfix 4.8 s, and 20,000 end its cleanup.
 */
#define SESSION_MAX_OURS 200

/* Which limit of all mails together, or of its work, did a mail meet? */
typedef enum {
	SESSION_WITHIN,
	SESSION_BEYOND_CONNECTIONS, /* it passes unjudged */
	SESSION_BEYOND_MEMORY,      /* it passes unjudged */
	SESSION_BEYOND_TIME,        /* not judged for each owner alone (judged.h) */
	SESSION_BEYOND_LAST
} SessionBeyond;

/* The budget is borrowed; NULL: what all connections hold has no limit. */
Session *session_new(Budget *budget);
void session_free(Session *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Session, session_free)

/* A new mail; what was kept of the last one is forgotten. */
void session_begin(Session *session, Assessor *assessor, const Sender *sender);
bool session_in_mail(const Session *session);

/* Let the mail pass unjudged, for the limit that it met; what is kept of it goes. */
void session_pass(Session *session, SessionBeyond beyond);
SessionBeyond session_beyond(const Session *session);

/* address: as in RCPT TO, with or without angle brackets. */
void session_recipient(Session *session, const char *address, RecipientPlace place);
void session_field(Session *session, const char *name, const char *value);
SessionNext session_head_done(Session *session);

/* Keep a chunk; false where no more of them are wanted. */
bool session_body(Session *session, const void *bytes, size_t length);

/*
 * The mail is whole: what to do to it, never NULL, and what to log of it.  report
 * is empty before.  now: seconds since 1970.
 */
Edits *session_end(Session *session, gint64 now, Report *report);

/*
 * The edits are sent: keep what is to be remembered of the mail.  *told_out:
 * what was, for the log, or NULL.  False where the store cannot be written.
 */
bool session_remember(Session *session, gint64 now, LogRecord **told_out, GError **error);

/* The mail is over, whatever became of it. */
void session_reset(Session *session);

#endif

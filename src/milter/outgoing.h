/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	outgoing - whom does a mail that goes out make known?
 *
 * DESCRIPTION
 *	A mail that goes out is never judged (owner.h).  An Outgoing keeps its
 *	author, sender and recipients until its end, and then the recipients
 *	become known to the author (sent.h), if the author is an owner for whom
 *	[people] learn is set.  An invitation that it answers is answered on the
 *	author's list (invitation.h), unless no person wrote it.
 */
#ifndef OUTGOING_H
#define OUTGOING_H

#include <stdbool.h>

#include <glib.h>

#include "base/log-record.h"
#include "judge/assessor.h"
#include "mail/head.h"

typedef struct Outgoing Outgoing;

Outgoing *outgoing_new(const Assessor *assessor, const Sender *sender);
void outgoing_free(Outgoing *outgoing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Outgoing, outgoing_free)

/* Is anything kept of the mail at its end? */
bool outgoing_teaches(const Outgoing *outgoing);

/* address: as in RCPT TO. */
void outgoing_recipient(Outgoing *outgoing, const Assessor *assessor,
			const char *address);

/*
 * Learn the recipients of a mail that teaches.  *told_out: what was learnt, for the
 * log.  False where the store cannot be written.
 */
bool outgoing_remember(const Outgoing *outgoing, const Assessor *assessor,
		       const Head *head, gint64 now, LogRecord **told_out,
		       GError **error);

#endif

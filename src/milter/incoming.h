/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	incoming - what is kept of a mail that came in?
 *
 * DESCRIPTION
 *	A verified notice that somebody accepted makes them known to the owner
 *	it is addressed to, and settles their invitation on the owner's list, as
 *	one that they replied does.  An invitation leaves its inviter for each
 *	owner, so that an answer to it does not make them known; its note, if
 *	verified, so that it can be told how many others got the same (bulk.h);
 *	and itself, as it was judged, on the list of each owner who wants one
 *	(kept.h).  All of it is one transaction.  Of a mail that is rejected or thrown
 *	away nothing is kept, since nobody got it; milter.c sees to that.
 *
 * OWNERSHIP
 *	Borrows all it is given.
 */
#ifndef INCOMING_H
#define INCOMING_H

#include <stdbool.h>

#include <glib.h>

#include "base/log-record.h"
#include "judge/assess.h"
#include "mail/head.h"

typedef struct {
	Assessor *assessor;
	const Assessment *assessment; /* what all owners may be told */
	const Head *head;
	GHashTable *judged; /* owner → const Assessment, where there is one; or NULL */
	const GPtrArray *owners; /* char * */
	const char *owner;       /* the only one, or NULL */
} Incoming;

/*
 * *told_out: what was learnt, for the log; untouched where nothing was.  False where
 * the store cannot be written.
 */
bool incoming_remember(const Incoming *incoming, gint64 now, LogRecord **told_out,
		       GError **error);

#endif

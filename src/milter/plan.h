/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	plan - from what was judged, and each recipient's policy, to the edits
 *
 * DESCRIPTION
 *	One mail may be for several recipients who want different things done
 *	to it.  What touches the mail itself is done where all of them want it:
 *	fields, the words before the subject (the same ones), the rejection.
 *	Its envelope is each recipient's own: a redirect or a copy is theirs,
 *	and to discard the mail for one is to take that one off it.  What could
 *	not be done for somebody is a trouble of the report, with the reason.
 *
 *	Of a mail that is not verified, or whose inviter nobody could be asked
 *	about, nothing is copied, rejected or discarded.
 *
 *	The last recipient is never removed unless the mail is to be discarded
 *	for all, and none whom another's redirect or copy names.
 *
 * OWNERSHIP
 *	Borrows all it is given.
 */
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>

#include <glib.h>

#include "judge/assess.h"
#include "mail/head.h"
#include "milter/edits.h"
#include "milter/report.h"

/* Where a recipient's mail goes from here. */
typedef enum {
	RECIPIENT_LOCAL, /* to a mailbox, as far as the MTA says */
	RECIPIENT_AWAY,  /* it leaves the site */
} RecipientPlace;

/* One of the envelope. */
typedef struct {
	char *given;   /* as in RCPT TO */
	char *address; /* lower case, without brackets */
	char *owner;
	RecipientPlace place;
} Recipient;

typedef struct {
	Assessor *assessor;
	const Head *head;
	const GString *body;      /* as it was judged: its MIME fields, then the body */
	const GArray *recipients; /* of Recipient */
	bool has_more;            /* recipients than these */
	const char *owner;        /* the only one, or NULL */
	const Assessment *shown;  /* what may be told to all */
	GHashTable *judged; /* owner → const Assessment; who is missing has that shown */
} Plan;

/* What is to be done to a mail of a network; of others there is nothing to tell. */
void plan_edits(const Plan *plan, Edits *edits, Report *report);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	plan - from what was judged, and each recipient's policy, to the edits
 *
 * DESCRIPTION
 *	One mail may be for several recipients who want different things done
 *	to it.  The mail itself is changed only as all of them want it: fields,
 *	the same words before the subject, the rejection.  The envelope is
 *	changed for each recipient alone: a redirect or a copy concerns one, and
 *	to discard the mail for one removes that recipient.  What could not be
 *	done for somebody is a trouble of the report, with the reason.
 *
 *	What the caller cannot do is a trouble, too, and the mail is tagged.
 *
 *	A mail that is not verified, or for which the store could not be read,
 *	is neither copied, rejected nor discarded.
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
#include "edit/edits.h"
#include "edit/report.h"

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
	const Assessor *assessor;
	const Head *head;
	Mime *mime;               /* as it was judged */
	const GArray *recipients; /* of Recipient */
	bool has_more;            /* recipients than these */
	const char *owner;        /* the only one, or NULL */
	const GPtrArray *owners;  /* char *, all of them; NULL: too many to be named */
	const Assessment *shown;  /* what may be told to all */
	GHashTable *judged; /* owner → const Assessment; shown is that of all others */
	unsigned unable; /* bits of ActionKind that the caller cannot do; tags instead */
} Plan;

/* Add to the edits and the report what is to be done to a mail of a network. */
void plan_edits(const Plan *plan, Edits *edits, Report *report);

#endif

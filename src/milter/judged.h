/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	judged - one mail, judged for each of its owners
 *
 * DESCRIPTION
 *	A mail is judged for each owner by themselves as far as time, work and
 *	memory go.  Owners who are left over, and those beyond
 *	JUDGED_MAX_OWNERS, get what can be said of the mail where nobody's
 *	people are asked.
 *
 * RETURN VALUE
 *	judged_read(): false with error set where the mail cannot be read, and
 *	false without where the memory was in use all the time that a mail has.
 *
 * OWNERSHIP
 *	A Judged of zeros is an empty one.  It borrows the mail's owners, head
 *	and body, and the budget.
 */
#ifndef JUDGED_H
#define JUDGED_H

#include <stdbool.h>

#include <glib.h>

#include "judge/assess.h"
#include "milter/budget.h"

/* A mail to more owners is judged as one that nobody can be asked about. */
#define JUDGED_MAX_OWNERS 20

/*
 * Steps of work that one mail may cost: a step is a byte that is read for one owner.
 * The cost of a step does not grow with the mail (tests/check_steps.c).
 */
#define JUDGED_MAX_STEPS (JUDGED_MAX_OWNERS * 512 * 1024)

typedef struct {
	Assessor *assessor;
	const Claim *claim;
	const GString *body;     /* as message_mime() takes it */
	const GPtrArray *owners; /* char * */
	const char *client;      /* as in Delivery */
	gint64 now;              /* seconds since 1970 */
	Budget *budget;          /* NULL: no limit */
} JudgedMail;

typedef struct {
	const Assessment *shown; /* what may be told to all owners, or NULL */
	GHashTable *by_owner;    /* owner → const Assessment, as far as there is one */
	size_t left_over;        /* owners for whom there was no time */
	GPtrArray *all;          /* of Assessment, or NULL */
	Mime *mime;              /* the mail's parts, or NULL */
	Budget *budget;
	size_t working; /* bytes of the budget */
} Judged;

bool judged_read(Judged *judged, const JudgedMail *mail, GError **error);
void judged_clear(Judged *judged);

#endif

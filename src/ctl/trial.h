/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	trial - what of a mail fits which pattern of a network's file
 *
 * DESCRIPTION
 *	For one network and a mail that was judged, trial_new() lists the mail's
 *	fields, lines and links, each with the patterns that it fits.  A row
 *	that a pattern should fit, and none does, is marked as missing.  The
 *	patterns are tried by the functions that judging calls (network.h).
 *
 * OWNERSHIP
 *	A Trial borrows from the network and from the assessment.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include <stdbool.h>

#include <glib.h>

#include "judge/assess.h"

/* What fits, and where the file says so. */
typedef struct {
	const KeyfileEntry *entry; /* borrowed; NULL: no key does */
	const char *pattern;       /* borrowed */
} TrialMatch;

typedef struct {
	const char *what; /* name of the field, what became of the line, … */
	char *text;       /* clean */
	char *label;      /* of a link; or NULL */
	GArray *matches;  /* of TrialMatch */
	bool is_missing;  /* nothing fits */
	bool is_claim;    /* with this field alone the mail would be claimed */
} TrialRow;

typedef enum {
	TRIAL_HEAD,
	TRIAL_TEXT,
	TRIAL_HTML,
	TRIAL_CALENDAR,
	TRIAL_LINKS,
	TRIAL_LAST
} TrialPart;

typedef struct {
	GPtrArray *rows[TRIAL_LAST];  /* of TrialRow */
	const Kind *kinds[KIND_LAST]; /* what each level of evidence says; or NULL */
	bool is_claimed;              /* by the whole head */
	bool is_sent;                 /* with the network's traits */
	bool is_taken; /* judged as mail of this network, or a forgery of it */
} Trial;

Trial *trial_new(const Network *network, const Assessment *assessment);
void trial_free(Trial *trial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trial, trial_free)

/* "head", "text", "html", "calendar", "links" */
const char *trial_part_name(TrialPart part);

#endif

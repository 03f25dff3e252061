/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	digest-parts - which invitation belongs in which part of a digest?
 *
 * DESCRIPTION
 *	An owner's list is parted by state, worth and verdict.  News is what makes a
 *	digest worth a mail: an invitation that waits for an answer came, was
 *	reminded of, or is due, or was accepted by somebody who is known; or an answer
 *	led to nothing for as long as is set.  Whoever has nothing to be answered,
 *	only sells or forges is told of beside others, and makes no news.
 */
#ifndef DIGEST_PARTS_H
#define DIGEST_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "people/store-invitation.h"

typedef enum {
	DIGEST_PART_WORTH,  /* what is due first, the oldest first */
	DIGEST_PART_TABLE,  /* no word of why; the newest first, as in all others */
	DIGEST_PART_SILENT, /* no word of why, and nothing to answer */
	DIGEST_PART_SELLS,
	DIGEST_PART_FORGED,
	DIGEST_PART_REMINDERS, /* of those above, that came since the last digest */
	DIGEST_PART_UNANSWERED,
	DIGEST_PART_WELCOME,
	DIGEST_PART_LAST
} DigestPart;

typedef struct {
	gint64 since;      /* of the last digest; 0: there was none */
	gint64 now;        /* seconds since 1970, like since */
	gint64 unanswered; /* seconds after which an answer led to nothing */
} DigestTimes;

typedef struct {
	GPtrArray *rows[DIGEST_PART_LAST]; /* of StoreInvitation, borrowed */
	size_t open;
	bool is_news;
} DigestParts;

/* list: of StoreInvitation; borrowed as long as the parts live. */
void digest_parts_init(DigestParts *parts, const GPtrArray *list,
		       const DigestTimes *times);
void digest_parts_clear(DigestParts *parts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DigestParts, digest_parts_clear)

#endif

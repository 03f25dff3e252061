/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	arc - what those who forwarded a mail say that they had found
 *
 * DESCRIPTION
 *	Each host of an ARC chain puts its number on a set of fields: in
 *	ARC-Authentication-Results stands what it found, and its ARC-Seal covers
 *	that and all sets before.  A chain that holds tells who sealed it and
 *	nothing more, for anybody can seal a mail, and whoever seals it may have
 *	changed it: what a set tells is true of the mail that we see only where
 *	nobody but hosts that are believed had it since.  arc_read() goes down
 *	from the set of the highest number as far as these sealed.
 *
 *	Nothing is checked here: it counts only where a verifier that is
 *	trusted says arc=pass of the mail.
 *
 * OWNERSHIP
 *	What is returned is the caller's.
 *
 * SEE ALSO
 *	results.h; RFC 8617, sections 4.1 and 9.2
 */
#ifndef ARC_H
#define ARC_H

#include <stdbool.h>

#include <glib.h>

#include "mail/head.h"

/* Sets of one mail (RFC 8617, section 4.2.1). */
#define ARC_MAX_SETS 50

/* Whom to believe: lists, which blanks or commas separate. */
typedef struct {
	const char *names;   /* of verifiers */
	const char *sealers; /* domains */
} ArcTrust;

typedef struct {
	/*
	 * Of the newest sets, as far down as they are a verifier's own or were sealed by
	 * one of the sealers or a domain below it.  A set is a verifier's own where the
	 * name in it is its and so is the seal: of a domain at, below or above one of the
	 * names, or of one of the sealers.
	 */
	GPtrArray *believed; /* of Results */
	GPtrArray *earlier;  /* of Results: theirs, but others had the mail since */
	bool has_others;     /* somebody else sealed it, too */
} ArcChain;

void arc_read(ArcChain *chain_out, const Head *head, const ArcTrust *trust);
void arc_chain_clear(ArcChain *chain);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ArcChain, arc_chain_clear)

#endif

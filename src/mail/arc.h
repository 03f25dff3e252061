/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	arc - what those who forwarded a mail say that they had found
 *
 * DESCRIPTION
 *	Each host of an ARC chain puts its number on a set of fields: in
 *	ARC-Authentication-Results stands what it found, and its ARC-Seal covers
 *	that and all sets before.  A chain that holds tells who sealed it and
 *	nothing more, for anybody can seal a mail; so arc_results() takes the
 *	sets of those alone whose domain (d=) is among the names.
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

/*
 * The Results of all sets that were sealed by one of the domains, which blanks or
 * commas separate, or by one below it.
 */
GPtrArray *arc_results(const Head *head, const char *sealers);

/*
 * Is the set of the highest number of a verifier with one of the names on a list, which
 * blanks or commas separate?  A verifier that seals adds its set last.  The name is its
 * writer's own word, so the seal has to be that site's, too: of a domain at, below or
 * above one of the names, or of one of the sealers.
 */
bool arc_is_newest_of(const Head *head, const char *list, const char *sealers);

#endif

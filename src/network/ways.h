/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	ways - where do the links of a mail lead?
 *
 * DESCRIPTION
 *	Counts a mail's links by where they lead, seen from one network: to it,
 *	through a gateway that does not tell, through a host nobody knows which
 *	says that the network stands behind it, or away.  Links whose label says
 *	that they accept, or that they are to be clicked, are counted apart; the
 *	label of a link without words is what stands for its image, and signs
 *	around a label are no part of it.  The links that a mailing list put below
 *	a mail do not count by their labels.
 *
 * SEE ALSO
 *	rewriter.h, added.h, list-footer.h, authenticity.h
 */
#ifndef WAYS_H
#define WAYS_H

#include <stdbool.h>
#include <stddef.h>

#include "network/network.h"
#include "network/reading.h"

/* Where a link leads. */
typedef enum {
	WAY_NONE,    /* to no host at all: a telephone, a place in the mail */
	WAY_HOME,    /* to the network */
	WAY_HIDDEN,  /* through a gateway that does not tell */
	WAY_WRAPPED, /* through a host nobody knows, which says that it is the network */
	WAY_AWAY, /* to somebody else; an answer also by mail, or by what no network uses */
	WAY_LAST
} Way;

/* How many links lead there. */
typedef struct {
	size_t accept[WAY_LAST]; /* whose label says "accept" */
	size_t action[WAY_LAST]; /* whose label says to click, too */
	size_t all[WAY_LAST];
	size_t
	    added; /* of those away: the recipient's side's (added.h), without such a label */
	size_t trusted; /* hidden ones that act, by the administrator's gateways */
} Ways;

/* Counts the links of the whole mail, and those of each part. */
Ways ways_of(const Network *network, const Reading *reading,
	     Ways parts_out[READING_LAST]);

/*
 * Did a list, or a gateway that rewrites links, have the mail?  They break signatures,
 * and anybody can write such a field or link: who asks only doubts.
 */
bool ways_were_changed(const Reading *reading);

/* is_request: the mail asks something, so that a genuine one has links home. */
bool ways_lead_elsewhere(const Ways *ways, bool is_request);

/* Does the link's label say that it accepts, or that it is to be clicked? */
bool ways_link_acts(const Network *network, const ReadingLink *link);

/* Is it one to the network by whose address a request is accepted? */
bool ways_link_accepts(const Network *network, ReadingLink *link);

/*
 * Does the HTML part, which is what readers see, lead elsewhere alone, while the text
 * part leads to the network?
 */
bool ways_are_apart(const Ways parts[READING_LAST]);

/*
 * A token where it is in doubt where the answer to a request leads: no link that
 * answers leads to the network, but others lead away, or through a gateway that does
 * not tell.  Else NULL.
 */
const char *ways_doubt(const Ways *ways, const Network *network, const Reading *reading);

/*
 * Does a part show people, each above a link that accepts?  Then the mail tells of several
 * invitations, and none of the people is its inviter.  links: of ReadingLink.
 */
bool ways_answer_several(const Network *network, const GArray *links);

/*
 * Has it links that accept with different numbers in their paths?  So it is, too, unless
 * the head names one inviter, who may have written them.
 */
bool ways_answer_by_number(const Network *network, const GArray *links);

#endif

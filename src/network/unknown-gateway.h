/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	unknown-gateway - did a gateway that nobody here knows rewrite the links?
 *
 * DESCRIPTION
 *	A gateway sends every link through one host, each with a token of its
 *	own, in the path, in a parameter or behind "#".  A phisher can write such
 *	links, too: who asks only doubts.  Three links tell it by any tokens, fewer
 *	by long ones alone.
 *
 *	In each part with no link to the network, or with one that acts and leads
 *	away, all links but one lead through that host then.  One more may have no
 *	token, by which the gateway has mails reported.  What a mailing list put
 *	below the mail does not count, and neither of the two acts.
 *
 * SEE ALSO
 *	ways.h, list-footer.h
 */
#ifndef UNKNOWN_GATEWAY_H
#define UNKNOWN_GATEWAY_H

#include <stdbool.h>

#include "network/ways.h"

bool unknown_gateway_has(const Network *network, const Reading *reading,
			 const Ways parts[READING_LAST]);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	unknown-gateway - did a gateway that nobody here knows rewrite the links?
 *
 * DESCRIPTION
 *	A gateway sends every link through one host, or through hosts below one
 *	domain, with a token in each, in the path, in a parameter or behind "#".  A
 *	phisher can write such links, too: who asks only doubts.
 *
 *	It is likely where three links or more go on with different tokens behind the
 *	same words, or where fewer have long ones.  It is possible where all links have
 *	a token that is mixed of letters and digits, though a single address stands
 *	behind three labels or more: a signature that fails says more then.  But for
 *	the first of these the author has to be the network's, and the host must not be
 *	called after it.
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

#include "network/ways.h"

typedef enum {
	UNKNOWN_GATEWAY_NONE,
	UNKNOWN_GATEWAY_POSSIBLE,
	UNKNOWN_GATEWAY_LIKELY
} UnknownGateway;

UnknownGateway unknown_gateway_of(const Network *network, const Reading *reading,
				  const Ways parts[READING_LAST]);

#endif

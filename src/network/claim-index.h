/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	claim-index - could any network have sent a mail with this head?
 *
 * DESCRIPTION
 *	Nearly all mail is ordinary, so this question has to be cheap.  The
 *	networks' domains, addresses, fields and patterns are merged into one
 *	index, in which a head is looked up once, whether there are two networks
 *	or two hundred.  Only where the index has something of the head, the
 *	networks are asked one by one (network.h).
 *
 * OWNERSHIP
 *	Borrows the Networks, which must outlive it.  Immutable.
 */
#ifndef CLAIM_INDEX_H
#define CLAIM_INDEX_H

#include <stdbool.h>

#include <glib.h>

#include "network/claim.h"
#include "network/networks.h"

typedef struct ClaimIndex ClaimIndex;

ClaimIndex *claim_index_new(const Networks *networks);
void claim_index_free(ClaimIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClaimIndex, claim_index_free)

/* Has the index anything of the head, so that the networks are asked one by one? */
bool claim_index_asks(const ClaimIndex *index, const Claim *claim);

/* Does network_claims() hold for any? */
bool claim_index_knows(const ClaimIndex *index, const Claim *claim);

#endif

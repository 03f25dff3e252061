/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	authenticity - did the network send it?
 *
 * DESCRIPTION
 *	The first of these that holds decides:
 *
 *	1. The author's name is the network's in letters of other alphabets,
 *	   and the domain is not the network's; or the author's domain looks like
 *	   the network's (lookalike.h), and the name, or the words of a mail
 *	   of one of its kinds, say that the mail is the network's: forged.
 *	2. A trusted verifier (results.h) says that a signature of the network
 *	   is valid, and it covers what the reader sees: verified, whoever the
 *	   author is and wherever gateways make the links lead.
 *	3. The mail poses as the network's while the links that act lead
 *	   elsewhere, or while it has a field for a password; or it is a
 *	   request without an author whose answer leads
 *	   to the network; or a request in the network's very name from another
 *	   domain, with no link to the network: forged.  The last two do not
 *	   hold for mail that came through a list or a gateway, which change
 *	   mails.
 *	4. A signature of the network fails, or its DMARC, and the mail claims
 *	   to be the network's: forged, unless it came through a list, a gateway
 *	   or what is likely one (unknown-gateway.h); or a trusted verifier says that
 *	   its ARC chain holds (arc.h), and one who is believed found the network's
 *	   signature valid, or others may have broken it.
 *	5. A host of the network handed the mail in at the site's border
 *	   (received.h): verified.
 *	6. Else the mail is unverified.
 *
 *	SPF decides nothing, for it tells of the client and not of the mail.
 *
 *	The links of an unverified request are doubtful where all of them go
 *	through one unknown gateway, for a phisher's may look the same; where
 *	no link that answers leads to the network, while others lead away
 *	or through a gateway that does not tell; where a stranger's chain is all
 *	that explains a failure, for anybody can seal one; and where a list or a
 *	gateway explains it while a link leads away, for anybody can write that.
 *
 * RETURN VALUE
 *	Always an answer.
 */
#ifndef AUTHENTICITY_H
#define AUTHENTICITY_H

#include "network/network.h"
#include "network/reading.h"

typedef enum {
	AUTHENTICITY_UNVERIFIED,
	AUTHENTICITY_VERIFIED,
	AUTHENTICITY_FORGED,
	AUTHENTICITY_LAST
} Authenticity;

/* The verifiers and the host that are believed on where a mail comes from. */
typedef struct {
	const char *names;   /* of verifiers, as results_trusted() takes them */
	const char *sealers; /* domains, as arc_results() takes them */
	const char *client;  /* confirmed name of the host at the border, or NULL */
} Trust;

/* What was found out about a mail. */
typedef struct {
	Authenticity authenticity;
	char *reason;            /* a token for it, or NULL */
	bool has_doubtful_links; /* they may lead to the network, or to a phisher */
} AuthenticityProof;

/* kind: what the mail says it is, or NULL. */
void authenticity_find(AuthenticityProof *proof_out, const Network *network,
		       const Reading *reading, const Kind *kind, const Trust *trust);
void authenticity_proof_clear(AuthenticityProof *proof);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AuthenticityProof, authenticity_proof_clear)

const char *authenticity_name(Authenticity authenticity);

#endif

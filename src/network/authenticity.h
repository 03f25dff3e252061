/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	authenticity - did the network send it?
 *
 * DESCRIPTION
 *	A mail is forged where its author's domain only looks like the
 *	network's, or where its author's name is the network's in other
 *	alphabets' letters.  A display name alone proves nothing: mailing lists
 *	rewrite authors.
 *
 *	After that a verifier that is trusted is heard (results.h): a signature
 *	of the network that holds makes the mail verified, whoever its author is
 *	and wherever gateways make its links lead.
 *
 *	Without one, a mail is forged where it acts the network's part while the
 *	links that act lead elsewhere; and so is a request in the network's name
 *	from another domain, with no link to it, unless a list had it.  Links
 *	that all go through a gateway nobody here knows tell nothing, for a
 *	phisher writes the same: the mail is unverified then, and its links are
 *	doubtful.  So are those of a request none of whose answers leads to the
 *	network, while others lead away or through a gateway that does not tell.
 *
 *	A signature of the network that fails, or its DMARC, makes a mail that
 *	claims to be the network's forged, unless it came through a list, a
 *	gateway that changes mails, or a forwarder whose ARC chain holds.  Other
 *	results decide nothing, nor does SPF, which tells of the client and not
 *	of the mail.
 *
 *	Where verifiers say nothing, a mail that a host of the network handed in
 *	at the site's border (received.h) is verified.
 *
 *	What is neither is unverified.
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

/* Who says what a mail is. */
typedef struct {
	const char *names;  /* of verifiers, as results_trusted() takes them */
	const char *client; /* confirmed name of the host at the border, or NULL */
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

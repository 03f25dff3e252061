/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	authenticity - did the network send it?
 *
 * DESCRIPTION
 *	A mail is forged where its author's domain only looks like the
 *	network's, where its author's name is the network's in other alphabets'
 *	letters, or where it acts the network's part while the links that act
 *	lead elsewhere.  A display name alone proves nothing: mailing lists
 *	rewrite authors; a request in the network's name from another domain,
 *	with no link to it, is forged unless a list had it.
 *
 *	After that a verifier that is trusted is heard (results.h).  A signature
 *	of the network that holds makes the mail verified, whoever its author
 *	is; a signature of it that fails, or its DMARC, makes a mail that claims
 *	to be the network's forged, unless it came through a list or a gateway
 *	that changes mails.  Other results decide nothing, nor does SPF, which
 *	tells of the client and not of the mail.
 *
 *	Where verifiers say nothing, a mail that a host of the network handed in
 *	at the site's border (received.h) is verified.
 *
 *	What is neither is unverified.
 *
 * RETURN VALUE
 *	Always an answer; *reason_out is a token for it, or NULL.
 *
 * OWNERSHIP
 *	*reason_out is the caller's.
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

/* kind: what the mail says it is, or NULL. */
Authenticity authenticity_of(const Network *network, const Reading *reading,
			     const Kind *kind, const Trust *trust, char **reason_out);

const char *authenticity_name(Authenticity authenticity);

#endif

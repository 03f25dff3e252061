/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	authenticity - did the network send it?
 *
 * DESCRIPTION
 *	A mail is forged where its author's domain only looks like the
 *	network's, or where it acts the network's part while the links that act
 *	lead elsewhere.  A display name alone proves nothing: mailing lists
 *	rewrite authors.  What is not forged is unverified.
 *
 * RETURN VALUE
 *	Always an answer; *reason_out is a token for it, borrowed, or NULL.
 */
#ifndef AUTHENTICITY_H
#define AUTHENTICITY_H

#include "judge/network.h"
#include "judge/reading.h"

typedef enum {
	AUTHENTICITY_UNVERIFIED,
	AUTHENTICITY_VERIFIED,
	AUTHENTICITY_FORGED,
	AUTHENTICITY_LAST
} Authenticity;

/* kind: what the mail says it is, or NULL. */
Authenticity authenticity_of(const Network *network, const Reading *reading,
			     const Kind *kind, const char **reason_out);

const char *authenticity_name(Authenticity authenticity);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	change - did a forwarder change a mail whose signature is broken?
 *
 * DESCRIPTION
 *	Lists and gateways change mails and break signatures, so that a failure need not
 *	be a forgery.  Anybody can write that one of them had a mail, though.
 *
 * SEE ALSO
 *	authenticity.h, arc.h, ways.h
 */
#ifndef CHANGE_H
#define CHANGE_H

#include <glib.h>

#include "network/authenticity.h"

/* What tells that a mail whose signature is broken was changed on its way. */
typedef enum {
	CHANGE_NONE,
	CHANGE_CLAIMED, /* a list's field or a gateway's link, which anybody can write */
	CHANGE_MAYBE,   /* a chain: somebody changed it, who may as well have made it */
	CHANGE_SEEN     /* one who is believed had it with the network's signature */
} Change;

/* fields: of Results, the trusted verifiers'. */
Change change_of(const Network *network, const Reading *reading, const GPtrArray *fields,
		 const Trust *trust);

/* The domain of the network that such a result is about, or NULL without one. */
const char *change_domain_with(const Network *network, const GPtrArray *fields,
			       const char *method, const char *result);

#endif

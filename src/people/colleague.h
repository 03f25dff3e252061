/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	colleague - was the mail written by one of the site's own?
 *
 * DESCRIPTION
 *	The setting [people] colleagues names domains.  An author under one of
 *	them is a colleague where a trusted verifier (results.h) says so: by a
 *	valid signature of the author's domain or of one above it, or by a login
 *	of the author's domain.  The client's network and SPF prove
 *	nothing: others may send from there, too.
 *
 *	An address under a network's domains is never a colleague's.
 */
#ifndef COLLEAGUE_H
#define COLLEAGUE_H

#include <stdbool.h>

#include "mail/message.h"

/* domains: the setting; verifiers: as results_trusted() takes them. */
bool colleague_wrote(const Message *message, const char *domains, const char *verifiers,
		     const char *const *network_domains);

#endif

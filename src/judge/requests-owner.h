/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests-owner - whose people are meant, and may the client ask for them?
 *
 * DESCRIPTION
 *	A client asks for its own mailbox; one that is trusted names any, or
 *	forgets somebody in all of them.
 */
#ifndef REQUESTS_OWNER_H
#define REQUESTS_OWNER_H

#include <stdbool.h>

#include "judge/requests.h"
#include "people/owner.h"

typedef struct {
	const char *owner;  /* an address or a login, or NULL for the client's own */
	bool is_everywhere; /* the mailboxes of all owners */
	bool is_to_forget;  /* which is all that may be done to those at once */
} RequestsWhose;

/*
 * *owner_out: the mailbox, the caller's, or NULL for all.  False where the client may
 * not ask: *refused_out is one of REQUESTS_REFUSED_…, *why_out its text, the caller's.
 */
bool requests_owner_find(const Owners *owners, const RequestsClient *client,
			 const RequestsWhose *whose, char **owner_out,
			 const char **refused_out, char **why_out);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	access - whose people are meant, and may the client ask for them?
 *
 * DESCRIPTION
 *	A client asks for its own mailbox; one that is trusted names any, or
 *	forgets somebody in all of them.
 *
 * OWNERSHIP
 *	Both structs borrow their texts.
 */
#ifndef ACCESS_H
#define ACCESS_H

#include <stdbool.h>

#include "people/owner.h"

/* The client that asks. */
typedef struct {
	const char *own; /* the client's own mailbox, or NULL */
	bool is_trusted; /* it may name any owner */
} AccessClient;

typedef struct {
	const char *owner;  /* an address or a login, or NULL for the client's own */
	bool is_everywhere; /* the mailboxes of all owners */
	bool is_to_forget;  /* which is all that may be done to those at once */
} AccessWanted;

typedef enum {
	ACCESS_GRANTED,
	ACCESS_NO_OWNER, /* no mailbox is named that there could be */
	ACCESS_NO_RIGHT,
} Access;

/*
 * *owner_out: the mailbox, the caller's, or NULL for all; untouched unless granted.
 * *why_out: why it is not, the caller's, or NULL.
 */
Access access_to(const Owners *owners, const AccessClient *client,
		 const AccessWanted *wanted, char **owner_out, char **why_out);

#endif

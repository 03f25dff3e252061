/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests-forget - forgets people, and what they sent
 *
 * DESCRIPTION
 *	A person who is forgotten goes with all invitations of theirs, notes
 *	included.  A stranger is no longer known, and their invitations stay: their
 *	owner has filed them.
 *
 * RETURN VALUE
 *	False with error set where the store cannot be written; who was forgotten by
 *	then stays so.
 */
#ifndef REQUESTS_FORGET_H
#define REQUESTS_FORGET_H

#include <stdbool.h>

#include "requests/requests-query.h"

/* The request: "who", and "everywhere". */
bool requests_forget(RequestsQuery *query, GError **error);

/*
 * Everybody who has the inviter's profile or address, and who has their name and was
 * learnt by hand alone: others may have the same name.
 */
bool requests_forget_inviter(RequestsQuery *query, const Contact *inviter,
			     GError **error);

#endif

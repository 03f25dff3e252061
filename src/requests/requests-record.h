/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests-record - puts old mail of an owner's onto the list of invitations
 *
 * DESCRIPTION
 *	A mail that lay in a mailbox is recorded as the daemon records one that comes
 *	(invitation.h), with the time at which it came.  It is judged as of today; what
 *	it teaches of people is another command's.  Recorded twice it changes nothing.
 *
 *	A notice settles an invitation that is recorded already.  Mails come in any
 *	order, so a client tells all, and those again, with "settle", that were
 *	notices.
 *
 *	The answer's word is "new", "again", "reopened" or "seen" of an invitation; "old"
 *	where it would not be kept any longer; "beyond" where the list was full, and the
 *	one that would be missed least went; "notice" or "settled"; "none" of any other
 *	mail.
 *
 * RETURN VALUE
 *	False with error set where the request is wrong, the owner wants no list, and
 *	where the store, or the mail, cannot be read or written.
 */
#ifndef REQUESTS_RECORD_H
#define REQUESTS_RECORD_H

#include <stdbool.h>

#include "requests/requests-query.h"

/* The request: "mail", "settle". */
bool requests_record(RequestsQuery *query, GError **error);

/* Of the owner's list goes what is too old, as the daemon does it each day. */
bool requests_record_expire(RequestsQuery *query, GError **error);

#endif

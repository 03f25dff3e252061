/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	suggestion - what to do, with the reply written ready to send
 *
 * DESCRIPTION
 *	The reply is greeting, text and sign-off in a Voice (replies.h).  Who
 *	sells or asks a favour is best ignored; for those who would rather
 *	answer, a polite no is offered with it where an answer can arrive.  For
 *	what is forged, for whoever poses as another, and for a mail whose links
 *	may be a phisher's, there is none, and no page either.
 *
 *	The page is the network file's own, never a link from the mail.
 */
#ifndef SUGGESTION_H
#define SUGGESTION_H

#include <glib.h>

#include "network/invite.h"
#include "network/network.h"
#include "judge/replies.h"
#include "judge/verdict.h"

typedef struct {
	Answer answer;
	char *reply;          /* lines separated by "\n"; NULL: nothing to send */
	const char *language; /* of the reply, borrowed */
	char *url;            /* the network's page for it, or NULL */
	char *address;        /* a mail to it reaches the inviter, or NULL */
} Suggestion;

/* findings: what verdict and answer were found from. */
Suggestion *suggestion_new(const Voice *voice, const Network *network,
			   const Invite *invite, const Findings *findings,
			   Verdict verdict, Answer answer);
void suggestion_free(Suggestion *suggestion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Suggestion, suggestion_free)

#endif

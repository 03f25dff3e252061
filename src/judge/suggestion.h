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
 *	The reply has the form of address of the note, where that shows one
 *	(reply-form.h).  That people do not know each other is said only where
 *	that is known: not of a namesake, who may be the very person.
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
	char *hint; /* how to reply without accepting, or that one cannot; or NULL */
} Suggestion;

/* findings: what verdict and answer were found from. */
Suggestion *suggestion_new(const Voice *voice, const Network *network,
			   const Invite *invite, const Findings *findings,
			   Verdict verdict, Answer answer);

/*
 * What the recipient should know of the way an answer takes, in the voice that
 * speaks to them: the network file's reply-hint, else, where the inviter is out of
 * reach, that there is no way to reply.  NULL where there is nothing to say.
 */
char *suggestion_hint(const Voice *voice, const Network *network, const Invite *invite,
		      const Findings *findings, const Suggestion *suggestion);
void suggestion_free(Suggestion *suggestion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Suggestion, suggestion_free)

#endif

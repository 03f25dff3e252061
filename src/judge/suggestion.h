/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	suggestion - what to do, with the reply written ready to send
 *
 * DESCRIPTION
 *	The reply is greeting, text and sign-off in a Voice (replies.h).  An
 *	inviter who sells or asks a favour is best ignored; a polite no is
 *	offered for a recipient who would rather answer, where an answer can
 *	arrive.  There is no reply, and no page, to a forgery, to an impostor
 *	and to a mail whose links may be a phisher's.
 *
 *	The reply has the form of address of the note, where that shows one
 *	(reply-form.h).  A reply says that people do not know each other only
 *	where that is certain: not to a namesake, who may be the very person.
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
 * A reply that fits many who did not say why they invite: it names nobody, and says
 * nothing of who knows whom.  The caller's; NULL where there is no text.
 */
char *suggestion_for_many(const Voice *voice);

/*
 * A greeting, with thanks, for somebody who is known and whose invitation was accepted.
 * name: as in the mail, or NULL.  The caller's; NULL where there is no text.
 */
char *suggestion_welcome(const Voice *voice, const char *name);

/*
 * What the recipient should know about answering, in the voice for the recipient: the
 * network file's reply-hint, else, where the inviter cannot be reached, that there is
 * no way to reply.  NULL where there is nothing to say.
 */
char *suggestion_hint(const Voice *voice, const Network *network, const Invite *invite,
		      const Findings *findings, const Suggestion *suggestion);
void suggestion_free(Suggestion *suggestion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Suggestion, suggestion_free)

#endif

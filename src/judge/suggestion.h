/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	suggestion - what to do, with the reply written ready to send
 *
 * DESCRIPTION
 *	Reply texts and the words of the banner are data
 *	(replies/CODE.reply).  A name reaches a text only cleaned, at most
 *	TEXT_NAME_MAX characters long, and not at all where it looks like an
 *	address or a link.
 *
 *	The page is the network file's own, never a link from the mail.
 */
#ifndef SUGGESTION_H
#define SUGGESTION_H

#include <glib.h>

#include "judge/invite.h"
#include "judge/network.h"
#include "judge/verdict.h"

typedef struct Replies Replies;

/* files: of Keyfile, kept by the Replies. */
Replies *replies_new(GPtrArray *files, GError **error);
void replies_free(Replies *replies);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Replies, replies_free)

/*
 * The first of the languages, in the order of preference and closed by NULL,
 * that a file speaks ("pt-BR" may be served by "pt"); NULL where none does.
 */
const char *replies_language(const Replies *replies, const char *const *languages);

/*
 * A text of a language by group and key, with {first}, {recipient}, {inviter}
 * and {network} filled in; NULL where there is none, or where a name it needs
 * is not known.
 */
typedef struct {
	const char *inviter;
	const char *recipient;
	const char *network;
} ReplyNames;

char *replies_text(const Replies *replies, const char *language, const char *group,
		   const char *key, const ReplyNames *names);

typedef struct {
	Answer answer;
	char *reply;		/* lines separated by "\n"; NULL: nothing to send */
	const char *language;	/* of the reply, borrowed */
	char *url;		/* the network's page for it, or NULL */
	char *address;		/* a mail to it reaches the inviter, or NULL */
} Suggestion;

Suggestion *suggestion_new(const Replies *replies, const Network *network,
			   const Invite *invite, Answer answer, const Findings *findings,
			   const char *language);
void suggestion_free(Suggestion *suggestion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Suggestion, suggestion_free)

#endif

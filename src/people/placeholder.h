/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	placeholder - the names that stand in a text that we write
 *
 * DESCRIPTION
 *	A text says {first} where the inviter's first name belongs.  Whatever of a
 *	name would greet nobody, a title, a company's form or the network's own
 *	name, is left out of it (reply-name.h).
 *
 * OWNERSHIP
 *	What is returned is the caller's.
 *
 * SEE ALSO
 *	"REPLY FILES" in invite-milter-languages(5)
 */
#ifndef PLACEHOLDER_H
#define PLACEHOLDER_H

#include <stdbool.h>

#include "people/name.h"

/* All of them, for a message. */
#define PLACEHOLDER_LIST                                                                 \
	"{first}, {name}, {inviter}, {company}, {recipient}, {network}, {since}"

/* What the placeholders are filled with; NULL where it is not known. */
typedef struct {
	const char *inviter;
	const char *company;
	const char *recipient;
	const char *network;
	const char *since; /* the day on which the recipient came to know the inviter */
	const char *language;   /* of the text: which titles it says; NULL: all */
	const NameRules *rules; /* NULL: titles are told by their dots alone */
} ReplyNames;

/* Does one begin here?  text: behind its "{". */
bool placeholder_is_known(const char *text);

/*
 * The text with its names, or NULL where one of them is not known.  All its
 * placeholders must be.
 */
char *placeholder_fill(const char *text, const ReplyNames *names);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	relation - does the recipient know the person who invites?
 *
 * DESCRIPTION
 *	The program remembers nobody yet, so whoever invites a single owner is
 *	a stranger; where a mail has no single owner, nobody can be asked and
 *	the answer is unknown.
 */
#ifndef RELATION_H
#define RELATION_H

typedef enum {
	RELATION_UNKNOWN,	/* nobody could be asked */
	RELATION_STRANGER,
	RELATION_NAMESAKE,	/* only the name is known */
	RELATION_LIKELY,	/* name and company are */
	RELATION_KNOWN,		/* profile or address is */
	RELATION_IMPOSTOR,	/* poses as somebody known */
	RELATION_LAST
} Relation;

/* owner: the recipient's mailbox, or NULL where there is no single one. */
Relation relation_of(const char *owner);

const char *relation_name(Relation relation);

#endif

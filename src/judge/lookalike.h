/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	lookalike - does a domain pass itself off as another?
 *
 * DESCRIPTION
 *	"liinkedin.example" differs from a network's name by a slip of the pen;
 *	"network.example.evil.test" and "network-mail.test" carry the name
 *	within another.  The first is a disguise, the second may be a fan's
 *	page and is one only where the mail acts the part.
 */
#ifndef LOOKALIKE_H
#define LOOKALIKE_H

typedef enum {
	LOOKALIKE_NOT,
	LOOKALIKE_WITHIN,	/* the name stands within another */
	LOOKALIKE_CLOSE,	/* the name, but for a letter */
} Lookalike;

/* domain is not the other, nor under it; both in lower case. */
Lookalike lookalike_of(const char *domain, const char *own);

#endif

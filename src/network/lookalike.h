/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	lookalike - does a domain pass itself off as another?
 *
 * DESCRIPTION
 *	A brand is the word by which people know a network's domains.
 *	"liinkedin.example" differs from it by a slip of the pen, "l1nkedin"
 *	and the same in another alphabet's letters only for a machine;
 *	"network.example.evil.test" and "network-mail.test" carry it within
 *	another.  The first two are disguises, the third may be a fan's page and
 *	is one only where the mail acts the part.
 *
 *	Lookalikes are many of them, and tell at once of nearly all domains that
 *	they look like none.
 *
 * SEE ALSO
 *	letter.h; RFC 3492; Unicode UTS #39
 */
#ifndef LOOKALIKE_H
#define LOOKALIKE_H

#include <stdbool.h>

#include <glib.h>

#include "text/folded.h"

typedef enum {
	LOOKALIKE_NOT,
	LOOKALIKE_WITHIN, /* the brand stands within another name */
	LOOKALIKE_CLOSE,  /* the brand, but for a letter */
	LOOKALIKE_SAME,   /* the brand, to the eye */
} Lookalike;

/* domain is not the brand's own, nor under it; both in lower case. */
Lookalike lookalike_of(const char *domain, const char *brand);

/* Has a text the brand as a word, written with letters of other alphabets? */
bool lookalike_in_text(const Folded *text, const char *brand);

typedef struct Lookalikes Lookalikes;

Lookalikes *lookalikes_new(void);
void lookalikes_free(Lookalikes *brands);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lookalikes, lookalikes_free)

/* brand: in lower case; owner: whose it is; both borrowed for good. */
void lookalikes_add(Lookalikes *brands, const char *brand, const void *owner);

/* Is the domain a look-alike of any (but those of one owner), or has the text one in it? */
bool lookalikes_resemble(const Lookalikes *brands, const char *domain, const void *but);
bool lookalikes_in_text(const Lookalikes *brands, const Folded *text);

#endif

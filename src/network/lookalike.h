/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	lookalike - does a domain pass itself off as another?
 *
 * DESCRIPTION
 *	A brand is the word by which people know a network's domains.
 *	"liinkedin.example" differs from the brand by a letter; "l1nkedin", or
 *	the brand in another alphabet's letters, looks the same;
 *	"network.example.evil.test" and "network-mail.test" hold the brand
 *	within another name.  The first two are disguises; the third may be a
 *	fan's page, and only the rest of the mail tells.
 *
 *	A Lookalikes holds many brands.  For nearly all domains it tells in one
 *	step that they resemble none of them.
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

/* Does a text have the brand as a word, in letters of other alphabets? */
bool lookalike_in_text(const Folded *text, const char *brand);

typedef struct Lookalikes Lookalikes;

Lookalikes *lookalikes_new(void);
void lookalikes_free(Lookalikes *brands);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lookalikes, lookalikes_free)

/* brand: in lower case; owner: whose it is; both borrowed for good. */
void lookalikes_add(Lookalikes *brands, const char *brand, const void *owner);

/*
 * Is the domain a look-alike of any brand but those of one owner?  Does the text have
 * any brand in letters of other alphabets?
 */
bool lookalikes_resemble(const Lookalikes *brands, const char *domain, const void *but);
bool lookalikes_in_text(const Lookalikes *brands, const Folded *text);

#endif

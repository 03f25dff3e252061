/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	disguise - a text without what hides its words from programs
 *
 * DESCRIPTION
 *	People read "соmраnies", of which four letters are Cyrillic, "c.o.m.p.a.n.y"
 *	and "c0mpan1es" as what they look like, and no phrase is found in them.
 *	disguise_undone() writes such words as they are read:
 *
 *	- what nobody sees, and bytes that are no character, go from within words;
 *	- in a word with Latin letters, letters of other scripts that look Latin
 *	  are Latin, and in a text with several such words in all words that look
 *	  Latin as a whole;
 *	- letters that stand apart, with the same sign between each two, are a word;
 *	- in a text with several words of letters around a digit, digits are the
 *	  letters that they look like.
 *
 *	Nothing else is changed: a single slip, "3D" and "U.S.A." do no harm.
 *	It takes time in proportion to the text.
 *
 * OWNERSHIP
 *	The text is valid UTF-8; the result is, too, and the caller's.
 *
 * SEE ALSO
 *	letter.h; Unicode UTS #39
 */
#ifndef DISGUISE_H
#define DISGUISE_H

#include <stdbool.h>

/* on_purpose_out: are there several such words?  What nobody sees may be an editor's. */
char *disguise_undone(const char *text, bool *on_purpose_out);

#endif

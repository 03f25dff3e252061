/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mask-name - which words that could stay are written like somebody's name?
 *
 * DESCRIPTION
 *	A mail names people who are not in its head, and whose names are words.
 *	Such names are told by how they are written.  A word that is in languages'
 *	files alone is one where it has a capital and stands within a sentence, or
 *	beside a masked word that has a capital, too.  A small word that stands in
 *	names ("van") is one beside a word of a name in the head, or beside
 *	another such word.  So are letters in a row by themselves.
 *
 * SEE ALSO
 *	mask.h
 */
#ifndef MASK_NAME_H
#define MASK_NAME_H

#include "mail/mask.h"

/* All kinds of spaces but " ". */
#define MASK_NAME_BLANK 0x00a0

/* One word of a text. */
typedef struct {
	size_t start;
	size_t end;
	char *key;      /* folded; NULL for one that is too long */
	unsigned known; /* MaskKnown */
	bool is_kept;
	bool is_capital; /* it begins with one */
} MaskWord;

/* Mark the words of such names as not kept.  words: in the order of the text. */
void mask_name_hide(MaskKeep keep, const gunichar *chars, MaskWord *words, size_t count);

#endif

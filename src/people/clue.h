/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	clue - a clue as the number that it is indexed by
 *
 * DESCRIPTION
 *	An index of numbers is a third of one of texts, and quicker to go down.
 *	Different clues may have one number: whoever looks a clue up by it
 *	compares the text, too.  The numbers are on disk and never change.
 *
 * SEE ALSO
 *	store_clue() in store.h
 */
#ifndef CLUE_H
#define CLUE_H

#include <stdint.h>

/* FNV-1a, folded into the 47 bits that SQLite keeps in six bytes. */
static inline int64_t
clue_number(const char *clue)
{
	uint64_t number = 0xcbf29ce484222325U;

	for (; *clue != '\0'; clue++)
		number = (number ^ (unsigned char)*clue) * 0x100000001b3U;

	return (int64_t)((number ^ number >> 47) & ((UINT64_C(1) << 47) - 1));
}

#endif

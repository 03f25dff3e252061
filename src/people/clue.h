/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	clue - a clue as the number that it is indexed by
 *
 * DESCRIPTION
 *	An index of numbers has a third of the size of an index of texts, and is
 *	searched faster.  Different clues may have the same number, so whatever
 *	is found by it is compared with the text, too.  The numbers are kept on
 *	disk, so the function never changes.
 *
 * SEE ALSO
 *	store_clue() in store.h
 */
#ifndef CLUE_H
#define CLUE_H

#include <stdint.h>

/* A number of 47 bits, which SQLite keeps in six bytes. */
int64_t clue_number(const char *clue);

#endif

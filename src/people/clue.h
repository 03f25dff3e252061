/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	clue - a clue as the number that it is indexed by
 *
 * DESCRIPTION
 *	An index of numbers is a third of one of texts, and quicker to go down.
 *	Different clues may have one number: what is found by it
 *	is compared with the text, too.  The numbers are on disk and never change.
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

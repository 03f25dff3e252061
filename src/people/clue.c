/* SPDX-License-Identifier: BSD-2-Clause */
/* clue.c - a clue as the number that it is indexed by */

#include "config.h"

#include "people/clue.h"

/* FNV-1a, folded into the 47 bits that SQLite keeps in six bytes. */
int64_t
clue_number(const char *clue)
{
	uint64_t number = 0xcbf29ce484222325U;

	for (; *clue != '\0'; clue++)
		number = (number ^ (unsigned char)*clue) * 0x100000001b3U;

	return (int64_t)((number ^ number >> 47) & ((UINT64_C(1) << 47) - 1));
}

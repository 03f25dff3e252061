/* SPDX-License-Identifier: BSD-2-Clause */
/* relation.c - does the recipient know the person who invites? */

#include <stddef.h>

#include "judge/relation.h"

Relation
relation_of(const char *owner)
{
	return owner != NULL ? RELATION_STRANGER : RELATION_UNKNOWN;
}

const char *
relation_name(Relation relation)
{
	static const char *const names[RELATION_LAST] = {
		[RELATION_UNKNOWN] = "unknown",	  [RELATION_STRANGER] = "stranger",
		[RELATION_NAMESAKE] = "namesake", [RELATION_LIKELY] = "likely",
		[RELATION_KNOWN] = "known",	  [RELATION_IMPOSTOR] = "impostor",
	};

	return names[relation];
}

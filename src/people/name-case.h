/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	name-case - which letters of a name are capitals?
 *
 * DESCRIPTION
 *	People type their names in capitals, without any, or set the family's off by
 *	them.  In a text that we write each word begins with one, but for particles.
 *	rules, which may be NULL, tell these, and beginnings as "Mc", behind which
 *	another capital stands.
 *
 * OWNERSHIP
 *	The char * returned is the caller's.
 */
#ifndef NAME_CASE_H
#define NAME_CASE_H

#include <stdbool.h>

#include "people/name-rules.h"

/* Is it written in capitals alone, or without any? */
bool name_case_is_one(const char *text);

/* "DOE Jane", and not "JP Doe": capitals set off a family's name, first or last. */
bool name_case_is_set_off(const char *word);

/*
 * "Jane van der Roe" of "JANE VAN DER ROE" and of "Jane VAN DER ROE".  Words in small
 * letters get capitals where the whole name has none, is_all; is_behind: the text
 * stands behind other words of it.
 */
char *name_case_spelled(const NameRules *rules, const char *text, bool is_all,
			bool is_behind);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	reply-name - what to call people in a text that we write
 *
 * DESCRIPTION
 *	Names come from mails, so they reach a text only cleaned, at most
 *	TEXT_NAME_MAX characters long, and not at all where they look like an
 *	address or a link.
 *
 * RETURN VALUE
 *	NULL where a name had better not be used, or nobody can tell which part
 *	of it is the one.
 *
 *	A name that is all small letters or all capitals is written as names
 *	are.  rules, which may be NULL, tell titles without a dot, families' names
 *	that stand first, and companies, clubs and offices, which nobody greets by
 *	name.
 *
 * OWNERSHIP
 *	Every char * returned is the caller's.
 */
#ifndef REPLY_NAME_H
#define REPLY_NAME_H

#include <stdbool.h>

#include "people/name.h"

/* As written, without pictures and what stands in brackets; name may be NULL. */
char *reply_name_clean(const char *name);

/* Of a clean name, what a friend says: "Jane" of "Dr. Jane Doe" and of "Doe, Jane". */
char *reply_name_first(const NameRules *rules, const char *name);

/* Of a clean name, what a stranger says: "Jane Doe" of "Doe, Jane, PhD". */
char *reply_name_whole(const NameRules *rules, const char *name);

/* Does a clean name tell who it is, unlike "Jane", "Jane D." and "jane77"? */
bool reply_name_is_full(const NameRules *rules, const char *name);

#endif

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
 *	NULL where a name should not be used: it is not fit for a text, it is a
 *	company's or a club's, or one cannot tell which part of it to call the person by.
 *
 *	A name in small letters or in capitals alone, or with words in capitals,
 *	is returned with capitals at the start of its words, but for particles.
 *	rules, which may be NULL, tell titles that have no dot, families' names
 *	that stand first, and companies, clubs and offices.
 *
 * OWNERSHIP
 *	Every char * returned is the caller's.
 */
#ifndef REPLY_NAME_H
#define REPLY_NAME_H

#include <stdbool.h>

#include "people/name.h"

/*
 * The name without pictures, without what stands in brackets, and without a nickname in
 * quotes; name may be NULL.
 */
char *reply_name_clean(const NameRules *rules, const char *name);

/* What a friend says; "Jane" for "Dr. Jane Doe" and for "Doe, Jane".  name: clean. */
char *reply_name_first(const NameRules *rules, const char *name);

/*
 * What a stranger says; "Jane Doe" for "Doe, Jane, PhD".  Titles that the language does
 * not say are left out before a first name; NULL: all are said.  name: clean.
 */
char *reply_name_whole(const NameRules *rules, const char *name, const char *language);

/* Does a clean name tell who it is, unlike "Jane", "Jane D." and "jane77"? */
bool reply_name_is_full(const NameRules *rules, const char *name);

#endif

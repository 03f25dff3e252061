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
 * OWNERSHIP
 *	Every char * returned is the caller's.
 */
#ifndef REPLY_NAME_H
#define REPLY_NAME_H

/* As written, without pictures and what stands in brackets; name may be NULL. */
char *reply_name_clean(const char *name);

/* Of a clean name, what a friend says: "Jane" of "Dr. Jane Doe" and of "Doe, Jane". */
char *reply_name_first(const char *name);

/* Of a clean name, what a stranger says: "Jane Doe" of "Doe, Jane, PhD". */
char *reply_name_whole(const char *name);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	digest - what of an owner's invitations is told in one mail
 *
 * DESCRIPTION
 *	The open ones, first those that are worth an answer, each with why and with
 *	the reply; those without a word of why in one table with one reply; those with
 *	nothing to answer, those that sell, and forgeries, in a line each; reminders;
 *	answers that led to nothing; who of the owner's people was accepted; what was
 *	learnt since the last digest, and how it is undone; and what is missing, so
 *	that it would be whole.
 *
 *	However much there is, a digest is short: of each part the first few are told,
 *	and how many more there are.  What others wrote is cleaned, and nothing in it
 *	can be clicked; a link leads to the page that the network's file names.
 *
 *	The store is read, and not changed.  Time is an argument: here is no clock.
 *
 * RETURN VALUE
 *	NULL with error set where the store cannot be read.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "digest/digest-words.h"
#include "digest/document.h"
#include "judge/assessor.h"

/* Invitations that are told with note and reply; rows of the table; lines of others. */
#define DIGEST_MAX_WORTH 10
#define DIGEST_MAX_ROWS  30
#define DIGEST_MAX_LINES 10

/* Languages in which the one reply for all is told. */
#define DIGEST_MAX_REPLIES 3

/* Names in one line; characters of a note and of a headline. */
#define DIGEST_MAX_NAMES    5
#define DIGEST_MAX_NOTE     600
#define DIGEST_MAX_HEADLINE 120

/* All borrowed. */
typedef struct {
	Assessor *assessor; /* with the store */
	const DigestWords *words;
	const char *owner;
	gint64 since; /* of the last digest; 0: there was none */
	gint64 now;
} DigestAsk;

typedef struct {
	Document *document;
	char *language; /* its words' */
	size_t worth;   /* how many are worth an answer */
	bool is_news;
} Digest;

Digest *digest_new(const DigestAsk *ask, GError **error);
void digest_free(Digest *digest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Digest, digest_free)

#endif

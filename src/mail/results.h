/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	results - what the verifiers in front of us found out about a mail
 *
 * DESCRIPTION
 *	Reads Authentication-Results fields.  A result that does not follow the
 *	grammar, or says one thing twice, is RESULTS_UNREADABLE.  Behind one that
 *	may hold words of the sender, unless it is a single word, no result is a
 *	pass: one that reads so is RESULTS_UNREADABLE, with its domain.  Failures
 *	count there, too.  A value of another version, or beyond the limits below,
 *	says nothing at all.
 *
 *	Anybody can write such a field.  results_trusted() takes those whose
 *	authserv-id is one of the names given; the
 *	administrator sees to it that nobody else can use these names (RFC 8601,
 *	section 5).  Verifiers put their field on top: for each name and method,
 *	only the results in the topmost field that has any are taken.  Below a
 *	field of these names that was not read to its end, no result is a pass.
 *
 *	Names, methods, results and domains are in lower case, names and
 *	domains without a final dot.
 *
 * RETURN VALUE
 *	results_new(): NULL for a value that says nothing.  "none" is an empty
 *	list.
 *
 * OWNERSHIP
 *	What is returned is the caller's.
 *
 * SEE ALSO
 *	RFC 8601, section 2.2; "[trust]" in invite-milter.conf(5)
 */
#ifndef RESULTS_H
#define RESULTS_H

#include <stdbool.h>

#include <glib.h>

#include "mail/head.h"

/* Trusted fields of one mail; each milter in front of us writes one. */
#define RESULTS_MAX_FIELDS 20

/* Results in one field; a signature is one, and verifiers stop at a few of them. */
#define RESULTS_MAX 100

/* Comments in comments. */
#define RESULTS_MAX_DEPTH 10

/* The result of a method whose result could not be read, or is not believed. */
#define RESULTS_UNREADABLE "unreadable"

typedef struct {
	char *method; /* "dkim" */
	char *result; /* "pass" */
	char *domain; /* dkim: the signer's, dmarc: the author's, auth: the login's */
} Result;

typedef struct {
	char *authserv_id; /* of the verifier that wrote the field */
	GArray *list;      /* of Result, in their order */
	bool is_whole;     /* it was read to its end */
} Results;

/* value: a field's raw value, folded with CRLF or LF. */
Results *results_new(const char *value);
void results_free(Results *results);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Results, results_free)

/* The names of a list, which blanks or commas separate, closed by NULL. */
char **results_names(const char *list);

/* Is the authserv-id of a field's raw value one of results_names()? */
bool results_is_of(const char *value, const char *const *names);

/* The Results of a mail, from the top down, that are of a name on the list. */
GPtrArray *results_trusted(const Head *head, const char *list);

/*
 * Is what was signed what the reader sees?  A signature covers the lowest field of
 * a name; one that was put above it breaks nothing, and is what is shown (RFC
 * 6376, section 8.15).
 */
bool results_cover(const Head *head);

/* Does one of them (of Results) say this of any domain? */
bool results_say(const GPtrArray *fields, const char *method, const char *result);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	pattern-list - patterns in several languages, found by how a line begins
 *
 * DESCRIPTION
 *	A network's file holds hundreds of patterns, and every line of a mail
 *	is compared with most of them.  A PatternList sorts them by their first
 *	character, so that a line is compared only with the few that may fit.
 *
 *	pattern_list_fitting() returns the first that fits, in the order in
 *	which they were added.  The sorting is done when a list is asked for the
 *	first time, since most never are; nothing may be added afterwards, and
 *	several threads may ask.
 */
#ifndef PATTERN_LIST_H
#define PATTERN_LIST_H

#include <stddef.h>

#include <glib.h>

#include "base/keyfile.h"
#include "text/pattern.h"

/* A pattern, and the entry of the file that has it. */
typedef struct {
	Pattern *pattern;
	const KeyfileEntry *from; /* borrowed */
	bool is_lent;             /* the pattern is another list's */
} PatternListEntry;

typedef struct PatternList PatternList;

PatternList *pattern_list_new(void);
void pattern_list_free(PatternList *patterns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PatternList, pattern_list_free)

/* Takes the pattern over; from is borrowed for good. */
void pattern_list_add(PatternList *patterns, Pattern *pattern, const KeyfileEntry *from);

/* Add all that another list has, which must outlive this one. */
void pattern_list_lend(PatternList *to, const PatternList *from);

size_t pattern_list_length(const PatternList *patterns);
const PatternListEntry *pattern_list_get(const PatternList *patterns, size_t index);

/* False where none fits this URL, which is told without folding it (url-hint.h). */
bool pattern_list_may_fit_url(const PatternList *patterns, const char *url);

/* NULL where none fits; hits_out as in pattern_fits(). */
const PatternListEntry *pattern_list_fitting(const PatternList *patterns,
					     const Folded *folded, PatternHit *hits_out);

/* The next that fits behind one that did: other languages have the same words. */
const PatternListEntry *pattern_list_next(const PatternList *patterns,
					  const Folded *folded,
					  const PatternListEntry *before);

#endif

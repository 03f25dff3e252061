/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	pattern - words with holes, as data files write them
 *
 * DESCRIPTION
 *	"Confirm that you know {inviter}" fits a line that says just that, and
 *	tells what stood in the hole.  "*" is a hole nobody asks about.  The
 *	comparison is of folded text (folded.h), and a character lost on the way
 *	("?" or U+FFFD) fits any accented one.  The whole line must fit; a
 *	pattern that may stand anywhere says so with "*" at both ends.
 *
 *	A named hole takes one character at least, "*" may stay empty: then
 *	the blanks beside it are one ("accept * invitation" fits "Accept
 *	invitation").  A backslash makes "{", "}", "*" and "\" plain characters.
 *	Where a hole is named twice, its last place is told.
 *
 *	Matching takes one pass and never goes back: a hole ends at the first
 *	place where the words behind it fit, and the last words fit the end of
 *	the line.  No mail can make it slow, so it needs no limit.
 *
 * RETURN VALUE
 *	A line that does not fit is an answer.  A pattern that cannot be read
 *	(an unknown hole, two holes side by side, no words at all) is an error
 *	whose text says what to change.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "text/folded.h"

typedef struct Pattern Pattern;

/* Where in the original string a hole was filled; start == end when it was not. */
typedef struct {
	size_t start; /* bytes */
	size_t end;
} PatternHit;

#define PATTERN_ERROR (pattern_error_quark())
GQuark pattern_error_quark(void);

typedef enum {
	PATTERN_ERROR_SYNTAX,
} PatternError;

/* holes: the names that may stand in braces, closed by NULL; borrowed for good. */
Pattern *pattern_new(const char *text, const char *const *holes, GError **error);

/* Does nothing to one that pattern_copy() made. */
void pattern_free(Pattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pattern, pattern_free)

/* hits_out, where not NULL, has one place for each of the holes' names. */
bool pattern_fits(const Pattern *pattern, const Folded *line, PatternHit *hits_out);

/*
 * The folded character that every fitting line begins with, or 0 where a hole
 * comes first.  *is_losable_out: a line may also begin with "?" or U+FFFD instead.
 */
gunichar pattern_first(const Pattern *pattern, bool *is_losable_out);

/*
 * A line that fits the pattern: its words, with named put into each named hole and
 * any into each "*".
 */
char *pattern_example(const Pattern *pattern, const char *named, const char *any);

/*
 * A pattern is one block of so many bytes, without a pointer.  A copy may lie anywhere
 * where a uint64_t can, and is a constant, which nobody has to free.
 */
size_t pattern_size(const Pattern *pattern);
void pattern_copy(const Pattern *pattern, void *out);

/* The text it was made from. */
const char *pattern_text(const Pattern *pattern);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	results-scan - the words of an Authentication-Results field
 *
 * DESCRIPTION
 *	Functions that read what stands at a place and move on.  Where the
 *	grammar is left they end the text, so whatever is read after it finds
 *	nothing, and is_broken says so.
 *
 * SEE ALSO
 *	results.h; RFC 8601, section 2.2; RFC 5322, section 3.2
 */
#ifndef RESULTS_SCAN_H
#define RESULTS_SCAN_H

#include <stdbool.h>

#include <glib.h>

typedef struct {
	const char *at; /* borrowed */
	bool is_broken; /* the grammar was left */
} ResultsScan;

/* The grammar is left: what is read from here on is empty. */
void results_scan_give_up(ResultsScan *scan);
/* This character, or the grammar is left. */
void results_scan_need(ResultsScan *scan, char c);
/* Does a result end here? */
bool results_scan_is_end(const ResultsScan *scan);
void results_scan_skip_comment(ResultsScan *scan);
/* Blanks and comments. */
void results_scan_skip_gap(ResultsScan *scan);
/* Give up unless blanks, a comment or the end of a result follow. */
void results_scan_need_gap(ResultsScan *scan);
/* RFC 5321's Keyword, in lower case; the caller's. */
char *results_scan_read_keyword(ResultsScan *scan);
void results_scan_read_quoted(ResultsScan *scan, GString *out);
/* A word or a quoted string; but: what an unquoted one may not hold. */
char *results_scan_read_value(ResultsScan *scan, const char *but);

#endif

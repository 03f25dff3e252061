/* SPDX-License-Identifier: BSD-2-Clause */
/* results-scan.c - the words of an Authentication-Results field, one after another */
#include "config.h"

#include <string.h>

#include "mail/results.h"
#include "mail/results-scan.h"

void
results_scan_give_up(ResultsScan *scan)
{
	scan->at = "";
	scan->is_broken = true;
}

void
results_scan_need(ResultsScan *scan, char c)
{
	if (*scan->at == c)
		scan->at++;
	else
		results_scan_give_up(scan);
}

bool
results_scan_is_end(const ResultsScan *scan)
{
	return *scan->at == ';' || *scan->at == '\0';
}

/*
 * One blank, or a line break before a blank (RFC 5322, section 3.2.2) or at the
 * very end, where GMime leaves it.
 */
static bool
skip_blank(ResultsScan *scan)
{
	const char *at = scan->at;

	at += at[0] == '\n' ? 1 : at[0] == '\r' && at[1] == '\n' ? 2 : 0;
	if (*at == ' ' || *at == '\t')
		at++;
	else if (*at != '\0' || at == scan->at)
		return false;
	scan->at = at;

	return true;
}

/* The next character, or quoted pair, of a comment or a quoted string; no control. */
static char
take_text(ResultsScan *scan)
{
	if (*scan->at == '\\')
		scan->at++;
	if (*scan->at != '\0' && !g_ascii_iscntrl(*scan->at))
		return *scan->at++;
	results_scan_give_up(scan);

	return '\0';
}

void
results_scan_skip_comment(ResultsScan *scan)
{
	size_t depth = 0;

	do {
		if (skip_blank(scan))
			continue;
		if (*scan->at == '(' && ++depth > RESULTS_MAX_DEPTH)
			results_scan_give_up(scan);
		else if (*scan->at == ')')
			depth--;
		take_text(scan);
	} while (depth > 0 && !scan->is_broken);
}

/* Blanks and comments. */
void
results_scan_skip_gap(ResultsScan *scan)
{
	while (skip_blank(scan) || *scan->at == '(')
		if (*scan->at == '(')
			results_scan_skip_comment(scan);
}

/* Give up unless blanks, a comment or the end of a result follow. */
void
results_scan_need_gap(ResultsScan *scan)
{
	const char *before = scan->at;

	results_scan_skip_gap(scan);
	if (scan->at == before && !results_scan_is_end(scan))
		results_scan_give_up(scan);
}

/* RFC 5321's Keyword, in lower case. */
char *
results_scan_read_keyword(ResultsScan *scan)
{
	const char *start = scan->at;

	while (g_ascii_isalnum(*scan->at) || *scan->at == '-')
		scan->at++;
	if (scan->at == start || scan->at[-1] == '-') {
		results_scan_give_up(scan);
		return g_strdup("");
	}

	return g_ascii_strdown(start, scan->at - start);
}

void
results_scan_read_quoted(ResultsScan *scan, GString *out)
{
	results_scan_need(scan, '"');
	while (*scan->at != '"' && !scan->is_broken)
		g_string_append_c(out, skip_blank(scan) ? ' ' : take_text(scan));
	results_scan_need(scan, '"');
}

static void
read_plain(ResultsScan *scan, const char *but, GString *out)
{
	const char *start = scan->at;

	while ((unsigned char)*scan->at > ' ' && *scan->at != '\x7f' &&
	       strchr(but, *scan->at) == NULL)
		scan->at++;
	if (scan->at == start)
		results_scan_give_up(scan);
	else
		g_string_append_len(out, start, scan->at - start);
}

/* but: what an unquoted one may not hold. */
char *
results_scan_read_value(ResultsScan *scan, const char *but)
{
	GString *value = g_string_new(NULL);

	if (*scan->at != '"') {
		read_plain(scan, but, value);
	} else {
		results_scan_read_quoted(scan, value);
		/* A local part may be quoted, and its domain is not. */
		if (*scan->at == '@')
			read_plain(scan, but, value);
	}

	return g_string_free(value, FALSE);
}

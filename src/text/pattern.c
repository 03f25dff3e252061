/* SPDX-License-Identifier: BSD-2-Clause */
/* pattern.c - words with holes, as data files write them */

#include "config.h"

#include <string.h>

#include "text/pattern-form.h"
#include "text/text.h"

/*
 * Design rationale
 *
 * Matching walks the runs: each but the last is taken at the first place where
 * it fits, which leaves the most room to those behind it, so there is never a
 * reason to go back.
 */

G_DEFINE_QUARK(pattern_error, pattern_error)

Pattern *
pattern_new(const char *text, const char *const *holes, GError **error)
{
	return pattern_form_read(text, holes, error);
}

void
pattern_free(Pattern *pattern)
{
	if (pattern != NULL && !pattern->is_constant)
		g_free(pattern);
}

size_t
pattern_size(const Pattern *pattern)
{
	return pattern->text + strlen(pattern_text(pattern)) + 1;
}

void
pattern_copy(const Pattern *pattern, void *out)
{
	memcpy(out, pattern, pattern_size(pattern));
	((Pattern *)out)->is_constant = true;
}

char *
pattern_example(const Pattern *pattern, const char *named, const char *any)
{
	g_autoptr(GString) line = g_string_new(NULL);
	const char *next = pattern_text(pattern), *c;

	for (;;) {
		while ((c = pattern_form_take(&next)) != NULL)
			g_string_append_len(line, c, next - c);
		if (*next == '\0')
			break;
		g_string_append(line, *next == '*' ? any : named);
		next = *next == '*' ? next + 1 : strchr(next, '}') + 1;
	}

	return g_strdup(line->str);
}

const char *
pattern_text(const Pattern *pattern)
{
	return G_STRUCT_MEMBER_P(pattern, pattern->text);
}

/* Does the line's character fit the word's, or stand for it where it was lost? */
static bool
char_fits(const Pattern *pattern, size_t index, gunichar c)
{
	return c == pattern_form_char(pattern, index) ||
	       ((c == '?' || c == TEXT_REPLACEMENT) &&
		pattern_form_is_losable(pattern, index));
}

/*
 * Do the words of the run stand at this place of the line?  Where all of their letters
 * are lost, any other words of a script that was lost fit as well.
 */
static bool
run_fits(const Pattern *pattern, const PatternRun *run, const Folded *line, size_t at)
{
	size_t end = at + run->length;
	bool is_all_lost = run->length > 0 && line->has_losses;

	if (end > line->length ||
	    (run->starts_word && at > 0 && line->chars[at - 1] != ' ') ||
	    (run->ends_word && end < line->length && line->chars[end] != ' '))
		return false;

	for (size_t i = 0; i < run->length; i++) {
		gunichar c = pattern_form_char(pattern, run->start + i);

		if (!char_fits(pattern, run->start + i, line->chars[at + i]))
			return false;
		is_all_lost &= c == ' ' || c != line->chars[at + i];
	}

	return !is_all_lost;
}

/* Where a hole that starts here may end at the earliest: a named one is not empty. */
static size_t
hole_minimum(int hole, const Folded *line, size_t start)
{
	if (hole < 0)
		return start;
	if (start < line->length && line->chars[start] == ' ')
		start++;

	return start + 1;
}

/* The next place up to last where the run's first character fits, or one behind last. */
static size_t
next_start(const Pattern *pattern, const PatternRun *run, const Folded *line, size_t at,
	   size_t last)
{
	if (!line->has_losses || !pattern_form_is_losable(pattern, run->start))
		return folded_find(line, pattern_form_char(pattern, run->start), at,
				   last + 1);
	while (at <= last && !char_fits(pattern, run->start, line->chars[at]))
		at++;

	return at;
}

/* Find the run from this place on; at_out is where its words start. */
static bool
find_run(const Pattern *pattern, const PatternRun *run, bool is_last, const Folded *line,
	 size_t from, size_t *at_out)
{
	size_t at = hole_minimum(run->hole, line, from), last = at;

	if (run->length > line->length || at > line->length - run->length)
		return false;

	/* The first words start the line, the last ones end it. */
	if (run->hole != PATTERN_FORM_NO_HOLE)
		last = line->length - run->length;
	if (is_last && pattern->open == PATTERN_FORM_NO_HOLE) {
		if (run->hole == PATTERN_FORM_NO_HOLE && at != line->length - run->length)
			return false;
		at = line->length - run->length;
	}

	for (; (at = next_start(pattern, run, line, at, last)) <= last; at++)
		if (run_fits(pattern, run, line, at)) {
			*at_out = at;
			return true;
		}

	return false;
}

static void
fill_hole(PatternHit *hits, int hole, const Folded *line, size_t start, size_t end)
{
	if (hits == NULL || hole < 0)
		return;

	while (start < end && line->chars[start] == ' ')
		start++;
	while (end > start && line->chars[end - 1] == ' ')
		end--;
	hits[hole].start = line->offsets[start];
	hits[hole].end = line->offsets[end];
}

/* Walk the runs; hits, where not NULL, is filled on the way. */
static bool
walk(const Pattern *pattern, const Folded *line, PatternHit *hits)
{
	size_t place = 0, at;

	for (size_t i = 0; i < pattern->n_runs; i++) {
		const PatternRun *run = &pattern->runs[i];

		if (!find_run(pattern, run, i + 1 == pattern->n_runs, line, place, &at))
			return false;
		fill_hole(hits, run->hole, line, place, at);
		place = at + run->length;
	}

	if (pattern->open >= 0 && hole_minimum(pattern->open, line, place) > line->length)
		return false;
	fill_hole(hits, pattern->open, line, place, line->length);

	return true;
}

/* Does the line end as the pattern does?  Most lines that do not fit fail here. */
static bool
ends_alike(const Pattern *pattern, const Folded *line)
{
	return pattern->open != PATTERN_FORM_NO_HOLE ||
	       (line->length > 0 &&
		char_fits(pattern, pattern->n_words - 1, line->chars[line->length - 1]));
}

gunichar
pattern_first(const Pattern *pattern, bool *is_losable_out)
{
	const PatternRun *run = &pattern->runs[0];

	*is_losable_out = run->hole == PATTERN_FORM_NO_HOLE &&
			  pattern_form_is_losable(pattern, run->start);

	return run->hole == PATTERN_FORM_NO_HOLE ? pattern_form_char(pattern, run->start)
						 : 0;
}

bool
pattern_fits(const Pattern *pattern, const Folded *line, PatternHit *hits_out)
{
	if (!ends_alike(pattern, line) ||
	    !folded_has_pairs(line,
			      line->has_losses ? pattern->sure_pairs : pattern->pairs))
		return false;

	/* Outputs stay untouched on failure, so the holes are filled by a second walk. */
	if (!walk(pattern, line, NULL))
		return false;

	if (hits_out != NULL) {
		for (size_t i = 0; i < pattern->n_holes; i++)
			hits_out[i] = (PatternHit){ 0, 0 };
		walk(pattern, line, hits_out);
	}

	return true;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* pattern-form.c - a pattern as words and holes, read from its text */

#include "config.h"

#include <string.h>

#include "text/pattern-form.h"

/*
 * Design rationale
 *
 * The words between two holes keep their white space, save beside a "*", that
 * may be empty: "accept * invitation" must also fit "accept invitation", where
 * the two blanks are one.  There the blank becomes the demand that a word ends
 * or starts here.
 *
 * There are thousands of patterns, so each is one block of memory: the Pattern, its
 * runs, the characters of their words, and its text.
 */

static bool
syntax_error(const char *text, GError **error, const char *what)
{
	g_set_error(error, PATTERN_ERROR, PATTERN_ERROR_SYNTAX, "\"%s\": %s", text, what);

	return false;
}

const char *
pattern_form_take(const char **text)
{
	const char *c = *text;

	if (*c == '\0' || *c == '{' || *c == '*')
		return NULL;
	if (c[0] == '\\' && c[1] != '\0' && strchr("{}*\\", c[1]) != NULL)
		c++;
	*text = g_utf8_next_char(c);

	return c;
}

static gunichar *
words_of(Pattern *pattern)
{
	return G_STRUCT_MEMBER_P(pattern, pattern->words);
}

/* Fold the words up to the next hole into the run; blanks at their ends stay. */
static void
add_words(Pattern *pattern, PatternRun *run, const char **text)
{
	bool blank = false;
	const char *next;

	run->start = pattern->n_words;
	while ((next = pattern_form_take(text)) != NULL) {
		bool is_ascii = (guchar)*next < 0x80;
		gunichar original = is_ascii ? (gunichar)*next : g_utf8_get_char(next);
		gunichar c = folded_char(original);

		/* "e" with an accent of its own is as easily lost as "é". */
		if (!is_ascii && g_unichar_ismark(original) &&
		    pattern->n_words > run->start)
			words_of(pattern)[pattern->n_words - 1] |= PATTERN_FORM_LOSABLE;
		if (c == 0 || (c == ' ' && blank))
			continue;

		blank = c == ' ';
		words_of(pattern)[pattern->n_words++] =
		    c | (is_ascii ? 0 : PATTERN_FORM_LOSABLE);
	}
	run->length = pattern->n_words - run->start;
}

/* Drop from the end of all words what folded_init() drops from the end of a line. */
static void
trim_end(Pattern *pattern, PatternRun *run)
{
	while (run->length > 0) {
		gunichar c = pattern_form_char(pattern, run->start + run->length - 1);

		if (c != ' ' && c != '.' && c != ':')
			break;
		run->length--;
	}
	pattern->n_words = run->start + run->length;
}

static bool
is_blank(const Pattern *pattern, const PatternRun *run)
{
	return run->length == 1 && pattern_form_char(pattern, run->start) == ' ';
}

/* Turn the blanks beside a "*" into demands; a blank alone stays what it is. */
static void
settle_blanks(const Pattern *pattern, PatternRun *run, int hole_behind)
{
	if (run->length == 0 ||
	    (is_blank(pattern, run) && run->hole != PATTERN_FORM_NO_HOLE))
		return;

	/* A folded line has no blank at its start. */
	if (pattern_form_char(pattern, run->start) == ' ' &&
	    (run->hole == PATTERN_FORM_ANY || run->hole == PATTERN_FORM_NO_HOLE)) {
		run->starts_word = run->hole == PATTERN_FORM_ANY;
		run->start++;
		run->length--;
	}
	if (run->length > 0 && hole_behind == PATTERN_FORM_ANY &&
	    pattern_form_char(pattern, run->start + run->length - 1) == ' ') {
		run->ends_word = true;
		run->length--;
	}
}

/* The hole's index among the names, or PATTERN_FORM_NO_HOLE. */
static int
hole_index(const char *name, size_t length, const char *const *holes)
{
	for (int i = 0; holes != NULL && holes[i] != NULL; i++)
		if (strncmp(holes[i], name, length) == 0 && holes[i][length] == '\0')
			return i;

	return PATTERN_FORM_NO_HOLE;
}

static bool
take_hole(const char **text, const char *const *holes, int *hole_out, const char *whole,
	  GError **error)
{
	const char *name = *text + 1, *close = strchr(name, '}');
	g_autofree char *known = NULL;

	if (**text == '*') {
		*hole_out = PATTERN_FORM_ANY;
		(*text)++;
		return true;
	}
	if (close == NULL)
		return syntax_error(whole, error,
				    "a \"{\" without its \"}\" "
				    "(write \\{ for the character)");

	*hole_out = hole_index(name, (size_t)(close - name), holes);
	*text = close + 1;
	if (*hole_out != PATTERN_FORM_NO_HOLE)
		return true;

	known = holes != NULL ? g_strjoinv("}, {", (char **)holes) : g_strdup("");
	g_set_error(error, PATTERN_ERROR, PATTERN_ERROR_SYNTAX,
		    "\"%s\": unknown hole {%.*s}, known are {%s}", whole,
		    (int)(close - name), name, known);

	return false;
}

/* Close the run: settle its words between the hole before and the one behind. */
static bool
add_run(Pattern *pattern, PatternRun *run, int hole_behind, GError **error)
{
	if (hole_behind == PATTERN_FORM_NO_HOLE)
		trim_end(pattern, run);
	if (run->length == 0 && run->hole != PATTERN_FORM_NO_HOLE &&
	    hole_behind != PATTERN_FORM_NO_HOLE)
		return syntax_error(pattern_text(pattern), error,
				    "two holes side by side, "
				    "put words between them");

	settle_blanks(pattern, run, hole_behind);
	if (run->length > 0)
		pattern->runs[pattern->n_runs++] = *run;

	return true;
}

static bool
pattern_parse(Pattern *pattern, const char *const *holes, GError **error)
{
	const char *next = pattern_text(pattern);
	PatternRun run = { .hole = PATTERN_FORM_NO_HOLE };

	for (;;) {
		int behind = PATTERN_FORM_NO_HOLE;

		add_words(pattern, &run, &next);
		if (*next != '\0' &&
		    !take_hole(&next, holes, &behind, pattern_text(pattern), error))
			return false;
		if (!add_run(pattern, &run, behind, error))
			return false;

		/* No words behind the last hole: it is filled to the line's end. */
		if (run.length == 0)
			pattern->open = run.hole;
		if (behind == PATTERN_FORM_NO_HOLE)
			break;
		run = (PatternRun){ .hole = (int16_t)behind };
	}

	return true;
}

static bool
has_words(const Pattern *pattern)
{
	for (size_t i = 0; i < pattern->n_runs; i++)
		if (!is_blank(pattern, &pattern->runs[i]))
			return true;

	return false;
}

/* Note the neighbours that a fitting line has; letters that may be lost are not sure. */
static void
mark_pairs(Pattern *pattern)
{
	for (size_t i = 0; i < pattern->n_runs; i++) {
		const PatternRun *run = &pattern->runs[i];

		for (size_t j = run->start; j + 1 < run->start + run->length; j++) {
			gunichar a = pattern_form_char(pattern, j),
				 b = pattern_form_char(pattern, j + 1);

			folded_pairs_add(pattern->pairs, a, b);
			if (!pattern_form_is_losable(pattern, j) &&
			    !pattern_form_is_losable(pattern, j + 1))
				folded_pairs_add(pattern->sure_pairs, a, b);
		}
	}
}

/* One with room for all that the text can say. */
static Pattern *
pattern_alloc(const char *text, const char *const *holes)
{
	size_t runs = 1, chars = (size_t)g_utf8_strlen(text, -1),
	       bytes = strlen(text) + 1, words;
	Pattern *pattern;

	for (const char *c = text; *c != '\0'; c++)
		runs += *c == '{' || *c == '*';
	words = offsetof(Pattern, runs) + runs * sizeof(PatternRun);
	pattern = g_malloc0(words + chars * sizeof(gunichar) + bytes);
	pattern->open = PATTERN_FORM_NO_HOLE;
	pattern->words = (uint32_t)words;
	pattern->text = (uint32_t)(words + chars * sizeof(gunichar));
	memcpy(G_STRUCT_MEMBER_P(pattern, pattern->text), text, bytes);
	if (holes != NULL)
		pattern->n_holes = (uint16_t)g_strv_length((char **)holes);

	return pattern;
}

Pattern *
pattern_form_read(const char *text, const char *const *holes, GError **error)
{
	g_autoptr(Pattern) pattern = NULL;

	if (!g_utf8_validate(text, -1, NULL)) {
		g_set_error_literal(error, PATTERN_ERROR, PATTERN_ERROR_SYNTAX,
				    "a pattern that is not UTF-8");
		return NULL;
	}
	pattern = pattern_alloc(text, holes);
	if (!pattern_parse(pattern, holes, error))
		return NULL;
	if (!has_words(pattern)) {
		syntax_error(text, error, "no words, it would fit every line");
		return NULL;
	}

	mark_pairs(pattern);

	return g_steal_pointer(&pattern);
}

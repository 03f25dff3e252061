/* SPDX-License-Identifier: BSD-2-Clause */
/* pattern.c - words with holes, as data files write them */

#include "config.h"

#include <string.h>

#include "text/pattern.h"

/*
 * Design rationale
 *
 * A pattern is words, hole, words, hole, …; a Run is some words with the hole
 * before them.  Matching walks the runs: each but the last is taken at the
 * first place where it fits, which leaves the most room to those behind it,
 * so there is never a reason to go back.
 *
 * The words between two holes keep their white space, save beside a "*", that
 * may be empty: "accept * invitation" must also fit "accept invitation", where
 * the two blanks are one.  There the blank becomes the demand that a word ends
 * or starts here.
 *
 * There are thousands of patterns, so each is one block of memory: the Pattern, its
 * runs, the characters of their words, and its text.
 */

enum {
	HOLE_NONE = -1, /* the line starts, or ends, with the words */
	HOLE_ANY = -2,  /* "*" */
};

typedef struct {
	uint32_t start; /* of the words in Pattern.words */
	uint32_t length;
	int16_t hole;     /* before the words: index of its name, or HOLE_… */
	bool starts_word; /* a blank or the start of the line stands before */
	bool ends_word;   /* a blank or the end of the line stands behind */
} Run;

/* The bit of a word's character that may be lost on the way. */
#define LOSABLE ((gunichar)1 << 31)

struct Pattern {
	uint64_t pairs[FOLDED_PAIRS / 64];      /* neighbours that a fitting line has */
	uint64_t sure_pairs[FOLDED_PAIRS / 64]; /* where letters were lost, only those */
	const char *text;
	Run *runs;       /* the last one ends the line unless open */
	gunichar *words; /* folded: all runs' words; with LOSABLE */
	uint32_t n_runs;
	uint32_t n_words;
	uint16_t n_holes; /* names that hits_out has places for */
	int16_t open;     /* the hole that ends the line, or HOLE_NONE */
};

G_DEFINE_QUARK(pattern_error, pattern_error)

static bool
syntax_error(const char *text, GError **error, const char *what)
{
	g_set_error(error, PATTERN_ERROR, PATTERN_ERROR_SYNTAX, "\"%s\": %s", text, what);

	return false;
}

/* The next character of some words, without its backslash; NULL at a hole or the end. */
static const char *
take_char(const char **text)
{
	const char *c = *text;

	if (*c == '\0' || *c == '{' || *c == '*')
		return NULL;
	if (c[0] == '\\' && c[1] != '\0' && strchr("{}*\\", c[1]) != NULL)
		c++;
	*text = g_utf8_next_char(c);

	return c;
}

/* Fold the words up to the next hole into the run; blanks at their ends stay. */
static void
add_words(Pattern *pattern, Run *run, const char **text)
{
	bool blank = false;
	const char *next;

	run->start = pattern->n_words;
	while ((next = take_char(text)) != NULL) {
		gunichar original = g_utf8_get_char(next), c = folded_char(original);

		/* "e" with an accent of its own is as easily lost as "é". */
		if (g_unichar_ismark(original) && pattern->n_words > run->start)
			pattern->words[pattern->n_words - 1] |= LOSABLE;
		if (c == 0 || (c == ' ' && blank))
			continue;

		blank = c == ' ';
		pattern->words[pattern->n_words++] = c | (original >= 0x80 ? LOSABLE : 0);
	}
	run->length = pattern->n_words - run->start;
}

static gunichar
word_char(const Pattern *pattern, size_t index)
{
	return pattern->words[index] & ~LOSABLE;
}

static bool
is_losable(const Pattern *pattern, size_t index)
{
	return (pattern->words[index] & LOSABLE) != 0;
}

/* Drop from the end of all words what folded_init() drops from the end of a line. */
static void
trim_end(Pattern *pattern, Run *run)
{
	while (run->length > 0) {
		gunichar c = word_char(pattern, run->start + run->length - 1);

		if (c != ' ' && c != '.' && c != ':')
			break;
		run->length--;
	}
	pattern->n_words = run->start + run->length;
}

static bool
is_blank(const Pattern *pattern, const Run *run)
{
	return run->length == 1 && word_char(pattern, run->start) == ' ';
}

/* Turn the blanks beside a "*" into demands; a blank alone stays what it is. */
static void
settle_blanks(const Pattern *pattern, Run *run, int hole_behind)
{
	if (run->length == 0 || (is_blank(pattern, run) && run->hole != HOLE_NONE))
		return;

	/* A folded line has no blank at its start. */
	if (word_char(pattern, run->start) == ' ' &&
	    (run->hole == HOLE_ANY || run->hole == HOLE_NONE)) {
		run->starts_word = run->hole == HOLE_ANY;
		run->start++;
		run->length--;
	}
	if (run->length > 0 && hole_behind == HOLE_ANY &&
	    word_char(pattern, run->start + run->length - 1) == ' ') {
		run->ends_word = true;
		run->length--;
	}
}

/* The hole's index among the names, or HOLE_NONE. */
static int
hole_index(const char *name, size_t length, const char *const *holes)
{
	for (int i = 0; holes != NULL && holes[i] != NULL; i++)
		if (strncmp(holes[i], name, length) == 0 && holes[i][length] == '\0')
			return i;

	return HOLE_NONE;
}

static bool
take_hole(const char **text, const char *const *holes, int *hole_out, const char *whole,
	  GError **error)
{
	const char *name = *text + 1, *close = strchr(name, '}');
	g_autofree char *known = NULL;

	if (**text == '*') {
		*hole_out = HOLE_ANY;
		(*text)++;
		return true;
	}
	if (close == NULL)
		return syntax_error(whole, error,
				    "a \"{\" without its \"}\" "
				    "(write \\{ for the character)");

	*hole_out = hole_index(name, (size_t)(close - name), holes);
	*text = close + 1;
	if (*hole_out != HOLE_NONE)
		return true;

	known = holes != NULL ? g_strjoinv("}, {", (char **)holes) : g_strdup("");
	g_set_error(error, PATTERN_ERROR, PATTERN_ERROR_SYNTAX,
		    "\"%s\": unknown hole {%.*s}, known are {%s}", whole,
		    (int)(close - name), name, known);

	return false;
}

/* Close the run: settle its words between the hole before and the one behind. */
static bool
add_run(Pattern *pattern, Run *run, int hole_behind, GError **error)
{
	if (hole_behind == HOLE_NONE)
		trim_end(pattern, run);
	if (run->length == 0 && run->hole != HOLE_NONE && hole_behind != HOLE_NONE)
		return syntax_error(pattern->text, error,
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
	const char *next = pattern->text;
	Run run = { .hole = HOLE_NONE };

	for (;;) {
		int behind = HOLE_NONE;

		add_words(pattern, &run, &next);
		if (*next != '\0' &&
		    !take_hole(&next, holes, &behind, pattern->text, error))
			return false;
		if (!add_run(pattern, &run, behind, error))
			return false;

		/* No words behind the last hole: it is filled to the line's end. */
		if (run.length == 0)
			pattern->open = run.hole;
		if (behind == HOLE_NONE)
			break;
		run = (Run){ .hole = (int16_t)behind };
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
		const Run *run = &pattern->runs[i];

		for (size_t j = run->start; j + 1 < run->start + run->length; j++) {
			gunichar a = word_char(pattern, j), b = word_char(pattern, j + 1);

			folded_pairs_add(pattern->pairs, a, b);
			if (!is_losable(pattern, j) && !is_losable(pattern, j + 1))
				folded_pairs_add(pattern->sure_pairs, a, b);
		}
	}
}

/* One with room for all that the text can say. */
static Pattern *
pattern_alloc(const char *text, const char *const *holes)
{
	size_t runs = 1, chars = (size_t)g_utf8_strlen(text, -1),
	       bytes = strlen(text) + 1;
	Pattern *pattern;

	for (const char *c = text; *c != '\0'; c++)
		runs += *c == '{' || *c == '*';
	pattern = g_malloc(sizeof(Pattern) + runs * sizeof(Run) +
			   chars * sizeof(gunichar) + bytes);
	*pattern = (Pattern){ .open = HOLE_NONE };
	pattern->runs = (Run *)(gpointer)(pattern + 1);
	pattern->words = (gunichar *)(gpointer)(pattern->runs + runs);
	pattern->text = memcpy(pattern->words + chars, text, bytes);
	if (holes != NULL)
		pattern->n_holes = (uint16_t)g_strv_length((char **)holes);

	return pattern;
}

Pattern *
pattern_new(const char *text, const char *const *holes, GError **error)
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

void
pattern_free(Pattern *pattern)
{
	g_free(pattern);
}

char *
pattern_example(const Pattern *pattern, const char *named, const char *any)
{
	g_autoptr(GString) line = g_string_new(NULL);
	const char *next = pattern->text, *c;

	for (;;) {
		while ((c = take_char(&next)) != NULL)
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
	return pattern->text;
}

/* Does the line's character fit the word's, or stand for it where it was lost? */
static bool
char_fits(const Pattern *pattern, size_t index, gunichar c)
{
	return c == word_char(pattern, index) ||
	       ((c == '?' || c == 0xfffd) && is_losable(pattern, index));
}

/* Do the words of the run stand at this place of the line? */
static bool
run_fits(const Pattern *pattern, const Run *run, const Folded *line, size_t at)
{
	size_t end = at + run->length;

	if (end > line->length ||
	    (run->starts_word && at > 0 && line->chars[at - 1] != ' ') ||
	    (run->ends_word && end < line->length && line->chars[end] != ' '))
		return false;

	for (size_t i = 0; i < run->length; i++)
		if (!char_fits(pattern, run->start + i, line->chars[at + i]))
			return false;

	return true;
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
next_start(const Pattern *pattern, const Run *run, const Folded *line, size_t at,
	   size_t last)
{
	if (!line->has_losses || !is_losable(pattern, run->start))
		return folded_find(line, word_char(pattern, run->start), at, last + 1);
	while (at <= last && !char_fits(pattern, run->start, line->chars[at]))
		at++;

	return at;
}

/* Find the run from this place on; at_out is where its words start. */
static bool
find_run(const Pattern *pattern, const Run *run, bool is_last, const Folded *line,
	 size_t from, size_t *at_out)
{
	size_t at = hole_minimum(run->hole, line, from), last = at;

	if (run->length > line->length || at > line->length - run->length)
		return false;

	/* The first words start the line, the last ones end it. */
	if (run->hole != HOLE_NONE)
		last = line->length - run->length;
	if (is_last && pattern->open == HOLE_NONE) {
		if (run->hole == HOLE_NONE && at != line->length - run->length)
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
		const Run *run = &pattern->runs[i];

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
	return pattern->open != HOLE_NONE ||
	       (line->length > 0 &&
		char_fits(pattern, pattern->n_words - 1, line->chars[line->length - 1]));
}

gunichar
pattern_first(const Pattern *pattern, bool *is_losable_out)
{
	const Run *run = &pattern->runs[0];

	*is_losable_out = run->hole == HOLE_NONE && is_losable(pattern, run->start);

	return run->hole == HOLE_NONE ? word_char(pattern, run->start) : 0;
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

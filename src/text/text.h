/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	text - what a mail says, made safe to show and fit to compare
 *
 * DESCRIPTION
 *	A mail's text reaches a log line, a header field or a comparison only
 *	through this module.  text_clean() makes a string fit to show;
 *	text_token() makes it fit to stand as evidence between our own
 *	separators; Folded is a string prepared for comparison: case, accents,
 *	width, kinds of apostrophe, dash and white space no longer tell two
 *	strings apart, and characters that nobody sees are gone.
 *
 * OWNERSHIP
 *	Every char * returned is the caller's.
 *
 * SEE ALSO
 *	pattern.h, which matches against a Folded; Unicode UAX #15, UTS #39
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* A name is cut here: longer ones are furniture or an attack. */
#define TEXT_NAME_MAX 64

#define FOLDED_PAIRS 256

/* A string folded for comparison, with the way back to the original. */
typedef struct {
	gunichar *chars;   /* folded, white space single and trimmed */
	uint32_t *offsets; /* byte in the original of each char, and of the end */
	size_t length;     /* chars, without a closing zero */
	uint64_t pairs[FOLDED_PAIRS / 64]; /* which neighbours occur, see pair_bit() */
} Folded;

/*
 * Neighbouring characters as a bit of a small set: a string lacks every pattern
 * that has a bit it has not.  (256: a URL of 400 characters fills four fifths.)
 */
static inline unsigned
pair_bit(gunichar a, gunichar b)
{
	return (a * 31 + b) % FOLDED_PAIRS;
}

/*
 * One line of valid UTF-8, at most max characters: no control, no bidi
 * control, no zero-width character, white space collapsed and trimmed.
 */
char *text_clean(const char *text, size_t max);

/* text_clean(), and without the characters that separate our tokens: " , ; = < > */
char *text_token(const char *text, size_t max);

/* The character at *text, which moves on to the next; a stray byte is one U+FFFD. */
gunichar text_next(const char **text);

/* Does nobody see it: controls, zero-width, bidi, fillers, variation selectors? */
bool text_is_unseen(gunichar c);

/* Is it of a script that puts no spaces between words (Han, kana, Thai, …)? */
bool text_is_spaceless(gunichar c);

/* The folded form of one character, or 0 where it vanishes (zero-width, combining). */
gunichar text_fold_char(gunichar c);

/*
 * Fold a string of any bytes; what is no UTF-8 counts as U+FFFD.  Trailing
 * full stops, colons and white space are not part of it.
 */
void folded_init(Folded *folded, const char *text);
void folded_clear(Folded *folded);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Folded, folded_clear)

/* Are both the same once folded? */
bool folded_same(const Folded *a, const Folded *b);
bool text_same(const char *a, const char *b);

/* The folded form as UTF-8. */
char *text_fold(const char *text);

#endif

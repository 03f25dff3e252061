/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	letter - the letters that names are written in
 *
 * DESCRIPTION
 *	Unlike in folded.h, a letter here may fold to several: ß is "ss".  Where
 *	people without the letter on their keyboard write it in two ways, the
 *	style chooses one.  Marks that are accents go; marks that are vowels
 *	(Devanagari, Thai, …) stay.
 *
 * SEE ALSO
 *	folded.h; Unicode UAX #15, UTS #39
 */
#ifndef LETTER_H
#define LETTER_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef enum {
	LETTER_SHORT, /* ü is u, æ is ae */
	LETTER_LONG,  /* ü is ue, æ is ae */
	LETTER_BARE,  /* ü is u, æ is a */
	LETTER_LAST
} LetterStyle;

/* The most bytes that letter_fold() or letter_shape() writes for one letter. */
#define LETTER_MAX_BYTES 4

/* Stands for an unseen character within a word, where it can only deceive. */
#define LETTER_HIDDEN 0x00ad

/*
 * Text of any bytes as at most max characters in normal form (NFKC): kinds of
 * quotes and dashes are one, pictures are blanks, and what nobody sees is gone
 * or LETTER_HIDDEN.  Returns how many.
 */
size_t letters_read(const char *text, gunichar *chars, size_t max);

/* Folded: words of letters and digits with single spaces; "." and "'" join. */
char *letters_phrase(const char *text, size_t max);

/* Is it a letter, a digit, or a mark that belongs to one? */
bool letter_is_part(gunichar c);

/* The script, with those that stand in one word as one (Han, kana, Hangul). */
GUnicodeScript letter_script(gunichar c);

/* Write the folded letter, which may be nothing.  Returns where the next one goes. */
char *letter_fold(gunichar c, LetterStyle style, char *out);

/* Write the shape of the letter: the Latin letter that it can be taken for, or itself. */
char *letter_shape(gunichar c, LetterStyle style, char *out);

#endif

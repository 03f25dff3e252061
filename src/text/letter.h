/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	letter - the letters that names are written in
 *
 * DESCRIPTION
 *	Other than text.h, a letter here may fold to several: ß is "ss".  Where
 *	people without the letter on their keyboard write it in two ways, the
 *	style chooses one.  Marks that are accents go; marks that are vowels
 *	(Devanagari, Thai, …) stay.
 *
 * SEE ALSO
 *	text.h; Unicode UAX #15, UTS #39
 */
#ifndef LETTER_H
#define LETTER_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef enum {
	STYLE_SHORT, /* ü is u, æ is ae */
	STYLE_LONG,  /* ü is ue, æ is ae */
	STYLE_BARE,  /* ü is u, æ is a */
	STYLE_LAST
} LetterStyle;

/* What one letter writes at most, in bytes. */
#define LETTER_MAX_BYTES 4

/* Here stood something that nobody sees, where it can only deceive. */
#define LETTER_HIDDEN 0x00ad

/*
 * Text of any bytes as at most max characters in normal form (NFKC): kinds of
 * quotes and dashes are one, pictures are blanks, and what nobody sees is gone
 * or LETTER_HIDDEN.  Returns how many.
 */
size_t letters_read(const char *text, gunichar *chars, size_t max);

/* Folded: words of letters and digits with single spaces; "." and "'" join. */
char *letters_phrase(const char *text, size_t max);

/* Letters, digits, and the marks that belong to them. */
bool letter_is_part(gunichar c);

/* The script, with those that stand in one word as one (Han, kana, Hangul). */
GUnicodeScript letter_script(gunichar c);

/* Write the folded letter, which may be nothing; where the next goes. */
char *letter_fold(gunichar c, LetterStyle style, char *out);

/* Write what the letter looks like, in Latin where it can be taken for it. */
char *letter_shape(gunichar c, LetterStyle style, char *out);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	text - what a mail says, made safe to show; kinds of characters
 *
 * DESCRIPTION
 *	A mail's text reaches a log line or a header field only through this
 *	module.  text_clean() makes a string fit to show; text_token() makes it
 *	fit to stand as evidence between our own separators.
 *
 * OWNERSHIP
 *	Every char * returned is the caller's.
 *
 * SEE ALSO
 *	folded.h, for comparison; Unicode UTS #39
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* A name is cut here: longer ones are furniture or an attack. */
#define TEXT_NAME_MAX 64

/* A line of more words greets nobody: it is a sentence. */
#define TEXT_GREETING_MAX_WORDS 5

/* Characters of a script without spaces that count as a word. */
#define TEXT_SPACELESS_WORD 2

/* What stands for bytes that are no character. */
#define TEXT_REPLACEMENT 0xfffd

/* The white space of header fields and of what is made like them. */
#define TEXT_BLANKS " \t\r\n"

/*
 * One line of valid UTF-8, at most max characters: no control, no bidi
 * control, no zero-width character, white space collapsed and trimmed.
 */
char *text_clean(const char *text, size_t max);

/* text_clean(), and without the characters that separate our tokens: " , ; = < > */
char *text_token(const char *text, size_t max);

/* The character at *text, which moves on; a stray byte is one TEXT_REPLACEMENT. */
gunichar text_next(const char **text);

/* Does nobody see it: controls, zero-width, bidi, fillers, variation selectors? */
bool text_is_unseen(gunichar c);

/* White space, and what is as empty: the empty Braille cell. */
bool text_is_space(gunichar c);

/* Is it of a script that puts no spaces between words (Han, kana, Thai, …)? */
bool text_is_spaceless(gunichar c);

/* Is there a letter or a digit?  text: valid UTF-8. */
bool text_has_word(const char *text);

/* A GCompareFunc of places of char *, for g_ptr_array_sort(). */
int text_compare(gconstpointer a, gconstpointer b);

#endif

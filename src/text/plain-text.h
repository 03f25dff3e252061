/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	plain-text - the words of a text, fit to look for phrases in
 *
 * DESCRIPTION
 *	A PlainText is a text's letters and digits, folded (folded.h), and what
 *	parts them.  Whatever stands between two words is one character:
 *	PLAIN_TEXT_LINE where a line ends there, PLAIN_TEXT_STOP where a sentence ends
 *	(. ! ? ; and their like in other scripts), else PLAIN_TEXT_SPACE.  A full
 *	stop right between two letters ends nothing: "Node.js", "3.5".
 *
 *	PLAIN_TEXT_LINE stands at the start and at the end; a text without a word is
 *	one PLAIN_TEXT_LINE.  Two words of which one is of a script without spaces
 *	are parted although nobody wrote a space: "在google工作" is three words.
 *
 *	Vowel signs that take room of their own (Devanagari, Tamil, …) are
 *	letters; all other marks vanish, and so does what nobody sees.
 *
 * OWNERSHIP
 *	The text is borrowed.
 *
 * SEE ALSO
 *	folded.h, phrase-set.h
 */
#ifndef PLAIN_TEXT_H
#define PLAIN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#define PLAIN_TEXT_SPACE ' '
#define PLAIN_TEXT_STOP  '.'
#define PLAIN_TEXT_LINE  '\n'

typedef struct {
	const char *text; /* borrowed: the original */
	gunichar *chars;
	uint32_t *offsets; /* byte in the original of each char, and of the end */
	size_t length;     /* chars, without a closing zero */
} PlainText;

/* A text of any bytes; what is no UTF-8 parts words. */
void plain_text_init(PlainText *plain, const char *text);
void plain_text_clear(PlainText *plain);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PlainText, plain_text_clear)

/*
 * The part of the original from which the chars from start up to end came; the
 * caller's.
 */
char *plain_text_cut(const PlainText *plain, size_t start, size_t end);

/* The words alone: " like this ", or " " where nothing is left; the caller's. */
char *plain_text_words(const char *text);

/* Does c part words? */
static inline bool
plain_text_is_gap(gunichar c)
{
	return c == PLAIN_TEXT_SPACE || c == PLAIN_TEXT_STOP || c == PLAIN_TEXT_LINE;
}

/* Behind the word that goes on from here; a gap stands behind the last one, too. */
static inline size_t
plain_text_word_end(const PlainText *plain, size_t from)
{
	while (!plain_text_is_gap(plain->chars[from]))
		from++;

	return from;
}

#endif

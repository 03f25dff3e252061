/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	terminal - lines for people, in which nothing gives orders to a terminal
 *
 * DESCRIPTION
 *	File names, arguments and what files say may hold escape sequences, line
 *	breaks or marks that turn the direction of writing.  Messages with any of
 *	them are printed by this module.  Controls, and characters that nobody
 *	sees (text_is_unseen()), are printed as "?", and a byte that is no UTF-8 as
 *	U+FFFD; all else stays as it is, spaces included.
 *
 *	JSON is not printed here: its strings are exact.
 *
 *	Lines for people are folded at blanks, and between letters that are written
 *	without blanks, at the width of the terminal.  What is longer than a line
 *	and has no place to fold, as an address, stays whole.
 *
 * SEE ALSO
 *	text.h, for text from a mail; log.h
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdio.h>

#include <glib.h>

/* The text as it is printed, the caller's. */
char *terminal_text(const char *text);

/* One line; its break is not in the format. */
void terminal_print(FILE *out, const char *format, ...) G_GNUC_PRINTF(2, 3);

/*
 * The columns of the terminal that is written to, or of COLUMNS where that is
 * exported; 0 where nobody looks, and nothing is folded.
 */
int terminal_width(FILE *out);

/* How many columns a character, and a text, takes. */
int terminal_columns_of(gunichar c);
int terminal_columns(const char *text);

/*
 * The text, folded at width, of which so many columns are taken, in lines that begin
 * with indent blanks; the caller's.  What gives orders is made harmless.
 */
char *terminal_fold(const char *text, int taken, int indent, int width);

/* terminal_print(), folded; lines after the first begin with indent blanks. */
void terminal_print_folded(FILE *out, int indent, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Text of one or several lines, as of mistakes in data files; before each: prefix. */
void terminal_print_lines(FILE *out, const char *prefix, const char *text);

#endif

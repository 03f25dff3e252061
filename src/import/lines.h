/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	lines - the lines of a file, numbered as an editor shows them
 *
 * DESCRIPTION
 *	A line ends in CR LF, LF or CR.  Lines is a place in a text; a copy of
 *	it is a way back there.  Walking to the end takes time in proportion to
 *	the text, whichever line ends it has.
 *
 * OWNERSHIP
 *	Nothing is owned: a Span points into the text.
 *
 * SEE ALSO
 *	charset.h
 */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
	const char *text; /* borrowed, without a closing zero */
	size_t length;
} Span;

typedef struct {
	const char *at; /* where the next line begins */
	const char *end;
	const char *feed;     /* the next LF and CR from at on, or end; */
	const char *carriage; /* before at: not looked for yet */
	size_t number;        /* of the line last given, from 1 */
} Lines;

void lines_init(Lines *lines, const char *bytes, size_t length);

/* The next line, without its end; false where there is none. */
bool lines_next(Lines *lines, Span *line_out);

/* Does the next line begin with a blank, which is how vCard and iCalendar fold? */
bool lines_is_folded(const Lines *lines);

/* Is the line NAME:VALUE, in any case and with blanks behind the colon and the end? */
bool lines_span_is(Span line, const char *name, const char *value);

/* Is one of a file's first lines BEGIN:COMPONENT? */
bool lines_begin_file(const char *bytes, size_t length, const char *component);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	style - how declarations of CSS show the text inside an element
 *
 * DESCRIPTION
 *	Of all declarations the few that senders hide text with.  Those of one element
 *	come from its attributes and from style sheets (sheet.h): style_over() lays
 *	what counts more over what counts less, style_shown() tells what comes of it.
 *
 * SEE ALSO
 *	sheet.h, html.h
 */
#ifndef STYLE_H
#define STYLE_H

enum {
	STYLE_HIDDEN = 1 << 0, /* and nothing inside can show itself */
	STYLE_TINY = 1 << 1,   /* font size zero */
	STYLE_PRE = 1 << 2,    /* line breaks are kept */
	STYLE_PALE = 1 << 3,   /* white letters, or such as let all through */
	STYLE_BACKED = 1 << 4, /* something else than white is behind them */
};

typedef struct {
	unsigned given; /* what is said anything about */
	unsigned set;   /* what of that is so */
} Style;

/* As Style, in flags of style.c's own. */
typedef struct {
	unsigned given;
	unsigned set;
} Declared;

/*
 * What is declared in "property: value; …", and apart from it what is declared as
 * important; NULL: nothing.
 */
void style_declare(const char *text, Declared *declared_out, Declared *important_out);

/* What the older attributes of an element declare; NULL for one that it has not. */
Declared style_of_colors(const char *color, const char *background);

Declared style_over(Declared above, Declared below);
Style style_shown(Declared declared);

/* The Style that a style attribute says by itself; NULL: there is none. */
Style style_of(const char *text);

#endif

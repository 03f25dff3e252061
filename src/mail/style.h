/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	style - how a style attribute shows the text inside its element
 *
 * DESCRIPTION
 *	No style sheet and no cascade: the declarations of one attribute, and of
 *	those the few that senders hide text with.
 *
 * SEE ALSO
 *	html.h
 */
#ifndef STYLE_H
#define STYLE_H

enum {
	STYLE_HIDDEN = 1 << 0, /* and nothing inside can show itself */
	STYLE_TINY = 1 << 1,   /* font size zero */
	STYLE_PRE = 1 << 2,    /* line breaks are kept */
};

typedef struct {
	unsigned given; /* what is said here, and not taken from around */
	unsigned set;   /* what of that holds */
} Style;

/* Of an attribute's value; NULL is none. */
Style style_of(const char *text);

#endif

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
	unsigned given; /* what the attribute says anything about */
	unsigned set;   /* what of that is so */
} Style;

/* The Style that an attribute's value says; text NULL: there is no attribute. */
Style style_of(const char *text);

#endif

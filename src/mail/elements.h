/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	elements - what each HTML element does to lines and to its neighbours
 *
 * DESCRIPTION
 *	The classes that the WHATWG HTML standard puts elements in where it
 *	parses (13.2.4, 13.2.6) and renders them (15.3), as far as a mail's
 *	lines, links and hidden text depend on them.
 *
 * SEE ALSO
 *	html.h
 */
#ifndef ELEMENTS_H
#define ELEMENTS_H

#include "mail/tokens.h"

enum {
	ELEMENT_LINE = 1 << 0,  /* begins and ends a line */
	ELEMENT_GAP = 1 << 1,   /* an empty line, too */
	ELEMENT_BREAK = 1 << 2, /* br */
	ELEMENT_HIDE = 1 << 3,  /* never shown */
	ELEMENT_VOID = 1 << 4,  /* has no content, hides nothing */
	ELEMENT_PRE = 1 << 5,   /* keeps its line breaks */
	ELEMENT_LINK = 1 << 6,  /* a */

	/* Its content, where that is no markup. */
	ELEMENT_SKIP = 1 << 7,       /* text that is never shown */
	ELEMENT_REFERENCES = 1 << 8, /* as tokens.h names them */
	ELEMENT_TEXT = 1 << 9,
	ELEMENT_REST = 1 << 10,

	/* What closes it, and what it closes; see html.c. */
	ELEMENT_BLOCK = 1 << 11, /* no inline element's end tag reaches over it */
	ELEMENT_WALL = 1 << 12,  /* no end tag does: a cell and the like */
	ELEMENT_SLIP = 1 << 13,  /* its end tag leaves the blocks inside it open */
	ELEMENT_FIRM = 1 << 14,  /* no li or dt inside it closes one around it */
	ELEMENT_ROOT = 1 << 15,  /* html, body: never closed */
	ELEMENT_P = 1 << 16,
	ELEMENT_ENDS_P = 1 << 17,
	ELEMENT_ITEM = 1 << 18,
	ELEMENT_TERM = 1 << 19, /* and its definition */
	ELEMENT_OPTION = 1 << 20,
	ELEMENT_BUTTON = 1 << 21,
	ELEMENT_HEADING = 1 << 22,
	ELEMENT_CELL = 1 << 23,
	ELEMENT_ROW = 1 << 24,
	ELEMENT_SECTION = 1 << 25, /* of a table */
	ELEMENT_TABLE = 1 << 26,

	ELEMENT_TARGET = 1 << 27, /* may lead somewhere, and has no text: area, form */
	ELEMENT_BASE = 1 << 28,   /* says where relative links lead */
	ELEMENT_META = 1 << 29,   /* may lead elsewhere by itself */
	ELEMENT_SHEET = 1 << 30,  /* holds a style sheet */
};

/* The classes of an element, by its name in lower case; 0, inline, for an unknown one. */
unsigned elements_flags(const char *name);

/* Behind the start tag of an element with these flags: what it holds, if no markup. */
void elements_hold(unsigned flags, Tokens *tokens, const Token *token);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	document - what a digest says, block by block, as text and as HTML
 *
 * DESCRIPTION
 *	A Document is a list of blocks, each of a kind that says how it looks.  Text is
 *	folded at DOCUMENT_COLUMNS; what has no place to fold is cut there, but for links.
 *	HTML loads nothing, looks well on a telephone and in the dark, and holds each
 *	text escaped.
 *
 *	A block of anybody else's words stands behind ">" in text, so that no line of it
 *	can be taken for ours.
 *
 * OWNERSHIP
 *	Texts are copied; what is rendered is the caller's.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <stddef.h>

#include <glib.h>

#define DOCUMENT_COLUMNS 72

/* Number, who, where, since when. */
#define DOCUMENT_CELLS 4

typedef enum {
	DOCUMENT_TITLE,
	DOCUMENT_HEADING,
	DOCUMENT_LEAD, /* who it is about */
	DOCUMENT_TEXT,
	DOCUMENT_ASIDE,
	DOCUMENT_QUOTE, /* somebody else's words */
	DOCUMENT_REPLY, /* to be copied: lines stay as they are */
	DOCUMENT_ITEM,
	DOCUMENT_ROW,  /* of a table; DOCUMENT_CELLS cells */
	DOCUMENT_LINK, /* a label, and where it leads */
	DOCUMENT_LAST
} DocumentKind;

typedef struct {
	DocumentKind kind;
	char *cells[DOCUMENT_CELLS]; /* the first is the text; NULL: none */
} DocumentBlock;

typedef struct {
	GArray *blocks; /* of DocumentBlock */
} Document;

Document *document_new(void);
void document_free(Document *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)

/* Nothing where the text is NULL or "". */
void document_add(Document *document, DocumentKind kind, const char *text);
void document_add_link(Document *document, const char *label, const char *target);
void document_add_row(Document *document, const char *const cells[DOCUMENT_CELLS]);

char *document_text(const Document *document);

/* language: a code such as "en". */
char *document_html(const Document *document, const char *language);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	htmltop - where in an HTML text can a block be put?
 *
 * DESCRIPTION
 *	htmltop_of() finds the place where a block is the first that a reader
 *	sees: behind <body>.  Where content comes first, the body has begun
 *	without its tag, and the place is before that content; in a document
 *	without either, behind the last of doctype, <html> and head.  Content
 *	within a head counts only where no </head> follows it.
 *
 *	The text is read as browsers read it, as far as that matters here:
 *	comments, quoted attributes, and style, script and title, whose content
 *	is no markup.  Nothing is changed, and no text is too broken.
 *
 * SEE ALSO
 *	insert.h, which puts the block there; HTML Standard, section 13.2
 */
#ifndef HTMLTOP_H
#define HTMLTOP_H

#include <stddef.h>

/*
 * The place, between from and length.  html: in a charset in which ASCII stands
 * for itself, decoded.  from: where the document begins, behind a byte order mark.
 */
size_t htmltop_of(const char *html, size_t length, size_t from);

#endif

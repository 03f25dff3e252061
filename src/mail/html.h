/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	html - an HTML part as its reader sees it
 *
 * DESCRIPTION
 *	Read tag by tag (tokens.h), without a tree and in linear time, whatever
 *	a sender writes.  Each block element and each table cell is a
 *	line of its own; around paragraphs, headings, lists, quotations and
 *	rules, and where a br has nothing before it on its line, an empty line
 *	stands.  What a browser would not show (style, script, title, template;
 *	display:none, visibility:hidden, a height of 0 with overflow:hidden or
 *	opacity:0, a place out of the window, the attribute hidden) is left out with
 *	everything inside it, text of font-size 0 where no other size is set inside, and
 *	white text where nothing has a background.  Attributes and style elements say so.
 *	A rule is the line HTML_RULE.
 *
 *	Each anchor with a target is a link, "" where only an image stands in
 *	it; an anchor goes on inside a table it opens with.  The address that a
 *	form is sent to is a link, too, and once more for each button that sends
 *	it, with that label; so is an area of an image, labelled by its alt.
 *	Relative links are resolved by the first base element.
 *
 * SEE ALSO
 *	tokens.h, visible.h
 */
#ifndef HTML_H
#define HTML_H

#include <stddef.h>

#include "mail/visible.h"

/* Bytes that are read. */
#define HTML_MAX_BYTES (512 * 1024)
#define HTML_MAX_DEPTH 256 /* of open elements; deeper ones hide nothing */

/* The line that a hr is. */
#define HTML_RULE "----------"

/* html: any bytes, meant as UTF-8, whatever its meta elements say. */
Visible *html_visible(const char *html, size_t length);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mask-html - an HTML text with its elements, lines and links alone
 *
 * DESCRIPTION
 *	The HTML is written anew from its tokens (tokens.h).  An element keeps
 *	the attributes by which a mail is read: links, alternative texts, what
 *	hides and what keeps lines.  Comments, scripts, styles and all other
 *	attributes are left out.  A word is masked as a whole, whatever elements
 *	its letters stand in.
 */
#ifndef MASK_HTML_H
#define MASK_HTML_H

#include "mail/mask.h"

/* html: valid UTF-8.  The caller's. */
char *mask_html(const Mask *mask, const char *html, size_t length);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	html-shade - how the elements of an HTML part show what is inside them
 *
 * DESCRIPTION
 *	From an element's attributes and the part's style elements (sheet.h).  Those of
 *	a part are read once; what stands above them is seen too early, which
 *	html_shade_was_late() tells, so that the caller begins anew.
 *
 * SEE ALSO
 *	html.h, style.h
 */
#ifndef HTML_SHADE_H
#define HTML_SHADE_H

#include <stdbool.h>

#include "mail/sheet.h"
#include "mail/style.h"
#include "mail/tokens.h"

typedef struct {
	Sheet *sheet; /* or NULL */
	bool is_read; /* all style elements of the part are in it */
	bool is_late; /* one stood below what was seen */
} HtmlShade;

void html_shade_clear(HtmlShade *shade);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(HtmlShade, html_shade_clear)

/* Leave a style element's content out of the tokens, and take it. */
void html_shade_take_sheet(HtmlShade *shade, Tokens *tokens, const Token *token,
			   bool is_late);

/* Is the part to be read again, with style elements that stood too low?  Once. */
bool html_shade_was_late(HtmlShade *shade);

/* What is said of the element of a start tag, by its flags of elements.h. */
Style html_shade_of(const HtmlShade *shade, Tokens *tokens, const Token *token,
		    unsigned flags);

/* Does text inside elements of these flags of style.h leave no mark? */
bool html_shade_hides(const HtmlShade *shade, unsigned flags);

#endif

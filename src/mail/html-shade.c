/* SPDX-License-Identifier: BSD-2-Clause */
/* html-shade.c - how the elements of an HTML part show what is inside them */

#include "config.h"

#include <string.h>

#include "mail/elements.h"
#include "mail/html-shade.h"

void
html_shade_clear(HtmlShade *shade)
{
	g_clear_pointer(&shade->sheet, sheet_free);
}

/* Is it for some screens only, or for none? */
static bool
is_for_some(const char *media)
{
	return media != NULL &&
	       (strchr(media, '(') != NULL || strstr(media, "print") != NULL);
}

void
html_shade_take_sheet(HtmlShade *shade, Tokens *tokens, const Token *token, bool is_late)
{
	bool is_taken =
	    !shade->is_read && !is_for_some(tokens_value(tokens, token, ATTRIBUTE_MEDIA));
	const char *content = tokens->at;

	tokens_skip(tokens, token);
	if (!is_taken)
		return;
	if (shade->sheet == NULL)
		shade->sheet = sheet_new();
	sheet_add(shade->sheet, content, (size_t)(tokens->at - content));
	shade->is_late = shade->is_late || is_late;
}

bool
html_shade_was_late(HtmlShade *shade)
{
	bool was_late = shade->is_late && !shade->is_read;

	shade->is_read = true;

	return was_late;
}

/* A copy of an attribute's value, or NULL. */
static char *
value_of(Tokens *tokens, const Token *token, Attribute attribute)
{
	return g_strdup(tokens_value(tokens, token, attribute));
}

Style
html_shade_of(const HtmlShade *shade, Tokens *tokens, const Token *token, unsigned flags)
{
	bool has_sheet = shade->sheet != NULL;
	g_autofree char *class =
	    has_sheet ? value_of(tokens, token, ATTRIBUTE_CLASS) : NULL;
	g_autofree char *id = has_sheet ? value_of(tokens, token, ATTRIBUTE_ID) : NULL;
	g_autofree char *color = value_of(tokens, token, ATTRIBUTE_COLOR);
	g_autofree char *back = value_of(tokens, token, ATTRIBUTE_BGCOLOR);
	const SheetElement element = {
		.name = token->name,
		.class = class,
		.id = id,
		.style = tokens_value(tokens, token, ATTRIBUTE_STYLE),
		.hints = style_of_colors(color, back),
	};
	Style style = style_shown(sheet_declared(shade->sheet, &element));

	/* An image lies there. */
	if (token->values[ATTRIBUTE_BACKGROUND].start != NULL) {
		style.given |= STYLE_BACKED;
		style.set |= STYLE_BACKED;
	}
	/* A link is blue unless it says more. */
	if ((flags & ELEMENT_LINK) != 0 && token->values[ATTRIBUTE_HREF].start != NULL)
		style.given |= STYLE_PALE;

	return style;
}

bool
html_shade_hides(const HtmlShade *shade, unsigned flags)
{
	if ((flags & (STYLE_HIDDEN | STYLE_TINY)) != 0)
		return true;

	return (flags & STYLE_PALE) != 0 && (flags & STYLE_BACKED) == 0 &&
	       (shade->sheet == NULL || !sheet_may_back(shade->sheet));
}

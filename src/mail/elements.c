/* SPDX-License-Identifier: BSD-2-Clause */
/* elements.c - which HTML element is of which kind */

#include "config.h"

#include <string.h>

#include <glib.h>

#include "mail/elements.h"

enum {
	LOOSE = ELEMENT_LINE | ELEMENT_BLOCK | ELEMENT_ENDS_P,
	BLOCK = LOOSE | ELEMENT_FIRM,
	PARAGRAPH = BLOCK | ELEMENT_GAP,
	HEADING = PARAGRAPH | ELEMENT_HEADING,
	PART = ELEMENT_LINE | ELEMENT_BLOCK | ELEMENT_FIRM,
	CELL = PART | ELEMENT_WALL | ELEMENT_CELL,
	TABLE = BLOCK | ELEMENT_WALL | ELEMENT_TABLE,
	ROOT = ELEMENT_BLOCK | ELEMENT_FIRM | ELEMENT_ROOT,
	OBJECT = ELEMENT_BLOCK | ELEMENT_FIRM | ELEMENT_WALL,
};

/* Sorted by name for elements_flags(); what is not here is inline. */
static const struct element {
	const char *name;
	unsigned flags;
} elements[] = {
	{ "a", ELEMENT_LINK | ELEMENT_SLIP },
	{ "address", LOOSE },
	{ "applet", OBJECT },
	{ "area", ELEMENT_VOID | ELEMENT_TARGET },
	{ "article", BLOCK },
	{ "aside", BLOCK },
	{ "b", ELEMENT_SLIP },
	{ "base", ELEMENT_VOID | ELEMENT_BASE },
	{ "basefont", ELEMENT_VOID },
	{ "bgsound", ELEMENT_VOID },
	{ "big", ELEMENT_SLIP },
	{ "blockquote", PARAGRAPH },
	{ "body", ROOT },
	{ "br", ELEMENT_BREAK | ELEMENT_VOID },
	{ "button", ELEMENT_BLOCK | ELEMENT_FIRM | ELEMENT_BUTTON },
	{ "caption", CELL },
	{ "center", BLOCK },
	{ "code", ELEMENT_SLIP },
	{ "col", ELEMENT_VOID },
	{ "dd", BLOCK | ELEMENT_TERM },
	{ "details", BLOCK },
	{ "dir", PARAGRAPH },
	{ "div", LOOSE },
	{ "dl", PARAGRAPH },
	{ "dt", BLOCK | ELEMENT_TERM },
	{ "em", ELEMENT_SLIP },
	{ "embed", ELEMENT_VOID },
	{ "fieldset", BLOCK },
	{ "figcaption", BLOCK },
	{ "figure", BLOCK },
	{ "font", ELEMENT_SLIP },
	{ "footer", BLOCK },
	{ "form", BLOCK | ELEMENT_SLIP | ELEMENT_TARGET },
	{ "h1", HEADING },
	{ "h2", HEADING },
	{ "h3", HEADING },
	{ "h4", HEADING },
	{ "h5", HEADING },
	{ "h6", HEADING },
	{ "head", ELEMENT_VOID },
	{ "header", BLOCK },
	{ "hr", PARAGRAPH | ELEMENT_VOID },
	{ "html", ROOT },
	{ "i", ELEMENT_SLIP },
	{ "iframe", ELEMENT_SKIP },
	{ "img", ELEMENT_VOID },
	{ "input", ELEMENT_VOID | ELEMENT_TARGET },
	{ "keygen", ELEMENT_VOID },
	{ "legend", ELEMENT_LINE },
	{ "li", BLOCK | ELEMENT_ITEM },
	{ "link", ELEMENT_VOID },
	{ "listing", PARAGRAPH | ELEMENT_PRE },
	{ "main", BLOCK },
	{ "marquee", OBJECT },
	{ "menu", PARAGRAPH },
	{ "meta", ELEMENT_VOID | ELEMENT_META },
	{ "nav", BLOCK },
	{ "nobr", ELEMENT_SLIP },
	{ "noembed", ELEMENT_SKIP },
	{ "noframes", ELEMENT_SKIP },
	{ "noscript", ELEMENT_BLOCK | ELEMENT_FIRM },
	{ "object", OBJECT },
	{ "ol", PARAGRAPH },
	{ "optgroup", ELEMENT_LINE | ELEMENT_OPTION },
	{ "option", ELEMENT_LINE | ELEMENT_OPTION },
	{ "p", LOOSE | ELEMENT_GAP | ELEMENT_P },
	{ "param", ELEMENT_VOID },
	{ "plaintext", PARAGRAPH | ELEMENT_PRE | ELEMENT_REST },
	{ "pre", PARAGRAPH | ELEMENT_PRE },
	{ "s", ELEMENT_SLIP },
	{ "script", ELEMENT_SKIP },
	{ "section", BLOCK },
	{ "select", ELEMENT_BLOCK | ELEMENT_FIRM },
	{ "small", ELEMENT_SLIP },
	{ "source", ELEMENT_VOID },
	{ "strike", ELEMENT_SLIP },
	{ "strong", ELEMENT_SLIP },
	{ "style", ELEMENT_SKIP | ELEMENT_SHEET },
	{ "summary", BLOCK },
	{ "table", TABLE },
	{ "tbody", PART | ELEMENT_SECTION },
	{ "td", CELL },
	{ "template", ELEMENT_HIDE | OBJECT | ELEMENT_TABLE },
	{ "textarea", ELEMENT_BLOCK | ELEMENT_REFERENCES | ELEMENT_PRE },
	{ "tfoot", PART | ELEMENT_SECTION },
	{ "th", CELL },
	{ "thead", PART | ELEMENT_SECTION },
	{ "title", ELEMENT_SKIP },
	{ "tr", PART | ELEMENT_ROW },
	{ "track", ELEMENT_VOID },
	{ "tt", ELEMENT_SLIP },
	{ "u", ELEMENT_SLIP },
	{ "ul", PARAGRAPH },
	{ "wbr", ELEMENT_VOID },
	{ "xmp", PARAGRAPH | ELEMENT_PRE | ELEMENT_TEXT },
};

/* Not bsearch(): most names differ in their first letter, and there are many. */
unsigned
elements_flags(const char *name)
{
	size_t low = 0, high = G_N_ELEMENTS(elements);

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = name[0] - elements[middle].name[0];

		if (order == 0)
			order = strcmp(name, elements[middle].name);
		if (order == 0)
			return elements[middle].flags;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}

	return 0;
}

void
elements_hold(unsigned flags, Tokens *tokens, const Token *token)
{
	if ((flags & ELEMENT_REFERENCES) != 0)
		tokens_hold(tokens, token, HOLDING_REFERENCES);
	else if ((flags & ELEMENT_TEXT) != 0)
		tokens_hold(tokens, token, HOLDING_TEXT);
	else if ((flags & ELEMENT_REST) != 0)
		tokens_hold(tokens, token, HOLDING_THE_REST);
}

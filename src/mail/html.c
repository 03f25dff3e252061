/* SPDX-License-Identifier: BSD-2-Clause */
/* html.c - which lines and links the reader of an HTML part sees */
#include "config.h"

#include <string.h>

#include "text/charset.h"
#include "mail/elements.h"
#include "mail/html.h"
#include "mail/html-line.h"
#include "mail/html-shade.h"
#include "mail/tokens.h"

/*
 * Design rationale
 *
 * No tree is built.  A stack of the open elements says what is hidden and which
 * link is open; it follows the standard's tree construction (WHATWG HTML,
 * 13.2.6) where that decides on what a reader sees, and nowhere else:
 *
 *	- An end tag closes the nearest open element of its name and all inside
 *	  it, but reaches out of no table cell; that of a span and the like out
 *	  of no block.
 *	- That of an anchor, a form or bold text may: the blocks inside it stay
 *	  open ("<b><div hidden></b>" still hides).
 *	- A p, li, dt, td, tr and their like are closed by what cannot stand in
 *	  them, a link by the next one.
 *	- What is misplaced stays where it stands: text between two table rows is
 *	  not moved, and formatting is not opened anew in the next block.
 *
 * Each tag looks at no more than LOOK_BACK open elements, so that none is dear.
 * Elements deeper than HTML_MAX_DEPTH are shown as what is around them.
 *
 * Lines: each block element and each table cell begins and ends one.  An empty
 * line stands where a paragraph, heading, list, quotation or rule begins or
 * ends and where a br finds nothing before it on its line; text on its own
 * (a cell with nothing but a non-breaking space, say) makes none.
 */

#define LOOK_BACK 64

enum {
	/* Elements that stand in a table, and reach up to it. */
	TABLE_PARTS = ELEMENT_CELL | ELEMENT_ROW | ELEMENT_SECTION | ELEMENT_TABLE,
	/* Elements whose end tag closes nothing. */
	UNSTACKED = ELEMENT_VOID | ELEMENT_ROOT | ELEMENT_SKIP,
	/* Elements that often have no end tag. */
	UNCLOSED = ELEMENT_P | ELEMENT_ITEM | ELEMENT_TERM | ELEMENT_OPTION |
		   ELEMENT_CELL | ELEMENT_ROW | ELEMENT_SECTION,
};

/* Start tags that close open elements, up to one that stops them. */
static const struct {
	unsigned starts;
	unsigned ends;
	unsigned until;
} endings[] = {
	{ ELEMENT_ITEM, ELEMENT_ITEM, ELEMENT_FIRM },
	{ ELEMENT_TERM, ELEMENT_TERM, ELEMENT_FIRM },
	{ ELEMENT_OPTION, ELEMENT_OPTION, ELEMENT_BLOCK },
	{ ELEMENT_SECTION, ELEMENT_SECTION, ELEMENT_TABLE },
	{ ELEMENT_SECTION | ELEMENT_ROW, ELEMENT_ROW, ELEMENT_TABLE },
	{ ELEMENT_SECTION | ELEMENT_ROW | ELEMENT_CELL, ELEMENT_CELL, ELEMENT_TABLE },
	{ ELEMENT_LINK, ELEMENT_LINK, ELEMENT_WALL },
	{ ELEMENT_ENDS_P, ELEMENT_P, ELEMENT_WALL | ELEMENT_BUTTON },
};

/* An open element. */
typedef struct {
	char name[TOKEN_NAME];
	unsigned flags;
	unsigned given; /* STYLE_…, what it says itself */
	unsigned shade; /* STYLE_…, of the text inside */
} Open;

typedef struct {
	Visible *visible;
	Tokens *tokens; /* borrowed */

	Open open[HTML_MAX_DEPTH];
	size_t depth;
	size_t excess; /* elements open beyond that */

	HtmlLine line;
	size_t link_depth; /* of the open link's element */
	HtmlShade shade;
} Reader;

static unsigned
shade_around(const Reader *reader)
{
	return reader->depth > 0 ? reader->open[reader->depth - 1].shade : 0;
}

static void
link_end(Reader *reader)
{
	HtmlLine *line = &reader->line;

	if (line->url == NULL)
		return;

	/* Nobody clicks on what is not seen. */
	if (line->label->len > 0 || line->alt != NULL || !line->is_unseen)
		visible_add_link_at(reader->visible, line->url, line->label->str,
				    line->label->len == 0 ? line->alt : NULL,
				    visible_next_line(reader->visible));
	g_clear_pointer(&line->alt, g_free);
	g_clear_pointer(&line->url, g_free);
}

static void
link_begin(Reader *reader, const char *url)
{
	link_end(reader);
	if (url == NULL)
		return;

	reader->line.url = html_line_target(&reader->line, url);
	reader->link_depth = reader->depth;
	reader->line.is_unseen = false;
	g_string_truncate(reader->line.label, 0);
}

/* How an element shows what is inside it: what it says itself, else as around it. */
static void
shade_take(Reader *reader, Open *open, const Token *token)
{
	unsigned around = shade_around(reader);
	Style own = html_shade_of(&reader->shade, reader->tokens, token, open->flags);

	if ((open->flags & ELEMENT_PRE) != 0 && (own.given & STYLE_PRE) == 0)
		own.set |= STYLE_PRE;
	if ((open->flags & ELEMENT_HIDE) != 0 ||
	    token->values[ATTRIBUTE_HIDDEN].start != NULL)
		own.set |= STYLE_HIDDEN;
	open->given = own.given | own.set;
	open->shade = (around & ~open->given) | own.set;
}

static bool
is_hidden(const Reader *reader)
{
	return (shade_around(reader) & STYLE_HIDDEN) != 0;
}

/* An element's edge: the line ends here, or a paragraph does. */
static void
edge(Reader *reader, unsigned flags)
{
	if ((flags & ELEMENT_LINE) != 0)
		html_line_end(&reader->line);
	if ((flags & ELEMENT_GAP) != 0)
		visible_add_line(reader->visible, "", false);
}

static void
open_push(Reader *reader, const Token *token, unsigned flags)
{
	Open open = { .flags = flags };

	if (reader->depth == HTML_MAX_DEPTH) {
		reader->excess += (flags & (UNSTACKED | UNCLOSED)) == 0;
		return;
	}

	memcpy(open.name, token->name, sizeof(open.name));
	shade_take(reader, &open, token);
	reader->open[reader->depth++] = open;
}

/* Close all elements but those around the one at this depth. */
static void
open_pop(Reader *reader, size_t depth)
{
	while (reader->depth >= depth) {
		const Open *last = &reader->open[reader->depth - 1];

		if (reader->line.url != NULL && reader->link_depth == reader->depth)
			link_end(reader);
		if ((last->shade & STYLE_HIDDEN) == 0)
			edge(reader, last->flags);
		reader->depth--;
	}
}

/* Close the element at this depth, and none inside it. */
static void
open_slip(Reader *reader, size_t depth)
{
	Open *open = &reader->open[depth - 1];

	if (reader->line.url != NULL && reader->link_depth == depth)
		link_end(reader);
	if ((open->shade & STYLE_HIDDEN) == 0)
		edge(reader, open->flags);

	memmove(open, open + 1, (reader->depth - depth) * sizeof(*open));
	reader->depth--;
	if (reader->line.url != NULL && reader->link_depth > depth)
		reader->link_depth--;

	/* The elements inside it lose the shade that it gave them. */
	for (size_t i = depth - 1; i < reader->depth; i++) {
		unsigned around = i > 0 ? reader->open[i - 1].shade : 0;

		open = &reader->open[i];
		open->shade = (around & ~open->given) | (open->shade & open->given);
	}
}

/* Does a block stand open inside the element at this depth? */
static bool
has_block(const Reader *reader, size_t depth)
{
	for (size_t i = depth; i < reader->depth; i++)
		if ((reader->open[i].flags & ELEMENT_BLOCK) != 0)
			return true;

	return false;
}

static void
open_close(Reader *reader, size_t depth)
{
	bool is_slip = (reader->open[depth - 1].flags & ELEMENT_SLIP) != 0;

	if (is_slip && has_block(reader, depth))
		open_slip(reader, depth);
	else
		open_pop(reader, depth);
}

/* The depth of the nearest open element with one of these flags, or 0. */
static size_t
nearest_of(const Reader *reader, unsigned wanted, unsigned until)
{
	size_t last = reader->depth > LOOK_BACK ? reader->depth - LOOK_BACK : 0;

	for (size_t depth = reader->depth; depth > last; depth--) {
		unsigned flags = reader->open[depth - 1].flags;

		if ((flags & wanted) != 0)
			return depth;
		if ((flags & until) != 0)
			return 0;
	}

	return 0;
}

/* The elements that stop the end tag of such an element. */
static unsigned
reach(unsigned flags)
{
	if ((flags & TABLE_PARTS) != 0)
		return ELEMENT_TABLE;

	return (flags & (ELEMENT_BLOCK | ELEMENT_SLIP)) != 0 ? ELEMENT_WALL
							     : ELEMENT_BLOCK;
}

/* The depth of the open element that this end tag closes, or 0. */
static size_t
nearest_named(const Reader *reader, const Token *token, unsigned flags)
{
	size_t last = reader->depth > LOOK_BACK ? reader->depth - LOOK_BACK : 0;
	unsigned until = reach(flags);

	/* In a browser "</h2>" ends a h1, too. */
	if ((flags & ELEMENT_HEADING) != 0)
		return nearest_of(reader, ELEMENT_HEADING, until);

	for (size_t depth = reader->depth; depth > last; depth--) {
		const Open *open = &reader->open[depth - 1];

		if (memcmp(open->name, token->name, sizeof(open->name)) == 0)
			return depth;
		if ((open->flags & until) != 0)
			return 0;
	}

	return 0;
}

static void
close_implied(Reader *reader, unsigned flags)
{
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		size_t depth;

		if ((flags & endings[i].starts) == 0)
			continue;
		depth = nearest_of(reader, endings[i].ends, endings[i].until);
		/*
		 * A table in an anchor is a button; many stand in a p they would close.
		 */
		if (depth == 0 ||
		    ((flags & ELEMENT_TABLE) != 0 && reader->line.url != NULL &&
		     reader->link_depth > depth))
			continue;
		open_close(reader, depth);
	}
}

/* Is this a second html or body?  A browser takes it for the first one. */
static bool
is_misplaced(const Reader *reader, unsigned flags)
{
	return (flags & ELEMENT_ROOT) != 0 && reader->depth > 0 &&
	       (reader->open[reader->depth - 1].flags & ELEMENT_ROOT) == 0;
}

static void
on_start(Reader *reader, const Token *token)
{
	unsigned flags = elements_flags(token->name);
	const char *href;

	if ((flags & ELEMENT_SHEET) != 0) {
		bool is_late =
		    visible_next_line(reader->visible) > 0 || reader->line.text->len > 0;

		html_shade_take_sheet(&reader->shade, reader->tokens, token, is_late);
		return;
	}
	if ((flags & ELEMENT_SKIP) != 0) {
		tokens_skip(reader->tokens, token);
		return;
	}

	if ((flags & ELEMENT_META) != 0)
		html_line_add_refresh(&reader->line, reader->tokens, token);
	if (reader->excess == 0)
		close_implied(reader, flags);
	elements_hold(flags, reader->tokens, token);
	if ((flags & ELEMENT_BASE) != 0)
		html_line_set_base(&reader->line,
				   tokens_value(reader->tokens, token, ATTRIBUTE_HREF));
	if ((flags & ELEMENT_VOID) == 0 && !is_misplaced(reader, flags))
		open_push(reader, token, flags);
	if (is_hidden(reader))
		return;

	edge(reader, flags);
	/* "hr": nothing else has a gap around it and no content. */
	if ((flags & (ELEMENT_VOID | ELEMENT_GAP)) == (ELEMENT_VOID | ELEMENT_GAP)) {
		visible_add_line(reader->visible, HTML_RULE, false);
		edge(reader, flags);
	}
	if ((flags & ELEMENT_BREAK) != 0)
		html_line_break(&reader->line);
	href = html_line_href(&reader->line, reader->tokens, token, flags);
	if ((flags & ELEMENT_LINK) != 0 || href != NULL)
		link_begin(reader, href);
	else if ((flags & ELEMENT_TARGET) != 0)
		html_line_add_target(&reader->line, reader->tokens, token);
	else if (reader->line.url != NULL && reader->line.alt == NULL &&
		 token->values[ATTRIBUTE_ALT].start != NULL)
		reader->line.alt =
		    g_strdup(tokens_value(reader->tokens, token, ATTRIBUTE_ALT));
}

static void
on_end(Reader *reader, const Token *token)
{
	unsigned flags = elements_flags(token->name);
	size_t depth;

	if ((flags & ELEMENT_TARGET) != 0)
		html_line_end_form(&reader->line);
	/* An element too deep for the stack: nothing but links are seen there. */
	if (reader->excess > 0) {
		if ((flags & (UNSTACKED | UNCLOSED)) == 0)
			reader->excess--;
		if ((flags & ELEMENT_LINK) != 0)
			link_end(reader);
		if (!is_hidden(reader))
			edge(reader, flags);
		return;
	}

	depth = (flags & UNSTACKED) == 0 ? nearest_named(reader, token, flags) : 0;
	if (depth > 0)
		open_close(reader, depth);
	else if (is_hidden(reader))
		return;
	else if ((flags & ELEMENT_P) != 0)
		edge(reader, flags); /* a browser makes it an empty one */
	else if ((flags & ELEMENT_BREAK) != 0)
		html_line_break(&reader->line); /* "</br>", the same */
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
on_text(Reader *reader, const Token *token)
{
	const char *at = token->text.start, *end = at + token->text.length;
	unsigned shade = shade_around(reader);

	if (html_shade_hides(&reader->shade, shade)) {
		html_line_add_unseen(&reader->line, at, token->text.length);
		return;
	}

	while (at < end) {
		const char *word = at;

		if (is_space(*at)) {
			reader->line.has_space = true;
			if (*at++ == '\n' && (shade & STYLE_PRE) != 0)
				html_line_break(&reader->line);
			continue;
		}
		while (at < end && !is_space(*at))
			at++;
		html_line_add(&reader->line, word, (size_t)(at - word));
		html_line_add_label(&reader->line, word, (size_t)(at - word));
		reader->line.has_space = false;
	}
}

static void
read_html(Reader *reader)
{
	Token token;

	while (tokens_next(reader->tokens, &token))
		if (token.kind == TOKEN_TEXT)
			on_text(reader, &token);
		else if (token.kind == TOKEN_START)
			on_start(reader, &token);
		else if (token.kind == TOKEN_END)
			on_end(reader, &token);

	open_pop(reader, 1);
	link_end(reader);
	html_line_end(&reader->line);
}

/* html: valid UTF-8.  shade: with the style elements, where they are known. */
static Visible *
see(const char *html, size_t length, HtmlShade *shade)
{
	g_autoptr(Visible) visible = visible_new();
	g_auto(Tokens) tokens = { 0 };
	Reader reader = {
		.visible = visible,
		.tokens = &tokens,
		.shade = *shade,
	};

	tokens_init(&tokens, html, length);
	html_line_init(&reader.line, visible);
	read_html(&reader);
	html_line_clear(&reader.line);
	*shade = reader.shade;

	return g_steal_pointer(&visible);
}

Visible *
html_visible(const char *html, size_t length)
{
	g_autoptr(Visible) visible = NULL;
	g_autofree char *valid = NULL;
	g_auto(HtmlShade) shade = { 0 };

	length = MIN(length, HTML_MAX_BYTES);
	if (!charset_is_utf8(html, length)) {
		html = valid = g_utf8_make_valid(html, length);
		length = strlen(valid);
	}

	visible = see(html, length, &shade);
	/* A style element is for what stands above it, too. */
	if (html_shade_was_late(&shade)) {
		visible_free(visible);
		visible = see(html, length, &shade);
	}

	return g_steal_pointer(&visible);
}

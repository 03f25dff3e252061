/* SPDX-License-Identifier: BSD-2-Clause */
/* mask-html.c - an HTML text with its elements, lines and links alone */

#include "config.h"

#include <string.h>

#include "mail/elements.h"
#include "mail/mask-html.h"
#include "mail/mask-text.h"
#include "mail/style.h"
#include "mail/tokens.h"

/* Elements that do nothing to lines, and therefore are not in elements.h. */
static const char *const inline_names[] = {
	"abbr", "acronym", "bdi",    "bdo",  "br",   "cite", "del",  "dfn",
	"i",    "img",     "ins",    "kbd",  "map",  "mark", "meta", "o:p",
	"q",    "s",       "small",  "samp", "span", "sub",  "sup",  "thead",
	"u",    "strike",  "strong", "tt",   "var",  "wbr",
};

static const struct {
	Attribute attribute;
	const char *name;
} links[] = {
	{ ATTRIBUTE_HREF, "href" },
	{ ATTRIBUTE_ACTION, "action" },
	{ ATTRIBUTE_FORMACTION, "formaction" },
	{ ATTRIBUTE_XLINK, "xlink:href" },
};

static const struct {
	unsigned flag;
	const char *set;
	const char *unset;
} styles[] = {
	{ STYLE_HIDDEN, "display:none", "display:block" },
	{ STYLE_TINY, "font-size:0", "font-size:9px" },
	{ STYLE_PRE, "white-space:pre", "white-space:normal" },
};

/* What is written, and in which order: a tag, or so many characters of the text. */
typedef struct {
	char *tag; /* NULL: text */
	size_t start;
	size_t length;
	bool is_reference; /* in the HTML, the character is a reference */
} Piece;

typedef struct {
	const Mask *mask; /* borrowed */
	Tokens tokens;
	GArray *text;   /* of gunichar; a line break where a line ends */
	GArray *pieces; /* of Piece */
} Work;

static void
piece_clear(gpointer piece)
{
	g_free(((Piece *)piece)->tag);
}

static void
append_char(GString *out, gunichar c, bool is_reference)
{
	if (c == '<')
		g_string_append(out, "&lt;");
	else if (c == '>')
		g_string_append(out, "&gt;");
	else if (c == '&')
		g_string_append(out, "&amp;");
	else if (c == '"')
		g_string_append(out, "&quot;");
	else if (is_reference && c >= 0x80)
		g_string_append_printf(out, "&#%u;", (unsigned)c);
	else
		g_string_append_unichar(out, c);
}

/* A character beyond ASCII, which the part's charset may lack, becomes a reference. */
static void
append_attribute(GString *out, const char *name, const char *value)
{
	g_string_append_printf(out, " %s=\"", name);
	for (const char *at = value; *at != '\0'; at = g_utf8_next_char(at))
		append_char(out, g_utf8_get_char(at), true);
	g_string_append_c(out, '"');
}

static void
append_style(GString *out, const char *value)
{
	Style style = style_of(value);
	g_autoptr(GString) declared = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(styles); i++)
		if ((style.given & styles[i].flag) != 0)
			g_string_append_printf(
			    declared, "%s%s", declared->len > 0 ? ";" : "",
			    (style.set & styles[i].flag) != 0 ? styles[i].set
							      : styles[i].unset);
	if (declared->len > 0)
		append_attribute(out, "style", declared->str);
}

static bool
is_known(const char *name)
{
	if (elements_flags(name) != 0)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(inline_names); i++)
		if (g_str_equal(inline_names[i], name))
			return true;

	return false;
}

/* An element that nobody knows is inline, whatever its name. */
static char *
name_of(const Token *token)
{
	char name[TOKEN_NAME + 1] = { 0 };

	memcpy(name, token->name, TOKEN_NAME);

	return g_strdup(is_known(name) ? name : "x");
}

static char *
start_tag(Work *work, const Token *token)
{
	g_autoptr(GString) tag = g_string_new("<");
	g_autofree char *name = name_of(token);
	const char *value;

	g_string_append(tag, name);
	for (size_t i = 0; i < G_N_ELEMENTS(links); i++) {
		g_autofree char *link = NULL;

		value = tokens_value(&work->tokens, token, links[i].attribute);
		if (value == NULL)
			continue;
		link = mask_text_link(work->mask, value);
		append_attribute(tag, links[i].name, link);
	}
	value = tokens_value(&work->tokens, token, ATTRIBUTE_ALT);
	if (value != NULL) {
		g_autofree char *alt = mask_text(work->mask, MASK_KEEP_ALL, value);

		append_attribute(tag, "alt", alt);
	}
	append_style(tag, tokens_value(&work->tokens, token, ATTRIBUTE_STYLE));
	if (token->values[ATTRIBUTE_HIDDEN].start != NULL)
		g_string_append(tag, " hidden");
	g_string_append_c(tag, '>');

	return g_string_free(g_steal_pointer(&tag), FALSE);
}

/* Takes the tag over. */
static void
add_tag(Work *work, char *tag, unsigned flags)
{
	Piece piece = { .tag = tag };
	gunichar gap = '\n';

	/* Words end where lines end; an image or a wbr ends none. */
	if ((flags & (ELEMENT_LINE | ELEMENT_GAP | ELEMENT_BREAK | ELEMENT_BLOCK)) != 0)
		g_array_append_val(work->text, gap);
	g_array_append_val(work->pieces, piece);
}

static void
add_text(Work *work, const Token *token)
{
	Piece piece = {
		.start = work->text->len,
		.is_reference = token->text.start == work->tokens.character,
	};
	glong length;
	g_autofree gunichar *chars =
	    g_utf8_to_ucs4_fast(token->text.start, (glong)token->text.length, &length);

	piece.length = (size_t)length;
	g_array_append_vals(work->text, chars, (guint)length);
	g_array_append_val(work->pieces, piece);
}

static void
add_token(Work *work, const Token *token)
{
	bool is_tag = token->kind == TOKEN_START || token->kind == TOKEN_END;
	unsigned flags = is_tag ? elements_flags(token->name) : 0;
	g_autofree char *name = NULL;

	switch (token->kind) {
	case TOKEN_TEXT:
		add_text(work, token);
		break;
	case TOKEN_START:
		add_tag(work, start_tag(work, token), flags);
		if ((flags & ELEMENT_SKIP) != 0)
			tokens_skip(&work->tokens, token);
		else
			elements_hold(flags, &work->tokens, token);
		break;
	case TOKEN_END:
		name = name_of(token);
		add_tag(work, g_strdup_printf("</%s>", name), flags);
		break;
	case TOKEN_DOCTYPE:
		add_tag(work, g_strdup("<!DOCTYPE html>"), ELEMENT_LINE);
		break;
	}
}

char *
mask_html(const Mask *mask, const char *html, size_t length)
{
	g_autoptr(GArray) text = g_array_new(FALSE, FALSE, sizeof(gunichar));
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
	g_autoptr(GString) out = g_string_sized_new(length);
	Work work = { .mask = mask, .text = text, .pieces = pieces };
	Token token;

	g_array_set_clear_func(pieces, piece_clear);
	tokens_init(&work.tokens, html, length);
	while (tokens_next(&work.tokens, &token))
		add_token(&work, &token);
	tokens_clear(&work.tokens);

	mask_text_chars(mask, MASK_KEEP_ALL, (gunichar *)text->data, text->len);
	for (size_t i = 0; i < pieces->len; i++) {
		const Piece *piece = &g_array_index(pieces, Piece, i);

		if (piece->tag != NULL)
			g_string_append(out, piece->tag);
		for (size_t at = piece->start; at < piece->start + piece->length; at++)
			append_char(out, g_array_index(text, gunichar, at),
				    piece->is_reference);
	}

	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* html-line.c - the line of an HTML part that is being read, and its link */
#include "config.h"

#include <string.h>

#include "text/folded.h"
#include "mail/elements.h"
#include "mail/html-line.h"
#include "mail/url.h"

static void
append(GString *to, const char *text, size_t length)
{
	size_t room = VISIBLE_MAX_LINE - MIN(to->len, VISIBLE_MAX_LINE);

	if (length > room)
		for (length = room; length > 0; length--)
			if (((unsigned char)text[length] & 0xC0) != 0x80)
				break;
	/* Called for every word: the room was made at the start. */
	memcpy(to->str + to->len, text, length);
	to->len += length;
	to->str[to->len] = '\0';
}

/* Does anything in a word leave a mark?  Preheaders are padded with what does not. */
static bool
leaves_mark(const char *word, size_t length)
{
	const char *end = word + length;

	while (word < end) {
		gunichar folded = folded_char(g_utf8_get_char(word));

		if (folded != 0 && folded != ' ')
			return true;
		word = g_utf8_next_char(word);
	}

	return false;
}

void
html_line_init(HtmlLine *line, Visible *visible)
{
	*line = (HtmlLine){ .visible = visible };
	line->text = g_string_sized_new(VISIBLE_MAX_LINE + 1);
	line->label = g_string_sized_new(VISIBLE_MAX_LINE + 1);
}

void
html_line_clear(HtmlLine *line)
{
	g_string_free(line->text, TRUE);
	g_string_free(line->label, TRUE);
	g_free(line->url);
	g_free(line->alt);
	g_free(line->base);
	g_free(line->form);
}

void
html_line_end(HtmlLine *line)
{
	if (line->has_linked || line->has_plain)
		visible_add_line(line->visible, line->text->str, !line->has_plain);

	g_string_truncate(line->text, 0);
	line->has_linked = line->has_plain = false;
	line->has_space = true;
}

void
html_line_break(HtmlLine *line)
{
	if (line->has_linked || line->has_plain)
		html_line_end(line);
	else
		visible_add_line(line->visible, "", false);
}

void
html_line_add(HtmlLine *line, const char *word, size_t length)
{
	bool *has = line->url != NULL ? &line->has_linked : &line->has_plain;

	*has = *has || leaves_mark(word, length);

	if (line->has_space && line->text->len > 0)
		append(line->text, " ", 1);
	append(line->text, word, length);
}

void
html_line_add_label(HtmlLine *line, const char *word, size_t length)
{
	if (line->url == NULL)
		return;
	if (line->has_space && line->label->len > 0)
		append(line->label, " ", 1);
	append(line->label, word, length);
}

void
html_line_add_unseen(HtmlLine *line, const char *text, size_t length)
{
	line->is_unseen = line->is_unseen || leaves_mark(text, length);
}

/* Where "5; url='https://…'" leads, a part of text; NULL where that is no place. */
static char *
refresh_target(char *text)
{
	char *at = strpbrk(text, ";,"), *end;

	if (at == NULL)
		return NULL;
	at += 1 + strspn(at + 1, " \t\r\n");
	if (g_ascii_strncasecmp(at, "url", 3) == 0) {
		char *equals = at + 3 + strspn(at + 3, " \t\r\n");

		if (*equals == '=')
			at = equals + 1 + strspn(equals + 1, " \t\r\n");
	}
	if (*at == '"' || *at == '\'') {
		end = strchr(at + 1, *at);
		at++;
		if (end != NULL)
			*end = '\0';
	}

	return *at != '\0' ? at : NULL;
}

void
html_line_add_refresh(HtmlLine *line, Tokens *tokens, const Token *token)
{
	const char *name = tokens_value(tokens, token, ATTRIBUTE_HTTP_EQUIV);
	g_autofree char *content = NULL, *url = NULL;

	if (name == NULL || g_ascii_strcasecmp(name, "refresh") != 0)
		return;
	content = g_strdup(tokens_value(tokens, token, ATTRIBUTE_CONTENT));
	if (content == NULL)
		return;
	url = html_line_target(line, refresh_target(content));
	if (url != NULL)
		visible_add_refresh(line->visible, url);
}

void
html_line_set_base(HtmlLine *line, const char *href)
{
	if (line->base == NULL)
		line->base = g_strdup(href);
}

char *
html_line_target(const HtmlLine *line, const char *href)
{
	g_autofree char *base_host = line->base != NULL ? url_host(line->base) : NULL;
	g_autofree char *scheme = href != NULL ? g_uri_parse_scheme(href) : NULL;
	char *target;

	if (href == NULL || *href == '\0' || base_host == NULL || scheme != NULL)
		return g_strdup(href);
	target =
	    g_uri_resolve_relative(line->base, href, G_URI_FLAGS_PARSE_RELAXED, NULL);

	/* The base's host is where a browser asks, too, for what we cannot read. */
	return target != NULL ? target : g_strdup(line->base);
}

/* Does the element's type have that value?  Where it has none, fallback has it. */
static bool
is_of_type(Tokens *tokens, const Token *token, const char *type, const char *fallback)
{
	const char *value = tokens_value(tokens, token, ATTRIBUTE_TYPE);

	return g_ascii_strcasecmp(value != NULL ? value : fallback, type) == 0;
}

const char *
html_line_href(const HtmlLine *line, Tokens *tokens, const Token *token, unsigned flags)
{
	if ((flags & ELEMENT_BUTTON) != 0) {
		const char *own = tokens_value(tokens, token, ATTRIBUTE_FORMACTION);

		if (own == NULL && line->url == NULL &&
		    is_of_type(tokens, token, "submit", "submit"))
			return line->form;
		return own;
	}
	if ((flags & ELEMENT_LINK) == 0)
		return NULL;

	/* Inside a drawing, the older name. */
	return tokens_value(tokens, token,
			    token->values[ATTRIBUTE_HREF].start != NULL
				? ATTRIBUTE_HREF
				: ATTRIBUTE_XLINK);
}

/* The label of a link without text, owned. */
static char *
target_label(Tokens *tokens, const Token *token)
{
	static const Attribute labels[] = { ATTRIBUTE_ALT, ATTRIBUTE_VALUE };

	for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
		if (token->values[labels[i]].start != NULL)
			return g_strdup(tokens_value(tokens, token, labels[i]));

	return g_strdup("");
}

/* A control that sends the open form by its address. */
static bool
sends_form(const HtmlLine *line, Tokens *tokens, const Token *token)
{
	return line->form != NULL && token->values[ATTRIBUTE_FORMACTION].start == NULL &&
	       (is_of_type(tokens, token, "submit", "") ||
		is_of_type(tokens, token, "image", ""));
}

void
html_line_add_target(HtmlLine *line, Tokens *tokens, const Token *token)
{
	static const Attribute places[] = { ATTRIBUTE_ACTION, ATTRIBUTE_FORMACTION,
					    ATTRIBUTE_HREF };
	g_autofree char *label = target_label(tokens, token);

	if (is_of_type(tokens, token, "password", ""))
		line->visible->asks_password = true;
	if (sends_form(line, tokens, token))
		visible_add_link(line->visible, line->form, label);
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		g_autofree char *url =
		    html_line_target(line, tokens_value(tokens, token, places[i]));

		if (url == NULL)
			continue;
		visible_add_link(line->visible, url, label);
		if (places[i] == ATTRIBUTE_ACTION) {
			g_free(line->form);
			line->form = g_steal_pointer(&url);
		}
	}
}

void
html_line_end_form(HtmlLine *line)
{
	g_clear_pointer(&line->form, g_free);
}

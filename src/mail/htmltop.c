/* SPDX-License-Identifier: BSD-2-Clause */
/* htmltop.c - where in an HTML text can a block be put? */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "mail/htmltop.h"

typedef enum {
	TAG_ATTRIBUTES, /* name of the tag or of an attribute */
	TAG_EQUALS,     /* a value comes */
	TAG_VALUE,      /* a value without quotes */
	TAG_QUOTED,
} TagState;

typedef enum {
	ELEMENT_OTHER, /* content: here the body has begun, tag or not */
	ELEMENT_HTML,
	ELEMENT_HEAD,
	ELEMENT_BODY,
	ELEMENT_FURNITURE, /* of a head */
	ELEMENT_RAW,       /* the same, and tags in it are none */
} ElementKind;

static const struct {
	const char *name;
	ElementKind kind;
} elements[] = {
	{ "html", ELEMENT_HTML },          { "head", ELEMENT_HEAD },
	{ "body", ELEMENT_BODY },          { "meta", ELEMENT_FURNITURE },
	{ "link", ELEMENT_FURNITURE },     { "base", ELEMENT_FURNITURE },
	{ "noscript", ELEMENT_FURNITURE }, { "title", ELEMENT_RAW },
	{ "style", ELEMENT_RAW },          { "script", ELEMENT_RAW },
};

/* What is known while HTML is read from its start. */
typedef struct {
	const char *html;
	size_t length;
	size_t at;
	size_t top;     /* behind the last tag that may stand before content */
	size_t content; /* where content begins; length: none seen */
	bool in_head;   /* between <head> and </head> */
	bool is_found;  /* content is the answer */
} HtmlScan;

/* Does the name stand here, as a whole word, in any case? */
static bool
name_stands(const HtmlScan *scan, size_t at, const char *name)
{
	size_t length = strlen(name);

	if (scan->length - at < length ||
	    g_ascii_strncasecmp(scan->html + at, name, length) != 0)
		return false;

	return at + length == scan->length || scan->html[at + length] == '>' ||
	       scan->html[at + length] == '/' || g_ascii_isspace(scan->html[at + length]);
}

static TagState
tag_next(TagState state, char c, char *quote)
{
	switch (state) {
	case TAG_ATTRIBUTES:
		return c == '=' ? TAG_EQUALS : TAG_ATTRIBUTES;
	case TAG_EQUALS:
		*quote = c;
		if (g_ascii_isspace(c))
			return TAG_EQUALS;
		return c == '"' || c == '\'' ? TAG_QUOTED : TAG_VALUE;
	case TAG_VALUE:
		return g_ascii_isspace(c) ? TAG_ATTRIBUTES : TAG_VALUE;
	case TAG_QUOTED:
		return c == *quote ? TAG_ATTRIBUTES : TAG_QUOTED;
	}

	g_assert_not_reached();
}

/* Behind the tag that is open at this place; length where it does not end. */
static size_t
tag_end(const HtmlScan *scan, size_t at)
{
	TagState state = TAG_ATTRIBUTES;
	char quote = '\0';

	for (; at < scan->length; at++) {
		if (scan->html[at] == '>' && state != TAG_QUOTED)
			return at + 1;
		state = tag_next(state, scan->html[at], &quote);
	}

	return scan->length;
}

/* Behind the next occurrence of the end, or length. */
static size_t
behind(const HtmlScan *scan, size_t at, const char *end)
{
	const char *found = memmem(scan->html + at, scan->length - at, end, strlen(end));

	return found != NULL ? (size_t)(found - scan->html) + strlen(end) : scan->length;
}

/* Behind the end tag of the element, or length. */
static size_t
behind_raw(const HtmlScan *scan, size_t at, const char *name)
{
	while ((at = behind(scan, at, "</")) < scan->length)
		if (name_stands(scan, at, name))
			return tag_end(scan, at);

	return scan->length;
}

/* Content: the answer unless it stands in a head, where a </head> may follow. */
static void
scan_content(HtmlScan *scan)
{
	if (scan->content == scan->length)
		scan->content = scan->at;
	scan->is_found = !scan->in_head;
}

static void
scan_start_tag(HtmlScan *scan)
{
	size_t name = scan->at + 1, end = tag_end(scan, name), i = 0;

	while (i < G_N_ELEMENTS(elements) && !name_stands(scan, name, elements[i].name))
		i++;

	switch (i < G_N_ELEMENTS(elements) ? elements[i].kind : ELEMENT_OTHER) {
	case ELEMENT_OTHER:
		scan_content(scan);
		break;
	case ELEMENT_BODY:
		scan->content = end;
		scan->is_found = true;
		break;
	case ELEMENT_HEAD:
		scan->in_head = true;
		scan->top = end;
		break;
	case ELEMENT_RAW:
		end = behind_raw(scan, end, elements[i].name);
		scan->top = end < scan->length ? end : scan->top;
		break;
	case ELEMENT_HTML:
	case ELEMENT_FURNITURE:
		scan->top = end;
		break;
	}

	scan->at = end;
}

static void
scan_end_tag(HtmlScan *scan)
{
	bool is_head = name_stands(scan, scan->at + 2, "head");

	scan->at = tag_end(scan, scan->at + 2);
	if (!is_head)
		return;

	scan->in_head = false;
	scan->top = scan->at;
	scan->content = scan->length;
}

/* A comment, a doctype, or what browsers take for a comment. */
static void
scan_declaration(HtmlScan *scan)
{
	bool is_doctype = name_stands(scan, scan->at + 2, "doctype");

	if (scan->length - scan->at >= 4 && memcmp(scan->html + scan->at, "<!--", 4) == 0)
		/* "<!-->" is a whole comment, so its dashes count for both ends. */
		scan->at = behind(scan, scan->at + 2, "-->");
	else
		scan->at = behind(scan, scan->at, ">");

	if (is_doctype)
		scan->top = scan->at;
}

static void
scan_token(HtmlScan *scan)
{
	const char *html = scan->html + scan->at;
	size_t left = scan->length - scan->at;

	if (g_ascii_isspace(html[0]))
		scan->at++;
	else if (html[0] == '<' && left > 1 && g_ascii_isalpha(html[1]))
		scan_start_tag(scan);
	else if (html[0] == '<' && left > 2 && html[1] == '/' && g_ascii_isalpha(html[2]))
		scan_end_tag(scan);
	else if (html[0] == '<' && left > 2 && strchr("!?/", html[1]) != NULL)
		scan_declaration(scan);
	else {
		scan_content(scan);
		scan->at++;
	}
}

size_t
htmltop_of(const char *html, size_t length, size_t from)
{
	HtmlScan scan = {
		.html = html,
		.length = length,
		.at = from,
		.top = from,
		.content = length,
	};

	while (scan.at < length && !scan.is_found)
		scan_token(&scan);

	return scan.content < length || scan.is_found ? scan.content : scan.top;
}

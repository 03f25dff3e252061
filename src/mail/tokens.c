/* SPDX-License-Identifier: BSD-2-Clause */
/* tokens.c - where tags and text begin and end in HTML */
#include "config.h"

#include <string.h>

#include "mail/reference.h"
#include "mail/tokens.h"

/*
 * Design rationale
 *
 * The states of the standard's tokenizer become functions that take a place in
 * the bytes and return the one behind what they read, or NULL where the bytes
 * end first.  Each looks at a byte once and none looks back, but for a bounded
 * number of bytes: the name of a reference and that of a held element.  So the
 * time is linear in the length of the input.
 *
 * Attributes are not compared with one another: we ask for a few, and the first
 * of a name counts.  So a tag may have as many as it likes.
 */

enum {
	SPACE = 1 << 0,
	ENDS_NAME = 1 << 1,  /* of a tag */
	ENDS_KEY = 1 << 2,   /* an attribute's name */
	ENDS_VALUE = 1 << 3, /* without quotes */
	ENDS_TEXT = 1 << 4,

	WHITE = SPACE | ENDS_NAME | ENDS_KEY | ENDS_VALUE,
};

static const unsigned char classes[256] = {
	['\t'] = WHITE,    ['\n'] = WHITE,
	['\f'] = WHITE,    ['\r'] = WHITE,
	[' '] = WHITE,     ['/'] = ENDS_NAME | ENDS_KEY,
	['='] = ENDS_KEY,  ['>'] = ENDS_NAME | ENDS_KEY | ENDS_VALUE,
	['<'] = ENDS_TEXT, ['&'] = ENDS_TEXT,
};

/* Sorted as Attribute is. */
static const struct {
	const char *name;
	size_t length;
} attributes[ATTRIBUTE_LAST] = {
	[ATTRIBUTE_ACTION] = { "action", 6 },
	[ATTRIBUTE_ALT] = { "alt", 3 },
	[ATTRIBUTE_BACKGROUND] = { "background", 10 },
	[ATTRIBUTE_BGCOLOR] = { "bgcolor", 7 },
	[ATTRIBUTE_CLASS] = { "class", 5 },
	[ATTRIBUTE_COLOR] = { "color", 5 },
	[ATTRIBUTE_CONTENT] = { "content", 7 },
	[ATTRIBUTE_FORMACTION] = { "formaction", 10 },
	[ATTRIBUTE_HIDDEN] = { "hidden", 6 },
	[ATTRIBUTE_HREF] = { "href", 4 },
	[ATTRIBUTE_HTTP_EQUIV] = { "http-equiv", 10 },
	[ATTRIBUTE_ID] = { "id", 2 },
	[ATTRIBUTE_MEDIA] = { "media", 5 },
	[ATTRIBUTE_STYLE] = { "style", 5 },
	[ATTRIBUTE_TYPE] = { "type", 4 },
	[ATTRIBUTE_VALUE] = { "value", 5 },
	[ATTRIBUTE_XLINK] = { "xlink:href", 10 },
};

static bool
is_class(char c, unsigned class)
{
	return (classes[(unsigned char)c] & class) != 0;
}

static const char *
skip_class(const char *at, const char *end, unsigned class)
{
	while (at < end && is_class(*at, class))
		at++;

	return at;
}

static const char *
skip_to_class(const char *at, const char *end, unsigned class)
{
	while (at < end && !is_class(*at, class))
		at++;

	return at;
}

/* Behind the next such byte, or NULL. */
static const char *
behind(const char *at, const char *end, char c)
{
	const char *found = memchr(at, c, end - at);

	return found != NULL ? found + 1 : NULL;
}

/* Behind a comment whose "<!--" is at at.  "<!-->" is a whole one. */
static const char *
read_comment(const char *at, const char *end)
{
	const char *next = at + strlen("<!--");

	while ((next = behind(next, end, '>')) != NULL) {
		if (memcmp(next - 3, "-->", 3) == 0)
			return next;
		if (next - at >= 8 && memcmp(next - 4, "--!>", 4) == 0)
			return next;
	}

	return NULL;
}

static void
take_attribute(Token *token, const char *key, size_t length, Span value)
{
	for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++)
		if (attributes[i].length == length &&
		    g_ascii_strncasecmp(attributes[i].name, key, length) == 0) {
			if (token->values[i].start == NULL)
				token->values[i] = value;
			return;
		}
}

/* Behind the value at at, which lies in quotes or not. */
static const char *
read_value(const char *at, const char *end, Span *value_out)
{
	const char *close;

	if (*at != '"' && *at != '\'') {
		close = skip_to_class(at, end, ENDS_VALUE);
		*value_out = (Span){ at, close - at };
		return close;
	}

	close = memchr(at + 1, *at, end - at - 1);
	if (close == NULL)
		return NULL;
	*value_out = (Span){ at + 1, close - at - 1 };

	return close + 1;
}

/* Behind the attribute at key. */
static const char *
read_attribute(Token *token, const char *key, const char *end)
{
	/* Its first byte is part of the name, even "=". */
	const char *key_end = skip_to_class(key + 1, end, ENDS_KEY);
	const char *at = skip_class(key_end, end, SPACE);
	Span value = { key_end, 0 };

	if (at < end && *at == '=') {
		at = skip_class(at + 1, end, SPACE);
		if (at < end && *at != '>')
			at = read_value(at, end, &value);
	}
	if (at != NULL)
		take_attribute(token, key, key_end - key, value);

	return at;
}

/* Behind the ">" of the tag whose name is at at. */
static const char *
read_tag(Token *token, const char *at, const char *end)
{
	const char *name_end = skip_to_class(at, end, ENDS_NAME);
	size_t length = MIN((size_t)(name_end - at), TOKEN_NAME - 1);

	memset(token->name, 0, sizeof(token->name));
	memset(token->values, 0, sizeof(token->values));
	for (size_t i = 0; i < length; i++)
		token->name[i] = g_ascii_tolower(at[i]);

	for (at = name_end; at != NULL && at < end;) {
		if (*at == '>')
			return at + 1;
		if (is_class(*at, ENDS_NAME))
			at++;
		else
			at = read_attribute(token, at, end);
	}

	return NULL;
}

/* Does the end tag of the element that holds no markup begin here? */
static bool
is_release(const Tokens *tokens, const char *at)
{
	size_t length = strlen(tokens->holder);

	return (size_t)(tokens->end - at) > length + 2 && at[0] == '<' && at[1] == '/' &&
	       g_ascii_strncasecmp(at + 2, tokens->holder, length) == 0 &&
	       is_class(at[length + 2], ENDS_NAME);
}

/* Does a tag or something like a comment begin at this "<"? */
static bool
is_markup(const Tokens *tokens, const char *at)
{
	size_t left = (size_t)(tokens->end - at);

	if (tokens->holding == HOLDING_MARKUP)
		return left > 1 && (g_ascii_isalpha(at[1]) || at[1] == '!' ||
				    at[1] == '?' || (at[1] == '/' && left > 2));

	return tokens->holding != HOLDING_THE_REST && is_release(tokens, at);
}

static bool
is_doctype(const char *at, const char *end)
{
	static const char doctype[] = "<!doctype";
	size_t length = strlen(doctype);

	return (size_t)(end - at) >= length &&
	       g_ascii_strncasecmp(at, doctype, length) == 0;
}

/* Read what begins at this "<"; true if it is a token. */
static bool
read_markup(Tokens *tokens, Token *token)
{
	const char *at = tokens->at, *end = tokens->end, *next;
	bool is_end = at[1] == '/', is_tag = g_ascii_isalpha(at[is_end ? 2 : 1]);
	bool is_token = is_tag || is_doctype(at, end);

	tokens->holding = HOLDING_MARKUP;
	token->kind = !is_tag ? TOKEN_DOCTYPE : is_end ? TOKEN_END : TOKEN_START;
	token->start = at;
	if (is_tag)
		next = read_tag(token, at + (is_end ? 2 : 1), end);
	else if (end - at >= 4 && memcmp(at, "<!--", 4) == 0)
		next = read_comment(at, end);
	else
		next = behind(at, end, '>');

	tokens->at = next != NULL ? next : end;

	return is_token && next != NULL;
}

static bool
holds_references(const Tokens *tokens)
{
	return tokens->holding == HOLDING_MARKUP || tokens->holding == HOLDING_REFERENCES;
}

/* The character of the reference at this "&", if it is one. */
static bool
read_character(Tokens *tokens, Token *token)
{
	const char *next;

	if (!holds_references(tokens))
		return false;
	next = reference_read(tokens->at, tokens->end, REFERENCE_IN_TEXT,
			      tokens->character, &token->text.length);
	if (next == NULL)
		return false;

	tokens->at = next;
	token->text.start = tokens->character;

	return true;
}

/* Text up to the next tag or reference; whatever stands first is part of it. */
static void
read_text(Tokens *tokens, Token *token)
{
	const char *at = tokens->at + 1;

	while ((at = skip_to_class(at, tokens->end, ENDS_TEXT)) < tokens->end) {
		if (*at == '<' ? is_markup(tokens, at) : holds_references(tokens))
			break;
		at++;
	}

	token->text = (Span){ tokens->at, at - tokens->at };
	tokens->at = at;
}

void
tokens_init(Tokens *tokens, const char *html, size_t length)
{
	memset(tokens, 0, sizeof(*tokens));
	tokens->at = length > 0 ? html : "";
	tokens->end = tokens->at + length;
	tokens->value = g_string_new(NULL);
}

void
tokens_clear(Tokens *tokens)
{
	if (tokens->value != NULL)
		g_string_free(tokens->value, TRUE);
	tokens->value = NULL;
}

bool
tokens_next(Tokens *tokens, Token *token_out)
{
	while (tokens->at < tokens->end) {
		if (*tokens->at == '<' && is_markup(tokens, tokens->at)) {
			if (read_markup(tokens, token_out))
				return true;
			continue;
		}

		token_out->kind = TOKEN_TEXT;
		token_out->start = tokens->at;
		if (*tokens->at != '&' || !read_character(tokens, token_out))
			read_text(tokens, token_out);
		return true;
	}

	return false;
}

const char *
tokens_value(Tokens *tokens, const Token *token, Attribute attribute)
{
	const char *at = token->values[attribute].start, *end, *run;

	if (at == NULL)
		return NULL;

	g_string_truncate(tokens->value, 0);
	end = at + token->values[attribute].length;
	for (run = at; (at = memchr(at, '&', end - at)) != NULL;) {
		char text[REFERENCE_MAX_BYTES];
		size_t length;
		const char *next =
		    reference_read(at, end, REFERENCE_IN_VALUE, text, &length);

		if (next == NULL) {
			at++;
			continue;
		}
		g_string_append_len(tokens->value, run, at - run);
		g_string_append_len(tokens->value, text, (gssize)length);
		run = at = next;
	}
	g_string_append_len(tokens->value, run, end - run);

	return tokens->value->str;
}

void
tokens_hold(Tokens *tokens, const Token *token, Holding holding)
{
	tokens->holding = holding;
	memcpy(tokens->holder, token->name, sizeof(tokens->holder));
}

void
tokens_skip(Tokens *tokens, const Token *token)
{
	const char *at = tokens->at;

	tokens_hold(tokens, token, HOLDING_TEXT);
	while ((at = memchr(at, '<', tokens->end - at)) != NULL &&
	       !is_release(tokens, at))
		at++;
	tokens->at = at != NULL ? at : tokens->end;
}

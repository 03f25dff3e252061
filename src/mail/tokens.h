/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	tokens - HTML cut into tags and text, as a browser cuts it
 *
 * DESCRIPTION
 *	The tokenization stage of the WHATWG HTML standard, section 13.2.5, as
 *	far as a mail's reader can see it: start tags with the attributes we ask
 *	for, end tags, text, and where a document type stands.  Comments,
 *	processing instructions, CDATA sections and tags that never end are left
 *	out.  Character references are decoded (reference.h).
 *
 *	The caller knows which elements hold no markup.  After the start tag of
 *	one it calls tokens_hold(), or tokens_skip() to leave its content out.
 *
 *	One pass over the bytes, no limit but their number, and time linear in
 *	that.  Escaped scripts ("<!--<script>") end at the first end tag.
 *
 * OWNERSHIP
 *	The HTML stays the caller's and is read in place, as long as Tokens
 *	lives; a token's text is good until the next token, a value until the
 *	next value.
 *
 * SEE ALSO
 *	html.h
 */
#ifndef TOKENS_H
#define TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "mail/reference.h"

/* Bytes of an element's name with its closing zeros; longer ones are cut. */
#define TOKEN_NAME 16

typedef enum {
	TOKEN_TEXT,
	TOKEN_START,
	TOKEN_END,
	TOKEN_DOCTYPE,
} TokenKind;

typedef enum {
	ATTRIBUTE_ACTION,
	ATTRIBUTE_ALT,
	ATTRIBUTE_BACKGROUND,
	ATTRIBUTE_BGCOLOR,
	ATTRIBUTE_CLASS,
	ATTRIBUTE_COLOR,
	ATTRIBUTE_CONTENT,
	ATTRIBUTE_FORMACTION,
	ATTRIBUTE_HIDDEN,
	ATTRIBUTE_HREF,
	ATTRIBUTE_HTTP_EQUIV,
	ATTRIBUTE_ID,
	ATTRIBUTE_MEDIA,
	ATTRIBUTE_STYLE,
	ATTRIBUTE_TYPE,
	ATTRIBUTE_VALUE,
	ATTRIBUTE_XLINK, /* xlink:href */
	ATTRIBUTE_LAST,
} Attribute;

/* What an element holds. */
typedef enum {
	HOLDING_MARKUP,
	HOLDING_REFERENCES, /* text with references: title, textarea */
	HOLDING_TEXT,       /* up to its end tag: style, script, xmp, … */
	HOLDING_THE_REST,   /* plaintext: no end tag ends it */
} Holding;

typedef struct {
	const char *start; /* NULL where there is none; not zero-terminated */
	size_t length;
} Span;

typedef struct {
	TokenKind kind;
	const char *start;           /* where it begins in the HTML */
	char name[TOKEN_NAME];       /* of a tag: lower case, zeros behind it */
	Span values[ATTRIBUTE_LAST]; /* of a tag: as written */
	Span text;
} Token;

typedef struct {
	const char *at; /* borrowed */
	const char *end;
	Holding holding;
	char holder[TOKEN_NAME];             /* the element that holds no markup */
	char character[REFERENCE_MAX_BYTES]; /* of the last reference */
	GString *value;
} Tokens;

/* html: valid UTF-8. */
void tokens_init(Tokens *tokens, const char *html, size_t length);
void tokens_clear(Tokens *tokens);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tokens, tokens_clear)

/* False at the end. */
bool tokens_next(Tokens *tokens, Token *token_out);

/* A tag's attribute decoded, "" for one without a value, or NULL. */
const char *tokens_value(Tokens *tokens, const Token *token, Attribute attribute);

/* The element that this start tag opens holds no markup. */
void tokens_hold(Tokens *tokens, const Token *token, Holding holding);

/* The same, and its content is left out. */
void tokens_skip(Tokens *tokens, const Token *token);

#endif

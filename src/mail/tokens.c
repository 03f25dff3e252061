/* SPDX-License-Identifier: BSD-2-Clause */
/* tokens.c - where tags and text begin and end in HTML */

#include <string.h>

#include <libxml/HTMLparser.h>

#include "mail/tokens.h"

/*
 * Design rationale
 *
 * The states of the standard's tokenizer become functions that take a place in
 * the bytes and return the one behind what they read, or NULL where the bytes
 * end first.  Each looks at a byte once and none looks back, but for a bounded
 * number of bytes: the name of a reference and that of a held element.  So no
 * input is dearer than its length.
 *
 * Attributes are not compared with one another: we ask for four, and the first
 * of a name counts.  So a tag may have as many as it likes.
 *
 * The table of named references is libxml2's, and it looks through all of it
 * for each name.  We remember what we asked, since a mail uses few names, and
 * ask only so often, since a hostile one uses many.
 */

/* Of a reference: thetasym; and of those that need no ";": Aacute, frac12. */
#define NAME_MAX_LENGTH   8
#define PREFIX_MAX_LENGTH 6

enum {
	REPLACEMENT = 0xfffd,
	BEYOND = 0x110000, /* no character has this number or a higher one */
};

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
} attributes[ATTRIBUTES] = {
	[ATTRIBUTE_HIDDEN] = { "hidden", 6 },
	[ATTRIBUTE_HREF] = { "href", 4 },
	[ATTRIBUTE_ID] = { "id", 2 },
	[ATTRIBUTE_STYLE] = { "style", 5 },
};

/* What &#128; to &#159; mean: windows-1252, whatever the mail is written in. */
static const uint16_t windows_characters[32] = {
	0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
	0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

typedef enum {
	IN_TEXT,
	IN_VALUE,
} Place;

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

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* The character that a number names, as the standard mends it. */
static gunichar
mended(gunichar c)
{
	if (c >= 0x80 && c <= 0x9f)
		return windows_characters[c - 0x80];

	return c == 0 || c >= BEYOND || (c >= 0xd800 && c <= 0xdfff) ? REPLACEMENT : c;
}

/* Behind the number at digits and its ";", or NULL where none is. */
static const char *
read_number(const char *digits, const char *end, unsigned base, gunichar *character_out)
{
	const char *at = digits;
	gunichar number = 0;

	for (; at < end; at++) {
		int digit =
		    base == 16 ? g_ascii_xdigit_value(*at) : g_ascii_digit_value(*at);

		if (digit < 0)
			break;
		number = MIN(number * base + (gunichar)digit, BEYOND);
	}
	if (at == digits)
		return NULL;

	*character_out = mended(number);

	return at < end && *at == ';' ? at + 1 : at;
}

/* What a name stands for, or 0. */
static gunichar
named_character(Tokens *tokens, const char *name, size_t length)
{
	xmlChar copy[NAME_MAX_LENGTH + 1] = { 0 };
	const htmlEntityDesc *found;
	uint64_t key = 0;
	size_t slot;

	memcpy(copy, name, length);
	memcpy(&key, copy, MIN(sizeof(key), sizeof(copy)));
	slot = (key * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >> 32 & (TOKENS_MEMORY - 1);
	if (tokens->memory[slot].name == key)
		return tokens->memory[slot].character;
	if (tokens->lookups >= TOKENS_MAX_LOOKUPS)
		return 0;

	tokens->lookups++;
	found = htmlEntityLookup(copy);
	tokens->memory[slot].name = key;
	tokens->memory[slot].character = found != NULL ? found->value : 0;

	return tokens->memory[slot].character;
}

/* Is this one of the oldest names, which need no ";"? */
static bool
is_old(gunichar character)
{
	return character != 0 && character < 0x100 && character != '\'';
}

/*
 * Behind the longest beginning of a name that needs no ";", or NULL.  In a
 * value "&copy=1" and "&notes" are parts of a query.
 */
static const char *
read_prefix(Tokens *tokens, const char *name, size_t length, const char *end, Place place,
	    gunichar *character_out)
{
	for (size_t part = MIN(length, PREFIX_MAX_LENGTH); part >= 2; part--) {
		const char *next = name + part;
		gunichar character;

		if (place == IN_VALUE && (part < length || (next < end && *next == '=')))
			continue;
		character = named_character(tokens, name, part);
		if (!is_old(character))
			continue;
		*character_out = character;
		return next;
	}

	return NULL;
}

/* Behind the name at at, or NULL where it names nothing. */
static const char *
read_name(Tokens *tokens, const char *name, const char *end, Place place,
	  gunichar *character_out)
{
	size_t length = 0;

	while (name + length < end && length <= NAME_MAX_LENGTH &&
	       g_ascii_isalnum(name[length]))
		length++;

	if (length <= NAME_MAX_LENGTH && name + length < end && name[length] == ';') {
		gunichar character = named_character(tokens, name, length);

		if (character != 0) {
			*character_out = character;
			return name + length + 1;
		}
	}

	return read_prefix(tokens, name, length, end, place, character_out);
}

/* Behind the reference whose "&" is at at, or NULL where it is none. */
static const char *
read_reference(Tokens *tokens, const char *at, const char *end, Place place,
	       gunichar *character_out)
{
	if (end - at < 3)
		return NULL;
	if (at[1] != '#')
		return g_ascii_isalpha(at[1])
			   ? read_name(tokens, at + 1, end, place, character_out)
			   : NULL;
	if (lower(at[2]) == 'x')
		return read_number(at + 3, end, 16, character_out);

	return read_number(at + 2, end, 10, character_out);
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
		token->name[i] = lower(at[i]);

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

	if (tokens->holding == HOLDS_MARKUP)
		return left > 1 && (g_ascii_isalpha(at[1]) || at[1] == '!' ||
				    at[1] == '?' || (at[1] == '/' && left > 2));

	return tokens->holding != HOLDS_THE_REST && is_release(tokens, at);
}

/* Read what begins at this "<"; true if it is a tag. */
static bool
read_markup(Tokens *tokens, Token *token)
{
	const char *at = tokens->at, *end = tokens->end, *next;
	bool is_end = at[1] == '/', is_tag = g_ascii_isalpha(at[is_end ? 2 : 1]);

	tokens->holding = HOLDS_MARKUP;
	token->kind = is_end ? TOKEN_END : TOKEN_START;
	if (is_tag)
		next = read_tag(token, at + (is_end ? 2 : 1), end);
	else if (end - at >= 4 && memcmp(at, "<!--", 4) == 0)
		next = read_comment(at, end);
	else
		next = behind(at, end, '>');

	tokens->at = next != NULL ? next : end;

	return is_tag && next != NULL;
}

static bool
holds_references(const Tokens *tokens)
{
	return tokens->holding == HOLDS_MARKUP || tokens->holding == HOLDS_REFERENCES;
}

/* The character of the reference at this "&", if it is one. */
static bool
read_character(Tokens *tokens, Token *token)
{
	gunichar character;
	const char *next;

	if (!holds_references(tokens))
		return false;
	next = read_reference(tokens, tokens->at, tokens->end, IN_TEXT, &character);
	if (next == NULL)
		return false;

	tokens->at = next;
	token->text.start = tokens->character;
	token->text.length = (size_t)g_unichar_to_utf8(character, tokens->character);

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
	tokens->at = html;
	tokens->end = html + length;
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
		gunichar character;
		const char *next = read_reference(tokens, at, end, IN_VALUE, &character);

		if (next == NULL) {
			at++;
			continue;
		}
		g_string_append_len(tokens->value, run, at - run);
		g_string_append_unichar(tokens->value, character);
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

	tokens_hold(tokens, token, HOLDS_TEXT);
	while ((at = memchr(at, '<', tokens->end - at)) != NULL &&
	       !is_release(tokens, at))
		at++;
	tokens->at = at != NULL ? at : tokens->end;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	json-bound - refuses JSON that would cost too much to parse
 *
 * DESCRIPTION
 *	json-glib makes an object of some hundred bytes of every "{}", and calls
 *	itself for every level.  A JsonBound counts, before json-glib sees a
 *	text, its levels, its tokens (strings, numbers, words, arrays and
 *	objects) and its bytes.  The bytes of one string do not count: the value
 *	of the outermost object's first member that has the limits' name.
 *
 *	The text is added in pieces, as it is read, so that a text beyond a
 *	limit is refused before all of it is kept.  A JsonBound does not tell
 *	whether the text is valid, but it refuses characters that JSON never has
 *	outside of strings: they might begin what json-glib takes for a comment.
 */
#ifndef JSON_BOUND_H
#define JSON_BOUND_H

#include <stdbool.h>
#include <stddef.h>

#define JSON_BOUND_NAME_MAX 16

typedef struct {
	size_t depth, tokens, bytes; /* at most so many */
	const char *name;            /* of the member whose bytes are not counted */
} JsonBoundLimits;

typedef enum {
	JSON_BOUND_KEPT,
	JSON_BOUND_FOREIGN, /* a character that JSON does not have outside of strings */
	JSON_BOUND_DEPTH,
	JSON_BOUND_TOKENS,
	JSON_BOUND_BYTES,
} JsonBoundResult;

/* One text on its way. */
typedef struct {
	const JsonBoundLimits *limits; /* borrowed */
	JsonBoundResult result;
	size_t depth, tokens, bytes;
	bool is_string, is_escaped, is_word; /* what the next character is part of */
	bool is_name;                        /* the next string is a member's name */
	bool is_free;                        /* the next string's bytes are not counted */
	bool has_free;                       /* such a string was seen */
	char name[JSON_BOUND_NAME_MAX];
	size_t name_length;
} JsonBound;

void json_bound_init(JsonBound *bound, const JsonBoundLimits *limits);

/* Once a limit is passed, the result stays. */
JsonBoundResult json_bound_add(JsonBound *bound, const char *bytes, size_t length);

/* "the request has too many values" and the like; for JSON_BOUND_KEPT NULL. */
const char *json_bound_text(JsonBoundResult result);

#endif

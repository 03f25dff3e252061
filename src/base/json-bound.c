/* SPDX-License-Identifier: BSD-2-Clause */
/* json-bound.c - refuses JSON that would cost too much to parse */

#include "config.h"

#include <string.h>

#include <glib.h>

#include "base/json-bound.h"

void
json_bound_init(JsonBound *bound, const JsonBoundLimits *limits)
{
	g_assert(strlen(limits->name) <= sizeof(bound->name));
	*bound = (JsonBound){ .limits = limits };
}

static void
end_string(JsonBound *bound)
{
	const char *name = bound->limits->name;

	bound->is_string = false;
	if (bound->is_free) {
		bound->is_free = false;
		bound->has_free = true;
	} else if (bound->is_name && !bound->has_free) {
		bound->is_free = bound->name_length == strlen(name) &&
				 memcmp(bound->name, name, bound->name_length) == 0;
	}
	bound->is_name = false;
}

static void
add_to_string(JsonBound *bound, char c)
{
	if (!bound->is_escaped && c == '"') {
		end_string(bound);
		return;
	}
	bound->is_escaped = !bound->is_escaped && c == '\\';
	bound->bytes += !bound->is_free;
	if (bound->name_length < sizeof(bound->name))
		bound->name[bound->name_length] = c;
	bound->name_length++;
}

static void
add_outside(JsonBound *bound, char c)
{
	bool is_word = g_ascii_isalnum(c) || c == '+' || c == '-' || c == '.';

	bound->bytes++;
	bound->tokens += (is_word && !bound->is_word) || strchr("[{\"", c) != NULL;
	bound->is_word = is_word;
	if (c == '[' || c == '{') {
		bound->depth++;
	} else if (c == ']' || c == '}') {
		bound->depth -= bound->depth > 0;
	} else if (c == '"') {
		bound->is_string = true;
		bound->name_length = 0;
	} else if (!is_word && strchr(" \t\r\n:,", c) == NULL) {
		bound->result = JSON_BOUND_FOREIGN;
	}

	/* After the name come only blanks, a colon and the string. */
	if (c == '{' || c == ',')
		bound->is_name = bound->depth == 1;
	if (is_word || strchr("[]{},", c) != NULL)
		bound->is_free = false;
}

JsonBoundResult
json_bound_add(JsonBound *bound, const char *bytes, size_t length)
{
	const JsonBoundLimits *limits = bound->limits;

	for (size_t i = 0; i < length && bound->result == JSON_BOUND_KEPT; i++) {
		if (bytes[i] == '\0')
			bound->result = JSON_BOUND_FOREIGN;
		else if (bound->is_string)
			add_to_string(bound, bytes[i]);
		else
			add_outside(bound, bytes[i]);
		if (bound->depth > limits->depth)
			bound->result = JSON_BOUND_DEPTH;
		else if (bound->tokens > limits->tokens)
			bound->result = JSON_BOUND_TOKENS;
		else if (bound->bytes > limits->bytes)
			bound->result = JSON_BOUND_BYTES;
	}

	return bound->result;
}

const char *
json_bound_text(JsonBoundResult result)
{
	static const char *const texts[] = {
		[JSON_BOUND_FOREIGN] = "the request is no JSON object",
		[JSON_BOUND_DEPTH] = "the request is no JSON object",
		[JSON_BOUND_TOKENS] = "the request has too many values",
		[JSON_BOUND_BYTES] = "the request is too long",
	};

	return texts[result];
}

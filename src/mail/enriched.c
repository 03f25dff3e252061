/* SPDX-License-Identifier: BSD-2-Clause */
/* enriched.c - a text/enriched part as plain text (RFC 1896) */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "mail/enriched.h"

/* Characters of a command's name at most (RFC 1896). */
#define COMMAND_MAX 60

/* The command whose name begins at at: behind its ">", or NULL where it is none. */
static const char *
command_end(const char *at, const char *end)
{
	const char *start = at;

	while (at < end && at - start <= COMMAND_MAX &&
	       (g_ascii_isalnum(*at) || *at == '-' || *at == '/'))
		at++;

	return at > start && at < end && *at == '>' ? at + 1 : NULL;
}

static bool
is_command(const char *at, const char *behind, const char *name)
{
	return (size_t)(behind - at) == strlen(name) + 1 &&
	       g_ascii_strncasecmp(at, name, strlen(name)) == 0;
}

/* Behind the line breaks at at; *count_out: how many they are. */
static const char *
skip_breaks(const char *at, const char *end, size_t *count_out)
{
	for (*count_out = 0; at < end && (*at == '\n' || *at == '\r'); at++)
		*count_out += *at == '\n' || at + 1 == end || at[1] != '\n';

	return at;
}

GString *
enriched_text(const GString *text)
{
	const char *at = text->str, *end = at + text->len, *behind;
	GString *out = g_string_sized_new(text->len);
	size_t depth = 0, breaks; /* of "nofill" */
	bool is_param = false;

	while (at < end) {
		if (*at == '<' && (behind = command_end(at + 1, end)) != NULL) {
			at++;
			depth += is_command(at, behind, "nofill");
			depth -= depth > 0 && is_command(at, behind, "/nofill");
			is_param = is_command(at, behind, "param") ||
				   (is_param && !is_command(at, behind, "/param"));
			at = behind;
		} else if (*at == '\n' || *at == '\r') {
			at = skip_breaks(at, end, &breaks);
			if (breaks == 1 && depth == 0)
				g_string_append_c(out, ' ');
			for (size_t i = depth == 0 ? 1 : 0; i < breaks; i++)
				g_string_append_c(out, '\n');
		} else {
			if (!is_param)
				g_string_append_c(out, *at);
			at += *at == '<' && at + 1 < end && at[1] == '<' ? 2 : 1;
		}
	}

	return out;
}

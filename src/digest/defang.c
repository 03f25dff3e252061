/* SPDX-License-Identifier: BSD-2-Clause */
/* defang.c - a text from a mail in which a mail program finds no link */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "digest/defang.h"

/* What IDNA takes for a dot, besides itself (RFC 3490, section 3.1). */
static bool
is_dot(gunichar c)
{
	return c == '.' || c == 0x3002 || c == 0xFF0E || c == 0xFF61;
}

/* Could a label end with it, or go on? */
static bool
is_of_label(gunichar c)
{
	return g_unichar_isalnum(c) || g_unichar_ismark(c) || c == '-' || c == '_';
}

/* Is what begins here a label of two letters or digits that is not all digits? */
static bool
is_label(const char *text)
{
	size_t count = 0;
	bool has_letter = false;

	for (; *text != '\0' && is_of_label(g_utf8_get_char(text));
	     text = g_utf8_next_char(text)) {
		count++;
		has_letter |= !g_unichar_isdigit(g_utf8_get_char(text));
	}

	return count >= 2 && has_letter;
}

char *
defang(const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);
	gunichar before = ' ';

	for (const char *c = text; *c != '\0';) {
		gunichar character = g_utf8_get_char(c);
		const char *next = g_utf8_next_char(c);
		bool is_host = is_dot(character) && is_of_label(before) && is_label(next);
		bool is_scheme = character == ':' && g_str_has_prefix(next, "//");
		bool is_at = character == '@' && !g_unichar_isspace(before) &&
			     *next != '\0' && !g_unichar_isspace(g_utf8_get_char(next));

		if (is_host)
			g_string_append(out, "[.]");
		else if (is_scheme)
			g_string_append(out, "[:]");
		else if (is_at)
			g_string_append(out, "[@]");
		else
			g_string_append_len(out, c, (gssize)(next - c));
		before = character;
		c = next;
	}

	return g_strdup(out->str);
}

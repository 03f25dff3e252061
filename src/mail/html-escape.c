/* SPDX-License-Identifier: BSD-2-Clause */
/* html-escape.c - text as it stands in an HTML page of ours */

#include "config.h"

#include <string.h>

#include "mail/html-escape.h"

void
html_escape(GString *out, const char *text)
{
	for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
		gunichar character = g_utf8_get_char(c);

		if (character == '\n')
			g_string_append(out, "<br>\n");
		else if (character >= 0x7F || character < ' ' ||
			 strchr("&<>\"'", (int)character) != NULL)
			g_string_append_printf(out, "&#%u;",
					       character < ' ' ? ' ' : character);
		else
			g_string_append_c(out, (char)character);
	}
}

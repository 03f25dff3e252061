/* SPDX-License-Identifier: BSD-2-Clause */
/* unescape.c - a note that was written in one line */

#include "config.h"

#include <glib.h>

#include "ctl/unescape.h"

char *
unescape(const char *line)
{
	g_autoptr(GString) note = g_string_new(NULL);

	for (const char *c = line; *c != '\0'; c++) {
		if (c[0] == '\\' && (c[1] == 'n' || c[1] == '\\'))
			c++, g_string_append_c(note, *c == 'n' ? '\n' : '\\');
		else
			g_string_append_c(note, *c);
	}

	return g_strdup(note->str);
}

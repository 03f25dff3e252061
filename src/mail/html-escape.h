/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	html-escape - text as it stands in an HTML page of ours
 *
 * DESCRIPTION
 *	What is written is ASCII, so that no charset that a reader takes changes it.
 *	A line break becomes <br>, another control character a space; the characters
 *	that HTML reads, and all beyond ASCII, become references by number.
 *
 * SEE ALSO
 *	html.h, which reads; HTML, section 13.1.4, "Character references"
 */
#ifndef HTML_ESCAPE_H
#define HTML_ESCAPE_H

#include <glib.h>

/* The text is UTF-8. */
void html_escape(GString *out, const char *text);

#endif

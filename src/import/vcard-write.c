/* SPDX-License-Identifier: BSD-2-Clause */
/* vcard-write.c - a contact as a card of vCard 4.0 */

#include "config.h"

#include <string.h>

#include "import/vcard-write.h"

#define FOLD_OCTETS 75 /* RFC 6350, section 3.2 */

/* Lines of at most 75 octets that cut no character in two. */
static void
append_folded(GString *out, const GString *line)
{
	size_t at = 0, room = FOLD_OCTETS;

	while (line->len - at > room) {
		size_t length = room;

		while (((unsigned char)line->str[at + length] & 0xc0) == 0x80)
			length--;
		g_string_append_len(out, line->str + at, (gssize)length);
		g_string_append(out, "\r\n ");
		at += length;
		room = FOLD_OCTETS - 1;
	}
	g_string_append_len(out, line->str + at, (gssize)(line->len - at));
	g_string_append(out, "\r\n");
}

/* name: with its colon; escaped: what has a "\" before it. */
static void
write_property(GString *out, const char *name, const char *value, const char *escaped)
{
	g_autoptr(GString) line = g_string_new(name);

	for (; *value != '\0'; value++) {
		if (strchr(escaped, *value) != NULL)
			g_string_append_c(line, '\\');
		g_string_append_c(line, *value);
	}
	append_folded(out, line);
}

/* FN must say something (RFC 6350, section 6.2.1); read back, it is no name. */
static const char *
formatted_name(const Contact *contact)
{
	if (contact->name != NULL)
		return contact->name;
	if (contact->addresses->len > 0)
		return contact->addresses->pdata[0];

	return contact->urls->len > 0 ? contact->urls->pdata[0] : "";
}

void
vcard_write(GString *out, const Contact *contact)
{
	static const char text[] = "\\,;", uri[] = "\\";

	g_string_append(out, "BEGIN:VCARD\r\nVERSION:4.0\r\n");
	write_property(out, "FN:", formatted_name(contact), text);
	for (size_t i = 0; i < contact->addresses->len; i++)
		write_property(out, "EMAIL:", contact->addresses->pdata[i], text);
	if (contact->company != NULL)
		write_property(out, "ORG:", contact->company, text);
	for (size_t i = 0; i < contact->urls->len; i++)
		write_property(out, "URL:", contact->urls->pdata[i], uri);
	write_property(out, "CATEGORIES:", contact_source_name(contact->source), text);
	g_string_append(out, "END:VCARD\r\n");
}

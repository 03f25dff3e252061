/* SPDX-License-Identifier: BSD-2-Clause */
/* greeted.c - whom does a note greet? */

#include "config.h"

#include <string.h>

#include "note/greeted.h"
#include "text/letter.h"
#include "text/text.h"

/* The script of the first letter. */
static GUnicodeScript
script_of(const char *name)
{
	while (*name != '\0' && !letter_is_part(g_utf8_get_char(name)))
		name = g_utf8_next_char(name);

	return letter_script(g_utf8_get_char(name));
}

Greeted
greeted_of(const Note *note, const NoteNames *names)
{
	g_auto(Name) greeted = { 0 };
	g_auto(Name) recipient = { 0 };

	if (note->greeted == NULL || names->recipient == NULL || names->rules == NULL)
		return GREETED_NOBODY;
	name_init(&greeted, names->rules, note->greeted);
	name_init(&recipient, names->rules, names->recipient);
	if (greeted.keys[0] == NULL || recipient.keys[0] == NULL)
		return GREETED_NOBODY;

	/* A family's name may stand before the other without a gap. */
	if (name_is_part(&greeted, &recipient) ||
	    (text_is_spaceless(g_utf8_get_char(names->recipient)) &&
	     g_str_has_prefix(names->recipient, note->greeted)))
		return GREETED_RECIPIENT;

	return script_of(note->greeted) == script_of(names->recipient) ? GREETED_OTHER
								       : GREETED_NOBODY;
}

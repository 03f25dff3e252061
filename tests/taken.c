/* SPDX-License-Identifier: BSD-2-Clause */
/* taken.c - what a reader of contacts handed out, as lines of text */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "taken.h"

static void
append_all(GString *text, const GPtrArray *items, const char *format)
{
	for (size_t i = 0; i < items->len; i++)
		g_string_append_printf(text, format, (const char *)items->pdata[i]);
}

void
taken(void *context, const Contact *contact, size_t line, const char *trouble)
{
	GString *text = context;

	ck_assert_msg(contact != NULL || trouble != NULL,
		      "line %zu: neither contact nor trouble", line);
	g_string_append_printf(text, "%zu", line);
	if (contact == NULL) {
		g_string_append_printf(text, "! %s\n", trouble);
		return;
	}

	if (contact->source != SOURCE_CONTACT)
		g_string_append_printf(text,
				       " %s:", contact_source_name(contact->source));
	if (contact->name != NULL)
		g_string_append_printf(text, " %s", contact->name);
	append_all(text, contact->addresses, " <%s>");
	if (contact->company != NULL)
		g_string_append_printf(text, " (%s)", contact->company);
	append_all(text, contact->urls, " %s");
	if (contact->seen != 0)
		g_string_append_printf(text, " @%" G_GINT64_FORMAT, contact->seen);
	if (trouble != NULL)
		g_string_append_printf(text, " ! %s", trouble);
	g_string_append_c(text, '\n');
}

GBytes *
taken_file(const char *name)
{
	g_autofree char *below = g_strconcat("people/", name, NULL);
	g_autofree char *path = fixture_path(below);
	g_autoptr(GError) error = NULL;
	char *bytes = NULL;
	gsize length = 0;

	if (!g_file_get_contents(path, &bytes, &length, &error))
		ck_abort_msg("%s", error->message);

	return g_bytes_new_take(bytes, length);
}

void
taken_check(const char *input, const GString *got, const char *want)
{
	ck_assert_msg(strcmp(got->str, want) == 0, "%s\ngot:\n%swanted:\n%s", input,
		      got->str, want);
}

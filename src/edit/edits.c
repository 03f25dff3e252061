/* SPDX-License-Identifier: BSD-2-Clause */
/* edits.c - what is to be done to a mail, decided before anything is done */

#include "config.h"

#include "edit/edits.h"

static void
edit_clear(gpointer data)
{
	Edit *edit = data;

	g_free(edit->name);
	g_free(edit->value);
}

static void
add(Edits *edits, EditKind kind, const char *name, size_t index, const char *value)
{
	Edit edit = { kind, g_strdup(name), index, g_strdup(value) };

	g_array_append_val(edits->fields, edit);
}

Edits *
edits_new(void)
{
	Edits *edits = g_new0(Edits, 1);

	edits->fields = g_array_new(FALSE, FALSE, sizeof(Edit));
	g_array_set_clear_func(edits->fields, edit_clear);
	edits->recipients_in = g_ptr_array_new_with_free_func(g_free);
	edits->recipients_out = g_ptr_array_new_with_free_func(g_free);

	return edits;
}

void
edits_free(Edits *edits)
{
	if (edits == NULL)
		return;

	g_clear_pointer(&edits->fields, g_array_unref);
	if (edits->body != NULL)
		g_string_free(edits->body, TRUE);
	g_ptr_array_unref(edits->recipients_in);
	g_ptr_array_unref(edits->recipients_out);
	g_free(edits->reply);
	g_free(edits);
}

void
edits_delete(Edits *edits, const char *name, size_t count)
{
	add(edits, EDIT_DELETE, name, count, NULL);
}

void
edits_insert(Edits *edits, const char *name, const char *value)
{
	add(edits, EDIT_INSERT, name, 0, value);
}

void
edits_change(Edits *edits, const char *name, const char *value)
{
	add(edits, EDIT_CHANGE, name, 1, value);
}

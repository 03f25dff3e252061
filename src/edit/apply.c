/* SPDX-License-Identifier: BSD-2-Clause */
/* apply.c - what comes of a mail's bytes by the edits */

#include "config.h"

#include <string.h>

#include "edit/apply.h"

typedef struct {
	const Layout *layout;
	const Edits *edits;
	size_t *seen; /* of each edit: instances of its field that went by */
	GString *out;
} Work;

static const Edit *
edit_at(const Work *work, guint index)
{
	return &g_array_index(work->edits->fields, Edit, index);
}

/* A value is folded with LF. */
static void
write_field(const Work *work, const Edit *edit)
{
	g_auto(GStrv) lines = g_strsplit(edit->value, "\n", -1);

	g_string_append_printf(work->out, "%s:", edit->name);
	for (size_t i = 0; lines[i] != NULL; i++)
		g_string_append_printf(work->out, "%s%s%s", i == 0 ? " " : "", lines[i],
				       work->layout->newline);
}

static bool
is_named(const Work *work, const LayoutField *field, const char *name)
{
	size_t length = field->name_end - field->start;

	return strlen(name) == length &&
	       g_ascii_strncasecmp(work->layout->bytes + field->start, name, length) == 0;
}

static bool
is_meant(const Edit *edit, size_t instance)
{
	return edit->kind == EDIT_CHANGE
		   ? instance == 1
		   : edit->kind == EDIT_DELETE && instance <= edit->index;
}

/* A field of the mail's, as it was or as an edit has it. */
static void
write_edited(Work *work, const LayoutField *field)
{
	for (guint i = 0; i < work->edits->fields->len; i++) {
		const Edit *edit = edit_at(work, i);

		if (edit->kind == EDIT_INSERT || !is_named(work, field, edit->name) ||
		    !is_meant(edit, ++work->seen[i]))
			continue;
		if (edit->kind == EDIT_CHANGE)
			write_field(work, edit);
		return;
	}
	g_string_append_len(work->out, work->layout->bytes + field->start,
			    (gssize)(field->end - field->start));
}

/* The mail's own lines, from the "From " line to the last of the header. */
static void
write_head(Work *work)
{
	const Layout *layout = work->layout;
	size_t done = layout->head, at = layout->head;
	LayoutField field;

	while (layout_next(layout, &at, &field)) {
		g_string_append_len(work->out, layout->bytes + done,
				    (gssize)(field.start - done));
		write_edited(work, &field);
		done = field.end;
	}
	g_string_append_len(work->out, layout->bytes + done,
			    (gssize)(layout->head_end - done));
}

/* Let the next bytes begin a line. */
static void
end_line(const Work *work)
{
	if (work->out->len > 0 && work->out->str[work->out->len - 1] != '\n')
		g_string_append(work->out, work->layout->newline);
}

static void
write_missing(const Work *work)
{
	for (guint i = 0; i < work->edits->fields->len; i++) {
		if (edit_at(work, i)->kind != EDIT_CHANGE || work->seen[i] > 0)
			continue;
		end_line(work);
		write_field(work, edit_at(work, i));
	}
}

static void
write_body(const Work *work)
{
	const Layout *layout = work->layout;

	if (layout_has_body(layout)) {
		g_string_append_len(work->out, layout->bytes + layout->head_end,
				    (gssize)(layout->body - layout->head_end));
	} else if (work->edits->body != NULL) {
		end_line(work);
		g_string_append(work->out, layout->newline);
	}
	if (work->edits->body != NULL)
		layout_restore_body(layout, work->edits->body, work->out);
	else
		g_string_append_len(work->out, layout->bytes + layout->body,
				    (gssize)(layout->length - layout->body));
}

void
apply_edits(const Layout *layout, const Edits *edits, GString *out)
{
	g_autofree size_t *seen = g_new0(size_t, edits->fields->len);
	Work work = { layout, edits, seen, out };

	g_string_append_len(out, layout->bytes, (gssize)layout->head);
	for (guint i = 0; i < edits->fields->len; i++)
		if (edit_at(&work, i)->kind == EDIT_INSERT) {
			end_line(&work);
			write_field(&work, edit_at(&work, i));
		}
	write_head(&work);
	write_missing(&work);
	write_body(&work);
}

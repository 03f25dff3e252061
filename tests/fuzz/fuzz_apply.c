/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_apply.c - does a mail keep each byte that no edit is about?
 *
 * The input is a mail as it comes through a pipe.
 */

#include "config.h"

#include <string.h>

#include "edit/apply.h"
#include "edit/fields.h"
#include "fuzz.h"

#define VALUE "known"

/* What layout.h promises; counts the fields of ours.  Is there any field? */
static bool
check_layout(const Layout *layout, size_t ours[FIELD_LAST])
{
	size_t at = layout->head, before = layout->head;
	bool has_field = false;
	LayoutField field;

	g_assert_true(layout->head <= layout->head_end &&
		      layout->head_end <= layout->body && layout->body <= layout->length);
	while (layout_next(layout, &at, &field)) {
		g_autofree char *name = layout_name(layout, &field);
		g_autofree char *value = layout_value(layout, &field);
		Field which = fields_of(name);

		g_assert_true(field.start >= before && field.start < field.name_end &&
			      field.name_end < field.value && field.value <= field.end &&
			      field.end <= layout->head_end);
		g_assert_nonnull(value);
		if (which != FIELD_LAST)
			ours[which]++;
		before = field.end;
		g_assert_cmpuint(at, ==, field.end);
		has_field = true;
	}

	return has_field;
}

/* The body is handed over as lines of an MTA, and all of its bytes come back. */
static void
check_body(const Layout *layout)
{
	g_autoptr(GString) given = g_string_new(NULL), back = g_string_new(NULL);
	size_t length = layout->length - layout->body;

	layout_write_body(layout, given);
	layout_restore_body(layout, given, back);
	g_assert_cmpuint(back->len, ==, length);
	g_assert_true(memcmp(back->str, layout->bytes + layout->body, length) == 0);
}

static void
check_edited(const Layout *layout, const size_t ours[FIELD_LAST])
{
	g_autoptr(Edits) edits = edits_new();
	g_autoptr(GString) out = g_string_new(NULL);
	size_t length = layout->length - layout->body, left[FIELD_LAST] = { 0 };
	Layout edited;

	for (size_t field = 0; field < FIELD_LAST; field++)
		if (ours[field] > 0)
			edits_delete(edits, fields_name((Field)field), ours[field]);
	edits_insert(edits, fields_name(FIELD_VERDICT), VALUE);
	apply_edits(layout, edits, out);
	edited = layout_of(out->str, out->len);
	check_layout(&edited, left);
	for (size_t field = 0; field < FIELD_LAST; field++)
		g_assert_cmpuint(left[field], ==, field == FIELD_VERDICT);
	g_assert_true(out->len >= length &&
		      memcmp(out->str + out->len - length, layout->bytes + layout->body,
			     length) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	size_t length, ours[FIELD_LAST] = { 0 };
	g_autofree char *bytes = fuzz_rest(&input, &length);
	Layout layout = layout_of(bytes, length);
	g_autoptr(Edits) none = edits_new();
	g_autoptr(GString) same = g_string_new(NULL);
	bool has_field;

	has_field = check_layout(&layout, ours);
	check_body(&layout);
	apply_edits(&layout, none, same);
	g_assert_true(same->len == length && memcmp(same->str, bytes, length) == 0);
	/* Without a field it is no mail, and is not edited. */
	if (has_field)
		check_edited(&layout, ours);

	return 0;
}

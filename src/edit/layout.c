/* SPDX-License-Identifier: BSD-2-Clause */
/* layout.c - where in a mail's bytes its fields and its body stand */

#include "config.h"

#include <string.h>

#include "edit/layout.h"

/* Behind the end of the line that begins here, or the length. */
static size_t
line_end(const Layout *layout, size_t start)
{
	const char *end = memchr(layout->bytes + start, '\n', layout->length - start);

	return end != NULL ? (size_t)(end - layout->bytes) + 1 : layout->length;
}

/* How many bytes end this line: 0 where the mail ends before its line does. */
static size_t
end_length(const Layout *layout, size_t start, size_t end)
{
	if (end == start || layout->bytes[end - 1] != '\n')
		return 0;

	return end - start > 1 && layout->bytes[end - 2] == '\r' ? 2 : 1;
}

static bool
is_empty_line(const Layout *layout, size_t start, size_t end)
{
	return end > start && end - start == end_length(layout, start, end);
}

static void
find_head_end(Layout *layout)
{
	size_t start = layout->head;

	while (start < layout->length) {
		size_t end = line_end(layout, start);

		if (is_empty_line(layout, start, end)) {
			layout->head_end = start;
			layout->body = end;
			return;
		}
		start = end;
	}
	layout->head_end = layout->body = layout->length;
}

/* As most lines of the body end; where it has none, as the header's do. */
static bool
is_lf(const Layout *layout)
{
	size_t bare = 0, with_cr = 0;

	for (size_t start = layout->body, end; start < layout->length; start = end) {
		size_t length;

		end = line_end(layout, start);
		length = end_length(layout, start, end);
		bare += length == 1;
		with_cr += length == 2;
	}

	return bare + with_cr > 0 ? bare > with_cr : layout->newline[0] == '\n';
}

/*
 * Does a line that begins here stand before the header?  A "From " line does, also as
 * an mbox quotes it, and so does one that continues a field that is not there: a field
 * of ours that was inserted before it would end the header, or get another value.
 */
static bool
is_before_head(const Layout *layout, size_t start)
{
	static const char *const begins[] = { "From ", ">From ", " ", "\t" };

	for (size_t i = 0; i < G_N_ELEMENTS(begins); i++) {
		size_t length = strlen(begins[i]);

		if (layout->length - start >= length &&
		    memcmp(layout->bytes + start, begins[i], length) == 0)
			return true;
	}

	return false;
}

Layout
layout_of(const char *bytes, size_t length)
{
	Layout layout = { .bytes = bytes, .length = length };
	size_t first;

	while (is_before_head(&layout, layout.head))
		layout.head = line_end(&layout, layout.head);
	first = line_end(&layout, layout.head);
	layout.newline = end_length(&layout, layout.head, first) == 2 ? "\r\n" : "\n";
	find_head_end(&layout);
	layout.is_body_lf = is_lf(&layout);

	return layout;
}

bool
layout_has_body(const Layout *layout)
{
	return layout->body > layout->head_end;
}

/* Where the name of a field ends that a line begins, or its start for none. */
static size_t
name_end(const Layout *layout, size_t start, size_t end)
{
	size_t at = start, name;

	while (at < end && g_ascii_isgraph(layout->bytes[at]) && layout->bytes[at] != ':')
		at++;
	name = at;
	/* Blanks may stand before the colon (RFC 5322, section 4.5.8). */
	while (at < end && (layout->bytes[at] == ' ' || layout->bytes[at] == '\t'))
		at++;

	return at < end && layout->bytes[at] == ':' ? name : start;
}

static bool
is_folded(const Layout *layout, size_t at)
{
	return at < layout->head_end &&
	       (layout->bytes[at] == ' ' || layout->bytes[at] == '\t');
}

bool
layout_next(const Layout *layout, size_t *at, LayoutField *field_out)
{
	while (*at < layout->head_end) {
		LayoutField field = { .start = *at };
		const char *colon;

		*at = line_end(layout, field.start);
		field.name_end = name_end(layout, field.start, *at);
		while (is_folded(layout, *at))
			*at = line_end(layout, *at);
		if (field.name_end == field.start)
			continue;
		colon = memchr(layout->bytes + field.name_end, ':',
			       layout->length - field.name_end);
		field.value = (size_t)(colon - layout->bytes) + 1;
		field.end = *at;
		*field_out = field;
		return true;
	}

	return false;
}

char *
layout_name(const Layout *layout, const LayoutField *field)
{
	return g_strndup(layout->bytes + field->start, field->name_end - field->start);
}

char *
layout_value(const Layout *layout, const LayoutField *field)
{
	size_t start = field->value,
	       end = field->end - end_length(layout, field->value, field->end);
	GString *value;

	if (start < end && layout->bytes[start] == ' ')
		start++;
	/* An MTA hands over nothing that stands behind a NUL. */
	value = g_string_new_len(layout->bytes + start, (gssize)(end - start));
	g_string_truncate(value, strlen(value->str));
	g_string_replace(value, "\r\n", "\n", 0);

	return g_string_free(value, FALSE);
}

void
layout_write_body(const Layout *layout, GString *out)
{
	if (!layout->is_body_lf) {
		g_string_append_len(out, layout->bytes + layout->body,
				    (gssize)(layout->length - layout->body));
		return;
	}
	for (size_t start = layout->body, end; start < layout->length; start = end) {
		size_t ending;

		end = line_end(layout, start);
		ending = end_length(layout, start, end) > 0;
		g_string_append_len(out, layout->bytes + start,
				    (gssize)(end - start - ending));
		if (ending > 0)
			g_string_append(out, "\r\n");
	}
}

void
layout_restore_body(const Layout *layout, const GString *body, GString *out)
{
	const char *at = body->str, *stop = body->str + body->len;

	while (layout->is_body_lf && at < stop) {
		const char *end = memmem(at, (size_t)(stop - at), "\r\n", 2);

		if (end == NULL)
			break;
		g_string_append_len(out, at, end - at);
		g_string_append_c(out, '\n');
		at = end + strlen("\r\n");
	}
	g_string_append_len(out, at, stop - at);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* splice.c - a range of the mail, and what comes in its place */

#include "config.h"

#include <string.h>

#include "mail/block.h"
#include "mail/splice.h"
#include "mail/transfer.h"

/* A part in work. */
typedef struct {
	const char *mail; /* borrowed */
	size_t length;
	const Part *part; /* borrowed */
	size_t raw;       /* where in the mail the last splice ended */
	size_t decoded;   /* the same, in the decoded content */
} Work;

static void
splice_clear(gpointer splice)
{
	g_string_free(((Splice *)splice)->bytes, TRUE);
}

GArray *
splice_array_new(void)
{
	GArray *splices = g_array_new(FALSE, FALSE, sizeof(Splice));

	g_array_set_clear_func(splices, splice_clear);

	return splices;
}

static void
append(GArray *splices, size_t start, size_t end, GString *bytes)
{
	Splice splice = { start, end, bytes };

	g_array_append_val(splices, splice);
}

GString *
splice_apply(const char *bytes, size_t from, size_t length, const GArray *splices)
{
	GString *out = g_string_sized_new(length - from);
	size_t at = from;

	for (size_t i = 0; i < splices->len; i++) {
		const Splice *splice = &g_array_index(splices, Splice, i);

		g_assert(at <= splice->start && splice->start <= splice->end);
		g_string_append_len(out, bytes + at, (gssize)(splice->start - at));
		g_string_append_len(out, splice->bytes->str, (gssize)splice->bytes->len);
		at = splice->end;
	}
	g_string_append_len(out, bytes + at, (gssize)(length - at));

	return out;
}

/* The place for our block: before a cut, where it would stand inside one. */
static size_t
top_of(const Part *part, const GArray *cuts)
{
	size_t top = part_top(part);

	for (size_t i = 0; cuts != NULL && i < cuts->len; i++) {
		const BlockCut *cut = &g_array_index(cuts, BlockCut, i);

		if (cut->start < top && top <= cut->end)
			return cut->start;
	}

	return top;
}

/* The block on lines of its own, so that no line of the mail grows. */
static GString *
block_at(const Part *part, size_t top, const GString *block)
{
	GString *bytes = g_string_new_len(block->str, (gssize)block->len);

	if (part->is_html && top > 0 && part->decoded->str[top - 1] != '\n')
		g_string_prepend(bytes, "\r\n");

	return bytes;
}

/* What is to be changed in the decoded content, nothing of it encoded. */
static GArray *
splice_content(const Part *part, const GArray *cuts, const GString *block)
{
	BlockKind kind = part->is_html ? BLOCK_HTML : BLOCK_TEXT;
	GArray *splices = splice_array_new();
	size_t top = block != NULL ? top_of(part, cuts) : 0;
	bool is_due = block != NULL;

	for (size_t i = 0; cuts != NULL && i < cuts->len; i++) {
		const BlockCut *cut = &g_array_index(cuts, BlockCut, i);
		GString *bytes = g_string_new(NULL);

		if (is_due && top < cut->start) {
			append(splices, top, top, block_at(part, top, block));
			is_due = false;
		} else if (is_due && top == cut->start) {
			g_string_free(bytes, TRUE);
			bytes = block_at(part, top, block);
			is_due = false;
		}
		g_string_append(
		    bytes,
		    block_filler(part->decoded->str, part->decoded->len, kind,
				 bytes->len > 0 ? BLOCK_BEHIND_LINE : BLOCK_BEHIND_TEXT,
				 cut));
		append(splices, cut->start, cut->end, bytes);
	}
	if (is_due)
		append(splices, top, top, block_at(part, top, block));

	return splices;
}

/* Base64 is written anew, between the white space around it. */
static void
encode_base64(Work *work, const GArray *changes, GArray *splices)
{
	const GString *content = work->part->decoded;
	g_autoptr(GString) whole = splice_apply(content->str, 0, content->len, changes);
	GString *bytes = transfer_encode_base64(whole);
	size_t start = work->part->start, end = work->part->end;

	while (end > start && g_ascii_isspace(work->mail[end - 1]))
		end--;
	while (start < end && g_ascii_isspace(work->mail[start]))
		start++;

	/* A part without content may be followed by its boundary at once. */
	if (transfer_line_end(work->mail + end, work->length - end) == 0)
		g_string_append(bytes, "\r\n");
	append(splices, start, end, bytes);
}

/* The place in the mail of one in the decoded content that is not before the last. */
static size_t
raw_place(Work *work, size_t decoded)
{
	size_t more = decoded - work->decoded;

	if (work->part->transfer == TRANSFER_QUOTED && (more > 0 || decoded == 0))
		more = transfer_quoted_place(work->mail + work->raw,
					     work->part->end - work->raw, more);
	work->decoded = decoded;

	return work->raw += more;
}

/*
 * In quoted-printable "=0A" ends a line of the text and none of the mail, so what
 * is changed may stand in the middle of a line, where a blank needs a guard; and what
 * follows a cut must not come to begin a boundary.  Returns the bytes encoded.
 */
static GString *
encode_quoted(Work *work, size_t start, size_t *end, const GString *bytes)
{
	const char *raw = work->mail;
	GString *out = transfer_encode_quoted(bytes);
	bool is_at_line = start == work->part->start || raw[start - 1] == '\n';

	if (!is_at_line && (raw[start - 1] == ' ' || raw[start - 1] == '\t' ||
			    !g_str_has_prefix(out->str, "\r\n"))) {
		g_string_prepend(out, "=\r\n");
		is_at_line = true;
	}
	is_at_line = out->len > 0 ? out->str[out->len - 1] == '\n' : is_at_line;
	if (is_at_line && *end > start && *end < work->part->end && raw[*end] == '-') {
		g_string_append(out, "=2D");
		work->raw = ++*end;
		work->decoded++;
	}

	return out;
}

static void
encode(Work *work, const GArray *changes, GArray *splices)
{
	for (size_t i = 0; i < changes->len; i++) {
		const Splice *change = &g_array_index(changes, Splice, i);
		size_t start = raw_place(work, change->start), end = start;
		GString *bytes;

		if (change->end > change->start)
			end = raw_place(work, change->end);
		bytes = work->part->transfer == TRANSFER_QUOTED
			    ? encode_quoted(work, start, &end, change->bytes)
			    : g_string_new_len(change->bytes->str,
					       (gssize)change->bytes->len);
		append(splices, start, end, bytes);
	}
}

typedef enum {
	LINE_BEGINS, /* some readers take a line that goes on for a boundary */
	LINE_IS,     /* RFC 2046, section 5.1.1 */
} LineTest;

static bool
is_boundary(const GPtrArray *boundaries, const char *line, LineTest test)
{
	if (!g_str_has_prefix(line, "--"))
		return false;

	for (size_t i = 0; i < boundaries->len; i++) {
		const char *boundary = g_ptr_array_index(boundaries, i), *rest;

		if (!g_str_has_prefix(line + 2, boundary))
			continue;
		rest = line + 2 + strlen(boundary);
		rest += g_str_has_prefix(rest, "--") ? 2 : 0;
		rest += strspn(rest, " \t\r");
		if (test == LINE_BEGINS || *rest == '\n' || *rest == '\0')
			return true;
	}

	return false;
}

/* The bytes that decide whether a line is a boundary. */
static size_t
boundary_length(const GPtrArray *boundaries)
{
	size_t most = 0;

	for (size_t i = 0; i < boundaries->len; i++)
		most = MAX(most, strlen(g_ptr_array_index(boundaries, i)));

	return strlen("--") + most;
}

/*
 * Would a line, as the splice leaves it, end the part or one around it?  A line may
 * be as long as the mail, so no more of it is looked at than decides that.
 */
static bool
has_boundary(const Work *work, const Splice *splice, const GPtrArray *boundaries,
	     size_t most)
{
	g_autoptr(GString) lines = g_string_new(NULL);
	LineTest test = LINE_BEGINS;
	size_t from = splice->start, to = splice->end;
	size_t first = from - MIN(most, from - work->part->start);
	size_t last = to + MIN(most, work->part->end - to);

	while (from > first && work->mail[from - 1] != '\n')
		from--;
	while (to < last && work->mail[to] != '\n')
		to++;
	/* The line begins before what is looked at. */
	if (from > work->part->start && work->mail[from - 1] != '\n')
		g_string_append_c(lines, ' ');

	g_string_append_len(lines, work->mail + from, (gssize)(to - from));
	/*
	 * Where a line only begins like a boundary, a reader that takes it for one did
	 * so before.
	 */
	if (is_boundary(boundaries, lines->str, LINE_BEGINS))
		test = LINE_IS;
	g_string_truncate(lines, lines->len - (to - from));

	g_string_append_len(lines, work->mail + from, (gssize)(splice->start - from));
	g_string_append_len(lines, splice->bytes->str, (gssize)splice->bytes->len);
	g_string_append_len(lines, work->mail + splice->end, (gssize)(to - splice->end));

	for (const char *line = lines->str; line != NULL; line = strchr(line, '\n')) {
		if (*line == '\n') {
			line++;
			test = LINE_BEGINS;
		}
		if (is_boundary(boundaries, line, test))
			return true;
	}

	return false;
}

bool
splice_part(const char *mail, size_t length, const Part *part, const GArray *cuts,
	    const GString *block, const GPtrArray *boundaries, GArray *splices)
{
	Work work = { mail, length, part, part->start, 0 };
	g_autoptr(GArray) changes = splice_content(part, cuts, block);
	size_t most = boundary_length(boundaries);
	guint before = splices->len;

	if (part->transfer == TRANSFER_BASE64)
		encode_base64(&work, changes, splices);
	else
		encode(&work, changes, splices);

	for (guint i = before; i < splices->len; i++)
		if (has_boundary(&work, &g_array_index(splices, Splice, i), boundaries,
				 most)) {
			g_array_set_size(splices, before);
			return false;
		}

	return true;
}

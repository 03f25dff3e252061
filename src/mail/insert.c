/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * insert.c - put a block on top of a mail's text and HTML parts
 *
 * Design rationale
 *	GMime tells where each part's content stands in the mail; it writes
 *	nothing.  Each part that is changed yields one Splice, a range of the
 *	mail and what comes in its place, and the body is copied around them.
 *	So no byte of the sender's is written anew, except base64, whose block
 *	shifts what follows it.
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "mail/insert.h"
#include "mail/mime.h"
#include "mail/part.h"
#include "mail/transfer.h"

/* A real alternative has two or three parts; each one changed adds a block. */
#define MAX_CHANGED 20

/* Types of which no byte may change, wherever in the mail they stand. */
static const struct {
	const char *type;
	const char *subtype;
} sealed_types[] = {
	{ "multipart", "signed" },
	{ "multipart", "encrypted" },
	{ "application", "pkcs7-mime" },
	{ "application", "x-pkcs7-mime" },
};

/* A range of the mail and what comes in its place. */
typedef struct {
	size_t start;
	size_t end;
	GString *bytes;
} Splice;

/* One mail in work. */
typedef struct {
	const char *mail; /* borrowed */
	size_t length;
	const Mime *mime;      /* borrowed */
	size_t body;           /* where the head's empty line has ended */
	const char *text;      /* borrowed */
	const char *html;      /* borrowed */
	GPtrArray *boundaries; /* of const char *, those around the part at hand */
	GArray *splices;       /* of Splice, in the order of the mail */
	GPtrArray *reasons;    /* borrowed */
} Work;

static void
splice_clear(Splice *splice)
{
	if (splice->bytes != NULL)
		g_string_free(splice->bytes, TRUE);
	splice->bytes = NULL;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Splice, splice_clear)

static void
splice_destroy(gpointer splice)
{
	splice_clear(splice);
}

static void
work_clear(Work *work)
{
	g_ptr_array_unref(work->boundaries);
	g_array_unref(work->splices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

/* Each reason once: a mail may have a thousand parts, and each is a log line. */
static void
work_leave(Work *work, const char *reason)
{
	if (!g_ptr_array_find_with_equal_func(work->reasons, reason, g_str_equal, NULL))
		g_ptr_array_add(work->reasons, g_strdup(reason));
}

/* Base64: decoded and written anew, between the white space around it. */
static void
splice_base64(Splice *splice, const Part *part, const Work *work, const GString *block,
	      size_t top)
{
	g_string_insert_len(part->decoded, top, block->str, block->len);
	splice->bytes = transfer_encode_base64(part->decoded);
	splice->start = part->start;
	splice->end = part->end;

	while (splice->end > splice->start &&
	       g_ascii_isspace(work->mail[splice->end - 1]))
		splice->end--;
	while (splice->start < splice->end && g_ascii_isspace(work->mail[splice->start]))
		splice->start++;

	/* A part without content may be followed by its boundary at once. */
	if (transfer_line_end(work->mail + splice->end, work->length - splice->end) == 0)
		g_string_append(splice->bytes, "\r\n");
}

/* Quoted-printable: an encoded block before the raw bytes of what comes next. */
static void
splice_quoted(Splice *splice, const Part *part, const Work *work, const GString *block,
	      size_t top)
{
	const char *raw = work->mail + part->start;
	size_t at = transfer_quoted_place(raw, part->end - part->start, top);

	splice->start = splice->end = part->start + at;
	splice->bytes = transfer_encode_quoted(block);
	/* "=0A" ends a line of the text and none of the mail; a blank needs a guard. */
	if (at > 0 && raw[at - 1] != '\n' &&
	    (raw[at - 1] == ' ' || raw[at - 1] == '\t' ||
	     !g_str_has_prefix(splice->bytes->str, "\r\n")))
		g_string_prepend(splice->bytes, "=\r\n");
}

static void
part_splice(Splice *splice, const Part *part, const Work *work, GString *block)
{
	size_t top = part_top(part);

	/* Lines of its own, so that no line of the mail grows. */
	if (part->is_html && top > 0 && part->decoded->str[top - 1] != '\n')
		g_string_prepend(block, "\r\n");

	if (part->transfer == TRANSFER_BASE64) {
		splice_base64(splice, part, work, block, top);
	} else if (part->transfer == TRANSFER_QUOTED) {
		splice_quoted(splice, part, work, block, top);
	} else {
		splice->start = splice->end = part->start + top;
		splice->bytes = g_string_new_len(block->str, block->len);
	}
}

static bool
begins_boundary(const Work *work, const char *line)
{
	if (!g_str_has_prefix(line, "--"))
		return false;

	for (size_t i = 0; i < work->boundaries->len; i++)
		if (g_str_has_prefix(line + 2, g_ptr_array_index(work->boundaries, i)))
			return true;

	return false;
}

/* Would a line, as the splice leaves it, end the part or one around it? */
static bool
splice_has_boundary(const Splice *splice, const Part *part, const Work *work)
{
	g_autoptr(GString) lines = g_string_new(NULL);
	size_t from = splice->start, to = splice->end;

	while (from > part->start && work->mail[from - 1] != '\n')
		from--;
	while (to < part->end && work->mail[to] != '\n')
		to++;

	g_string_append_len(lines, work->mail + from, splice->start - from);
	g_string_append_len(lines, splice->bytes->str, splice->bytes->len);
	g_string_append_len(lines, work->mail + splice->end, to - splice->end);

	for (const char *line = lines->str; line != NULL; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (begins_boundary(work, line))
			return true;
	}

	return false;
}

/* Put the block into one part.  Returns NULL, or why not. */
static const char *
change_part(Work *work, GMimePart *mime)
{
	g_auto(Part) part = { 0 };
	g_auto(Splice) splice = { 0 };
	g_autoptr(GString) block = NULL;
	const char *reason = part_read(&part, work->mime, work->mail, work->body, mime);

	if (reason != NULL)
		return reason;

	reason = part_block(&part, part.is_html ? work->html : work->text, &block);
	if (reason != NULL)
		return reason;

	if (work->splices->len == MAX_CHANGED)
		return "too many parts";

	part_splice(&splice, &part, work, block);
	if (splice_has_boundary(&splice, &part, work))
		return "a boundary would stand in the text";

	g_array_append_val(work->splices, splice);
	splice.bytes = NULL;

	return NULL;
}

/* Readers differ in which of two they follow, so none can be taken. */
static bool
has_field_twice(const Work *work, GMimeObject *object)
{
	size_t types = 0, codings = 0;

	for (size_t i = 0; i < mime_count_fields(object); i++) {
		g_autofree char *name = mime_name_at(work->mime, object, i);

		types += g_ascii_strcasecmp(name, "Content-Type") == 0;
		codings += g_ascii_strcasecmp(name, "Content-Transfer-Encoding") == 0;
	}

	return types > 1 || codings > 1;
}

/* Is this the part of that Content-ID, "<id>"? */
static bool
has_id(const Work *work, GMimeObject *object, const char *id)
{
	for (size_t i = 0; i < mime_count_fields(object); i++) {
		g_autofree char *name = mime_name_at(work->mime, object, i);
		g_autofree char *value = NULL;

		if (g_ascii_strcasecmp(name, "Content-ID") != 0)
			continue;
		value = g_strstrip(mime_value_at(work->mime, object, i));
		return g_str_equal(value, id);
	}

	return false;
}

/* The part that a multipart/related is about (RFC 2387, section 3.2), else the first. */
static int
root_index(const Work *work, GMimeMultipart *multipart)
{
	g_autofree char *start =
	    mime_parameter(work->mime, GMIME_OBJECT(multipart), "start");

	for (int i = 0; start != NULL && i < g_mime_multipart_get_count(multipart); i++)
		if (has_id(work, g_mime_multipart_get_part(multipart, i), start))
			return i;

	return 0;
}

static const char *change_object(Work *work, GMimeObject *object, size_t depth);

static void
change_child(Work *work, GMimeMultipart *multipart, int index, size_t depth)
{
	const char *reason =
	    change_object(work, g_mime_multipart_get_part(multipart, index), depth + 1);

	if (reason != NULL)
		work_leave(work, reason);
}

/* Put the block where it belongs in a multipart.  Returns NULL, or why it was left. */
static const char *
change_multipart(Work *work, GMimeMultipart *multipart, size_t depth)
{
	GMimeObject *object = GMIME_OBJECT(multipart);
	const char *boundary =
	    g_mime_object_get_content_type_parameter(object, "boundary");
	const char *field = g_mime_object_get_header(object, "Content-Transfer-Encoding");
	int count = g_mime_multipart_get_count(multipart);

	if (depth == INSERT_MAX_DEPTH)
		return "parts are nested too deep";
	if (boundary == NULL || count == 0)
		return "multipart without parts";
	if (transfer_of(field) > TRANSFER_BINARY)
		return "multipart with a transfer encoding";

	g_ptr_array_add(work->boundaries, (gpointer)boundary);
	if (mime_is_type(object, "multipart", "alternative"))
		for (int i = 0; i < count; i++)
			change_child(work, multipart, i, depth);
	else if (mime_is_type(object, "multipart", "mixed"))
		change_child(work, multipart, 0, depth);
	else if (mime_is_type(object, "multipart", "related"))
		change_child(work, multipart, root_index(work, multipart), depth);
	else
		work_leave(work, "multipart of an unknown kind");
	g_ptr_array_set_size(work->boundaries, work->boundaries->len - 1);

	return NULL;
}

static const char *
change_object(Work *work, GMimeObject *object, size_t depth)
{

	if (has_field_twice(work, object))
		return "two fields tell the type or encoding";
	if (mime_is_attachment(object))
		return "part is an attachment";
	if (GMIME_IS_MULTIPART(object))
		return change_multipart(work, GMIME_MULTIPART(object), depth);
	if (GMIME_IS_PART(object) && (mime_is_type(object, "text", "plain") ||
				      mime_is_type(object, "text", "html")))
		return change_part(work, GMIME_PART(object));

	return "part is neither text nor HTML";
}

static bool
has_inline_pgp(const Work *work, GMimePart *mime)
{
	static const char begin[] = "-----BEGIN PGP ";
	g_auto(Part) part = { 0 };
	const char *line, *end;

	/* What keeps a part from being changed is no matter here. */
	part_read(&part, work->mime, work->mail, work->body, mime);
	if (part.decoded == NULL)
		return false;

	line = part.decoded->str;
	end = line + part.decoded->len;
	while (line != NULL && !g_str_has_prefix(line, begin)) {
		line = memchr(line, '\n', end - line);
		if (line != NULL)
			line++;
	}

	return line != NULL;
}

typedef struct {
	const Work *work; /* borrowed */
	bool is_sealed;
} SealSearch;

static void
search_seal(G_GNUC_UNUSED GMimeObject *parent, GMimeObject *object, gpointer data)
{
	SealSearch *search = data;

	for (size_t i = 0; i < G_N_ELEMENTS(sealed_types); i++)
		if (mime_is_type(object, sealed_types[i].type, sealed_types[i].subtype))
			search->is_sealed = true;

	if (!search->is_sealed && GMIME_IS_PART(object) &&
	    mime_is_type(object, "text", "*"))
		search->is_sealed = has_inline_pgp(search->work, GMIME_PART(object));
}

static bool
is_sealed(const Work *work)
{
	SealSearch search = { .work = work };
	GMimeObject *root = mime_root(work->mime);

	search_seal(NULL, root, &search);
	if (GMIME_IS_MULTIPART(root))
		g_mime_multipart_foreach(GMIME_MULTIPART(root), search_seal, &search);

	return search.is_sealed;
}

/* Behind the first empty line, or 0 where there is none. */
static size_t
body_start(const char *mail, size_t length)
{
	const char *line = mail, *end = mail + length;

	while (line < end) {
		const char *next = memchr(line, '\n', end - line);
		size_t ended = transfer_line_end(line, end - line);

		if (ended > 0)
			return line - mail + ended;
		if (next == NULL)
			return 0;
		line = next + 1;
	}

	return 0;
}

/* The body with all splices in it. */
static GString *
work_body(const Work *work)
{
	GString *body = g_string_sized_new(work->length);
	size_t at = work->body;

	for (size_t i = 0; i < work->splices->len; i++) {
		const Splice *splice = &g_array_index(work->splices, Splice, i);

		g_assert(at <= splice->start && splice->start <= splice->end);
		g_string_append_len(body, work->mail + at, splice->start - at);
		g_string_append_len(body, splice->bytes->str, splice->bytes->len);
		at = splice->end;
	}
	g_string_append_len(body, work->mail + at, work->length - at);

	return body;
}

GString *
insert_into(const char *mail, size_t length, const char *text, const char *html,
	    GPtrArray *reasons_out)
{
	g_auto(Work) work = {
		.mail = mail,
		.length = length,
		.body = body_start(mail, length),
		.text = text,
		.html = html,
		.boundaries = g_ptr_array_new(),
		.splices = g_array_new(FALSE, FALSE, sizeof(Splice)),
		.reasons = reasons_out,
	};
	g_autoptr(Mime) mime = NULL;
	const char *reason = NULL;

	g_array_set_clear_func(work.splices, splice_destroy);

	if (work.body == 0 || mime_new(mail, length, &mime) != MIME_PARSED)
		reason = "mail without a body";
	work.mime = mime;
	if (reason == NULL && is_sealed(&work))
		reason = "mail is signed or encrypted";
	if (reason == NULL)
		reason = change_object(&work, mime_root(mime), 0);
	if (reason != NULL)
		work_leave(&work, reason);

	return work.splices->len > 0 ? work_body(&work) : NULL;
}

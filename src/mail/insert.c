/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * insert.c - put a block on top of a mail's text and HTML parts, in place of others
 *
 * Design rationale
 *	GMime tells where each part's content stands in the mail; it writes
 *	nothing.  Each part that is changed yields Splices (splice.h), and the
 *	body is copied around them.
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "mail/block.h"
#include "mail/insert.h"
#include "mail/mime.h"
#include "mail/part.h"
#include "mail/splice.h"
#include "mail/transfer.h"

/* A real alternative has two or three parts; each one more would add a block. */
#define MAX_BLOCKS 20

/* Is a block to be put into a part? */
typedef enum {
	DUE_NOTHING,
	DUE_BLOCK,
} Due;

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

/* One mail in work. */
typedef struct {
	const char *mail; /* borrowed */
	size_t length;
	Mime *mime;            /* borrowed */
	size_t body;           /* where the head's empty line has ended */
	const char *text;      /* borrowed; NULL: no block is put in */
	const char *html;      /* borrowed; the same */
	GPtrArray *boundaries; /* of const char *, those around the part at hand */
	GArray *splices;       /* of Splice, in the order of the mail */
	size_t blocks;         /* that were put in */
	GPtrArray *reasons;    /* borrowed */
} Work;

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

/*
 * Take blocks off one part, and put ours into it where that is due.  Returns NULL,
 * or why it got none.
 */
static const char *
change_part(Work *work, GMimePart *mime, Due due)
{
	g_auto(Part) part = { 0 };
	g_autoptr(GString) block = NULL;
	g_autoptr(GArray) cuts = NULL;
	bool is_foreign = false;
	const char *reason = part_read(&part, work->mime, work->body, mime);

	if (part.decoded == NULL || part.transfer == TRANSFER_UNKNOWN)
		return reason;
	if (transfer_keeps_ascii(part.charset))
		cuts =
		    block_find(part.decoded->str, part.decoded->len,
			       part.is_html ? BLOCK_HTML : BLOCK_TEXT, NULL, &is_foreign);
	if (due == DUE_NOTHING || work->text == NULL)
		reason = NULL;
	else if (reason == NULL && work->blocks == MAX_BLOCKS)
		reason = "too many parts";
	else if (reason == NULL)
		reason =
		    part_block(&part, part.is_html ? work->html : work->text, &block);

	if (block != NULL && splice_part(work->mail, work->length, &part, cuts, block,
					 work->boundaries, work->splices)) {
		work->blocks++;
		return NULL;
	}
	if (block != NULL)
		reason = "a boundary would stand in the text";
	if (cuts != NULL && !splice_part(work->mail, work->length, &part, cuts, NULL,
					 work->boundaries, work->splices))
		reason = "a boundary would stand in the text";

	return reason;
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

static const char *change_object(Work *work, GMimeObject *object, size_t depth, Due due);

/* In which parts of a multipart is the block due? */
static Due
due_in(const Work *work, GMimeMultipart *multipart, int index)
{
	GMimeObject *object = GMIME_OBJECT(multipart);

	if (mime_is_type(object, "multipart", "alternative"))
		return DUE_BLOCK;
	if (mime_is_type(object, "multipart", "mixed"))
		return index == 0 ? DUE_BLOCK : DUE_NOTHING;
	if (mime_is_type(object, "multipart", "related"))
		return index == root_index(work, multipart) ? DUE_BLOCK : DUE_NOTHING;

	return DUE_NOTHING;
}

static bool
is_known_multipart(GMimeObject *object)
{
	return mime_is_type(object, "multipart", "alternative") ||
	       mime_is_type(object, "multipart", "mixed") ||
	       mime_is_type(object, "multipart", "related");
}

/* Put the block where it belongs in a multipart.  Returns NULL, or why it was left. */
static const char *
change_multipart(Work *work, GMimeMultipart *multipart, size_t depth, Due due)
{
	GMimeObject *object = GMIME_OBJECT(multipart);
	const char *boundary =
	    g_mime_object_get_content_type_parameter(object, "boundary");
	const char *field = g_mime_object_get_header(object, "Content-Transfer-Encoding");
	const char *reason = NULL;
	int count = g_mime_multipart_get_count(multipart);

	if (boundary == NULL || count == 0)
		return "multipart without parts";
	if (transfer_of(field) > TRANSFER_BINARY)
		return "multipart with a transfer encoding";
	if (depth == INSERT_MAX_DEPTH)
		reason = "parts are nested too deep";
	else if (!is_known_multipart(object))
		reason = "multipart of an unknown kind";
	due = reason == NULL ? due : DUE_NOTHING;

	g_ptr_array_add(work->boundaries, (gpointer)boundary);
	for (int i = 0; i < count; i++) {
		Due due_here = due == DUE_BLOCK ? due_in(work, multipart, i) : due;
		const char *why = change_object(
		    work, g_mime_multipart_get_part(multipart, i), depth + 1, due_here);

		if (why != NULL && due_here == DUE_BLOCK)
			work_leave(work, why);
	}
	g_ptr_array_set_size(work->boundaries, (gint)work->boundaries->len - 1);

	return reason;
}

static const char *
change_object(Work *work, GMimeObject *object, size_t depth, Due due)
{
	if (has_field_twice(work, object))
		return "two fields tell the type or encoding";
	if (mime_is_attachment(object))
		return "part is an attachment";
	if (GMIME_IS_MULTIPART(object))
		return change_multipart(work, GMIME_MULTIPART(object), depth, due);
	if (GMIME_IS_PART(object) && (mime_is_type(object, "text", "plain") ||
				      mime_is_type(object, "text", "html")))
		return change_part(work, GMIME_PART(object), due);

	return "part is neither text nor HTML";
}

static bool
has_inline_pgp(const Work *work, GMimePart *mime)
{
	static const char begin[] = "-----BEGIN PGP ";
	const MimeContent *content = part_content(work->mime, work->body, mime);
	const char *line, *end;

	if (content == NULL)
		return false;

	line = content->decoded->str;
	end = line + content->decoded->len;
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

GString *
insert_into_mime(Mime *mime, const char *text, const char *html, GPtrArray *reasons_out)
{
	size_t length = 0;
	const char *mail = mime != NULL ? mime_bytes(mime, &length) : "";
	g_auto(Work) work = {
		.mail = mail,
		.length = length,
		.mime = mime,
		.body = body_start(mail, length),
		.text = text,
		.html = html,
		.boundaries = g_ptr_array_new(),
		.splices = splice_array_new(),
		.reasons = reasons_out,
	};
	g_autoptr(GString) body = NULL;
	const char *reason = NULL;

	if (work.body == 0)
		reason = "mail without a body";
	if (reason == NULL && is_sealed(&work))
		reason = "mail is signed or encrypted";
	if (reason == NULL)
		reason = change_object(&work, mime_root(mime), 0, DUE_BLOCK);
	if (reason != NULL)
		work_leave(&work, reason);

	if (work.splices->len == 0)
		return NULL;
	body = splice_apply(mail, work.body, length, work.splices);

	return body->len != length - work.body ||
		       memcmp(body->str, mail + work.body, body->len) != 0
		   ? g_steal_pointer(&body)
		   : NULL;
}

GString *
insert_into(const char *mail, size_t length, const char *text, const char *html,
	    GPtrArray *reasons_out)
{
	g_autoptr(Mime) mime = NULL;

	mime_new(mail, length, &mime);

	return insert_into_mime(mime, text, html, reasons_out);
}

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

#include <stdbool.h>
#include <string.h>

#include <gmime/gmime.h>

#include "mail/autoptr.h"
#include "mail/htmltop.h"
#include "mail/insert.h"
#include "mail/part.h"
#include "mail/transfer.h"

/* A real alternative has two or three parts; each one changed adds a block. */
#define MAX_CHANGED 20

#define MAX_LINE 998 /* RFC 5322, section 2.1.1 */

#define BOM "\xEF\xBB\xBF"

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
	size_t body;           /* where the head's empty line has ended */
	const char *text;      /* borrowed */
	const char *html;      /* borrowed */
	GPtrArray *boundaries; /* of const char *, those around the part at hand */
	GArray *splices;       /* of Splice, in the order of the mail */
	GPtrArray *reasons;    /* borrowed */
} Work;

/* One text or HTML part. */
typedef struct {
	bool is_html;
	bool is_flowed;
	Transfer transfer;
	char *charset;
	size_t start; /* of the raw content in the mail */
	size_t end;
	GString *decoded;
} Part;

static void
splice_clear(Splice *splice)
{
	if (splice->bytes != NULL)
		g_string_free(splice->bytes, TRUE);
	splice->bytes = NULL;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Splice, splice_clear)

static void
part_clear(Part *part)
{
	g_free(part->charset);
	if (part->decoded != NULL)
		g_string_free(part->decoded, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Part, part_clear)

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

static bool
has_long_line(const char *bytes, size_t length)
{
	size_t column = 0;

	for (size_t i = 0; i < length; i++) {
		column = bytes[i] == '\n' || bytes[i] == '\r' ? 0 : column + 1;
		if (column > MAX_LINE)
			return true;
	}

	return false;
}

static bool
is_ascii(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)bytes[i] >= 0x80)
			return false;

	return true;
}

/* Where in the decoded content the block goes. */
static size_t
part_top(const Part *part)
{
	const GString *text = part->decoded;
	size_t mark = g_str_has_prefix(text->str, BOM) ? strlen(BOM) : 0;
	size_t top = part->is_html ? htmltop_of(text->str, text->len, mark) : mark;

	/* The line of the tag ends before the block begins. */
	if (part->is_html)
		top += transfer_line_end(text->str + top, text->len - top);

	return top;
}

/* With CRLF; in flowed text what begins with these is stuffed (RFC 3676, section 4.4). */
static GString *
block_lines(const char *block, bool is_flowed)
{
	GString *out = g_string_new(NULL);

	for (const char *line = block; *line != '\0';) {
		size_t length = strcspn(line, "\r\n");

		if (is_flowed &&
		    (*line == ' ' || *line == '>' || g_str_has_prefix(line, "From ")))
			g_string_append_c(out, ' ');
		g_string_append_len(out, line, length);
		g_string_append(out, "\r\n");

		line += length + strspn(line + length, "\r");
		if (*line == '\n')
			line++;
	}

	return out;
}

static bool
is_us_ascii(const char *charset)
{
	return g_ascii_strcasecmp(charset, "us-ascii") == 0 ||
	       g_ascii_strcasecmp(charset, "ascii") == 0 ||
	       g_ascii_strcasecmp(charset, "ANSI_X3.4-1968") == 0;
}

/* The block in the part's charset.  Returns NULL, or why there is none. */
static const char *
part_block(const Part *part, const char *block, GString **block_out)
{
	g_autoptr(GString) lines = block_lines(block, part->is_flowed);
	g_autofree char *bytes = NULL;
	size_t length;

	if (!transfer_keeps_ascii(part->charset))
		return "charset is unknown or not based on ASCII";

	bytes = transfer_from_utf8(lines->str, lines->len, part->charset, &length);
	if (bytes == NULL && is_us_ascii(part->charset))
		return "7bit part cannot hold the text";
	if (bytes == NULL)
		return "charset lacks letters of the text";
	if (part->transfer == TRANSFER_7BIT && !is_ascii(bytes, length))
		return "7bit part cannot hold the text";
	if (part->transfer <= TRANSFER_BINARY && has_long_line(bytes, length))
		return "text has a line that is too long";

	*block_out = g_string_new_len(bytes, length);

	return NULL;
}

/* at: 1 or more. */
static bool
follows_empty_line(const char *mail, size_t at)
{
	size_t line = at - 1;

	if (mail[line] != '\n')
		return false;
	if (line > 0 && mail[line - 1] == '\r')
		line--;

	return line == 0 || mail[line - 1] == '\n';
}

/* Where the raw content stands.  False where no mail could place it there. */
static bool
part_locate(Part *part, const Work *work, GMimePart *mime)
{
	GMimeDataWrapper *content = g_mime_part_get_content(mime);
	GMimeStream *stream =
	    content != NULL ? g_mime_data_wrapper_get_stream(content) : NULL;
	gint64 start, end;

	if (stream == NULL || !GMIME_IS_STREAM_MEM(stream))
		return false;

	start = stream->bound_start;
	end = MAX(stream->bound_end, start);
	if (start < (gint64)work->body || end > (gint64)work->length)
		return false;

	/* A head that a boundary cuts off has none below it. */
	if (!follows_empty_line(work->mail, start))
		return false;

	part->start = start;
	part->end = end;

	return true;
}

/* Read a part.  Returns NULL, or why it cannot be changed. */
static const char *
part_read(Part *part, const Work *work, GMimePart *mime)
{
	GMimeObject *object = GMIME_OBJECT(mime);
	GMimeContentType *type = g_mime_object_get_content_type(object);
	const char *charset = g_mime_content_type_get_parameter(type, "charset");
	const char *format = g_mime_content_type_get_parameter(type, "format");
	const char *raw;
	size_t length;

	part->is_html = g_mime_content_type_is_type(type, "text", "html");
	part->is_flowed =
	    !part->is_html && format != NULL && g_ascii_strcasecmp(format, "flowed") == 0;
	part->transfer =
	    transfer_of(g_mime_object_get_header(object, "Content-Transfer-Encoding"));
	part->charset = g_strdup(charset != NULL ? charset : "us-ascii");

	if (!part_locate(part, work, mime))
		return "part is broken off";

	raw = work->mail + part->start;
	length = part->end - part->start;
	part->decoded = g_string_sized_new(length);
	if (!transfer_decode(part->transfer, raw, length, part->decoded))
		return "base64 part holds other bytes";
	if (part->transfer == TRANSFER_UNKNOWN)
		return "transfer encoding is unknown";
	if (memchr(part->decoded->str, '\0', part->decoded->len) != NULL)
		return "part holds NUL";
	if (part->transfer == TRANSFER_BINARY && has_long_line(raw, length))
		return "binary part has long lines";

	return NULL;
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
	const char *reason = part_read(&part, work, mime);

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
has_field_twice(GMimeObject *object)
{
	GMimeHeaderList *fields = g_mime_object_get_header_list(object);
	size_t types = 0, codings = 0;

	for (int i = 0; i < g_mime_header_list_get_count(fields); i++) {
		const char *name =
		    g_mime_header_get_name(g_mime_header_list_get_header_at(fields, i));

		types += g_ascii_strcasecmp(name, "Content-Type") == 0;
		codings += g_ascii_strcasecmp(name, "Content-Transfer-Encoding") == 0;
	}

	return types > 1 || codings > 1;
}

/* The part that a multipart/related is about (RFC 2387, section 3.2), else the first. */
static int
root_index(GMimeMultipart *multipart)
{
	const char *start =
	    g_mime_object_get_content_type_parameter(GMIME_OBJECT(multipart), "start");
	g_autofree char *id =
	    start != NULL ? g_mime_utils_decode_message_id(start) : NULL;

	for (int i = 0; id != NULL && i < g_mime_multipart_get_count(multipart); i++)
		if (g_strcmp0(id, g_mime_object_get_content_id(
				      g_mime_multipart_get_part(multipart, i))) == 0)
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
	GMimeContentType *type = g_mime_object_get_content_type(object);
	const char *boundary = g_mime_content_type_get_parameter(type, "boundary");
	const char *field = g_mime_object_get_header(object, "Content-Transfer-Encoding");
	int count = g_mime_multipart_get_count(multipart);

	if (depth == INSERT_MAX_DEPTH)
		return "parts are nested too deep";
	if (boundary == NULL || count == 0)
		return "multipart without parts";
	if (transfer_of(field) > TRANSFER_BINARY)
		return "multipart with a transfer encoding";

	g_ptr_array_add(work->boundaries, (gpointer)boundary);
	if (g_mime_content_type_is_type(type, "multipart", "alternative"))
		for (int i = 0; i < count; i++)
			change_child(work, multipart, i, depth);
	else if (g_mime_content_type_is_type(type, "multipart", "mixed"))
		change_child(work, multipart, 0, depth);
	else if (g_mime_content_type_is_type(type, "multipart", "related"))
		change_child(work, multipart, root_index(multipart), depth);
	else
		work_leave(work, "multipart of an unknown kind");
	g_ptr_array_set_size(work->boundaries, work->boundaries->len - 1);

	return NULL;
}

static const char *
change_object(Work *work, GMimeObject *object, size_t depth)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);

	if (has_field_twice(object))
		return "two fields tell the type or encoding";
	if (part_is_attachment(object))
		return "part is an attachment";
	if (GMIME_IS_MULTIPART(object))
		return change_multipart(work, GMIME_MULTIPART(object), depth);
	if (GMIME_IS_PART(object) &&
	    (g_mime_content_type_is_type(type, "text", "plain") ||
	     g_mime_content_type_is_type(type, "text", "html")))
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
	part_read(&part, work, mime);
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
	GMimeContentType *type = g_mime_object_get_content_type(object);

	for (size_t i = 0; i < G_N_ELEMENTS(sealed_types); i++)
		if (g_mime_content_type_is_type(type, sealed_types[i].type,
						sealed_types[i].subtype))
			search->is_sealed = true;

	if (!search->is_sealed && GMIME_IS_PART(object) &&
	    g_mime_content_type_is_type(type, "text", "*"))
		search->is_sealed = has_inline_pgp(search->work, GMIME_PART(object));
}

static bool
is_sealed(const Work *work, GMimeMessage *message)
{
	SealSearch search = { .work = work };

	g_mime_message_foreach(message, search_seal, &search);

	return search.is_sealed;
}

static GMimeMessage *
parse(const char *mail, size_t length)
{
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(mail, length);
	g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);

	return g_mime_parser_construct_message(parser, NULL);
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
	g_autoptr(GMimeMessage) message = NULL;
	const char *reason;

	g_array_set_clear_func(work.splices, splice_destroy);

	message = work.body > 0 ? parse(mail, length) : NULL;
	if (message == NULL || g_mime_message_get_mime_part(message) == NULL)
		reason = "mail without a body";
	else if (is_sealed(&work, message))
		reason = "mail is signed or encrypted";
	else
		reason = change_object(&work, g_mime_message_get_mime_part(message), 0);

	if (reason != NULL)
		work_leave(&work, reason);

	return work.splices->len > 0 ? work_body(&work) : NULL;
}

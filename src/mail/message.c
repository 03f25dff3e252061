/* SPDX-License-Identifier: BSD-2-Clause */
/* message.c - one parsed mail, read only */

#include "config.h"

#include <string.h>

#include "text/text.h"
#include "mail/block.h"
#include "mail/encoded.h"
#include "mail/enriched.h"
#include "mail/html.h"
#include "mail/message.h"
#include "mail/mime.h"
#include "mail/transfer.h"

struct Message {
	const char *mark; /* borrowed, and only while it is read */
	Mime *mime;       /* the same */
	const Head *head;
	Head *own_head; /* NULL: head is borrowed */
	Mailbox author;
	Mailbox to;
	Visible *text;
	Visible *html;
	char *calendar; /* or NULL */
	MessageBlocks blocks;
};

G_DEFINE_QUARK(message_error, message_error)

void
message_init(void)
{
	mime_init();
}

/* All fields of the header, as they stand in the mail. */
static Head *
read_head(const Mime *mime)
{
	GMimeObject *root = mime_root(mime);
	size_t count = mime_count_fields(root);
	Head *head = head_new();

	for (size_t i = 0; i < count; i++) {
		g_autofree char *name = mime_name_at(mime, root, i);
		g_autofree char *value = mime_value_at(mime, root, i);

		head_add(head, name, value);
	}

	return head;
}

/* The one mailbox of the one field; two authors are legal, and no network has them. */
static void
take_mailbox(Mailbox *out, const Head *head, const char *name)
{
	const char *raw = head_get(head, name);
	g_auto(Mailbox) first = { 0 };
	size_t count = raw != NULL ? mailbox_parse(raw, &first) : 0;

	if (count != 1 || head_count(head, name) != 1) {
		*out = (Mailbox){ g_strdup(""), g_strdup(""), g_strdup("") };
		return;
	}
	*out = first;
	memset(&first, 0, sizeof(first));
}

/* Uuencode, which nothing we write needs, as GMime reads it. */
static void
decode_uuencode(const char *raw, size_t length, GString *out)
{
	GMimeEncoding state;

	g_mime_encoding_init_decode(&state, GMIME_CONTENT_ENCODING_UUENCODE);
	g_string_set_size(out, g_mime_encoding_outlen(&state, length));
	length = g_mime_encoding_flush(&state, raw, length, out->str);
	g_string_set_size(out, length);
}

static Transfer
transfer_as(GMimeContentEncoding encoding)
{
	switch (encoding) {
	case GMIME_CONTENT_ENCODING_BASE64:
		return TRANSFER_BASE64;
	case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE:
		return TRANSFER_QUOTED;
	default:
		return TRANSFER_UNKNOWN;
	}
}

/* Do both leave the bytes as they are, or decode them in the same way? */
static bool
decode_alike(Transfer a, Transfer b)
{
	bool is_a_coded = a == TRANSFER_QUOTED || a == TRANSFER_BASE64;
	bool is_b_coded = b == TRANSFER_QUOTED || b == TRANSFER_BASE64;

	return is_a_coded == is_b_coded && (!is_a_coded || a == b);
}

/*
 * A part's content, as far as it is read; NULL for none.  GMime tells the encoding:
 * it knows more names, and which of two fields counts.  Mostly that is what mime
 * decodes by, too, and *own_out stays NULL.
 */
static const GString *
decoded(const Message *message, GMimePart *part, GString **own_out)
{
	GMimeContentEncoding encoding;
	const MimeContent *content;
	size_t start, end, length;
	const char *raw;

	if (!mime_locate(message->mime, part, &start, &end) || end <= start)
		return NULL;
	content = mime_content(message->mime, part);
	encoding = g_mime_data_wrapper_get_encoding(g_mime_part_get_content(part));
	if (end - start <= MESSAGE_MAX_TEXT &&
	    encoding != GMIME_CONTENT_ENCODING_UUENCODE &&
	    decode_alike(transfer_as(encoding), content->transfer))
		return content->decoded;

	raw = mime_bytes(message->mime, &length) + start;
	length = MIN(end - start, MESSAGE_MAX_TEXT);
	*own_out = g_string_sized_new(length);
	if (encoding == GMIME_CONTENT_ENCODING_UUENCODE)
		decode_uuencode(raw, length, *own_out);
	else
		transfer_decode(transfer_as(encoding), raw, length, *own_out);

	return *own_out;
}

/* A part's text as UTF-8, as far as it is read; NULL for none. */
static GString *
part_text(const Message *message, GMimePart *part)
{
	g_autofree char *charset =
	    mime_parameter(message->mime, GMIME_OBJECT(part), "charset");
	g_autoptr(GString) own = NULL;
	const GString *content = decoded(message, part, &own);

	return content != NULL ? transfer_to_utf8(content, charset) : NULL;
}

static bool
is_html(GMimeObject *object)
{
	return mime_is_type(object, "text", "html") ||
	       mime_is_type(object, "application", "xhtml+xml");
}

/* Text of the nineties with bold letters and colours, as some programs still write it. */
static bool
is_enriched(GMimeObject *object)
{
	return mime_is_type(object, "text", "enriched") ||
	       mime_is_type(object, "text", "richtext");
}

/* The first part of its sort, or one more, of which only the links count. */
static void
add_part(Visible **first, Visible *part)
{
	if (*first == NULL) {
		*first = part;
		return;
	}
	visible_add_links(*first, part);
	visible_free(part);
}

static Visible *
see(const GString *text, BlockKind kind)
{
	return kind == BLOCK_HTML ? html_visible(text->str, text->len)
				  : visible_of_text(text->str, text->len);
}

/*
 * A part as its reader sees it, without invite-milter's blocks.  A sender can write
 * one, too, and its links lead somewhere; so they are links like all others.
 */
static Visible *
see_without_blocks(Message *message, const GString *text, BlockKind kind)
{
	bool is_foreign = false;
	g_autoptr(GArray) cuts =
	    block_find(text->str, text->len, kind, message->mark, &is_foreign);
	g_autoptr(GString) kept = NULL;
	g_autoptr(Visible) whole = NULL;
	Visible *part;

	if (cuts == NULL)
		return see(text, kind);
	message->blocks = is_foreign || message->blocks == MESSAGE_FOREIGN_BLOCK
			      ? MESSAGE_FOREIGN_BLOCK
			      : MESSAGE_OWN_BLOCK;
	kept = block_without(text->str, text->len, kind, cuts);
	whole = see(text, kind);
	part = see(kept, kind);
	visible_add_links(part, whole);

	return part;
}

/* Calendar programs attach it as often as not. */
static void
take_calendar(Message *message, GMimePart *part)
{
	GString *text = message->calendar == NULL ? part_text(message, part) : NULL;

	if (text != NULL)
		message->calendar = g_string_free(text, FALSE);
}

static void
take_part(Message *message, GMimeObject *object)
{
	bool is_text = mime_is_type(object, "text", "plain") || is_enriched(object);
	g_autoptr(GString) text = NULL, raw = NULL;

	if (!GMIME_IS_PART(object))
		return;
	if (mime_is_type(object, "text", "calendar"))
		take_calendar(message, GMIME_PART(object));
	if (mime_is_attachment(object) || !(is_text || is_html(object)))
		return;
	text = part_text(message, GMIME_PART(object));
	if (text == NULL || text->len == 0)
		return;
	if (is_enriched(object)) {
		raw = g_steal_pointer(&text);
		text = enriched_text(raw);
	}
	if (is_text)
		add_part(&message->text, see_without_blocks(message, text, BLOCK_TEXT));
	else
		add_part(&message->html, see_without_blocks(message, text, BLOCK_HTML));
}

/* The parts in the order of the mail, enclosed mails left alone. */
static void
take_parts(Message *message, GMimeObject *object)
{
	GMimeMultipart *multipart;

	if (!GMIME_IS_MULTIPART(object)) {
		take_part(message, object);
		return;
	}
	multipart = GMIME_MULTIPART(object);
	for (int i = 0; i < g_mime_multipart_get_count(multipart); i++)
		take_parts(message, g_mime_multipart_get_part(multipart, i));
}

static void
tell_no_mail(GError **error)
{
	g_set_error_literal(error, MESSAGE_ERROR, MESSAGE_ERROR_NOT_MAIL,
			    "no header of a mail found");
}

static bool
is_mail(const Message *message, GError **error)
{
	if (head_is_over(message->head)) {
		g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_TOO_BIG,
			    "header of more than %d fields or %d bytes", HEAD_MAX_FIELDS,
			    HEAD_MAX_BYTES);
		return false;
	}
	if (head_get(message->head, "From") == NULL &&
	    head_get(message->head, "Date") == NULL &&
	    head_get(message->head, "Received") == NULL &&
	    head_get(message->head, "Subject") == NULL) {
		tell_no_mail(error);
		return false;
	}

	return true;
}

void
message_write_mime(const Head *head, GString *out)
{
	/* There is a field in any case, so that what follows is read as a mail. */
	g_string_append(out, "MIME-Version: 1.0\r\n");
	head_write(head, "Content-", out);
}

Mime *
message_mime(const char *bytes, size_t length, GError **error)
{
	Mime *mime = NULL;

	switch (mime_new(bytes, length, &mime)) {
	case MIME_TOO_MANY_PARTS:
		g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_TOO_BIG,
			    "mail of more than %d parts", MIME_MAX_PARTS);
		break;
	case MIME_NO_MAIL:
		tell_no_mail(error);
		break;
	default:
		break;
	}

	return mime;
}

/* head: borrowed, or NULL where it stands in the bytes. */
Message *
message_of_head(const Head *head, Mime *mime, const char *mark, GError **error)
{
	g_autoptr(Message) message = g_new0(Message, 1);

	message->mark = mark;
	message->mime = mime;
	if (head == NULL)
		head = message->own_head = read_head(mime);
	message->head = head;
	if (!is_mail(message, error))
		return NULL;

	take_mailbox(&message->author, message->head, "From");
	take_mailbox(&message->to, message->head, "To");
	take_parts(message, mime_root(mime));
	message->mark = NULL;
	message->mime = NULL;

	return g_steal_pointer(&message);
}

Message *
message_new(const char *bytes, size_t length, const char *mark, GError **error)
{
	g_autoptr(Mime) mime = message_mime(bytes, length, error);

	return mime != NULL ? message_of_head(NULL, mime, mark, error) : NULL;
}

void
message_free(Message *message)
{
	if (message == NULL)
		return;

	head_free(message->own_head);
	mailbox_clear(&message->author);
	mailbox_clear(&message->to);
	visible_free(message->text);
	visible_free(message->html);
	g_free(message->calendar);
	g_free(message);
}

const Head *
message_head(const Message *message)
{
	return message->head;
}

char *
message_field(const Message *message, const char *name)
{
	const char *raw = head_get(message->head, name);
	g_autofree char *decoded = raw != NULL ? encoded_decode(raw) : NULL;

	return decoded != NULL ? text_clean(decoded, 1000) : NULL;
}

/* A date as fields have it; 0 where it is none. */
static gint64
date_of(const char *raw)
{
	g_autoptr(GDateTime) date =
	    raw != NULL ? g_mime_utils_header_decode_date(raw) : NULL;

	return date != NULL ? MAX(g_date_time_to_unix(date), 0) : 0;
}

gint64
message_date(const Message *message)
{
	return date_of(head_get(message->head, "Date"));
}

gint64
message_arrival(const Message *message, gint64 now)
{
	const char *received = head_get(message->head, "Received");
	const char *stamp = received != NULL ? strrchr(received, ';') : NULL;
	gint64 when = date_of(stamp != NULL ? stamp + 1 : NULL);

	if (when == 0)
		when = message_date(message);

	return when > 0 && when < now ? when : now;
}

const Mailbox *
message_author(const Message *message)
{
	return &message->author;
}

const Mailbox *
message_to(const Message *message)
{
	return &message->to;
}

const Visible *
message_text(const Message *message)
{
	return message->text;
}

const Visible *
message_html(const Message *message)
{
	return message->html;
}

const char *
message_calendar(const Message *message)
{
	return message->calendar;
}

MessageBlocks
message_blocks(const Message *message)
{
	return message->blocks;
}

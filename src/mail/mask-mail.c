/* SPDX-License-Identifier: BSD-2-Clause */
/* mask-mail.c - a mail's skeleton: its shape without what anybody wrote */

#include "config.h"

#include <string.h>

#include "mail/insert.h"
#include "mail/mask-calendar.h"
#include "mail/mask-field.h"
#include "mail/mask-html.h"
#include "mail/mask-mail.h"
#include "mail/mask-text.h"
#include "mail/message.h"
#include "mail/mime.h"
#include "mail/part.h"
#include "mail/transfer.h"
#include "text/charset.h"
#include "text/charset-name.h"

/* In no data file, so no masked line can be one. */
#define BOUNDARY "=_skeleton_"

typedef struct {
	const Mask *mask;   /* borrowed */
	GHashTable *fields; /* borrowed */
	const char *mail;   /* borrowed */
	size_t body;        /* where the head has ended */
	Mime *mime;         /* borrowed */
	GString *out;
	size_t boundaries; /* that were written */
} Work;

static bool
has_content(GMimeObject *object)
{
	return GMIME_IS_MULTIPART(object) &&
	       g_mime_multipart_get_count(GMIME_MULTIPART(object)) > 0;
}

/* The field of the name that counts, where a part has several: the last. */
static bool
is_overruled(const Work *work, GMimeObject *object, size_t index, const char *name)
{
	if (g_ascii_strcasecmp(name, "Content-Type") != 0 &&
	    g_ascii_strcasecmp(name, "Content-Transfer-Encoding") != 0)
		return false;
	for (size_t i = index + 1; i < mime_count_fields(object); i++) {
		g_autofree char *other = mime_name_at(work->mime, object, i);

		if (g_ascii_strcasecmp(name, other) == 0)
			return true;
	}

	return false;
}

static void
write_head(Work *work, GMimeObject *object, const char *boundary)
{
	size_t count = MIN(mime_count_fields(object), HEAD_MAX_FIELDS);

	for (size_t i = 0; i < count; i++) {
		g_autofree char *name = mime_name_at(work->mime, object, i);
		g_autofree char *value = mime_value_at(work->mime, object, i);
		g_autofree char *lower = g_ascii_strdown(name, -1);
		g_autofree char *field = NULL;

		if (name[0] == '\0' || is_overruled(work, object, i, name))
			continue;
		g_strstrip(value);
		field = mask_field(work->mask, g_hash_table_contains(work->fields, lower),
				   name, value, boundary);
		g_string_append(work->out, field);
	}
	g_string_append_c(work->out, '\n');
}

static void
remove_char(GString *text, char c)
{
	size_t to = 0;

	for (size_t i = 0; i < text->len; i++)
		if (text->str[i] != c)
			text->str[to++] = text->str[i];
	g_string_truncate(text, to);
}

/* In the part's charset, as far as that has the letters. */
static GString *
in_charset(const char *text, const char *charset)
{
	const char *name = charset_name_meant(charset);
	g_autofree char *bytes = NULL;
	gsize length;

	if (name != NULL)
		bytes = g_convert_with_fallback(text, -1, name, "UTF-8", "?", NULL,
						&length, NULL);

	return bytes != NULL ? g_string_new_len(bytes, (gssize)length)
			     : g_string_new(text);
}

/* The masked text in charset and transfer encoding of the part. */
static void
write_text(Work *work, const Part *part, const char *text)
{
	g_autoptr(GString) bytes = in_charset(text, part->charset);
	g_autoptr(GString) encoded = NULL;

	if (part->transfer == TRANSFER_QUOTED) {
		g_string_replace(bytes, "\n", "\r\n", 0);
		encoded = transfer_encode_quoted(bytes);
	} else if (part->transfer == TRANSFER_BASE64) {
		encoded = transfer_encode_base64(bytes);
	} else {
		encoded = g_steal_pointer(&bytes);
	}
	if (part->transfer == TRANSFER_QUOTED || part->transfer == TRANSFER_BASE64)
		remove_char(encoded, '\r');
	g_string_append_len(work->out, encoded->str, (gssize)encoded->len);
}

static bool
is_calendar(GMimeObject *object)
{
	return mime_is_type(object, "text", "calendar") ||
	       mime_is_type(object, "application", "ics");
}

/* The part's text as UTF-8 with "\n", or NULL. */
static char *
text_of(const Work *work, GMimeObject *object, Part *part_out)
{
	g_autofree char *text = NULL;
	g_autoptr(GString) lines = NULL;

	part_read(part_out, work->mime, work->body, GMIME_PART(object));
	if (part_out->decoded == NULL)
		return NULL;
	text = charset_text(part_out->decoded->str,
			    MIN(part_out->decoded->len, MESSAGE_MAX_TEXT),
			    part_out->charset);
	lines = g_string_new(text);
	remove_char(lines, '\r');

	return g_string_free(g_steal_pointer(&lines), FALSE);
}

static void
write_part(Work *work, GMimeObject *object)
{
	g_auto(Part) part = { 0 };
	g_autofree char *text = NULL;
	g_autofree char *masked = NULL;

	if (mime_is_attachment(object) && !is_calendar(object))
		return;
	if (!is_calendar(object) && !mime_is_type(object, "text", "plain") &&
	    !mime_is_type(object, "text", "html"))
		return;
	text = text_of(work, object, &part);
	if (text == NULL)
		return;
	if (is_calendar(object))
		masked = mask_calendar(work->mask, text);
	else if (part.is_html)
		masked = mask_html(work->mask, text, strlen(text));
	else
		masked = mask_text(work->mask, MASK_KEEP_ALL, text);
	write_text(work, &part, masked);
}

static void
write_object(Work *work, GMimeObject *object)
{
	g_autofree char *boundary = NULL;

	if (!has_content(object)) {
		write_head(work, object, NULL);
		if (GMIME_IS_PART(object))
			write_part(work, object);
		return;
	}
	boundary = g_strdup_printf(BOUNDARY "%c%c", (char)('a' + work->boundaries / 26),
				   (char)('a' + work->boundaries % 26));
	work->boundaries++;
	write_head(work, object, boundary);
	for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(object)); i++) {
		g_string_append_printf(work->out, "--%s\n", boundary);
		write_object(work, g_mime_multipart_get_part(GMIME_MULTIPART(object), i));
		g_string_append_c(work->out, '\n');
	}
	g_string_append_printf(work->out, "--%s--\n", boundary);
}

/* Where the head ends, its empty line included; the length where nothing follows. */
static size_t
body_start(const char *mail, size_t length)
{
	for (size_t at = 0; at < length;) {
		const char *next = memchr(mail + at, '\n', length - at);
		size_t end = transfer_line_end(mail + at, length - at);

		if (end > 0)
			return at + end;
		if (next == NULL)
			break;
		at = (size_t)(next - mail) + 1;
	}

	return length;
}

/* The mail without our blocks, or itself. */
static GString *
without_blocks(const char *mail, size_t length)
{
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
	size_t body = body_start(mail, length);
	g_autoptr(GString) rest = insert_into(mail, length, NULL, NULL, reasons);
	GString *whole = g_string_new_len(mail, (gssize)(rest != NULL ? body : length));

	if (rest != NULL)
		g_string_append_len(whole, rest->str, (gssize)rest->len);

	return whole;
}

/* NULL with error set where it cannot be read. */
static Mime *
mime_of(const char *mail, size_t length, GError **error)
{
	Mime *mime = NULL;

	if (length > MASK_MAIL_MAX_BYTES)
		g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_TOO_BIG,
			    "mail of %zu bytes, at most %d are read", length,
			    MASK_MAIL_MAX_BYTES);
	else
		switch (mime_new(mail, length, &mime)) {
		case MIME_NO_MAIL:
			g_set_error_literal(error, MESSAGE_ERROR, MESSAGE_ERROR_NOT_MAIL,
					    "no header found");
			break;
		case MIME_TOO_MANY_PARTS:
			g_set_error_literal(error, MESSAGE_ERROR, MESSAGE_ERROR_TOO_BIG,
					    "too many parts");
			break;
		default:
			break;
		}

	return mime;
}

/* What a part says of people. */
static void
hide_in(Mask *mask, const Work *work, GMimeObject *object)
{
	for (size_t i = 0; i < mime_count_fields(object); i++) {
		g_autofree char *name = mime_name_at(work->mime, object, i);
		g_autofree char *value = mime_value_at(work->mime, object, i);

		mask_field_hide(mask, name, value);
	}
	if (GMIME_IS_MULTIPART(object)) {
		GMimeMultipart *multipart = GMIME_MULTIPART(object);

		for (int i = 0; i < g_mime_multipart_get_count(multipart); i++)
			hide_in(mask, work, g_mime_multipart_get_part(multipart, i));
	} else if (GMIME_IS_PART(object) && is_calendar(object)) {
		g_auto(Part) part = { 0 };
		g_autofree char *text = text_of(work, object, &part);

		if (text != NULL)
			mask_calendar_hide(mask, text);
	}
}

void
mask_mail_hide(Mask *mask, const char *mail, size_t length)
{
	g_autoptr(Mime) mime = mime_of(mail, length, NULL);
	Work work = { .mime = mime, .mail = mail, .body = body_start(mail, length) };

	if (mime != NULL)
		hide_in(mask, &work, mime_root(mime));
}

GString *
mask_mail(const Mask *mask, GHashTable *fields, const char *mail, size_t length,
	  GError **error)
{
	g_autoptr(Mime) whole = mime_of(mail, length, error);
	g_autoptr(GString) bare = NULL;
	g_autoptr(Mime) mime = NULL;
	g_autoptr(GString) out = NULL;
	Work work = { .mask = mask, .fields = fields };

	if (whole == NULL)
		return NULL;
	bare = without_blocks(mail, length);
	mime = mime_of(bare->str, bare->len, error);
	if (mime == NULL)
		return NULL;
	out = g_string_new(NULL);
	work.mail = bare->str;
	work.body = body_start(bare->str, bare->len);
	work.mime = mime;
	work.out = out;
	write_object(&work, mime_root(mime));
	if (!g_str_has_suffix(out->str, "\n"))
		g_string_append_c(out, '\n');

	return g_steal_pointer(&out);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* compose.c - a mail of ours, as text and as HTML */

#include "config.h"

#include <gmime/gmime.h>

#include "mail/compose.h"
#include "text/address.h"

G_DEFINE_QUARK(compose_error, compose_error)

static GMimeObject *
part_of(const char *subtype, const char *text)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);

	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, text);
	g_mime_part_set_content_encoding(GMIME_PART(part),
					 GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);

	return GMIME_OBJECT(part);
}

/* The richest stands last (RFC 2046, section 5.1.4). */
static GMimeObject *
body_of(const ComposeMail *mail)
{
	GMimeMultipart *body = g_mime_multipart_new_with_subtype("alternative");
	GMimeObject *text = part_of("plain", mail->text);
	GMimeObject *html = part_of("html", mail->html);
	g_autofree char *sum =
	    g_compute_checksum_for_string(G_CHECKSUM_SHA256, mail->message_id, -1);
	/* In no line of quoted-printable (RFC 2045, section 6.7). */
	g_autofree char *boundary = g_strdup_printf("=_%.24s", sum);

	g_mime_multipart_set_boundary(body, boundary);
	g_mime_multipart_add(body, text);
	g_mime_multipart_add(body, html);
	g_object_unref(text);
	g_object_unref(html);

	return GMIME_OBJECT(body);
}

static void
set_fields(GMimeMessage *message, const ComposeMail *mail)
{
	GMimeObject *object = GMIME_OBJECT(message);
	const char *domain = address_domain(mail->from);
	g_autofree char *list = g_strdup_printf("<%s.%s>", mail->list, domain);

	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, mail->from_name,
				   mail->from);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, mail->to);
	g_mime_message_set_subject(message, mail->subject, "utf-8");
	g_mime_message_set_date(message, mail->date);
	g_mime_message_set_message_id(message, mail->message_id);
	g_mime_object_set_header(object, "Auto-Submitted", "auto-generated", NULL);
	g_mime_object_set_header(object, "List-Id", list, NULL);
	g_mime_object_set_header(object, "Precedence", "list", NULL);
	/* What Exchange asks before it sends somebody's absence. */
	g_mime_object_set_header(object, "X-Auto-Response-Suppress", "All", NULL);
	g_mime_object_set_header(object, "MIME-Version", "1.0", NULL);
}

GString *
compose_mail(const ComposeMail *mail, GError **error)
{
	GMimeMessage *message;
	GMimeObject *body;
	g_autofree char *bytes = NULL;

	if (!address_is_plain(mail->from) || !address_is_plain(mail->to)) {
		g_set_error(error, COMPOSE_ERROR, 0,
			    "\"%s\" is no address that mail can be sent %s",
			    address_is_plain(mail->from) ? mail->to : mail->from,
			    address_is_plain(mail->from) ? "to" : "from");
		return NULL;
	}
	message = g_mime_message_new(TRUE);
	set_fields(message, mail);
	body = body_of(mail);
	g_mime_message_set_mime_part(message, body);
	bytes = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
	g_object_unref(body);
	g_object_unref(message);

	return g_string_new(bytes);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* mask-field.c - a header field whose value is masked */

#include "config.h"

#include <string.h>

#include "mail/encoded.h"
#include "mail/encoded-field.h"
#include "mail/mask-field.h"
#include "mail/mask-text.h"
#include "mail/parameter.h"
#include "mail/transfer.h"
#include "text/address.h"
#include "text/charset-name.h"

/* How a field is read; of all others no word stays. */
typedef enum {
	FORM_OPAQUE,
	FORM_MAILBOXES,
	FORM_TEXT,
	FORM_LINKS, /* words of links and addresses stay */
	FORM_ID,    /* the same, on both sides of "@" */
	FORM_RESULTS,
	FORM_TYPE,
	FORM_TRANSFER,
	FORM_VERSION,
} Form;

static const struct {
	const char *name; /* a "-" at its end: all that begin so */
	Form form;
} fields[] = {
	{ "From", FORM_MAILBOXES },
	{ "Sender", FORM_MAILBOXES },
	{ "Reply-To", FORM_MAILBOXES },
	{ "To", FORM_MAILBOXES },
	{ "Cc", FORM_MAILBOXES },
	{ "Bcc", FORM_MAILBOXES },
	{ "Delivered-To", FORM_MAILBOXES },
	{ "X-Original-To", FORM_MAILBOXES },
	{ "Return-Path", FORM_MAILBOXES },
	{ "Subject", FORM_TEXT },
	{ "Received", FORM_TEXT },
	{ "List-", FORM_LINKS },
	{ "Message-ID", FORM_ID },
	{ "In-Reply-To", FORM_ID },
	{ "References", FORM_ID },
	{ "Content-ID", FORM_ID },
	{ "Authentication-Results", FORM_RESULTS },
	{ "Content-Type", FORM_TYPE },
	{ "Content-Disposition", FORM_TYPE },
	{ "Content-Transfer-Encoding", FORM_TRANSFER },
	{ "MIME-Version", FORM_VERSION },
};

/* Types of parts, and kinds of dispositions. */
static const char *const types[] = {
	"text/plain",
	"text/enriched",
	"text/richtext",
	"text/html",
	"text/calendar",
	"text/csv",
	"text/rfc822-headers",
	"text/x-amp-html",
	"multipart/mixed",
	"multipart/alternative",
	"multipart/related",
	"multipart/signed",
	"multipart/report",
	"multipart/encrypted",
	"multipart/digest",
	"message/rfc822",
	"message/delivery-status",
	"message/global",
	"image/png",
	"image/jpeg",
	"image/gif",
	"image/webp",
	"image/svg+xml",
	"application/ics",
	"application/pdf",
	"application/octet-stream",
	"application/zip",
	"application/pkcs7-mime",
	"application/x-pkcs7-mime",
	"application/pkcs7-signature",
	"application/pgp-signature",
	"application/pgp-encrypted",
	"inline",
	"attachment",
};

/* Values of parameters that tell how a part is read. */
static const char *const parameters[] = { "flowed", "fixed",   "yes",
					  "no",     "request", "reply",
					  "cancel", "publish", "counter" };

/* Words of Authentication-Results (RFC 8601). */
static const char *const results[] = {
	"dkim",      "spf",       "dmarc",         "arc",           "auth",
	"pass",      "fail",      "none",          "neutral",       "softfail",
	"policy",    "temperror", "permerror",     "header.d",      "header.i",
	"header.s",  "header.b",  "header.from",   "smtp.mailfrom", "smtp.helo",
	"smtp.auth", "iprev",     "bestguesspass", "reason",        "action",
};

static bool
is_among(const char *const *names, size_t count, const char *text, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == length &&
		    g_ascii_strncasecmp(names[i], text, length) == 0)
			return true;

	return false;
}

static Form
form_of(const char *name)
{
	if (g_ascii_strncasecmp(name, "Resent-", strlen("Resent-")) == 0)
		name += strlen("Resent-");
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		const char *known = fields[i].name;

		if (g_str_has_suffix(known, "-")
			? g_ascii_strncasecmp(name, known, strlen(known)) == 0
			: g_ascii_strcasecmp(name, known) == 0)
			return fields[i].form;
	}

	return FORM_OPAQUE;
}

/* A list of mailboxes in work. */
typedef struct {
	const Mask *mask; /* borrowed */
	GString *out;
	bool is_in_group;
} List;

static void
add_mailbox(void *context, const char *name, const char *address)
{
	List *list = context;
	g_autofree char *decoded = encoded_decode(name);
	g_autofree char *masked = mask_text(list->mask, MASK_KEEP_ALL, decoded);
	g_autofree char *phrase = encoded_field(masked, ENCODED_PHRASE, 0);
	g_autofree char *masked_address =
	    address != NULL ? mask_text(list->mask, MASK_KEEP_NONE, address) : NULL;

	if (list->out->len > 0 && !g_str_has_suffix(list->out->str, ": "))
		g_string_append(list->out, ",\n\t");
	if (address == NULL) {
		g_string_append_printf(list->out, "%s: ", phrase);
		list->is_in_group = true;
	} else {
		g_string_append_printf(list->out, "%s%s<%s>", phrase,
				       phrase[0] != '\0' ? " " : "", masked_address);
	}
}

static char *
mailboxes(const Mask *mask, const char *value)
{
	g_autoptr(GString) out = g_string_new(NULL);
	List list = { .mask = mask, .out = out };

	address_list(value, add_mailbox, &list);
	if (list.is_in_group)
		g_string_append_c(out, ';');

	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
hide_mailbox(void *context, const char *name, const char *address)
{
	Mask *mask = context;
	g_autofree char *decoded = encoded_decode(name);
	const char *domain = address != NULL ? address_domain(address) : NULL;
	const char *dot = domain != NULL ? strrchr(domain, '.') : NULL;
	g_autofree char *rest = NULL;
	g_autofree gunichar *host = NULL;
	glong length;

	mask_hide(mask, MASK_OF_FIELD, decoded);
	if (domain == NULL || domain == address)
		return;
	host = g_utf8_to_ucs4(domain, -1, NULL, &length, NULL);
	/* An address of a network says nothing of a person. */
	if (host == NULL || mask_host(mask, host, (size_t)length))
		return;
	rest =
	    g_strndup(address, dot != NULL ? (size_t)(dot - address) : strlen(address));
	mask_hide(mask, MASK_OF_ADDRESS, rest);
}

void
mask_field_hide(Mask *mask, const char *name, const char *value)
{
	if (form_of(name) == FORM_MAILBOXES)
		address_list(value, hide_mailbox, mask);
}

/* Lines that are not empty, and all but the first begin with white space. */
static char *
as_folded(const char *value)
{
	g_auto(GStrv) lines = g_strsplit_set(value, "\r\n", -1);
	g_autoptr(GString) out = g_string_new(NULL);

	for (size_t i = 0; lines[i] != NULL; i++) {
		if (lines[i][strspn(lines[i], " \t")] == '\0')
			continue;
		if (out->len > 0)
			g_string_append(out,
					g_ascii_isspace(lines[i][0]) ? "\n" : "\n\t");
		g_string_append(out, lines[i]);
	}

	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Between what parts words there, each word stays or is masked as a text. */
static char *
results_of(const Mask *mask, const char *value)
{
	static const char gaps[] = " \t\r\n;=()\"";
	g_autofree char *decoded = as_folded(value);
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *at = decoded; *at != '\0';) {
		size_t length = strcspn(at, gaps);
		g_autofree char *word = g_strndup(at, length);
		g_autofree char *masked = NULL;

		if (is_among(results, G_N_ELEMENTS(results), at, length))
			masked = g_strdup(word);
		else
			masked = mask_text(mask, MASK_KEEP_TERMS, word);
		g_string_append(out, masked);
		at += length;
		if (*at != '\0')
			g_string_append_c(out, *at++);
	}

	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* One parameter of a type, without the boundary. */
static void
append_parameter(GString *out, const Mask *mask, const Parameter *parameter)
{
	g_autofree char *name = g_strndup(parameter->name, parameter->name_length);
	g_autofree char *value = g_strndup(parameter->value, parameter->value_length);
	g_autofree char *masked_name = mask_text(mask, MASK_KEEP_UNHIDDEN, name);
	g_autofree char *masked = NULL;

	if (is_among(parameters, G_N_ELEMENTS(parameters), value, strlen(value)) ||
	    is_among(types, G_N_ELEMENTS(types), value, strlen(value)) ||
	    (parameter_is(parameter, "charset") && charset_name_written(value) != NULL))
		masked = g_strdup(value);
	else if (parameter_is(parameter, "start"))
		masked = mask_text(mask, MASK_KEEP_TERMS, value);
	else
		masked = mask_text(mask, MASK_KEEP_NONE, value);
	g_strdelimit(masked, "\"\\\r\n", ' ');
	/* Pieces of a value (RFC 2231) are values of their own. */
	masked_name[strcspn(masked_name, "*\r\n")] = '\0';
	g_string_append_printf(out, ";\n\t%s=\"%s\"", g_strstrip(masked_name), masked);
}

static char *
type_of(const Mask *mask, const char *value, const char *boundary)
{
	const char *end = value + strlen(value), *at = parameter_first(value, end);
	g_autofree char *type = g_strstrip(g_strndup(value, (size_t)(at - value)));
	g_autoptr(GString) out = g_string_new(NULL);
	Parameter parameter;

	if (is_among(types, G_N_ELEMENTS(types), type, strlen(type))) {
		g_string_append(out, type);
	} else {
		/* "image/x-photo" is still an image. */
		static const char *const tops[] = { "text",    "image",       "multipart",
						    "message", "application", "audio",
						    "video",   "font" };
		size_t top = strcspn(type, "/");
		g_autofree char *rest = mask_text(mask, MASK_KEEP_NONE, type + top);
		g_autofree char *first = g_strndup(type, top);
		g_autofree char *masked = mask_text(mask, MASK_KEEP_NONE, first);

		g_string_append(
		    out, is_among(tops, G_N_ELEMENTS(tops), type, top) ? first : masked);
		g_string_append(out, rest);
		g_strdelimit(out->str, "\r\n;", ' ');
	}
	while (parameter_next(&at, end, &parameter))
		if (!parameter_is(&parameter, "boundary") && parameter.name_length > 0)
			append_parameter(out, mask, &parameter);
	if (boundary != NULL)
		g_string_append_printf(out, ";\n\tboundary=\"%s\"", boundary);

	return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *
text_of(const Mask *mask, MaskKeep keep, const char *name, const char *value)
{
	g_autofree char *decoded = NULL;
	g_autofree char *masked = NULL;

	/* As it is folded, where nothing needs to be decoded. */
	if (g_str_is_ascii(value) &&
	    (keep == MASK_KEEP_NONE || strstr(value, "=?") == NULL)) {
		masked = mask_text(mask, keep, value);
		return as_folded(masked);
	}
	decoded = encoded_decode(value);
	masked = mask_text(mask, keep, decoded);

	return encoded_field(masked, ENCODED_TEXT, strlen(name) + 2);
}

/* The words of an ID are of one kind on both sides of "@". */
static char *
id_of(const Mask *mask, const char *value)
{
	g_autofree char *decoded = encoded_decode(value);
	glong length;
	g_autofree gunichar *chars = g_utf8_to_ucs4_fast(decoded, -1, &length);

	mask_words(mask, MASK_KEEP_TERMS, chars, (size_t)length);

	return g_ucs4_to_utf8(chars, length, NULL, NULL, NULL);
}

static char *
transfer_name(const char *value)
{
	static const char *const names[] = {
		[TRANSFER_7BIT] = "7bit",     [TRANSFER_8BIT] = "8bit",
		[TRANSFER_BINARY] = "binary", [TRANSFER_QUOTED] = "quoted-printable",
		[TRANSFER_BASE64] = "base64", [TRANSFER_UNKNOWN] = "x-unknown",
	};

	return g_strdup(names[transfer_of(value)]);
}

static char *
value_of(const Mask *mask, bool is_named, const char *name, const char *value,
	 const char *boundary)
{
	g_autofree char *text = NULL;
	bool is_type;

	switch (form_of(name)) {
	case FORM_MAILBOXES:
		return mailboxes(mask, value);
	case FORM_TEXT:
		return text_of(mask, MASK_KEEP_ALL, name, value);
	case FORM_LINKS:
		return text_of(mask, MASK_KEEP_TERMS, name, value);
	case FORM_ID:
		return id_of(mask, value);
	case FORM_RESULTS:
		return results_of(mask, value);
	case FORM_TYPE:
		is_type = g_ascii_strcasecmp(name, "Content-Type") == 0;
		return type_of(mask, value, is_type ? boundary : NULL);
	case FORM_TRANSFER:
		return transfer_name(value);
	case FORM_VERSION:
		text = g_strstrip(g_strdup(value));
		return g_str_equal(text, "1.0")
			   ? g_steal_pointer(&text)
			   : text_of(mask, MASK_KEEP_NONE, name, value);
	default:
		return text_of(mask, is_named ? MASK_KEEP_ALL : MASK_KEEP_NONE, name,
			       value);
	}
}

char *
mask_field(const Mask *mask, bool is_named, const char *name, const char *value,
	   const char *boundary)
{
	g_autofree char *masked_value = value_of(mask, is_named, name, value, boundary);
	g_autofree char *masked_name = is_named || form_of(name) != FORM_OPAQUE
					   ? g_strdup(name)
					   : mask_text(mask, MASK_KEEP_UNHIDDEN, name);

	return g_strdup_printf("%s: %s\n", masked_name, masked_value);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * transfer.c - from a part's raw content to its text, and back
 *
 * Design rationale
 *	GMime 3.2.13 stops at the first "=" in base64, and it cannot tell which
 *	raw byte of quoted-printable a decoded one came from.  So both are read
 *	here, whether a mail is only read or also written into.
 */
#include "config.h"

#include <string.h>

#include "text/charset.h"
#include "text/charset-name.h"
#include "mail/transfer.h"

#define MAX_QP_COLUMN 75 /* RFC 2045, section 6.7, rule 5, and room for "=" */
#define BASE64_LINE   57 /* bytes that make 76 columns */

static const struct {
	const char *name;
	Transfer transfer;
} transfers[] = {
	{ "7bit", TRANSFER_7BIT },     { "8bit", TRANSFER_8BIT },
	{ "binary", TRANSFER_BINARY }, { "quoted-printable", TRANSFER_QUOTED },
	{ "base64", TRANSFER_BASE64 },
};

/* Decoded bytes on their way into a buffer that has room for all. */
typedef struct {
	char *bytes;
	size_t length;
	size_t limit;
} Sink;

static void
sink_put(Sink *sink, const char *bytes, size_t length)
{
	memcpy(sink->bytes + sink->length, bytes, length);
	sink->length += length;
}

/* Called for each "=" of a mail. */
static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;

	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/*
 * The text of one line: runs that are themselves, and what "=" begins, a byte
 * or, where it is none, itself.  Returns where it ended, at the limit or at to.
 */
static size_t
quoted_text(const char *raw, size_t at, size_t to, Sink *sink)
{
	while (at < to && sink->length < sink->limit) {
		const char *escape = memchr(raw + at, '=', to - at);
		size_t run = (escape != NULL ? (size_t)(escape - raw) : to) - at;
		int high, low;

		if (run > 0) {
			run = MIN(run, sink->limit - sink->length);
			sink_put(sink, raw + at, run);
			at += run;
		} else if (to - at > 2 && (high = hex_value(raw[at + 1])) >= 0 &&
			   (low = hex_value(raw[at + 2])) >= 0) {
			sink->bytes[sink->length++] = (char)(high * 16 + low);
			at += 3;
		} else {
			sink->bytes[sink->length++] = raw[at++];
		}
	}

	return at;
}

/*
 * Decode until the limit is reached.  Returns how many raw bytes that took.
 * Blanks before a line end are no text, and "=" there joins two lines (RFC
 * 2045, section 6.7, rules 3 and 5).
 */
static size_t
quoted_decode(const char *raw, size_t length, Sink *sink)
{
	size_t at = 0;

	while (at < length && sink->length < sink->limit) {
		const char *newline = memchr(raw + at, '\n', length - at);
		size_t next = newline != NULL ? (size_t)(newline - raw) + 1 : length;
		size_t end = next - (newline != NULL), text, reached;

		if (newline != NULL && end > at && raw[end - 1] == '\r')
			end--;
		for (text = end;
		     text > at && (raw[text - 1] == ' ' || raw[text - 1] == '\t'); text--)
			;
		if (text > at && raw[text - 1] == '=') {
			text--;
			end = next;
		}
		reached = quoted_text(raw, at, text, sink);
		if (reached < text)
			return reached;
		sink_put(sink, raw + end, MIN(next - end, sink->limit - sink->length));
		at = next;
	}

	return at;
}

/* Room for as much as the raw has: decoded text is never longer. */
static Sink
sink_at_end(GString *out, size_t length)
{
	Sink sink = { .length = out->len, .limit = out->len + length };

	g_string_set_size(out, out->len + length);
	sink.bytes = out->str;

	return sink;
}

static void
quoted_append(const char *raw, size_t length, GString *out)
{
	Sink sink = sink_at_end(out, length);

	quoted_decode(raw, length, &sink);
	g_string_set_size(out, sink.length);
}

/* The six bits of a character, or -1. */
static int
base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;

	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/*
 * Decode, beginning anew behind each "=": some senders encode in pieces and
 * pad each.  False where anything was skipped that is no base64.
 */
static bool
base64_decode(const char *raw, size_t length, GString *out)
{
	unsigned bits = 0, count = 0;
	bool is_pure = true;

	for (size_t i = 0; i < length; i++) {
		int value = base64_value(raw[i]);

		if (value >= 0) {
			bits = (bits << 6 | (unsigned)value) & 0xffffff;
			count++;
			/* The 2nd, 3rd and 4th complete a byte and begin the next. */
			if (count % 4 != 1)
				g_string_append_c(out, bits >> (8 - 2 * count) % 8);
		} else if (raw[i] == '=') {
			count = 0;
		} else if (!g_ascii_isspace(raw[i])) {
			is_pure = false;
		}
	}

	return is_pure;
}

Transfer
transfer_of(const char *field)
{
	g_autofree char *name = g_strstrip(g_strdup(field != NULL ? field : "7bit"));

	for (size_t i = 0; i < G_N_ELEMENTS(transfers); i++)
		if (g_ascii_strcasecmp(name, transfers[i].name) == 0)
			return transfers[i].transfer;

	return TRANSFER_UNKNOWN;
}

size_t
transfer_line_end(const char *bytes, size_t length)
{
	if (length > 1 && bytes[0] == '\r' && bytes[1] == '\n')
		return 2;

	return length > 0 && bytes[0] == '\n' ? 1 : 0;
}

bool
transfer_decode(Transfer transfer, const char *raw, size_t length, GString *out)
{
	switch (transfer) {
	case TRANSFER_QUOTED:
		quoted_append(raw, length, out);
		return true;
	case TRANSFER_BASE64:
		return base64_decode(raw, length, out);
	default:
		g_string_append_len(out, raw, length);
		return true;
	}
}

void
transfer_decode_escapes(const char *text, size_t length, GString *out)
{
	Sink sink = sink_at_end(out, length);

	quoted_text(text, 0, length, &sink);
	g_string_set_size(out, sink.length);
}

size_t
transfer_quoted_place(const char *raw, size_t length, size_t decoded)
{
	g_autofree char *before = g_malloc(decoded + 1);
	Sink sink = { .bytes = before, .limit = decoded };
	size_t at = quoted_decode(raw, length, &sink), soft = 0;

	if (at < length && raw[at] == '=')
		soft = transfer_line_end(raw + at + 1, length - at - 1);

	return at + (soft > 0 ? 1 + soft : 0);
}

static void
append_escape(GString *out, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char escape[] = { '=', digits[c >> 4], digits[c & 0xf] };

	g_string_append_len(out, escape, sizeof(escape));
}

/* How many bytes from here on, up to most, stand for themselves? */
static size_t
plain_length(const GString *bytes, size_t at, size_t most)
{
	size_t length = 0;

	for (; length < most && at + length < bytes->len; length++) {
		const char *c = bytes->str + at + length;

		/* A blank at the end of a line does not. */
		if ((*c < ' ' || *c > '~' || *c == '=') ||
		    (*c == ' ' &&
		     transfer_line_end(c + 1, bytes->len - at - length - 1) > 0))
			break;
	}

	return length;
}

GString *
transfer_encode_quoted(const GString *bytes)
{
	GString *out = g_string_sized_new(bytes->len + bytes->len / 4);
	size_t column = 0, i = 0;

	while (i < bytes->len) {
		bool is_plain = plain_length(bytes, i, 1) > 0;
		size_t length = 1;

		if (transfer_line_end(bytes->str + i, bytes->len - i) == 2) {
			g_string_append(out, "\r\n");
			column = 0;
			i += 2;
			continue;
		}
		if (column + (is_plain ? 1 : 3) > MAX_QP_COLUMN) {
			g_string_append(out, "=\r\n");
			column = 0;
		}
		if (is_plain) {
			length = plain_length(bytes, i, MAX_QP_COLUMN - column);
			g_string_append_len(out, bytes->str + i, (gssize)length);
		} else {
			append_escape(out, (unsigned char)bytes->str[i]);
		}
		column += is_plain ? length : 3;
		i += length;
	}

	return out;
}

GString *
transfer_encode_base64(const GString *bytes)
{
	GString *out = g_string_sized_new(bytes->len / 3 * 4 + bytes->len / 28 + 8);

	for (size_t i = 0; i < bytes->len; i += BASE64_LINE) {
		g_autofree char *line = g_base64_encode((const guchar *)bytes->str + i,
							MIN(BASE64_LINE, bytes->len - i));

		if (i > 0)
			g_string_append(out, "\r\n");
		g_string_append(out, line);
	}

	return out;
}

bool
transfer_keeps_ascii(const char *charset)
{
	static const char probe[] = "<a>=";
	const char *name = charset_name_written(charset);
	g_autofree char *converted = NULL;
	size_t length;

	if (name != NULL && g_str_equal(name, "UTF-8"))
		return true;
	/* The Chinese and Korean kin of ISO-2022-JP begin a text with escapes. */
	if (name == NULL ||
	    (g_str_has_prefix(name, "ISO-2022-") && !g_str_equal(name, "ISO-2022-JP")))
		return false;

	converted = transfer_from_utf8(probe, strlen(probe), charset, &length);

	return converted != NULL && length == strlen(probe) &&
	       memcmp(converted, probe, length) == 0;
}

char *
transfer_from_utf8(const char *text, size_t length, const char *charset,
		   size_t *length_out)
{
	const char *name = charset_name_written(charset);

	/* What most mails are written in. */
	if (name != NULL && g_str_equal(name, "UTF-8") && charset_is_utf8(text, length)) {
		*length_out = length;
		return g_strndup(text, length);
	}

	return name != NULL
		   ? g_convert(text, length, name, "UTF-8", NULL, length_out, NULL)
		   : NULL;
}

GString *
transfer_to_utf8(const GString *bytes, const char *charset)
{
	GString *text = g_string_sized_new(bytes->len + bytes->len / 8);

	charset_append(text, bytes->str, bytes->len, charset);

	return text;
}

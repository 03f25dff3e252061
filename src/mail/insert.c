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
 *
 *	Contents are decoded here: GMime 3.2.13 stops at the first "=" in
 *	base64, and a place in decoded quoted-printable must be found again in
 *	the raw bytes.
 */

#include <stdbool.h>
#include <string.h>

#include <gmime/gmime.h>

#include "mail/insert.h"

/* A real alternative has two or three parts; each one changed adds a block. */
#define MAX_CHANGED	20

#define MAX_LINE	998	/* RFC 5322, section 2.1.1 */
#define MAX_QP_COLUMN	75	/* RFC 2045, section 6.7, rule 5, and room for "=" */
#define BASE64_LINE	57	/* bytes that make 76 columns */
#define MAX_CHARSET	40	/* IANA allows that many */

#define BOM		"\xEF\xBB\xBF"

/* GMime 3.2 brings none of its own. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)

typedef enum {
	ENCODING_7BIT,
	ENCODING_8BIT,
	ENCODING_BINARY,
	ENCODING_QUOTED,
	ENCODING_BASE64,
	ENCODING_UNKNOWN,
} Encoding;

static const struct {
	const char *name;
	Encoding encoding;
} encodings[] = {
	{ "7bit", ENCODING_7BIT },
	{ "8bit", ENCODING_8BIT },
	{ "binary", ENCODING_BINARY },
	{ "quoted-printable", ENCODING_QUOTED },
	{ "base64", ENCODING_BASE64 },
};

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
	const char *mail;	/* borrowed */
	size_t length;
	size_t body;		/* where the head's empty line has ended */
	const char *text;	/* borrowed */
	const char *html;	/* borrowed */
	GPtrArray *boundaries;	/* of const char *, those around the part at hand */
	GArray *splices;	/* of Splice, in the order of the mail */
	GPtrArray *reasons;	/* borrowed */
} Work;

/* One text or HTML part. */
typedef struct {
	bool is_html;
	bool is_flowed;
	Encoding encoding;
	char *charset;
	size_t start;		/* of the raw content in the mail */
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

/* How many bytes of a line end stand here: 2, 1 or 0. */
static size_t
line_end(const char *bytes, size_t length)
{
	if (length > 1 && bytes[0] == '\r' && bytes[1] == '\n')
		return 2;

	return length > 0 && bytes[0] == '\n' ? 1 : 0;
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

static size_t
blanks(const char *raw, size_t length)
{
	size_t count = 0;

	while (count < length && (raw[count] == ' ' || raw[count] == '\t'))
		count++;

	return count;
}

/*
 * Read what a "=" begins: a byte, nothing (a soft line break), or, where it is
 * neither, itself.  Returns how many raw bytes that were.
 */
static size_t
quoted_escape(const char *raw, size_t length, GString *out)
{
	size_t gap = 1 + blanks(raw + 1, length - 1);
	size_t ended = line_end(raw + gap, length - gap);

	if (ended > 0 || gap == length)
		return gap + ended;

	if (length > 2 && g_ascii_isxdigit(raw[1]) && g_ascii_isxdigit(raw[2])) {
		g_string_append_c(out, g_ascii_xdigit_value(raw[1]) * 16 +
				  g_ascii_xdigit_value(raw[2]));
		return 3;
	}

	g_string_append_c(out, '=');

	return 1;
}

/*
 * Decode until limit bytes are out.  Returns how many raw bytes that took.
 * Blanks before a line end are no text (RFC 2045, section 6.7, rule 3).
 */
static size_t
quoted_decode(const char *raw, size_t length, size_t limit, GString *out)
{
	size_t i = 0;

	while (i < length && out->len < limit) {
		size_t gap = blanks(raw + i, length - i);

		if (gap > 0) {
			if (i + gap < length &&
			    line_end(raw + i + gap, length - i - gap) == 0) {
				gap = MIN(gap, limit - out->len);
				g_string_append_len(out, raw + i, gap);
			}
			i += gap;
		} else if (raw[i] == '=') {
			i += quoted_escape(raw + i, length - i, out);
		} else {
			g_string_append_c(out, raw[i++]);
		}
	}

	return i;
}

/* Encode bytes whose lines end in CRLF. */
static GString *
quoted_encode(const GString *bytes)
{
	GString *out = g_string_sized_new(bytes->len + bytes->len / 4);
	size_t column = 0;

	for (size_t i = 0; i < bytes->len; i++) {
		unsigned char c = bytes->str[i];
		bool is_last = line_end(bytes->str + i + 1, bytes->len - i - 1) > 0;
		bool is_plain =
			(c > ' ' && c <= '~' && c != '=') || (c == ' ' && !is_last);

		if (line_end(bytes->str + i, bytes->len - i) == 2) {
			g_string_append(out, "\r\n");
			column = 0;
			i++;
			continue;
		}
		if (column + (is_plain ? 1 : 3) > MAX_QP_COLUMN) {
			g_string_append(out, "=\r\n");
			column = 0;
		}
		g_string_append_printf(out, is_plain ? "%c" : "=%02X", c);
		column += is_plain ? 1 : 3;
	}

	return out;
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
 * pad each.  False where anything stands in it that is no base64, as the
 * footer of a mailing list does.
 */
static bool
base64_decode(const char *raw, size_t length, GString *out)
{
	unsigned bits = 0, count = 0;

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
			return false;
		}
	}

	return true;
}

/* Lines of 76 columns with CRLF between them, none behind the last. */
static GString *
base64_encode(const GString *bytes)
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

typedef enum {
	TAG_ATTRIBUTES,		/* name of the tag or of an attribute */
	TAG_EQUALS,		/* a value comes */
	TAG_VALUE,		/* a value without quotes */
	TAG_QUOTED,
} TagState;

typedef enum {
	ELEMENT_OTHER,		/* content: here the body has begun, tag or not */
	ELEMENT_HTML,
	ELEMENT_HEAD,
	ELEMENT_BODY,
	ELEMENT_FURNITURE,	/* of a head */
	ELEMENT_RAW,		/* the same, and tags in it are none */
} ElementKind;

static const struct {
	const char *name;
	ElementKind kind;
} elements[] = {
	{ "html", ELEMENT_HTML },
	{ "head", ELEMENT_HEAD },
	{ "body", ELEMENT_BODY },
	{ "meta", ELEMENT_FURNITURE },
	{ "link", ELEMENT_FURNITURE },
	{ "base", ELEMENT_FURNITURE },
	{ "noscript", ELEMENT_FURNITURE },
	{ "title", ELEMENT_RAW },
	{ "style", ELEMENT_RAW },
	{ "script", ELEMENT_RAW },
};

/* What is known while HTML is read from its start. */
typedef struct {
	const char *html;
	size_t length;
	size_t at;
	size_t top;		/* behind the last tag that may stand before content */
	size_t content;		/* where content begins; length: none seen */
	bool in_head;		/* between <head> and </head> */
	bool is_found;		/* content is the answer */
} HtmlScan;

/* Does the name stand here, as a whole word, in any case? */
static bool
name_stands(const HtmlScan *scan, size_t at, const char *name)
{
	size_t length = strlen(name);

	if (scan->length - at < length ||
	    g_ascii_strncasecmp(scan->html + at, name, length) != 0)
		return false;

	return at + length == scan->length || scan->html[at + length] == '>' ||
	       scan->html[at + length] == '/' || g_ascii_isspace(scan->html[at + length]);
}

static TagState
tag_next(TagState state, char c, char *quote)
{
	switch (state) {
	case TAG_ATTRIBUTES:
		return c == '=' ? TAG_EQUALS : TAG_ATTRIBUTES;
	case TAG_EQUALS:
		*quote = c;
		if (g_ascii_isspace(c))
			return TAG_EQUALS;
		return c == '"' || c == '\'' ? TAG_QUOTED : TAG_VALUE;
	case TAG_VALUE:
		return g_ascii_isspace(c) ? TAG_ATTRIBUTES : TAG_VALUE;
	case TAG_QUOTED:
		return c == *quote ? TAG_ATTRIBUTES : TAG_QUOTED;
	}

	g_assert_not_reached();
}

/* Behind the tag that is open at this place; length where it does not end. */
static size_t
tag_end(const HtmlScan *scan, size_t at)
{
	TagState state = TAG_ATTRIBUTES;
	char quote = '\0';

	for (; at < scan->length; at++) {
		if (scan->html[at] == '>' && state != TAG_QUOTED)
			return at + 1;
		state = tag_next(state, scan->html[at], &quote);
	}

	return scan->length;
}

/* Behind the next occurrence of the end, or length. */
static size_t
behind(const HtmlScan *scan, size_t at, const char *end)
{
	const char *found = memmem(scan->html + at, scan->length - at, end, strlen(end));

	return found != NULL ? (size_t)(found - scan->html) + strlen(end) : scan->length;
}

/* Behind the end tag of the element, or length. */
static size_t
behind_raw(const HtmlScan *scan, size_t at, const char *name)
{
	while ((at = behind(scan, at, "</")) < scan->length)
		if (name_stands(scan, at, name))
			return tag_end(scan, at);

	return scan->length;
}

/* Content: the answer unless it stands in a head, where a </head> may follow. */
static void
scan_content(HtmlScan *scan)
{
	if (scan->content == scan->length)
		scan->content = scan->at;
	scan->is_found = !scan->in_head;
}

static void
scan_start_tag(HtmlScan *scan)
{
	size_t name = scan->at + 1, end = tag_end(scan, name), i = 0;

	while (i < G_N_ELEMENTS(elements) && !name_stands(scan, name, elements[i].name))
		i++;

	switch (i < G_N_ELEMENTS(elements) ? elements[i].kind : ELEMENT_OTHER) {
	case ELEMENT_OTHER:
		scan_content(scan);
		break;
	case ELEMENT_BODY:
		scan->content = end;
		scan->is_found = true;
		break;
	case ELEMENT_HEAD:
		scan->in_head = true;
		scan->top = end;
		break;
	case ELEMENT_RAW:
		end = behind_raw(scan, end, elements[i].name);
		scan->top = end < scan->length ? end : scan->top;
		break;
	case ELEMENT_HTML:
	case ELEMENT_FURNITURE:
		scan->top = end;
		break;
	}

	scan->at = end;
}

static void
scan_end_tag(HtmlScan *scan)
{
	bool is_head = name_stands(scan, scan->at + 2, "head");

	scan->at = tag_end(scan, scan->at + 2);
	if (!is_head)
		return;

	scan->in_head = false;
	scan->top = scan->at;
	scan->content = scan->length;
}

/* A comment, a doctype, or what browsers take for a comment. */
static void
scan_declaration(HtmlScan *scan)
{
	bool is_doctype = name_stands(scan, scan->at + 2, "doctype");

	if (scan->length - scan->at >= 4 && memcmp(scan->html + scan->at, "<!--", 4) == 0)
		/* "<!-->" is a whole comment, so its dashes count for both ends. */
		scan->at = behind(scan, scan->at + 2, "-->");
	else
		scan->at = behind(scan, scan->at, ">");

	if (is_doctype)
		scan->top = scan->at;
}

static void
scan_token(HtmlScan *scan)
{
	const char *html = scan->html + scan->at;
	size_t left = scan->length - scan->at;

	if (g_ascii_isspace(html[0]))
		scan->at++;
	else if (html[0] == '<' && left > 1 && g_ascii_isalpha(html[1]))
		scan_start_tag(scan);
	else if (html[0] == '<' && left > 2 && html[1] == '/' && g_ascii_isalpha(html[2]))
		scan_end_tag(scan);
	else if (html[0] == '<' && left > 2 && strchr("!?/", html[1]) != NULL)
		scan_declaration(scan);
	else {
		scan_content(scan);
		scan->at++;
	}
}

/*
 * Behind <body>.  Where content comes first, the body has begun without its
 * tag, and the content is what the block goes before; in a document without
 * either, behind the last of doctype, <html> and head.
 */
static size_t
html_top(const char *html, size_t length, size_t from)
{
	HtmlScan scan = {
		.html = html,
		.length = length,
		.at = from,
		.top = from,
		.content = length,
	};
	size_t top;

	while (scan.at < length && !scan.is_found)
		scan_token(&scan);

	top = scan.content < length || scan.is_found ? scan.content : scan.top;

	return top + line_end(html + top, length - top);
}

/* Where in the decoded content the block goes. */
static size_t
part_top(const Part *part)
{
	size_t mark = g_str_has_prefix(part->decoded->str, BOM) ? strlen(BOM) : 0;

	if (!part->is_html)
		return mark;

	return html_top(part->decoded->str, part->decoded->len, mark);
}

/* With CRLF; in flowed text what begins with these is stuffed (RFC 3676, section 4.4). */
static GString *
block_lines(const char *block, bool is_flowed)
{
	GString *out = g_string_new(NULL);

	for (const char *line = block; *line != '\0';) {
		size_t length = strcspn(line, "\r\n");

		if (is_flowed && (*line == ' ' || *line == '>' ||
				  g_str_has_prefix(line, "From ")))
			g_string_append_c(out, ' ');
		g_string_append_len(out, line, length);
		g_string_append(out, "\r\n");

		line += length + strspn(line + length, "\r");
		if (*line == '\n')
			line++;
	}

	return out;
}

/* A name as IANA gives them: glibc's iconv reads more into "//" and ",". */
static bool
is_charset_name(const char *name)
{
	size_t length = strlen(name);

	return length > 0 && length <= MAX_CHARSET &&
	       strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		      "0123456789-_.:+()") == length;
}

static bool
is_us_ascii(const char *charset)
{
	return g_ascii_strcasecmp(charset, "us-ascii") == 0 ||
	       g_ascii_strcasecmp(charset, "ascii") == 0 ||
	       g_ascii_strcasecmp(charset, "ANSI_X3.4-1968") == 0;
}

/* Does ASCII stand for itself in it, as the search for tags and "=" takes for granted? */
static bool
is_ascii_based(const char *charset)
{
	static const char probe[] = "<a>=";
	g_autofree char *converted = NULL;
	size_t length;

	/* The Chinese and Korean kin of ISO-2022-JP begin a text with escapes. */
	if (g_ascii_strncasecmp(charset, "iso-2022-", 9) == 0 &&
	    g_ascii_strcasecmp(charset, "iso-2022-jp") != 0)
		return false;

	converted = g_convert(probe, strlen(probe), g_mime_charset_iconv_name(charset),
			      "UTF-8", NULL, &length, NULL);

	return converted != NULL && length == strlen(probe) &&
	       memcmp(converted, probe, length) == 0;
}

/* The block in the part's charset.  Returns NULL, or why there is none. */
static const char *
part_block(const Part *part, const char *block, GString **block_out)
{
	g_autoptr(GString) lines = block_lines(block, part->is_flowed);
	g_autofree char *bytes = NULL;
	size_t length;

	if (!is_charset_name(part->charset) || !is_ascii_based(part->charset))
		return "charset is unknown or not based on ASCII";

	bytes = g_convert(lines->str, lines->len,
			  g_mime_charset_iconv_name(part->charset), "UTF-8", NULL,
			  &length, NULL);
	if (bytes == NULL && is_us_ascii(part->charset))
		return "7bit part cannot hold the text";
	if (bytes == NULL)
		return "charset lacks letters of the text";
	if (part->encoding == ENCODING_7BIT && !is_ascii(bytes, length))
		return "7bit part cannot hold the text";
	if (part->encoding <= ENCODING_BINARY && has_long_line(bytes, length))
		return "text has a line that is too long";

	*block_out = g_string_new_len(bytes, length);

	return NULL;
}

static Encoding
encoding_of(GMimeObject *object)
{
	const char *field = g_mime_object_get_header(object, "Content-Transfer-Encoding");
	g_autofree char *name = g_strstrip(g_strdup(field != NULL ? field : "7bit"));

	for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++)
		if (g_ascii_strcasecmp(name, encodings[i].name) == 0)
			return encodings[i].encoding;

	return ENCODING_UNKNOWN;
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

/* False where it is no base64. */
static bool
part_decode(Part *part, const char *raw, size_t length)
{
	part->decoded = g_string_sized_new(length);

	switch (part->encoding) {
	case ENCODING_QUOTED:
		quoted_decode(raw, length, length, part->decoded);
		return true;
	case ENCODING_BASE64:
		return base64_decode(raw, length, part->decoded);
	default:
		g_string_append_len(part->decoded, raw, length);
		return true;
	}
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

	part->is_html = g_mime_content_type_is_type(type, "text", "html");
	part->is_flowed = !part->is_html && format != NULL &&
			  g_ascii_strcasecmp(format, "flowed") == 0;
	part->encoding = encoding_of(object);
	part->charset = g_strdup(charset != NULL ? charset : "us-ascii");

	if (!part_locate(part, work, mime))
		return "part is broken off";

	raw = work->mail + part->start;
	if (!part_decode(part, raw, part->end - part->start))
		return "base64 part holds other bytes";
	if (part->encoding == ENCODING_UNKNOWN)
		return "transfer encoding is unknown";
	if (memchr(part->decoded->str, '\0', part->decoded->len) != NULL)
		return "part holds NUL";
	if (part->encoding == ENCODING_BINARY &&
	    has_long_line(raw, part->end - part->start))
		return "binary part has long lines";

	return NULL;
}

/* Base64: decoded and written anew, between the white space around it. */
static void
splice_base64(Splice *splice, const Part *part, const Work *work, const GString *block,
	      size_t top)
{
	g_string_insert_len(part->decoded, top, block->str, block->len);
	splice->bytes = base64_encode(part->decoded);
	splice->start = part->start;
	splice->end = part->end;

	while (splice->end > splice->start &&
	       g_ascii_isspace(work->mail[splice->end - 1]))
		splice->end--;
	while (splice->start < splice->end && g_ascii_isspace(work->mail[splice->start]))
		splice->start++;

	/* A part without content may be followed by its boundary at once. */
	if (line_end(work->mail + splice->end, work->length - splice->end) == 0)
		g_string_append(splice->bytes, "\r\n");
}

/* Quoted-printable: an encoded block before the raw bytes of what comes next. */
static void
splice_quoted(Splice *splice, const Part *part, const Work *work, const GString *block,
	      size_t top)
{
	const char *raw = work->mail + part->start;
	size_t length = part->end - part->start, soft = 0, at;
	g_autoptr(GString) before = g_string_sized_new(top);

	at = quoted_decode(raw, length, top, before);
	if (at < length && raw[at] == '=')
		soft = line_end(raw + at + 1, length - at - 1);
	at += soft > 0 ? 1 + soft : 0;

	splice->start = splice->end = part->start + at;
	splice->bytes = quoted_encode(block);
	/* "=0A" ends a line of the text and none of the mail; a blank needs a guard. */
	if (at > 0 && raw[at - 1] != '\n' &&
	    (blanks(raw + at - 1, 1) > 0 ||
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

	if (part->encoding == ENCODING_BASE64) {
		splice_base64(splice, part, work, block, top);
	} else if (part->encoding == ENCODING_QUOTED) {
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
		const char *name = g_mime_header_get_name(
			g_mime_header_list_get_header_at(fields, i));

		types += g_ascii_strcasecmp(name, "Content-Type") == 0;
		codings += g_ascii_strcasecmp(name, "Content-Transfer-Encoding") == 0;
	}

	return types > 1 || codings > 1;
}

static bool
is_attachment(GMimeObject *object)
{
	GMimeContentDisposition *disposition =
		g_mime_object_get_content_disposition(object);
	const char *kind = disposition != NULL ?
		g_mime_content_disposition_get_disposition(disposition) : NULL;

	/* One that is unknown counts as attachment (RFC 2183, section 2.8). */
	return kind != NULL && g_ascii_strcasecmp(kind, "inline") != 0;
}

/* The part that a multipart/related is about (RFC 2387, section 3.2), else the first. */
static int
root_index(GMimeMultipart *multipart)
{
	const char *start = g_mime_object_get_content_type_parameter(
		GMIME_OBJECT(multipart), "start");
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
	const char *reason = change_object(
		work, g_mime_multipart_get_part(multipart, index), depth + 1);

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
	int count = g_mime_multipart_get_count(multipart);

	if (depth == INSERT_MAX_DEPTH)
		return "parts are nested too deep";
	if (boundary == NULL || count == 0)
		return "multipart without parts";
	if (encoding_of(object) > ENCODING_BINARY)
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
	if (is_attachment(object))
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
		line += line != NULL;
	}

	return line != NULL;
}

typedef struct {
	const Work *work;	/* borrowed */
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
		size_t ended = line_end(line, end - line);

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

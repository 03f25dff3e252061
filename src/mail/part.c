/* SPDX-License-Identifier: BSD-2-Clause */
/* part.c - a text or HTML part into which a block can be put */
#include "config.h"

#include <string.h>

#include "text/charset.h"
#include "mail/htmltop.h"
#include "mail/part.h"

#define MAX_LINE 998 /* RFC 5322, section 2.1.1 */

#define BOM "\xEF\xBB\xBF"

void
part_clear(Part *part)
{
	g_free(part->charset);
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
size_t
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
const char *
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
	/* In either charset one of the two would be unreadable. */
	if (!is_ascii(bytes, length) &&
	    charset_is_misnamed_utf8(part->decoded->str, part->decoded->len,
				     part->charset))
		return "part is in another charset than it says";
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

const MimeContent *
part_content(Mime *mime, size_t body, GMimePart *object)
{
	size_t length, start, end;
	const char *mail = mime_bytes(mime, &length);

	/* A head that a boundary cuts off has no empty line below it. */
	return mime_locate(mime, object, &start, &end) && start >= body &&
		       follows_empty_line(mail, start)
		   ? mime_content(mime, object)
		   : NULL;
}

const char *
part_read(Part *part, Mime *mime, size_t body, GMimePart *object)
{
	const MimeContent *content = part_content(mime, body, object);
	GMimeObject *self = GMIME_OBJECT(object);
	g_autofree char *format = mime_parameter(mime, self, "format");
	char *charset = mime_parameter(mime, self, "charset");
	size_t length;

	part->is_html = mime_is_type(self, "text", "html");
	part->is_flowed =
	    !part->is_html && format != NULL && g_ascii_strcasecmp(format, "flowed") == 0;
	part->charset = charset != NULL ? charset : g_strdup("us-ascii");

	if (content == NULL || !mime_locate(mime, object, &part->start, &part->end))
		return "part is broken off";

	part->transfer = content->transfer;
	part->decoded = content->decoded;
	if (!content->is_pure)
		return "base64 part holds other bytes";
	if (part->transfer == TRANSFER_UNKNOWN)
		return "transfer encoding is unknown";
	if (memchr(part->decoded->str, '\0', part->decoded->len) != NULL)
		return "part holds NUL";
	if (part->transfer == TRANSFER_BINARY &&
	    has_long_line(mime_bytes(mime, &length) + part->start,
			  part->end - part->start))
		return "binary part has long lines";

	return NULL;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mime.c - the parts of a mail, as GMime cuts it
 *
 * Design rationale
 *	Only GMime can tell where the heads below the first one begin.  So each
 *	line of the copy is treated as if it were a field's first one: GMime
 *	reads no content from the copy, and none is damaged.
 */
#include "config.h"

#include <string.h>

#include "mail/mime.h"
#include "mail/parameter.h"

/* Charsets in which a boundary may be written, in these very letters. */
static const char *const boundary_charsets[] = { "us-ascii", "US-ASCII", "utf-8",
						 "UTF-8" };

struct Mime {
	const char *bytes; /* borrowed */
	size_t length;
	GMimeObject *root;
	GHashTable *contents; /* GMimePart → MimeContent, of those that were asked for */
};

typedef struct {
	char *at; /* of the copy */
	char *end;
	GHashTable *boundaries; /* those seen so far, without blanks at the end */
	size_t multiparts;      /* that were given a boundary */
	size_t parts;           /* lines that are one of them */
	size_t lines;           /* all lines that look so */
	bool is_odd;            /* a boundary that GMime may read differently */
} Scan;

void
mime_init(void)
{
	g_mime_init();
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Behind the line that begins at at. */
static char *
next_line(char *at, char *end)
{
	char *newline = memchr(at, '\n', (size_t)(end - at));

	return newline != NULL ? newline + 1 : end;
}

/* Behind the lines of the field that begins at at. */
static char *
field_end(char *at, char *end)
{
	do
		at = next_line(at, end);
	while (at < end && is_blank(*at));

	return at;
}

/* Behind the colon, if this field begins at at. */
static char *
field_value(char *at, char *end, const char *name)
{
	size_t length;

	/* Most lines are no field of these. */
	if (at == end || (*at | 0x20) != (*name | 0x20))
		return NULL;
	length = strlen(name);
	if ((size_t)(end - at) <= length || g_ascii_strncasecmp(at, name, length) != 0)
		return NULL;
	for (at += length; at < end && is_blank(*at); at++)
		;

	return at < end && *at == ':' ? at + 1 : NULL;
}

/* The lines stay lines. */
static void
blank_out(char *at, const char *end)
{
	for (; at < end; at++)
		if (*at != '\r' && *at != '\n' && *at != '\0')
			*at = ' ';
}

/* Would GMime look for an encoded word's charset in it? */
static bool
has_word(const Parameter *parameter)
{
	const char *at = parameter->value, *end = at + parameter->value_length;

	return memmem(at, (size_t)(end - at), "=?", 2) != NULL &&
	       (memmem(at, (size_t)(end - at), "?q?", 3) != NULL ||
		memmem(at, (size_t)(end - at), "?Q?", 3) != NULL ||
		memmem(at, (size_t)(end - at), "?b?", 3) != NULL ||
		memmem(at, (size_t)(end - at), "?B?", 3) != NULL);
}

/* Is the boundary of a form in which GMime has nothing to keep? */
static bool
is_harmless(const Parameter *parameter)
{
	const char *quote = memchr(parameter->value, '\'', parameter->value_length);
	size_t length = quote != NULL ? (size_t)(quote - parameter->value) : 0;

	if (parameter->value_length > PARAMETER_MAX_VALUE || has_word(parameter))
		return false;
	if (parameter->name[parameter->name_length - 1] != '*' || length == 0)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(boundary_charsets); i++)
		if (strlen(boundary_charsets[i]) == length &&
		    memcmp(parameter->value, boundary_charsets[i], length) == 0)
			return true;

	return false;
}

/* A boundary written in one piece and in ASCII is the same for all readers. */
static void
add_boundary(Scan *scan, const Parameter *parameter)
{
	const char *value = parameter->value;
	g_autofree char *text = g_strndup(value, parameter->value_length);

	scan->is_odd |= parameter->name_length != strlen("boundary") ||
			!g_str_is_ascii(text) || strpbrk(text, "\\\r\n") != NULL ||
			strlen(text) != parameter->value_length;
	g_strchomp(text);
	g_hash_table_add(scan->boundaries, g_steal_pointer(&text));
}

/*
 * Blank out all parameters but, with keeps_boundaries, those that are boundaries.
 * Text that only looks like a content type counts as one: a sender could make us
 * lose count of what is open, but not of what there is.
 */
static void
mask_parameters(Scan *scan, char *value, char *end, bool keeps_boundaries)
{
	const char *at = parameter_first(value, end);
	char *kept = value + (at - value);
	Parameter parameter;

	while (parameter_next(&at, end, &parameter)) {
		if (!keeps_boundaries || !parameter_is(&parameter, "boundary") ||
		    !is_harmless(&parameter) || scan->multiparts == MIME_MAX_MULTIPARTS)
			continue;
		scan->multiparts++;
		add_boundary(scan, &parameter);
		blank_out(kept, parameter.start);
		kept = value + (parameter.end - value);
	}
	blank_out(kept, end);
}

/* Would the line open a part of a boundary known by now? */
static void
count_line(Scan *scan, const char *end)
{
	const char *text = scan->at + 2;
	g_autofree char *key = NULL;

	while (end > text && g_ascii_isspace(end[-1]))
		end--;
	scan->lines++;
	if (end - text > PARAMETER_MAX_VALUE)
		return;
	key = g_strndup(text, (size_t)(end - text));
	scan->parts += g_hash_table_contains(scan->boundaries, key);
}

/* mbox files begin with this line, which is no field. */
static bool
is_from_line(const char *at, const char *end)
{
	if (end - at < 6 || memcmp(at, "From ", 5) != 0)
		return false;
	for (at += 5; at < end && is_blank(*at); at++)
		;

	return at < end && *at != ':';
}

/* Mask what begins at this line. */
static void
scan_line(Scan *scan)
{
	char *at = scan->at, *end = scan->end, *value, *next = next_line(at, end);

	if (*at == '-' && end - at > 1 && at[1] == '-') {
		count_line(scan, next);
	} else if ((value = field_value(at, end, "Content-Type")) != NULL) {
		next = field_end(value, end);
		mask_parameters(scan, value, next, true);
	} else if ((value = field_value(at, end, "Content-Disposition")) != NULL) {
		next = field_end(value, end);
		mask_parameters(scan, value, next, false);
	} else if (g_ascii_isalpha(*at) && !is_from_line(at, end) &&
		   field_value(at, end, "Content-Transfer-Encoding") == NULL) {
		*at = 'X';
	}
	scan->at = next;
}

/* Mask the copy.  False where it would make too many parts. */
static bool
mask(GByteArray *copy)
{
	g_autoptr(GHashTable) boundaries =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Scan scan = {
		.at = (char *)copy->data,
		.end = (char *)copy->data + copy->len,
		.boundaries = boundaries,
	};

	while (scan.at < scan.end)
		scan_line(&scan);

	return (scan.is_odd ? scan.lines : scan.parts) <= MIME_MAX_PARTS;
}

static void
content_free(gpointer data)
{
	MimeContent *content = data;

	g_string_free(content->decoded, TRUE);
	g_free(content);
}

MimeAnswer
mime_new(const char *bytes, size_t length, Mime **mime_out)
{
	g_autoptr(GByteArray) copy = g_byte_array_sized_new((guint)length + 1);
	g_autoptr(Mime) mime = g_new0(Mime, 1);
	GMimeStream *stream;
	GMimeParser *parser;

	mime->bytes = bytes;
	mime->length = length;
	mime->contents = g_hash_table_new_full(NULL, NULL, NULL, content_free);
	g_byte_array_append(copy, (const guint8 *)bytes, (guint)length);
	if (!mask(copy))
		return MIME_TOO_MANY_PARTS;

	/* Of the parts' streams only the bounds are asked for, so the copy may go. */
	stream = g_mime_stream_mem_new_with_byte_array(copy);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	parser = g_mime_parser_new_with_stream(stream);
	/* As a message it would read every address and date, which we do not ask for. */
	mime->root = g_mime_parser_construct_part(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	if (mime->root == NULL)
		return MIME_NO_MAIL;

	*mime_out = g_steal_pointer(&mime);

	return MIME_PARSED;
}

void
mime_free(Mime *mime)
{
	if (mime == NULL)
		return;

	g_hash_table_unref(mime->contents);
	g_clear_object(&mime->root);
	g_free(mime);
}

const char *
mime_bytes(const Mime *mime, size_t *length_out)
{
	*length_out = mime->length;

	return mime->bytes;
}

GMimeObject *
mime_root(const Mime *mime)
{
	return mime->root;
}

size_t
mime_count_fields(GMimeObject *object)
{
	return (size_t)g_mime_header_list_get_count(
	    g_mime_object_get_header_list(object));
}

static GMimeHeader *
header_at(GMimeObject *object, size_t index)
{
	return g_mime_header_list_get_header_at(g_mime_object_get_header_list(object),
						(int)index);
}

/* A copy of what stands there; "" where GMime told a place outside of the mail. */
static char *
copy_of(const Mime *mime, size_t start, size_t length)
{
	return start <= mime->length && length <= mime->length - start
		   ? g_strndup(mime->bytes + start, length)
		   : g_strdup("");
}

char *
mime_name_at(const Mime *mime, GMimeObject *object, size_t index)
{
	GMimeHeader *header = header_at(object, index);

	return copy_of(mime, (size_t)g_mime_header_get_offset(header),
		       strlen(g_mime_header_get_name(header)));
}

char *
mime_value_at(const Mime *mime, GMimeObject *object, size_t index)
{
	GMimeHeader *header = header_at(object, index);
	const char *raw = g_mime_header_get_raw_value(header), *colon;
	size_t start = MIN((size_t)g_mime_header_get_offset(header), mime->length);

	colon = memchr(mime->bytes + start, ':', mime->length - start);
	if (raw == NULL || colon == NULL)
		return g_strdup("");

	return copy_of(mime, (size_t)(colon + 1 - mime->bytes), strlen(raw));
}

char *
mime_parameter(const Mime *mime, GMimeObject *object, const char *name)
{
	/* The last field of the name is the one that GMime believes. */
	for (size_t i = mime_count_fields(object); i > 0; i--) {
		const char *other = g_mime_header_get_name(header_at(object, i - 1));
		g_autofree char *raw = NULL;

		if (g_ascii_strcasecmp(other, "Content-Type") != 0)
			continue;
		raw = mime_value_at(mime, object, i - 1);
		return parameter_value(raw, name);
	}

	return NULL;
}

bool
mime_is_type(GMimeObject *object, const char *type, const char *subtype)
{
	return g_mime_content_type_is_type(g_mime_object_get_content_type(object), type,
					   subtype);
}

bool
mime_is_attachment(GMimeObject *object)
{
	const char *kind = g_mime_object_get_disposition(object);

	/* One that is unknown counts as attachment (RFC 2183, section 2.8). */
	return kind != NULL && g_ascii_strcasecmp(kind, "inline") != 0;
}

bool
mime_locate(const Mime *mime, GMimePart *part, size_t *start_out, size_t *end_out)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream =
	    content != NULL ? g_mime_data_wrapper_get_stream(content) : NULL;
	size_t start, end;

	/* A parsed part's stream is a window into the mail (GMime's persist-stream). */
	if (stream == NULL || !GMIME_IS_STREAM_MEM(stream))
		return false;
	start = (size_t)stream->bound_start;
	end = stream->bound_end >= 0 ? (size_t)stream->bound_end : mime->length;
	end = MIN(end, mime->length);
	*start_out = start;
	*end_out = MAX(start, end);

	return start <= mime->length;
}

const MimeContent *
mime_content(Mime *mime, GMimePart *part)
{
	MimeContent *content = g_hash_table_lookup(mime->contents, part);
	size_t start, end;

	if (content != NULL || !mime_locate(mime, part, &start, &end))
		return content;

	content = g_new0(MimeContent, 1);
	content->transfer = transfer_of(
	    g_mime_object_get_header(GMIME_OBJECT(part), "Content-Transfer-Encoding"));
	content->decoded = g_string_sized_new(end - start);
	content->is_pure = transfer_decode(content->transfer, mime->bytes + start,
					   end - start, content->decoded);
	g_hash_table_insert(mime->contents, part, content);

	return content;
}

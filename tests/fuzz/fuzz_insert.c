/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_insert.c - does a block damage any mail?
 *
 * The first byte chooses block and line ends, the rest is the mail.  Besides
 * not crashing, GMime must find the same parts before and after, and the same
 * raw content in each that is neither text nor HTML.
 */

#include "config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <gmime/gmime.h>

#include "mail/insert.h"

#define MAX_MAIL 8192

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const texts[] = {
	"Top\n",
	"F\303\274r Sie, = \n\n > a\n",
	"--a\nFrom b\n",
	"\343\201\202\n",
};

int
LLVMFuzzerInitialize(G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
	g_mime_init();

	return 0;
}

static void
describe_part(G_GNUC_UNUSED GMimeObject *parent, GMimeObject *object, gpointer data)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);
	g_autofree char *name = g_mime_content_type_get_mime_type(type);
	GMimeDataWrapper *content;
	g_autofree char *raw = g_malloc(2 * MAX_MAIL);
	GMimeStream *stream;
	gssize length;

	g_string_append_printf(data, "\n[%s] ", name);
	if (!GMIME_IS_PART(object) ||
	    g_mime_content_type_is_type(type, "text", "plain") ||
	    g_mime_content_type_is_type(type, "text", "html"))
		return;

	content = g_mime_part_get_content(GMIME_PART(object));
	if (content == NULL)
		return;

	stream = g_mime_data_wrapper_get_stream(content);
	g_mime_stream_reset(stream);
	length = g_mime_stream_read(stream, raw, 2 * MAX_MAIL);
	g_string_append_len(data, raw, MAX(length, 0));
}

/* The types of all parts, and what no block may change. */
static GString *
shape_of(const char *mail, size_t length)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(mail, length);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	GString *shape = g_string_new(NULL);

	if (message != NULL)
		g_mime_message_foreach(message, describe_part, shape);
	g_clear_object(&message);
	g_object_unref(parser);
	g_object_unref(stream);

	return shape;
}

/* The head, up to and with its empty line. */
static size_t
head_length(const GString *mail)
{
	for (size_t i = 0; i < mail->len; i++) {
		const char *line = mail->str + i;

		if ((i == 0 || line[-1] == '\n') &&
		    (line[0] == '\n' || (line[0] == '\r' && line[1] == '\n')))
			return i + (line[0] == '\n' ? 1 : 2);
	}

	return mail->len;
}

static GString *
mail_of(const uint8_t *data, size_t size, bool is_crlf)
{
	GString *mail = g_string_new(NULL);

	for (size_t i = 0; i < size; i++) {
		if (is_crlf && data[i] == '\n' && (i == 0 || data[i - 1] != '\r'))
			g_string_append_c(mail, '\r');
		g_string_append_c(mail, data[i]);
	}

	return mail;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) mail = NULL;
	g_autoptr(GString) body = NULL;
	g_autoptr(GString) before = NULL;
	g_autoptr(GString) after = NULL;

	if (size < 1 || size > MAX_MAIL)
		return 0;

	mail = mail_of(data + 1, size - 1, data[0] & 4);
	body = insert_into(mail->str, mail->len, texts[data[0] & 3],
			   "<p id=\"a\">--a</p>", reasons);
	if (body == NULL)
		return 0;

	before = shape_of(mail->str, mail->len);
	g_string_truncate(mail, head_length(mail));
	g_string_append_len(mail, body->str, body->len);
	after = shape_of(mail->str, mail->len);
	if (!g_string_equal(before, after))
		abort();

	return 0;
}

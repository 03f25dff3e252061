/* SPDX-License-Identifier: BSD-2-Clause */
/* property.c - one line of a vCard: NAME;PARAMETERS:VALUE */

#include "config.h"

#include <string.h>

#include <glib.h>

#include "mail/transfer.h"
#include "text/charset.h"
#include "import/property.h"

typedef struct {
	Transfer transfer;
	char *charset; /* or NULL */
} Coding;

static void
coding_clear(Coding *coding)
{
	g_clear_pointer(&coding->charset, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Coding, coding_clear)

/* In 2.1 a value may stand without its parameter's name, and 3.0 shortens one. */
static const struct {
	const char *text;
	Transfer transfer;
} codings[] = {
	{ "ENCODING=QUOTED-PRINTABLE", TRANSFER_QUOTED },
	{ "QUOTED-PRINTABLE", TRANSFER_QUOTED },
	{ "ENCODING=BASE64", TRANSFER_BASE64 },
	{ "ENCODING=B", TRANSFER_BASE64 },
	{ "BASE64", TRANSFER_BASE64 },
};

static size_t
name_end(Span line)
{
	size_t end = 0;

	while (end < line.length && line.text[end] != ':' && line.text[end] != ';')
		end++;

	return end;
}

Span
property_name(Span line)
{
	size_t end = name_end(line), start = end;

	/* Groups ("item1.") stand before the name. */
	while (start > 0 && line.text[start - 1] != '.')
		start--;

	return (Span){ line.text + start, end - start };
}

bool
property_is_quoted(Span line)
{
	static const char name[] = "QUOTED-PRINTABLE";
	const char *colon = memchr(line.text, ':', line.length);
	size_t head = colon != NULL ? (size_t)(colon - line.text) : 0;

	for (size_t i = 0; i + strlen(name) <= head; i++)
		if (g_ascii_strncasecmp(line.text + i, name, strlen(name)) == 0)
			return true;

	return false;
}

/*
 * The byte that "=XX" stands for, or -1.  transfer_decode() reads whole values; here one
 * escape is looked at before it is known which lines make up the value.
 */
static int
quoted_byte(const char *at, const char *end)
{
	if (end - at < 3 || at[0] != '=' || !g_ascii_isxdigit(at[1]) ||
	    !g_ascii_isxdigit(at[2]))
		return -1;

	return g_ascii_xdigit_value(at[1]) << 4 | g_ascii_xdigit_value(at[2]);
}

bool
property_is_inside_character(const GString *text, Span line)
{
	int rest, byte = -1;
	size_t behind = 0;

	while (line.length > 0 && (line.text[0] == ' ' || line.text[0] == '\t')) {
		line.text++;
		line.length--;
	}
	rest = quoted_byte(line.text, line.text + line.length);
	if (rest < 0x80 || rest > 0xbf)
		return false;

	/* Its first byte stands at most three escapes back. */
	while (behind < 3 && text->len >= 3 * (behind + 1)) {
		const char *at = text->str + text->len - 3 * (behind + 1);

		byte = quoted_byte(at, text->str + text->len);
		if (byte < 0x80 || byte > 0xbf)
			break;
		behind++;
	}

	return (byte >= 0xc0 && behind == 0) || (byte >= 0xe0 && behind == 1) ||
	       (byte >= 0xf0 && behind == 2);
}

/* The next of the bytes in chars that stands outside of quotes, or length. */
static size_t
unquoted(Span span, size_t at, const char *chars)
{
	bool is_quoted = false;

	for (; at < span.length; at++) {
		char c = span.text[at];

		if (c == '"')
			is_quoted = !is_quoted;
		else if (!is_quoted && c != '\0' && strchr(chars, c) != NULL)
			break;
	}

	return at;
}

static bool
split(Span line, Span *parameters_out, Span *value_out)
{
	size_t name = name_end(line), colon = unquoted(line, name, ":");
	const char *first;

	/* A quote that nobody closes: 2.1 knows none. */
	if (colon == line.length) {
		first = memchr(line.text, ':', line.length);
		if (first == NULL)
			return false;
		colon = (size_t)(first - line.text);
	}
	*parameters_out = (Span){ line.text + name, colon - name };
	*value_out = (Span){ line.text + colon + 1, line.length - colon - 1 };

	return true;
}

static void
read_parameter(Coding *coding, const char *text)
{
	static const char charset[] = "CHARSET=";

	for (size_t i = 0; i < G_N_ELEMENTS(codings); i++)
		if (g_ascii_strcasecmp(text, codings[i].text) == 0)
			coding->transfer = codings[i].transfer;
	if (g_ascii_strncasecmp(text, charset, strlen(charset)) == 0) {
		g_free(coding->charset);
		coding->charset = g_strdup(text + strlen(charset));
	}
}

static void
read_parameters(Coding *coding, Span parameters)
{
	for (size_t at = 0, end; at < parameters.length; at = end) {
		g_autofree char *text = NULL;

		end = unquoted(parameters, at + 1, ";");
		text = g_strndup(parameters.text + at + 1, end - at - 1);
		g_strdelimit(text, "\"", ' ');
		read_parameter(coding, g_strstrip(text));
	}
}

char *
property_value(Span unfolded)
{
	g_auto(Coding) coding = { .transfer = TRANSFER_8BIT };
	g_autoptr(GString) bytes = NULL;
	Span parameters, value;

	if (!split(unfolded, &parameters, &value))
		return NULL;
	read_parameters(&coding, parameters);
	if (coding.transfer == TRANSFER_8BIT)
		return charset_text(value.text, value.length, coding.charset);

	bytes = g_string_sized_new(value.length);
	transfer_decode(coding.transfer, value.text, value.length, bytes);

	return charset_text(bytes->str, bytes->len, coding.charset);
}

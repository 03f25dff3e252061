/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * encoded.c - header text: encoded words read
 *
 * Design rationale
 *	This is as lenient as the mail programs people use: a word may be
 *	glued to its neighbours, stand in quotes, hold spaces or miss its
 *	padding.  Each byte of the value is looked at a fixed number of times,
 *	whatever a sender makes of it: the next "?=" is searched for once and
 *	remembered, and only so many conversions are opened for one value.
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "text/charset.h"
#include "text/charset-name.h"
#include "mail/encoded.h"
#include "mail/transfer.h"

/* IANA's longest name has 45 characters; a language may follow. */
#define CHARSET_MAX 64

/* Opening one may load a shared object; a name of 64 characters needs two or three. */
#define CONVERSIONS_MAX 64

typedef struct {
	const char *charset; /* borrowed, without the language */
	size_t charset_length;
	bool is_base64;
	const char *text; /* borrowed */
	size_t length;
	const char *end; /* behind the closing "?=" */
} Word;

typedef struct {
	GString *out;
	GString *bytes;     /* of the words read and not yet converted */
	char *charset;      /* of bytes, NULL while no word is open */
	const char *close;  /* borrowed: the next "?=" known, NULL before the first */
	size_t conversions; /* opened so far */
} Decoder;

/* name: NULL where none is given. */
static void
append_text(Decoder *decoder, const char *bytes, size_t length, const char *name)
{
	/* Neither UTF-8 nor a guess at valid text needs a conversion. */
	bool is_free = g_utf8_validate_len(bytes, length, NULL) &&
		       (name == NULL || charset_name_meant(name) == NULL);

	if (!is_free && ++decoder->conversions > CONVERSIONS_MAX)
		g_string_append_len(decoder->out, bytes, (gssize)length);
	else
		charset_append(decoder->out, bytes, length, name);
}

/* The result may be invalid UTF-8; it is made valid at the end. */
static void
end_words(Decoder *decoder)
{
	if (decoder->charset == NULL)
		return;

	append_text(decoder, decoder->bytes->str, decoder->bytes->len, decoder->charset);
	g_clear_pointer(&decoder->charset, g_free);
	g_string_truncate(decoder->bytes, 0);
}

/* strstr() of two characters; under sanitizers that reads the whole string each time. */
static const char *
find_pair(const char *at, const char *pair)
{
	while ((at = strchr(at, pair[0])) != NULL && at[1] != pair[1])
		at++;

	return at;
}

/* The first "?=" at or behind at; looks at no byte twice over one value. */
static const char *
next_close(Decoder *decoder, const char *at)
{
	if (decoder->close == NULL || decoder->close < at)
		decoder->close = find_pair(at, "?=");
	if (decoder->close == NULL)
		decoder->close = at + strlen(at);

	return decoder->close;
}

/* The length of a charset's name; no "/", by which iconv would take options. */
static size_t
charset_span(const char *at)
{
	size_t length = 0;

	while (length < CHARSET_MAX &&
	       (g_ascii_isalnum(at[length]) || memchr("-_.:+", at[length], 5) != NULL))
		length++;

	return length;
}

/* Read the encoded word that stands at "=?". */
static bool
read_word(Decoder *decoder, const char *at, Word *word_out)
{
	Word word = { .charset = at + 2, .charset_length = charset_span(at + 2) };
	const char *next = word.charset + word.charset_length, *inner;

	/* A language may follow (RFC 2231, section 5). */
	if (*next == '*')
		next += 1 + charset_span(next + 1);
	if (word.charset_length == 0 || next[0] != '?' || next[1] == '\0' ||
	    memchr("bBqQ", next[1], 4) == NULL || next[2] != '?')
		return false;

	word.is_base64 = next[1] == 'b' || next[1] == 'B';
	word.text = next + 3;
	next = next_close(decoder, word.text);
	word.length = (size_t)(next - word.text);
	/* Spaces inside are forgiven, but a word that begins inside ends this one. */
	inner = find_pair(word.text, "=?");
	if (*next == '\0' || (inner != NULL && inner + strlen("=?") <= next))
		return false;

	word.end = next + strlen("?=");
	*word_out = word;

	return true;
}

/* In a "Q" word "_" is a blank, and "=5F" is "_" (RFC 2047, section 4.2). */
static void
add_quoted(Decoder *decoder, const Word *word)
{
	g_autofree char *text = g_strndup(word->text, word->length);

	transfer_decode_escapes(g_strdelimit(text, "_", ' '), word->length,
				decoder->bytes);
}

static void
add_word(Decoder *decoder, const Word *word)
{
	g_autofree char *charset = g_strndup(word->charset, word->charset_length);

	if (decoder->charset == NULL ||
	    g_ascii_strcasecmp(decoder->charset, charset) != 0) {
		end_words(decoder);
		decoder->charset = g_steal_pointer(&charset);
	}

	if (word->is_base64)
		transfer_decode(TRANSFER_BASE64, word->text, word->length,
				decoder->bytes);
	else
		add_quoted(decoder, word);
}

/* White space between two words belongs to neither (RFC 2047, section 6.2). */
static void
add_between(Decoder *decoder, const char *start, const char *end)
{
	if (start + strspn(start, " ") >= end)
		return;

	end_words(decoder);
	append_text(decoder, start, (size_t)(end - start), NULL);
}

static void
decode_all(Decoder *decoder, const char *text)
{
	const char *plain = text, *at = text;
	bool is_behind_word = false;
	Word word;

	while ((at = find_pair(at, "=?")) != NULL) {
		if (!read_word(decoder, at, &word)) {
			at += strlen("=?");
			continue;
		}
		if (is_behind_word)
			add_between(decoder, plain, at);
		else if (plain < at)
			append_text(decoder, plain, (size_t)(at - plain), NULL);

		add_word(decoder, &word);
		is_behind_word = true;
		plain = at = word.end;
	}

	end_words(decoder);
	append_text(decoder, plain, strlen(plain), NULL);
}

/* The value on one line, without white space around it. */
static char *
unfold(const char *raw)
{
	GString *out = g_string_sized_new(strlen(raw));
	const char *at = raw;

	while (*at != '\0') {
		size_t breaks = strspn(at, "\r\n");

		at += breaks;
		if (*at == '\0')
			break;
		/* A break without the white space of a fold still parts two words. */
		if (breaks > 0 && *at != ' ' && *at != '\t')
			g_string_append_c(out, ' ');
		g_string_append_c(out, *at == '\t' ? ' ' : *at);
		at++;
	}

	return g_strstrip(g_string_free(out, FALSE));
}

/* Valid UTF-8 without control characters, of any bytes. */
static char *
without_controls(const char *bytes, size_t length)
{
	g_autofree char *valid = g_utf8_make_valid(bytes, (gssize)length);
	GString *out = g_string_sized_new(strlen(valid));

	for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if ((c >= '\t' && c <= '\r') || c == 0x85)
			g_string_append_c(out, ' ');
		else if (g_unichar_type(c) != G_UNICODE_CONTROL)
			g_string_append_len(out, at, g_utf8_next_char(at) - at);
	}

	return g_string_free(out, FALSE);
}

char *
encoded_decode(const char *raw)
{
	g_autofree char *text = unfold(raw);
	g_autoptr(GString) out = g_string_sized_new(strlen(text));
	g_autoptr(GString) bytes = g_string_new(NULL);
	Decoder decoder = { .out = out, .bytes = bytes };

	decode_all(&decoder, text);

	return without_controls(out->str, out->len);
}

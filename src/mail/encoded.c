/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * encoded.c - header text: encoded words read and written
 *
 * Design rationale
 *	Reading is as lenient as the mail programs people use: a word may be
 *	glued to its neighbours, stand in quotes, hold spaces or miss its
 *	padding.  Each byte of the value is looked at a fixed number of times,
 *	whatever a sender makes of it: the next "?=" is searched for once and
 *	remembered, and only so many conversions are opened for one value.
 *
 *	Writing splits the text at its single spaces.  What is neither plain
 *	nor quotable goes into encoded words together with the spaces between,
 *	so that reading gives back what was written, to the space.
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "text/charset.h"
#include "text/charset-name.h"
#include "mail/encoded.h"

/* IANA's longest name has 45 characters; a language may follow. */
#define CHARSET_MAX 64

/* Opening one may load a shared object; a name of 64 characters needs two or three. */
#define CONVERSIONS_MAX 64

#define WORD_OPEN     "=?UTF-8?Q?"
#define WORD_CLOSE    "?="
#define WORD_OVERHEAD (sizeof(WORD_OPEN WORD_CLOSE) - 1)

/* A line that holds an encoded word ends here (RFC 2047, section 2). */
#define LINE_MAX_COLUMNS 76

/* Fewer columns than these are not worth opening an encoded word for. */
#define WORD_MIN_TEXT 16

/* Longer ASCII is encoded, for no line may reach 998 columns (RFC 5322, 2.1.1). */
#define PLAIN_MAX 900

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

/* --- reading --- */

static void
decode_base64(const char *text, size_t length, GString *out)
{
	unsigned bits = 0, count = 0;

	for (size_t i = 0; i < length; i++) {
		static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					       "abcdefghijklmnopqrstuvwxyz"
					       "0123456789+/";
		const char *digit = memchr(alphabet, text[i], sizeof(alphabet) - 1);

		/* Padding in the middle: two encoded texts were glued together. */
		if (text[i] == '=')
			bits = count = 0;
		if (digit == NULL)
			continue;

		bits = (bits << 6 | (unsigned)(digit - alphabet)) & 0xffff;
		count += 6;
		if (count >= 8) {
			count -= 8;
			g_string_append_c(out, (char)(bits >> count & 0xff));
		}
	}
}

static void
decode_quoted(const char *text, size_t length, GString *out)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '=' && length - i > 2 && g_ascii_isxdigit(text[i + 1]) &&
		    g_ascii_isxdigit(text[i + 2])) {
			int high = g_ascii_xdigit_value(text[i + 1]);
			int low = g_ascii_xdigit_value(text[i + 2]);

			g_string_append_c(out, (char)(high << 4 | low));
			i += 2;
		} else {
			g_string_append_c(out, text[i] == '_' ? ' ' : text[i]);
		}
	}
}

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

/* What stays invalid here is made valid at the end. */
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
		decoder->close = find_pair(at, WORD_CLOSE);
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

	word.end = next + strlen(WORD_CLOSE);
	*word_out = word;

	return true;
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
		decode_base64(word->text, word->length, decoder->bytes);
	else
		decode_quoted(word->text, word->length, decoder->bytes);
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
add_plain(Decoder *decoder, const char *text)
{
	end_words(decoder);
	append_text(decoder, text, strlen(text), NULL);
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

	add_plain(decoder, plain);
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

/* --- writing --- */

typedef struct {
	GString *out;
	size_t column; /* taken on the last line */
} Lines;

/* Begin a new line, or part what comes from what stands on this one. */
static void
lines_part(Lines *lines, size_t length)
{
	bool is_first = lines->out->len == 0;
	size_t space = is_first ? 0 : 1;
	/* A first word that fits no line is not helped by an empty line above it. */
	bool is_helped = !is_first || (lines->column > 1 && length < LINE_MAX_COLUMNS);

	if (lines->column + space + length > LINE_MAX_COLUMNS && is_helped) {
		g_string_append(lines->out, "\n\t");
		lines->column = 1;
	} else if (!is_first) {
		g_string_append_c(lines->out, ' ');
		lines->column++;
	}
}

static void
lines_put(Lines *lines, const char *word)
{
	size_t length = strlen(word);

	lines_part(lines, length);
	g_string_append(lines->out, word);
	lines->column += length;
}

/* May stand in a "Q" word anywhere (RFC 2047, section 5 (3)). */
static bool
is_q_safe(char c)
{
	return g_ascii_isalnum(c) || (c != '\0' && strchr("!*+-/", c) != NULL);
}

static size_t
q_length(const char *text, size_t length)
{
	size_t sum = 0;

	for (size_t i = 0; i < length; i++)
		sum += is_q_safe(text[i]) || text[i] == ' ' ? 1 : 3;

	return sum;
}

static size_t
b_length(size_t length)
{
	return (length + 2) / 3 * 4;
}

static char *
q_text(const char *text, size_t length)
{
	GString *out = g_string_sized_new(3 * length);

	for (size_t i = 0; i < length; i++) {
		if (text[i] == ' ')
			g_string_append_c(out, '_');
		else if (is_q_safe(text[i]))
			g_string_append_c(out, text[i]);
		else
			g_string_append_printf(out, "=%02X", (unsigned char)text[i]);
	}

	return g_string_free(out, FALSE);
}

/* How many bytes, of whole characters and at least one, fit into so many columns. */
static size_t
bytes_that_fit(const char *text, bool is_base64, size_t room)
{
	size_t length = 0, columns = 0;

	while (text[length] != '\0') {
		size_t next = (size_t)(g_utf8_next_char(text + length) - text);

		columns += q_length(text + length, next - length);
		if ((is_base64 ? b_length(next) : columns) > room && length > 0)
			break;
		length = next;
	}

	return length;
}

static void
put_encoded(Lines *lines, const char *text)
{
	size_t length = strlen(text);
	/* People can read "Q" in raw mail; for that it may be half as long again. */
	bool is_base64 = 2 * q_length(text, length) > 3 * b_length(length);

	while (*text != '\0') {
		size_t taken, room;
		g_autofree char *coded = NULL;

		lines_part(lines, WORD_OVERHEAD + WORD_MIN_TEXT);
		room = lines->column + WORD_OVERHEAD + WORD_MIN_TEXT < LINE_MAX_COLUMNS
			   ? LINE_MAX_COLUMNS - lines->column - WORD_OVERHEAD
			   : WORD_MIN_TEXT;
		/* A word has 75 characters at most, even at the start of a line. */
		room = MIN(room, 75 - WORD_OVERHEAD);
		taken = bytes_that_fit(text, is_base64, room);
		coded = is_base64 ? g_base64_encode((const guchar *)text, taken)
				  : q_text(text, taken);
		g_string_append_printf(lines->out, "=?UTF-8?%c?%s" WORD_CLOSE,
				       is_base64 ? 'B' : 'Q', coded);
		lines->column += WORD_OVERHEAD + strlen(coded);
		text += taken;
	}
}

static bool
has_specials(const char *word)
{
	static const char others[] = "!#$%&'*+-/=?^_`{|}~"; /* RFC 5322, 3.2.3 */

	for (; *word != '\0'; word++)
		if (!g_ascii_isalnum(*word) && strchr(others, *word) == NULL)
			return true;

	return false;
}

/*
 * Must this word be encoded?  Empty words stand for the second of two spaces,
 * or one at an end; their neighbour carries them.
 */
static bool
is_encoded(char *const *words, size_t i)
{
	const char *word = words[i];
	bool is_beside_empty = i > 0 && words[i - 1][0] == '\0';
	bool is_before_end =
	    words[i + 1] != NULL && words[i + 1][0] == '\0' && words[i + 2] == NULL;

	return word[0] == '\0' || is_beside_empty || is_before_end ||
	       !g_str_is_ascii(word) || strstr(word, "=?") != NULL ||
	       strlen(word) > PLAIN_MAX;
}

/* The words up to end share one pair of quotes. */
static void
put_quoted(Lines *lines, char *const *words, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		g_autoptr(GString) word = g_string_new(i == start ? "\"" : NULL);

		for (const char *at = words[i]; *at != '\0'; at++) {
			if (*at == '"' || *at == '\\')
				g_string_append_c(word, '\\');
			g_string_append_c(word, *at);
		}
		if (i + 1 == end)
			g_string_append_c(word, '"');
		lines_put(lines, word->str);
	}
}

static void
put_plain(Lines *lines, char *const *words, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		lines_put(lines, words[i]);
}

/* Write the longest row of words from start on that are alike; returns its end. */
static size_t
put_row(Lines *lines, char *const *words, size_t start, EncodedPlace place)
{
	bool is_row_encoded = is_encoded(words, start), is_quoted = false;
	g_autoptr(GString) row = g_string_new(NULL);
	size_t end = start;

	for (; words[end] != NULL && is_encoded(words, end) == is_row_encoded; end++) {
		g_string_append_printf(row, "%s%s", end > start ? " " : "", words[end]);
		is_quoted |= place == ENCODED_PHRASE && has_specials(words[end]);
	}

	if (is_row_encoded)
		put_encoded(lines, row->str);
	else if (is_quoted)
		put_quoted(lines, words, start, end);
	else
		put_plain(lines, words, start, end);

	return end;
}

/* Controls are the caller's to remove; one that slipped through becomes a space. */
static char *
without_surprises(const char *text)
{
	char *valid = g_utf8_make_valid(text, -1);

	for (char *at = valid; *at != '\0'; at++)
		if (g_ascii_iscntrl(*at))
			*at = ' ';

	return valid;
}

char *
encoded_field(const char *text, EncodedPlace place, size_t used)
{
	g_autofree char *clean = without_surprises(text);
	g_auto(GStrv) words = g_strsplit(clean, " ", -1);
	Lines lines = { .out = g_string_new(NULL), .column = used };
	size_t i = 0;

	while (words[i] != NULL)
		i = put_row(&lines, words, i, place);

	return g_string_free(lines.out, FALSE);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* plain-text.c - the words of a text, fit to look for phrases in */

#include "config.h"

#include <string.h>

#include "text/plain-text.h"
#include "text/folded.h"
#include "text/text.h"

/* The separators of words, in ascending strength. */
typedef enum {
	GAP_NONE,
	GAP_SPACE,
	GAP_DOT, /* a full stop behind a letter: what follows will tell */
	GAP_STOP,
	GAP_LINE,
} Gap;

/* A PlainText that is being written. */
typedef struct {
	PlainText *plain;
	Gap gap; /* since the last letter */
	uint32_t gap_offset;
	bool is_spaceless; /* the last letter */
} Writer;

/* A folded letter takes no more bytes than this; called for each line of a note. */
#define FOLDED_MAX_BYTES 4

/* As plain_char() says, for ASCII. */
static const char ascii_plain[128 + 1] = "\0\0\0\0\0\0\0\0\0 \n\n\n\n\0\0"
					 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
					 " .            . "
					 "0123456789 .   ."
					 " abcdefghijklmno"
					 "pqrstuvwxyz     "
					 " abcdefghijklmno"
					 "pqrstuvwxyz    \0";

static bool
ends_sentence(gunichar c)
{
	switch (c) {
	case 0x0589: /* Armenian */
	case 0x061b: /* Arabic ؛ ؟ ۔ */
	case 0x061f:
	case 0x06d4:
	case 0x0964: /* । ॥ of many scripts of India */
	case 0x0965:
	case 0x104a: /* Myanmar */
	case 0x104b:
	case 0x1362: /* Ethiopic */
	case 0x1367:
	case 0x17d4: /* Khmer */
	case 0x17d5:
		return true;
	default:
		return false;
	}
}

/* A letter or digit folded, a PLAIN_ for what parts words, 0 for what vanishes. */
static gunichar
plain_char(gunichar c)
{
	if (c < 0x80)
		return (gunichar)ascii_plain[c];
	if (c == 0x0085 || c == 0x2028 || c == 0x2029)
		return PLAIN_TEXT_LINE;

	c = folded_char(c);
	if (c < 0x80)
		return (gunichar)ascii_plain[c];
	if (g_unichar_isalnum(c) || g_unichar_type(c) == G_UNICODE_SPACING_MARK)
		return c;

	return ends_sentence(c) ? PLAIN_TEXT_STOP : PLAIN_TEXT_SPACE;
}

/* plain_char() of the next character, most of which are ASCII. */
static inline gunichar
take_char(const char **next, gunichar *raw_out)
{
	bool is_ascii = (unsigned char)**next < 0x80;

	*raw_out = is_ascii ? (gunichar) * (*next)++ : text_next(next);

	return is_ascii ? (gunichar)ascii_plain[*raw_out] : plain_char(*raw_out);
}

static void
put(Writer *writer, gunichar c, uint32_t offset)
{
	PlainText *plain = writer->plain;

	plain->chars[plain->length] = c;
	plain->offsets[plain->length++] = offset;
}

/* raw: c as it was written; a wide full stop is never within a word. */
static void
widen_gap(Writer *writer, gunichar raw, gunichar c, uint32_t offset)
{
	Gap gap = c == PLAIN_TEXT_LINE   ? GAP_LINE
		  : c == PLAIN_TEXT_STOP ? GAP_STOP
					 : GAP_SPACE;

	if (writer->gap == GAP_NONE) {
		writer->gap_offset = offset;
		writer->gap = raw == '.' ? GAP_DOT : gap;
		return;
	}
	if (writer->gap == GAP_DOT)
		writer->gap = GAP_STOP;
	writer->gap = MAX(writer->gap, gap);
}

static void
put_gap(Writer *writer)
{
	static const char chars[] = {
		[GAP_SPACE] = PLAIN_TEXT_SPACE,
		[GAP_DOT] = PLAIN_TEXT_SPACE,
		[GAP_STOP] = PLAIN_TEXT_STOP,
		[GAP_LINE] = PLAIN_TEXT_LINE,
	};

	put(writer, (gunichar)chars[writer->gap], writer->gap_offset);
	writer->gap = GAP_NONE;
}

static void
put_letter(Writer *writer, gunichar c, uint32_t offset)
{
	bool is_spaceless = c >= 0x80 && text_is_spaceless(c);

	if (writer->gap == GAP_NONE && is_spaceless != writer->is_spaceless)
		widen_gap(writer, 0, PLAIN_TEXT_SPACE, offset);
	/* There, no space is written behind a sentence either. */
	else if (writer->gap == GAP_DOT && (is_spaceless || writer->is_spaceless))
		writer->gap = GAP_STOP;
	if (writer->gap != GAP_NONE)
		put_gap(writer);

	put(writer, c, offset);
	writer->is_spaceless = is_spaceless;
}

void
plain_text_init(PlainText *plain, const char *text)
{
	Writer writer = { .plain = plain, .gap = GAP_LINE };
	size_t bytes = strlen(text);
	const char *next = text;

	/* Mails are cut to less long before they come here. */
	g_assert(bytes < UINT32_MAX);

	/*
	 * One block for both, with room for a gap at each end and for the last
	 * offset.  Gaps that nobody wrote need no more: the letters beside
	 * them have three bytes, or stand behind one that has.
	 */
	plain->text = text;
	plain->length = 0;
	plain->chars = g_malloc((bytes + 3) * (sizeof(gunichar) + sizeof(uint32_t)));
	plain->offsets = (uint32_t *)(plain->chars + bytes + 3);

	while (*next != '\0') {
		uint32_t offset = (uint32_t)(next - text);
		gunichar raw, c = take_char(&next, &raw);

		if (c == 0)
			continue;
		if (plain_text_is_gap(c))
			widen_gap(&writer, raw, c, offset);
		else
			put_letter(&writer, c, offset);
	}

	if (writer.gap == GAP_NONE)
		writer.gap_offset = (uint32_t)bytes;
	put(&writer, PLAIN_TEXT_LINE, writer.gap_offset);
	plain->offsets[plain->length] = (uint32_t)bytes;
}

void
plain_text_clear(PlainText *plain)
{
	g_clear_pointer(&plain->chars, g_free);
	plain->offsets = NULL;
	plain->length = 0;
}

char *
plain_text_words(const char *text)
{
	char *words = g_malloc(strlen(text) * FOLDED_MAX_BYTES + 3), *end = words;

	*end++ = ' ';
	while (*text != '\0') {
		gunichar raw, c = take_char(&text, &raw);

		if (c == 0)
			continue;
		if (c >= 0x80)
			end += g_unichar_to_utf8(c, end);
		else if (!plain_text_is_gap(c))
			*end++ = (char)c;
		else if (end[-1] != ' ')
			*end++ = ' ';
	}
	if (end[-1] != ' ')
		*end++ = ' ';
	*end = '\0';

	return words;
}

char *
plain_text_cut(const PlainText *plain, size_t start, size_t end)
{
	g_assert(start <= end && end <= plain->length);

	return g_strndup(plain->text + plain->offsets[start],
			 plain->offsets[end] - plain->offsets[start]);
}

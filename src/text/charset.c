/* SPDX-License-Identifier: BSD-2-Clause */
/* charset.c - files and values of any charset as UTF-8 */

#include <stdbool.h>
#include <string.h>

#include "text/text.h"
#include "text/charset.h"

#define REPLACEMENT 0xfffd

typedef enum {
	MARK_NONE,
	MARK_UTF8,
	MARK_LITTLE, /* UTF-16, the low byte first */
	MARK_BIG,
} Mark;

static const struct {
	Mark mark;
	size_t length;
	const char *bytes;
} marks[] = {
	{ MARK_UTF8, 3, "\357\273\277" },
	{ MARK_LITTLE, 2, "\377\376" },
	{ MARK_BIG, 2, "\376\377" },
};

static Mark
mark_of(const char *bytes, size_t length, size_t *length_out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (length >= marks[i].length &&
		    memcmp(bytes, marks[i].bytes, marks[i].length) == 0) {
			*length_out = marks[i].length;
			return marks[i].mark;
		}

	*length_out = 0;
	return MARK_NONE;
}

/* A half of a pair alone is U+FFFD, where g_convert() would stop. */
static GBytes *
utf16_to_utf8(const char *bytes, size_t length, Mark mark)
{
	const unsigned char *units = (const unsigned char *)bytes;
	size_t low = mark == MARK_LITTLE ? 0 : 1;
	GString *text = g_string_sized_new(length / 2);
	gunichar high = 0;

	for (size_t i = 0; i + 1 < length; i += 2) {
		gunichar unit = units[i + low] | (gunichar)units[i + 1 - low] << 8;
		bool is_second = unit >= 0xdc00 && unit <= 0xdfff;

		if (high != 0 && is_second)
			unit = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
		else if (high != 0)
			g_string_append_unichar(text, REPLACEMENT);
		else if (is_second)
			unit = REPLACEMENT;
		high = unit >= 0xd800 && unit <= 0xdbff ? unit : 0;
		if (high == 0)
			g_string_append_unichar(text, unit);
	}

	return g_string_free_to_bytes(text);
}

GBytes *
charset_unmarked(const char *bytes, size_t length)
{
	size_t skip;
	Mark mark = mark_of(bytes, length, &skip);

	if (mark == MARK_LITTLE || mark == MARK_BIG)
		return utf16_to_utf8(bytes + skip, length - skip, mark);

	return g_bytes_new_static(bytes + skip, length - skip);
}

static char *
converted(const char *bytes, size_t length, const char *charset, gsize *length_out)
{
	if (!text_is_charset(charset))
		return NULL;

	return g_convert(bytes, (gssize)length, "UTF-8", charset, NULL, length_out, NULL);
}

/* Windows-1252 lacks five bytes; with one of those it is its elder. */
static char *
guessed(const char *bytes, size_t length, gsize *length_out)
{
	char *text = converted(bytes, length, "WINDOWS-1252", length_out);

	return text != NULL ? text : converted(bytes, length, "ISO-8859-1", length_out);
}

/* Before its validity is asked for, since a zero byte is none in a text. */
static char *
without_zeros(char *text, size_t length)
{
	char *zero;

	for (char *at = text;
	     (zero = memchr(at, '\0', (size_t)(text + length - at))) != NULL;
	     at = zero + 1)
		*zero = ' ';

	return text;
}

char *
charset_text(const char *bytes, size_t length, const char *charset)
{
	g_autofree char *raw = NULL;
	char *text = NULL;
	gsize size = 0;

	if (charset != NULL)
		text = converted(bytes, length, charset, &size);
	if (text != NULL)
		return without_zeros(text, size);

	raw = g_malloc(length + 1);
	memcpy(raw, bytes, length);
	raw[length] = '\0';
	without_zeros(raw, length);
	if (g_utf8_validate(raw, (gssize)length, NULL))
		return g_steal_pointer(&raw);
	if (charset == NULL)
		text = guessed(raw, length, &size);

	return text != NULL ? text : g_utf8_make_valid(raw, (gssize)length);
}

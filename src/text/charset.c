/* SPDX-License-Identifier: BSD-2-Clause */
/* charset.c - files and values of any charset as UTF-8 */
#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text/charset-name.h"
#include "text/charset.h"
#include "text/text.h"

/* As much of a text without a charset tells whether it is UTF-16. */
#define SNIFFED_BYTES 512
#define MIN_ZEROS     3

/* As much of a text that is named UTF-16 tells which byte is the low one. */
#define NAMED_BYTES 64

#define JAPANESE_ESCAPE 3 /* bytes of "ESC $ B" */

/* In windows-1252 a small letter.  What else begins a character of two bytes in
   UTF-8 is a capital there, or the sign of multiplication. */
#define SHARP_S 0xdf

#define A_TILDE 0xc3

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
static void
append_utf16(GString *text, const char *bytes, size_t length, Mark mark)
{
	const unsigned char *units = (const unsigned char *)bytes;
	size_t low = mark == MARK_LITTLE ? 0 : 1;
	gunichar high = 0;

	for (size_t i = 0; i + 1 < length; i += 2) {
		gunichar unit = units[i + low] | (gunichar)units[i + 1 - low] << 8;
		bool is_second = unit >= 0xdc00 && unit <= 0xdfff;

		if (high != 0 && is_second)
			unit = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
		else if (high != 0)
			g_string_append_unichar(text, TEXT_REPLACEMENT);
		else if (is_second)
			unit = TEXT_REPLACEMENT;
		high = unit >= 0xd800 && unit <= 0xdbff ? unit : 0;
		if (high == 0)
			g_string_append_unichar(text, unit);
	}
}

GBytes *
charset_unmarked(const char *bytes, size_t length)
{
	size_t skip;
	Mark mark = mark_of(bytes, length, &skip);

	if (mark == MARK_LITTLE || mark == MARK_BIG) {
		GString *text = g_string_sized_new(length);

		append_utf16(text, bytes + skip, length - skip, mark);
		return g_string_free_to_bytes(text);
	}

	return g_bytes_new_static(bytes + skip, length - skip);
}

/* Convert what can be converted; each byte that cannot becomes U+FFFD. */
static void
convert(GIConv converter, const char *bytes, size_t length, GString *out)
{
	char *in = (char *)bytes; /* iconv(3) reads only, whatever its type says */
	bool is_done = false;

	while (!is_done) {
		char buffer[4096], *at = buffer;
		size_t room = sizeof(buffer);
		/* Once all is read, a second call brings forth what is held back. */
		bool is_read = length == 0;
		size_t got = g_iconv(converter, is_read ? NULL : &in,
				     is_read ? NULL : &length, &at, &room);
		int trouble = got == (size_t)-1 ? errno : 0;

		g_string_append_len(out, buffer, at - buffer);
		is_done = is_read || (trouble == E2BIG && at == buffer);
		if (trouble == EILSEQ || trouble == EINVAL) {
			g_string_append_unichar(out, TEXT_REPLACEMENT);
			in++;
			length--;
		}
	}
}

/* charset: a name of iconv(3)'s. */
static void
append_converted(GString *out, const char *bytes, size_t length, const char *charset)
{
	GIConv converter = g_iconv_open("UTF-8", charset);

	if (converter == (GIConv)-1) {
		g_string_append_len(out, bytes, (gssize)length);
		return;
	}
	convert(converter, bytes, length, out);
	g_iconv_close(converter);
}

/*
 * The length of the run of Chinese that "~{" begins and "~}" ends here (RFC
 * 1843), or 0: both stand on one line, with pairs of bytes between.
 */
static size_t
hz_length(const char *at, size_t left)
{
	size_t length = 2;

	if (left < 6 || at[0] != '~' || at[1] != '{')
		return 0;
	while (left - length >= 2 && at[length] >= '!' && at[length] <= 'w' &&
	       at[length + 1] >= '!' && at[length + 1] <= '~')
		length += 2;

	return length > 2 && left - length >= 2 && at[length] == '~' &&
		       at[length + 1] == '}'
		   ? length + 2
		   : 0;
}

/* HZ is GB2312 without the eighth bit, which iconv(3) does not know. */
static void
append_hz(GString *out, const char *bytes, size_t length)
{
	g_autoptr(GString) text = g_string_sized_new(length);
	size_t run;

	for (size_t i = 0; i < length; i += MAX(run, 1)) {
		run = hz_length(bytes + i, length - i);
		for (size_t j = 2; run > 0 && j < run - 2; j++)
			g_string_append_c(text, (char)(bytes[i + j] | 0x80));
		if (run == 0)
			g_string_append_c(text, bytes[i]);
		if (run == 0 && bytes[i] == '~' && i + 1 < length && bytes[i + 1] == '~')
			run = 2;
	}
	append_converted(out, text->str, text->len, "GB18030");
}

static bool
has_hz(const char *bytes, size_t length)
{
	const char *at = bytes, *end = bytes + length;

	while ((at = memchr(at, '~', (size_t)(end - at))) != NULL) {
		if (hz_length(at, (size_t)(end - at)) > 0)
			return true;
		at++;
	}

	return false;
}

/*
 * The length of the run of Japanese that "ESC $ B" begins here (RFC 1468): pairs
 * of bytes up to the next escape on the same line, or up to the end of a text that
 * was cut off.  0 where it is none.
 */
static size_t
japanese_length(const char *at, size_t left)
{
	size_t length = JAPANESE_ESCAPE;

	while (left - length >= 2 && at[length] >= '!' && at[length] <= '~' &&
	       at[length + 1] >= '!' && at[length + 1] <= '~')
		length += 2;

	return left - length < 2 || at[length] == '\033' ? length : 0;
}

/* All that begins like a run is one, and one at least ends: no other text has that. */
static bool
is_japanese(const char *bytes, size_t length)
{
	const char *at = bytes, *end = bytes + length;
	bool is_ended = false;

	while ((at = memchr(at, '\033', (size_t)(end - at))) != NULL) {
		size_t run = 1;

		if (end - at >= JAPANESE_ESCAPE && at[1] == '$' &&
		    (at[2] == 'B' || at[2] == '@')) {
			run = japanese_length(at, (size_t)(end - at));
			if (run == 0)
				return false;
			is_ended |= run > JAPANESE_ESCAPE && end - at - run >= 2 &&
				    at[run + 1] == '(';
		}
		at += run;
	}

	return is_ended;
}

/* Text in UTF-16 of mostly Latin letters has its zeros all on one side. */
static Mark
mark_by_zeros(const char *bytes, size_t length)
{
	size_t seen = MIN(length, SNIFFED_BYTES) / 2, zeros[2] = { 0, 0 };

	if (memchr(bytes, '\0', 2 * seen) == NULL)
		return MARK_NONE;
	for (size_t i = 0; i < 2 * seen; i++)
		zeros[i % 2] += bytes[i] == '\0';
	if (zeros[0] + zeros[1] < MIN_ZEROS)
		return MARK_NONE;
	if (zeros[0] == 0 && 2 * zeros[1] > seen)
		return MARK_LITTLE;

	return zeros[1] == 0 && 2 * zeros[0] > seen ? MARK_BIG : MARK_NONE;
}

static const char *
skip_ascii(const char *at, const char *end)
{
	uint64_t eight;

	for (; end - at >= (ptrdiff_t)sizeof(eight); at += sizeof(eight)) {
		memcpy(&eight, at, sizeof(eight));
		if ((eight & G_GUINT64_CONSTANT(0x8080808080808080)) != 0)
			break;
	}
	while (at < end && (*at & 0x80) == 0)
		at++;

	return at;
}

/* g_utf8_validate(), which looks at each byte, where there is something to validate. */
bool
charset_is_utf8(const char *text, size_t length)
{
	const char *at = text, *end = text + length;

	if (memchr(text, '\0', length) != NULL)
		return false;

	while ((at = skip_ascii(at, end)) < end) {
		const char *run = at;

		while (at < end && (*at & 0x80) != 0)
			at++;
		if (!g_utf8_validate(run, at - run, NULL))
			return false;
	}

	return true;
}

/*
 * Read as UTF-16 a text that has its mark or its zeros, and as ISO-2022-JP one that has
 * its escapes, whatever charset it is said to be in: no text in ASCII or UTF-8 looks
 * like these.  False where it is neither.
 */
static bool
append_misnamed(GString *out, const char *bytes, size_t length)
{
	size_t skip;
	Mark mark = mark_of(bytes, length, &skip);

	if (mark == MARK_NONE)
		mark = mark_by_zeros(bytes, length);
	if (mark == MARK_LITTLE || mark == MARK_BIG)
		append_utf16(out, bytes + skip, length - skip, mark);
	else if (is_japanese(bytes, length))
		append_converted(out, bytes, length, "ISO-2022-JP-3");
	else
		return false;

	return true;
}

static void
append_guessed(GString *out, const char *bytes, size_t length)
{
	if (has_hz(bytes, length))
		append_hz(out, bytes, length);
	else if (g_utf8_validate_len(bytes, length, NULL))
		g_string_append_len(out, bytes, (gssize)length);
	else
		append_converted(out, bytes, length, "CP1252");
}

/* Without a mark the low byte is the first (WHATWG), but where no high byte is set. */
static void
append_named_utf16(GString *out, const char *bytes, size_t length)
{
	size_t skip, zeros = 0, seen = MIN(length, NAMED_BYTES) / 2;
	Mark mark = mark_of(bytes, length, &skip);

	for (size_t i = 0; i < seen; i++)
		zeros += bytes[2 * i] == '\0';
	if (mark != MARK_LITTLE && mark != MARK_BIG) {
		mark = zeros == seen ? MARK_BIG : MARK_LITTLE;
		skip = 0;
	}
	append_utf16(out, bytes + skip, length - skip, mark);
}

/*
 * Is this character of UTF-8 nothing that windows-1252 has in a text?  There a
 * lower-case letter before a capital, the capital A with a tilde before a sign (in
 * Portuguese it ends words, in capitals), or a euro sign within a word.
 */
static bool
is_sign_of_utf8(const char *at, const char *start)
{
	unsigned char lead = (unsigned char)at[0];
	char before = at > start ? at[-1] : '\0';

	return (lead < SHARP_S && g_ascii_islower(before)) ||
	       (lead == A_TILDE && !g_ascii_isupper(before)) ||
	       (lead == 0xe2 && (at[1] == '\200' || at[1] == '\202'));
}

/*
 * Valid UTF-8 can be windows-1252: a capital letter before a closing quote, as
 * in "CAF\311\222S", is a character of two bytes.  So a sign is asked for; or two
 * different characters that stand side by side.
 */
static bool
is_surely_utf8(const char *bytes, size_t length)
{
	const char *at = bytes, *end = bytes + length, *behind = NULL;
	gunichar first = 0;
	bool is_pair = false, is_varied = false;

	if (!charset_is_utf8(bytes, length))
		return false;
	while ((at = skip_ascii(at, end)) < end) {
		gunichar c = g_utf8_get_char(at);

		if (is_sign_of_utf8(at, bytes))
			return true;
		is_pair |= at == behind;
		is_varied |= first != 0 && c != first;
		first = first != 0 ? first : c;
		behind = at = g_utf8_next_char(at);
	}

	return is_pair && is_varied;
}

bool
charset_is_misnamed_utf8(const char *bytes, size_t length, const char *name)
{
	const char *meant = charset_name_meant(name);

	return meant != NULL &&
	       (g_str_equal(meant, "CP1252") || g_str_equal(meant, "ISO-8859-15")) &&
	       is_surely_utf8(bytes, length);
}

void
charset_append(GString *out, const char *bytes, size_t length, const char *name)
{
	const char *meant = name != NULL ? charset_name_meant(name) : NULL;
	bool is_utf8 = g_strcmp0(meant, "UTF-8") == 0;

	if ((meant == NULL || is_utf8) && append_misnamed(out, bytes, length))
		return;

	if (meant == NULL)
		append_guessed(out, bytes, length);
	else if (is_utf8 || charset_is_misnamed_utf8(bytes, length, name))
		g_string_append_len(out, bytes, (gssize)length);
	else if (g_str_equal(meant, "UTF-16"))
		append_named_utf16(out, bytes, length);
	else if (g_str_equal(meant, "HZ"))
		append_hz(out, bytes, length);
	else
		append_converted(out, bytes, length, meant);
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
	g_autoptr(GString) text = g_string_sized_new(length);

	charset_append(text, bytes, length, charset);
	without_zeros(text->str, text->len);

	return g_utf8_make_valid(text->str, (gssize)text->len);
}

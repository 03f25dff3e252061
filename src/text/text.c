/* SPDX-License-Identifier: BSD-2-Clause */
/* text.c - what a mail says, made safe to show; kinds of characters */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "text/text.h"

bool
text_is_space(gunichar c)
{
	switch (c) {
	case 0x000b: /* vertical tab */
	case 0x0085: /* next line */
	case 0x2800: /* the empty Braille cell, used to push text out of a preview */
		return true;
	}

	return g_unichar_isspace(c);
}

static bool
is_variation_selector(gunichar c)
{
	return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x180b && c <= 0x180f) ||
	       (c >= 0xe0100 && c <= 0xe01ef);
}

/* Takes no room and leaves no mark: what remains can only deceive. */
bool
text_is_unseen(gunichar c)
{
	switch (c) {
	case 0x034f: /* combining grapheme joiner */
	case 0x115f: /* Hangul fillers, letters by their class */
	case 0x1160:
	case 0x3164:
	case 0xffa0:
	case 0x17b4: /* Khmer inherent vowels */
	case 0x17b5:
		return true;
	}

	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT: /* zero-width, bidi, soft hyphen, tags */
	case G_UNICODE_SURROGATE:
		return true;
	default:
		return is_variation_selector(c);
	}
}

bool
text_is_spaceless(gunichar c)
{
	/* Thai is the first of them.  (All of a note's characters are asked here.) */
	if (c < 0x0e00)
		return false;
	/* Readers take it for Katakana; Unicode gives it no script. */
	if (c == 0x30fc) /* ー */
		return true;

	switch (g_unichar_get_script(c)) {
	case G_UNICODE_SCRIPT_HAN:
	case G_UNICODE_SCRIPT_HIRAGANA:
	case G_UNICODE_SCRIPT_KATAKANA:
	case G_UNICODE_SCRIPT_THAI:
	case G_UNICODE_SCRIPT_LAO:
	case G_UNICODE_SCRIPT_KHMER:
	case G_UNICODE_SCRIPT_MYANMAR:
		return true;
	default:
		return false;
	}
}

gunichar
text_next(const char **text)
{
	unsigned char byte = (unsigned char)**text;
	gunichar c;

	if (byte < 0x80) {
		(*text)++;
		return byte;
	}

	c = g_utf8_get_char_validated(*text, -1);
	if (c == (gunichar)-1 || c == (gunichar)-2) {
		(*text)++;
		return TEXT_REPLACEMENT;
	}

	*text = g_utf8_next_char(*text);
	return c;
}

/* A bit for each printable character of ASCII that is kept. */
typedef struct {
	guint64 bits[2];
} Plain;

static Plain
plain_without(const char *unwanted)
{
	/* But for controls, the blank and DEL. */
	Plain plain = { { ~(guint64)0 << ('!' & 63), ~(guint64)0 >> 1 } };

	for (; *unwanted != '\0'; unwanted++)
		plain.bits[*unwanted / 64] &= ~((guint64)1 << *unwanted % 64);

	return plain;
}

static inline bool
is_plain(const Plain *plain, char c)
{
	unsigned char byte = (unsigned char)c;

	return byte < 0x80 && (plain->bits[byte / 64] >> byte % 64 & 1) != 0;
}

/* How many characters, up to most, are plain with single blanks between? */
static size_t
plain_length(const Plain *plain, const char *text, size_t most)
{
	size_t length = 0;

	while (length < most &&
	       (is_plain(plain, text[length]) ||
		(text[length] == ' ' && is_plain(plain, text[length + 1]))))
		length++;
	/* A blank counts with the word behind it. */
	if (length > 0 && text[length - 1] == ' ')
		length--;

	return length;
}

/* text_clean(), and without the characters in unwanted. */
static char *
clean_without(const char *text, size_t max, const char *unwanted)
{
	GString *clean = g_string_sized_new(MIN(strlen(text), max * 4) + 1);
	Plain plain = plain_without(unwanted);
	size_t length = 0;
	bool space = false;

	while (*text != '\0') {
		bool may_be_plain = !space && (length > 0 || text[0] != ' ');
		size_t run = may_be_plain ? plain_length(&plain, text, max - length) : 0;
		gunichar c;

		/* Words in one go, as far as there is room for them. */
		if (run > 0) {
			g_string_append_len(clean, text, (gssize)run);
			length += run;
			text += run;
			continue;
		}
		c = text_next(&text);
		if (text_is_space(c)) {
			space = length > 0;
			continue;
		}
		if (text_is_unseen(c) || (c < 0x80 && strchr(unwanted, (int)c) != NULL))
			continue;

		if (length + (space ? 2 : 1) > max)
			break;
		if (space)
			g_string_append_c(clean, ' ');
		g_string_append_unichar(clean, c);
		length += space ? 2 : 1;
		space = false;
	}

	return g_string_free(clean, FALSE);
}

/* Most text is ASCII and clean: how long is it, if so?  SIZE_MAX if not. */
static size_t
clean_length(const char *text, size_t max)
{
	size_t length = 0;

	for (;; length++) {
		while (g_ascii_isgraph(text[length]))
			length++;
		if (text[length] != ' ' || length == 0 || length > max ||
		    !g_ascii_isgraph(text[length + 1]))
			break;
	}

	return text[length] == '\0' && length <= max ? length : SIZE_MAX;
}

char *
text_clean(const char *text, size_t max)
{
	size_t length = clean_length(text, max);

	if (length != SIZE_MAX)
		return g_strndup(text, length);

	return clean_without(text, max, "");
}

char *
text_token(const char *text, size_t max)
{
	return clean_without(text, max, "\",;=<>");
}

bool
text_has_word(const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text))
		if (g_unichar_isalnum(g_utf8_get_char(text)))
			return true;

	return false;
}

int
text_compare(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

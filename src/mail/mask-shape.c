/* SPDX-License-Identifier: BSD-2-Clause */
/* mask-shape.c - what is a word, and what is shown of one that is masked */

#include "config.h"

#include "mail/mask-shape.h"
#include "text/folded.h"
#include "text/text.h"

#define UNSEEN 0x00ad /* soft hyphen */

/* A control character parts words; all else that nobody sees may stand in one. */
bool
mask_shape_is_unseen(gunichar c)
{
	return c > 0x9f && text_is_unseen(c);
}

/* Letters in boxes, and cells of Braille, are symbols to Unicode. */
static bool
is_letter_like(gunichar c)
{
	return (c >= 0x2460 && c <= 0x24ff) || (c > 0x2800 && c <= 0x28ff) ||
	       (c >= 0x1f100 && c <= 0x1f1ff);
}

bool
mask_shape_is_part(gunichar c)
{
	gunichar plain[G_UNICHAR_MAX_DECOMPOSITION_LENGTH] = { 0 };

	if (c < 0x80)
		return g_ascii_isalnum((char)c);
	if (mask_shape_is_unseen(c) || is_letter_like(c) || g_unichar_ismark(c))
		return true;
	switch (g_unichar_type(c)) {
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_UNASSIGNED:
	case G_UNICODE_LETTER_NUMBER:
	case G_UNICODE_OTHER_NUMBER:
		return true;
	default:
		g_unichar_fully_decompose(c, TRUE, plain, G_N_ELEMENTS(plain));
		for (size_t i = 0; i < G_N_ELEMENTS(plain); i++)
			if (g_unichar_isalnum(plain[i]))
				return true;
		return g_unichar_isalnum(c);
	}
}

gunichar
mask_shape_of(gunichar c)
{
	if (g_unichar_isdigit(c))
		return '9';
	if (mask_shape_is_unseen(c))
		return UNSEEN;
	if (text_is_spaceless(c) || g_unichar_get_script(c) == G_UNICODE_SCRIPT_HANGUL)
		return MASK_SHAPE_IDEOGRAPH;
	switch (g_unichar_type(c)) {
	case G_UNICODE_LETTER_NUMBER:
	case G_UNICODE_OTHER_NUMBER:
		return '9';
	default:
		return g_unichar_isupper(c) || g_unichar_istitle(c) ? 'X' : 'x';
	}
}

void
mask_shape_hide(gunichar *chars, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		chars[i] = mask_shape_of(chars[i]);
}

/* The word as it is looked up; NULL for one that is too long. */
char *
mask_shape_key(const gunichar *chars, size_t length)
{
	g_autoptr(GString) key = NULL;

	if (length > MASK_SHAPE_MAX_WORD)
		return NULL;
	key = g_string_sized_new(length);
	for (size_t i = 0; i < length; i++) {
		gunichar c = folded_char(chars[i]);

		if (c != 0)
			g_string_append_unichar(key, c);
	}

	return g_string_free(g_steal_pointer(&key), FALSE);
}

bool
mask_shape_has_letter(const gunichar *chars, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (g_unichar_isalpha(chars[i]) && !mask_shape_is_unseen(chars[i]))
			return true;

	return false;
}

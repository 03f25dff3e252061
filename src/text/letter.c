/* SPDX-License-Identifier: BSD-2-Clause */
/* letter.c - the letters that names are written in */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "text/letter.h"
#include "text/folded.h"
#include "text/text.h"

/* Written with several letters, or in several ways. */
static const struct {
	gunichar letter;
	const char *plain[LETTER_LAST];
} spellings[] = {
	{ 0x00df, { "ss", "ss", "ss" } }, /* ß */
	{ 0x00e4, { "a", "ae", "a" } },   /* ä */
	{ 0x00e5, { "a", "aa", "a" } },   /* å */
	{ 0x00e6, { "ae", "ae", "a" } },  /* æ */
	{ 0x00f6, { "o", "oe", "o" } },   /* ö */
	{ 0x00f8, { "o", "oe", "o" } },   /* ø */
	{ 0x00fc, { "u", "ue", "u" } },   /* ü */
	{ 0x00fe, { "th", "th", "th" } }, /* þ */
	{ 0x0153, { "oe", "oe", "oe" } }, /* œ */
	{ 0x0259, { "a", "e", "a" } },    /* ə of Azerbaijani */
	{ 0x01fd, { "ae", "ae", "a" } },  /* ǽ */
	{ 0x01ff, { "o", "oe", "o" } },   /* ǿ */
};

/* Letters that are written for one another by one person; to 0: not at all. */
static const struct {
	gunichar from;
	gunichar to;
} variants[] = {
	{ 0x02be, 0 }, /* ʾ and ʿ of transcribed Arabic */
	{ 0x02bf, 0 },
	{ 0x0450, 0x0435 }, /* ѐ, ё: е; but й and ї are letters of their own */
	{ 0x0451, 0x0435 },
	{ 0x045d, 0x0438 }, /* ѝ: и */
	{ 0x05f3, 0 },      /* ׳ */
	{ 0x05f4, 0 },      /* ״ */
	{ 0x0629, 0x0647 }, /* teh marbuta: heh */
	{ 0x0640, 0 },      /* tatweel */
	{ 0x0649, 0x064a }, /* alef maqsura: yeh */
	{ 0x0671, 0x0627 }, /* alef wasla: alef */
	{ 0x06a9, 0x0643 }, /* keheh of Persian: kaf */
	{ 0x06be, 0x0647 }, /* heh of Urdu: heh */
	{ 0x06c0, 0x0647 },
	{ 0x06c1, 0x0647 },
	{ 0x06cc, 0x064a }, /* yeh of Persian: yeh */
};

/*
 * Letters by the Latin letter they are taken for, as UTS #39 has them and only
 * where the eye agrees; sorted.  Capitals stand by themselves, for Н is taken
 * for H and н for nothing.  "l" and "i", "rn" and "m" tell too many true names
 * apart.
 */
static const struct Look {
	gunichar letter;
	char latin;
} looks[] = {
	/* clang-format off */
	{ U'0', 'o' }, { U'1', 'l' }, { U'ŧ', 't' }, { U'ƀ', 'b' }, { U'ƅ', 'b' },
	{ U'ƒ', 'f' }, { U'ƙ', 'k' }, { U'ƚ', 'l' }, { U'ƞ', 'n' }, { U'ƥ', 'p' },
	{ U'ƭ', 't' }, { U'ƶ', 'z' }, { U'ǥ', 'g' }, { U'ȼ', 'c' }, { U'ɇ', 'e' },
	{ U'ɉ', 'j' }, { U'ɍ', 'r' }, { U'ɏ', 'y' }, { U'ɑ', 'a' }, { U'ɓ', 'b' },
	{ U'ɗ', 'd' }, { U'ɡ', 'g' }, { U'ɢ', 'g' }, { U'ɦ', 'h' }, { U'ɨ', 'i' },
	{ U'ɩ', 'i' }, { U'ɪ', 'i' }, { U'ɱ', 'm' }, { U'ɲ', 'n' }, { U'ɴ', 'n' },
	{ U'ɵ', 'o' }, { U'ɾ', 'r' }, { U'ʀ', 'r' }, { U'ʂ', 's' }, { U'ʋ', 'u' },
	{ U'ʏ', 'y' }, { U'ʙ', 'b' }, { U'ʜ', 'h' }, { U'ʟ', 'l' }, { U'Α', 'a' },
	{ U'Β', 'b' }, { U'Ε', 'e' }, { U'Ζ', 'z' }, { U'Η', 'h' }, { U'Ι', 'i' },
	{ U'Κ', 'k' }, { U'Μ', 'm' }, { U'Ν', 'n' }, { U'Ο', 'o' }, { U'Ρ', 'p' },
	{ U'Τ', 't' }, { U'Υ', 'y' }, { U'Χ', 'x' }, { U'α', 'a' }, { U'γ', 'y' },
	{ U'ι', 'i' }, { U'κ', 'k' }, { U'ν', 'v' }, { U'ο', 'o' }, { U'ρ', 'p' },
	{ U'σ', 'o' }, { U'υ', 'u' }, { U'χ', 'x' }, { U'ϲ', 'c' }, { U'ϳ', 'j' },
	{ U'Ϲ', 'c' }, { U'Є', 'e' }, { U'Ѕ', 's' }, { U'І', 'i' }, { U'Ї', 'i' },
	{ U'Ј', 'j' }, { U'А', 'a' }, { U'В', 'b' }, { U'Е', 'e' }, { U'К', 'k' },
	{ U'М', 'm' }, { U'Н', 'h' }, { U'О', 'o' }, { U'Р', 'p' }, { U'С', 'c' },
	{ U'Т', 't' }, { U'У', 'y' }, { U'Х', 'x' }, { U'Ь', 'b' }, { U'а', 'a' },
	{ U'г', 'r' }, { U'е', 'e' }, { U'к', 'k' }, { U'о', 'o' }, { U'р', 'p' },
	{ U'с', 'c' }, { U'у', 'y' }, { U'х', 'x' }, { U'є', 'e' }, { U'ѕ', 's' },
	{ U'і', 'i' }, { U'ї', 'i' }, { U'ј', 'j' }, { U'ѳ', 'o' }, { U'Ѵ', 'v' },
	{ U'ѵ', 'v' }, { U'Ү', 'y' }, { U'ү', 'y' }, { U'Һ', 'h' }, { U'һ', 'h' },
	{ U'ҽ', 'e' }, { U'ӏ', 'l' }, { U'ӑ', 'a' }, { U'ӓ', 'a' }, { U'ө', 'o' },
	{ U'Ԁ', 'd' }, { U'ԁ', 'd' }, { U'Ԍ', 'g' }, { U'Ԛ', 'q' }, { U'ԛ', 'q' },
	{ U'Ԝ', 'w' }, { U'ԝ', 'w' }, { U'Լ', 'l' }, { U'Ս', 'u' }, { U'Տ', 's' },
	{ U'Օ', 'o' }, { U'ա', 'w' }, { U'զ', 'q' }, { U'հ', 'h' }, { U'յ', 'j' },
	{ U'ո', 'n' }, { U'ռ', 'n' }, { U'ս', 'u' }, { U'ց', 'g' }, { U'օ', 'o' },
	{ U'ᴀ', 'a' }, { U'ᴄ', 'c' }, { U'ᴅ', 'd' }, { U'ᴇ', 'e' }, { U'ᴊ', 'j' },
	{ U'ᴋ', 'k' }, { U'ᴍ', 'm' }, { U'ᴏ', 'o' }, { U'ᴘ', 'p' }, { U'ᴛ', 't' },
	{ U'ᴜ', 'u' }, { U'ᴠ', 'v' }, { U'ᴡ', 'w' }, { U'ᴢ', 'z' }, { U'ꜰ', 'f' },
	{ U'ꜱ', 's' },
	/* clang-format on */
};

/* In which a zero-width joiner between letters is a mistake at best. */
static bool
is_alphabet(GUnicodeScript script)
{
	switch (script) {
	case G_UNICODE_SCRIPT_LATIN:
	case G_UNICODE_SCRIPT_GREEK:
	case G_UNICODE_SCRIPT_CYRILLIC:
	case G_UNICODE_SCRIPT_ARMENIAN:
	case G_UNICODE_SCRIPT_GEORGIAN:
	case G_UNICODE_SCRIPT_HEBREW:
	case G_UNICODE_SCRIPT_HANGUL:
		return true;
	default:
		return false;
	}
}

/* The scripts whose marks are accents, not vowels. */
static bool
has_accents(GUnicodeScript script)
{
	switch (script) {
	case G_UNICODE_SCRIPT_COMMON:
	case G_UNICODE_SCRIPT_LATIN:
	case G_UNICODE_SCRIPT_GREEK:
	case G_UNICODE_SCRIPT_CYRILLIC:
	case G_UNICODE_SCRIPT_ARABIC:
	case G_UNICODE_SCRIPT_HEBREW:
	case G_UNICODE_SCRIPT_SYRIAC:
		return true;
	default:
		return false;
	}
}

/* Emoji and other signs; but Ⓙ is a letter. */
static bool
is_picture(gunichar c)
{
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

	if (c < 0x80)
		return false;
	switch (g_unichar_type(c)) {
	case G_UNICODE_OTHER_SYMBOL:
	case G_UNICODE_MODIFIER_SYMBOL:
	case G_UNICODE_MATH_SYMBOL:
	case G_UNICODE_UNASSIGNED:
	case G_UNICODE_PRIVATE_USE:
		break;
	default:
		return false;
	}

	return c != TEXT_REPLACEMENT &&
	       (g_unichar_fully_decompose(c, TRUE, parts, G_N_ELEMENTS(parts)) != 1 ||
		parts[0] >= 0x80 || !g_ascii_isalpha((char)parts[0]));
}

/* As ASCII where it is a kind of quote, dash, bracket or blank. */
static gunichar
plain_char(gunichar c)
{
	gunichar folded = folded_char(c);

	switch (c < 0x80 ? G_UNICODE_CONTROL : g_unichar_type(c)) {
	case G_UNICODE_OTHER_NUMBER: /* "⑴" is no bracket */
		return c;
	case G_UNICODE_OTHER_SYMBOL:
		return is_picture(c) ? ' ' : c;
	default:
		break;
	}
	if (folded != 0 && folded < 0x80 && !g_ascii_isalnum((char)folded))
		return folded;
	/* "ŀ" would become two, and the dot end the name. */
	if (c == 0x013f || c == 0x0140)
		return 'l';

	return is_picture(c) ? ' ' : c;
}

/* Does c, unseen behind a letter of this script, serve no writing? */
static bool
is_odd(gunichar c, GUnicodeScript script)
{
	bool is_joiner = (c >= 0x200b && c <= 0x200d) ||
			 g_unichar_type(c) == G_UNICODE_NON_SPACING_MARK;

	return !is_joiner || is_alphabet(script);
}

/*
 * Between two letters an unseen character is one too many, and overrides turn
 * a name around wherever they stand; at its ends and at blanks they are litter.
 */
static void
add_plain(GString *plain, const char *text, size_t max)
{
	GUnicodeScript last = G_UNICODE_SCRIPT_COMMON;
	bool is_hiding = false;

	for (size_t i = 0; i < max && *text != '\0'; i++) {
		gunichar c = text_next(&text);
		GUnicodeScript script;

		/* A line break is a control, but a blank first. */
		if (text_is_unseen(c) && folded_char(c) != ' ') {
			is_hiding |= is_odd(c, last);
			if (c == 0x202d || c == 0x202e)
				g_string_append_unichar(plain, LETTER_HIDDEN);
			continue;
		}

		c = plain_char(c);
		script = g_unichar_ismark(c) ? last : letter_script(c);
		if (is_hiding && last != G_UNICODE_SCRIPT_COMMON &&
		    script != G_UNICODE_SCRIPT_COMMON)
			g_string_append_unichar(plain, LETTER_HIDDEN);
		g_string_append_unichar(plain, c);
		last = script;
		is_hiding = false;
	}
}

static size_t
read_wide(const char *text, gunichar *chars, size_t max)
{
	g_autoptr(GString) plain = g_string_sized_new(2 * max);
	g_autofree char *normal = NULL;
	size_t length = 0;

	add_plain(plain, text, max);
	normal = g_utf8_normalize(plain->str, (gssize)plain->len, G_NORMALIZE_NFKC);
	for (const char *c = normal; *c != '\0' && length < max; c = g_utf8_next_char(c))
		chars[length++] = g_utf8_get_char(c);

	return length;
}

size_t
letters_read(const char *text, gunichar *chars, size_t max)
{
	size_t length = 0;

	while (length < max && text[length] >= ' ' && text[length] <= '~') {
		chars[length] = text[length] != '`' ? (gunichar)text[length] : '\'';
		length++;
	}

	return length < max && text[length] != '\0' ? read_wide(text, chars, max)
						    : length;
}

bool
letter_is_part(gunichar c)
{
	if (c < 0x80)
		return g_ascii_isalnum((char)c);

	return g_unichar_isalnum(c) || g_unichar_ismark(c) || c == TEXT_REPLACEMENT;
}

GUnicodeScript
letter_script(gunichar c)
{
	GUnicodeScript script;

	if (c < 0x80)
		return g_ascii_isalpha((char)c) ? G_UNICODE_SCRIPT_LATIN
						: G_UNICODE_SCRIPT_COMMON;
	/* Its parts alone look like circles and strokes, and stand in no name. */
	if (c >= 0xac00 && c <= 0xd7a3)
		return G_UNICODE_SCRIPT_HAN;

	script = g_unichar_get_script(c);
	switch (script) {
	case G_UNICODE_SCRIPT_HIRAGANA:
	case G_UNICODE_SCRIPT_KATAKANA:
	case G_UNICODE_SCRIPT_BOPOMOFO:
		return G_UNICODE_SCRIPT_HAN;
	case G_UNICODE_SCRIPT_INHERITED:
	case G_UNICODE_SCRIPT_INVALID_CODE:
	case G_UNICODE_SCRIPT_UNKNOWN:
		return G_UNICODE_SCRIPT_COMMON;
	default:
		return script;
	}
}

static gunichar
fold_one(gunichar c)
{
	for (size_t i = 0; i < G_N_ELEMENTS(variants); i++)
		if (variants[i].from == c)
			return variants[i].to;
	if (g_unichar_ismark(c))
		return has_accents(letter_script(c)) ? 0 : c;

	switch (letter_script(c)) {
	case G_UNICODE_SCRIPT_LATIN:
	case G_UNICODE_SCRIPT_GREEK:
	case G_UNICODE_SCRIPT_ARABIC:
		return folded_char(c);
	default:
		return c;
	}
}

static char *
write_char(gunichar c, char *out)
{
	return c != 0 ? out + g_unichar_to_utf8(c, out) : out;
}

char *
letter_fold(gunichar c, LetterStyle style, char *out)
{
	if (c < 0x80) {
		*out = g_ascii_tolower((char)c);
		return out + 1;
	}

	c = g_unichar_tolower(c);
	for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++)
		if (spellings[i].letter == c)
			return g_stpcpy(out, spellings[i].plain[style]);

	return write_char(fold_one(c), out);
}

static int
by_letter(const void *letter, const void *look)
{
	gunichar a = *(const gunichar *)letter, b = ((const struct Look *)look)->letter;

	return (a > b) - (a < b);
}

/* The Latin letter that c is taken for, or 0. */
static char
latin_of(gunichar c)
{
	const struct Look *look =
	    bsearch(&c, looks, G_N_ELEMENTS(looks), sizeof(looks[0]), by_letter);

	return look != NULL ? look->latin : 0;
}

char *
letter_shape(gunichar c, LetterStyle style, char *out)
{
	char folded[LETTER_MAX_BYTES + 1], *end;
	char latin = latin_of(c);

	if (latin != 0) {
		*out = latin;
		return out + 1;
	}

	end = letter_fold(c, style, folded);
	*end = '\0';
	for (const char *next = folded; *next != '\0'; next = g_utf8_next_char(next)) {
		gunichar one = g_utf8_get_char(next);

		latin = latin_of(one);
		out = write_char(latin != 0 ? (gunichar)latin : one, out);
	}

	return out;
}

/* A name's characters have room on the stack. */
#define FEW_CHARS 128

char *
letters_phrase(const char *text, size_t max)
{
	gunichar few[FEW_CHARS];
	g_autofree gunichar *many = max > FEW_CHARS ? g_new(gunichar, max) : NULL;
	gunichar *chars = many != NULL ? many : few;
	size_t length = letters_read(text, chars, max);
	char *phrase = g_malloc(length * LETTER_MAX_BYTES + 1), *out = phrase;

	for (size_t i = 0; i < length; i++) {
		gunichar c = chars[i];

		if (letter_is_part(c))
			out = letter_fold(c, LETTER_SHORT, out);
		else if (c != '.' && c != '\'' && c != LETTER_HIDDEN && out > phrase &&
			 out[-1] != ' ')
			*out++ = ' ';
	}
	while (out > phrase && out[-1] == ' ')
		out--;
	*out = '\0';

	return phrase;
}

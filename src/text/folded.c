/* SPDX-License-Identifier: BSD-2-Clause */
/* folded.c - a string without what makes no difference: case, accents, kinds of marks */

#include "config.h"

#include <string.h>
#include <wchar.h>

#include "text/folded.h"
#include "text/text.h"

/*
 * Design rationale
 *
 * Folding goes from one character to one or none, never to several, so that
 * each folded character knows the byte it came from: a pattern matches the
 * folded form, and the name it found is cut from the original.  The price is
 * that "Müller" and "Mueller", "ß" and "ss" stay two things.
 *
 * Subjects and display names of all mail pass through here, and most of them
 * are ASCII, which therefore is folded without asking GLib.  The
 * letters of most other words have a table: to decompose one takes GLib 100 steps.
 */

/* Letters without a decomposition that a keyboard without them replaces. */
static const struct {
	gunichar letter;
	gunichar plain;
} plain_letters[] = {
	{ 0x00df, 's' },    /* ß */
	{ 0x00e6, 'a' },    /* æ */
	{ 0x00f0, 'd' },    /* ð */
	{ 0x00f8, 'o' },    /* ø */
	{ 0x00fe, 't' },    /* þ */
	{ 0x0111, 'd' },    /* đ */
	{ 0x0127, 'h' },    /* ħ */
	{ 0x0131, 'i' },    /* ı */
	{ 0x0142, 'l' },    /* ł */
	{ 0x0153, 'o' },    /* œ */
	{ 0x03c2, 0x03c3 }, /* ς at a word's end is σ */
};

/* Case and kinds of white space and quote gone; 0 for what nobody sees. */
static const char ascii_fold[128 + 1] = "\0\0\0\0\0\0\0\0\0     \0\0"
					"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
					" !\"#$%&'()*+,-./"
					"0123456789:;<=>?"
					"@abcdefghijklmno"
					"pqrstuvwxyz[\\]^_"
					"'abcdefghijklmno"
					"pqrstuvwxyz{|}~\0";

/* The letters of Latin-1 and Latin Extended-A; 0 for what has to be looked at. */
enum {
	LATIN_FIRST = 0x00c0,
	LATIN_LAST = 0x017f,
};
static const char latin_fold[LATIN_LAST - LATIN_FIRST + 1 + 1] =
    "aaaaaaaceeeeiiiidnooooo\0ouuuuyts"   /* U+00C0 */
    "aaaaaaaceeeeiiiidnooooo\0ouuuuyty"   /* U+00E0 */
    "aaaaaaccccccccddddeeeeeeeeeegggg"    /* U+0100 */
    "gggghhhhiiiiiiiiiiiijjkk\0lllllll"   /* U+0120 */
    "lllnnnnnn'\0\0oooooooorrrrrrssssss"  /* U+0140 */
    "sstttt\0\0uuuuuuuuuuuuwwyyyzzzzzzs"; /* U+0160 */

/* Letters that are folded already, and of which whole notes consist. */
static const struct {
	gunichar first;
	gunichar last;
} folded_letters[] = {
	{ 0x03b1, 0x03c1 }, /* Greek, without accents and final sigma */
	{ 0x03c3, 0x03c9 }, { 0x0430, 0x0438 }, /* Cyrillic, without short i */
	{ 0x043a, 0x044f }, { 0x05d0, 0x05ea }, /* Hebrew */
	{ 0x0627, 0x063a },                     /* Arabic, without hamza */
	{ 0x0641, 0x064a }, { 0x0905, 0x0928 }, /* Devanagari, without nukta */
	{ 0x092a, 0x0930 }, { 0x3400, 0x4dbf }, /* Han */
	{ 0x4e00, 0x9fff }, { 0xac00, 0xd7a3 }, /* Hangul syllables */
};

static bool
is_folded_letter(gunichar c)
{
	for (size_t i = 0; i < G_N_ELEMENTS(folded_letters); i++)
		if (c <= folded_letters[i].last)
			return c >= folded_letters[i].first;

	return false;
}

static bool
is_combining(gunichar c)
{
	GUnicodeType type = g_unichar_type(c);

	return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
}

/* The ASCII mark that stands for this kind of mark, or 0 for no such mark. */
static gunichar
plain_mark(gunichar c)
{
	switch (c) {
	case 0x0060: /* ` */
	case 0x00b4: /* ´ */
	case 0x02b9: /* ʹ */
	case 0x02bb: /* ʻ */
	case 0x02bc: /* ʼ */
	case 0x2018: /* ‘ */
	case 0x2019: /* ’ */
	case 0x201a: /* ‚ */
	case 0x201b: /* ‛ */
	case 0x2032: /* ′ */
	case 0x2039: /* ‹ */
	case 0x203a: /* › */
		return '\'';
	case 0x00ab: /* « */
	case 0x00bb: /* » */
	case 0x201c: /* “ */
	case 0x201d: /* ” */
	case 0x201e: /* „ */
	case 0x201f: /* ‟ */
	case 0x2033: /* ″ */
		return '"';
	case 0x2212: /* − */
		return '-';
	case 0x3002: /* 。 */
		return '.';
	}

	if (g_unichar_type(c) == G_UNICODE_DASH_PUNCTUATION)
		return '-';

	return text_is_space(c) ? ' ' : 0;
}

/* The letter below the accents, lower case. */
static gunichar
fold_letter(gunichar c)
{
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

	/* The first part of a Hangul syllable is its consonant: too little to tell. */
	if (c < 0xac00 || c > 0xd7a3)
		if (g_unichar_fully_decompose(c, TRUE, parts, G_N_ELEMENTS(parts)) > 0)
			c = parts[0];

	c = g_unichar_tolower(c);
	for (size_t i = 0; i < G_N_ELEMENTS(plain_letters); i++)
		if (plain_letters[i].letter == c)
			return plain_letters[i].plain;

	return c;
}

gunichar
folded_char(gunichar c)
{
	gunichar mark, letter;

	if (c < 0x80)
		return (gunichar)ascii_fold[c];
	if (c >= LATIN_FIRST && c <= LATIN_LAST && latin_fold[c - LATIN_FIRST] != '\0')
		return (gunichar)latin_fold[c - LATIN_FIRST];
	if (is_folded_letter(c))
		return c;

	/* Before decomposing: "´" would become a space. */
	mark = plain_mark(c);
	if (mark != 0)
		return mark;
	if (text_is_unseen(c) || is_combining(c))
		return 0;

	letter = fold_letter(c);
	if (letter == c)
		return c;
	if (letter < 0x80)
		return (gunichar)ascii_fold[letter];

	/* Again, for the wide and small forms of dashes, quotes and marks. */
	mark = plain_mark(letter);
	if (mark != 0)
		return mark;

	return text_is_unseen(letter) || is_combining(letter) ? 0 : letter;
}

void
folded_init(Folded *folded, const char *text)
{
	size_t bytes = strlen(text), length = 0, at = 0;
	bool has_losses = memchr(text, '?', bytes) != NULL;
	uint64_t pairs[FOLDED_PAIRS / 64] = { 0 };
	gunichar *chars, last = ' ';
	uint32_t *offsets;

	/* Mails are cut to less long before they come here. */
	g_assert(bytes < UINT32_MAX);

	/* One block for both: a mail has hundreds of lines. */
	chars = g_malloc((bytes + 1) * (sizeof(gunichar) + sizeof(uint32_t)));
	offsets = (uint32_t *)(chars + bytes + 1);

	while (at < bytes) {
		unsigned char byte = (unsigned char)text[at];
		size_t start = at;
		gunichar c;

		if (byte < 0x80) {
			c = (gunichar)ascii_fold[byte];
			at++;
		} else {
			const char *next = text + at;

			c = folded_char(text_next(&next));
			at = (size_t)(next - text);
			has_losses = has_losses || c == '?' || c == TEXT_REPLACEMENT;
		}
		/* No character below the blank is left. */
		if (c <= ' ' && (c == 0 || last == ' '))
			continue;
		chars[length] = c;
		offsets[length++] = (uint32_t)start;
		/* Before the first stands a blank: a pair too many does no harm. */
		folded_pairs_add(pairs, last, c);
		last = c;
	}
	offsets[length] = (uint32_t)bytes;

	while (length > 0 && (chars[length - 1] == ' ' || chars[length - 1] == '.' ||
			      chars[length - 1] == ':'))
		length--;
	memcpy(folded->pairs, pairs, sizeof(pairs));
	folded->chars = chars;
	folded->offsets = offsets;
	folded->length = length;
	folded->has_losses = has_losses;
}

void
folded_clear(Folded *folded)
{
	g_clear_pointer(&folded->chars, g_free);
	folded->offsets = NULL;
	folded->length = 0;
}

bool
folded_same(const Folded *a, const Folded *b)
{
	return a->length == b->length &&
	       memcmp(a->chars, b->chars, a->length * sizeof(gunichar)) == 0;
}

bool
folded_same_text(const char *a, const char *b)
{
	g_auto(Folded) one = { 0 };
	g_auto(Folded) other = { 0 };

	folded_init(&one, a);
	folded_init(&other, b);

	return folded_same(&one, &other);
}

/* The C library looks at many characters at a time. */
G_STATIC_ASSERT(sizeof(wchar_t) == sizeof(gunichar));

size_t
folded_find(const Folded *folded, gunichar c, size_t from, size_t to)
{
	const wchar_t *chars = (const wchar_t *)folded->chars;
	const wchar_t *found = wmemchr(chars + from, (wchar_t)c, to - from);

	return found != NULL ? (size_t)(found - chars) : to;
}

/*
 * May a word end between two characters?  Not all scripts have blanks, and where one
 * follows another, there is a border without any.
 */
static bool
is_border(gunichar a, gunichar b)
{
	return !g_unichar_isalnum(a) || !g_unichar_isalnum(b) || text_is_spaceless(a) ||
	       text_is_spaceless(b) ||
	       (g_unichar_isalpha(a) && g_unichar_isalpha(b) &&
		g_unichar_get_script(a) != g_unichar_get_script(b));
}

bool
folded_has_words(const Folded *text, const Folded *words)
{
	size_t length = words->length;

	for (size_t i = 0; length > 0 && i + length <= text->length; i++) {
		const gunichar *at = text->chars + i;

		if (memcmp(at, words->chars, length * sizeof(gunichar)) == 0 &&
		    (i == 0 || is_border(at[-1], at[0])) &&
		    (i + length == text->length || is_border(at[length - 1], at[length])))
			return true;
	}

	return false;
}

char *
folded_text(const char *text)
{
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, text);

	return g_ucs4_to_utf8(folded.chars, (glong)folded.length, NULL, NULL, NULL);
}

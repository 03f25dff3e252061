/* SPDX-License-Identifier: BSD-2-Clause */
/* disguise.c - a text without what hides its words from programs */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "text/letter.h"
#include "text/text.h"
#include "note/disguise.h"

/* A text with so many words disguised in one way is so on purpose. */
#define SEVERAL_TWINS  3
#define SEVERAL_APART  2
#define SEVERAL_DIGITS 2

/* So many letters that stand apart are a word: fewer are initials. */
#define LETTERS_APART 4

typedef struct {
	gunichar *chars;
	size_t length;
} Text;

/* What a word is written in. */
typedef struct {
	bool has_latin, has_twin, has_other;
} Letters;

static bool
is_in_word(gunichar c)
{
	return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* Is it of a script that has spaces between words, and none between letters? */
static bool
is_letter(gunichar c)
{
	return g_unichar_isalpha(c) && !text_is_spaceless(c) &&
	       g_unichar_get_script(c) != G_UNICODE_SCRIPT_HANGUL;
}

/* Behind the word that begins here. */
static size_t
word_end(const Text *text, size_t from)
{
	while (from < text->length && is_in_word(text->chars[from]))
		from++;

	return from;
}

/* The Latin letter that a letter of another script looks like; 0: it does not. */
static gunichar
twin_of(gunichar c)
{
	char shape[LETTER_MAX_BYTES + 1];

	*letter_shape(c, LETTER_SHORT, shape) = '\0';
	if (!g_ascii_isalpha(shape[0]) || shape[1] != '\0')
		return 0;

	return (gunichar)(g_unichar_isupper(c) ? g_ascii_toupper(shape[0])
					       : g_ascii_tolower(shape[0]));
}

/* What nobody sees, and bytes that are no character, part no word. */
static void
drop_unseen(Text *text)
{
	size_t to = 0;

	for (size_t from = 0; from < text->length; from++) {
		gunichar c = text->chars[from];
		bool is_within =
		    to > 0 && from + 1 < text->length && is_in_word(text->chars[to - 1]);

		if (c != '\n' && c != '\t' && c != '\r' &&
		    (text_is_unseen(c) ? is_within
				       : c == TEXT_REPLACEMENT && is_within &&
					     is_in_word(text->chars[from + 1])))
			continue;
		text->chars[to++] = c;
	}
	text->length = to;
}

static Letters
letters_of(const Text *text, size_t from, size_t to)
{
	Letters letters = { false, false, false };

	for (size_t i = from; i < to; i++) {
		gunichar c = text->chars[i];

		if (!g_unichar_isalpha(c))
			continue;
		if (letter_script(c) == G_UNICODE_SCRIPT_LATIN)
			letters.has_latin = true;
		else if (twin_of(c) != 0)
			letters.has_twin = true;
		else
			letters.has_other = true;
	}

	return letters;
}

static void
write_twins(Text *text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		gunichar c = text->chars[i];
		gunichar twin =
		    g_unichar_isalpha(c) && letter_script(c) != G_UNICODE_SCRIPT_LATIN
			? twin_of(c)
			: 0;

		if (twin != 0)
			text->chars[i] = twin;
	}
}

/* "VPN" with a Russian ending has letters that look like none of Latin's: it stays. */
static bool
undo_twins(Text *text)
{
	size_t mixed = 0, other = 0;

	for (size_t from = 0, to; from < text->length; from = MAX(to, from + 1)) {
		Letters letters = { false, false, false };

		to = word_end(text, from);
		letters = letters_of(text, from, to);
		other += letters.has_other;
		if (!letters.has_latin || !letters.has_twin || letters.has_other)
			continue;
		mixed++;
		write_twins(text, from, to);
	}
	if (mixed < SEVERAL_TWINS || other > mixed)
		return false;
	for (size_t from = 0, to; from < text->length; from = MAX(to, from + 1)) {
		to = word_end(text, from);
		if (!letters_of(text, from, to).has_other)
			write_twins(text, from, to);
	}

	return true;
}

/*
 * How many letters stand apart from here, each but the last before the same sign?  The
 * end of them is behind the last.
 */
static size_t
apart_from(const Text *text, size_t from, size_t *end_out)
{
	gunichar sign = 0;
	size_t count = 0, at = from;

	if (from > 0 && is_in_word(text->chars[from - 1]))
		return 0;
	while (at < text->length && is_letter(text->chars[at])) {
		gunichar next = at + 1 < text->length ? text->chars[at + 1] : 0;

		if (is_in_word(next))
			break;
		count++;
		*end_out = at + 1;
		if (next == 0 || next == '\n' || (sign != 0 && next != sign))
			break;
		sign = next;
		at += 2;
	}

	return count;
}

/* Join the letters of each run of at least so many; returns how many runs there were. */
static size_t
join_apart(Text *text, size_t least)
{
	size_t to = 0, runs = 0;

	for (size_t from = 0; from < text->length;) {
		size_t end = from + 1, count = apart_from(text, from, &end);

		runs += count >= least;
		for (; from < end; from++)
			if (count < least || is_letter(text->chars[from]))
				text->chars[to++] = text->chars[from];
	}
	text->length = to;

	return runs;
}

/* The letter that a digit looks like; 0: none. */
static gunichar
letter_of_digit(gunichar c)
{
	static const char letters[] = "oi\0eas\0t\0\0";

	return c >= '0' && c <= '9' ? (gunichar)letters[c - '0'] : 0;
}

static bool
is_lower_latin(gunichar c)
{
	return g_unichar_islower(c) && letter_script(c) == G_UNICODE_SCRIPT_LATIN;
}

/* Does a digit stand between two small letters?  That does none in "4x4" and "B2B". */
static bool
has_digit_within(const Text *text, size_t from, size_t to)
{
	for (size_t i = from + 1; i + 1 < to; i++)
		if (letter_of_digit(text->chars[i]) != 0 &&
		    is_lower_latin(text->chars[i - 1]) &&
		    is_lower_latin(text->chars[i + 1]))
			return true;

	return false;
}

static void
write_letters(Text *text, size_t from, size_t to)
{
	size_t letters = 0;

	for (size_t i = from; i < to; i++)
		letters += is_lower_latin(text->chars[i]);
	for (size_t i = from; i < to && letters * 2 >= to - from; i++)
		if (letter_of_digit(text->chars[i]) != 0)
			text->chars[i] = letter_of_digit(text->chars[i]);
}

static bool
undo_digits(Text *text)
{
	size_t disguised = 0;

	for (size_t from = 0, to; from < text->length; from = MAX(to, from + 1)) {
		to = word_end(text, from);
		disguised += has_digit_within(text, from, to);
	}
	if (disguised < SEVERAL_DIGITS)
		return false;
	for (size_t from = 0, to; from < text->length; from = MAX(to, from + 1)) {
		to = word_end(text, from);
		write_letters(text, from, to);
	}

	return true;
}

static bool
undo_apart(Text *text)
{
	if (join_apart(text, LETTERS_APART) < SEVERAL_APART)
		return false;
	join_apart(text, 2);

	return true;
}

/* What plain prose is made of, seen by program and reader alike. */
typedef enum {
	PROSE_NONE, /* any other character */
	PROSE_SIGN,
	PROSE_DIGIT,
	PROSE_OTHER, /* letters, digits and marks of a script that has no twins of Latin's */
	PROSE_TWINS, /* letters of one that has */
	PROSE_LATIN,
} Prose;

/* What most notes are written in. */
static const struct {
	gunichar first, last;
	Prose prose;
} prose_ranges[] = {
	{ 0x00a0, 0x00a9, PROSE_SIGN },  { 0x00ab, 0x00ac, PROSE_SIGN },
	{ 0x00b4, 0x00b4, PROSE_SIGN },  { 0x00bb, 0x00bb, PROSE_SIGN },
	{ 0x00bf, 0x00bf, PROSE_SIGN },  { 0x00c0, 0x00d6, PROSE_LATIN },
	{ 0x00d8, 0x00f6, PROSE_LATIN }, { 0x00f8, 0x024f, PROSE_LATIN },
	{ 0x0386, 0x0386, PROSE_TWINS }, { 0x0388, 0x038a, PROSE_TWINS },
	{ 0x038c, 0x038c, PROSE_TWINS }, { 0x038e, 0x03a1, PROSE_TWINS },
	{ 0x03a3, 0x03ce, PROSE_TWINS }, { 0x0400, 0x0481, PROSE_TWINS },
	{ 0x048a, 0x052f, PROSE_TWINS }, { 0x05d0, 0x05ea, PROSE_OTHER },
	{ 0x060c, 0x060c, PROSE_SIGN },  { 0x061f, 0x061f, PROSE_SIGN },
	{ 0x0620, 0x064a, PROSE_OTHER }, { 0x0660, 0x0669, PROSE_OTHER },
	{ 0x066a, 0x066c, PROSE_SIGN },  { 0x0671, 0x06d3, PROSE_OTHER },
	{ 0x0901, 0x0963, PROSE_OTHER }, { 0x0964, 0x0965, PROSE_SIGN },
	{ 0x0e01, 0x0e3a, PROSE_OTHER }, { 0x0e40, 0x0e4e, PROSE_OTHER },
	{ 0x1e00, 0x1eff, PROSE_LATIN }, { 0x2010, 0x2027, PROSE_SIGN },
	{ 0x20a0, 0x20bf, PROSE_SIGN },  { 0x2600, 0x2775, PROSE_SIGN },
	{ 0x3001, 0x3003, PROSE_SIGN },  { 0x3008, 0x3011, PROSE_SIGN },
	{ 0x3041, 0x3096, PROSE_OTHER }, { 0x30a1, 0x30fa, PROSE_OTHER },
	{ 0x30fc, 0x30fc, PROSE_OTHER }, { 0x4e00, 0x9fff, PROSE_OTHER },
	{ 0xac00, 0xd7a3, PROSE_OTHER }, { 0xff01, 0xff0f, PROSE_SIGN },
	{ 0xff1a, 0xff20, PROSE_SIGN },  { 0x1f300, 0x1faff, PROSE_SIGN },
};

/* PROSE_NONE for all others. */
static const guint8 ascii_prose[0x80] = {
	['\t'] = PROSE_SIGN,         ['\n'] = PROSE_SIGN,
	['\r'] = PROSE_SIGN,         [' ' ... '/'] = PROSE_SIGN,
	['0' ... '9'] = PROSE_DIGIT, [':' ... '@'] = PROSE_SIGN,
	['A' ... 'Z'] = PROSE_LATIN, ['[' ... '`'] = PROSE_SIGN,
	['a' ... 'z'] = PROSE_LATIN, ['{' ... '~'] = PROSE_SIGN,
};

/* Of the character that begins here. */
static inline Prose
prose_of(const char *at)
{
	gunichar c = (unsigned char)*at;

	if (c < 0x80)
		return (Prose)ascii_prose[c];
	c = g_utf8_get_char(at);
	for (size_t i = 0; i < G_N_ELEMENTS(prose_ranges); i++)
		if (c <= prose_ranges[i].last)
			return c >= prose_ranges[i].first ? prose_ranges[i].prose
							  : PROSE_NONE;

	return PROSE_NONE;
}

/*
 * Has it nothing that may hide a word: letters apart, a digit between letters, letters
 * with twins beside one of Latin?  Most notes have nothing, and need no second look.
 */
static bool
is_plain_prose(const char *text)
{
	Prose before = PROSE_SIGN, letters = PROSE_SIGN; /* of this word */
	size_t apart = 0; /* letters and signs, one by one, up to here */

	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		Prose prose = prose_of(at);
		bool is_letter_now = prose >= PROSE_OTHER;

		if (prose == PROSE_NONE ||
		    (prose >= PROSE_TWINS && letters != PROSE_SIGN &&
		     (before == PROSE_DIGIT || prose != letters)))
			return false;
		apart = is_letter_now != (before >= PROSE_OTHER) ? apart + 1 : 0;
		/* Each letter but the last has a sign behind it. */
		if (apart >= 2 * LETTERS_APART - 1)
			return false;
		if (prose == PROSE_SIGN || prose >= PROSE_TWINS)
			letters = prose;
		before = prose;
	}

	return true;
}

char *
disguise_undone(const char *text, bool *on_purpose_out)
{
	g_autofree gunichar *chars = NULL;
	glong length = 0;
	Text undone;

	*on_purpose_out = false;
	if (is_plain_prose(text))
		return g_strdup(text);
	chars = g_utf8_to_ucs4_fast(text, -1, &length);
	undone = (Text){ chars, (size_t)length };
	drop_unseen(&undone);
	*on_purpose_out |= undo_twins(&undone);
	*on_purpose_out |= undo_apart(&undone);
	*on_purpose_out |= undo_digits(&undone);

	return g_ucs4_to_utf8(undone.chars, (glong)undone.length, NULL, NULL, NULL);
}

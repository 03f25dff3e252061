/* SPDX-License-Identifier: BSD-2-Clause */
/* note-language.c - which language is a note written in? */

#include "config.h"

#include <string.h>

#include "note/note-language.h"

/*
 * What tells a language, shared among the languages that have it: a phrase, a
 * word, a letter.  One is told when it has the evidence of one word that no
 * other language has, and is clearly before the next.
 */
#define PHRASE_POINTS 24
#define WORD_POINTS   12
#define ROLE_POINTS   6
#define LETTER_POINTS 6
#define ENOUGH_POINTS 12
#define CLEAR_POINTS  6

/* Words of many languages tell little of each; times: how often they stand there. */
static void
share_points(int *points, guint64 bits, int whole, int times)
{
	int share = bits != 0 ? whole / __builtin_popcountll(bits) * times : 0;

	for (size_t bit = 0; share != 0 && bits != 0; bit++, bits >>= 1)
		if ((bits & 1) != 0)
			points[bit] += share;
}

/* Does a hit of this kind tell a language where it stands? */
static bool
tells(const Wording *wording, const PhraseHit *hit, EntryKind kind)
{
	const PlainText *plain = &wording->plain;
	bool begins_line = plain->chars[hit->start - 1] == PLAIN_TEXT_LINE;

	switch (kind) {
	case ENTRY_GREETING:
		return hit->start == 1;
	case ENTRY_SIGN_OFF:
		return (hit->start > 1 && begins_line) ||
		       plain->chars[hit->end] == PLAIN_TEXT_LINE;
	case ENTRY_WORD:
	case ENTRY_ROLE:
		/* One letter is the "s" of "let's", the "i" of many languages. */
		return hit->end - hit->start > 1 || plain->chars[hit->start] >= 0x80;
	case ENTRY_HONORIFIC:
	case ENTRY_DEFAULT:
		return false;
	default:
		return true;
	}
}

static const int kind_points[ENTRY_LAST] = {
	[ENTRY_GREETING] = PHRASE_POINTS,   [ENTRY_SIGN_OFF] = PHRASE_POINTS,
	[ENTRY_PLEASANTRY] = PHRASE_POINTS, [ENTRY_WORD] = WORD_POINTS,
	[ENTRY_CUE] = WORD_POINTS,          [ENTRY_ROLE] = ROLE_POINTS,
};

/* Hits of one place stand side by side: what several languages have is shared. */
static void
count_hits(const Wording *wording, int *points)
{
	for (size_t i = 0, next; i < wording->hits->len; i = next) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);
		guint64 bits[ENTRY_LAST] = { 0 };

		for (next = i; next < wording->hits->len; next++) {
			const PhraseHit *other =
			    &g_array_index(wording->hits, PhraseHit, next);
			const Entry *entry = wording_entry(wording, other);

			if (other->start != hit->start || other->end != hit->end)
				break;
			if (!entry->is_neutral && tells(wording, other, entry->kind))
				bits[entry->kind] |= (guint64)1 << entry->language;
		}
		for (size_t kind = 0; kind < ENTRY_LAST; kind++)
			if (bits[kind] != 0)
				share_points(points, bits[kind], kind_points[kind], 1);
	}
}

/*
 * Kana is one language's, Han that of three.  A language whose other scripts
 * are missing is behind one that writes with these alone.
 */
static void
count_letters(const Wording *wording, int *points)
{
	const guint64 *writers = wording->languages->writers;
	int seen[LANGUAGE_MAX_SCRIPTS] = { 0 };
	guint64 lacking = 0;

	for (size_t i = 0; i < wording->plain.length; i++) {
		gunichar c = wording->plain.chars[i];
		/* Most letters are these. */
		int script = c >= 'a' && c <= 'z' ? G_UNICODE_SCRIPT_LATIN
						  : (int)g_unichar_get_script(c);

		if (script >= 0 && script < LANGUAGE_MAX_SCRIPTS && !wording->is_name[i])
			seen[script]++;
	}
	for (size_t script = 0; script < LANGUAGE_MAX_SCRIPTS; script++) {
		share_points(points, writers[script], LETTER_POINTS, seen[script]);
		lacking |= seen[script] > 0 ? 0 : writers[script];
	}
	for (size_t bit = 0; bit < wording->languages->codes->len; bit++)
		points[bit] -= ((lacking >> bit) & 1) != 0 ? CLEAR_POINTS : 0;
}

/* "xx-Aaaa" and "xx-Bbbb" are two ways to write one language. */
static bool
is_same_language(const char *a, const char *b)
{
	size_t length = strcspn(a, "-");

	return length == strcspn(b, "-") && strncmp(a, b, length) == 0;
}

static size_t
most_of(const int *points, size_t count)
{
	size_t most = 0;

	for (size_t i = 1; i < count; i++)
		if (points[i] > points[most])
			most = i;

	return most;
}

/* The language with the most points; NULL where another is about as likely. */
static const char *
clear_winner(const Languages *languages, const int *points)
{
	const char *const *codes = (const char *const *)languages->codes->pdata;
	size_t most = most_of(points, languages->codes->len);

	if (languages->codes->len == 0 || points[most] < ENOUGH_POINTS)
		return NULL;
	for (size_t i = 0; i < languages->codes->len; i++)
		if (points[i] > points[most] - CLEAR_POINTS &&
		    !is_same_language(codes[i], codes[most]))
			return NULL;

	return codes[most];
}

static void
count_points(const Wording *wording, int points[LANGUAGE_MAX_COUNT])
{
	count_hits(wording, points);
	count_letters(wording, points);
}

const char *
note_language_of(const Wording *wording)
{
	int points[LANGUAGE_MAX_COUNT] = { 0 };

	count_points(wording, points);

	return clear_winner(wording->languages, points);
}

/* The languages that are about as likely as the likeliest. */
static guint64
likely_bits(const Wording *wording)
{
	int points[LANGUAGE_MAX_COUNT] = { 0 };
	size_t count = wording->languages->codes->len, most;
	guint64 bits = 0;

	count_points(wording, points);
	most = most_of(points, count);
	if (points[most] <= 0)
		return ~(guint64)0;
	for (size_t i = 0; i < count; i++)
		if (points[i] > MAX(0, points[most] - CLEAR_POINTS))
			bits |= (guint64)1 << i;

	return bits;
}

guint64
note_language_bits(const Wording *wording, const char *code)
{
	const GPtrArray *codes = wording->languages->codes;
	guint64 bits = 0;

	for (size_t i = 0; code != NULL && i < codes->len; i++)
		if (is_same_language(code, codes->pdata[i]))
			bits |= (guint64)1 << i;

	return code != NULL ? bits : likely_bits(wording);
}

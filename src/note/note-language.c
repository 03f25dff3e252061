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

/*
 * A sentence in a language that is not the note's is told by two such words more than
 * the note's language has in it: one may be a name, or a word that many borrow.
 */
#define OTHER_POINTS 24

/* Words of many languages tell little of each; times: how often they stand there. */
static void
share_points(int *points, guint64 bits, int whole, int times)
{
	int sharers = 0, share;

	for (guint64 left = bits; left != 0; left &= left - 1)
		sharers++;
	share = sharers > 0 ? whole / sharers * times : 0;
	for (; share != 0 && bits != 0; bits &= bits - 1)
		points[__builtin_ctzll(bits)] += share;
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
	case ENTRY_IDIOM:
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

/* Some of a text: the hits that end in it, and its chars. */
typedef struct {
	size_t first_hit, end_hit;
	size_t first, end;
} Part;

/* Hits of one place stand side by side: what several languages have is shared. */
static void
count_hits(const Wording *wording, const Part *part, int *points)
{
	for (size_t i = part->first_hit, next; i < part->end_hit; i = next) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);
		guint64 bits[ENTRY_LAST] = { 0 };

		for (next = i; next < part->end_hit; next++) {
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
count_letters(const Wording *wording, const Part *part, int *points)
{
	const guint64 *writers = wording->languages->writers;
	const size_t scripts = wording->languages->scripts;
	int seen[LANGUAGE_MAX_SCRIPTS] = { 0 };
	guint64 lacking = 0;

	for (size_t i = part->first; i < part->end; i++) {
		gunichar c = wording->plain.chars[i];
		/* Most letters are these. */
		int script = c >= 'a' && c <= 'z' ? G_UNICODE_SCRIPT_LATIN
						  : (int)g_unichar_get_script(c);

		if (script >= 0 && (size_t)script < scripts && !wording->is_name[i])
			seen[script]++;
	}
	for (size_t script = 0; script < scripts; script++) {
		if (writers[script] == 0)
			continue;
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
count_part(const Wording *wording, const Part *part, int points[LANGUAGE_MAX_COUNT])
{
	count_hits(wording, part, points);
	count_letters(wording, part, points);
}

static void
count_points(const Wording *wording, int points[LANGUAGE_MAX_COUNT])
{
	Part whole = { 0, wording->hits->len, 0, wording->plain.length };

	count_part(wording, &whole, points);
}

const char *
note_language_of(const Wording *wording)
{
	int points[LANGUAGE_MAX_COUNT] = { 0 };

	count_points(wording, points);

	return clear_winner(wording->languages, points);
}

/* The languages that are about as likely as the likeliest; 0 where nothing tells any. */
static guint64
likely_bits(const Wording *wording, const int *points)
{
	size_t count = wording->languages->codes->len, most = most_of(points, count);
	guint64 bits = 0;

	for (size_t i = 0; i < count && points[most] > 0; i++)
		if (points[i] > MAX(0, points[most] - CLEAR_POINTS))
			bits |= (guint64)1 << i;

	return bits;
}

/* The bits of a language and of those that are it in another script. */
static guint64
bits_of(const Languages *languages, const char *code)
{
	guint64 bits = 0;

	for (size_t i = 0; i < languages->codes->len; i++)
		if (is_same_language(code, languages->codes->pdata[i]))
			bits |= (guint64)1 << i;

	return bits;
}

guint64
note_language_bits(const Wording *wording, const char *code)
{
	int points[LANGUAGE_MAX_COUNT] = { 0 };
	guint64 bits;

	if (code != NULL)
		return bits_of(wording->languages, code);
	count_points(wording, points);
	bits = likely_bits(wording, points);

	return bits != 0 ? bits : ~(guint64)0;
}

/* Does a sentence end at this char? */
static bool
ends_sentence(const PlainText *plain, size_t i)
{
	return plain->chars[i] == PLAIN_TEXT_STOP || plain->chars[i] == PLAIN_TEXT_LINE;
}

/* The next sentence of the text; false at its end. */
static bool
next_sentence(const Wording *wording, Part *part)
{
	const PlainText *plain = &wording->plain;
	const GArray *hits = wording->hits;

	part->first = part->end;
	part->first_hit = part->end_hit;
	if (part->first + 1 >= plain->length)
		return false;
	do
		part->end++;
	while (!ends_sentence(plain, part->end));
	while (part->end_hit < hits->len &&
	       g_array_index(hits, PhraseHit, part->end_hit).end <= part->end)
		part->end_hit++;

	return true;
}

/*
 * The bits of the language that a sentence is clearly written in, and in none of the
 * known ones; 0: of none such.
 */
static guint64
bits_beyond(const Languages *languages, const int *points, guint64 known)
{
	const char *winner = clear_winner(languages, points);
	int least = points[most_of(points, languages->codes->len)] - OTHER_POINTS;

	for (size_t i = 0; i < languages->codes->len; i++)
		if ((known >> i & 1) != 0 && points[i] > least)
			return 0;

	return winner != NULL ? bits_of(languages, winner) : 0;
}

/* Take out the part's hits of other languages; kept: how many hits are before it. */
static size_t
narrow_part(Wording *wording, const Part *part, guint64 bits, size_t kept)
{
	GArray *hits = wording->hits;

	for (size_t i = part->first_hit; i < part->end_hit; i++) {
		const PhraseHit *hit = &g_array_index(hits, PhraseHit, i);
		const Entry *entry = wording_entry(wording, hit);

		if (entry->is_neutral || (bits >> entry->language & 1) != 0)
			g_array_index(hits, PhraseHit, kept++) = *hit;
	}

	return kept;
}

/* With the mark at its end, for a question is one by that. */
static void
add_part(GString *text, const PlainText *plain, const Part *part)
{
	size_t from = plain->offsets[part->first + 1], to = plain->offsets[part->end + 1];

	g_string_append_len(text, plain->text + from, (gssize)(to - from));
}

void
note_language_narrow(Wording *wording, const char *code, NoteLanguageParts *parts_out)
{
	const Languages *languages = wording->languages;
	const guint64 bits = note_language_bits(wording, code);
	NoteLanguageParts parts = { g_string_new(NULL), g_string_new(NULL) };
	GString *text = parts.first;
	guint64 lead = 0;
	size_t kept = 0;
	Part part = { 0 };

	wording->spoken = bits;
	while (next_sentence(wording, &part)) {
		int points[LANGUAGE_MAX_COUNT] = { 0 };
		guint64 likely, here;

		count_part(wording, &part, points);
		likely = likely_bits(wording, points);
		here = bits | bits_beyond(languages, points, bits);
		wording->spoken |= here;
		kept = narrow_part(wording, &part, here, kept);
		if (lead == 0)
			lead = likely;
		/* What tells no language is in that of the sentence before. */
		if (bits_beyond(languages, points, lead) != 0)
			text = parts.others;
		else if ((likely & lead) != 0)
			text = parts.first;
		add_part(text, &wording->plain, &part);
	}
	g_array_set_size(wording->hits, (guint)kept);
	wording_drop_in_idioms(wording);
	*parts_out = parts;
}

void
note_language_parts_clear(NoteLanguageParts *parts)
{
	if (parts->first != NULL)
		g_string_free(parts->first, TRUE);
	if (parts->others != NULL)
		g_string_free(parts->others, TRUE);
	*parts = (NoteLanguageParts){ NULL, NULL };
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* spans.c - the words of a note, and where in it the roles stand */

#include "config.h"

#include <string.h>

#include "note/signals.h"
#include "note/spans.h"
#include "note/weights.h"
#include "text/text.h"

/* A number that is a year, and how long a long word is. */
#define YEAR_FIRST 1950
#define YEAR_LAST  2049
#define LONG_WORD  5

/* Of a text with so many words the lists have one of so many, or it is in no language. */
#define STRANGE_MIN_WORDS 8
#define STRANGE_SHARE     5

/*
 * So many words with letters that no list has, one of so many, are in no language either,
 * where the lists have less than half of the others.
 */
#define FOREIGN_MIN_WORDS 2
#define FOREIGN_SHARE     5

/* A word with fewer letters tells nobody why. */
#define TELLING_LETTERS 5

/* Where more than so many per cent of the letters are capitals, these tell nothing. */
#define SHOUTED 60

/* The words of a text while its spans are made. */
typedef struct {
	Spans *spans;
	const Wording *wording;
	uint16_t *word_at; /* of each char of the plain text */
	RoleSpan *found;   /* as they come */
	size_t count, room;
} Reader;

static void
add_span(Reader *reader, size_t role, size_t start, size_t end)
{
	if (start >= end || end > reader->spans->words ||
	    reader->count == SPANS_MAX_COUNT)
		return;
	if (reader->count == reader->room) {
		reader->room *= 2;
		reader->found = g_renew(RoleSpan, reader->found, reader->room);
	}
	reader->found[reader->count++] =
	    (RoleSpan){ (uint16_t)role, (uint16_t)start, (uint16_t)end };
	reader->spans->first[role + 1]++;
}

/* By role, by counting: there are few roles and many spans. */
static void
sort_spans(Reader *reader)
{
	Spans *spans = reader->spans;
	g_autofree uint32_t *next = NULL;

	for (size_t role = 0; role < ROLE_MAX_COUNT; role++)
		spans->first[role + 1] += spans->first[role];
	next = g_memdup2(spans->first, (ROLE_MAX_COUNT + 1) * sizeof(uint32_t));
	spans->spans = g_new(RoleSpan, reader->count + 1);
	for (size_t i = 0; i < reader->count; i++)
		spans->spans[next[reader->found[i].role]++] = reader->found[i];
}

static bool
has_mark(const PlainText *plain, size_t gap, const char *const *marks)
{
	const char *from = plain->text + plain->offsets[gap];
	const char *to = plain->text + plain->offsets[gap + 1];

	/* Most gaps are a space. */
	if (to - from == 1 && *from == ' ')
		return false;
	for (; from < to; from++)
		for (size_t i = 0; marks[i] != NULL; i++)
			if (*from == marks[i][0] && g_str_has_prefix(from, marks[i]))
				return true;

	return false;
}

static bool
is_end(gunichar c)
{
	return c == PLAIN_TEXT_STOP || c == PLAIN_TEXT_LINE;
}

static uint32_t
hash_of(const PlainText *plain, size_t start, size_t end)
{
	uint32_t hash = WEIGHTS_HASH_START;

	if (g_unichar_isdigit(plain->chars[start]))
		return weights_hash(hash, '0');
	for (size_t i = start; i < end; i++)
		hash = weights_hash(hash, plain->chars[i]);

	return hash;
}

/* One char is a word in scripts without spaces. */
static void
find_words(Reader *reader)
{
	static const char *const asks[] = { "?", "\xef\xbc\x9f", "\xd8\x9f", NULL };
	const PlainText *plain = &reader->wording->plain;
	Spans *spans = reader->spans;
	size_t count = 0, to;

	spans->starts = g_new(uint32_t, plain->length + 1);
	spans->ends = g_new(uint32_t, plain->length + 1);
	reader->word_at = g_new0(uint16_t, plain->length + 1);
	for (size_t from = 1; from < plain->length && count < SPANS_MAX_WORDS;
	     from = to) {
		bool is_spaceless = text_is_spaceless(plain->chars[from]);

		for (to = from; to < plain->length &&
				!plain_text_is_gap(plain->chars[to]) &&
				(to == from || !is_spaceless);)
			reader->word_at[to++] = (uint16_t)count;
		if (to == from) {
			to++;
			continue;
		}
		spans->starts[count] = (uint32_t)from;
		spans->ends[count++] = (uint32_t)to;
	}
	spans->words = count;
	spans->flags = g_new0(uint8_t, count + 1);
	spans->hashes = g_new(uint32_t, count + 1);
	for (size_t i = 0; i < count; i++) {
		size_t start = spans->starts[i], end = spans->ends[i];

		spans->hashes[i] = hash_of(plain, start, end);
		if (is_end(plain->chars[start - 1]) || i == 0)
			spans->flags[i] |= SPANS_WORD_BEGINS;
		if (!plain_text_is_gap(plain->chars[end]))
			continue;
		if (is_end(plain->chars[end]) || i + 1 == count)
			spans->flags[i] |= SPANS_WORD_ENDS;
		if (has_mark(plain, end, asks))
			spans->flags[i] |= SPANS_WORD_ASKS | SPANS_WORD_ENDS;
	}
}

/* "https://book.example.com/meet" speaks of no book, and nobody met. */
static void
find_links(Reader *reader)
{
	const PlainText *plain = &reader->wording->plain;
	Spans *spans = reader->spans;
	const char *end = plain->text;

	for (size_t i = 0; i < spans->words; i++) {
		const char *start = plain->text + plain->offsets[spans->starts[i]];

		if (start >= end)
			end = start + signals_link_length(start);
		if (start < end)
			spans->flags[i] |= SPANS_WORD_LINK;
	}
}

static size_t
role_of(const Entry *entry)
{
	if (entry->kind == ENTRY_ROLE)
		return entry->role;

	return entry->kind == ENTRY_CUE ? SIGN_LAST + entry->cue : ROLE_MAX_COUNT;
}

/* What a link offers is heard, and not who does what to whom. */
static bool
is_role_in_link(const Reader *reader, const Entry *entry, size_t word)
{
	return entry->kind == ENTRY_ROLE &&
	       (reader->spans->flags[word] & SPANS_WORD_LINK) != 0;
}

static void
take_hits(Reader *reader)
{
	const Wording *wording = reader->wording;

	for (size_t i = 0; i < wording->hits->len; i++) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);
		const Entry *entry = wording_entry(wording, hit);
		size_t start = reader->word_at[hit->start];
		size_t end = reader->word_at[hit->end - 1] + 1U;
		size_t role = role_of(entry);

		if (end > reader->spans->words)
			continue;
		if (role < ROLE_MAX_COUNT && !is_role_in_link(reader, entry, start))
			add_span(reader, role, start, end);
		for (size_t word = start; word < end; word++)
			reader->spans->flags[word] |=
			    entry->kind == ENTRY_WORD
				? SPANS_WORD_COVERED | SPANS_WORD_COMMON
				: SPANS_WORD_COVERED;
	}
}

static bool
is_upper_at(const Reader *reader, size_t word)
{
	const PlainText *plain = &reader->wording->plain;

	return g_unichar_isupper(
	    g_utf8_get_char(plain->text + plain->offsets[reader->spans->starts[word]]));
}

/* "FOSDEM", "LeipzigTech": a capital behind the first letter. */
static bool
has_inner_capital(const Reader *reader, size_t word)
{
	const PlainText *plain = &reader->wording->plain;
	size_t start = reader->spans->starts[word];

	for (size_t i = start + 1; i < reader->spans->ends[word]; i++)
		if (g_unichar_isupper(g_utf8_get_char(plain->text + plain->offsets[i])))
			return true;

	return false;
}

/* Is the text written in capitals? */
static bool
is_shouted(const PlainText *plain)
{
	size_t letters = 0, capitals = 0;

	for (size_t i = 1; i < plain->length; i++) {
		const char *at = plain->text + plain->offsets[i];
		gunichar c;

		/* Most are these. */
		if ((unsigned char)*at < 0x80) {
			letters += g_ascii_isalpha(*at);
			capitals += g_ascii_isupper(*at);
			continue;
		}
		c = g_utf8_get_char(at);
		letters += g_unichar_isalpha(c);
		capitals += g_unichar_isupper(c);
	}

	return letters > 0 && capitals * 100 > letters * SHOUTED;
}

static bool
is_own_capital(const Reader *reader, size_t word)
{
	return word < reader->spans->words &&
	       (reader->spans->flags[word] & SPANS_WORD_COVERED) == 0 &&
	       !reader->wording->is_name[reader->spans->starts[word]] &&
	       is_upper_at(reader, word);
}

/*
 * A capital within a sentence is a name's, where no list has the word.  Where
 * all nouns have capitals (German), a second one must stand beside it.
 */
static bool
is_name_at(const Reader *reader, size_t word, bool have_nouns_capitals)
{
	bool is_first = (reader->spans->flags[word] & SPANS_WORD_BEGINS) != 0;

	if (reader->spans->is_shouted || !is_own_capital(reader, word))
		return false;
	if (has_inner_capital(reader, word))
		return true;
	if (have_nouns_capitals || is_first)
		return (!is_first && word > 0 && is_own_capital(reader, word - 1)) ||
		       ((reader->spans->flags[word] & SPANS_WORD_ENDS) == 0 &&
			is_own_capital(reader, word + 1));

	return true;
}

static void
take_word(Reader *reader, size_t word, bool have_nouns_capitals)
{
	static const char *const quotes[] = { "\"",           "\xe2\x80\x9c",
					      "\xe2\x80\x9e", "\xc2\xab",
					      "\xe3\x80\x8c", "\xe3\x80\x8e",
					      "\xe3\x80\x8a", NULL };
	static const char *const money[] = { "$",        "\xe2\x82\xac",
					     "\xc2\xa3", "\xe2\x82\xb9",
					     "%",        NULL };
	const PlainText *plain = &reader->wording->plain;
	Spans *spans = reader->spans;
	size_t start = spans->starts[word], end = spans->ends[word];
	gunichar c = plain->chars[start];

	if (g_unichar_isdigit(c)) {
		guint64 year = 0;

		for (size_t i = start; i < end && i < start + 5; i++)
			year = year * 10 +
			       (guint64)MAX(g_unichar_digit_value(plain->chars[i]), 0);
		spans->numbers++;
		add_span(reader, SIGN_NUMBER, word, word + 1);
		if (year >= YEAR_FIRST && year <= YEAR_LAST && end - start == 4)
			add_span(reader, SIGN_YEAR, word, word + 1);
		if ((plain_text_is_gap(plain->chars[start - 1]) &&
		     has_mark(plain, start - 1, money)) ||
		    (plain_text_is_gap(plain->chars[end]) && has_mark(plain, end, money)))
			add_span(reader, SIGN_MONEY, word, word + 1);
	} else if (is_name_at(reader, word, have_nouns_capitals)) {
		spans->names++;
		add_span(reader, SIGN_NAME, word, word + 1);
	}
	if (plain_text_is_gap(plain->chars[start - 1]) &&
	    has_mark(plain, start - 1, quotes))
		add_span(reader, SIGN_QUOTE, word, word + 1);
	if ((reader->spans->flags[word] & SPANS_WORD_COVERED) == 0 &&
	    !reader->wording->is_name[start]) {
		spans->own++;
		if (end - start >= LONG_WORD)
			add_span(reader, SIGN_OWN, word, word + 1);
	}
}

/* What a link is made of is neither a name nor a number of the note. */
static void
take_sign(Reader *reader, size_t word, bool have_nouns_capitals)
{
	const PlainText *plain = &reader->wording->plain;
	Spans *spans = reader->spans;
	size_t start = spans->starts[word], end = spans->ends[word];

	if ((spans->flags[word] & SPANS_WORD_LINK) == 0)
		take_word(reader, word, have_nouns_capitals);
	if ((end - start == 4 && memcmp(plain->chars + start, U"http", 16) == 0) ||
	    (end - start == 5 && memcmp(plain->chars + start, U"https", 20) == 0) ||
	    (end - start == 3 && memcmp(plain->chars + start, U"www", 12) == 0))
		add_span(reader, SIGN_LINK, word, word + 1);
	add_span(reader, SIGN_WORD, word, word + 1);
}

void
spans_init(Spans *spans, const Wording *wording)
{
	Reader reader = { .spans = spans, .wording = wording };
	bool have_nouns_capitals =
	    wording->spoken != ~(guint64)0 &&
	    (wording->spoken & wording->languages->noun_capitals) != 0;

	*spans = (Spans){ 0 };
	find_words(&reader);
	find_links(&reader);
	reader.room = spans->words * 4 + 1;
	reader.found = g_new(RoleSpan, reader.room);
	spans->first = g_new0(uint32_t, ROLE_MAX_COUNT + 1);
	spans->is_shouted = is_shouted(&wording->plain);
	take_hits(&reader);
	for (size_t i = 0; i < spans->words; i++)
		take_sign(&reader, i, have_nouns_capitals);
	sort_spans(&reader);
	g_free(reader.found);
	g_free(reader.word_at);
}

void
spans_clear(Spans *spans)
{
	g_clear_pointer(&spans->flags, g_free);
	g_clear_pointer(&spans->starts, g_free);
	g_clear_pointer(&spans->ends, g_free);
	g_clear_pointer(&spans->hashes, g_free);
	g_clear_pointer(&spans->spans, g_free);
	g_clear_pointer(&spans->first, g_free);
}

bool
spans_tell(const Spans *spans, const PlainText *plain, size_t start, size_t end)
{
	const gunichar *chars = plain->chars;

	for (size_t i = start; i < end; i++) {
		size_t letters = spans->ends[i] - spans->starts[i];

		if ((spans->flags[i] & SPANS_WORD_COMMON) == 0 &&
		    g_unichar_isalpha(chars[spans->starts[i]]) &&
		    (letters >= TELLING_LETTERS ||
		     (text_is_spaceless(chars[spans->starts[i]]) && end - start > 1)))
			return true;
	}

	return false;
}

/*
 * Is the word written with a letter that no language's words have?  Of scripts with
 * thousands of characters our words have only some.
 */
static bool
is_foreign(const Spans *spans, const Wording *wording, size_t word)
{
	const PlainText *plain = &wording->plain;
	const char *at = plain->text + plain->offsets[spans->starts[word]];
	const char *end = plain->text + plain->offsets[spans->ends[word]];

	for (; at < end; at = g_utf8_next_char(at)) {
		gunichar c = (unsigned char)*at < 0x80
				 ? 0
				 : g_unichar_tolower(g_utf8_get_char(at));

		if (c != 0 && c < LANGUAGE_LETTERS && g_unichar_isalpha(c) &&
		    (wording->languages->letters[c / 64] >> c % 64 & 1) == 0)
			return true;
	}

	return false;
}

bool
spans_are_foreign(const Spans *spans, const Wording *wording)
{
	size_t foreign = 0, covered = 0;

	for (size_t i = 0; i < spans->words; i++) {
		bool is_here = is_foreign(spans, wording, i);

		foreign += is_here;
		covered += !is_here && (spans->flags[i] & SPANS_WORD_COVERED) != 0;
	}

	return foreign >= FOREIGN_MIN_WORDS && foreign * FOREIGN_SHARE >= spans->words &&
	       covered * 2 < spans->words;
}

bool
spans_are_strange(const Spans *spans)
{
	size_t words = 0, covered = 0;

	for (size_t i = 0; i < spans->words; i++) {
		if ((spans->flags[i] & SPANS_WORD_LINK) != 0)
			continue;
		words++;
		covered += (spans->flags[i] & SPANS_WORD_COVERED) != 0;
	}

	return words >= STRANGE_MIN_WORDS && covered * STRANGE_SHARE < words;
}

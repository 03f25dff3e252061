/* SPDX-License-Identifier: BSD-2-Clause */
/* tongue.c - which language is a note written in? */

#include <string.h>

#include "base/text.h"
#include "judge/tongue.h"

/*
 * What tells a language, shared among the languages that have it: a phrase, a
 * word, a letter.  One is told when it has the evidence of one word that no
 * other language has, and is clearly before the next.
 */
#define PHRASE_POINTS 24
#define WORD_POINTS   12
#define LETTER_POINTS 6
#define ENOUGH_POINTS 12
#define CLEAR_POINTS  6

/* What many languages have tells little of each. */
static void
share_points(int *points, guint64 bits, int whole)
{
	int languages = __builtin_popcountll(bits);

	for (size_t bit = 0; bits != 0; bit++, bits >>= 1)
		if ((bits & 1) != 0)
			points[bit] += whole / languages;
}

static int
languages_with(const GArray *sayings, const char *text)
{
	int count = 0;

	for (size_t i = 0; i < sayings->len; i++)
		count += g_str_equal(g_array_index(sayings, Saying, i).text, text);

	return count;
}

/* Where a saying tells the language. */
typedef enum {
	PLACE_START,
	PLACE_END,
	PLACE_ANYWHERE,
} Place;

static bool
stands_at(const Saying *saying, const char *plain, const Pairs *pairs, Place place)
{
	size_t length;

	switch (place) {
	case PLACE_START:
		return g_str_has_prefix(plain, saying->text);
	case PLACE_END:
		return g_str_has_suffix(plain, saying->text);
	case PLACE_ANYWHERE:
		return saying_in(saying, plain, pairs, &length) != NULL;
	}
	g_assert_not_reached();
}

static void
count_sayings(const Languages *languages, int *points, const GArray *sayings,
	      const char *plain, Place place)
{
	Pairs pairs = pairs_of(plain);

	for (size_t i = 0; i < sayings->len; i++) {
		const Saying *saying = &g_array_index(sayings, Saying, i);
		guint index;

		if (stands_at(saying, plain, &pairs, place) &&
		    g_ptr_array_find(languages->codes, saying->language, &index))
			points[index] += PHRASE_POINTS / languages_with(sayings, saying->text);
	}
}

/* A sign-off is one where a line begins with it or the note ends. */
static void
count_phrases(const Languages *languages, int *points, const char *text,
	      const char *plain)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	count_sayings(languages, points, languages->greetings, plain, PLACE_START);
	count_sayings(languages, points, languages->sign_offs, plain, PLACE_END);
	count_sayings(languages, points, languages->pleasantries, plain, PLACE_ANYWHERE);
	for (size_t i = 1; lines[0] != NULL && lines[i] != NULL; i++) {
		g_autofree char *line = text_plain(lines[i]);

		count_sayings(languages, points, languages->sign_offs, line,
			      PLACE_START);
	}
}

/*
 * Kana is one language's, Han that of three.  A language whose other scripts
 * are missing is behind one that writes with these alone.
 */
static void
count_letters(const Languages *languages, int *points, const char *plain)
{
	const guint64 *writers = languages->writers;
	bool seen[SCRIPTS_MAX] = { false };
	guint64 lacking = 0;

	for (const char *c = plain; *c != '\0'; c = g_utf8_next_char(c)) {
		int script = g_unichar_get_script(g_utf8_get_char(c));

		if (script < 0 || script >= SCRIPTS_MAX)
			continue;
		seen[script] = true;
		share_points(points, writers[script], LETTER_POINTS);
	}
	for (size_t script = 0; script < SCRIPTS_MAX; script++)
		lacking |= seen[script] ? 0 : writers[script];
	for (size_t bit = 0; bit < languages->codes->len; bit++)
		points[bit] -= ((lacking >> bit) & 1) != 0 ? CLEAR_POINTS : 0;
}

/* Words of scripts without spaces, each once. */
static void
count_spaceless(const Languages *languages, int *points, const char *plain)
{
	for (size_t i = 0; i < languages->spaceless->len; i++) {
		const char *word = languages->spaceless->pdata[i];
		g_autofree char *bare = g_strndup(word + 1, strlen(word) - 2);

		if (strstr(plain, bare) != NULL)
			share_points(points,
				     *(const guint64 *)g_hash_table_lookup(languages->words,
									   word),
				     WORD_POINTS);
	}
}

static void
count_words(const Languages *languages, int *points, const char *plain)
{
	g_auto(GStrv) words = g_strsplit(plain, " ", -1);

	for (size_t i = 0; words[i] != NULL; i++) {
		g_autofree char *word = g_strconcat(" ", words[i], " ", NULL);
		const guint64 *bits = g_hash_table_lookup(languages->words, word);

		/* One letter is the "s" of "let's", the "i" of many languages. */
		if (bits == NULL || (g_ascii_isalpha(words[i][0]) && words[i][1] == '\0') ||
		    text_is_spaceless(g_utf8_get_char(words[i])))
			continue;
		share_points(points, *bits, WORD_POINTS);
	}
}

/* "xx-Aaaa" and "xx-Bbbb" are two ways to write one language. */
static bool
is_same_language(const char *a, const char *b)
{
	size_t length = strcspn(a, "-");

	return length == strcspn(b, "-") && strncmp(a, b, length) == 0;
}

/* The language with the most points; NULL where another is about as likely. */
static const char *
clear_winner(const Languages *languages, const int *points)
{
	const char *const *codes = (const char *const *)languages->codes->pdata;
	size_t most = 0;

	for (size_t i = 1; i < languages->codes->len; i++)
		if (points[i] > points[most])
			most = i;
	if (points[most] < ENOUGH_POINTS)
		return NULL;
	for (size_t i = 0; i < languages->codes->len; i++)
		if (points[i] > points[most] - CLEAR_POINTS &&
		    !is_same_language(codes[i], codes[most]))
			return NULL;

	return codes[most];
}

const char *
tongue_of(const Languages *languages, const char *text, const char *plain)
{
	int points[LANGUAGES_MAX_COUNT] = { 0 };

	count_phrases(languages, points, text, plain);
	count_letters(languages, points, plain);
	count_words(languages, points, plain);
	count_spaceless(languages, points, plain);

	return clear_winner(languages, points);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* mask-name.c - which words that could stay are written like somebody's name? */

#include "config.h"

#include "mail/mask-name.h"

/* So many letters with no more between them are a word that is spelled. */
#define MIN_SPELLED     3
#define MAX_SPELLED_GAP 3

/* Is there so little between two words that they may be one name? */
static bool
is_beside(const gunichar *chars, const MaskWord *a, const MaskWord *b)
{
	if (b->start - a->end > 2)
		return false;
	for (size_t i = a->end; i < b->start; i++)
		if (chars[i] != ' ' && chars[i] != MASK_NAME_BLANK && chars[i] != '.' &&
		    chars[i] != '-' && chars[i] != '_')
			return false;

	return true;
}

/* Is it of languages' files alone, or a letter that may be an initial? */
static bool
is_doubtful(const MaskWord *word)
{
	return word->is_capital && ((word->known & ~(unsigned)MASK_LANGUAGE) == 0 ||
				    word->end - word->start == 1);
}

/*
 * Does the other word, beside it, show that a word that would stay is part of a name?
 */
static bool
is_named_by(const MaskWord *word, const MaskWord *other)
{
	if (!word->is_kept || other->is_kept)
		return false;
	if ((word->known & MASK_PARTICLE) != 0)
		return (other->known & (MASK_PERSON | MASK_PARTICLE)) != 0;

	return is_doubtful(word) && other->is_capital;
}

/* Do the two stand in one sentence, as far as what is between them tells? */
static bool
is_one_sentence(const gunichar *chars, const MaskWord *a, const MaskWord *b)
{
	for (size_t i = a->end; i < b->start; i++)
		if (chars[i] != ' ' && chars[i] != MASK_NAME_BLANK && chars[i] != ',')
			return false;

	return true;
}

/*
 * A capital within a sentence begins a name; where nouns have one, they are hidden,
 * too.
 */
static void
mask_capitals(const gunichar *chars, MaskWord *words, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (is_doubtful(&words[i]) && words[i].end - words[i].start > 1 &&
		    is_one_sentence(chars, &words[i - 1], &words[i]))
			words[i].is_kept = false;
}

/* Letters in a row spell something: "J A N E", "q|u|i|l|l". */
static void
mask_spelled(MaskWord *words, size_t count)
{
	for (size_t first = 0, last; first < count; first = last + 1) {
		for (last = first; last < count; last++)
			if (words[last].end - words[last].start > 1 ||
			    (last > first &&
			     words[last].start - words[last - 1].end > MAX_SPELLED_GAP))
				break;
		if (last - first >= MIN_SPELLED)
			for (size_t i = first; i < last; i++)
				words[i].is_kept = false;
		if (last > first)
			last--;
	}
}

void
mask_name_hide(MaskKeep keep, const gunichar *chars, MaskWord *words, size_t count)
{
	mask_spelled(words, count);
	if (keep == MASK_KEEP_ALL)
		mask_capitals(chars, words, count);
	for (size_t i = 1; i < count; i++)
		if (is_named_by(&words[i], &words[i - 1]) &&
		    is_beside(chars, &words[i - 1], &words[i]))
			words[i].is_kept = false;
	for (size_t i = count; i-- > 1;)
		if (is_named_by(&words[i - 1], &words[i]) &&
		    is_beside(chars, &words[i - 1], &words[i]))
			words[i - 1].is_kept = false;
}

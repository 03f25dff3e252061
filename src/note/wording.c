/* SPDX-License-Identifier: BSD-2-Clause */
/* wording.c - a text gone through once: its phrases, and whose words are left */

#include "config.h"

#include <string.h>

#include "text/text.h"
#include "note/wording.h"

/* So many phrases are in a text of usual length. */
#define HITS_AT_FIRST 256

/* So many words beside a greeting are a name, or a title and a name. */
#define GREETED_MAX_NAMES 2

/* A longer text says more than a greeting and wishes. */
#define GREETED_MAX_CHARS 120

/* A bit for words that begin with this char, and for others. */
static guint64
first_bit(gunichar c)
{
	return (guint64)1 << c % 64;
}

/* Mark every word of the text that is one of the names'. */
static void
mark_names(Wording *wording, const char *const *names)
{
	g_autofree char *all = g_strjoinv("\n", (char **)names);
	g_auto(PlainText) words = { 0 };
	const PlainText *plain = &wording->plain;
	guint64 firsts = 0;

	plain_text_init(&words, all);
	for (size_t i = 1; i < words.length; i = plain_text_word_end(&words, i) + 1)
		firsts |= first_bit(words.chars[i]);
	for (size_t from = 1, to; from < plain->length; from = to + 1) {
		to = plain_text_word_end(plain, from);
		/* Most words are none of a name's. */
		if (to == from || (firsts & first_bit(plain->chars[from])) == 0)
			continue;
		for (size_t i = 1, end; i < words.length; i = end + 1) {
			end = plain_text_word_end(&words, i);
			if (end - i == to - from &&
			    memcmp(plain->chars + from, words.chars + i,
				   (to - from) * sizeof(gunichar)) == 0)
				memset(wording->is_name + from, true, to - from);
		}
	}
}

static bool
is_in_name(const Wording *wording, const PhraseHit *hit)
{
	for (size_t i = hit->start; i < hit->end; i++)
		if (!wording->is_name[i] && !plain_text_is_gap(wording->plain.chars[i]))
			return false;

	return true;
}

void
wording_init(Wording *wording, const Languages *languages, const char *text,
	     const char *const *names)
{
	PhraseSearch search;
	PhraseHit hit;
	size_t count = 0;

	wording->languages = languages;
	wording->spoken = ~(guint64)0;
	plain_text_init(&wording->plain, text);
	wording->is_name = g_new0(bool, wording->plain.length + 1);
	wording->hits =
	    g_array_set_size(g_array_new(FALSE, FALSE, sizeof(PhraseHit)), HITS_AT_FIRST);
	if (names != NULL)
		mark_names(wording, names);
	phrase_set_search_init(&search, languages->phrases, &wording->plain);
	while (phrase_set_search_next(&search, &hit)) {
		if (is_in_name(wording, &hit))
			continue;
		/* A text has hundreds: each is written where it stays. */
		if (count == wording->hits->len)
			g_array_set_size(wording->hits, wording->hits->len * 2);
		g_array_index(wording->hits, PhraseHit, count++) = hit;
	}
	g_array_set_size(wording->hits, (guint)count);
}

void
wording_clear(Wording *wording)
{
	plain_text_clear(&wording->plain);
	g_clear_pointer(&wording->hits, g_array_unref);
	g_clear_pointer(&wording->is_name, g_free);
}

const Entry *
wording_entry(const Wording *wording, const PhraseHit *hit)
{
	return &wording->languages->entries[hit->id];
}

size_t
wording_words(const Wording *wording)
{
	const PlainText *plain = &wording->plain;
	size_t words = 0;

	for (size_t i = 1; i < plain->length; i++)
		words += plain_text_is_gap(plain->chars[i]);

	return words;
}

size_t
wording_common_words(const Wording *wording)
{
	size_t end = 0, words = 0;

	/* A word that several languages have is told once for each. */
	for (size_t i = 0; i < wording->hits->len; i++) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);

		if (wording_entry(wording, hit)->kind == ENTRY_WORD && hit->end > end) {
			words++;
			end = hit->end;
		}
	}

	return words;
}

size_t
wording_begins(const Wording *wording, EntryKind kind)
{
	size_t longest = 0;

	for (size_t i = 0; i < wording->hits->len; i++) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);

		if (hit->start == 1 && wording_entry(wording, hit)->kind == kind)
			longest = MAX(longest, hit->end - hit->start);
	}

	return longest;
}

size_t
wording_ends(const Wording *wording, EntryKind kind)
{
	size_t first = wording->plain.length - 1;

	for (size_t i = 0; i < wording->hits->len; i++) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);

		if (hit->end == wording->plain.length - 1 &&
		    wording_entry(wording, hit)->kind == kind)
			first = MIN(first, hit->start);
	}

	return wording->plain.length - 1 - first;
}

/* Which chars does a phrase of these kinds cover?  kinds: a bit for each. */
static bool *
covered_by(const Wording *wording, unsigned kinds)
{
	bool *covered = g_memdup2(wording->is_name, wording->plain.length + 1);

	for (size_t i = 0; i < wording->hits->len; i++) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);

		if ((kinds >> wording_entry(wording, hit)->kind & 1) != 0)
			memset(covered + hit->start, true, hit->end - hit->start);
	}

	return covered;
}

/* The words that are not covered: how many, and they themselves. */
static size_t
words_beside(const Wording *wording, const bool *covered, GString *words)
{
	const PlainText *plain = &wording->plain;
	size_t count = 0, end;

	for (size_t start = 0; start < plain->length; start = end) {
		size_t bytes;

		for (end = start; end < plain->length &&
				  !plain_text_is_gap(plain->chars[end]) && !covered[end];)
			end++;
		if (end == start) {
			end++;
			continue;
		}
		bytes = plain->offsets[end] - plain->offsets[start];
		count += text_is_spaceless(plain->chars[start])
			     ? (end - start + 1) / TEXT_SPACELESS_WORD
			     : 1;
		if (words->len >= CUE_SHOWN_MAX)
			continue;
		if (words->len > 0)
			g_string_append_c(words, ' ');
		g_string_append_len(words, plain->text + plain->offsets[start],
				    (gssize)bytes);
	}

	return count;
}

size_t
wording_own_words(const Wording *wording, GString *words)
{
	g_autofree bool *covered =
	    covered_by(wording, ~(1U << ENTRY_ROLE | 1U << ENTRY_HONORIFIC));

	return words_beside(wording, covered, words);
}

bool
wording_greets_only(const Wording *wording)
{
	static const unsigned kinds = 1U << ENTRY_GREETING | 1U << ENTRY_HONORIFIC |
				      1U << ENTRY_PLEASANTRY | 1U << ENTRY_SIGN_OFF;
	g_autoptr(GString) words = NULL;
	g_autofree bool *covered = NULL;
	bool greets = false;

	for (size_t i = 0; i < wording->hits->len && !greets; i++) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);

		greets = (kinds >> wording_entry(wording, hit)->kind & 1) != 0;
	}
	if (!greets || wording->plain.length > GREETED_MAX_CHARS)
		return false;
	words = g_string_new(NULL);
	covered = covered_by(wording, kinds);

	return words_beside(wording, covered, words) <= GREETED_MAX_NAMES;
}

/* For each char, how far the phrases reach that begin up to it. */
static size_t *
reach_of(const GArray *phrases, size_t length)
{
	size_t *reach = g_new0(size_t, length + 1);

	for (size_t i = 0; i < phrases->len; i++) {
		const PhraseHit *hit = &g_array_index(phrases, PhraseHit, i);

		reach[hit->start] = MAX(reach[hit->start], hit->end);
	}
	for (size_t i = 1; i <= length; i++)
		reach[i] = MAX(reach[i], reach[i - 1]);

	return reach;
}

/* Does the phrase stand within a longer one?  Then the longer one is meant. */
static bool
is_within_another(const size_t *reach, const PhraseHit *hit)
{
	return reach[hit->start] > hit->end || reach[hit->start - 1] >= hit->end;
}

/* The same words twice, in two languages or said again, are one cue.  They end alike. */
static bool
is_said_before(const Wording *wording, const GArray *cues, size_t index)
{
	const PhraseHit *one = &g_array_index(cues, PhraseHit, index);

	for (size_t i = index; i > 0; i--) {
		const PhraseHit *other = &g_array_index(cues, PhraseHit, i - 1);

		if (other->end != one->end)
			return false;
		if (other->start == one->start && wording_entry(wording, other)->cue ==
						      wording_entry(wording, one)->cue)
			return true;
	}

	return false;
}

static GArray *
hits_of(const Wording *wording, EntryKind kind)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(PhraseHit));

	for (size_t i = 0; i < wording->hits->len; i++) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);

		if (wording_entry(wording, hit)->kind == kind)
			g_array_append_val(found, *hit);
	}

	return found;
}

void
wording_drop_in_idioms(Wording *wording)
{
	g_autoptr(GArray) idioms = hits_of(wording, ENTRY_IDIOM);
	g_autofree size_t *reach = NULL;
	size_t kept = 0;

	if (idioms->len == 0)
		return;
	reach = reach_of(idioms, wording->plain.length);
	for (size_t i = 0; i < wording->hits->len; i++) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);
		const Entry *entry = wording_entry(wording, hit);

		if ((entry->kind == ENTRY_CUE || entry->kind == ENTRY_ROLE) &&
		    is_within_another(reach, hit))
			continue;
		g_array_index(wording->hits, PhraseHit, kept++) = *hit;
	}
	g_array_set_size(wording->hits, (guint)kept);
}

void
wording_cues(const Wording *wording, Cues *cues)
{
	g_autoptr(GArray) found = hits_of(wording, ENTRY_CUE);
	g_autofree size_t *reach = reach_of(found, wording->plain.length);

	for (size_t i = 0; i < found->len; i++) {
		const PhraseHit *hit = &g_array_index(found, PhraseHit, i);
		const Entry *entry = wording_entry(wording, hit);
		g_autofree char *words = NULL;

		if (is_within_another(reach, hit) || is_said_before(wording, found, i))
			continue;
		words = plain_text_cut(&wording->plain, hit->start, hit->end);
		cues_add(cues, (Cue)entry->cue, entry->weight,
			 text_token(words, CUE_SHOWN_MAX));
	}
}

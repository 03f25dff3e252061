/* SPDX-License-Identifier: BSD-2-Clause */
/* pattern-list.c - patterns in several languages, found by how a line begins */

#include "config.h"

#include "network/pattern-list.h"
#include "network/url-hint.h"
#include "text/text.h"

/* First characters that differ by a multiple of this share a chain. */
#define BUCKETS 32

/* The chain of the patterns that may begin with any character. */
#define ANY BUCKETS

/* What stands in a mail for a character that was lost on the way. */
static const gunichar losses[] = { '?', TEXT_REPLACEMENT };

/* A pattern in one chain.  Link 0 is none. */
typedef struct {
	uint32_t index; /* in the list, rising along the chain */
	uint32_t next;
} Link;

/* Chains of links, by what a line begins with. */
typedef struct {
	uint32_t first[BUCKETS + 1];
	Link links[];
} Index;

/*
 * Most lists are never asked, so what is needed for an answer is made at the first
 * question: by any of several threads, of which one wins.
 */
struct PatternList {
	GArray *list; /* of PatternListEntry; NULL where there is none */
	Index *index; /* of all of the list, as the next one; NULL until it is asked */
	UrlHint *hint;
};

PatternList *
pattern_list_new(void)
{
	return g_new0(PatternList, 1);
}

void
pattern_list_free(PatternList *patterns)
{
	if (patterns == NULL)
		return;

	for (size_t i = 0; i < pattern_list_length(patterns); i++)
		if (!pattern_list_get(patterns, i)->is_lent)
			pattern_free(pattern_list_get(patterns, i)->pattern);
	g_clear_pointer(&patterns->list, g_array_unref);
	url_hint_free(patterns->hint);
	g_free(patterns->index);
	g_free(patterns);
}

/* An index on its way. */
typedef struct {
	Index *index;
	uint32_t count;             /* of its links */
	uint32_t last[BUCKETS + 1]; /* of each chain */
} Chains;

/* Put the pattern at the end of a chain, unless it is there. */
static void
put(Chains *chains, size_t bucket, uint32_t number)
{
	Index *index = chains->index;
	uint32_t *last = &chains->last[bucket];

	if (*last != 0 && index->links[*last].index == number)
		return;
	index->links[chains->count] = (Link){ .index = number };
	if (*last == 0)
		index->first[bucket] = chains->count;
	else
		index->links[*last].next = chains->count;
	*last = chains->count++;
}

static Index *
index_new(const PatternList *patterns)
{
	size_t most = 1 + (1 + G_N_ELEMENTS(losses)) * pattern_list_length(patterns);
	Chains chains = { .index = g_malloc0(sizeof(Index) + most * sizeof(Link)),
			  .count = 1 };

	for (uint32_t i = 0; i < pattern_list_length(patterns); i++) {
		bool is_losable;
		gunichar first =
		    pattern_first(pattern_list_get(patterns, i)->pattern, &is_losable);

		put(&chains, first != 0 ? first % BUCKETS : ANY, i);
		for (size_t j = 0; is_losable && j < G_N_ELEMENTS(losses); j++)
			put(&chains, losses[j] % BUCKETS, i);
	}

	return g_realloc(chains.index, sizeof(Index) + chains.count * sizeof(Link));
}

static const Index *
index_of(const PatternList *patterns)
{
	Index **place = (Index **)&patterns->index, *made;

	if (g_atomic_pointer_get(place) == NULL) {
		made = index_new(patterns);
		if (!g_atomic_pointer_compare_and_exchange(place, NULL, made))
			g_free(made);
	}

	return g_atomic_pointer_get(place);
}

static UrlHint *
hint_new(const PatternList *patterns)
{
	UrlHint *hint = url_hint_new();

	for (size_t i = 0; i < pattern_list_length(patterns); i++)
		url_hint_add(hint, pattern_text(pattern_list_get(patterns, i)->pattern));

	return hint;
}

static const UrlHint *
hint_of(const PatternList *patterns)
{
	UrlHint **place = (UrlHint **)&patterns->hint, *made;

	if (g_atomic_pointer_get(place) == NULL) {
		made = hint_new(patterns);
		if (!g_atomic_pointer_compare_and_exchange(place, NULL, made))
			url_hint_free(made);
	}

	return g_atomic_pointer_get(place);
}

static void
add(PatternList *patterns, PatternListEntry entry)
{
	g_assert(patterns->index == NULL && patterns->hint == NULL);
	if (patterns->list == NULL)
		patterns->list = g_array_new(FALSE, FALSE, sizeof(entry));
	g_array_append_val(patterns->list, entry);
}

void
pattern_list_add(PatternList *patterns, Pattern *pattern, const KeyfileEntry *from)
{
	add(patterns, (PatternListEntry){ pattern, from, false });
}

void
pattern_list_lend(PatternList *to, const PatternList *from)
{
	for (size_t i = 0; i < pattern_list_length(from); i++) {
		const PatternListEntry *entry = pattern_list_get(from, i);

		add(to, (PatternListEntry){ entry->pattern, entry->from, true });
	}
}

size_t
pattern_list_length(const PatternList *patterns)
{
	return patterns->list != NULL ? patterns->list->len : 0;
}

const PatternListEntry *
pattern_list_get(const PatternList *patterns, size_t index)
{
	return &g_array_index(patterns->list, PatternListEntry, index);
}

bool
pattern_list_may_fit_url(const PatternList *patterns, const char *url)
{
	return pattern_list_length(patterns) > 0 &&
	       url_hint_may_fit(hint_of(patterns), url);
}

/* The first that fits from this place in the list on, or NULL. */
static const PatternListEntry *
find_from(const PatternList *patterns, size_t start, const Folded *folded,
	  PatternHit *hits_out)
{
	const Index *index;
	uint32_t own, any;

	if (folded->length == 0 || patterns->list == NULL)
		return NULL;
	index = index_of(patterns);
	own = index->first[folded->chars[0] % BUCKETS];
	any = index->first[ANY];
	while (own != 0 || any != 0) {
		bool is_own = any == 0 || (own != 0 && index->links[own].index <
							   index->links[any].index);
		const Link *link = &index->links[is_own ? own : any];
		const PatternListEntry *entry = pattern_list_get(patterns, link->index);

		if (link->index >= start &&
		    pattern_fits(entry->pattern, folded, hits_out))
			return entry;
		if (is_own)
			own = link->next;
		else
			any = link->next;
	}

	return NULL;
}

const PatternListEntry *
pattern_list_fitting(const PatternList *patterns, const Folded *folded,
		     PatternHit *hits_out)
{
	return find_from(patterns, 0, folded, hits_out);
}

const PatternListEntry *
pattern_list_next(const PatternList *patterns, const Folded *folded,
		  const PatternListEntry *before)
{
	size_t index = (size_t)(before - pattern_list_get(patterns, 0));

	return find_from(patterns, index + 1, folded, NULL);
}

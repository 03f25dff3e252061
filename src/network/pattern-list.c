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

typedef struct {
	uint32_t first;
	uint32_t last;
} Chain;

/* Most lists stay empty, and have nothing but NULL. */
struct PatternList {
	GArray *list;  /* of PatternListEntry */
	GArray *links; /* of Link */
	Chain *chains; /* BUCKETS + 1 of them */
	UrlHint *hint; /* of all of the list */
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
	g_clear_pointer(&patterns->links, g_array_unref);
	url_hint_free(patterns->hint);
	g_free(patterns->chains);
	g_free(patterns);
}

static Link *
link_at(const PatternList *patterns, uint32_t number)
{
	return &g_array_index(patterns->links, Link, number);
}

/* Put the pattern at the end of a chain, unless it is there. */
static void
put(PatternList *patterns, size_t bucket, uint32_t index)
{
	Chain *chain = &patterns->chains[bucket];
	uint32_t number = patterns->links->len;
	Link link = { .index = index };

	if (chain->last != 0 && link_at(patterns, chain->last)->index == index)
		return;
	g_array_append_val(patterns->links, link);
	if (chain->last == 0)
		chain->first = number;
	else
		link_at(patterns, chain->last)->next = number;
	chain->last = number;
}

static void
add(PatternList *patterns, PatternListEntry entry)
{
	static const Link none = { 0, 0 };
	uint32_t index = (uint32_t)pattern_list_length(patterns);
	bool is_losable;
	gunichar first = pattern_first(entry.pattern, &is_losable);

	if (patterns->chains == NULL) {
		patterns->list = g_array_new(FALSE, FALSE, sizeof(PatternListEntry));
		patterns->hint = url_hint_new();
		patterns->chains = g_new0(Chain, BUCKETS + 1);
		patterns->links = g_array_new(FALSE, FALSE, sizeof(Link));
		g_array_append_val(patterns->links, none);
	}
	g_array_append_val(patterns->list, entry);
	url_hint_add(patterns->hint, pattern_text(entry.pattern));
	put(patterns, first != 0 ? first % BUCKETS : ANY, index);
	for (size_t i = 0; is_losable && i < G_N_ELEMENTS(losses); i++)
		put(patterns, losses[i] % BUCKETS, index);
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
	return patterns->hint != NULL && url_hint_may_fit(patterns->hint, url);
}

const PatternListEntry *
pattern_list_fitting(const PatternList *patterns, const Folded *folded,
		     PatternHit *hits_out)
{
	uint32_t own, any;

	if (folded->length == 0 || patterns->chains == NULL)
		return NULL;
	own = patterns->chains[folded->chars[0] % BUCKETS].first;
	any = patterns->chains[ANY].first;
	while (own != 0 || any != 0) {
		bool is_own = any == 0 || (own != 0 && link_at(patterns, own)->index <
							   link_at(patterns, any)->index);
		const Link *link = link_at(patterns, is_own ? own : any);
		const PatternListEntry *entry = pattern_list_get(patterns, link->index);

		if (pattern_fits(entry->pattern, folded, hits_out))
			return entry;
		if (is_own)
			own = link->next;
		else
			any = link->next;
	}

	return NULL;
}

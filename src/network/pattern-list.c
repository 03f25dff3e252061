/* SPDX-License-Identifier: BSD-2-Clause */
/* pattern-list.c - patterns in several languages, found by how a line begins */

#include "config.h"

#include "network/pattern-list.h"

/* First characters that differ by a multiple of this share a bucket. */
#define BUCKETS 64

/* What stands in a mail for a character that was lost on the way. */
static const gunichar losses[] = { '?', 0xfffd };

struct PatternList {
	GArray *list;             /* of PatternListEntry */
	GArray *buckets[BUCKETS]; /* of guint16, indices in the order of list */
};

PatternList *
pattern_list_new(void)
{
	PatternList *patterns = g_new0(PatternList, 1);

	patterns->list = g_array_new(FALSE, FALSE, sizeof(PatternListEntry));

	return patterns;
}

void
pattern_list_free(PatternList *patterns)
{
	if (patterns == NULL)
		return;

	for (size_t i = 0; i < BUCKETS; i++)
		g_clear_pointer(&patterns->buckets[i], g_array_unref);
	for (size_t i = 0; i < patterns->list->len; i++)
		if (!pattern_list_get(patterns, i)->is_lent)
			pattern_free(pattern_list_get(patterns, i)->pattern);
	g_array_unref(patterns->list);
	g_free(patterns);
}

static void
put(PatternList *patterns, size_t bucket, guint16 index)
{
	GArray **place = &patterns->buckets[bucket];

	if (*place == NULL)
		*place = g_array_new(FALSE, FALSE, sizeof(guint16));
	if ((*place)->len == 0 ||
	    g_array_index(*place, guint16, (*place)->len - 1) != index)
		g_array_append_val(*place, index);
}

static void
add(PatternList *patterns, PatternListEntry entry)
{
	guint16 index = (guint16)patterns->list->len;
	bool is_losable;
	gunichar first = pattern_first(entry.pattern, &is_losable);

	g_assert(patterns->list->len < G_MAXUINT16);
	g_array_append_val(patterns->list, entry);
	if (first != 0)
		put(patterns, first % BUCKETS, index);
	else
		for (size_t i = 0; i < BUCKETS; i++)
			put(patterns, i, index);
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
	for (size_t i = 0; i < from->list->len; i++) {
		const PatternListEntry *entry = pattern_list_get(from, i);

		add(to, (PatternListEntry){ entry->pattern, entry->from, true });
	}
}

size_t
pattern_list_length(const PatternList *patterns)
{
	return patterns->list->len;
}

const PatternListEntry *
pattern_list_get(const PatternList *patterns, size_t index)
{
	return &g_array_index(patterns->list, PatternListEntry, index);
}

const PatternListEntry *
pattern_list_fitting(const PatternList *patterns, const Folded *folded,
		     PatternHit *hits_out)
{
	const GArray *bucket =
	    folded->length > 0 ? patterns->buckets[folded->chars[0] % BUCKETS] : NULL;

	for (size_t i = 0; bucket != NULL && i < bucket->len; i++) {
		const PatternListEntry *entry =
		    pattern_list_get(patterns, g_array_index(bucket, guint16, i));

		if (pattern_fits(entry->pattern, folded, hits_out))
			return entry;
	}

	return NULL;
}

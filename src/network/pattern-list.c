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
	PatternList *phrases = g_new0(PatternList, 1);

	phrases->list = g_array_new(FALSE, FALSE, sizeof(PatternListEntry));

	return phrases;
}

void
pattern_list_free(PatternList *phrases)
{
	if (phrases == NULL)
		return;

	for (size_t i = 0; i < BUCKETS; i++)
		g_clear_pointer(&phrases->buckets[i], g_array_unref);
	for (size_t i = 0; i < phrases->list->len; i++)
		if (!pattern_list_get(phrases, i)->is_lent)
			pattern_free(pattern_list_get(phrases, i)->pattern);
	g_array_unref(phrases->list);
	g_free(phrases);
}

static void
put(PatternList *phrases, size_t bucket, guint16 index)
{
	GArray **place = &phrases->buckets[bucket];

	if (*place == NULL)
		*place = g_array_new(FALSE, FALSE, sizeof(guint16));
	if ((*place)->len == 0 ||
	    g_array_index(*place, guint16, (*place)->len - 1) != index)
		g_array_append_val(*place, index);
}

static void
add(PatternList *phrases, PatternListEntry phrase)
{
	guint16 index = (guint16)phrases->list->len;
	bool is_losable;
	gunichar first = pattern_first(phrase.pattern, &is_losable);

	g_assert(phrases->list->len < G_MAXUINT16);
	g_array_append_val(phrases->list, phrase);
	if (first != 0)
		put(phrases, first % BUCKETS, index);
	else
		for (size_t i = 0; i < BUCKETS; i++)
			put(phrases, i, index);
	for (size_t i = 0; is_losable && i < G_N_ELEMENTS(losses); i++)
		put(phrases, losses[i] % BUCKETS, index);
}

void
pattern_list_add(PatternList *phrases, Pattern *pattern, const KeyfileEntry *from)
{
	add(phrases, (PatternListEntry){ pattern, from, false });
}

void
pattern_list_lend(PatternList *to, const PatternList *from)
{
	for (size_t i = 0; i < from->list->len; i++) {
		const PatternListEntry *phrase = pattern_list_get(from, i);

		add(to, (PatternListEntry){ phrase->pattern, phrase->from, true });
	}
}

size_t
pattern_list_length(const PatternList *phrases)
{
	return phrases->list->len;
}

const PatternListEntry *
pattern_list_get(const PatternList *phrases, size_t index)
{
	return &g_array_index(phrases->list, PatternListEntry, index);
}

const PatternListEntry *
pattern_list_fitting(const PatternList *phrases, const Folded *folded,
		     PatternHit *hits_out)
{
	const GArray *bucket =
	    folded->length > 0 ? phrases->buckets[folded->chars[0] % BUCKETS] : NULL;

	for (size_t i = 0; bucket != NULL && i < bucket->len; i++) {
		const PatternListEntry *phrase =
		    pattern_list_get(phrases, g_array_index(bucket, guint16, i));

		if (pattern_fits(phrase->pattern, folded, hits_out))
			return phrase;
	}

	return NULL;
}

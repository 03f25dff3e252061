/* SPDX-License-Identifier: BSD-2-Clause */
/* digest-parts.c - which invitation belongs in which part of a digest? */

#include "config.h"

#include "digest/digest-parts.h"
#include "judge/kept.h"
#include "judge/relation.h"

static DigestPart
part_of_open(const StoreInvitation *row)
{
	const char *verdict = row->texts[STORE_INVITATION_VERDICT];

	if (g_strcmp0(verdict, verdict_name(VERDICT_FORGED)) == 0 ||
	    g_strcmp0(verdict, verdict_name(VERDICT_IMPOSTOR)) == 0)
		return DIGEST_PART_FORGED;
	if (row->worth <= 0)
		return g_strcmp0(verdict, verdict_name(VERDICT_SPAMMY)) == 0
			   ? DIGEST_PART_SELLS
			   : DIGEST_PART_SILENT;

	return row->worth >= kept_worth(VERDICT_PERSONAL, ANSWER_CONSIDER)
		   ? DIGEST_PART_WORTH
		   : DIGEST_PART_TABLE;
}

/* Did it happen after the last digest? */
static bool
is_since(const DigestTimes *times, gint64 when)
{
	return when > times->since && when <= times->now;
}

static void
add_open(DigestParts *parts, StoreInvitation *row, const DigestTimes *times)
{
	DigestPart part = part_of_open(row);
	bool is_fresh = row->last > times->since;

	parts->open++;
	g_ptr_array_add(parts->rows[part], row);
	if (row->worth <= 0)
		return;
	if (is_fresh && row->reminders > 0)
		g_ptr_array_add(parts->rows[DIGEST_PART_REMINDERS], row);
	parts->is_news |= is_fresh || (part == DIGEST_PART_WORTH &&
				       is_since(times, row->first + INVITATION_DUE));
}

/* Of an answer that the network told of it is known that the two are writing. */
static void
add_answered(DigestParts *parts, StoreInvitation *row, const DigestTimes *times)
{
	gint64 when = row->state_when + times->unanswered;

	if (row->why == INVITATION_WHY_NOTICE || when > times->now)
		return;
	g_ptr_array_add(parts->rows[DIGEST_PART_UNANSWERED], row);
	parts->is_news |= is_since(times, when);
}

static void
add_accepted(DigestParts *parts, StoreInvitation *row, const DigestTimes *times)
{
	Relation relation = relation_of_name(row->texts[STORE_INVITATION_RELATION]);

	if ((relation != RELATION_KNOWN && relation != RELATION_LIKELY) ||
	    row->state_when <= times->since)
		return;
	g_ptr_array_add(parts->rows[DIGEST_PART_WELCOME], row);
	parts->is_news = true;
}

static int
compare_worth(gconstpointer a, gconstpointer b)
{
	const StoreInvitation *one = *(StoreInvitation *const *)a,
			      *other = *(StoreInvitation *const *)b;

	if (one->worth != other->worth)
		return one->worth > other->worth ? -1 : 1;
	if (one->first != other->first)
		return one->first < other->first ? -1 : 1;

	return (one->id > other->id) - (one->id < other->id);
}

static int
compare_age(gconstpointer a, gconstpointer b)
{
	const StoreInvitation *one = *(StoreInvitation *const *)a,
			      *other = *(StoreInvitation *const *)b;

	if (one->last != other->last)
		return one->last > other->last ? -1 : 1;

	return (one->id < other->id) - (one->id > other->id);
}

void
digest_parts_init(DigestParts *parts, const GPtrArray *list, const DigestTimes *times)
{
	*parts = (DigestParts){ 0 };
	for (size_t i = 0; i < DIGEST_PART_LAST; i++)
		parts->rows[i] = g_ptr_array_new();
	for (guint i = 0; i < list->len; i++) {
		StoreInvitation *row = list->pdata[i];

		if (row->state == INVITATION_STATE_OPEN)
			add_open(parts, row, times);
		else if (row->state == INVITATION_STATE_ANSWERED)
			add_answered(parts, row, times);
		else if (row->state == INVITATION_STATE_ACCEPTED)
			add_accepted(parts, row, times);
	}
	for (size_t i = 0; i < DIGEST_PART_LAST; i++)
		g_ptr_array_sort(parts->rows[i],
				 i == DIGEST_PART_WORTH ? compare_worth : compare_age);
}

void
digest_parts_clear(DigestParts *parts)
{
	for (size_t i = 0; i < DIGEST_PART_LAST; i++)
		g_clear_pointer(&parts->rows[i], g_ptr_array_unref);
}

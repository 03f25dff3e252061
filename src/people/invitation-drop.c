/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation-drop.c - which invitations go from an owner's list? */

#include "config.h"

#include "base/day.h"
#include "people/invitation.h"
#include "people/invitation-drop.h"

/* Stands for a profile that nobody has. */
#define NO_PROFILE "-"

/* Invitations that go, or stay as of today, on their way through a transaction. */
typedef struct {
	const char *owner;
	const GArray *ids;
	StoreInvitationDrop drop;
	gint64 now;
} Going;

static bool
drop_step(StoreWriter *writer, void *context, GError **error)
{
	const Going *going = context;

	return store_invitation_drop(writer, going->owner, going->ids, going->drop,
				     error);
}

static bool
forget_step(StoreWriter *writer, void *context, GError **error)
{
	const Going *going = context;

	for (guint i = 0; i < going->ids->len; i++)
		if (!invitation_forget(writer, going->owner,
				       g_array_index(going->ids, gint64, i), going->now,
				       error))
			return false;

	return true;
}

/* A few in each transaction; *done grows by each. */
static bool
work_in_steps(Store *store, StoreWork *step, const GArray *ids, Going *going,
	      size_t *done, GError **error)
{
	for (size_t i = 0; i < ids->len; i += INVITATION_BATCH) {
		g_autoptr(GArray) some = g_array_new(FALSE, FALSE, sizeof(gint64));

		g_array_append_vals(some, &g_array_index(ids, gint64, i),
				    (guint)MIN(ids->len - i, INVITATION_BATCH));
		going->ids = some;
		if (!store_change(store, step, going, error))
			return false;
		*done += some->len;
	}

	return true;
}

static bool
drop_in_steps(Store *store, const char *owner, const GArray *ids,
	      StoreInvitationDrop drop, size_t *dropped, GError **error)
{
	Going going = { .owner = owner, .drop = drop };

	return work_in_steps(store, drop_step, ids, &going, dropped, error);
}

static bool
forget_in_steps(Store *store, const char *owner, const GArray *ids, gint64 now,
		size_t *dropped, GError **error)
{
	Going going = { .owner = owner, .now = now };

	return work_in_steps(store, forget_step, ids, &going, dropped, error);
}

/* The invitations of those who are known by one of these alone. */
static bool
add_found(Store *store, const char *owner, StoreInvitationText text, const char *value,
	  GArray *ids, GError **error)
{
	g_autoptr(StoreInvitation) like = store_invitation_new();
	g_autoptr(GArray) found = NULL;

	like->trust = 1;
	store_invitation_set(like, text, value);
	if (like->texts[text] == NULL)
		return true;
	if (!invitation_find(store, owner, like, &found, error))
		return false;
	for (size_t i = 0; i < found->len; i++) {
		gint64 id = g_array_index(found, gint64, i);
		bool is_there = false;

		for (size_t k = 0; k < ids->len; k++)
			is_there |= g_array_index(ids, gint64, k) == id;
		if (!is_there)
			g_array_append_val(ids, id);
	}

	return true;
}

bool
invitation_drop_person(Store *store, const char *owner, const char *profile_key,
		       const char *address, const char *name_key, gint64 now,
		       size_t *dropped, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	return add_found(store, owner, STORE_INVITATION_PROFILE_KEY, profile_key, ids,
			 error) &&
	       add_found(store, owner, STORE_INVITATION_ADDRESS, address, ids, error) &&
	       add_found(store, owner, STORE_INVITATION_NAME_KEY, name_key, ids, error) &&
	       forget_in_steps(store, owner, ids, now, dropped, error);
}

bool
invitation_drop_named(Store *store, const char *owner, const char *name_key, gint64 now,
		      size_t *dropped, GError **error)
{
	g_autoptr(StoreInvitation) like = store_invitation_new();
	g_autoptr(GArray) ids = NULL;

	like->trust = 1;
	store_invitation_set(like, STORE_INVITATION_NAME_KEY, name_key);
	store_invitation_set(like, STORE_INVITATION_PROFILE_KEY, NO_PROFILE);

	return invitation_find(store, owner, like, &ids, error) &&
	       forget_in_steps(store, owner, ids, now, dropped, error);
}

static bool
forget_past(StoreWriter *writer, void *owner, GError **error)
{
	return store_invitation_forget_past(writer, owner, error);
}

/* Mails that came before it are too old to be listed, if they are read again. */
static bool
forget_forgotten(StoreWriter *writer, void *context, GError **error)
{
	const Going *going = context;

	return store_invitation_forget_forgotten(writer, going->owner, going->now, error);
}

static bool
is_ahead(const StoreInvitation *row, gint64 now)
{
	return MAX(MAX(row->first, row->last), row->state_when) > now + DAY_SECONDS;
}

static bool
set_back_step(StoreWriter *writer, void *context, GError **error)
{
	const Going *going = context;

	for (guint i = 0; i < going->ids->len; i++) {
		g_autoptr(StoreInvitation) row = NULL;
		size_t count;

		if (!store_invitation_writer_get(writer, going->owner,
						 g_array_index(going->ids, gint64, i),
						 &row, error))
			return false;
		if (row == NULL)
			continue;
		row->first = MIN(row->first, going->now);
		row->last = MIN(row->last, going->now);
		row->state_when = MIN(row->state_when, going->now);
		if (!store_invitation_put(writer, going->owner, row, &count, error))
			return false;
	}

	return true;
}

/* What a clock wrote that was ahead would else not expire, or open again, for as long. */
static bool
set_back(Store *store, const char *owner, const GPtrArray *list, gint64 now,
	 GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	Going going = { .owner = owner, .now = now };
	size_t done = 0;

	for (guint i = 0; i < list->len; i++) {
		const StoreInvitation *row = list->pdata[i];

		if (is_ahead(row, now))
			g_array_append_val(ids, row->id);
	}

	return work_in_steps(store, set_back_step, ids, &going, &done, error);
}

/* The invitations of which no mail came since then, by their numbers; of gint64. */
static GArray *
not_seen_since(const GPtrArray *list, gint64 since)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	for (size_t i = 0; i < list->len; i++) {
		const StoreInvitation *row = list->pdata[i];

		if (row->last < since)
			g_array_append_val(ids, row->id);
	}

	return ids;
}

/* That are open, of which no mail came and nothing else was heard; of gint64. */
static GArray *
open_since(const GPtrArray *list, gint64 since)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	for (size_t i = 0; i < list->len; i++) {
		const StoreInvitation *row = list->pdata[i];

		if (row->state == INVITATION_STATE_OPEN && row->last < since &&
		    row->state_when < since)
			g_array_append_val(ids, row->id);
	}

	return ids;
}

bool
invitation_drop_old(Store *store, const char *owner, size_t wait, size_t keep, gint64 now,
		    GError **error)
{
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GArray) old = NULL, late = NULL;
	Going since = { .owner = owner,
			.now = keep > 0 ? now - (gint64)keep * DAY_SECONDS : G_MAXINT64 };
	size_t dropped = 0;

	if (!store_invitation_list(store, owner, STORE_INVITATION_BRIEF, &list, error) ||
	    !store_change(store, forget_forgotten, &since, error) ||
	    !set_back(store, owner, list, now, error))
		return false;
	late = open_since(list, wait > 0 ? now - (gint64)wait * DAY_SECONDS : 0);
	old = not_seen_since(list,
			     keep > 0 ? now - (gint64)keep * DAY_SECONDS : G_MAXINT64);
	for (size_t i = 0; i < late->len; i += INVITATION_BATCH)
		if (!invitation_happened(store, owner, &g_array_index(late, gint64, i),
					 MIN(late->len - i, INVITATION_BATCH),
					 INVITATION_TIMED_OUT, now, NULL, error))
			return false;
	if (!drop_in_steps(store, owner, old,
			   keep > 0 ? STORE_INVITATION_COUNTED
				    : STORE_INVITATION_UNCOUNTED,
			   &dropped, error))
		return false;

	return keep > 0 || store_change(store, forget_past, (void *)owner, error);
}

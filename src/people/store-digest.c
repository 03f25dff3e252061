/* SPDX-License-Identifier: BSD-2-Clause */
/* store-digest.c - which digests an owner got, and what is new since the last */

#include "config.h"

#include "people/store-digest.h"
#include "people/store-engine.h"

/* A period of an owner on its way through a transaction. */
typedef struct {
	const char *owner;
	gint64 period, now;
	bool *is_ours_out;
} Period;

static bool
claim(StoreWriter *writer, void *context, GError **error)
{
	const Period *period = context;

	return writer->engine->writer_digest_claim(writer, period->owner, period->period,
						   period->now, period->is_ours_out,
						   error);
}

bool
store_digest_claim(Store *store, const char *owner, gint64 period, gint64 now,
		   bool *is_ours_out, GError **error)
{
	Period claimed = { owner, period, now, is_ours_out };

	return store_change(store, claim, &claimed, error);
}

static bool
sent(StoreWriter *writer, void *context, GError **error)
{
	const Period *period = context;

	return writer->engine->writer_digest_sent(writer, period->owner, period->period,
						  period->now, error);
}

bool
store_digest_sent(Store *store, const char *owner, gint64 period, gint64 now,
		  GError **error)
{
	Period claimed = { owner, period, now, NULL };

	return store_change(store, sent, &claimed, error);
}

static bool
release(StoreWriter *writer, void *context, GError **error)
{
	const Period *period = context;

	return writer->engine->writer_digest_release(writer, period->owner,
						     period->period, error);
}

bool
store_digest_release(Store *store, const char *owner, gint64 period, GError **error)
{
	Period claimed = { owner, period, 0, NULL };

	return store_change(store, release, &claimed, error);
}

/* Nothing was kept yet, and a store that is only read is never made. */
static bool
is_empty(const Store *store)
{
	return store->mode == STORE_READ && store->engine->is_missing(store);
}

bool
store_digest_last(Store *store, const char *owner, gint64 now, gint64 *when_out,
		  GError **error)
{
	gint64 when = 0;

	if (!is_empty(store) &&
	    !store->engine->digest_last(store, owner, now, &when, error))
		return false;
	*when_out = when;

	return true;
}

bool
store_digest_learnt(Store *store, const char *owner, gint64 since, GArray **ids_out,
		    GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (!is_empty(store) &&
	    !store->engine->digest_learnt(store, owner, since, ids, error))
		return false;
	*ids_out = g_steal_pointer(&ids);

	return true;
}

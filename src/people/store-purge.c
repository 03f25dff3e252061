/* SPDX-License-Identifier: BSD-2-Clause */
/* store-purge.c - takes an owner's data out of a store, and looks whether it is gone */

#include "config.h"

#include "people/store-engine.h"
#include "people/store-purge.h"

bool
store_purge_rest(Store *store, const char *owner, StorePurgeRest *rest_out,
		 GError **error)
{
	StorePurgeRest rest = { 0 };

	if (!(store->mode == STORE_READ && store->engine->is_missing(store)) &&
	    !store->engine->purge_rest(store, owner, &rest, error))
		return false;
	*rest_out = rest;

	return true;
}

static bool
drop(StoreWriter *writer, void *owner, GError **error)
{
	return writer->engine->writer_purge(writer, owner, error);
}

bool
store_purge_drop(Store *store, const char *owner, GError **error)
{
	return store_change(store, drop, (void *)owner, error);
}

bool
store_purge_search(Store *store, const GPtrArray *texts, GPtrArray **found_out,
		   GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();

	if (!store->engine->is_missing(store) &&
	    !store->engine->purge_search(store, texts, found, error))
		return false;
	*found_out = g_steal_pointer(&found);

	return true;
}

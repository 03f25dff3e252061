/* SPDX-License-Identifier: BSD-2-Clause */
/* bulk.c - how many of us got the same note from the same inviter? */

#include "config.h"

#include "base/day.h"
#include "people/bulk.h"

static char *
digest_of(const char *inviter)
{
	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, inviter, -1);
}

bool
bulk_record(StoreWriter *writer, const char *owner, const char *inviter,
	    const Fingerprint *note, gint64 now, GError **error)
{
	g_autofree char *digest = digest_of(inviter);

	return store_writer_note(writer, owner, digest, note, now - BULK_KEPT, now,
				 error);
}

bool
bulk_find(Store *store, const char *owner, const char *inviter, const Fingerprint *note,
	  gint64 now, size_t *recipients_out, size_t *days_out, GError **error)
{
	g_autofree char *digest = digest_of(inviter);
	gint64 first = now;
	size_t others;

	if (!store_notes(store, owner, digest, note, now - BULK_KEPT, &others, &first,
			 error))
		return false;
	*recipients_out = others + 1;
	*days_out = (size_t)MAX((now - first) / DAY_SECONDS, 1);

	return true;
}

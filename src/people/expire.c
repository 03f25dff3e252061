/* SPDX-License-Identifier: BSD-2-Clause */
/* expire.c - forgets whom nothing was seen of for as long as is set */

#include "config.h"

#include "base/day.h"
#include "people/bulk.h"
#include "people/expire.h"
#include "people/invitation-drop.h"
#include "people/lesson.h"

/* Nobody answers an invitation that is older. */
#define TRACES_KEPT (400 * DAY_SECONDS)

bool
expire_store(Store *store, const Settings *settings, gint64 now, GError **error)
{
	g_autoptr(GPtrArray) owners = NULL;

	if (!store_owners(store, &owners, error) ||
	    !store_expire_traces(store, now - TRACES_KEPT, error) ||
	    !store_expire_notes(store, now - BULK_KEPT, error))
		return false;

	for (size_t i = 0; i < owners->len; i++) {
		const char *owner = owners->pdata[i];
		size_t keep = settings_number_for(settings, SETTING_PEOPLE_KEEP, owner);
		size_t wait = settings_number_for(
		    settings, SETTING_PEOPLE_EXPIRE_INVITATIONS, owner);
		size_t listed =
		    settings_number_for(settings, SETTING_PEOPLE_KEEP_INVITATIONS, owner);

		if (keep > 0 && (!store_expire(store, owner,
					       now - (gint64)keep * DAY_SECONDS, error) ||
				 !lesson_expire(store, owner,
						now - (gint64)keep * DAY_SECONDS, error)))
			return false;
		if (!invitation_drop_old(store, owner, wait, listed, now, error))
			return false;
	}

	return true;
}

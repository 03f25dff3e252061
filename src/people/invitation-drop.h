/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	invitation-drop - which invitations go from an owner's list?
 *
 * DESCRIPTION
 *	Those of a person who is forgotten, and those whose time is over.  What is
 *	older than [people] keep-invitations says is dropped, and only its network,
 *	verdict and state are counted; a few at a time, so that no mail waits.
 *
 * RETURN VALUE
 *	False with error set where the store cannot be written; what was dropped by
 *	then stays so.
 */
#ifndef INVITATION_DROP_H
#define INVITATION_DROP_H

#include <stdbool.h>
#include <stddef.h>

#include "people/store.h"

/*
 * All that are of a person who is known by any of these, each of which may be NULL;
 * they are not counted, and their mails are not listed again (invitation_forget()).
 * *dropped grows by each.
 */
bool invitation_drop_person(Store *store, const char *owner, const char *profile_key,
			    const char *address, const char *name_key, gint64 now,
			    size_t *dropped, GError **error);

/* Those of a name that have no profile: one that has may be somebody else's. */
bool invitation_drop_named(Store *store, const char *owner, const char *name_key,
			   gint64 now, size_t *dropped, GError **error);

/*
 * Open ones of which nothing was heard for wait days have expired, and what no mail
 * came of for keep days goes.  wait 0: they wait for ever; keep 0: nothing is kept, and
 * no count either.  Times that are more than a day ahead, of a clock that was wrong,
 * become now.
 */
bool invitation_drop_old(Store *store, const char *owner, size_t wait, size_t keep,
			 gint64 now, GError **error);

#endif

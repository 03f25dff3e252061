/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	expire - forgets people who were not seen for the time that is set
 *
 * DESCRIPTION
 *	Goes through all owners by their [people] keep, what they said of notes
 *	included (lesson.h), and drops what old invitations left.  By
 *	[people] expire-invitations and keep-invitations, the lists of invitations
 *	lose what is over (invitation-drop.h).  A few at a time, so that no mail
 *	waits for it.
 *
 * RETURN VALUE
 *	False with error set where the store cannot be written; what was
 *	forgotten by then stays so.
 */
#ifndef EXPIRE_H
#define EXPIRE_H

#include <stdbool.h>

#include <glib.h>

#include "base/settings.h"
#include "people/store.h"

/* now: seconds since 1970. */
bool expire_store(Store *store, const Settings *settings, gint64 now, GError **error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	bulk - how many of us got the same note from the same inviter?
 *
 * DESCRIPTION
 *	A note that comes to several owners is a script's, however personal it
 *	sounds.  bulk_record() keeps that an inviter's note came to an owner:
 *	its fingerprint (fingerprint.h), a digest of the inviter's profile and
 *	the time, never the note.  bulk_find() counts the owners whom a note
 *	like it reached within BULK_KEPT.
 *
 *	The caller makes sure that the network itself names the inviter: else
 *	anybody could have somebody else's note taken for a script's.
 *
 * RETURN VALUE
 *	False with error set, and outputs untouched, where the store cannot be
 *	used.
 *
 * SEE ALSO
 *	note_set_bulk() in note.h; "NOTES SENT IN BULK" in invite-milter(8)
 */
#ifndef BULK_H
#define BULK_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/day.h"
#include "text/fingerprint.h"
#include "people/store.h"

/* From so many recipients on. */
#define BULK_RECIPIENTS 3

/* A note is remembered for so long; seconds. */
#define BULK_KEPT (30 * DAY_SECONDS)

/* inviter: the key of their profile (contact.h). */
bool bulk_record(StoreWriter *writer, const char *owner, const char *inviter,
		 const Fingerprint *note, gint64 now, GError **error);

/* The owner is one of the recipients; days since the first of them got it, at least 1. */
bool bulk_find(Store *store, const char *owner, const char *inviter,
	       const Fingerprint *note, gint64 now, size_t *recipients_out,
	       size_t *days_out, GError **error);

#endif

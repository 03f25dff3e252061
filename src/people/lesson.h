/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	lesson - what an owner said of a note, for the next one like it
 *
 * DESCRIPTION
 *	A lesson is the fingerprint (fingerprint.h) of a note that its owner filed
 *	by hand, the class that he filed it as, and when.  Nothing is kept of the
 *	inviter, and no word of the note.  Lessons are one owner's alone: they
 *	change nothing for anybody else.
 *
 *	An owner has LESSON_MAX_COUNT of them at most; a new one then takes the place
 *	of the oldest.  Two lessons are never about notes that are near each other:
 *	the later one replaces the earlier.
 *
 *	Classes are names here, because what they mean is note.h's to say.
 *
 * RETURN VALUE
 *	False with error set, and outputs untouched, where the store cannot be
 *	used.
 */
#ifndef LESSON_H
#define LESSON_H

#include <stdbool.h>

#include <glib.h>

#include "text/fingerprint.h"
#include "people/store.h"

/* Each mail with a note of own words goes through all of its owner's. */
#define LESSON_MAX_COUNT 200

/* *is_new_out: nothing like it was taught with this class. */
bool lesson_teach(Store *store, const char *owner, const Fingerprint *note,
		  const char *class, gint64 now, bool *is_new_out, GError **error);

/* Forget what was taught of notes like it; *any_out: was there anything? */
bool lesson_undo(Store *store, const char *owner, const Fingerprint *note, bool *any_out,
		 GError **error);

/*
 * The class of the nearest lesson since then, the caller's; NULL where no note
 * like it was taught.
 */
bool lesson_find(Store *store, const char *owner, FingerprintSketch *note, gint64 since,
		 char **class_out, GError **error);

/* Forget the owner's lessons from before then. */
bool lesson_expire(Store *store, const char *owner, gint64 since, GError **error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests-lesson - its owner says what the note in a mail is
 *
 * DESCRIPTION
 *	The mail is judged anew (requests-person.h says why), and the fingerprint
 *	of its note is kept with the class, for this owner alone (lesson.h).
 *	Only notes of own words teach, and enough of them to be known again: many
 *	people send a network's default text and "Hi!".
 *
 *	An unverified invitation teaches, too: the owner vouches, and a lesson is
 *	about words, never about a person.  A forgery does not, because what it
 *	says is not judged at all.
 */
#ifndef REQUESTS_LESSON_H
#define REQUESTS_LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "judge/assessor.h"
#include "people/store.h"

typedef enum {
	REQUESTS_LESSON_NEW,
	REQUESTS_LESSON_SAME,   /* it was taught already */
	REQUESTS_LESSON_UNDONE, /* the last that teaches or undoes something */
	REQUESTS_LESSON_NEVER,  /* there was nothing to undo */
	REQUESTS_LESSON_NO_INVITATION,
	REQUESTS_LESSON_FORGED,
	REQUESTS_LESSON_TOO_SHORT, /* too few own words */
	REQUESTS_LESSON_LAST
} RequestsLesson;

/*
 * class: the name of what may be taught (note_class_is_taught()), or "undo".
 * False with error set where it is another, and where the mail, or the store,
 * cannot be read or written.
 */
bool requests_lesson_take(Store *store, Assessor *assessor, const char *owner,
			  const char *class, const char *mail, size_t length, gint64 now,
			  RequestsLesson *lesson_out, GError **error);

/* "new", "forged", … */
const char *requests_lesson_name(RequestsLesson lesson);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* requests-lesson.c - its owner says what the note in a mail is */

#include "config.h"

#include "judge/assess.h"
#include "judge/requests.h"
#include "judge/requests-lesson.h"
#include "people/lesson.h"

bool
requests_lesson_take(Store *store, Assessor *assessor, const char *owner,
		     const char *class, const char *mail, size_t length, gint64 now,
		     RequestsLesson *lesson_out, GError **error)
{
	Delivery delivery = { .owner = owner, .now = now };
	g_autoptr(Assessment) assessment =
	    assess(assessor, mail, length, &delivery, error);
	const Fingerprint *print;
	bool is_undone = g_strcmp0(class, "undo") == 0, is_done = false;

	if (assessment == NULL)
		return false;
	if (!is_undone && !note_class_is_taught(note_class_of(class))) {
		g_set_error_literal(
		    error, REQUESTS_ERROR, 0,
		    "teach what? A note is personal, vague or pitch; or undo");
		return false;
	}
	if (!assess_is_recognised(assessment)) {
		*lesson_out = REQUESTS_LESSON_NO_INVITATION;
		return true;
	}
	if (assessment->authenticity == AUTHENTICITY_FORGED) {
		*lesson_out = REQUESTS_LESSON_FORGED;
		return true;
	}
	print = &assessment->note->fingerprint;
	if (fingerprint_is_none(print)) {
		*lesson_out = REQUESTS_LESSON_TOO_SHORT;
		return true;
	}
	if (!is_undone) {
		if (!lesson_teach(store, owner, print, class, now, &is_done, error))
			return false;
		*lesson_out = is_done ? REQUESTS_LESSON_NEW : REQUESTS_LESSON_SAME;
	} else {
		if (!lesson_undo(store, owner, print, &is_done, error))
			return false;
		*lesson_out = is_done ? REQUESTS_LESSON_UNDONE : REQUESTS_LESSON_NEVER;
	}

	return true;
}

const char *
requests_lesson_name(RequestsLesson lesson)
{
	static const char *const names[REQUESTS_LESSON_LAST] = {
		[REQUESTS_LESSON_NEW] = "new",
		[REQUESTS_LESSON_SAME] = "known already",
		[REQUESTS_LESSON_UNDONE] = "undone",
		[REQUESTS_LESSON_NEVER] = "no note like it was taught",
		[REQUESTS_LESSON_NO_INVITATION] = "no invitation",
		[REQUESTS_LESSON_FORGED] = "forged",
		[REQUESTS_LESSON_TOO_SHORT] =
		    "its note has too few own words to be known again",
	};

	return names[lesson];
}

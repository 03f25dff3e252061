/* SPDX-License-Identifier: BSD-2-Clause */
/* lesson.c - what an owner said of a note, for the next one like it */

#include "config.h"

#include "people/lesson.h"

/* A change of an owner's lessons, on its way through a transaction. */
typedef struct {
	const char *owner;
	const Fingerprint *note; /* those near it are dropped; NULL: none */
	gint64 since;            /* and those from before */
	const char *class;       /* what note is taught as; NULL: nothing */
	gint64 now;
	bool any, is_same; /* was one dropped; with the same class? */
} Change;

static bool
is_stale(const Change *change, const StoreLesson *lesson)
{
	return lesson->seen < change->since ||
	       (change->note != NULL && fingerprint_is_near(change->note, &lesson->note));
}

/* A StoreWork. */
static bool
change_lessons(StoreWriter *writer, void *context, GError **error)
{
	Change *change = context;
	g_autoptr(GArray) lessons = NULL;
	const StoreLesson *oldest = NULL;
	StoreLesson lesson = { .class = (char *)change->class, .seen = change->now };
	size_t kept = 0;

	if (!store_writer_lessons(writer, change->owner, &lessons, error))
		return false;
	for (size_t i = 0; i < lessons->len; i++) {
		const StoreLesson *old = &g_array_index(lessons, StoreLesson, i);

		if (!is_stale(change, old)) {
			oldest =
			    oldest == NULL || old->seen < oldest->seen ? old : oldest;
			kept++;
			continue;
		}
		change->any = true;
		change->is_same |= g_strcmp0(change->class, old->class) == 0;
		if (!store_writer_unteach(writer, change->owner, &old->note, error))
			return false;
	}
	if (change->class == NULL)
		return true;
	lesson.note = *change->note;

	return (kept < LESSON_MAX_COUNT ||
		store_writer_unteach(writer, change->owner, &oldest->note, error)) &&
	       store_writer_teach(writer, change->owner, &lesson, error);
}

bool
lesson_teach(Store *store, const char *owner, const Fingerprint *note, const char *class,
	     gint64 now, bool *is_new_out, GError **error)
{
	Change change = { .owner = owner, .note = note, .class = class, .now = now };

	if (!store_change(store, change_lessons, &change, error))
		return false;
	*is_new_out = !change.is_same;

	return true;
}

bool
lesson_undo(Store *store, const char *owner, const Fingerprint *note, bool *any_out,
	    GError **error)
{
	Change change = { .owner = owner, .note = note };

	if (!store_change(store, change_lessons, &change, error))
		return false;
	*any_out = change.any;

	return true;
}

bool
lesson_find(Store *store, const char *owner, FingerprintSketch *note, gint64 since,
	    char **class_out, GError **error)
{
	g_autoptr(GArray) lessons = NULL;
	const StoreLesson *nearest = NULL;
	size_t least = FINGERPRINT_NEAR + 1;

	if (!store_lessons(store, owner, &lessons, error))
		return false;
	for (size_t i = 0; i < lessons->len; i++) {
		const StoreLesson *lesson = &g_array_index(lessons, StoreLesson, i);
		const Fingerprint *print = fingerprint_of_sketch(note);
		size_t distance = fingerprint_distance(print, &lesson->note);

		if (lesson->seen >= since && fingerprint_is_near(print, &lesson->note) &&
		    distance < least) {
			nearest = lesson;
			least = distance;
		}
	}
	*class_out = nearest != NULL ? g_strdup(nearest->class) : NULL;

	return true;
}

bool
lesson_expire(Store *store, const char *owner, gint64 since, GError **error)
{
	Change change = { .owner = owner, .since = since };

	return store_change(store, change_lessons, &change, error);
}

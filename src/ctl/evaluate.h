/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	evaluate - how well are labelled notes judged?
 *
 * DESCRIPTION
 *	evaluate_notes() reads a table of notes (labelled.h).  A third of them,
 *	chosen by a hash of the text, can be held out: cues are written with
 *	only the others in sight.
 *
 * RETURN VALUE
 *	NULL with error set where the file cannot be read or has no note.  Lines
 *	that are no labelled note are counted in bad.
 */
#ifndef EVALUATE_H
#define EVALUATE_H

#include <stddef.h>
#include <stdio.h>

#include <glib.h>

#include "judge/assess.h"
#include "note/note.h"

typedef enum { NOTES_ALL, NOTES_SEEN, NOTES_HELD_OUT, NOTES_LAST } NotesPart;

typedef struct {
	size_t judged[NOTE_LAST][NOTE_LAST]; /* as labelled, as judged */
	size_t bad;
} NotesTally;

/* what: a class or a language, NULL for all; misses: where each is told, or NULL. */
NotesTally *evaluate_notes(const char *path, const Assessor *assessor, NotesPart part,
			   const char *what, FILE *misses, GError **error);

/* Per cent. */
double evaluate_exact(const NotesTally *tally);
double evaluate_why(const NotesTally *tally);

/*
 * How many notes are labelled so, and how many personal ones are judged to be pitch,
 * default or none.
 */
size_t evaluate_labelled(const NotesTally *tally, NoteClass wanted);
size_t evaluate_harm(const NotesTally *tally);

/* A table of classes as labelled by classes as judged, and shares with intervals. */
void evaluate_print(FILE *out, const NotesTally *tally);

const char *evaluate_part_name(NotesPart part);

#endif

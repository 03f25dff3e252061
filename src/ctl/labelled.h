/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	labelled - notes with the class that a person gave them
 *
 * DESCRIPTION
 *	labelled_read() reads a table: one note a line, with the columns class,
 *	language and text, or class, label, language and text, separated by tabs
 *	("\n" is a line break of the note); in another order where a header line
 *	names them.  Empty lines and lines that begin with "#" are passed over.
 *
 * RETURN VALUE
 *	False with error set, which names the file, where it cannot be read or has
 *	no note at all.  Each line that is no labelled note is told on standard
 *	error, with file, line and what would be right, and is counted in
 *	*bad_out; the others are taken.
 */
#ifndef LABELLED_H
#define LABELLED_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "note/note.h"

/* Tables do not say which network's notes they are: most are of this one. */
extern const char labelled_network[];

/* All borrowed for the call. */
typedef struct {
	NoteClass class;
	const char *language;
	const char *text;
	const char *written; /* the text as it stands in the file */
	size_t line;
} LabelledNote;

typedef void LabelledTake(void *context, const LabelledNote *note);

bool labelled_read(const char *path, LabelledTake *take, void *context, size_t *bad_out,
		   GError **error);

#endif

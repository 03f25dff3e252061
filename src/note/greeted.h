/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	greeted - whom does a note greet?
 */
#ifndef GREETED_H
#define GREETED_H

#include "note/note.h"

typedef enum {
	GREETED_NOBODY, /* or it cannot be compared */
	GREETED_RECIPIENT,
	GREETED_OTHER,
} Greeted;

Greeted greeted_of(const Note *note, const NoteNames *names);

#endif

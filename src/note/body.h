/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	body - what of a note is neither greeting nor signature?
 *
 * DESCRIPTION
 *	body_strip() leaves the note's body in lines and says which default text
 *	it is, or NULL.  A text that itself begins with the inviter's name is no
 *	signature.
 */
#ifndef BODY_H
#define BODY_H

#include "note/default-text.h"
#include "note/note.h"

/* Fills in the note's greeted, is_greeting_known and is_signed. */
const DefaultText *body_strip(const Languages *languages, char **lines,
			      const NoteNames *names, Note *note, size_t *edits_out);

/* Is anything in the text but what parts words? */
bool body_has_words(const char *text);

#endif

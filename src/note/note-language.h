/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	note-language - which language is a note written in?
 *
 * DESCRIPTION
 *	Greetings, sign-offs, pleasantries, cues, roles, common words and scripts of
 *	the language files are evidence, shared among the languages that have
 *	them.
 *
 *	A note can have sentences in two languages.  Each of them is read in its own,
 *	or a pitch would hide behind a sentence in another one.
 *
 * RETURN VALUE
 *	The code of the language, borrowed from the Languages, or NULL where
 *	the evidence is thin or another language is about as likely.
 */
#ifndef NOTE_LANGUAGE_H
#define NOTE_LANGUAGE_H

#include "note/wording.h"

const char *note_language_of(const Wording *wording);

/*
 * The bits of a language and of those that are it in another script.  For NULL those
 * that are about as likely as the likeliest; ~0 where nothing tells any.
 */
guint64 note_language_bits(const Wording *wording, const char *code);

/* The sentences in the language that a text begins in, and those that are in others. */
typedef struct {
	GString *first, *others;
} NoteLanguageParts;

/*
 * Leave of the hits those of the languages that the text is written in: that of this
 * code, as note_language_bits() has it, and in a sentence that is clearly in another
 * one, that, too.
 */
void note_language_narrow(Wording *wording, const char *code,
			  NoteLanguageParts *parts_out);

void note_language_parts_clear(NoteLanguageParts *parts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NoteLanguageParts, note_language_parts_clear)

#endif

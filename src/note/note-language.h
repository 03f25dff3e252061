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

#endif

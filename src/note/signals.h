/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	signals - signs in a note that need no language
 *
 * DESCRIPTION
 *	Finds fields that a script forgot to fill in, numbers to call, prices
 *	and links, and adds them to the cues (cue.h): they look alike in every
 *	language.  Only in brackets that people write, too, "[Your Name]", a field
 *	needs a word of a language.
 */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "note/cue.h"

/*
 * field_words: char * in lower case, as of Languages.  text: valid UTF-8.  Linear in its
 * length.
 */
void signals_add(Cues *cues, const GPtrArray *field_words, const char *text);

#endif

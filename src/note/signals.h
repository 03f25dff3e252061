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

#include <stddef.h>

#include "note/cue.h"

/*
 * Bytes of the link that begins here, up to a blank or a script without any; 0 without
 * one.
 */
size_t signals_link_length(const char *text);

/*
 * field_words: char * in lower case, as of Languages.  text: valid UTF-8.  Linear in its
 * length.
 */
void signals_add(Cues *cues, const GPtrArray *field_words, const char *text);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	signals - what in a note tells without a language
 *
 * DESCRIPTION
 *	A field that a script forgot to fill in, a number to call, a price, a
 *	link: they look alike in every language.
 */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "note/cue.h"

/* text: valid UTF-8.  Linear in its length. */
void signals_add(Cues *cues, const char *text);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	default-text - is a note the network's own text?
 *
 * DESCRIPTION
 *	A default text stays one with a typo, another apostrophe, accents lost
 *	to question marks ("m?chte"), letters that only look like its own, the
 *	name of another network in it, or cut at the end.  How many letters may
 *	differ follows from its length, at most DEFAULT_TEXT_MAX_EDITS.
 *
 * RETURN VALUE
 *	The text, borrowed from the Languages, and how many letters differ; or
 *	NULL.
 */
#ifndef DEFAULT_TEXT_H
#define DEFAULT_TEXT_H

#include <stddef.h>

#include "note/language.h"

#define DEFAULT_TEXT_MAX_EDITS 8

/* Takes the plain words of a text without a hole over, and what follows from them. */
void default_text_set_plain(DefaultText *text, char *plain);

/*
 * Looks among the texts with a {name} in them; the whole body must fit, letter by
 * letter.
 */
const DefaultText *default_text_with_hole(const Languages *languages, const char *body);

/* body: UTF-8, without greeting and signature. */
const DefaultText *default_text_of(const Languages *languages, const char *body,
				   size_t *edits_out);

#endif

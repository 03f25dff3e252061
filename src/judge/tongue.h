/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	tongue - which language is a note written in?
 *
 * DESCRIPTION
 *	Greetings, sign-offs, pleasantries, common words and scripts of the
 *	language files are evidence, shared among the languages that have them.
 *
 * RETURN VALUE
 *	The code of the language, borrowed from the Languages, or NULL where
 *	the evidence is thin or another language is about as likely.
 */
#ifndef TONGUE_H
#define TONGUE_H

#include "judge/language.h"

/* text: UTF-8, with its lines; plain: its plain form (language.h), without names. */
const char *tongue_of(const Languages *languages, const char *text, const char *plain);

#endif

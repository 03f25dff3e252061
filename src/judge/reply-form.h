/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	reply-form - which form of address does a note show?
 *
 * DESCRIPTION
 *	Many languages have a familiar and a polite form of "you".  A reply
 *	takes the familiar one where the note does; where nothing shows it, or
 *	both are there, it stays polite, which offends nobody.
 *
 *	The words that show a form are data: [reply] familiar and polite of the
 *	reply files.  A word that the file writes with a capital letter counts
 *	only where the note does so, too: "Sie", but not "sie".
 */
#ifndef REPLY_FORM_H
#define REPLY_FORM_H

#include <stdbool.h>

#include "judge/replies.h"

/* key: "familiar" or "polite"; does the text have one of those words? */
bool reply_form_has(const Voice *voice, const char *key, const char *text);

/* The note's form, by the words of the voice's language; note may be NULL. */
bool reply_form_is_familiar(const Voice *voice, const char *note);

#endif

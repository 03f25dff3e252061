/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	told - a note without what is told of its writer
 *
 * DESCRIPTION
 *	Where a network's sentence is left in a note's region, it names the inviter as
 *	somebody else: "Jane Doe wants to connect" (speech.h).  It is no word of the
 *	inviter's, and no reason for any class.
 */
#ifndef TOLD_H
#define TOLD_H

#include <stdbool.h>

#include "people/name-rules.h"

/* The text without such sentences.  inviter, rules: NULL leaves nothing out. */
char *told_left_out(const char *text, const char *inviter, const NameRules *rules);

/* Does somebody speak of themselves in a sentence of the text? */
bool told_by_oneself(const char *text, const NameRules *rules);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	note-top - what mail systems put on top of a mail
 *
 * DESCRIPTION
 *	Gateways and mailboxes warn of mail from outside, in words that no file knows, and
 *	some put the mail's beginning there once more.  note_top_mark() finds such a block
 *	by its form: it stands before anything of the network's, and is tagged in brackets
 *	or shouted, framed by rules or signs, names where the mail came from, is a label
 *	beside a foreign link, or has the note, with a greeting, or the network's page
 *	behind it.
 *
 *	Its lines are marked as another's (LINE_OVER).
 */
#ifndef NOTE_TOP_H
#define NOTE_TOP_H

#include <glib.h>

#include "network/note-part.h"

/*
 * top: of Folded, borrowed from the lines: what another part shows on top, and is no note
 * in this one either; what is found here is added.
 */
void note_top_mark(const NotePart *part, GPtrArray *top);

/* The lines that another program fenced in, and those before them. */
void note_top_mark_fence(const NotePart *part);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	note-lead - which line tells that a note follows?
 *
 * DESCRIPTION
 *	Networks lead in a note with a line that tells of the inviter as of
 *	somebody else: "Jane Doe sent you an invitation with a message:".
 *	note_lead_mark() finds such lines where no file knows them: the inviter's
 *	name is their subject, or stands before the colon at their end; they speak
 *	to the recipient, or of a message; and none of their words is one with
 *	which people speak of themselves.  The words are data (name-rules.h).
 *
 *	A paragraph of its own, or a line of the HTML, leads in a note by less: it tells
 *	of the inviter as of somebody else (speech.h), in whatever words.
 *
 *	A line behind which nothing follows that could be the note is none.
 */
#ifndef NOTE_LEAD_H
#define NOTE_LEAD_H

#include "network/invite.h"
#include "network/reading.h"
#include "people/name-rules.h"

/* Mark the lines of a part that lead in a note, as the network's. */
void note_lead_mark(const Invite *invite, const Reading *reading, ReadingPart part,
		    const NameRules *rules);

/*
 * "Jane Doe wrote: …", on one line with the note: how many bytes stand before the note, or
 * 0.  The words between name and colon may be in any language.
 */
size_t note_lead_told(const Invite *invite, const char *text);

#endif

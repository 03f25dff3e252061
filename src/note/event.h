/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	event - does what a calendar shows of an event sell?
 *
 * DESCRIPTION
 *	A calendar shows an event's title and links by itself, whatever its
 *	description says, so they may sell, too.  A link sells that leads neither
 *	to a network, nor to one of the hosts that a network's file names, nor to
 *	the organizer's own domain, where the event's words speak of trade and
 *	tell of no shared past: people link to agendas, wikis and documents, wherever
 *	these are kept.  What they say of such a link is judged as all words are.
 *
 * SEE ALSO
 *	note.h, joining.h
 */
#ifndef EVENT_H
#define EVENT_H

#include "network/networks.h"
#include "network/reading.h"
#include "note/note.h"

/*
 * The words of a meeting's note without telephone numbers and amounts, which are no pitch
 * where a colleague calls the meeting; the caller's.  NULL where nobody of the house does:
 * the organizer mails from the recipient's own domain, and not everybody may.
 */
char *event_words_of_colleague(const char *note, const Networks *networks,
			       const Reading *reading);

/* Makes the note of an event a pitch where title or links say so. */
void event_judge(Note *note, const Languages *languages, const Networks *networks,
		 const Network *network, const Reading *reading, const NoteNames *names);

#endif

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

/* Makes the note of an event a pitch where title or links say so. */
void event_judge(Note *note, const Languages *languages, const Networks *networks,
		 const Network *network, const Reading *reading, const NoteNames *names);

#endif

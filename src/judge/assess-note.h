/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	assess-note - what a mail's note says, by its words and by all that is known
 *
 * DESCRIPTION
 *	note.h judges words alone.  Here they are held against what stands around
 *	them: the names of inviter, recipient and network, an event's title and
 *	links, how many of us got the same note (bulk.h), and what the owner said of
 *	one like it (lesson.h), which outweighs all before.
 *
 * RETURN VALUE
 *	Nothing.  Where the store cannot be asked, the Assessment's store_trouble
 *	says why, and the note is judged without it.
 */
#ifndef ASSESS_NOTE_H
#define ASSESS_NOTE_H

#include "judge/assess.h"

/*
 * Sets note, bulk_inviter and addressee of an Assessment whose network, authenticity
 * and invite were found, and the invite's recipient where the note tells it.
 */
void assess_note_judge(Assessment *assessment, const Reading *reading,
		       const Delivery *delivery);

#endif

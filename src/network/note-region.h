/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	note-region - where in a part the inviter's note stands
 *
 * DESCRIPTION
 *	The note is found by its anchors: the inviter's block (inviter-block.h),
 *	the links that answer, the line behind which a reminder quotes.  A kind's
 *	file says on which sides of them a note can stand (Kind.places); where it
 *	says nothing, a note stands before the answer.  In these places the lines
 *	are the note's that are not the network's words, links, rules, other
 *	people's cards, or what mail systems and lists put around a mail.  A greeting
 *	right above the network's own words is the network's.
 *
 *	Each line is marked with what it was taken for (LineUse).
 *
 * RETURN VALUE
 *	A NoteRegion for each part.  Prose without an anchor, or on the wrong
 *	side of one where the file says nothing, has no place (is_unplaced).  Neither
 *	has a note above all that is the network's in a mail of text alone, where
 *	mail systems write, too.
 */
#ifndef NOTE_REGION_H
#define NOTE_REGION_H

#include <stdbool.h>

#include "network/inviter-block.h"
#include "network/note-stray.h"

typedef struct {
	char *note;       /* lines with "\n" between, or NULL */
	char *greeting;   /* the line by which the network greets, or NULL */
	bool has_anchor;  /* the part shows whose mail it is */
	bool is_unplaced; /* it has prose, and its place does not say that it is a note */
	NoteStray stray;  /* sentences where no note stands */
	size_t over;      /* the line from which on the part is at its end */
} NoteRegion;

/* The regions of all parts.  The HTML is read first: what it shows on top is no note. */
void note_region_read(const Invite *invite, const Network *network, const Kind *kind,
		      const Reading *reading, const InviterBlock *blocks,
		      const NameRules *rules, NoteRegion *regions_out);

/* Take the greeting and the note, of the part that has them, or what may be one. */
void note_region_take(Invite *invite, const Kind *kind, NoteRegion *regions);

void note_region_clear(NoteRegion *region);

#endif

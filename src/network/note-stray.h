/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	note-stray - prose where no note stands, that may be one
 *
 * DESCRIPTION
 *	A network moves the note in its next design: below the links, between the cards
 *	of other people, above the footer.  note_stray_read() collects the sentences there
 *	that are no label, card, address or link, so that no words of the inviter's are
 *	lost.  Above the mail's end they may be a note by that alone.  Behind it, and
 *	where they name the network, stand the network's own sentences, too, and the words
 *	must tell that a person speaks (note_is_of_person()).
 */
#ifndef NOTE_STRAY_H
#define NOTE_STRAY_H

#include "network/note-part.h"

typedef struct {
	char *sure;     /* paragraphs, an empty line between; or NULL */
	char *doubtful; /* likewise */
} NoteStray;

/*
 * lines: of size_t, the lines in a part that are nobody's, where no note stands, in
 * order; end: from which of them on the mail is at its end.
 */
void note_stray_read(const NotePart *part, const GArray *lines, size_t end,
		     NoteStray *stray_out);

void note_stray_clear(NoteStray *stray);

#endif

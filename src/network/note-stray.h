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
 *
 *	Right below the links that answer, before anything else that the mail shows, is
 *	the place where a person's words are a note as any other.
 */
#ifndef NOTE_STRAY_H
#define NOTE_STRAY_H

#include "network/note-part.h"

typedef struct {
	char *sure;     /* paragraphs, an empty line between; or NULL */
	char *doubtful; /* likewise */
	char *below;    /* of both, what stands right below the answer; or NULL */
} NoteStray;

/*
 * lines: of size_t, the lines in a part that are nobody's, where no note stands, in
 * order; end: from which of them on the mail is at its end.
 */
void note_stray_read(const NotePart *part, const GArray *lines, size_t end,
		     NoteStray *stray_out);

/* What stands in the text's lines from end on, too, is at the mail's end there. */
void note_stray_compare(NoteStray *html, const GArray *text, size_t end);

void note_stray_clear(NoteStray *stray);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	note-part - a part's furniture, and the anchors of its note
 *
 * DESCRIPTION
 *	note_part_init() marks the lines that are no note: links and their
 *	labels, rules, pictures, the inviter's headline and place, what was told
 *	before the block, and what a gateway fenced in on top (note-top.h).  It finds the
 *	anchors by which the note is placed (note-region.h).  Blocks of ours are
 *	not seen here: message.c leaves them out.
 */
#ifndef NOTE_PART_H
#define NOTE_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "network/inviter-block.h"

/* One part while its note is looked for; all is borrowed. */
typedef struct {
	const Invite *invite;
	const Network *network;
	const Kind *kind;
	const Reading *reading;
	const NameRules *rules; /* or NULL */
	GArray *lines;          /* of ReadingLine */
	GArray *links;          /* of ReadingLink */
	InviterBlock block;
	bool is_html;
	const char *gateway; /* borrowed: the foreign host of all links; or NULL */
	bool has_head;       /* a link of the network's stands above the block */
	size_t own;          /* the first line that is the network's, or their number */
	size_t begin;        /* of the region: behind the line of the list start */
	size_t answer;       /* the first line that answers, or their number */
	size_t end;          /* the line that ends the note, or their number */
} NotePart;

/* Finds gateway and all members after it; the caller has set the others. */
void note_part_init(NotePart *part);

ReadingLine *note_part_line(const NotePart *part, size_t index);

/* The line that a link's words stand on; where it has none, the line behind it. */
size_t note_part_line_of_link(const NotePart *part, const ReadingLink *link);

/* Is the part what the organizer of an event writes? */
bool note_part_is_description(const NotePart *part);

bool note_part_is_blank(const ReadingLine *line);

/* Is it text that was taken for nothing else, and longer than a label? */
bool note_part_is_prose(const ReadingLine *line);

/* By which name the mail speaks to its reader. */
const char *note_part_recipient(const NotePart *part);

/* Does the line begin by speaking to the recipient: "Hi Joost, …"? */
bool note_part_is_greeting(const NotePart *part, const ReadingLine *line);

/* And nothing behind that? */
bool note_part_is_greeting_alone(const NotePart *part, const ReadingLine *line);

/* The first line from at on that is prose, or greets; or end. */
size_t note_part_next_prose(const NotePart *part, size_t at, size_t end);
size_t note_part_find_greeting(const NotePart *part, size_t at, size_t end);

size_t note_part_words(const ReadingLine *line);

/* Is the line only dashes, dots, underscores and the like? */
bool note_part_is_rule(const ReadingLine *line);

/* Mark a line that nobody took already. */
void note_part_take(LineUse use, ReadingLine *line);

/* Words in capitals before a mark, or in brackets: "LET OP:", "[EXTERN]". */
bool note_part_is_shouted(const char *text);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	reading - a mail's lines and links, folded once for all who compare them
 *
 * DESCRIPTION
 *	Networks, inviters and notes are all found by comparing lines.  Most of
 *	what that costs is folding, so it is done here, once for each mail.
 *
 * OWNERSHIP
 *	Borrows the Message, which must outlive it.
 */
#ifndef READING_H
#define READING_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "text/folded.h"
#include "network/pattern-list.h"
#include "network/rewriter.h"
#include "mail/message.h"
#include "import/calendar-request.h"

/* Lines that are read; the longest invitation seen has 60. */
#define READING_MAX_LINES 400

/* A label, or a line of a card, has no more words. */
#define READING_LABEL_MAX_WORDS 10

typedef enum {
	READING_TEXT,
	READING_HTML,
	READING_CALENDAR, /* what the organizer of an event writes */
	READING_LAST
} ReadingPart;

/* What the walk for names and note (invite.c) took a line for. */
typedef enum {
	LINE_UNREAD, /* nothing yet */
	LINE_START,  /* the note stands behind it */
	LINE_END,    /* no note from it on */
	LINE_FRAME,  /* the network's own words */
	LINE_LINK,   /* a link, or a rule */
	LINE_NAME,   /* the inviter's, with which the block begins */
	LINE_HEADLINE,
	LINE_LOCATION,
	LINE_RECIPIENT, /* a name that addresses */
	LINE_NOTE,
	LINE_OVER, /* another's: what is on top, beside the note, behind its end */
	LINE_LAST
} LineUse;

typedef struct {
	const char *text; /* borrowed, or cut */
	char *cut;        /* where a rule at its end was left out; or NULL */
	bool is_link;
	char *url;        /* the first in it, rewriters taken off; or NULL */
	char *host;       /* of url; NULL where that is */
	size_t url_start; /* where it stands in text, bytes */
	Folded folded;
	LineUse use;
} ReadingLine;

typedef struct {
	const char *label;   /* borrowed */
	const char *alt;     /* borrowed: of an image that is all of it, or NULL */
	size_t line;         /* where it ends, about: the line itself or the one behind */
	bool is_refresh;     /* nobody has to click on it */
	const char *url;     /* borrowed, or target */
	Unwrapped unwrapped; /* its target is owned; url borrows it */
	char *host;          /* of url; "" for none */
	Folded folded_label;
	Folded folded_url; /* by reading_folded_url() only: few are asked for */
} ReadingLink;

typedef struct {
	const Message *message;      /* borrowed */
	GArray *lines[READING_LAST]; /* of ReadingLine */
	GArray *links[READING_LAST]; /* of ReadingLink */
	CalendarRequest calendar;    /* the mail's calendar part */
	Visible *description;        /* of its event; or NULL */
	char *subject;               /* decoded, list tags taken off; "" for none */
	Folded folded_subject;
	Folded folded_author; /* its display name */
	Folded folded_address;
	bool asks_password; /* some part has a field for one */
} Reading;

Reading *reading_new(const Message *message, const Rewriters *rewriters);
void reading_free(Reading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, reading_free)

/* The URL of a link, folded when it is first asked for. */
const Folded *reading_folded_url(ReadingLink *link);

/* The first pattern that the URL of a link fits, or NULL; hits_out: as in pattern.h. */
const PatternListEntry *reading_link_fitting(const PatternList *patterns,
					     ReadingLink *link, PatternHit *hits_out);

/*
 * Does the mail say that it answers another one, or passes one on?  Then it quotes the
 * other's words and links.
 */
bool reading_is_answer(const Reading *reading);

/* Does a mark of quoting stand before the line? */
bool reading_is_quoted(const ReadingLine *line);

/* Is it a line of strokes, as stands above and below how to join a meeting? */
bool reading_is_rule(const char *line);

/* A subject without the "[list]" tags that mailing lists put before it. */
const char *reading_subject_without_tags(const char *subject);

/* "start", "end", …, "note"; "" where a line is unread. */
const char *reading_line_use_name(LineUse use);

/* The bytes of an original between two hits' ends, cleaned; NULL for an empty hit. */
char *reading_hit_text(const char *original, size_t start, size_t end);

#endif

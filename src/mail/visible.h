/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	visible - a text or HTML part as its reader sees it: lines and links
 *
 * DESCRIPTION
 *	Lines are valid UTF-8 without control characters, white space single
 *	and trimmed; an empty line is kept as the paragraph break it is, never
 *	two in a row and none at the beginning or end.  A link knows its target
 *	and the words it stands behind: in HTML the text of the anchor, in plain
 *	text the words before the URL on its line or else the line above.  In
 *	plain text a word like "www.n.example/a" is a link, too, to http.
 *
 *	All sizes are limited; what is beyond is left out.  Where there are too
 *	many links, the first and the last are kept, since a sender who hides
 *	one among many wants it to be seen.
 */
#ifndef VISIBLE_H
#define VISIBLE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#define VISIBLE_MAX_LINES 2000
#define VISIBLE_MAX_LINE  4000 /* bytes of one line */
#define VISIBLE_MAX_LINKS 500
#define VISIBLE_LATE      100  /* of these, places for the last links, in any order */
#define VISIBLE_MAX_URL   4000 /* bytes of one URL */

/* The line of a link that stands on none of the lines: in a block, in another part. */
#define VISIBLE_NO_LINE G_MAXSIZE

typedef struct {
	char *text;
	bool is_link; /* every character of it stands in a link */
} VisibleLine;

typedef struct {
	char *url;       /* as written, without surrounding space */
	char *label;     /* cleaned (text.h), may be "" */
	char *alt;       /* what stands for an image that is all of the link, or NULL */
	size_t line;     /* about where it ends, or the line behind; or VISIBLE_NO_LINE */
	bool is_refresh; /* nobody has to click on it */
} VisibleLink;

typedef struct {
	GArray *lines; /* of VisibleLine */
	GArray *links; /* of VisibleLink */
	size_t excess; /* links that took the place of another */
	bool has_gap;  /* an empty line is due before the next one */
	bool asks_password;
} Visible;

Visible *visible_new(void);
void visible_free(Visible *visible);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Visible, visible_free)

/*
 * Take a line or link over, cleaned.  A line beyond the limit is cut, a URL
 * dropped, since half of one leads elsewhere.
 */
void visible_add_line(Visible *visible, const char *text, bool is_link);
void visible_add_link(Visible *visible, const char *url, const char *label);

/* Where the next line will stand. */
size_t visible_next_line(const Visible *visible);

/* alt: what stands for an image that is all of the link, or NULL. */
void visible_add_link_at(Visible *visible, const char *url, const char *label,
			 const char *alt, size_t line);

/* A link that leads somewhere when the mail is shown. */
void visible_add_refresh(Visible *visible, const char *url);

/*
 * Add the links of another part, and nothing else of it.  One that is there already,
 * with the same label, keeps its line.
 */
void visible_add_links(Visible *visible, const Visible *other);

/* A plain text as its reader sees it.  text: any bytes, meant as UTF-8. */
Visible *visible_of_text(const char *text, size_t length);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	html-line - the line of an HTML part that is being read, and its link
 *
 * DESCRIPTION
 *	Collects words, with one blank for whatever white space parts them, and
 *	hands lines on to a Visible.  A line and a link's label are cut at
 *	VISIBLE_MAX_LINE.
 *
 * SEE ALSO
 *	html.h, visible.h
 */
#ifndef HTML_LINE_H
#define HTML_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "mail/tokens.h"
#include "mail/visible.h"

typedef struct {
	Visible *visible; /* borrowed */
	GString *text;    /* the line so far, white space single */
	bool has_space;   /* white space since the last word; the reader sets it */
	bool has_linked;  /* there are characters in a link */
	bool has_plain;   /* there are characters in none */
	char *url;        /* of the open link, or NULL */
	char *alt;        /* of the first image in it, or NULL */
	bool is_unseen;   /* it has words that leave no mark */
	char *base;       /* what relative links are relative to, or NULL */
	char *form;       /* where the open form is sent, or NULL */
	GString *label;
} HtmlLine;

void html_line_init(HtmlLine *line, Visible *visible);
void html_line_clear(HtmlLine *line);

/* Add a word to the line; to the open link's label, if there is one. */
void html_line_add(HtmlLine *line, const char *word, size_t length);
void html_line_add_label(HtmlLine *line, const char *word, size_t length);

/* Text that is there and not seen: of the open link nothing may be. */
void html_line_add_unseen(HtmlLine *line, const char *text, size_t length);

/* A meta element that leads somewhere by itself is a link that nobody has to click. */
void html_line_add_refresh(HtmlLine *line, Tokens *tokens, const Token *token);

/* The first base counts; href may be NULL. */
void html_line_set_base(HtmlLine *line, const char *href);

/* Where a link leads, seen from the base; NULL for NULL. */
char *html_line_target(const HtmlLine *line, const char *href);

/* Where the words inside an element lead, or NULL; borrowed up to the next value. */
const char *html_line_href(const HtmlLine *line, Tokens *tokens, const Token *token,
			   unsigned flags);

/*
 * Add the links of an element without text, by href or action, labelled by alt; what
 * sends a form is labelled by its value.
 */
void html_line_add_target(HtmlLine *line, Tokens *tokens, const Token *token);

/* The form ends: what follows sends nothing. */
void html_line_end_form(HtmlLine *line);

/* End the line if it has a word; or in any case, so that an empty one may come of it. */
void html_line_end(HtmlLine *line);
void html_line_break(HtmlLine *line);

#endif

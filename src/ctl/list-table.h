/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	list-table - a list of invitations for people to read
 *
 * DESCRIPTION
 *	One line for each inviter: those first that are worth an answer, of these
 *	those that wait longest; closed ones last.  A terminal gets a table of its
 *	width; where nobody looks, lines have their fields separated by tabs, whole.
 *	Nothing that an inviter wrote gives orders to a terminal.
 */
#ifndef LIST_TABLE_H
#define LIST_TABLE_H

#include <stdio.h>

#include <glib.h>

typedef enum {
	LIST_TABLE_OPEN,
	LIST_TABLE_ALL, /* with the state of each */
} ListTableKind;

/* rows: of JsonObject (listed.h); now: seconds since 1970. */
void list_table_print(FILE *out, const GPtrArray *rows, ListTableKind kind, gint64 now);

/* What stands before and behind a verdict's name in colour; "" where nobody looks. */
const char *list_table_colour(FILE *out, const char *verdict);
const char *list_table_plain(FILE *out);

#endif

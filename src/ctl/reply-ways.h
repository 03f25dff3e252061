/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	reply-ways - what is done with a reply before it is sent or pasted
 *
 * RETURN VALUE
 *	False, or NULL, with error set and nothing done.
 */
#ifndef REPLY_WAYS_H
#define REPLY_WAYS_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

/* The text as $VISUAL, or $EDITOR, or vi left it; the caller's. */
char *reply_ways_edit(const char *text, GError **error);

/* Have the terminal that out is put it into the clipboard (OSC 52). */
bool reply_ways_copy(FILE *out, const char *text, GError **error);

/* Show a network's page.  It must be from its network's file, never from a mail. */
bool reply_ways_open(const char *page, GError **error);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	edits - what is to be done to a mail, decided before anything is done
 *
 * DESCRIPTION
 *	Everything is validated and rendered before action.h sends it: header
 *	fields in order, the envelope, then the body.  Deletions come before
 *	insertions, from the highest index down: Postfix renumbers after each,
 *	Sendmail does not.
 */
#ifndef EDITS_H
#define EDITS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef enum {
	EDIT_DELETE, /* the field's instances from the index-th down to the first */
	EDIT_INSERT, /* on top */
	EDIT_CHANGE, /* the field's first instance; added where there is none */
} EditKind;

typedef struct {
	EditKind kind;
	char *name;
	size_t index; /* EDIT_DELETE */
	char *value;  /* EDIT_INSERT, EDIT_CHANGE: folded with "\n\t" */
} Edit;

/* What becomes of the mail. */
typedef enum {
	EDITS_PASS,
	EDITS_REJECT,  /* refused; nothing else is done then */
	EDITS_DISCARD, /* taken, and thrown away */
} EditsEnd;

typedef struct {
	GArray *fields;            /* of Edit */
	GPtrArray *recipients_in;  /* char *, bare addresses to be added; before ... */
	GPtrArray *recipients_out; /* ... these are removed, char * as in RCPT TO */
	GString *body;             /* the new body, CRLF, or NULL */
	EditsEnd end;
	char *reply; /* EDITS_REJECT: what the client is told */
} Edits;

Edits *edits_new(void);
void edits_free(Edits *edits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Edits, edits_free)

/* Delete all instances of a field, which has so many. */
void edits_delete(Edits *edits, const char *name, size_t count);
void edits_insert(Edits *edits, const char *name, const char *value);
void edits_change(Edits *edits, const char *name, const char *value);

#endif

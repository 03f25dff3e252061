/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	print - an assessment as JSON, as a line, and as an explanation
 *
 * DESCRIPTION
 *	The JSON's keys are the contract of invitectl(1): always present, null
 *	where unknown, one object a line.  The explanation is for people, in
 *	colour on a terminal.
 */
#ifndef PRINT_H
#define PRINT_H

#include <stdio.h>

#include <json-glib/json-glib.h>

#include "judge/assess.h"
#include "note/note.h"

typedef enum {
	PRINT_PLAIN,
	PRINT_JSON,
	PRINT_EXPLAIN,
} PrintForm;

void print_assessment(FILE *out, const char *file, const Assessment *assessment,
		      PrintForm form);

/* The object of PRINT_JSON, as a value of another one. */
void print_add_assessment(JsonBuilder *json, const char *file,
			  const Assessment *assessment);

/* The explanation without what to do. */
void print_findings(FILE *out, const char *file, const Assessment *assessment);

/* Where the text of a row begins. */
#define PRINT_INDENT 15

/*
 * "  label  text" of an explanation, the label dim on a terminal, lines folded at its
 * width and indented; nothing for a text that is NULL or empty.
 */
void print_row(FILE *out, const char *label, const char *text);

/* A mail that could not be read; in the other forms standard error says it. */
void print_trouble(FILE *out, const char *file, const char *why, PrintForm form);

/* text: the note's, which only the explanation shows. */
void print_note(FILE *out, const char *text, const Note *note, PrintForm form);

#endif

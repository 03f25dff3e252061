/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	fields - the header fields that are ours
 *
 * DESCRIPTION
 *	Their names, in the order they stand in a mail, and what they say of an
 *	assessment.  A sender who writes such a field wants to deceive, so
 *	fields of these names are deleted from mail that comes in.
 *
 *	Values are ASCII, folded with "\n\t" before column 78 (a URL is not
 *	folded), and hold nothing from a mail that was not cleaned.
 *
 * SEE ALSO
 *	"HEADER FIELDS" in invite-milter(8); RFC 2047, RFC 6648
 */
#ifndef FIELDS_H
#define FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "judge/assess.h"
#include "edit/edits.h"

typedef enum {
	FIELD_VERDICT,
	FIELD_REASONS,
	FIELD_FROM,
	FIELD_SUGGESTION,
	FIELD_REPLY,
	FIELD_LAST
} Field;

const char *fields_name(Field field);

/* Which of our fields bears this name, in any case?  FIELD_LAST for none. */
Field fields_of(const char *name);

/* Delete what the sender wrote under our names; counts: how many of each field. */
void fields_delete(Edits *edits, const size_t counts[FIELD_LAST]);

/* Is the reply for one reader alone? */
typedef enum {
	FIELDS_WITH_REPLY,
	FIELDS_WITHOUT_REPLY,
} FieldsReply;

/* Insert what the assessment of a recognised mail says. */
void fields_insert(Edits *edits, const Assessment *assessment, FieldsReply reply);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mask-field - a header field whose value is masked
 *
 * DESCRIPTION
 *	The value is read as its field is: a list of mailboxes, a text, what
 *	verifiers found, a type with its parameters.  A field that nothing is
 *	read from has every word masked; one that the program's data name (the
 *	name of a template, say) keeps the words of the data.
 *
 *	Types of parts stay as far as they are common; a boundary is what the
 *	caller says, and that it is one part of a mail in which it stands.
 *
 * OWNERSHIP
 *	What is returned is the caller's: "Name: value\n", folded with "\n".
 */
#ifndef MASK_FIELD_H
#define MASK_FIELD_H

#include "mail/mask.h"

/*
 * named: Is the field one that the program's data name?  boundary: the new one, or
 * NULL.
 */
char *mask_field(const Mask *mask, bool is_named, const char *name, const char *value,
		 const char *boundary);

/* Hide the names and addresses in a field of mailboxes. */
void mask_field_hide(Mask *mask, const char *name, const char *value);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* taken.h - what a reader of contacts handed out, as lines of text */
#ifndef TAKEN_H
#define TAKEN_H

#include <glib.h>

#include "people/contact.h"

/*
 * A ContactTake whose context is a GString: "3 Jane Doe <j@example.org> (Acme)
 * https://example.org/ @1709251200\n" of a contact, "9! no END:VCARD\n" of
 * trouble.  A source other than SOURCE_CONTACT stands before the name.
 */
void taken(void *context, const Contact *contact, size_t line, const char *trouble);

/* The bytes of a file; name: below tests/people/. */
GBytes *taken_file(const char *name);

/* Fails, naming the input, where got is not what was wanted. */
void taken_check(const char *input, const GString *got, const char *want);

#endif

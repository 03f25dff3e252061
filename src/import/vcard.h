/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	vcard - reads the people of an address book
 *
 * DESCRIPTION
 *	vcard_read() reads vCard 2.1, 3.0 and 4.0, one after the other in one
 *	file, as telephones, mail programs and networks write them.
 *
 * SEE ALSO
 *	contact.h; RFC 6350, RFC 2426, RFC 2425, vCard 2.1 (versit, 1996)
 */
#ifndef VCARD_H
#define VCARD_H

#include <stdbool.h>
#include <stddef.h>

#include "people/contact.h"

bool vcard_is_file(const char *bytes, size_t length);
void vcard_read(const char *bytes, size_t length, ContactTake *take, void *context);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	vcard-write - a contact as a card of vCard 4.0
 *
 * SEE ALSO
 *	vcard.h, which reads it back
 */
#ifndef VCARD_WRITE_H
#define VCARD_WRITE_H

#include <glib.h>

#include "people/contact.h"

void vcard_write(GString *out, const Contact *contact);

#endif

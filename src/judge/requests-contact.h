/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests-contact - a contact as a request has it
 *
 * SEE ALSO
 *	requests.h has the words.
 */
#ifndef REQUESTS_CONTACT_H
#define REQUESTS_CONTACT_H

#include <glib.h>

#include "network/networks.h"
#include "people/contact.h"
#include "people/store.h"

typedef struct _JsonBuilder JsonBuilder;
typedef struct _JsonObject JsonObject;

/* Whatever is written; the contact is the caller's. */
void requests_contact_read(Contact *contact, const Networks *networks, gint64 now,
			   JsonObject *object);

/* json is at a place for a value. */
void requests_contact_write(JsonBuilder *json, const Contact *contact);

/* Whom the store has, as {"person":[…]}. */
void requests_contact_write_person(JsonBuilder *json, const StorePerson *person);

#endif

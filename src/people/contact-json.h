/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	contact-json - a contact as a JSON object
 *
 * DESCRIPTION
 *	The members are source, name, company, addresses, urls, answered and
 *	seen, as in a request to learn somebody (requests.h).  Profiles are not
 *	among them: the reader of an object finds them in the URLs
 *	(networks.h).
 */
#ifndef CONTACT_JSON_H
#define CONTACT_JSON_H

#include <glib.h>

#include "people/contact.h"
#include "people/store.h"

typedef struct _JsonBuilder JsonBuilder;
typedef struct _JsonObject JsonObject;

/*
 * Make a contact, which is the caller's, of any object; of NULL it is empty.  It is
 * not seen later than now, in seconds since 1970.
 */
void contact_json_read(Contact *contact, gint64 now, JsonObject *object);

/* Write the object; json is at a place for a value. */
void contact_json_write(JsonBuilder *json, const Contact *contact);

/* Write a person of the store, as {"person":[IDENTITY,…]}. */
void contact_json_write_person(JsonBuilder *json, const StorePerson *person);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* store-engine.c - people, as an engine reads them one identity at a time */

#include "config.h"

#include <string.h>

#include "people/store-engine.h"

static void
identity_clear(gpointer data)
{
	Identity *identity = data;

	g_free(identity->search_key);
	g_free(identity->value);
	g_free(identity->shown);
}

StorePerson *
store_engine_person_new(gint64 id)
{
	StorePerson *person = g_new0(StorePerson, 1);

	person->id = id;
	person->identities = g_array_new(FALSE, FALSE, sizeof(Identity));
	g_array_set_clear_func(person->identities, identity_clear);

	return person;
}

static gint
by_kind(gconstpointer a, gconstpointer b)
{
	const Identity *one = a, *other = b;

	return one->kind != other->kind ? (gint)one->kind - (gint)other->kind
					: strcmp(one->search_key, other->search_key);
}

StorePerson *
store_engine_person_finish(StorePerson *person)
{
	if (person->identities->len == 0) {
		store_person_free(person);
		return NULL;
	}
	g_array_sort(person->identities, by_kind);

	return person;
}

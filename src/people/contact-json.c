/* SPDX-License-Identifier: BSD-2-Clause */
/* contact-json.c - a contact as a JSON object */

#include "config.h"

#include "base/json.h"
#include "people/contact-json.h"

static const char *const kind_names[IDENTITY_LAST] = {
	[IDENTITY_ADDRESS] = "address",
	[IDENTITY_PROFILE] = "profile",
	[IDENTITY_NAME] = "name",
	[IDENTITY_COMPANY] = "company",
};

static Source
source_of(const char *name)
{
	for (int i = 0; i < SOURCE_LAST; i++)
		if (g_strcmp0(name, contact_source_name((Source)i)) == 0)
			return (Source)i;

	return SOURCE_ADDED;
}

static void
add_texts(Contact *contact, JsonArray *texts, void (*take)(Contact *, const char *))
{
	for (size_t i = 0; i < json_list_length(texts); i++) {
		const char *text = json_list_text(texts, i);

		if (text != NULL)
			take(contact, text);
	}
}

void
contact_json_read(Contact *contact, gint64 now, JsonObject *object)
{
	const char *name = json_text(object, "name"),
		   *company = json_text(object, "company");

	contact_init(contact, source_of(json_text(object, "source")));
	if (name != NULL)
		contact_set_name(contact, name);
	if (company != NULL)
		contact_set_company(contact, company);
	add_texts(contact, json_list(object, "addresses"), contact_add_address);
	add_texts(contact, json_list(object, "urls"), contact_add_url);
	add_texts(contact, json_list(object, "answered"), contact_add_answered);
	/* Somebody seen in the future would never be forgotten. */
	contact->seen = CLAMP(json_number(object, "seen"), 0, now);
}

void
contact_json_write(JsonBuilder *json, const Contact *contact)
{
	json_builder_begin_object(json);
	json_add_text(json, "source", contact_source_name(contact->source));
	if (contact->name != NULL)
		json_add_text(json, "name", contact->name);
	if (contact->company != NULL)
		json_add_text(json, "company", contact->company);
	json_add_texts(json, "addresses", contact->addresses);
	json_add_texts(json, "urls", contact->urls);
	json_add_texts(json, "answered", contact->answered);
	json_add_number(json, "seen", contact->seen);
	json_builder_end_object(json);
}

void
contact_json_write_person(JsonBuilder *json, const StorePerson *person)
{
	json_builder_begin_object(json);
	json_builder_set_member_name(json, "person");
	json_builder_begin_array(json);
	for (size_t i = 0; i < person->identities->len; i++) {
		const Identity *identity =
		    &g_array_index(person->identities, Identity, i);

		if (identity->shown[0] == '\0')
			continue;
		json_builder_begin_object(json);
		json_add_text(json, "kind", kind_names[identity->kind]);
		json_add_text(json, "value", identity->shown);
		json_add_text(json, "source", contact_source_name(identity->source));
		json_add_number(json, "first", identity->first);
		json_add_number(json, "last", identity->last);
		json_add_number(json, "count", identity->count);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
	json_builder_end_object(json);
}

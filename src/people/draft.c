/* SPDX-License-Identifier: BSD-2-Clause */
/* draft.c - a contact as it goes into the store */

#include "config.h"

#include "people/draft.h"

static void
identity_clear(gpointer data)
{
	Identity *identity = data;

	g_free(identity->search_key);
	g_free(identity->value);
}

void
draft_clear(Draft *draft)
{
	g_clear_pointer(&draft->identities, g_array_unref);
	name_clear(&draft->name);
	g_clear_pointer(&draft->company, g_free);
}

static void
add(Draft *draft, IdentityKind kind, const Contact *contact, const char *search_key,
    const char *value, const char *shown)
{
	Identity identity = {
		.kind = kind,
		.search_key = g_strdup(search_key),
		.value = g_strdup(value),
		.shown = (char *)shown,
		.source = contact->source,
	};

	g_array_append_val(draft->identities, identity);
}

/* Returns why the last of the addresses left out was left out; LEARNT_NEW: none was. */
static Learnt
add_addresses(Draft *draft, const LearnRules *rules, const char *owner,
	      const Contact *contact)
{
	Learnt left_out = LEARNT_NEW;

	for (size_t i = 0; i < contact->addresses->len; i++) {
		const char *address = contact->addresses->pdata[i];
		Learnt learnt = learn_address(rules, owner, address);

		if (learnt != LEARNT_NEW) {
			left_out = learnt;
			continue;
		}
		add(draft, IDENTITY_ADDRESS, contact, address, "", address);
		draft->addresses++;
	}

	return left_out;
}

static void
add_profiles(Draft *draft, const Contact *contact)
{
	for (size_t i = 0; i < contact->profiles->len; i++) {
		const ContactProfile *profile = contact->profiles->pdata[i];

		add(draft, IDENTITY_PROFILE, contact, profile->key, "", profile->shown);
		draft->profiles++;
	}
}

/* A name in disguise is no name of theirs. */
static void
add_name(Draft *draft, const LearnRules *rules, const Contact *contact)
{
	const Name *name = &draft->name;

	if (contact->name == NULL)
		return;
	name_init(&draft->name, rules->names, contact->name);
	if (name->is_disguised)
		return;
	for (size_t i = 0; i < NAME_KEYS && name->keys[i] != NULL; i++)
		add(draft, IDENTITY_NAME, contact, name->shapes[i], name->keys[i],
		    contact->name);
	if (name->keys[0] != NULL && name->hint != NULL)
		add(draft, IDENTITY_NAME, contact, name->hint, "", "");
}

bool
draft_has_name(const Draft *draft)
{
	return draft->name.keys[0] != NULL && !draft->name.is_disguised;
}

Learnt
draft_init(Draft *draft, const LearnRules *rules, const char *owner,
	   const Contact *contact)
{
	Learnt left_out;

	draft->identities = g_array_new(FALSE, FALSE, sizeof(Identity));
	g_array_set_clear_func(draft->identities, identity_clear);
	left_out = add_addresses(draft, rules, owner, contact);
	add_profiles(draft, contact);
	if (draft->addresses == 0 && draft->profiles == 0 && left_out != LEARNT_NEW)
		return left_out;

	add_name(draft, rules, contact);
	if (draft->addresses == 0 && draft->profiles == 0 && !draft_has_name(draft))
		return LEARNT_NOBODY;
	if (contact->company != NULL)
		draft->company = name_company_key(rules->names, contact->company);
	if (draft->company != NULL)
		add(draft, IDENTITY_COMPANY, contact, draft->company, "",
		    contact->company);

	return LEARNT_NEW;
}

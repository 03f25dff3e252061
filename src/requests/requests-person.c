/* SPDX-License-Identifier: BSD-2-Clause */
/* requests-person.c - who is meant by a mail, an address, a page or a name? */

#include "config.h"

#include <string.h>

#include "requests/requests-person.h"
#include "text/address.h"
#include "network/networks.h"

static RequestsPerson
inviter_of(const Assessment *assessment)
{
	if (!assess_is_recognised(assessment))
		return REQUESTS_PERSON_NO_INVITATION;
	if (assessment->authenticity == AUTHENTICITY_FORGED)
		return REQUESTS_PERSON_FORGED;
	if (assessment->relation == RELATION_IMPOSTOR)
		return REQUESTS_PERSON_IMPOSTOR;

	return assessment->relation == RELATION_KNOWN ? REQUESTS_PERSON_KNOWN
						      : REQUESTS_PERSON_TEACHES;
}

static void
take_inviter(Contact *contact, const Networks *networks, const Invite *invite, gint64 now)
{
	contact->seen = now;
	if (invite->name != NULL)
		contact_set_name(contact, invite->name);
	if (invite->company != NULL)
		contact_set_company(contact, invite->company);
	if (invite->profile != NULL)
		contact_add_url(contact, invite->profile);
	if (invite->address != NULL)
		contact_add_address(contact, invite->address);
	networks_find_profiles(networks, contact);
}

/* NULL also where nobody can look whether it is an impostor: it must not be let in. */
static Assessment *
assess_filed(Assessor *assessor, const char *owner, const char *mail, size_t length,
	     gint64 now, GError **error)
{
	Delivery delivery = { .owner = owner, .now = now };
	g_autoptr(Assessment) assessment =
	    assess(assessor, mail, length, &delivery, error);

	if (assessment == NULL || assessment->store_trouble == NULL)
		return g_steal_pointer(&assessment);
	g_set_error_literal(error, STORE_ERROR, STORE_ERROR_SYSTEM,
			    assessment->store_trouble);

	return NULL;
}

bool
requests_person_relation(Assessor *assessor, const char *owner, const char *mail,
			 size_t length, gint64 now, AssessRelation *known_out,
			 GError **error)
{
	static const char prefix[] = "relation:";
	g_autoptr(Assessment) assessment =
	    assess_filed(assessor, owner, mail, length, now, error);

	if (assessment == NULL)
		return false;
	*known_out = (AssessRelation){ .relation = assessment->relation,
				       .since = assessment->known_since };
	for (size_t i = 0; i < assessment->reasons->len; i++) {
		const char *reason = assessment->reasons->pdata[i];

		if (g_str_has_prefix(reason, prefix) && known_out->reason == NULL)
			known_out->reason = g_strdup(reason + strlen(prefix));
	}

	return true;
}

bool
requests_person_of_mail(Assessor *assessor, const char *owner, const char *mail,
			size_t length, gint64 now, RequestsPerson *found_out,
			Contact *contact_out, GError **error)
{
	g_autoptr(Assessment) assessment =
	    assess_filed(assessor, owner, mail, length, now, error);
	RequestsPerson found;

	if (assessment == NULL)
		return false;
	found = inviter_of(assessment);
	contact_init(contact_out, SOURCE_HAND);
	if (found == REQUESTS_PERSON_TEACHES || found == REQUESTS_PERSON_KNOWN)
		take_inviter(contact_out, assessor_networks(assessor), assessment->invite,
			     now);
	*found_out = found;

	return true;
}

const char *
requests_person_name(RequestsPerson found)
{
	static const char *const names[REQUESTS_PERSON_LAST] = {
		[REQUESTS_PERSON_TEACHES] = "teaches",
		[REQUESTS_PERSON_KNOWN] = "known already",
		[REQUESTS_PERSON_NO_INVITATION] = "no invitation",
		[REQUESTS_PERSON_FORGED] = "forged",
		[REQUESTS_PERSON_IMPOSTOR] = "poses as somebody known",
	};

	return names[found];
}

/* The clues to who is meant by an address, a URL or a name. */
static void
clues_of(const Assessor *assessor, const char *who, Name *name, char *clues[NAME_KEYS])
{
	g_autofree char *key = networks_profile_key(assessor_networks(assessor), who),
			*lower = NULL;

	if (key != NULL || strstr(who, "://") != NULL) {
		clues[0] = store_clue(IDENTITY_PROFILE, key);
	} else if (address_domain(who) != NULL) {
		lower = g_ascii_strdown(who, -1);
		clues[0] = store_clue(IDENTITY_ADDRESS, lower);
	} else {
		name_init(name, assessor_rules(assessor)->names, who);
		for (size_t i = 0; i < NAME_KEYS; i++)
			clues[i] = store_clue(IDENTITY_NAME, name->shapes[i]);
	}
}

/* A name's hit may be a look-alike, or the whole form of a short one. */
static bool
is_meant(const StoreHit *hit, const Name *name)
{
	return hit->kind != IDENTITY_NAME || g_strcmp0(hit->value, name->keys[0]) == 0 ||
	       g_strcmp0(hit->value, name->keys[1]) == 0;
}

bool
requests_person_meant(Store *store, const Assessor *assessor, const char *owner,
		      const char *who, GArray **ids_out, GError **error)
{
	g_auto(Name) name = { 0 };
	char *clues[NAME_KEYS] = { NULL };
	g_autoptr(GArray) hits = NULL, ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	bool is_well;

	clues_of(assessor, who, &name, clues);
	is_well =
	    store_find(store, owner, (const char *const *)clues, NAME_KEYS, &hits, error);
	for (size_t i = 0; i < NAME_KEYS; i++)
		g_free(clues[i]);
	for (size_t i = 0; is_well && i < hits->len; i++) {
		const StoreHit *hit = &g_array_index(hits, StoreHit, i);
		bool is_there = false;

		for (size_t k = 0; k < ids->len; k++)
			is_there |= g_array_index(ids, gint64, k) == hit->person;
		if (!is_there && is_meant(hit, &name))
			g_array_append_val(ids, hit->person);
	}
	if (is_well)
		*ids_out = g_steal_pointer(&ids);

	return is_well;
}

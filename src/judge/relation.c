/* SPDX-License-Identifier: BSD-2-Clause */
/* relation.c - does the recipient know the person who invites? */

#include "config.h"

#include <string.h>

#include "base/day.h"
#include "judge/relation.h"

/*
 * What one hit says of the inviter; of several hits the last one here counts.
 * Two may have one name: where one of them is at the company, the inviter need
 * not pose as the other.
 */
typedef enum {
	EVIDENCE_NONE,
	EVIDENCE_SHORT_FORM, /* Bob, where Robert is known */
	EVIDENCE_NAME,
	EVIDENCE_LOOK_ALIKE,
	EVIDENCE_OTHER_PROFILE, /* name and company, but not the profile */
	EVIDENCE_NAME_AND_COMPANY,
	EVIDENCE_ADDRESS,
	EVIDENCE_PROFILE,
	EVIDENCE_LAST
} Evidence;

static const struct {
	Relation relation;
	const char *token;
	bool has_source; /* when and how they became known belongs to it */
} meanings[EVIDENCE_LAST] = {
	[EVIDENCE_NONE] = { RELATION_STRANGER, NULL, false },
	[EVIDENCE_SHORT_FORM] = { RELATION_STRANGER, "short-form", false },
	[EVIDENCE_NAME] = { RELATION_NAMESAKE, NULL, false },
	[EVIDENCE_LOOK_ALIKE] = { RELATION_IMPOSTOR, "look-alike", false },
	[EVIDENCE_OTHER_PROFILE] = { RELATION_IMPOSTOR, "other-profile", true },
	[EVIDENCE_NAME_AND_COMPANY] = { RELATION_LIKELY, "company", true },
	[EVIDENCE_ADDRESS] = { RELATION_KNOWN, "address", true },
	[EVIDENCE_PROFILE] = { RELATION_KNOWN, "profile", true },
};

/* The inviter, made fit to compare. */
typedef struct {
	Name name;
	const char *owner;   /* whose people are asked */
	char *profile;       /* its key, or NULL, as all of these */
	char *address;       /* lower case */
	const char *company; /* as written */
} Inviter;

static void
inviter_clear(Inviter *inviter)
{
	name_clear(&inviter->name);
	g_free(inviter->profile);
	g_free(inviter->address);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Inviter, inviter_clear)

static void
inviter_init(Inviter *inviter, const LearnRules *rules, const char *owner,
	     const Invite *invite)
{
	inviter->owner = owner;
	name_init(&inviter->name, rules->names, invite->name != NULL ? invite->name : "");
	if (invite->profile != NULL)
		inviter->profile = contact_profile_key(invite->profile);
	if (invite->address != NULL &&
	    learn_address(rules, owner, invite->address) == LEARNT_NEW)
		inviter->address = g_ascii_strdown(invite->address, -1);
	inviter->company = invite->company;
}

/* Does the person of the hit work at the inviter's company, without another profile? */
static Evidence
evidence_of_company(const LearnRules *rules, const Inviter *inviter,
		    const StorePerson *person)
{
	g_autofree char *company = name_company_key(rules->names, inviter->company);
	bool works_there = false, has_other = false;

	for (size_t i = 0; i < person->identities->len; i++) {
		const Identity *identity =
		    &g_array_index(person->identities, Identity, i);

		if (identity->kind == IDENTITY_COMPANY)
			works_there |= g_strcmp0(identity->search_key, company) == 0;
		if (identity->kind == IDENTITY_PROFILE && inviter->profile != NULL)
			has_other |= contact_profiles_differ(identity->search_key,
							     inviter->profile);
	}
	if (!works_there)
		return EVIDENCE_NAME;

	return has_other ? EVIDENCE_OTHER_PROFILE : EVIDENCE_NAME_AND_COMPANY;
}

static bool
is_one_of(const char *text, char *const *list)
{
	return g_strcmp0(text, list[0]) == 0 || g_strcmp0(text, list[1]) == 0;
}

static bool
evidence_of_name(Store *store, const LearnRules *rules, const Inviter *inviter,
		 const StoreHit *hit, Evidence *evidence_out, GError **error)
{
	const Name *name = &inviter->name;
	g_autoptr(StorePerson) person = NULL;

	*evidence_out = EVIDENCE_NONE;
	if (hit->value[0] == '\0' || !is_one_of(hit->search_key, name->shapes)) {
		if (!name->is_disguised &&
		    (hit->value[0] == '\0' || g_strcmp0(hit->value, name->hint) == 0))
			*evidence_out = EVIDENCE_SHORT_FORM;
		return true;
	}
	*evidence_out = EVIDENCE_LOOK_ALIKE;
	if (name->is_disguised || !is_one_of(hit->value, name->keys))
		return true;

	*evidence_out = EVIDENCE_NAME;
	if (inviter->company == NULL)
		return true;
	if (!store_person(store, inviter->owner, hit->person, &person, error))
		return false;
	if (person != NULL)
		*evidence_out = evidence_of_company(rules, inviter, person);

	return true;
}

static bool
evidence_of(Store *store, const LearnRules *rules, const Inviter *inviter,
	    const StoreHit *hit, Evidence *evidence_out, GError **error)
{
	switch (hit->kind) {
	case IDENTITY_PROFILE:
		*evidence_out = EVIDENCE_PROFILE;
		return true;
	case IDENTITY_ADDRESS:
		*evidence_out = EVIDENCE_ADDRESS;
		return true;
	case IDENTITY_NAME:
		return evidence_of_name(store, rules, inviter, hit, evidence_out, error);
	default:
		*evidence_out = EVIDENCE_NONE;
		return true;
	}
}

static char *
reason_of(Evidence evidence, const StoreHit *hit)
{
	const char *relation = relation_name(meanings[evidence].relation);
	g_autofree char *day = NULL;

	if (meanings[evidence].token == NULL)
		return g_strdup(relation);
	if (!meanings[evidence].has_source)
		return g_strdup_printf("%s %s", relation, meanings[evidence].token);
	day = day_text(hit->first);

	return g_strdup_printf("%s %s %s %s", relation, meanings[evidence].token,
			       day != NULL ? day : "-", contact_source_name(hit->source));
}

/* Everybody whom a profile, an address, a name or its whole form may mean. */
static bool
find_hits(Store *store, const char *owner, const Inviter *inviter, GArray **hits_out,
	  GError **error)
{
	const Name *name = &inviter->name;
	g_autofree char *profile = store_clue(IDENTITY_PROFILE, inviter->profile);
	g_autofree char *address = store_clue(IDENTITY_ADDRESS, inviter->address);
	g_autofree char *shape = store_clue(IDENTITY_NAME, name->shapes[0]);
	g_autofree char *other = store_clue(IDENTITY_NAME, name->shapes[1]);
	g_autofree char *hint = store_clue(IDENTITY_NAME, name->hint);
	const char *const clues[] = { profile, address, shape, other, hint };

	return store_find(store, owner, clues, G_N_ELEMENTS(clues), hits_out, error);
}

/* Was anything seen of the hit's person since then? */
static bool
is_kept(Store *store, const char *owner, const StoreHit *hit, gint64 since,
	bool *is_kept_out, GError **error)
{
	g_autoptr(StorePerson) person = NULL;
	bool is_kept = hit->last >= since;

	if (!is_kept && !store_person(store, owner, hit->person, &person, error))
		return false;
	for (size_t i = 0; person != NULL && i < person->identities->len; i++)
		is_kept |= g_array_index(person->identities, Identity, i).last >= since;
	*is_kept_out = is_kept;

	return true;
}

bool
relation_find(Store *store, const LearnRules *rules, const char *owner,
	      const Invite *invite, gint64 since, Relation *relation_out,
	      char **reason_out, gint64 *first_out, GError **error)
{
	g_auto(Inviter) inviter = { 0 };
	g_autoptr(GArray) hits = NULL;
	const StoreHit *best = NULL;
	Evidence most = EVIDENCE_NONE;

	inviter_init(&inviter, rules, owner, invite);
	if (!find_hits(store, owner, &inviter, &hits, error))
		return false;
	for (size_t i = 0; i < hits->len; i++) {
		const StoreHit *hit = &g_array_index(hits, StoreHit, i);
		Evidence evidence;
		bool is_there;

		/* The inviter is known already: a name can tell no more. */
		if (hit->kind == IDENTITY_NAME && most >= EVIDENCE_ADDRESS)
			continue;
		if (!is_kept(store, owner, hit, since, &is_there, error))
			return false;
		if (!is_there)
			continue;
		if (!evidence_of(store, rules, &inviter, hit, &evidence, error))
			return false;
		if (evidence > most) {
			most = evidence;
			best = hit;
		}
	}
	*relation_out = meanings[most].relation;
	*reason_out = reason_of(most, best);
	*first_out = meanings[most].has_source &&
			     meanings[most].relation != RELATION_IMPOSTOR &&
			     best->first > CONTACT_LONG_AGO
			 ? best->first
			 : 0;

	return true;
}

static const char *const names[RELATION_LAST] = {
	[RELATION_UNKNOWN] = "unknown",   [RELATION_STRANGER] = "stranger",
	[RELATION_NAMESAKE] = "namesake", [RELATION_LIKELY] = "likely",
	[RELATION_KNOWN] = "known",       [RELATION_IMPOSTOR] = "impostor",
};

const char *
relation_name(Relation relation)
{
	return names[relation];
}

Relation
relation_of_name(const char *name)
{
	for (size_t i = 0; i < RELATION_LAST; i++)
		if (g_strcmp0(name, names[i]) == 0)
			return (Relation)i;

	return RELATION_UNKNOWN;
}

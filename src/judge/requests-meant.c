/* SPDX-License-Identifier: BSD-2-Clause */
/* requests-meant.c - who is meant by an address, a page or a name? */

#include "config.h"

#include <string.h>

#include "judge/requests-meant.h"
#include "network/networks.h"
/* The clues to who is meant by an address, a URL or a name. */
static void
clues_of(const Assessor *assessor, const char *who, Name *name, char *clues[NAME_KEYS])
{
	g_autofree char *key = networks_profile_key(assessor_networks(assessor), who),
			*lower = NULL;

	if (key != NULL || strstr(who, "://") != NULL) {
		clues[0] = store_clue(IDENTITY_PROFILE, key);
	} else if (strchr(who, '@') != NULL) {
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
requests_meant(Store *store, const Assessor *assessor, const char *owner, const char *who,
	       GArray **ids_out, GError **error)
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

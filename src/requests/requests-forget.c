/* SPDX-License-Identifier: BSD-2-Clause */
/* requests-forget.c - forgets people, and what they sent */

#include "config.h"

#include "base/json.h"
#include "requests/requests-forget.h"
#include "requests/requests-invitation.h"
#include "requests/requests-person.h"

static bool
forget_all(RequestsQuery *query, const char *owner, const GArray *ids, GError **error)
{
	return store_forget(query->store, owner, (const gint64 *)ids->data, ids->len,
			    &query->forgotten, error);
}

static bool
forget_at(RequestsQuery *query, const char *owner, const char *who, GError **error)
{
	/* More have a name than are found at once. */
	for (;;) {
		g_autoptr(GArray) ids = NULL;

		if (!requests_person_meant(query->store, query->assessor, owner, who,
					   &ids, error))
			return false;
		if (ids->len == 0)
			return true;
		if (!forget_all(query, owner, ids, error))
			return false;
	}
}

/* The invitations of whom this means: they go before the people do. */
static bool
forget_invitations(RequestsQuery *query, const char *owner, const char *who,
		   GError **error)
{
	g_autoptr(GArray) ids = NULL;

	return requests_person_meant(query->store, query->assessor, owner, who, &ids,
				     error) &&
	       requests_invitation_forget(query, owner, who, ids, error);
}

static void
tell_forgotten(RequestsQuery *query)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_add_number(json, "forgotten", (gint64)query->forgotten);
	if (query->dropped > 0)
		json_add_number(json, "invitations", (gint64)query->dropped);
	json_builder_end_object(json);
	requests_query_tell(query, json);
}

bool
requests_forget(RequestsQuery *query, GError **error)
{
	const char *who = json_text(query->object, "who");
	g_autoptr(GPtrArray) owners = NULL;

	if (who == NULL || who[0] == '\0') {
		requests_query_tell_text(
		    query, "error", "forget whom? Name an address, a profile or a name");
		return true;
	}
	if (!json_flag(query->object, "everywhere")) {
		if (!forget_invitations(query, query->owner, who, error) ||
		    !forget_at(query, query->owner, who, error))
			return false;
	} else if (!store_owners(query->store, &owners, error)) {
		return false;
	}
	for (size_t i = 0; owners != NULL && i < owners->len; i++)
		if (!forget_invitations(query, owners->pdata[i], who, error) ||
		    !forget_at(query, owners->pdata[i], who, error))
			return false;
	tell_forgotten(query);

	return true;
}

/* Was all that is known of them learnt by hand? */
static bool
is_of_hand(const StorePerson *person)
{
	for (size_t i = 0; i < person->identities->len; i++)
		if (g_array_index(person->identities, Identity, i).source != SOURCE_HAND)
			return false;

	return true;
}

/* Forget those of a name who are known by hand alone: others may have the same name. */
static bool
forget_of_hand(RequestsQuery *query, const char *name, GError **error)
{
	g_autoptr(GArray) ids = NULL, of_hand = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (!requests_person_meant(query->store, query->assessor, query->owner, name,
				   &ids, error))
		return false;
	for (size_t i = 0; i < ids->len; i++) {
		gint64 id = g_array_index(ids, gint64, i);
		g_autoptr(StorePerson) person = NULL;

		if (!store_person(query->store, query->owner, id, &person, error))
			return false;
		if (person != NULL && is_of_hand(person))
			g_array_append_val(of_hand, id);
	}

	return forget_all(query, query->owner, of_hand, error);
}

static bool
forget_each(RequestsQuery *query, const GPtrArray *texts, GError **error)
{
	for (size_t i = 0; i < texts->len; i++)
		if (!forget_at(query, query->owner, texts->pdata[i], error))
			return false;

	return true;
}

bool
requests_forget_inviter(RequestsQuery *query, const Contact *inviter, GError **error)
{
	return forget_each(query, inviter->urls, error) &&
	       forget_each(query, inviter->addresses, error) &&
	       (inviter->name == NULL || forget_of_hand(query, inviter->name, error));
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* purge.c - removes all that is kept for an owner, and shows that it is gone */

#include "config.h"

#include <string.h>

#include "people/invitation-drop.h"
#include "people/purge.h"
#include "people/store-invitation.h"
#include "people/store-purge.h"

/* What of an owner is kept. */
typedef struct {
	GArray *people;   /* of gint64 */
	GPtrArray *texts; /* char * */
} Kept;

static void
kept_clear(Kept *kept)
{
	g_clear_pointer(&kept->people, g_array_unref);
	g_clear_pointer(&kept->texts, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Kept, kept_clear)

static void
add_text(GPtrArray *texts, const char *text)
{
	const char *end;

	if (text == NULL || strlen(text) < PURGE_MIN_TEXT)
		return;
	end = strlen(text) > PURGE_MAX_TEXT
		  ? g_utf8_find_prev_char(text, text + PURGE_MAX_TEXT + 1)
		  : NULL;
	g_ptr_array_add(texts, end != NULL ? g_strndup(text, (gsize)(end - text))
					   : g_strdup(text));
}

/* A StoreTake. */
static bool
take_person(void *context, const StorePerson *person)
{
	Kept *kept = context;

	g_array_append_val(kept->people, person->id);
	for (guint i = 0; i < person->identities->len; i++) {
		const Identity *one = &g_array_index(person->identities, Identity, i);

		add_text(kept->texts, one->shown);
	}

	return true;
}

static bool
collect(Store *store, const char *owner, Kept *kept, size_t *invitations_out,
	GError **error)
{
	static const StoreInvitationText told[] = {
		STORE_INVITATION_NAME,     STORE_INVITATION_PROFILE,
		STORE_INVITATION_ADDRESS,  STORE_INVITATION_SUBJECT,
		STORE_INVITATION_HEADLINE, STORE_INVITATION_MESSAGE_ID,
		STORE_INVITATION_NOTE,
	};
	g_autoptr(GPtrArray) list = NULL;

	kept->people = g_array_new(FALSE, FALSE, sizeof(gint64));
	kept->texts = g_ptr_array_new_with_free_func(g_free);
	add_text(kept->texts, owner);
	if (!store_each(store, owner, take_person, kept, error) ||
	    !store_invitation_list(store, owner, STORE_INVITATION_BRIEF, &list, error))
		return false;
	for (guint i = 0; i < list->len; i++) {
		const StoreInvitation *row = list->pdata[i];

		for (size_t k = 0; k < G_N_ELEMENTS(told); k++)
			add_text(kept->texts, row->texts[told[k]]);
	}
	*invitations_out = list->len;

	return true;
}

/* The first, and others spread over all; borrowed. */
static GPtrArray *
sample_of(const GPtrArray *texts)
{
	GPtrArray *sample = g_ptr_array_new();
	guint count = MIN(texts->len, PURGE_MAX_SEARCHED);

	for (guint i = 0; i < count; i++)
		g_ptr_array_add(sample, texts->pdata[(guint64)i * texts->len / count]);

	return sample;
}

/* How many of the texts another owner has, too. */
static bool
count_shared(Store *store, const GPtrArray *found, size_t *shared_out, GError **error)
{
	g_autoptr(GPtrArray) owners = NULL;
	g_autofree bool *is_shared = g_new0(bool, MAX(found->len, 1));
	size_t shared = 0, ignored;

	if (!store_owners(store, &owners, error))
		return false;
	for (guint o = 0; o < owners->len && found->len > 0; o++) {
		g_auto(Kept) other = { 0 };

		if (!collect(store, owners->pdata[o], &other, &ignored, error))
			return false;
		for (guint i = 0; i < found->len; i++)
			for (guint k = 0; k < other.texts->len && !is_shared[i]; k++)
				is_shared[i] = strstr(other.texts->pdata[k],
						      found->pdata[i]) != NULL;
	}
	for (guint i = 0; i < found->len; i++)
		shared += is_shared[i];
	*shared_out = shared;

	return true;
}

bool
purge_owner(Store *store, const char *owner, gint64 now, Purged *purged_out,
	    GError **error)
{
	g_auto(Kept) kept = { 0 };
	g_autoptr(GPtrArray) sample = NULL, found = NULL;
	Purged purged = { 0 };

	if (!collect(store, owner, &kept, &purged.invitations, error) ||
	    !store_forget(store, owner, (const gint64 *)kept.people->data,
			  kept.people->len, &purged.people, error) ||
	    !invitation_drop_old(store, owner, 0, 0, now, error) ||
	    !store_purge_drop(store, owner, error) || !store_scrub(store, error))
		return false;
	sample = sample_of(kept.texts);
	if (!store_purge_search(store, sample, &found, error) ||
	    !count_shared(store, found, &purged.shared, error))
		return false;
	purged.searched = sample->len;
	purged.left = found->len - purged.shared;
	*purged_out = purged;

	return true;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* store-invitation.c - the invitations that a store keeps */

#include "config.h"

#include <string.h>

#include "people/store-engine.h"
#include "people/store-invitation.h"

/* Bytes that are kept of a text: of a word, a line, a page's address, and paragraphs. */
#define WORD_MAX_BYTES 32
#define LINE_MAX_TEXT  256
#define PAGE_MAX_BYTES 1024
#define TEXT_MAX_BYTES 4096

static const struct {
	const char *name;
	size_t most;
} kinds[STORE_INVITATION_LAST] = {
	[STORE_INVITATION_NETWORK] = { "network", WORD_MAX_BYTES },
	[STORE_INVITATION_REQUEST] = { "request", WORD_MAX_BYTES },
	[STORE_INVITATION_VERDICT] = { "verdict", WORD_MAX_BYTES },
	[STORE_INVITATION_ANSWER] = { "suggestion", WORD_MAX_BYTES },
	[STORE_INVITATION_RELATION] = { "relation", WORD_MAX_BYTES },
	[STORE_INVITATION_AUTHENTICITY] = { "authenticity", WORD_MAX_BYTES },
	[STORE_INVITATION_NAME] = { "name", LINE_MAX_TEXT },
	[STORE_INVITATION_NAME_KEY] = { "name_key", LINE_MAX_TEXT },
	[STORE_INVITATION_PROFILE] = { "profile", PAGE_MAX_BYTES },
	[STORE_INVITATION_PROFILE_KEY] = { "profile_key", PAGE_MAX_BYTES },
	[STORE_INVITATION_ADDRESS] = { "address", LINE_MAX_TEXT },
	[STORE_INVITATION_HEADLINE] = { "headline", LINE_MAX_TEXT },
	[STORE_INVITATION_COMPANY] = { "company", LINE_MAX_TEXT },
	[STORE_INVITATION_SUBJECT] = { "subject", LINE_MAX_TEXT },
	[STORE_INVITATION_MESSAGE_ID] = { "message_id", LINE_MAX_TEXT },
	[STORE_INVITATION_PAGE] = { "page", PAGE_MAX_BYTES },
	[STORE_INVITATION_HINT] = { "hint", PAGE_MAX_BYTES },
	[STORE_INVITATION_LANGUAGE] = { "language", WORD_MAX_BYTES },
	[STORE_INVITATION_NOTE] = { "note", TEXT_MAX_BYTES },
	[STORE_INVITATION_REPLY] = { "reply", TEXT_MAX_BYTES },
	[STORE_INVITATION_REASONS] = { "reasons", TEXT_MAX_BYTES },
};

StoreInvitation *
store_invitation_new(void)
{
	return g_new0(StoreInvitation, 1);
}

void
store_invitation_free(StoreInvitation *invitation)
{
	if (invitation == NULL)
		return;

	for (size_t i = 0; i < STORE_INVITATION_LAST; i++)
		g_free(invitation->texts[i]);
	g_free(invitation);
}

const char *
store_invitation_text_name(StoreInvitationText text)
{
	return kinds[text].name;
}

void
store_invitation_set(StoreInvitation *invitation, StoreInvitationText text,
		     const char *value)
{
	g_autofree char *valid = value != NULL ? g_utf8_make_valid(value, -1) : NULL;
	const char *end = NULL;
	size_t length = valid != NULL ? strlen(valid) : 0;

	g_clear_pointer(&invitation->texts[text], g_free);
	if (length == 0)
		return;
	if (length > kinds[text].most)
		end = g_utf8_find_prev_char(valid, valid + kinds[text].most + 1);
	invitation->texts[text] =
	    g_strndup(valid, end != NULL ? (size_t)(end - valid) : length);
}

gint64
store_invitation_clue(const char *clue)
{
	g_autoptr(GChecksum) checksum = NULL;
	guint8 digest[32];
	gsize length = sizeof(digest);
	gint64 number;

	if (clue == NULL)
		return 0;
	checksum = g_checksum_new(G_CHECKSUM_SHA256);
	g_checksum_update(checksum, (const guchar *)clue, -1);
	g_checksum_get_digest(checksum, digest, &length);
	memcpy(&number, digest, sizeof(number));

	return GINT64_FROM_BE(number);
}

/* Nothing was kept yet, and a store that is only read is never made. */
static bool
is_empty(const Store *store)
{
	return store->mode == STORE_READ && store->engine->is_missing(store);
}

static void
free_invitation(gpointer invitation)
{
	store_invitation_free(invitation);
}

bool
store_invitation_list(Store *store, const char *owner, StoreInvitationDetail detail,
		      GPtrArray **list_out, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_invitation);

	if (!is_empty(store) &&
	    !store->engine->invitations(store, owner, detail, list, error))
		return false;
	*list_out = g_steal_pointer(&list);

	return true;
}

bool
store_invitation_get(Store *store, const char *owner, gint64 id,
		     StoreInvitation **invitation_out, GError **error)
{
	if (!is_empty(store))
		return store->engine->invitation(store, owner, id, invitation_out, error);
	*invitation_out = NULL;

	return true;
}

bool
store_invitation_find(Store *store, const char *owner, const gint64 *clues, size_t count,
		      GArray **ids_out, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (!is_empty(store) &&
	    !store->engine->invitation_find(store, owner, clues, count, ids, error))
		return false;
	*ids_out = g_steal_pointer(&ids);

	return true;
}

static void
clear_past(gpointer data)
{
	StoreInvitationPast *past = data;

	g_free(past->network);
	g_free(past->verdict);
}

bool
store_invitation_past(Store *store, const char *owner, GArray **past_out, GError **error)
{
	g_autoptr(GArray) past = g_array_new(FALSE, FALSE, sizeof(StoreInvitationPast));

	g_array_set_clear_func(past, clear_past);
	if (!is_empty(store) &&
	    !store->engine->invitation_past(store, owner, past, error))
		return false;
	*past_out = g_steal_pointer(&past);

	return true;
}

bool
store_invitation_writer_get(StoreWriter *writer, const char *owner, gint64 id,
			    StoreInvitation **invitation_out, GError **error)
{
	return writer->engine->writer_invitation(writer, owner, id, invitation_out,
						 error);
}

bool
store_invitation_writer_find(StoreWriter *writer, const char *owner, const gint64 *clues,
			     size_t count, GArray **ids_out, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (!writer->engine->writer_invitation_find(writer, owner, clues, count, ids,
						    error))
		return false;
	*ids_out = g_steal_pointer(&ids);

	return true;
}

bool
store_invitation_put(StoreWriter *writer, const char *owner, StoreInvitation *invitation,
		     size_t *count_out, GError **error)
{
	return writer->engine->writer_invitation_put(writer, owner, invitation, count_out,
						     error);
}

bool
store_invitation_add_clues(StoreWriter *writer, const char *owner, gint64 id,
			   const gint64 *clues, size_t count, GError **error)
{
	return writer->engine->writer_invitation_clues(writer, owner, id, clues, count,
						       error);
}

bool
store_invitation_least(StoreWriter *writer, const char *owner, gint64 open_since,
		       size_t count, GArray **ids_out, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (!writer->engine->writer_invitation_least(writer, owner, open_since, count,
						     ids, error))
		return false;
	*ids_out = g_steal_pointer(&ids);

	return true;
}

bool
store_invitation_drop(StoreWriter *writer, const char *owner, const GArray *ids,
		      StoreInvitationDrop drop, GError **error)
{
	for (size_t i = 0; i < ids->len; i++)
		if (!writer->engine->writer_invitation_drop(
			writer, owner, g_array_index(ids, gint64, i), drop, error))
			return false;

	return true;
}

bool
store_invitation_forget(StoreWriter *writer, const char *owner, gint64 id,
			const gint64 *clues, size_t count, gint64 when, GError **error)
{
	return writer->engine->writer_invitation_forget(writer, owner, id, clues, count,
							when, error);
}

bool
store_invitation_forget_forgotten(StoreWriter *writer, const char *owner, gint64 since,
				  GError **error)
{
	return writer->engine->writer_invitation_forget_forgotten(writer, owner, since,
								  error);
}

bool
store_invitation_forget_past(StoreWriter *writer, const char *owner, GError **error)
{
	return writer->engine->writer_invitation_forget_past(writer, owner, error);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sqlite-invitation - the invitations that the SQLite engine keeps
 *
 * DESCRIPTION
 *	The rows of an owner stand side by side, so that a list reads only pages of
 *	that owner.
 *
 * SEE ALSO
 *	store-engine.h says what each function of the engine does.
 */
#ifndef SQLITE_INVITATION_H
#define SQLITE_INVITATION_H

#include "people/sqlite-store.h"

bool sqlite_invitation_list(Store *store, const char *owner, StoreInvitationDetail detail,
			    GPtrArray *list, GError **error);
bool sqlite_invitation_get(Store *store, const char *owner, gint64 id,
			   StoreInvitation **invitation_out, GError **error);
bool sqlite_invitation_find(Store *store, const char *owner, const gint64 *clues,
			    size_t count, GArray *ids, GError **error);
bool sqlite_invitation_past(Store *store, const char *owner, GArray *past,
			    GError **error);

bool sqlite_invitation_writer_get(StoreWriter *writer, const char *owner, gint64 id,
				  StoreInvitation **invitation_out, GError **error);
bool sqlite_invitation_writer_find(StoreWriter *writer, const char *owner,
				   const gint64 *clues, size_t count, GArray *ids,
				   GError **error);
bool sqlite_invitation_put(StoreWriter *writer, const char *owner,
			   StoreInvitation *invitation, size_t *count_out,
			   GError **error);
bool sqlite_invitation_add_clues(StoreWriter *writer, const char *owner, gint64 id,
				 const gint64 *clues, size_t count, GError **error);
bool sqlite_invitation_least(StoreWriter *writer, const char *owner, gint64 open_since,
			     size_t count, GArray *ids, GError **error);
bool sqlite_invitation_drop(StoreWriter *writer, const char *owner, gint64 id,
			    StoreInvitationDrop drop, GError **error);
bool sqlite_invitation_forget(StoreWriter *writer, const char *owner, gint64 id,
			      const gint64 *clues, size_t count, gint64 when,
			      GError **error);
bool sqlite_invitation_forget_forgotten(StoreWriter *writer, const char *owner,
					gint64 since, GError **error);
bool sqlite_invitation_forget_past(StoreWriter *writer, const char *owner,
				   GError **error);

#endif

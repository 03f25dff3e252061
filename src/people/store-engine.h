/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	store-engine - the functions that an engine provides to keep people
 *
 * DESCRIPTION
 *	store.c calls the functions of this table; nobody else does.  An engine
 *	begins its own structs with Store and StoreWriter, so that each function
 *	finds its state.
 *
 *	Each function does what store.h says of the function of the same name.
 *	The reading ones are not called where is_missing() says that there is
 *	nothing to read.
 *
 * SEE ALSO
 *	sqlite-store.h
 */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include "people/store.h"
#include "people/store-invitation.h"
#include "people/store-purge.h"

typedef struct {
	const char *prefix; /* of a place: "sqlite:" */

	/* name: the place without the prefix.  store.c fills in the Store. */
	Store *(*open)(const char *name, StoreMode mode);
	void (*close)(Store *store);
	bool (*connect)(Store *store, GError **error); /* store_open() */
	bool (*check)(Store *store, GError **error);
	bool (*is_ours)(const Store *store);
	bool (*is_missing)(const Store *store);
	bool (*scrub)(Store *store, GError **error);
	bool (*settle)(Store *store, GError **error);

	/* Reading.  hits, lessons: to be filled; there are none. */
	bool (*find)(Store *store, const char *owner, const char *const *clues,
		     size_t count, GArray *hits, GError **error);
	bool (*person)(Store *store, const char *owner, gint64 id,
		       StorePerson **person_out, GError **error);
	bool (*each)(Store *store, const char *owner, StoreTake *take, void *context,
		     GError **error);
	bool (*notes)(Store *store, const char *owner, const char *inviter,
		      const Fingerprint *note, gint64 since, size_t *owners_out,
		      gint64 *first_out, GError **error);
	bool (*lessons)(Store *store, const char *owner, GArray *lessons, GError **error);
	bool (*owners)(Store *store, GPtrArray *owners, GError **error);
	/* The owner's people of whom nothing was seen since then; of gint64. */
	bool (*stale)(Store *store, const char *owner, gint64 since, GArray *ids,
		      GError **error);
	/* The functions of store-invitation.h; list, ids, past: to be filled. */
	bool (*invitations)(Store *store, const char *owner, StoreInvitationDetail detail,
			    GPtrArray *list, GError **error);
	bool (*invitation)(Store *store, const char *owner, gint64 id,
			   StoreInvitation **invitation_out, GError **error);
	bool (*invitation_find)(Store *store, const char *owner, const gint64 *clues,
				size_t count, GArray *ids, GError **error);
	bool (*invitation_past)(Store *store, const char *owner, GArray *past,
				GError **error);
	/* The functions of store-digest.h; ids: to be filled. */
	bool (*digest_last)(Store *store, const char *owner, gint64 now, gint64 *when_out,
			    GError **error);
	bool (*digest_learnt)(Store *store, const char *owner, gint64 since, GArray *ids,
			      GError **error);

	/* The functions of store-purge.h; found: to be filled. */
	bool (*purge_rest)(Store *store, const char *owner, StorePurgeRest *rest,
			   GError **error);
	bool (*purge_search)(Store *store, const GPtrArray *texts, GPtrArray *found,
			     GError **error);

	/* Changing. */
	bool (*change)(Store *store, StoreWork *work, void *context, GError **error);
	bool (*writer_find)(StoreWriter *writer, const char *owner,
			    const char *const *clues, size_t count, GArray *hits,
			    GError **error);
	bool (*writer_person)(StoreWriter *writer, const char *owner, gint64 id,
			      StorePerson **person_out, GError **error);
	bool (*writer_people)(StoreWriter *writer, const char *owner, size_t *count_out,
			      GError **error);
	bool (*writer_new_person)(StoreWriter *writer, gint64 *id_out, GError **error);
	bool (*writer_put)(StoreWriter *writer, const char *owner, gint64 person,
			   const Identity *identity, gint64 seen, gint64 now,
			   StorePut *put_out, GError **error);
	bool (*writer_merge)(StoreWriter *writer, const char *owner, gint64 from,
			     gint64 into, GError **error);
	bool (*writer_forget)(StoreWriter *writer, const char *owner, gint64 person,
			      GError **error);
	bool (*writer_traced)(StoreWriter *writer, const char *owner,
			      const char *const *traces, size_t count, gint64 since,
			      bool *any_out, GError **error);
	bool (*writer_trace)(StoreWriter *writer, const char *owner, const char *trace,
			     gint64 now, GError **error);
	bool (*writer_note)(StoreWriter *writer, const char *owner, const char *inviter,
			    const Fingerprint *note, gint64 since, gint64 now,
			    GError **error);
	bool (*writer_lessons)(StoreWriter *writer, const char *owner, GArray *lessons,
			       GError **error);
	bool (*writer_teach)(StoreWriter *writer, const char *owner,
			     const StoreLesson *lesson, GError **error);
	bool (*writer_unteach)(StoreWriter *writer, const char *owner,
			       const Fingerprint *note, GError **error);
	bool (*writer_expire_traces)(StoreWriter *writer, gint64 since, GError **error);
	bool (*writer_expire_notes)(StoreWriter *writer, gint64 since, GError **error);
	bool (*writer_invitation)(StoreWriter *writer, const char *owner, gint64 id,
				  StoreInvitation **invitation_out, GError **error);
	bool (*writer_invitation_find)(StoreWriter *writer, const char *owner,
				       const gint64 *clues, size_t count, GArray *ids,
				       GError **error);
	bool (*writer_invitation_put)(StoreWriter *writer, const char *owner,
				      StoreInvitation *invitation, size_t *count_out,
				      GError **error);
	bool (*writer_invitation_clues)(StoreWriter *writer, const char *owner, gint64 id,
					const gint64 *clues, size_t count,
					GError **error);
	bool (*writer_invitation_least)(StoreWriter *writer, const char *owner,
					gint64 open_since, size_t count, GArray *ids,
					GError **error);
	bool (*writer_invitation_drop)(StoreWriter *writer, const char *owner, gint64 id,
				       StoreInvitationDrop drop, GError **error);
	bool (*writer_invitation_forget)(StoreWriter *writer, const char *owner,
					 gint64 id, const gint64 *clues, size_t count,
					 gint64 when, GError **error);
	bool (*writer_invitation_forget_forgotten)(StoreWriter *writer, const char *owner,
						   gint64 since, GError **error);
	bool (*writer_invitation_forget_past)(StoreWriter *writer, const char *owner,
					      GError **error);
	bool (*writer_digest_claim)(StoreWriter *writer, const char *owner, gint64 period,
				    gint64 now, bool *is_ours_out, GError **error);
	bool (*writer_digest_sent)(StoreWriter *writer, const char *owner, gint64 period,
				   gint64 now, GError **error);
	bool (*writer_purge)(StoreWriter *writer, const char *owner, GError **error);
	bool (*writer_digest_release)(StoreWriter *writer, const char *owner,
				      gint64 period, GError **error);
} StoreEngine;

struct Store {
	const StoreEngine *engine; /* borrowed */
	StoreMode mode;
	gatomicrefcount count;
};

struct StoreWriter {
	const StoreEngine *engine; /* borrowed */
};

/* A person without identities, for the engine to add them. */
StorePerson *store_engine_person_new(gint64 id);

/* Takes the person over; returns it sorted, or NULL where it has no identity. */
StorePerson *store_engine_person_finish(StorePerson *person);

#endif

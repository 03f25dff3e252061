/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	store-invitation - the invitations that a store keeps
 *
 * DESCRIPTION
 *	A StoreInvitation is one row of an owner's list (invitation.h): numbers, and
 *	texts in the words of the log, so that the store knows no network.  It is
 *	found by its number, which no other of the owner's invitations ever had, and
 *	by its clues: texts that begin with a letter for their kind.  A clue is kept as
 *	64 bits of its SHA-256: nobody makes one that has another's number, so nothing
 *	need be compared with its text.  Several invitations may have one clue.
 *
 *	What was dropped from the list is counted, by network, verdict and state, and
 *	nothing else is kept of it.
 *
 * RETURN VALUE
 *	As in store.h.
 *
 * OWNERSHIP
 *	A StoreInvitation owns its texts.
 */
#ifndef STORE_INVITATION_H
#define STORE_INVITATION_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "people/store.h"

/* Invitations of one owner. */
#define STORE_INVITATION_MAX_COUNT 1000

/* In the order of the store's columns: append only. */
typedef enum {
	STORE_INVITATION_NETWORK,
	STORE_INVITATION_REQUEST,
	STORE_INVITATION_VERDICT,
	STORE_INVITATION_ANSWER,
	STORE_INVITATION_RELATION,
	STORE_INVITATION_AUTHENTICITY,
	STORE_INVITATION_NAME,
	STORE_INVITATION_NAME_KEY,
	STORE_INVITATION_PROFILE,
	STORE_INVITATION_PROFILE_KEY,
	STORE_INVITATION_ADDRESS,
	STORE_INVITATION_HEADLINE,
	STORE_INVITATION_COMPANY,
	STORE_INVITATION_SUBJECT,
	STORE_INVITATION_MESSAGE_ID,
	STORE_INVITATION_PAGE,
	STORE_INVITATION_HINT,
	STORE_INVITATION_LANGUAGE, /* of the reply */
	STORE_INVITATION_NOTE,
	STORE_INVITATION_REPLY,
	STORE_INVITATION_REASONS, /* one a line */
	STORE_INVITATION_LAST
} StoreInvitationText;

typedef struct {
	gint64 id;      /* 0: it is not kept yet */
	int state, why; /* invitation-state.h */
	gint64 state_when;
	gint64 first, last; /* of its mails; seconds since 1970, like state_when */
	gint64 reminders;
	int worth; /* the more, the sooner it should be answered */
	int trust; /* the more, the surer it is that the network sent it; 0: it did not */
	char *texts[STORE_INVITATION_LAST]; /* NULL: none */
} StoreInvitation;

/* How many of an owner's invitations were dropped that were alike. */
typedef struct {
	char *network, *verdict;
	int state;
	gint64 count;
} StoreInvitationPast;

StoreInvitation *store_invitation_new(void);
void store_invitation_free(StoreInvitation *invitation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreInvitation, store_invitation_free)

/* The name of a text as the key of an answer: "message_id". */
const char *store_invitation_text_name(StoreInvitationText text);

/* The text is copied, and cut to what is kept of it. */
void store_invitation_set(StoreInvitation *invitation, StoreInvitationText text,
			  const char *value);

typedef enum {
	STORE_INVITATION_BRIEF, /* the begin of the note, neither reply nor reasons */
	STORE_INVITATION_WHOLE,
} StoreInvitationDetail;

/* All of an owner's, in the order they came; of StoreInvitation *, the caller's. */
bool store_invitation_list(Store *store, const char *owner, StoreInvitationDetail detail,
			   GPtrArray **list_out, GError **error);

/* *invitation_out is NULL where the owner has no such. */
bool store_invitation_get(Store *store, const char *owner, gint64 id,
			  StoreInvitation **invitation_out, GError **error);

/* The number of a clue, the same on every machine; 0 for NULL, which is no clue. */
gint64 store_invitation_clue(const char *clue);

/* Those that have any of the clues, which may be 0; of gint64, each once. */
bool store_invitation_find(Store *store, const char *owner, const gint64 *clues,
			   size_t count, GArray **ids_out, GError **error);

/* What is past of the owner's list: an array of StoreInvitationPast, the caller's. */
bool store_invitation_past(Store *store, const char *owner, GArray **past_out,
			   GError **error);

/* The same in a transaction. */
bool store_invitation_writer_get(StoreWriter *writer, const char *owner, gint64 id,
				 StoreInvitation **invitation_out, GError **error);

/* Stands among those that have a clue: one that was forgotten had it. */
#define STORE_INVITATION_FORGOTTEN (-1)

bool store_invitation_writer_find(StoreWriter *writer, const char *owner,
				  const gint64 *clues, size_t count, GArray **ids_out,
				  GError **error);

/*
 * Keep it; one without a number gets the next.  *count_out: how many the owner has,
 * where it is new, and else untouched.
 */
bool store_invitation_put(StoreWriter *writer, const char *owner,
			  StoreInvitation *invitation, size_t *count_out, GError **error);

/* Let it be found by these clues, too; some may be 0. */
bool store_invitation_add_clues(StoreWriter *writer, const char *owner, gint64 id,
				const gint64 *clues, size_t count, GError **error);

/*
 * Those that would be missed least: closed ones, and open ones of which nothing was heard
 * since then, then by trust, worth, time, and the newest number.
 */
bool store_invitation_least(StoreWriter *writer, const char *owner, gint64 open_since,
			    size_t count, GArray **ids_out, GError **error);

/* Drop these, of gint64, and count them or not. */
typedef enum {
	STORE_INVITATION_COUNTED,
	STORE_INVITATION_UNCOUNTED,
	STORE_INVITATION_UNMADE, /* nobody saw it: its number is the next again */
} StoreInvitationDrop;

bool store_invitation_drop(StoreWriter *writer, const char *owner, const GArray *ids,
			   StoreInvitationDrop drop, GError **error);

/*
 * Drop one, uncounted, so that of all its clues but these, which may be 0, it is known
 * that they were a forgotten one's; and of those forgotten before that time no more.
 */
bool store_invitation_forget(StoreWriter *writer, const char *owner, gint64 id,
			     const gint64 *clues, size_t count, gint64 when,
			     GError **error);
bool store_invitation_forget_forgotten(StoreWriter *writer, const char *owner,
				       gint64 since, GError **error);

/* Forget how many were dropped. */
bool store_invitation_forget_past(StoreWriter *writer, const char *owner, GError **error);

#endif

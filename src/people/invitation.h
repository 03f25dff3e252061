/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	invitation - keeps an owner's list of invitations
 *
 * DESCRIPTION
 *	What one inviter asks at one network is one invitation, however many mails
 *	remind of it.  The inviter is known again by profile, else by address, else
 *	by name; two profiles are two people, whatever their names.  Forgeries of one
 *	network are one invitation, as are those that name nobody.
 *
 *	A mail is counted once, by its Message-ID, or by its time where that is not
 *	known: to read a mailbox again changes nothing.  While the invitation is open, a
 *	further mail of the same inviter is a reminder.  It changes what is told of the
 *	invitation only where it says more: it is better proven, or as well and is worth
 *	an answer more, or as much and has a note.  A note stays, whatever a later mail
 *	without one is worth, and in whatever order the two are read; and who the inviter
 *	is, and how they are reached, only a better proof changes, or of headline and
 *	company an earlier mail.  So nobody who can only write an unsigned mail makes a
 *	friend's invitation look like a salesman's, has the answer sent elsewhere, or
 *	makes a proven one unproven.
 *	Where the invitation was closed, a further one that is no reminder takes its
 *	place and opens it anew, with the dates and words of its own.
 *
 *	invitation-state.h says what changes its state.
 *
 *	An owner has STORE_INVITATION_MAX_COUNT at most; beyond them some are dropped
 *	that would be missed least, and only counted.
 *
 *	The words are network.h's, verdict.h's and so on; judge/kept.h writes a
 *	StoreInvitation from a mail that was judged.  All that wait, of all owners, are
 *	found by store_owners() and store_invitation_list().
 *
 * RETURN VALUE
 *	False with error set, and outputs untouched, where the store cannot be used.
 */
#ifndef INVITATION_H
#define INVITATION_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/day.h"
#include "people/contact.h"
#include "people/invitation-state.h"
#include "people/store-invitation.h"

/* Etiquette: an answer within two days, seconds. */
#define INVITATION_DUE (2 * DAY_SECONDS)

/* Mails of one invitation by whose Message-ID it is found. */
#define INVITATION_MAX_MAILS 16

/* Invitations that are changed in one transaction, so that no mail waits for long. */
#define INVITATION_BATCH 64

/* What became of a mail. */
typedef enum {
	INVITATION_NEW,
	INVITATION_AGAIN,    /* a reminder, or as good as one */
	INVITATION_REOPENED, /* it was closed, and waits again */
	INVITATION_SEEN,     /* this very mail is counted already, or was forgotten */
	INVITATION_BEYOND,   /* the list was full, and one went: the least of all */
} InvitationKept;

typedef enum {
	INVITATION_FIRST_MAIL,
	INVITATION_REMINDER,
} InvitationMail;

/*
 * A mail of an invitation came at that time.  said: what it says; its number, state
 * and times do not count.
 */
bool invitation_record(StoreWriter *writer, const char *owner,
		       const StoreInvitation *said, InvitationMail mail, gint64 when,
		       InvitationKept *kept_out, GError **error);

/*
 * The same of a mail that lay in a mailbox, and may be read again.  Where the list is
 * full, only what would be missed least goes, which may be this one, and so a mailbox
 * that is read again changes nothing.  Open ones that are older than open_since are as
 * good as closed.
 */
bool invitation_record_old(StoreWriter *writer, const char *owner,
			   const StoreInvitation *said, InvitationMail mail, gint64 when,
			   gint64 open_since, InvitationKept *kept_out, GError **error);

/* The same as invitation_record(), in a transaction of its own. */
bool invitation_keep(Store *store, const char *owner, const StoreInvitation *said,
		     InvitationMail mail, gint64 when, InvitationKept *kept_out,
		     GError **error);

/*
 * The invitations that a mail's Message-ID, or its inviter's profile, address or name
 * mean, at its network (NULL: at any) and with its request (NULL: with any): the first
 * of these that anything has.  *ids_out: of gint64, the caller's.
 */
bool invitation_find(Store *store, const char *owner, const StoreInvitation *like,
		     GArray **ids_out, GError **error);

/* What became of an invitation that something happened to. */
typedef struct {
	enum {
		INVITATION_CHANGED,
		INVITATION_UNCHANGED, /* the event changes nothing */
		INVITATION_NONE,      /* the owner has no such */
	} kind;
	InvitationState was; /* before that, for all but INVITATION_NONE */
} InvitationChange;

/*
 * This happened to the invitations, which are INVITATION_BATCH at most.  changes_out:
 * as many, each as it was found in the transaction that changed it; NULL: nobody wants
 * to know.
 */
bool invitation_happened(Store *store, const char *owner, const gint64 *ids, size_t count,
			 InvitationEvent event, gint64 when,
			 InvitationChange *changes_out, GError **error);

/*
 * The owner filed a mail that says this.  INVITATION_MOVED_BACK tells of it what the
 * mail, judged anew, says, where that is worth more.
 */
bool invitation_filed(Store *store, const char *owner, const StoreInvitation *said,
		      InvitationEvent event, gint64 when, GError **error);

/* The owner wrote a mail to these people: what it answers is answered; of Contact. */
bool invitation_mailed(Store *store, const char *owner, const GArray *contacts,
		       gint64 when, GError **error);

/*
 * Drop it, uncounted, as of that time.  Its mails, as far as their Message-ID is known,
 * are taken for counted ones when they are read again.
 */
bool invitation_forget(StoreWriter *writer, const char *owner, gint64 id, gint64 when,
		       GError **error);

/* Should it have been answered by now? */
bool invitation_is_due(const StoreInvitation *invitation, gint64 now);

#endif

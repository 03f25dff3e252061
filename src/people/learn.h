/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	learn - makes somebody known: the only module that does
 *
 * DESCRIPTION
 *	Outgoing mail, networks' notices, imports and what owners say all hand
 *	in contacts.  A contact is a person known already where they share an
 *	address or a profile; or name and company; or the name alone, where one
 *	of the two has neither address nor profile, and the companies do not
 *	differ.  If a contact shares an address or a profile with two people,
 *	they are merged.
 *
 *	Never learnt are the owner, addresses under a network's domains,
 *	addresses that nobody reads, and names in disguise.  A contact with no
 *	address but such ones is not learnt, whatever the name.
 *
 *	Mail that goes out teaches (sent.h) unless it answers an invitation:
 *	else our own suggestion would turn each stranger into a friend.  A mail
 *	answers one where it refers to it, or where it refers to nothing and
 *	goes to somebody who invited lately, as a mail from the banner's link
 *	does.  learn_invitation() keeps what is needed to tell.
 *
 *	For an owner who has as many people as the limit allows, new facts about
 *	these are learnt, and new people are not.
 *
 * RETURN VALUE
 *	False with error set where the store cannot be written.  Contacts with
 *	many identities are learnt in several transactions, so that mail gets
 *	its turn; the first of them may be learnt then, the others are not.
 */
#ifndef LEARN_H
#define LEARN_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/day.h"
#include "people/name.h"
#include "people/contact.h"
#include "people/owner.h"
#include "people/sent.h"
#include "people/store.h"

/*
 * Contacts of one transaction, so few that no mail waits 100 ms for it: 500 took
 * 15 ms, but more than 80 on a machine with four jobs a core.
 */
#define LEARN_BATCH 100

/* An address that invited is a stranger's for so long, if nobody answers it; seconds. */
#define LEARN_INVITED_FOR (90 * DAY_SECONDS)

/* What is learnt and what never; all borrowed. */
typedef struct {
	const NameRules *names;
	const Owners *owners;
	const char *const *network_domains;
	size_t limit; /* people of one owner; 0: as many as there are */
} LearnRules;

/* What became of a contact. */
typedef enum {
	LEARNT_NEW,
	LEARNT_UPDATED, /* something was added */
	LEARNT_SAME,    /* known as they are */
	LEARNT_OWNER,   /* it is the owner */
	LEARNT_NETWORK, /* an address of a network's */
	LEARNT_ROBOT,   /* an address that nobody reads */
	LEARNT_INVITER, /* whose invitation is being answered */
	LEARNT_FULL,    /* the owner has as many people as there may be */
	LEARNT_NOBODY,  /* no name, address or profile to know them by */
	LEARNT_LAST
} Learnt;

/* At most LEARN_BATCH of them. */
bool learn_contacts(Store *store, const LearnRules *rules, const char *owner,
		    const Contact *contacts, size_t count, gint64 now,
		    Learnt *results_out, GError **error);

/* What became of a mail's recipients. */
typedef struct {
	SentLesson lesson;
	Learnt results[LEARN_BATCH]; /* of those who were looked at */
	size_t count;
} LearnSent;

/* The recipients of a mail that the owner sent. */
bool learn_sent(Store *store, const LearnRules *rules, const char *owner,
		const SentMail *mail, gint64 now, LearnSent *sent_out, GError **error);

/* An invitation with this head came; the inviter's address may be NULL. */
bool learn_invitation(StoreWriter *writer, const char *owner, const Head *head,
		      const char *address, gint64 now, GError **error);

/* May this address make somebody known? */
Learnt learn_address(const LearnRules *rules, const char *owner, const char *address);

/* "new", "updated", "known already", … */
const char *learn_name(Learnt learnt);

/* LEARNT_LAST for a name that is none, or NULL. */
Learnt learn_named(const char *name);

#endif

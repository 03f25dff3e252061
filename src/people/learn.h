/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	learn - makes somebody known: the only module that does
 *
 * DESCRIPTION
 *	Outgoing mail, networks' notices, imports and what owners say all hand
 *	in contacts.  A contact is somebody known already where an address or a
 *	profile is; or where name and company are, or the name alone of one of
 *	whom nothing else is known.  Two people who share an identity of a
 *	contact are one from then on.
 *
 *	Never learnt are the owner, addresses under a network's domains,
 *	addresses that nobody reads, and names in disguise.  A contact of whom
 *	only such an address is known is nobody, whatever their name.
 *
 *	Mail that goes out teaches (sent.h) unless it answers an invitation:
 *	else our own suggestion would turn each stranger into a friend.  It
 *	does where it refers to one, or refers to nothing and goes to somebody
 *	who invited lately, as a mail from the banner's link.
 *	learn_invitation() keeps what tells that.
 *
 *	An owner who has as many people as the limit allows keeps them, and what
 *	is new about them is learnt; somebody new is not.
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

#include "people/name.h"
#include "people/contact.h"
#include "people/owner.h"
#include "people/sent.h"
#include "people/store.h"

/*
 * Contacts of one transaction, so that nobody who serves mail waits for 100 ms:
 * of 500, the 15 ms became more than 80 on a machine with four jobs a core.
 */
#define LEARN_BATCH 100

/* An address that invited is a stranger's for so long, if nobody answers it; seconds. */
#define LEARN_INVITED_FOR (90 * 24 * 3600)

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

/* The recipients of a mail that the owner sent. */
bool learn_sent(Store *store, const LearnRules *rules, const char *owner,
		const SentMail *mail, gint64 now, SentLesson *lesson_out, GError **error);

/* An invitation with this head came; the inviter's address may be NULL. */
bool learn_invitation(Store *store, const char *owner, const Head *head,
		      const char *address, gint64 now, GError **error);

/* May this address make somebody known? */
Learnt learn_address(const LearnRules *rules, const char *owner, const char *address);

/* "new", "updated", "known already", … */
const char *learnt_name(Learnt learnt);

#endif

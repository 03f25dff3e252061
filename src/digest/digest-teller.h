/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	digest-teller - words, names and days, as they stand in an owner's digest
 *
 * DESCRIPTION
 *	A DigestTeller is a digest that is being written: what is asked for, in
 *	which language, and the document.  What others wrote is cleaned here.
 *
 * OWNERSHIP
 *	Every char * returned is the caller's.
 */
#ifndef DIGEST_TELLER_H
#define DIGEST_TELLER_H

#include "digest/digest.h"
#include "people/store-invitation.h"

typedef struct {
	const DigestAsk *ask;
	const char *language; /* of the words */
	Voice voice;          /* the owner's, in that language where it speaks it */
	Document *document;
} DigestTeller;

/* One of the words; holes NULL: it has no placeholders. */
char *digest_teller_word(const DigestTeller *teller, DigestWord word,
			 const DigestHoles *holes);

/* The same, added to the document. */
void digest_teller_add(DigestTeller *teller, DocumentKind kind, DigestWord word,
		       const DigestHoles *holes);

/* How many more there are, and the command that tells them; 0: nothing. */
void digest_teller_more(DigestTeller *teller, size_t count, const char *command);

/* One line of what somebody else wrote; NULL for none. */
char *digest_teller_line(const char *text, size_t max);

/* A note's lines, together of so many characters. */
char *digest_teller_note(const char *note, size_t max);

/* Who invites, or words for somebody without a name. */
char *digest_teller_name(const DigestTeller *teller, const StoreInvitation *row);

/* As people call the network. */
char *digest_teller_network(const DigestTeller *teller, const StoreInvitation *row);

/* The network, or NULL where its file is gone; borrowed. */
const Network *digest_teller_network_of(const DigestTeller *teller,
					const StoreInvitation *row);

char *digest_teller_day(const DigestTeller *teller, gint64 seconds);

#endif

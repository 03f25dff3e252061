/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	claim - what a mail's head says of its sender, ready to be compared
 *
 * DESCRIPTION
 *	Every network compares the same fields of a mail, so they are found,
 *	decoded and folded once: the names and addresses of From, Sender and
 *	Reply-To (a mailing list rewrites From and keeps the author elsewhere),
 *	the subject, and the Message-ID.
 *
 *	Whatever looks like an address is taken for one, so that no claim is
 *	missed.
 *
 * OWNERSHIP
 *	Borrows the Head, which must outlive it and stay as it is.
 */
#ifndef CLAIM_H
#define CLAIM_H

#include <stddef.h>

#include <glib.h>

#include "text/folded.h"
#include "mail/head.h"
#include "text/address.h"

/* No network's mail has more names or addresses in these fields. */
#define CLAIM_MAX_SENDERS   4
#define CLAIM_MAX_ADDRESSES 8

/* Where an address stands. */
typedef enum {
	CLAIM_FROM,
	CLAIM_SENDER,
	CLAIM_REPLY_TO,
} ClaimField;

typedef struct {
	ClaimField field;
	const char *domain;               /* in text; "" where there is none */
	char text[ADDRESS_MAX_BYTES + 1]; /* lower case */
} ClaimAddress;

typedef struct {
	const Head *head;                  /* borrowed */
	Folded senders[CLAIM_MAX_SENDERS]; /* display names, decoded */
	size_t n_senders;
	ClaimAddress addresses[CLAIM_MAX_ADDRESSES];
	size_t n_addresses;
	Folded subject; /* without the tags of lists */
	Folded message_id;
} Claim;

void claim_init(Claim *claim, const Head *head);
void claim_clear(Claim *claim);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Claim, claim_clear)

#endif

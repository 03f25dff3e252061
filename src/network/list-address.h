/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	list-address - is an address that of the mailing list?
 *
 * DESCRIPTION
 *	list_address_is() says whether an address is that of the list which a mail
 *	came through, or was made by it.  Lists say theirs in List-Post or, as a
 *	host, in List-Id (RFC 2369, RFC 2919).  Some write the author's address
 *	before their own host: "jane=site.example@lists.example" (groups.io).  Mail
 *	to such an address does not reach the inviter.
 */
#ifndef LIST_ADDRESS_H
#define LIST_ADDRESS_H

#include <stdbool.h>

#include "mail/message.h"
#include "network/network.h"

/* The address is in lower case. */
bool list_address_is(const Message *message, const char *address);

/*
 * The next author whom the list put aside when it wrote itself into From, or false behind
 * the last; *place begins at 0.  Anybody can write these fields: they prove nothing.
 */
bool list_address_kept(const Message *message, size_t *place, Mailbox *kept_out);

/* Did a list write itself into From, and keep an address of the network's elsewhere? */
bool list_address_passes_on(const Message *message, const Network *network);

#endif

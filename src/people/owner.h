/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	owner - whose mailbox an address or a login is, and whose mail goes out
 *
 * DESCRIPTION
 *	An owner is a mailbox, local@domain in lower case.  Detail is cut off
 *	an address, then the administrator's aliases are looked up: the whole
 *	address first, then its domain; once, so that no alias can go in
 *	circles.
 *
 *	Mail goes out where its client logged in, or is in a network or came
 *	in by a daemon that the administrator named.  Its owner is the mailbox
 *	of the login; of a client without one, the sender's, but only in a
 *	named network: anybody may write any MAIL FROM.
 *
 * OWNERSHIP
 *	Owners are immutable; every char * returned is the caller's.
 *
 * SEE ALSO
 *	[trust] and [people] in invite-milter.conf(5)
 */
#ifndef OWNER_H
#define OWNER_H

#include <stdbool.h>

#include <glib.h>

#include "base/settings.h"

typedef struct Owners Owners;

/* What the MTA says of the client that hands a mail in; borrowed, each may be NULL. */
typedef struct {
	const char *login;   /* {auth_authen} */
	const char *address; /* MAIL FROM, with or without angle brackets */
	const char *client;  /* IP address */
	const char *daemon;  /* {daemon_name} */
	const char *host;    /* of the client: its name, confirmed forward and backward */
} Sender;

#define OWNER_ERROR (owner_error_quark())
GQuark owner_error_quark(void);

typedef enum {
	OWNER_ERROR_ALIAS, /* an alias that is none, or two of one address */
} OwnerError;

Owners *owners_new(const Settings *settings, GError **error);
void owners_free(Owners *owners);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Owners, owners_free)

/* The mailbox that mail to this address is for; never NULL. */
char *owners_of_address(const Owners *owners, const char *address);

/* The mailbox of an address or a login, whichever it is; NULL where it cannot be told. */
char *owners_of_either(const Owners *owners, const char *address_or_login);

/* The mailbox of a user of this machine, or NULL where it cannot be told. */
char *owners_of_user(const Owners *owners, const char *user);

bool owners_is_outgoing(const Owners *owners, const Sender *sender);

/* The mailbox that an outgoing mail comes from, or NULL where nothing proves it. */
char *owners_of_sender(const Owners *owners, const Sender *sender);

#endif

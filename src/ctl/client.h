/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	client - asks about an owner's people, here or of the daemon
 *
 * DESCRIPTION
 *	A user who may open the store (root, the daemon's user) asks it
 *	directly; for others the daemon does, at its control socket.  Requests
 *	and answers are the same (requests/requests.h).
 *
 * RETURN VALUE
 *	False with error set where nobody could be asked, and where the answer
 *	was an error.
 *
 * OWNERSHIP
 *	An answer's object is borrowed for the call.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>

#include <json-glib/json-glib.h>

#include "ctl/options.h"

typedef struct Client Client;

#define CLIENT_ERROR (client_error_quark())
GQuark client_error_quark(void);

typedef enum {
	CLIENT_ERROR_CLOSED, /* no daemon, or it hung up */
	CLIENT_ERROR_ANSWER, /* it said no */
	CLIENT_ERROR_OWNER,  /* nobody can tell whose mailbox is meant */
	CLIENT_ERROR_RIGHT,  /* the mailbox is another's */
	CLIENT_ERROR_USAGE,  /* nothing was asked */
	CLIENT_ERROR_VALUE,  /* what was asked for cannot be */
	CLIENT_ERROR_MAIL,   /* there is nothing to ask */
} ClientError;

/* The exit status for an error of this module, or of the settings. */
int client_status(const GError *error);

Client *client_new(const Options *options, GError **error);
void client_free(Client *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Client, client_free)

/* The same, but always asks the daemon.  It is quick, for it reads no data files. */
Client *client_to_daemon(const Options *options, GError **error);

/*
 * A client that teaches: whose store it is asks that store, and everybody else, with root,
 * asks the daemon, for which no data files are read.
 */
Client *client_to_teach(const Options *options, GError **error);

/* The settings and data by which files are read, of client_new(). */
const Assessor *client_assessor(const Client *client);

const Settings *client_settings(const Client *client);

/* Is the store asked directly, by its owner and not by root? */
bool client_is_own(const Client *client);

/* The mailbox of a user whose own store it is, or NULL: root's and the daemon's is none. */
char *client_own_mailbox(const Assessor *assessor);

/*
 * Ask about this owner's people from now on; at first it is the options' owner.
 * Borrowed.
 */
void client_set_owner(Client *client, const char *owner);

/*
 * A new connection where the daemon closed the last: it hangs up on who asks nothing for
 * a while.
 */
bool client_reconnect(Client *client, GError **error);

/* Told of each line of the answer. */
typedef void ClientTake(void *context, JsonObject *answer);

/* json: the request's object, not ended; the owner is added, and it is ended, here. */
bool client_ask(Client *client, JsonBuilder *json, ClientTake *take, void *context,
		GError **error);

#endif

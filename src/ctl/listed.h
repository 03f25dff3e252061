/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	listed - an owner's list of invitations, as the daemon or the store tells it
 *
 * DESCRIPTION
 *	A Listed is the answer to a request about the list (requests/requests.h): the
 *	invitations that were told, and the line that ends it.
 *
 * RETURN VALUE
 *	False with error set where nobody could be asked, and where the answer was an
 *	error.
 */
#ifndef LISTED_H
#define LISTED_H

#include <stdbool.h>

#include <json-glib/json-glib.h>

#include "ctl/client.h"

typedef struct {
	GPtrArray *rows; /* of JsonObject; see invitectl(1) */
	JsonObject *end; /* the last line, or NULL */
} Listed;

void listed_init(Listed *listed);
void listed_clear(Listed *listed);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Listed, listed_clear)

/* A request of this name, for more members to be added. */
JsonBuilder *listed_request(const char *command);

/* Ask, and add what is told. */
bool listed_ask(Listed *listed, Client *client, JsonBuilder *request, GError **error);

/* All that is known of what this means: a number, a Message-ID, or an inviter. */
bool listed_find(Listed *listed, Client *client, const char *who, GError **error);

/* A row's text; "" where it has none. */
const char *listed_text(JsonObject *row, const char *key);

/* "2026-11-29 14:05", local time; the caller's. */
char *listed_time(gint64 seconds);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	door - asks about an owner's people, here or of the daemon
 *
 * DESCRIPTION
 *	Who may open the store (root, the daemon's user) asks it directly; for
 *	others the daemon does, at its control socket.  The words are the same
 *	(judge/requests.h).
 *
 * RETURN VALUE
 *	False with error set where nobody could be asked, and where the answer
 *	was an error.
 *
 * OWNERSHIP
 *	An answer's object is borrowed for the call.
 */
#ifndef DOOR_H
#define DOOR_H

#include <stdbool.h>

#include <json-glib/json-glib.h>

#include "ctl/options.h"

typedef struct Door Door;

#define DOOR_ERROR (door_error_quark())
GQuark door_error_quark(void);

typedef enum {
	DOOR_ERROR_CLOSED, /* no daemon, or it hung up */
	DOOR_ERROR_ANSWER, /* it said no */
	DOOR_ERROR_MAIL,   /* there is nothing to ask */
} DoorError;

Door *door_new(const Options *options, GError **error);
void door_free(Door *door);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Door, door_free)

/* The same, but the daemon is asked, whoever asks: no data is read for it, so it is quick. */
Door *door_to_daemon(const Options *options, GError **error);

/* The settings and data by which files are read, of door_new(). */
const Assessor *door_assessor(const Door *door);

/* The settings, of door_to_daemon(). */
const Settings *door_settings(const Door *door);

/* Told of each line of the answer. */
typedef void DoorTake(void *context, JsonObject *answer);

/* json: the request's object, not ended; the owner is added, and it is ended, here. */
bool door_ask(Door *door, JsonBuilder *json, DoorTake *take, void *context,
	      GError **error);

#endif

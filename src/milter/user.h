/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	user - the user that the daemon runs as, where root starts it
 *
 * DESCRIPTION
 *	Root opens the sockets, whose owner may be anybody, and then becomes
 *	the user of the settings, with all groups of theirs, before it reads
 *	any data and any mail.  Where another user starts the daemon, all of
 *	this does nothing.
 */
#ifndef USER_H
#define USER_H

#include <stdbool.h>
#include <sys/types.h>

#include <glib.h>

#include "base/settings.h"

#define USER_ERROR (user_error_quark())
GQuark user_error_quark(void);

typedef enum {
	USER_ERROR_MISSING, /* there is no such user */
	USER_ERROR_SYSTEM,
} UserError;

typedef struct {
	const char *name; /* borrowed from the settings; NULL: it stays as it is */
	uid_t uid;
	gid_t gid;
} User;

bool user_find(const Settings *settings, User *user_out, GError **error);

/* Give what is made from now on to the user's group. */
bool user_enter_group(const User *user, GError **error);

/* Become the user, for good. */
bool user_become(const User *user, GError **error);

#endif

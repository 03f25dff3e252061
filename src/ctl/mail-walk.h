/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mail-walk - the mails of several places, one after the other, with a bar
 *
 * DESCRIPTION
 *	The places are mailbag.h's.  A mail that cannot be read is named on standard
 *	error with why, MAIL_WALK_MAX_TOLD of them, and the walk goes on.
 */
#ifndef MAIL_WALK_H
#define MAIL_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "ctl/bar.h"
#include "mail/message.h"

/* Mails that cannot be read and are named. */
#define MAIL_WALK_MAX_TOLD 20

/* name: as of a MailbagTake; false ends the walk. */
typedef bool MailWalkTake(void *context, const char *name, const char *mail,
			  size_t length, const Message *message);

typedef struct {
	MailWalkTake *take;
	void *context;
	size_t count;  /* told beside the bar */
	size_t unread; /* mails */
	size_t done;   /* bytes of the place */
	Bar bar;
	bool is_over;
} MailWalk;

/* take and context are set before; places end with NULL. */
void mail_walk(MailWalk *walk, char *const *places);

/* The mail cannot be used, and why. */
void mail_walk_tell(MailWalk *walk, const char *name, const char *why);

#endif

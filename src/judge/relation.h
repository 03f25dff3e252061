/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	relation - does the recipient know the person who invites?
 *
 * DESCRIPTION
 *	Holds the inviter against the owner's people (store.h).  A profile or
 *	an address that matches makes them known; name and company likely; the
 *	name alone a namesake, for two people may have one name.  Somebody known
 *	whose name and company come with another profile of the same network,
 *	or whose name comes in look-alike letters, is posed as: an impostor.
 *
 *	Addresses under a network's domains match nobody: they are the
 *	network's.
 *
 * RETURN VALUE
 *	False with error set, and outputs untouched, where the store cannot be
 *	read.  *reason_out, the caller's, is the relation and what it rests on:
 *	"known profile 2024-03-01 accepted".
 */
#ifndef RELATION_H
#define RELATION_H

#include <stdbool.h>

#include <glib.h>

#include "network/invite.h"
#include "people/learn.h"
#include "people/store.h"

typedef enum {
	RELATION_UNKNOWN, /* nobody could be asked */
	RELATION_STRANGER,
	RELATION_NAMESAKE, /* only the name is known */
	RELATION_LIKELY,   /* name and company are */
	RELATION_KNOWN,    /* profile or address is */
	RELATION_IMPOSTOR, /* poses as somebody known */
	RELATION_LAST
} Relation;

/* since: what was not seen since then is forgotten; 0: nothing is. */
bool relation_find(Store *store, const LearnRules *rules, const char *owner,
		   const Invite *invite, gint64 since, Relation *relation_out,
		   char **reason_out, GError **error);

const char *relation_name(Relation relation);

#endif
